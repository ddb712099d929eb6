"""`workplan fmt`: one form for every file, the author's words and comments in it untouched."""

import io
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from casebook import base
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from typer.testing import CliRunner

from workplan_cli.cli import app
from workplan_cli.storage import yaml
from workplan_cli.storage.format import canonical, says_the_same
from workplan_cli.storage.sourcemap import SourceMap

SUBMISSION = "states/XAA/2015-2016/submission.yaml"
INDICATORS = "indicators/general.yaml"


def formatted(text: str, path: str = SUBMISSION) -> str:
    result = canonical(path, text.encode())
    assert result.text is not None, result.why
    return result.text.decode()


def why_not(data: bytes, path: str = SUBMISSION) -> str:
    result = canonical(path, data)
    assert result.text is None
    return f"{result.line}: {result.why}"


FORMS = {
    "keys come in the order of the model": (
        "answers:\n  a: {status: final, revision: 1}\nsubmitted: 2017-02-20\n",
        "submitted: 2017-02-20\nanswers:\n  a: {revision: 1, status: final}\n",
    ),
    "ids keep the order they are written in": (
        "answers:\n  z: {revision: 1}\n  a: {revision: 1}\n",
        "answers:\n  z: {revision: 1}\n  a: {revision: 1}\n",
    ),
    "dimensions stand between the year and the value": (
        "answers:\n  a: {values: [{value: 0, sex: female, year: 2016, age: child}]}\n",
        "answers:\n  a: {values: [{year: 2016, sex: female, age: child, value: 0}]}\n",
    ),
    "keys that nothing knows come last": (
        "answers:\n  a:\n    remark: x\n    status: final\n",
        "answers:\n  a:\n    status: final\n    remark: x\n",
    ),
    "a comment travels with the key below it": (
        "# about the file\n\nevidence: {}\n# about the day\n# of handing in\nsubmitted: 2017-02-20 # a Monday\n",
        "# about the file\n\n# about the day\n# of handing in\nsubmitted: 2017-02-20 # a Monday\nevidence: {}\n",
    ),
    "a comment inside an answer travels with its key too": (
        "answers:\n  a:\n    note: {en: x}\n\n    # why\n    result: partial\n",
        "answers:\n  a:\n    # why\n    result: partial\n\n    note: {en: x}\n",
    ),
    "the comment at the top stays at the top": (
        "# yaml-language-server: $schema=x\nevidence: {}\nsubmitted: 2017-02-20\n",
        "# yaml-language-server: $schema=x\nsubmitted: 2017-02-20\nevidence: {}\n",
    ),
    "a comment that stands deeper than what follows belongs to what is above": (
        "answers:\n    a:\n        revision: 1\n        # the end of a\n    # the end of all\n\nevidence: {}\n",
        "answers:\n  a:\n    revision: 1\n    # the end of a\n  # the end of all\n\nevidence: {}\n",
    ),
    "the comment at the bottom stays at the bottom": (
        "evidence: {}\nsubmitted: 2017-02-20\n\n# the end\n",
        "submitted: 2017-02-20\nevidence: {}\n\n# the end\n",
    ),
    "lists stand two further in than their key": (
        "answers:\n  a:\n    evidence:\n    -   e1\n    # the second\n    - e2\n",
        "answers:\n  a:\n    evidence:\n      - e1\n      # the second\n      - e2\n",
    ),
    "a comment on a dash goes above it": (
        "answers:\n  a:\n    values:\n    - # first\n      # of all\n      year: 2016\n",
        "answers:\n  a:\n    values:\n      # first\n      # of all\n      - year: 2016\n",
    ),
    "flow stays flow, evenly spaced": (
        "answers:\n  a: { revision : 1,status: final,\n     evidence: [ e1,e2 ] }   # one\n",
        "answers:\n  a: {revision: 1, status: final, evidence: [e1, e2]}   # one\n",
    ),
    "flow with a comment in it becomes a block": (
        "answers:\n  a: {\n    revision: 1, # the first\n    # not yet\n    status: draft,\n    evidence: [e1]}\n",
        "answers:\n  a:\n    revision: 1 # the first\n    # not yet\n    status: draft\n    evidence: [e1]\n",
    ),
    "an empty value is null": ("submitted:   # not yet\nanswers: ~\n", "submitted: null   # not yet\nanswers: null\n"),
    "quotes stay": (
        "answers:\n  a:\n    note: {en: 'it''s', es: \"\\u00e9\", pt: no}\n",
        "answers:\n  a:\n    note: {en: 'it''s', es: \"\\u00e9\", pt: no}\n",
    ),
    "a text on several lines goes on one": (
        'answers:\n  a:\n    note:\n      en: one\n        two\n      es: "uno\n        dos \\\n        tres"\n',
        'answers:\n  a:\n    note:\n      en: one two\n      es: "uno dos tres"\n',
    ),
    "a paragraph stays a paragraph": (
        "answers:\n  a:\n    note:\n        en: one\n\n            two\n",
        "answers:\n  a:\n    note:\n      en: one\n\n        two\n",
    ),
    "literal text moves with its key": (
        "submitted:\n    en: |+   # kept\n          one\n            two\n\n    es: >2-\n       uno\n",
        "submitted:\n  en: |+ # kept\n    one\n      two\n\n  es: >2-\n     uno\n",
    ),
    "line ends are LF, one at the end, and no space before them": (
        "submitted: 2017-02-20  \r\nanswers: {}\t\r\n\r\n\r\n",
        "submitted: 2017-02-20\nanswers: {}\n",
    ),
    "marks of a document's beginning and end go": ("---\nanswers: {}\n...\n", "answers: {}\n"),
    "written dates and numbers stay as written": (
        "submitted: 2017-2-3\nanswers:\n  a: {values: [{value: 1.10}, {value: 010}, {value: 1e3}]}\n",
        "submitted: 2017-2-3\nanswers:\n  a: {values: [{value: 1.10}, {value: 010}, {value: 1e3}]}\n",
    ),
}


