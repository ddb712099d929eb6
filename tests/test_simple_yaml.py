"""Where libyaml is not asked, it would have nothing to say: what `storage.yaml_simple` calls simple, both parsers take, and read
alike."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_readers import BEGINNINGS, LENIENT, REFUSED, SIGNS, needs_both, read

from workplan_cli.storage import yaml, yaml_libyaml
from workplan_cli.storage.yaml_simple import is_simple

try:
    from workplan_cli.storage import yaml_rocks
except ImportError:
    yaml_rocks = None  # type: ignore[assignment]

KEYS = st.sampled_from(["a", "b", "g01-law", "en", "true", "null", "K.1_x-", "e3", "x" * 100])
WORDS = st.sampled_from(
    [
        "1", "2017-01-20", "2016", "1.5", "1e3", "007", "0x1F", "true", "Null", "final", "<5", "(no)", "x - y", "a b  c", "é",
        '"a: b, {c} # d"', "'#\"'", '""', "''", '"1"', "x" * 2000, "5 %", "ñandú", "a&b*c!d|e>f", "it's", 'a "b"', "x-", "N°3",
    ]
)  # fmt: skip
PLAIN = WORDS | st.sampled_from(["12:30", "http://a.example/b?c", "a, b", "a [b] {c}", "x?", "a:b:c"])
COMMENTS = st.sampled_from(["", "", "", "", "\n", "# why: not\n", "      # x\n", "   \n", "#\n"])


INNER = WORDS.filter(lambda word: word[0] in "\"'" or not set(word) & set(",[]{}?:#"))
LISTS = st.lists(INNER, max_size=3).map(lambda words: f"[{', '.join(words)}]")


def pairs(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Keys in braces."""
    found = st.lists(st.tuples(KEYS, values), min_size=1, max_size=3, unique_by=lambda pair: pair[0])
    return found.map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}")


VALUES = PLAIN | LISTS | pairs(INNER | LISTS | pairs(INNER))


@st.composite
def block(draw: st.DrawFn, depth: int = 0) -> str:
    """Lines of keys, with what stands below them."""
    lines = []
    for key in draw(st.lists(KEYS, min_size=1, max_size=3, unique=True)):
        start = f"{'  ' * depth}{key}:"
        below = draw(st.sampled_from(["value", "value", "keys", "items", "nothing"]))
        if below == "value":
            lines.append(f"{start} {draw(VALUES)}\n")
        elif below == "keys" and depth < 4:
            lines.append(f"{start}\n{draw(COMMENTS)}{draw(block(depth + 1))}")
        elif below == "items":
            items = draw(st.lists(VALUES, min_size=1, max_size=3))
            lines.append(f"{start}\n" + "".join(f"{'  ' * (depth + 1)}- {item}\n{draw(COMMENTS)}" for item in items))
        else:
            lines.append(f"{start}\n")
        lines.append(draw(COMMENTS))
    return "".join(lines)


EDITS = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 3), SIGNS), min_size=1, max_size=4)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text with some signs taken away, and others put in their place."""
    for place, length, sign in edits:
        at = place % (len(text) + 1)
        text = text[:at] + sign + text[at + length :]
    return text


def holds(text: str) -> None:
    """What is simple is refused by no parser, but for a key that is there twice, and read alike by both."""
    if is_simple(text.encode()):
        yaml_libyaml.look_through(text.encode(), yaml.YamlProblem)
        if yaml_rocks is not None:
            assert read(yaml_rocks, text) == read(yaml_libyaml, text)


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(block())
def test_lines_that_follow_the_rules_are_simple_and_read_alike(text: str) -> None:
    assert is_simple(text.encode())
    holds(text)


@settings(max_examples=2000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(block(), EDITS)
def test_what_is_still_simple_after_any_edit_is_read_alike(text: str, edits: list[tuple[int, int, str]]) -> None:
    holds(edited(text, edits))


@settings(max_examples=800, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(BEGINNINGS, st.lists(SIGNS | st.sampled_from(["\nk: v", "\n  k:", "\n    - v", "\n  k: v"]), max_size=16).map("".join))
@example("a:\n", "  - x\n")
def test_whatever_is_simple_is_read_alike(beginning: str, rest: str) -> None:
    holds(beginning + rest)


@pytest.mark.parametrize("text", [*LENIENT, *(text for text in REFUSED if "a: 2" not in text)])
def test_nothing_on_which_readers_differ_is_simple(text: str) -> None:
    assert not is_simple(text.encode()) or read(yaml_libyaml, text) != "refused"


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n  b: 2\n", "a:\n   b: 1\n", "a:\n    b: 1\n", " a: 1\n", "a:\n  - x\n    y: 1\n", "a:\n  - x\n  b: 1\n",
        "a:\n  b: 1\n  - x\n", "a:\n- x\n", "- x\n", "a: x:\n", "a: x: y\n", "a: x::\n", "a: x #y\n", "a: [x, ]\n",
        "a: [x y: z]\n", "a: {b}\n", "a: {}\n", 'a: "\\q"\n', "a: 'x''y'\n", "a: x\ty\n", "a: |\n  x\n", "a: &b c\n",
        "a: 1\r\n", f"{'a' * 1025}: 1\n", "a: \x7f\n", "a: \x85\n", "a: \u2028\n", "a: \ufeff\n", "a: 1", "---\na: 1\n",
        "? a\n: b\n", "a: 1\n\t\n", "",
    ],
)  # fmt: skip
def test_what_needs_more_than_a_look_is_not_simple(text: str) -> None:
    assert not is_simple(text.encode())


def test_bytes_that_are_no_text_are_not_simple() -> None:
    assert not is_simple(b"a: \xff\n")


@needs_both
def test_libyaml_is_asked_where_a_large_text_is_not_simple() -> None:
    sound = "".join(f"k{number}:\n  - {{x: {number}}}\n" for number in range(2000))
    assert is_simple(sound.encode())
    assert read(yaml_rocks, sound) == read(yaml_libyaml, sound) != "refused"
    assert read(yaml_rocks, f"{sound}a:\n  - {{x: 1}}\n    y: 2\n") == "refused"
