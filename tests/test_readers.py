"""The two parsers behind `storage.yaml` read the same: the same values, of the same types, or both refuse; and what they refuse
they call by the same name, at the same place.

On Python 3.11, where there is no yamlrocks, the expected values are held against PyYAML's parser alone. ruamel.yaml is the third
opinion on what it reads by YAML 1.2.
"""

import math
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from workplan_cli import resources
from workplan_cli.diagnostics import Severity
from workplan_cli.model.record import document_at
from workplan_cli.storage import yaml, yaml_libyaml
from workplan_cli.storage.loader import parse, resolve
from workplan_cli.storage.traps import BASED

try:
    from workplan_cli.storage import yaml_rocks
except ImportError:
    yaml_rocks = None  # type: ignore[assignment]

PARSERS: dict[str, Any] = {"libyaml": yaml_libyaml} | ({"yamlrocks": yaml_rocks} if yaml_rocks is not None else {})
needs_both = pytest.mark.skipif(yaml_rocks is None, reason="yamlrocks needs Python 3.12 or later; here there is one parser")

SPELLINGS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "nUll": "nUll", "nulL": "nulL", "~x": "~x",
    "true": True, "True": True, "TRUE": True, "tRue": "tRue", "yes": "yes", "no": "no", "on": "on", "Off": "Off", "y": "y",
    "0": 0, "7": 7, "-7": -7, "+7": 7, "-0": 0, "00": "00", "007": "007", "010": "010", "-010": "-010",
    "0o17": 15, "0O17": 15, "-0o17": -15, "0o8": "0o8", "0x1F": 31, "0X1f": 31, "-0x1F": -31, "+0x1F": 31, "0xg": "0xg",
    "0b1": "0b1",
    "1_000": "1_000", "1__0": "1__0", "1,000": "1,000", "1 000": "1 000", "12345678901234567890123": 12345678901234567890123,
    "9" * 4300: 10**4300 - 1, "9" * 4301: "9" * 4301,
    "1.5": 1.5, "-1.5": -1.5, "+1.5": 1.5, "1.": 1.0, ".5": 0.5, "-.5": -0.5, "1.10": 1.1, "01.5": 1.5, "00.5": 0.5, ".": ".",
    "+": "+",
    "1e3": 1000.0, "1E-3": 0.001, "01e3": 1000.0, "12e03": 12000.0, "1.e3": 1000.0, ".e3": ".e3", "1e": "1e", "e3": "e3",
    "1.2.3": "1.2.3", "1e400": math.inf, ".inf": math.inf, "-.inf": -math.inf, "+.INF": math.inf, ".Inf": math.inf,
    ".iNF": ".iNF",
    ".nan": math.nan, ".NaN": math.nan, ".Nan": ".Nan", "+.nan": "+.nan", "inf": "inf", "nan": "nan",
    "2014-03-07": "2014-03-07", "2014-03": "2014-03", "2014": 2014, "2014-01-01T00:00:00Z": "2014-01-01T00:00:00Z",
    "12:30": "12:30", "12:30:45": "12:30:45", "=": "=", "<<": "<<", "<5": "<5", "50%": "50%", "50 %": "50 %", "?x": "?x",
    "-x": "-x",
    "a b": "a b", "a, b": "a, b", "Ley 28950": "Ley 28950", "x# y": "x# y", "http://a.example/b?c#d": "http://a.example/b?c#d",
    "'5'": "5", '"5"': "5", "'~'": "~", "''": "", "'x''y'": "x'y", '"\\u00e9"': "é", '"\\x41\\/\\_\\e"': "A/\xa0\x1b",
    "[1, 2]": [1, 2], "[a,b,]": ["a", "b"], "[]": [], "[a, [b]]": ["a", ["b"]], "[1,\t2]": [1, 2], "[b: 1, c]": [{"b": 1}, "c"],
    "{a: 1}": {"a": 1}, "{}": {}, "{b, c: 1}": {"b": None, "c": 1}, "{b:1}": {"b:1": None}, '{"b":1}': {"b": 1},
    "{x: }": {"x": None},
    "ñ": "ñ", "«x»": "«x»", "😀": "😀", "1 # a comment": 1, "1\t": 1, "\t1": 1, "  1  ": 1,
}  # fmt: skip
"""What is written after `key: `, and what it is by the YAML 1.2 core schema. A whole number with a zero before it stays text."""

