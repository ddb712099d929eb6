"""The two parsers behind `storage.yaml` read the same: the same values, of the same types, or both refuse.

On Python 3.11, where there is no yamlrocks, the expected values are held against PyYAML's parser alone. ruamel.yaml is the third
opinion on what it reads by YAML 1.2.
"""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from workplan_cli.storage import yaml_libyaml
from workplan_cli.storage.yaml import YamlProblem

try:
    from workplan_cli.storage import yaml_rocks
except ImportError:
    yaml_rocks = None  # type: ignore[assignment]

needs_both = pytest.mark.skipif(yaml_rocks is None, reason="yamlrocks needs Python 3.12 or later; here there is one parser")

SPELLINGS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "nUll": "nUll",
    "true": True, "True": True, "TRUE": True, "tRue": "tRue", "yes": "yes", "no": "no", "on": "on", "Off": "Off", "y": "y",
    "0": 0, "7": 7, "-7": -7, "+7": 7, "007": "007", "010": "010", "-010": "-010", "0o17": 15, "0x1F": 31, "0b1": "0b1",
    "1_000": "1_000", "1,000": "1,000", "12345678901234567890123": 12345678901234567890123,
    "1.5": 1.5, "-1.5": -1.5, "1.": 1.0, ".5": 0.5, "1.10": 1.1, "1e3": 1000.0, "1E-3": 0.001, "1.2.3": "1.2.3", "e3": "e3",
    ".inf": math.inf, "-.inf": -math.inf, ".Inf": math.inf, "inf": "inf", "nan": "nan",
    "2014-03-07": "2014-03-07", "2014-03": "2014-03", "2014": 2014, "12:30": "12:30", "12:30:45": "12:30:45",
    "<5": "<5", "50%": "50%", "a b": "a b", "Ley 28950": "Ley 28950", "'5'": "5", '"5"': "5", "'~'": "~", '"\\u00e9"': "é",
    "[1, 2]": [1, 2], "{a: 1}": {"a": 1}, "[]": [], "{}": {}, "[a, [b]]": ["a", ["b"]], "ñ": "ñ", "«x»": "«x»",
}  # fmt: skip
"""What is written after `key: `, and what it is by the YAML 1.2 core schema. A number with a leading zero stays text."""

REFUSED = (
    "a: 1\na: 2\n",
    "a: [1\n",
    "a: {b\n",
    'a: "x\n',
    "a: b: c\n",
    "a: @x\n",
    "a: `x\n",
    "\ta: 1\n",
    "a:\n\tb: 1\n",
    "? [a]\n: 1\n",
    "a: 1\n b: 2\n",
)


def typed(value: Any) -> Any:
    """A value with the types of everything in it, so that 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: typed(child) for key, child in value.items()}
    if isinstance(value, list):
        return [typed(child) for child in value]
    return type(value).__name__, "nan" if isinstance(value, float) and math.isnan(value) else value


def read(parser: Any, text: str) -> Any:
    """What a parser makes of a text, or the word that it refuses it."""
    try:
        return typed(parser.documents(text.encode(), YamlProblem))
    except YamlProblem:
        return "refused"


@pytest.mark.parametrize("written", SPELLINGS)
def test_every_spelling_is_read_by_the_core_schema(written: str) -> None:
    expected = typed([{"key": SPELLINGS[written]}])
    assert read(yaml_libyaml, f"key: {written}\n") == expected
    if yaml_rocks is not None:
        assert read(yaml_rocks, f"key: {written}\n") == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_yaml_is_refused(text: str) -> None:
    assert read(yaml_libyaml, text) == "refused"
    if yaml_rocks is not None:
        assert read(yaml_rocks, text) == "refused"


@pytest.mark.parametrize(
    "written", [one for one in SPELLINGS if one not in ("0b1", "1_000", "010", "007", "-010", "12:30", "12:30:45")]
)
def test_ruamel_agrees_on_what_it_reads_by_the_same_schema(written: str) -> None:
    third = YAML(typ="safe", pure=True)
    third.version = (1, 2)
    value = third.load(f"key: {written}\n")["key"]
    expected = SPELLINGS[written]
    if not hasattr(value, "isoformat"):  # it makes dates of what looks like one
        assert value == expected or str(value) == str(expected)


words = st.text(alphabet="ab0159.-+:#'\"[]{},&*!|>%@ \n_~exyñ", max_size=12)
plain = st.sampled_from([one for one in SPELLINGS if "\n" not in one])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines that look like a document of the record, with the characters that YAML cares about strewn in."""
    lines = []
    for place in range(draw(st.integers(1, 6))):
        indent = "  " * draw(st.integers(0, 2))
        value = draw(st.one_of(plain, words.map(lambda text: text.replace("\n", " "))))
        lines.append(f"{indent}{draw(st.sampled_from(['k', '- k', '-', 'key one']))}{place}: {value}")
    return "\n".join(lines) + "\n"


@needs_both
@settings(max_examples=400, deadline=None)
@given(documents())
def test_what_both_parsers_accept_they_read_alike(text: str) -> None:
    first, second = read(yaml_rocks, text), read(yaml_libyaml, text)
    if "refused" not in (first, second) and not any(mark in text for mark in "&*!"):
        assert first == second


@needs_both
def test_every_shipped_file_is_read_alike() -> None:
    from workplan_cli import resources

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
        assert read(yaml_libyaml, text) == "refused"