@pytest.mark.parametrize("truth", FORMS)
def test_in_the_canonical_form(truth: str) -> None:
    written, wanted = FORMS[truth]
    assert formatted(written) == wanted


@pytest.mark.parametrize("truth", FORMS)
def test_the_canonical_form_is_its_own(truth: str) -> None:
    assert formatted(FORMS[truth][1]) == FORMS[truth][1]


def test_an_indicator_begins_with_what_it_is_and_ends_with_its_words() -> None:
    order = ["id", "guideline", "also", "type", "kind", "evidence", "many", "options", "question", "guidance"]
    values = {"id": "g01-a", "type": "choice"}
    written = ", ".join(f"{key}: {values.get(key, 0)}" for key in reversed(order))
    text = formatted(f"table: working\nindicators:\n  - {{{written}}}\n", INDICATORS)
    assert list(yaml.read(text.encode())["indicators"][0]) == order


LEFT_ALONE: dict[str, str | tuple[str, ...]] = {
    "answers: [": "1: WP108 ",
    "answers:\n  a: &x {revision: 1}\n": "2: WP111 ",
    "answers:\n  a: {revision: 1}\n  a: {revision: 2}\n": "3: WP110 ",
    "note: Ley #5\n": "1: WP114 ",
    "<<<<<<< ours\nanswers: {}\n": "1: WP107 ",
    "note: {en: :a}\n": ("1: YAML readers do not agree on this line", "1: WP108 "),
    "answers: #none\n": "0: in its canonical form '#none' is lost",
    "- a\n": "0: it is no mapping",
    "": "1: WP117 ",
}


@pytest.mark.parametrize("written", LEFT_ALONE)
def test_a_file_that_is_no_sound_yaml_is_left_alone_and_named(written: str) -> None:
    assert why_not(written.encode()).startswith(LEFT_ALONE[written])


def test_a_file_in_another_encoding_is_left_alone() -> None:
    assert why_not("note: Año\n".encode("latin-1")).startswith("1: WP105 ")


def test_a_file_in_no_place_of_the_record_is_left_alone() -> None:
    assert why_not(b"a: 1\n", "states/XAA/2015-2016/submision.yaml").startswith("0: WP101 ")