LAYOUTS: dict[str, Any] = {
    "a: 1\r\nb: 2\r\n": {"a": 1, "b": 2},
    "---\na: 1\n...\n": {"a": 1},
    "a: 1": {"a": 1},
    "a: |\n  x\n  y\n": {"a": "x\ny\n"},
    "a: |\n  x": {"a": "x\n"},
    "a: |-\n  x\n": {"a": "x"},
    "a: |+\n  x\n\n": {"a": "x\n\n"},
    "a: |2\n    x\n": {"a": "  x\n"},
    "a: |\r\n  x\r\n": {"a": "x\n"},
    "a: >\n  x\n  y\n\n  z\n   w\n": {"a": "x y\nz\n w\n"},
    "a:\n  b: x\n    y\n": {"a": {"b": "x y"}},
    "a:\n  b: 'x\n\n   y'\n": {"a": {"b": "x\ny"}},
    "a: 'x\r\n  y'\n": {"a": "x y"},
    "a:\n- x\n- y\n": {"a": ["x", "y"]},
    "a:\n  - x\n    y\n": {"a": ["x y"]},
    "a:\n  - b: 1\n    c: 2\n  - d\n": {"a": [{"b": 1, "c": 2}, "d"]},
    "a:\n  - b: 1\n    # why\n    c: 2\n": {"a": [{"b": 1, "c": 2}]},
    "a:\n  -\n    b: 1\n": {"a": [{"b": 1}]},
    "a:\n  - - x\n    - y\n": {"a": [["x", "y"]]},
    "a: {\n  x: 1\n}\nb: 2\n": {"a": {"x": 1}, "b": 2},
    "a: [\n  x,\n  y\n  ]\n": {"a": ["x", "y"]},
    "a : 1\n'b' : 2\n\"c\": 3\n": {"a": 1, "b": 2, "c": 3},
    "? a\n: b\n": {"a": "b"},
    "# first\na: 1 # beside\n# last\n": {"a": 1},
}
"""Whole documents, and what they say."""

LENIENT: dict[str, Any] = {
    'a: "x\ny"\n': {"a": "x y"},
    "a:\n  b: 'x\n  y'\n": {"a": {"b": "x y"}},
    "a:\n  - 'x\n  y'\n": {"a": ["x y"]},
    "a: [\n]\n": {"a": []},
    "a:\n  b: {\n  c: 1}\n": {"a": {"b": {"c": 1}}},
    "a: [x,\n]\n": {"a": ["x"]},
    "a: [x # why\n]\n": {"a": ["x"]},
    "a: [x]#c\n": {"a": ["x"]},
    "a: [-]\n": {"a": ["-"]},
    "a: {b: -}\n": {"a": {"b": "-"}},
}
"""What libyaml takes and yamlrocks does not, mostly text that goes on further left than the standard has it."""

REFUSED = (
    # What everyone refuses.
    "a: [1\n", "a: {b\n", 'a: "x\n', "a: b: c\n", "a: @x\n", "a: `x\n", "a: %x\n", "a: [%x]\n", "a:\n  - %50\n", "\ta: 1\n",
    "a:\n\tb: 1\n",
    "? [a]\n: 1\n", "a: 1\n b: 2\n", "a: - 1\n", "a: ]\n", "a: ,b\n", "a: [,]\n", "a: 'x' y\n", 'a: "x"y\n', "a: *b\n",
    "a: | x\n", "a: |0\n  x\n",
    'a: "\\q"\n', 'a: "\\ud800"\n', 'a: "\\x4"\n', "%a: 1\n", "a:\n  b: c\n d: e\n", "a:\n- x\nmore\n",
    # Equal keys, in whatever spelling.
    "a: 1\na: 2\n", "a: 1\n'a': 2\n", "1: a\n1.0: b\n", "1: a\ntrue: b\n", "~: 1\nnull: 2\n", "0x1: a\n1: b\n", "{a: 1, a: 2}\n",
    # What yamlrocks alone would take: mostly a line that belongs to nothing, of which it makes another item.
    "a:\n  - {x: 1}\n    y: 2\n", "a:\n  - x: 1\n   y: 2\n", "a:\n  - x:\n      z: 1\n   y: 2\n", "a:\n  - 'x'\n    y\n",
    "a:\n  - x\n    # why\n    y\n",
    "a:\n  - x\n# why\n\n    y: 1\n", "a:\n  - [x]\n   - y\n", "a:\n  - x: 1\n    # why\n   y: 2\n",
    "a:\nx\n", "a:\n  b:\n  x y\n", "a:\n  b: # why\n  http://x.example\n", "a:\n'x'\n", "a:\n[x]\n", "a:\n\n# why\n-5\n",
    "a: {b: c: d}\n", "a: {b: >5}\n", "a: [|x]\n", "a: {b: :x}\n", "a: [x:]\n", "a: {b\n: 1}\n", "a: {'b\n  c': 1}\n", "a: ?\n",
    "a: :\n", "k: v\n\t\n",
    "a: &é\n", "a: &x: 1\n", "a: ![\n", "a: !!\n", "a: !%\n",
    # What both would take, and differ in, or what no record needs.
    "a: &x 1\nb: *x\n", "a: !!str 1\n", "%YAML 1.2\n---\na: 1\n", "a: 1\rb: 2\r", "a: 1\n---\nb: 2\n",
    "a: 1\n---\n", f"a: {'[' * 700}{']' * 700}\n", "# nothing\n", "", "---\n---\n",
)  # fmt: skip


