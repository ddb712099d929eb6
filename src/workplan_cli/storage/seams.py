"""Where a change goes into the text of a YAML file: at which character it begins, where it ends, and what comes there.

This module alone knows the seams of a text in lines: an entry begins on its line, ends behind the comments that are its own, and
a comment that something is taken away from stays where it was.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workplan_cli.storage import spelling
from workplan_cli.storage.gaps import Gaps, comments
from workplan_cli.storage.sourcemap import Node, SourceMap

Splice = tuple[int, int, str]
"""From where to where, and what comes there."""

_BLANK = re.compile(r"(?:[ \t]*\r?\n)*")
_KEEPS = re.compile(r"[|>][0-9]?\+")
_DASHES = re.compile(r"[ \t]*(?:-[ \t]+)+")


@dataclass(frozen=True)
class Lines:
    """A collection in block style: a mapping whose keys, or a list whose dashes, stand on lines of their own."""

    source: SourceMap
    node: Node
    key_end: int | None = None
    """Where the key that it stands under ends; None for the whole document, and for an item of a list."""

    @property
    def text(self) -> str:
        """The whole file."""
        return self.source.text

    @cached_property
    def heads(self) -> list[int]:
        """Where each entry begins: its key, or its dash."""
        if self.node.kind == "mapping":
            return [key.start for key in self.node.keys]
        found, here = [], self.node.start
        for child in self.node.children:
            found.append(self._dash(here, child.start))
            here = max(last(child, self.text), found[-1] + 1)
        return found

    @cached_property
    def names(self) -> list[str]:
        """The keys of a mapping."""
        return [key.value for key in self.node.keys]

    @cached_property
    def column(self) -> int:
        """How far in the entries stand."""
        first = self.heads[0]
        return first - self.line_start(first)

    @cached_property
    def step(self) -> str:
        """How much further in the entries of an entry stand, as the file has it."""
        for child in self.node.children:
            if child.kind == "mapping" and child.keys and not is_flow(child, self.text):
                wider = child.keys[0].start - self.line_start(child.keys[0].start) - self.column
                return " " * wider if self.node.kind == "mapping" and wider > 0 else spelling.STEP
        return spelling.STEP

    @property
    def pad(self) -> str:
        """The spaces before an entry."""
        return " " * self.column

    def put(self, entries: Mapping[str, str], order: Sequence[str]) -> Iterator[Splice]:
        """Put new entries, written out, among those of a mapping: each behind the last of those that stand before it in
        `order`."""
        rank = {name: place for place, name in enumerate(order)}
        added: dict[int, list[str]] = {}
        for name in sorted(entries, key=lambda name: rank.get(name, len(rank))):
            before = [place for place, there in enumerate(self.names) if rank.get(there, -1) < rank.get(name, len(rank))]
            place = self.end(max(before)) if before else self._first()
            added.setdefault(place, []).append(entries[name])
        for place, several in added.items():
            if place == self.heads[0] and self._dashes(0):  # the first key stands behind a dash, and so does the new one
                yield place, place, "".join(several).removeprefix(self.pad) + self.pad
            else:
                yield place, place, "".join(several)

    def append(self, written: str) -> Splice:
        """Put an item, written out, behind the last of a list."""
        place = self.end(len(self.heads) - 1)
        return place, place, written

    def insert(self, number: int, written: str) -> Splice:
        """Put an item, written out, before another: behind the comments of the one above it."""
        place = self.end(number - 1) if number else self._first()
        return place, place, written

    def replaced(self, number: int, written: str) -> Iterator[Splice]:
        """Put an entry, written out, where another is, or nothing; the comments of the other one stay, over it."""
        start, end = self.begin(number), self.end(number)
        head, behind_dash = self.heads[number], self._dashes(number)
        if behind_dash and not written and number + 1 < len(self.heads):  # the next one moves up behind the dash
            end = self.begin(number + 1)
        kept = [f"{self.pad}{words}\n" for place, words in comments(self.source) if start <= place < end]
        if start == head or not behind_dash:
            yield start, end, "".join(kept) + written
            return
        if kept:
            yield start, start, "".join(kept)
        yield head, (end if written or number + 1 == len(self.heads) else end + self.column), written.removeprefix(self.pad)

    def value(self, number: int, written: str) -> Iterator[Splice]:
        """Put a value of one line where another one is that is no block; comments in it go over the line, one beside it stays."""
        child = self.node.children[number]
        end = last(child, self.text)
        kept = [f"{self.pad}{words}\n" for place, words in comments(self.source) if self.heads[number] <= place < end]
        if kept:
            yield self.begin(number), self.begin(number), "".join(kept)
        start = child.start
        if kept:
            start = self.node.keys[number].end if self.node.kind == "mapping" else self.heads[number] + 1
            written = (": " if self.node.kind == "mapping" else " ") + written
        elif start == end and self.text[start - 1 : start] in (":", "-"):
            written = " " + written
        yield start, end, written

    def begin(self, number: int) -> int:
        """Where the line of an entry begins; comments over it are not its own."""
        return self.line_start(self.heads[number])

    def end(self, number: int) -> int:
        """Where the line after an entry begins, with the comments that belong to it."""
        gaps = Gaps(self.text)
        gaps.past(max(last(self.node.children[number], self.text), self.heads[number] + 1))
        gaps.beside()
        gaps.below(self.column)
        return self.line_end(gaps.at)

    def line_start(self, place: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """Where the line after that of a place begins."""
        end = self.text.find("\n", place)
        return end + 1 if end >= 0 else len(self.text)

    def _first(self) -> int:
        """Where an entry before all others goes: below the key they stand under; behind the comment at the top of the file."""
        if self.key_end is not None:
            return self.line_end(self.key_end)
        return self.heads[0] if self._dashes(0) else self.begin(0)

    def _dashes(self, number: int) -> bool:
        """Whether an entry of a mapping stands behind a dash on its line."""
        return bool(self.node.kind == "mapping" and _DASHES.fullmatch(self.text[self.begin(number) : self.heads[number]]))

    def _dash(self, here: int, until: int) -> int:
        """Where the dash of the item that begins at `until` stands: the first sign that is neither space nor comment."""
        gap = re.compile(r"(?:\s+|#[^\n]*)*-").match(self.text, here)
        return gap.end() - 1 if gap is not None and gap.end() <= until + 1 else until


def fill(source: SourceMap, value: Node, written: str) -> Iterator[Splice]:
    """Put entries on the lines below a key whose value is empty, brackets or nothing at all."""
    text = source.text
    start = value.start - 1 if text[value.start - 1 : value.start] == " " and value.end > value.start else value.start
    end = text.find("\n", value.end)
    end = end + 1 if end >= 0 else len(text)
    yield start, value.end, ""
    yield end, end, written


def last(node: Node, text: str) -> int:
    """The end of the last word of a node."""
    while node.children and not is_flow(node, text):
        node = node.children[-1]
    if not node.is_block:
        return node.end
    header = _KEEPS.match(text, node.start)
    if header is not None:  # the empty lines at its end are part of the text
        end = max(len(text[: node.end].rstrip()), header.end())
        blank = _BLANK.match(text, text.find("\n", end) + 1)
        return blank.end() - 1 if blank is not None else end
    return max(len(text[: node.end].rstrip()), node.start + 1)


def is_flow(node: Node, text: str) -> bool:
    """Whether a collection is in brackets."""
    return node.kind != "scalar" and text[node.start : node.start + 1] in ("[", "{")
