"""Where a change goes into a collection in brackets: `{revision: 1, status: final}`, `[e1, e2]`.

This module alone knows the seams of a text in brackets: the commas.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workplan_cli.storage.seams import Splice
from workplan_cli.storage.sourcemap import Node

_COMMA = re.compile(r"(?:\s|#[^\n]*)*,")
_SPACES = re.compile(r"[ \t]*")


@dataclass(frozen=True)
class Brackets:
    """A collection in flow style."""

    text: str
    node: Node

    @property
    def heads(self) -> list[int]:
        """Where each entry begins."""
        return [one.start for one in (self.node.keys or self.node.children)]

    def put(self, name: str, written: str, order: Sequence[str]) -> Splice:
        """Put a new entry of a mapping behind the last of those that stand before it in `order`."""
        rank = {key: place for place, key in enumerate(order)}
        mine = rank.get(name, len(rank))
        before = [place for place, key in enumerate(self.node.keys) if rank.get(key.value, -1) < mine]
        return self._behind(max(before), written) if before else self._first(written)

    def append(self, written: str) -> Splice:
        """Put an item behind the last of a list."""
        return self._behind(len(self.node.children) - 1, written) if self.node.children else self._first(written)

    def insert(self, number: int, written: str) -> Splice:
        """Put an item before another."""
        return self._behind(number - 1, written) if number else self._first(written)

    def value(self, number: int, written: str) -> Splice:
        """Put another value where one is."""
        child = self.node.children[number]
        if child.start < child.end:
            return child.start, child.end, written
        said = self.text[child.start - 1] == ":"
        return child.start, child.end, f"{' ' if said else ': '}{written}"

    def removed(self, number: int) -> Iterator[Splice]:
        """Take an entry out, with one comma."""
        start, end = self.heads[number], self.node.children[number].end
        if behind := _COMMA.match(self.text, end):
            comma = behind.end() - 1
            spaces = _SPACES.match(self.text, comma + 1)
            rest = spaces.end() if spaces else comma + 1
            if "#" in behind.group():  # a comment stands between the entry and its comma
                yield comma, comma + 1, ""
                yield start, end, ""
            else:
                yield start, rest, " " if self.text[rest : rest + 1] == "#" else ""
            return
        if number and (before := _COMMA.match(self.text, self.node.children[number - 1].end)):
            if not self.text[before.end() : start].strip():
                start = before.end() - 1
            else:
                yield before.end() - 1, before.end(), ""
        yield start, end, ""

    def _behind(self, number: int, written: str) -> Splice:
        place = self.node.children[number].end
        return place, place, f", {written}"

    def _first(self, written: str) -> Splice:
        place = self.heads[0] if self.node.children else self.node.start + 1
        return place, place, f"{written}, " if self.node.children else written