def typed(value: Any) -> Any:
    """A value with the types of everything in it, so that 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return [(typed(key), typed(child)) for key, child in value.items()]
    if isinstance(value, list):
        return [typed(child) for child in value]
    return type(value).__name__, "nan" if isinstance(value, float) and math.isnan(value) else value


def read(parser: Any, text: str) -> Any:
    """What a parser makes of a text, or the word that it refuses it."""
    try:
        return typed(yaml.read(text.encode(), parser))
    except yaml.YamlProblem:
        return "refused"


SUBMISSION = "states/XAA/2015-2016/submission.yaml"


def verdict(parser: Any, text: str, path: str = SUBMISSION) -> Any:
    """A file as a part of the record: the document, what is found in it and where, what is left out."""
    place = document_at(path)
    assert place is not None
    loaded = parse(path, text.encode(), *place, using=parser)
    return loaded.document, resolve(loaded.diagnostics, loaded.data), loaded.damaged


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("written", SPELLINGS, ids=lambda text: repr(text[:20]))
def test_every_spelling_is_read_by_the_core_schema(written: str, name: str) -> None:
    assert read(PARSERS[name], f"key: {written}\n") == typed({"key": SPELLINGS[written]})


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("text", LAYOUTS | LENIENT)
def test_every_layout_says_one_thing(text: str, name: str) -> None:
    assert read(PARSERS[name], text) == typed((LAYOUTS | LENIENT)[text])


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("text", REFUSED)
def test_what_readers_may_read_otherwise_is_refused(text: str, name: str) -> None:
    _, found, _ = verdict(PARSERS[name], text)
    assert found
    assert {one.code.id[:3] for one in found} == {"WP1"}
    assert all(one.code.severity is Severity.ERROR for one in found)


@needs_both
@pytest.mark.parametrize("text", [*LAYOUTS, *LENIENT, *REFUSED, *(f"answers: {{a: {written}}}\n" for written in SPELLINGS)])
def test_both_parsers_find_the_same_at_the_same_place(text: str) -> None:
    assert verdict(yaml_rocks, text) == verdict(yaml_libyaml, text)


def third_opinion(text: str) -> Any:
    """What ruamel.yaml says by YAML 1.2, with dates as they are written."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    reader.Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
    return reader.load(text)


NOT_BY_THE_STANDARD = {"010", "-010", "00", "007"}
"""Whole numbers to ruamel.yaml and by the letter of YAML 1.2; text here, so that no zero of a case number is lost in silence."""
SIXTIES = {"12:30", "12:30:45", "1_000", "1__0", "0b1"}
"""Numbers to ruamel.yaml, as they were in YAML 1.1; text by YAML 1.2."""
SIGNED = {"-0o17", "-0x1F", "+0x1F", "0X1f", "0O17"}
"""Text to ruamel.yaml, numbers here; each is a finding that asks for quotes (`hidden-number`), so that it cannot matter."""
OTHER = {"+.nan", "=", "<<", "9" * 4301, "\t1", "1\t"}
"""What ruamel.yaml cannot read, or holds for a sign of its own."""


