"""Where things stand in a file: lines and columns for pointers, and the exact marks that traps are found by.

This module alone knows positions. A map is made only for a file that has something to show; it reads the file once more, by
events, without recursion.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

import yaml

from workplan_cli.diagnostics import Pointer, Span
from workplan_cli.storage.yaml_libyaml import MAX_DEPTH, TOO_DEEP, plain

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A piece of the document: a scalar, a list or a mapping, with its extent in characters."""

    kind: str
    start: int
    end: int
    value: str = ""
    is_plain: bool = False
    is_block: bool = False
    anchor: str | None = None
    alias: bool = False
    tag: str | None = None
    children: list["Node"] = field(default_factory=list)
    """The items of a list; the values of a mapping, in order."""
    keys: list["Node"] = field(default_factory=list)
    places: dict[Any, int] | None = None
    """Where each key of a mapping stands among its keys, by what it says; made when it is first asked for."""


class SourceMap:
    """The positions of one file's text. `problem` is the syntax error it stopped at, with its place, or None; `opened` is
    where what it was reading then began.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(position + 1 for position, letter in enumerate(text) if letter == "\n")]
        self.nodes: list[Node] = []
        self.roots: list[Node] = []
        self.problem: tuple[str, Span] | None = None
        self.opened: Span | None = None
        self._scalars: list[Node] | None = None
        self._starts: list[int] = []
        self._read()

    def span(self, start: int, end: int | None = None) -> Span:
        """The span of the characters from `start` up to `end`."""
        line = bisect_right(self._lines, start)
        end = start if end is None else end
        end_line = bisect_right(self._lines, end)
        return Span(line, start - self._lines[line - 1] + 1, end_line, end - self._lines[end_line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        if not 1 <= number <= len(self._lines):
            return ""
        start = self._lines[number - 1]
        end = self._lines[number] if number < len(self._lines) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def offset(self, line: int, column: int) -> int:
        """The character position of a line and column that count from 1."""
        return self._lines[min(max(line, 1), len(self._lines)) - 1] + max(column, 1) - 1

    def find(self, pointer: Pointer, on_key: bool = False) -> Span:
        """The place a pointer means; where a key is not there, the nearest thing that is."""
        if not self.roots:
            return Span(1, 1, 1, 1)
        node, key = self.roots[0], None
        for step in pointer:
            child = _step(node, step)
            if child is None:
                break
            key, node = child
        target = key if key is not None and (on_key or node.kind != "scalar" or not node.value) else node
        end = target.end if target.kind == "scalar" else target.start + 1
        return self.span(target.start, max(end, target.start + 1))

    def written(self, pointer: Pointer) -> str | None:
        """A scalar just as it is written in the file, or None when the pointer does not lead to one."""
        node: Node | None = self.roots[0] if self.roots else None
        for step in pointer:
            found = _step(node, step) if node is not None else None
            node = found[1] if found else None
        return self.text[node.start : node.end] if node is not None and node.kind == "scalar" else None

    def scalar_at(self, place: int) -> Node | None:
        """The scalar that a character is part of."""
        if self._scalars is None:
            self._scalars = [node for node in self.nodes if node.kind == "scalar"]
            self._starts = [node.start for node in self._scalars]
        after = bisect_right(self._starts, place)
        node = self._scalars[after - 1] if after else None
        return node if node is not None and place < node.end else None

    def _read(self) -> None:
        stack: list[Node] = []
        loader = _Loader(self.text)
        try:
            while loader.check_event():
                self._take(loader.get_event(), stack)
                if len(stack) > MAX_DEPTH:
                    self.problem = (TOO_DEEP, self.span(stack[-1].start))
                    return
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = self.span(self.offset(mark.line + 1, mark.column + 1)) if mark else Span(1, 1, 1, 1)
            self.problem = (error.problem or "it cannot be read as YAML", place)
            if error.context_mark:
                self.opened = self.span(self._index(error.context_mark))
        except yaml.YAMLError as error:
            self.problem = (str(error).splitlines()[0], Span(1, 1, 1, 1))
        finally:
            loader.dispose()

    def _take(self, event: yaml.Event, stack: list[Node]) -> None:
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop().end = self._index(event.end_mark)
            return
        if isinstance(event, yaml.ScalarEvent):
            plainly = event.style is None or event.style == ""
            node = Node("scalar", self._index(event.start_mark), self._index(event.end_mark), event.value, plainly)
            node.is_block = event.style in ("|", ">")
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
            node = Node(kind, self._index(event.start_mark), self._index(event.end_mark))
        elif isinstance(event, yaml.AliasEvent):
            node = Node("scalar", self._index(event.start_mark), self._index(event.end_mark), str(event.anchor), alias=True)
        else:
            return
        node.anchor = None if node.alias else getattr(event, "anchor", None)
        node.tag = getattr(event, "tag", None)
        self.nodes.append(node)
        if not stack:
            self.roots.append(node)
        elif stack[-1].kind == "mapping" and len(stack[-1].keys) == len(stack[-1].children):
            stack[-1].keys.append(node)
        else:
            stack[-1].children.append(node)
        if node.kind != "scalar":
            stack.append(node)

    def _index(self, mark: Any) -> int:
        return 0 if mark is None else self.offset(mark.line + 1, mark.column + 1)


def _step(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    """The key and the value one step down from `node`."""
    if node.kind == "list" and isinstance(step, int):
        return (None, node.children[step]) if -1 < step < len(node.children) else None
    if node.kind == "mapping":
        if node.places is None:
            node.places = {}
            for place, key in enumerate(node.keys[: len(node.children)]):
                node.places.setdefault(key.value, place)
                if key.is_plain:
                    node.places.setdefault(plain(key.value), place)
        place_or_none = node.places.get(step)
        return (node.keys[place_or_none], node.children[place_or_none]) if place_or_none is not None else None
    return None