SAYS = b"# one\na: 1\nb: [x] # two\n"
SAME = {
    b"# one\nb:\n  - x\n# two\na: 1\n": True,
    b"b: [x] # two\na: 1\n": False,
    b"# one\na: 1\nb: [x, y] # two\n": False,
    b"a: [": False,
}


@pytest.mark.parametrize("other", SAME)
def test_two_texts_say_the_same_when_content_and_comments_are_equal(other: bytes) -> None:
    assert says_the_same(SAYS, other) is SAME[other]


PIECES = [
    "a",
    "b:",
    ": ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "# c",
    " #",
    '"',
    "'",
    "|",
    ">-",
    "&x ",
    "*x",
    "!t ",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
]
PIECES += ["---\n", "...\n", "\t", "~", "1", "é", "answers:", "note: {en: x}", "\\", " ", "%", "<<: ", "|2+\n"]


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join).map(str.encode), st.binary(max_size=40)))
def test_whatever_a_file_holds_it_is_formatted_or_left_alone(data: bytes) -> None:
    text = canonical(SUBMISSION, data).text
    if text is not None:
        assert says_the_same(data, text)
        assert canonical(SUBMISSION, text).text == text


# Files as people write them: any order, any indentation, any quotes, comments anywhere.

KEYS = ["answers", "submitted", "evidence", "g01-law", "revision", "status", "values", "type", "note", "en"]
KEYS += ['it\'s: a "key" #1', "año", "-", "null"]
WORDS = [
    "",
    "x",
    "implemented",
    "2014-03-07",
    "null",
    "~",
    "true",
    "1.10",
    "- a",
    "a: b",
    "a #b",
    "'",
    '"',
    "{",
    "[x",
    "@",
    " a ",
]
WORDS += ["@", " a ", "one two three", "one  two three.", "é\\n", "a\nb", "a\n\n b\n"]
LETTERS = st.characters(
    min_codepoint=32, max_codepoint=0x17F, exclude_characters="\x7f\x80\x85\xa0", exclude_categories=["Cc", "Cf"]
)
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(LETTERS, max_size=12))
SCALARS = st.one_of(TEXTS, st.integers(-10, 3000), st.booleans(), st.none(), st.just(0.5))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.dictionaries(st.sampled_from(KEYS), inner, max_size=4), st.lists(inner, max_size=3)),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.sampled_from(KEYS), TREES, min_size=1, max_size=5)