@pytest.mark.parametrize("written", sorted(SPELLINGS.keys() - NOT_BY_THE_STANDARD - SIXTIES - SIGNED - OTHER))
def test_ruamel_agrees_on_what_it_reads_by_the_same_schema(written: str) -> None:
    assert typed(third_opinion(f"key: {written}\n")) == typed({"key": SPELLINGS[written]})


@pytest.mark.parametrize("text", sorted(LAYOUTS))
def test_ruamel_agrees_on_every_layout(text: str) -> None:
    expected = {"a": "x"} if text == "a: |\n  x" else LAYOUTS[text]
    assert typed(third_opinion(text)) == typed(expected)


@pytest.mark.parametrize("written", sorted(SIGNED))
def test_a_number_on_which_readers_disagree_is_a_finding(written: str) -> None:
    for parser in PARSERS.values():
        _, found, _ = verdict(parser, f"answers:\n  a: {{revision: {written}, status: draft}}\n")
        assert BASED in [one.code for one in found]


SIGNS = st.sampled_from(
    [
        *"ab~01é'\"[]{},:#\\&*!%@`?-|>=< \t", "\n", "\n  ", "\n    ", "\n      ", "\r\n", ": ", "- ", " #", "? ",
        "|\n", "|-\n", ">+\n", "|2\n", "null", "true", "1.5", "1e3", "0x1", "007", "\\n", "\\u00e9", "---", "...", "<<",
        "k: v\n", "- k: v\n", "k:\n  ", "'' ", "😀", "\u00a0", "&a ", "*a", "!!str ",
        "en: ", "note: ", "revision: 1", "status: final", "value: 5", "{", "}", "]",
    ]
)  # fmt: skip
BEGINNINGS = st.sampled_from(
    [
        "", "key: ", "submitted: 2017-01-01\n", "answers:\n  a:\n    note: ", "answers:\n  a:\n    note:\n      en: ",
        "answers:\n  a: {note: {en: ", "answers:\n  a:\n    values:\n      - ",
        "answers:\n  a:\n    values:\n      - {year: 2016, value: 5}\n",
        "answers:\n  a:\n    values:\n      - year: 2016\n", "answers:\n  a:\n    evidence: [",
        "answers:\n  a:\n    needs:\n      - training\n",
        "evidence:\n  e:\n    quotation: ", "evidence:\n  e: {quotation: ", 'evidence:\n  e: {quotation: "', "evidence: {\n",
    ]
)  # fmt: skip


@needs_both
@settings(max_examples=1200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(BEGINNINGS, st.lists(SIGNS, max_size=16).map("".join))
@example("a: [1e3--- |", "\n? 0|\ntrue1.5]")
@example("submitted: 2017-01-01", "\n \t? ")
@example("answers:\n  a:\n    note: >\n", "\n!!str revision: 10true|-\nrevision: 1- ---- [%")
@example("evidence:\n  e:\n    quotation: a", "|\n--- |\n  ")
def test_both_parsers_judge_every_text_alike(beginning: str, rest: str) -> None:
    text = beginning + rest
    first, second = verdict(yaml_rocks, text), verdict(yaml_libyaml, text)
    assert [first[0], first[2]] == [second[0], second[2]]
    assert bool(first[1]) == bool(second[1])
    if not re.search(r"[&*!]", text):  # of several signs that YAML keeps for itself, each parser stops at another
        assert first[1] == second[1]


@needs_both
@settings(max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SIGNS, max_size=16).map("".join))
def test_both_parsers_read_every_text_alike(text: str) -> None:
    trees = [read(parser, f"k:\n  {text}") for parser in (yaml_rocks, yaml_libyaml)]
    if "refused" not in trees and not re.search(r"[&*!]|<<", text):  # anchors, tags and merge keys are refused by name
        assert trees[0] == trees[1]


@needs_both
def test_every_shipped_file_is_read_alike() -> None:
    files = sorted(resources.example().rglob("*.yaml"))
    assert files
    for file in files:
        assert read(yaml_rocks, file.read_text()) == read(yaml_libyaml, file.read_text()), file


def test_deep_nesting_is_refused_and_does_not_overrun_the_stack() -> None:
    for text in (
        "[" * 100_000,
        "- " * 100_000,
        "{a: " * 100_000,
        "a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 2_000)),
    ):
        for parser in PARSERS.values():
            assert read(parser, text) == "refused"


def test_ruamel_too_refuses_what_everyone_refuses() -> None:
    for text in REFUSED[:9]:
        with pytest.raises(YAMLError):
            third_opinion(text)
