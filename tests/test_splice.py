"""A file changed in a few places: every other byte stays, and what cannot be proven is not done."""

import difflib
import random
from typing import Any

import pytest

from workplan_cli.errors import WorkplanError
from workplan_cli.storage import yaml
from workplan_cli.storage.splice import Append, Edit, Insert, Put, Remove, edits_between, same, spliced

PATH = "states/XAA/2017-2018/submission.yaml"

CASES: dict[str, tuple[str, Edit, str]] = {
    "a word": ("a: 1 # one\nb: old # two\n", Put(("b",), "new"), "a: 1 # one\nb: new # two\n"),
    "a word in brackets": (
        "answers:\n  g1: {revision: 1, status: draft} # mine\n",
        Put(("answers", "g1", "status"), "final"),
        "answers:\n  g1: {revision: 1, status: final} # mine\n",
    ),
    "a new key in brackets, where its model has it": (
        "answers:\n  g1: {revision: 1, result: planned}\n",
        Put(("answers", "g1", "status"), "final"),
        "answers:\n  g1: {revision: 1, status: final, result: planned}\n",
    ),
    "a new key on its line, where its model has it": (
        "# top\nanswers:\n  g1:\n    revision: 1\n    result: planned\n",
        Put(("answers", "g1", "status"), "final"),
        "# top\nanswers:\n  g1:\n    revision: 1\n    status: final\n    result: planned\n",
    ),
    "a key at the top of the file stands below its comment": (
        "# top\nanswers: {}\n",
        Put(("submitted",), "2019-01-15"),
        "# top\nsubmitted: 2019-01-15\nanswers: {}\n",
    ),
    "a key taken away, its comment not": (
        "a: 1\n# of b\nb: 2 # two\nc: 3\n",
        Remove(("b",)),
        "a: 1\n# of b\n# two\nc: 3\n",
    ),
    "the first, the last and a middle one in brackets": ("a: {b: 1, c: 2, d: 3}\n", Remove(("a", "c")), "a: {b: 1, d: 3}\n"),
    "the last in brackets": ("a: {b: 1, c: 2}\n", Remove(("a", "c")), "a: {b: 1}\n"),
    "the only one in brackets": ("a: {b: 1}\n", Remove(("a", "b")), "a: {}\n"),
    "the only one on a line": ("a:\n  b: 1\nc: 2\n", Remove(("a", "b")), "a: {}\nc: 2\n"),
    "the only one of a file": ("# top\na: 1 # one\n# end\n", Remove(("a",)), "# top\n# one\n{}\n# end\n"),
    "the first behind a dash, with a comment below": (
        "a:\n- b: 1\n  # of c\n  c: 2\n",
        Remove(("a", 0, "b")),
        "a:\n  # of c\n- c: 2\n",
    ),
    "an item more": ("a: [e1]\n", Append(("a",), "e2"), "a: [e1, e2]\n"),
    "an item more, of lines": (
        "a:\n  - id: x\n    on: 1\n    # deep\n  # a comment\nb: 1\n",
        Append(("a",), {"id": "y", "on": 2}),
        "a:\n  - id: x\n    on: 1\n    # deep\n  # a comment\n  - id: y\n    on: 2\nb: 1\n",
    ),
    "an item more, of one line": ("log:\n- {on: 1}\n", Append(("log",), {"on": 2}), "log:\n- {on: 1}\n- {on: 2}\n"),
    "an item before another": (
        "a:\n  # of x\n  - id: x\n    on: 1 # deep\n  - {id: z}\n",
        Insert(("a", 1), {"id": "y"}),
        "a:\n  # of x\n  - id: x\n    on: 1 # deep\n  - {id: y}\n  - {id: z}\n",
    ),
    "an item before the first": ("a: [x]\n", Insert(("a", 0), "w"), "a: [w, x]\n"),
    "an item replaced": ("a: [x, y, z]\n", Put(("a", 1), "w"), "a: [x, w, z]\n"),
    "an item taken away": ("a:\n  - x\n  - y # why\n  - z\n", Remove(("a", 1)), "a:\n  - x\n  # why\n  - z\n"),
    "the first key behind a dash": ("a:\n  - b: 1\n    c: 2\n", Remove(("a", 0, "b")), "a:\n  - c: 2\n"),
    "a key before the first behind a dash": (
        "a:\n  - c: 2\n    d: 3\n",
        Put(("a", 0, "b"), 1, ("b", "c", "d")),
        "a:\n  - b: 1\n    c: 2\n    d: 3\n",
    ),
    "a list that is not there": ("b: 1\n", Append(("a",), {"on": 2}), "b: 1\na:\n  - {on: 2}\n"),
    "nothing behind the key": ("a: # to do\nb: 1\n", Put(("a",), "x"), "a: x # to do\nb: 1\n"),
    "a text of several lines": (
        "a: | # why\n  One.\n\n  Two.\n\nb: 1\n",
        Put(("a",), "One."),
        "# why\na: One.\n\nb: 1\n".replace("One.", '"One."'),
    ),
    "mappings that are not there": ("a: 1\n", Put(("b", "c", "d"), 2), "a: 1\nb:\n  c:\n    d: 2\n"),
    "an empty file": ("# nothing yet\n", Put(("a",), 1), "# nothing yet\na: 1\n"),
    "no line end at the end": ("a: 1\nb: 2", Put(("a",), 3), "a: 3\nb: 2"),
    "lines of another system": ("a: 1\r\nb: 2\r\n", Put(("c",), 3), "a: 1\r\nb: 2\r\nc: 3\r\n"),
    "the whole of a file in brackets": (
        "{answers: {}}\n",
        Put(("answers", "g1"), {"revision": 1}),
        "{answers: {g1: {revision: 1}}}\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_finds_its_place(case: str) -> None:
    before, edit, after = CASES[case]
    assert spliced(PATH, before.encode(), [edit]).decode() == after


@pytest.mark.parametrize(
    ("text", "edit", "why"),
    [
        ("a: 1\n", Remove(("b",)), "at /b; nothing"),
        ("a: 1\n", Put(("a", "b"), 1), "at /a/b; nothing"),
        ("a: [1]\n", Put(("a", 3), 1), "at /a/3; nothing"),
        ("a: &x 1\nb: *x\n", Put(("a",), 2), "it would change what else the file says"),
        ("a: 1\n---\nb: 1\n", Put(("a",), 2), "at /a: the file holds more than one document"),
        ("b: 1\na: [1\n", Put(("a",), 2), "at /a: line 3: did not find"),
        ("a: 1\nb: \xff", Put(("a",), 2), "it is not UTF-8"),
        ("a: |+\n  One.\n\nb: 2\n\n", Remove(("b",)), "it would change what else the file says"),
    ],
)
def test_what_has_no_place_is_refused_and_why(text: str, edit: Edit, why: str) -> None:
    with pytest.raises(WorkplanError, match="nothing in it was changed") as error:
        spliced(PATH, text.encode("latin-1"), [edit])
    assert why in error.value.message
    assert error.value.hint


class _Author:
    """Writes files as people do: odd comments, quotes, spacing, brackets."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.number = 0

    def file(self) -> str:
        self.step = self.dice.choice(["  ", "  ", "    ", "   "])
        text = self.dice.choice(["", "# top of the file\n", "---\n", "# top\n\n"]) + self.mapping("", 3)
        text += self.dice.choice(["", "\n", "# the end\n", "...\n"])
        return text.replace("\n", "\r\n") if self.dice.random() < 0.25 else text

    def comment(self) -> str:
        self.number += 1
        return self.dice.choice(
            [f"# note {self.number}", f"#note {self.number}: [odd] {{signs}}", f'# it\'s "{self.number}" - a: b']
        )

    def beside(self) -> str:
        return self.dice.choice(["", "", "", "  ", " " + self.comment(), "   " + self.comment()])

    def over(self, pad: str) -> str:
        return self.dice.choice(
            ["", "", "", "\n", f"{pad}{self.comment()}\n", f"\n{pad}{self.comment()}\n", f"{self.comment()}\n"]
        )

    def key(self) -> str:
        self.number += 1
        return self.dice.choice([f"k{self.number}", f'"k {self.number}"', f"'k#{self.number}'", f"k-{self.number}.a"])

    def scalar(self, flow: bool) -> str:
        words = ["x", "yes", "7", "1.5", "null", "true", '"a # b"', "'it''s'", '"\\u00e9 {"', "2018-03-01", "é", '""', "a b", "~"]
        return self.dice.choice(
            words if flow else [*words, "", "a: b".replace(": ", ":"), "it's", "x#y", "- not".replace("- ", "-")]
        )

    def flow(self, depth: int) -> str:
        kind = self.dice.random()
        if depth < 1 or kind < 0.5:
            return self.scalar(True)
        comma = self.dice.choice([", ", ",", " , ", ", "])
        inner = [self.flow(depth - 1) for _ in range(self.dice.randint(0, 3))]
        if kind < 0.75:
            return "[" + comma.join(inner) + "]"
        space = self.dice.choice(["", " "])
        return "{" + space + comma.join(f"{self.key()}: {one}" for one in inner) + space + "}"

    def mapping(self, pad: str, depth: int) -> str:
        text = ""
        for _ in range(self.dice.randint(1, 4)):
            text += self.over(pad) + pad + self.key() + ":" + self.value(pad, depth)
        return text

    def value(self, pad: str, depth: int) -> str:
        kind, deeper = self.dice.random(), pad + self.step
        if depth and kind < 0.3:
            return f"{self.beside()}\n{self.mapping(deeper, depth - 1)}"
        if depth and kind < 0.5:
            indent = self.dice.choice([deeper, pad])
            return f"{self.beside()}\n" + "".join(self.item(indent, depth - 1) for _ in range(self.dice.randint(1, 3)))
        if kind < 0.6:
            header = self.dice.choice(["|", ">", "|-", ">+", "| # a comment"])
            return f" {header}\n{deeper}One # no comment\n\n{deeper}two: 2\n" + self.dice.choice(["", "\n"])
        if kind < 0.65:
            return f' "of two\n{deeper}lines"{self.beside()}\n'
        if kind < 0.72:
            return f" [a, {self.comment()}\n{deeper}b{self.dice.choice(['', ','])} ]{self.beside()}\n"
        written = self.flow(2)
        return f"{' ' if written else ''}{written}{self.beside()}\n"

    def item(self, pad: str, depth: int) -> str:
        if depth and self.dice.random() < 0.5:
            return self.rows(pad)
        return f"{self.over(pad)}{pad}- {self.flow(1) or 'x'}{self.beside()}\n"

    def rows(self, pad: str) -> str:
        text = f"{self.over(pad)}{pad}- {self.key()}: {self.flow(1)}{self.beside()}\n"
        for _ in range(self.dice.randint(0, 2)):
            text += f"{self.over(pad + '  ')}{pad}  {self.key()}: {self.flow(1)}{self.beside()}\n"
        return text

    def edit(self, content: Any) -> Edit:
        """Something to change, anywhere."""
        pointer: tuple[Any, ...] = ()
        here = content
        while isinstance(here, dict | list) and here and (not pointer or self.dice.random() < 0.7):
            step = self.dice.choice(list(here) if isinstance(here, dict) else list(range(len(here))))
            pointer, here = (*pointer, step), here[step]
        value = self.dice.choice(
            ["new", 5, True, None, "a: # b", ["e1", "e2"], {"en": "One.\nTwo."}, [{"year": 2018}], {"a": {"b": 1}}]
        )
        kind = self.dice.random()
        if isinstance(here, list) and kind < 0.3:
            return Append(pointer, value)
        if isinstance(here, list) and kind < 0.6:
            return Insert((*pointer, self.dice.randint(0, len(here))), value)
        if isinstance(here, dict) and kind < 0.6:
            return Put((*pointer, "put"), value, order=self.dice.sample(sorted(map(str, here)), len(here)))
        if kind < 0.8:
            return Put(pointer, value)
        return Remove(pointer)


@pytest.mark.parametrize("seed", range(250))
def test_in_any_file_only_the_lines_of_the_intended_keys_change(seed: int) -> None:
    """The content is what was meant, no comment is lost, and the lines that are gone are those of the key that was edited."""
    author = _Author(seed)
    before = author.file().encode()
    content = yaml.read(before)
    edit = author.edit(content)
    after = spliced(PATH, before, [edit])
    gone = [line[2:] for line in difflib.ndiff(before.decode().split("\n"), after.decode().split("\n")) if line.startswith("- ")]
    own = _lines_of(before.decode(), edit)
    assert [line for line in gone if line not in own] == []


def _lines_of(text: str, edit: Edit) -> set[str]:
    """The lines that an edited entry stands on, and the one its parent begins on."""
    from workplan_cli.storage.sourcemap import SourceMap

    source = SourceMap(text)
    parent, node, number = source.roots[0], source.roots[0], 0
    spans = []
    for step in edit.pointer:
        found = list(yaml.read(text.encode()) and [key.value for key in node.keys])
        number = step if isinstance(step, int) else found.index(str(step)) if str(step) in found else -1
        if not 0 <= number < len(node.children):
            break
        head = node.keys[number].start if node.keys else node.children[number].start
        parent, node = node, node.children[number]
        spans.append((head, node.end))
    lines = text.split("\n")
    own: set[str] = set()
    emptied = isinstance(edit, Remove) and len(parent.children) == 1  # its parent is then written anew, as {} or []
    for start, end in spans[-2:] if emptied else spans[-1:]:
        own |= set(lines[source.span(start).line - 1 : source.span(max(start, end)).line + 1])
    for start, _ in spans[-2:-1]:
        own.add(lines[source.span(start).line - 1])
    return own


@pytest.mark.parametrize("seed", range(60))
def test_several_edits_are_made_in_their_order(seed: int) -> None:
    author = _Author(1000 + seed)
    before = author.file().encode()
    content = yaml.read(before)
    other = _Author(2000 + seed)
    wanted = {**content, "added": yaml.read(other.file().encode())}
    wanted.pop(next(iter(content))) if len(content) > 1 else None
    after = spliced(PATH, before, edits_between(content, wanted))
    assert same(yaml.read(after), wanted)
    assert spliced(PATH, after, edits_between(wanted, wanted)) == after