class Hand:
    """Writes a tree as a person might."""

    def __init__(self, dice: random.Random, chatty: bool = True) -> None:
        self.dice = dice
        self.chatty = chatty
        self.comments: Counter[str] = Counter()
        self.deepest = 12

    def document(self, content: dict[str, Any]) -> str:
        lines = [*self.above(0), *self.entries(content, 0), *self.above(0)]
        return "\n".join(lines) + "\n" * self.dice.choice([1, 1, 3])

    def entries(self, content: dict[str, Any], column: int) -> Iterator[str]:
        for key in self.dice.sample(list(content), len(content)):
            yield from self.above(column)
            yield from self.after(" " * column + self.scalar(key) + ":", content[key], column, column)

    def items(self, content: list[Any], column: int) -> Iterator[str]:
        for item in content:
            yield from self.above(column)
            yield from self.after(" " * column + "-", item, column, column + 1)

    def after(self, start: str, value: Any, column: int, least: int) -> Iterator[str]:
        """What stands behind a colon or a dash."""
        self.deepest = 12
        if isinstance(value, dict | list) and value and self.dice.random() < 0.7:
            yield start + self.beside()
            deeper = least + self.dice.randint(0 if isinstance(value, list) and least == column else 1, 4)
            yield from self.entries(value, deeper) if isinstance(value, dict) else self.items(value, deeper)
        elif isinstance(value, str) and re.search(r"\n(?!\n*$)", value) and value[-2:] != "\n\n" and self.dice.random() < 0.5:
            lines = value.split("\n")
            pad = " " * (column + self.dice.randint(1, 4))
            digit = str(len(pad) - column) if value.lstrip("\n").startswith(" ") or self.dice.random() < 0.3 else ""
            yield start + " |" + digit + ("" if value.endswith("\n") else "-") + self.beside()
            yield from (pad + line if line else "" for line in (lines[:-1] if value.endswith("\n") else lines))
            self.deepest = column  # what stands deeper would be part of the text
        else:
            yield start + " " * self.dice.choice([1, 1, 3]) + self.inline(value, column) + self.beside()

    def inline(self, value: Any, column: int) -> str:
        if not isinstance(value, dict | list):
            return self.scalar(value, column)
        if isinstance(value, dict):
            parts = [f"{self.scalar(key)}: {self.inline(value[key], column)}" for key in value]
        else:
            parts = [self.inline(item, column) for item in value]
        first, last = "{}" if isinstance(value, dict) else "[]"
        parts = [part + "," for part in parts[:-1]] + parts[-1:]
        return first + self.gap(column) + "".join(part + self.gap(column) for part in parts) + last

    def gap(self, column: int) -> str:
        """What stands between the signs of a flow collection."""
        if self.dice.random() < 0.9:
            return self.dice.choice(["", " "])
        return self.beside() + "\n" + " " * (column + self.dice.randint(1, 6))

    def scalar(self, value: Any, column: int | None = None) -> str:
        """A key, or a value below a key at a column."""
        if value is None:
            return self.dice.choice(["null", "~"])
        if not isinstance(value, str):
            return json.dumps(value)
        forms = [json.dumps(value), json.dumps(value, ensure_ascii=False)]
        if "\n" not in value:
            forms += ["'" + value.replace("'", "''") + "'"] * 2 + [value] * 3 * self.is_plain(value)
        written: str = self.dice.choice(forms)
        if column is not None and self.dice.random() < 0.3:
            written = re.sub(r"(?<=\w) (?=\w)", "\n" + " " * (column + self.dice.randint(1, 6)), written)
        return written

    @staticmethod
    def is_plain(value: str) -> bool:
        try:
            written = f"[{value}, {{{value}: {value}}}]"
            return (
                bool(value.strip("-"))
                and yaml.read(written.encode()) == [value, {value: value}]
                and SourceMap(written).problem is None
            )
        except yaml.YamlProblem:
            return False

    def comment(self) -> str:
        text = f"# {sum(self.comments.values())}: 'it' {{"
        self.comments[text] += 1
        return text

    def beside(self) -> str:
        if self.chatty and self.dice.random() < 0.2:
            return " " * self.dice.randint(1, 3) + self.comment()
        return " " * self.dice.choice([0, 0, 2])

    def above(self, column: int) -> list[str]:
        lines = []
        while self.chatty and self.dice.random() < 0.25:
            indentation = column if self.dice.random() < 0.7 else self.dice.randint(0, 12)
            lines.append("" if self.dice.random() < 0.5 else " " * min(indentation, self.deepest) + self.comment())
        return lines


def comments_in(text: str) -> Counter[str]:
    """The comments that `Hand` wrote, which are found anywhere by their form."""
    return Counter(re.findall(r"# [0-9]+: 'it' {", text))


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.integers(0, 2**32))
def test_however_a_file_is_written_its_form_says_the_same_and_is_final(content: dict[str, Any], seed: int) -> None:
    hand = Hand(random.Random(seed))
    written = hand.document(content)
    assert yaml.read(written.encode()) == content, "the test writes what it means"
    text = formatted(written)
    assert yaml.read(text.encode()) == content
    assert comments_in(text) == hand.comments
    assert formatted(text) == text
    assert "|" in text or not re.search(r"[ \t]$", text, re.M)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.integers(0, 2**32))
def test_another_program_that_keeps_layout_leaves_a_canonical_file_as_it_is(content: dict[str, Any], seed: int) -> None:
    written = Hand(random.Random(seed), chatty=False).document(content)
    assume("|" not in written and "\\" not in written and not has_pair(content))
    text = formatted(written)
    assert round_trip(text) == text


