"""How a canonical file looks: block style, two spaces a level, lists two further in, one text on one line.

This module alone lays out YAML. It never writes a word of the author's: scalars are copied from the file as they stand there,
quotes and all, and only what lies between them is written anew. A comment belongs to the key or item below it and moves with
it; one that stands deeper than what follows belongs to what is above; one at the end of a line stays there. The comment at the
top of a file is about the file and stays at the top.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

from workplan_cli.storage.gaps import Gaps, comments
from workplan_cli.storage.order import inside, permutation
from workplan_cli.storage.scalars import joined, moved
from workplan_cli.storage.sourcemap import Node, SourceMap

STEP = "  "
_NULLS = ("", "~", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry of a mapping or an item of a list, laid out.

    `above` are the comments and blank lines ("") over it, without indentation; `lines` are its own, with it.
    """

    above: list[str]
    lines: list[str]


def lay_out(source: SourceMap, annotation: Any) -> str:
    """The canonical text of a file that holds one mapping, without anchors and tags. `annotation` is its document class."""
    return _Writer(source).document(annotation)


class _Writer:
    """Walks the nodes in the order of the file; each method writes one of them and reads the gaps before and in it."""

    def __init__(self, source: SourceMap) -> None:
        self.root = source.roots[0]
        self.text = source.text
        self.gaps = Gaps(source.text)
        self.marks = [place for place, _ in comments(source)]

    def document(self, annotation: Any) -> str:
        if self.stays_flow(self.root):
            above, lines = self.gaps.above(self.root.start), [self.inline(self.root, "", annotation)]
            lines[0] += self.gaps.beside()
        else:
            block = self.block(self.root, "", annotation, top=True)
            above, lines = block.above, block.lines
        below = self.gaps.above(len(self.text))
        while above and not above[0]:
            del above[0]
        while below and not below[-1]:
            del below[-1]
        return "\n".join([*above, *lines, *below]) + "\n"

    def block(self, node: Node, pad: str, annotation: Any, top: bool = False) -> Piece:
        """A collection in block style, its entries at the indentation `pad`; `above` is what stands over the first of them."""
        pieces = self.entries(node, pad, annotation, top) if node.kind == "mapping" else self.items(node, pad, annotation)
        lines = [line for piece in pieces for line in (*_indented(piece.above, pad), *piece.lines)]
        return Piece(pieces[0].above, lines[len(pieces[0].above) :])

    def entries(self, node: Node, pad: str, annotation: Any, top: bool) -> list[Piece]:
        """The entries of a mapping, in canonical order."""
        kind, written = _kind(node), []
        for key, value in zip(node.keys, node.children, strict=True):
            written.append(self.entry(key, value, pad, inside(annotation, key.value, kind)))
        written[-1].lines.extend(self.rest(node, pad))
        order = permutation(annotation, [key.value for key in node.keys], kind)
        return written if order == sorted(order) else _reordered(written, order, top)

    def entry(self, key: Node, value: Node, pad: str, annotation: Any) -> Piece:
        """One `key: value`."""
        above = self.gaps.above(key.start)
        name = self.scalar(key, pad)
        self.gaps.colon()
        beside = self.gaps.beside()
        if value.kind == "scalar" or self.stays_flow(value):
            above += self.over(value)
            first, *lines = f"{pad}{name}: {self.inline(value, pad, annotation)}".split("\n")
        else:
            block = self.block(value, pad + STEP, annotation)
            first, *lines = [f"{pad}{name}:", *_indented(block.above, pad + STEP), *block.lines]
        after = self.gaps.beside()
        if beside and (after or value.is_block):
            above.append(beside.strip())
            beside = ""
        if value.kind == "scalar" and lines and not value.is_block:
            lines[-1] += after or beside
        else:
            first += after or beside
        return Piece(above, [first, *lines])

    def items(self, node: Node, pad: str, annotation: Any) -> list[Piece]:
        """The items of a list whose dashes stand at the indentation `pad`."""
        written = []
        for position, item in enumerate(node.children):
            above, inner = self.gaps.above(item.start), inside(annotation, position, None)
            if item.kind == "scalar" or self.stays_flow(item):
                above += self.over(item)
                lines = f"{pad}- {self.inline(item, pad, inner)}".split("\n")
                lines[-1] += self.gaps.beside()
            else:
                dash = "- " if item.kind == "mapping" else "-   "
                deeper = pad + " " * len(dash)
                block = self.block(item, deeper, inner)
                above += [*block.above, *filter(None, [self.gaps.beside().strip()])]
                lines = [pad + dash + block.lines[0].removeprefix(deeper), *block.lines[1:]]
            written.append(Piece(above, lines))
        written[-1].lines.extend(self.rest(node, pad))
        return written

    def rest(self, node: Node, pad: str) -> list[str]:
        """The comments behind the last piece of a collection that still belong to it."""
        if not self.is_flow(node):
            return _indented(self.gaps.below(node.start - (self.text.rfind("\n", 0, node.start) + 1)), pad)
        found = self.gaps.within(node.end - 1)
        self.gaps.past(node.end)
        return _indented(found, pad)

    def over(self, node: Node) -> list[str]:
        """The comments between a key or dash and its scalar or flow collection, or in empty brackets: they go above the line."""
        if node.start == node.end:
            return []
        found = self.gaps.above(node.start)
        return found if node.kind == "scalar" or node.children else found + self.gaps.within(node.end - 1)

    def inline(self, node: Node, pad: str, annotation: Any) -> str:
        """A scalar, or a collection in flow style; of several lines where a text has paragraphs."""
        if node.is_block:
            text, size = moved(node, self.text[node.start : node.end], pad + STEP)
            self.gaps.past(node.start + size)
            return text
        if node.kind == "scalar":
            text = self.scalar(node, pad)
            return "null" if node.is_plain and text in _NULLS else text
        kind = _kind(node)
        if node.kind == "list":
            inner = [self.inline(item, pad, inside(annotation, position, None)) for position, item in enumerate(node.children)]
        else:
            inner = [
                f"{self.scalar(key, pad)}: {self.inline(value, pad, inside(annotation, key.value, kind))}"
                for key, value in zip(node.keys, node.children, strict=True)
            ]
            inner = [inner[position] for position in permutation(annotation, [key.value for key in node.keys], kind)]
        self.gaps.past(node.end)
        return "{" + ", ".join(inner) + "}" if node.kind == "mapping" else "[" + ", ".join(inner) + "]"

    def scalar(self, node: Node, pad: str) -> str:
        """A plain or quoted scalar."""
        self.gaps.past(node.end)
        return joined(self.text[node.start : node.end], pad + STEP)

    def stays_flow(self, node: Node) -> bool:
        """Whether a collection was written in flow style and holds no comment; with one between its items, it becomes a block."""
        if not self.is_flow(node):
            return False
        after = bisect_left(self.marks, node.start)
        return not node.children or after == len(self.marks) or self.marks[after] >= node.end

    def is_flow(self, node: Node) -> bool:
        """Whether a collection is in brackets."""
        return self.text[node.start] in "[{"


def _kind(node: Node) -> str | None:
    """What a mapping says under `type`."""
    return next((value.value for key, value in zip(node.keys, node.children, strict=False) if key.value == "type"), None)


def _indented(lines: list[str], pad: str) -> list[str]:
    return [pad + line if line else "" for line in lines]


def _reordered(pieces: list[Piece], order: list[int], top: bool) -> list[Piece]:
    """Pieces in another order. Comments move with them; blank lines, and the comment at the top of the file, stay in place."""
    stay = [next((number for number, line in enumerate(piece.above) if line), len(piece.above)) for piece in pieces]
    if top:
        stay[0] = len(pieces[0].above)
    return [
        replace(pieces[position], above=pieces[slot].above[: stay[slot]] + pieces[position].above[stay[position] :])
        for slot, position in enumerate(order)
    ]