def has_pair(content: Any) -> bool:
    """Whether a list holds a mapping of one key, which ruamel.yaml writes without its brackets: `[a: 1]`."""
    if isinstance(content, dict):
        return any(map(has_pair, content.values()))
    return isinstance(content, list) and any((isinstance(item, dict) and len(item) == 1) or has_pair(item) for item in content)


def round_trip(text: str) -> str:
    """What ruamel.yaml, another program that keeps comments, makes of a text it does not change."""
    other = YAML()
    other.preserve_quotes = True
    other.width = 2**20
    other.indent(mapping=2, sequence=4, offset=2)
    other.representer.add_representer(type(None), lambda r, none: r.represent_scalar("tag:yaml.org,2002:null", "null"))
    stream = io.StringIO()
    other.dump(other.load(text), stream)
    return stream.getvalue()


# The command.


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for path, content in base().items():
        assert isinstance(content, bytes)
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / SHEET).parent.mkdir(parents=True)
    return tmp_path


SHEET = f"data/{SUBMISSION}"
OTHERS = sum(path.endswith(".yaml") for path in base())
SOURCES = sum(path.endswith(".yaml") and path.startswith("data/sources/") for path in base())
UNTIDY = "# ours\nanswers: { }\nsubmitted:  2017-01-01\n"
TIDY = "# ours\nsubmitted: 2017-01-01\nanswers: {}\n"


def run(repository: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["fmt", "--root", str(repository), *arguments])
    return result.exit_code, result.stdout


def test_files_are_written_and_named(repository: Path) -> None:
    (repository / SHEET).write_text(UNTIDY)
    assert run(repository) == (0, f"formatted {SHEET}\n1 file formatted, {OTHERS} were so already\n")
    assert (repository / SHEET).read_text() == TIDY
    assert run(repository) == (0, f"{OTHERS + 1} files in canonical form\n")


def test_check_writes_nothing_and_fails(repository: Path) -> None:
    (repository / SHEET).write_text(UNTIDY)
    assert run(repository, "--check") == (1, f"would format {SHEET}\n1 file would be formatted, {OTHERS} were so already\n")
    assert (repository / SHEET).read_text() == UNTIDY


def test_diff_writes_nothing_and_shows_what_would_change(repository: Path) -> None:
    (repository / SHEET).write_text(UNTIDY.rstrip("\n"))
    code, said = run(repository, "--diff")
    assert code == 1
    assert said.splitlines()[2:-1] == [
        "@@ -1,3 +1,3 @@",
        " # ours",
        "-answers: { }",
        "-submitted:  2017-01-01",
        "\\ no line end at the end of the file",
        "+submitted: 2017-01-01",
        "+answers: {}",
    ]
    assert (repository / SHEET).read_text() == UNTIDY.rstrip("\n")


def test_one_broken_file_does_not_keep_the_others_from_their_form(repository: Path) -> None:
    (repository / SHEET).write_text(UNTIDY)
    (repository / "data/states/XAB/state.yaml").write_text("names: {en: Borduria\n")
    code, said = run(repository)
    assert code == 1
    assert said.splitlines()[0] == f"formatted {SHEET}"
    assert said.splitlines()[1].startswith("left alone data/states/XAB/state.yaml:2: WP108 ")
    assert (repository / SHEET).read_text() == TIDY
    assert (repository / "data/states/XAB/state.yaml").read_text() == "names: {en: Borduria\n"


def test_only_the_files_named_are_touched(repository: Path) -> None:
    (repository / SHEET).write_text(UNTIDY)
    assert run(repository, str(repository / "data/sources")) == (0, f"{SOURCES} files in canonical form\n")
    assert run(repository, str(repository / SHEET)) == (0, f"formatted {SHEET}\n1 file formatted\n")


def test_an_archived_copy_is_nobodys_to_format(repository: Path) -> None:
    copy = repository / "data/sources/archive/law.yaml"
    copy.write_text("b:   1\n")
    assert run(repository)[0] == 0
    assert copy.read_text() == "b:   1\n"


def test_the_base_repository_is_canonical(repository: Path) -> None:
    assert run(repository, "--check") == (0, f"{OTHERS} files in canonical form\n")
