"""What lies between the words of a YAML file: comments, blank lines, and signs that only say how it is laid out.

This module alone reads gaps. It goes through a file from top to bottom; everything before `at` has been read.
"""

import re

from workplan_cli.storage.sourcemap import SourceMap

BLOCK_HEADER = re.compile(r"([|>])([-+0-9]*)[ \t]*(#[^\n]*)?(?:\n|$)")
"""The first line of a literal or folded text: its sign, its figures, a comment."""
_COMMENT = re.compile(r"#[^\n]*")
_COLON = re.compile(r"[ \t]*:")
_SAME_LINE = re.compile(r"([ \t]*),?([ \t]*)(#[^\n]*)")


def comments(source: SourceMap) -> list[tuple[int, str]]:
    """Every comment of a file, with its place: whatever begins with `#` outside the scalars."""
    found: list[tuple[int, str]] = []
    here = 0
    for node in source.nodes:
        if node.kind != "scalar" or node.start < here:
            continue
        found += [(match.start(), match.group().rstrip()) for match in _COMMENT.finditer(source.text, here, node.start)]
        if node.is_block and (header := BLOCK_HEADER.match(source.text, node.start)) and header[3]:
            found.append((header.start(3), header[3].rstrip()))
        here = node.end
    return found + [(match.start(), match.group().rstrip()) for match in _COMMENT.finditer(source.text, here)]


class Gaps:
    """A reader of gaps. Blank lines come as "", comments without their indentation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def past(self, place: int) -> None:
        """Go on behind a place, if it is not behind already."""
        self.at = max(self.at, place)

    def colon(self) -> None:
        """Go on behind the colon that follows a key."""
        if match := _COLON.match(self.text, self.at):
            self.at = match.end()

    def above(self, until: int) -> list[str]:
        """The comments and blank lines from here to a place."""
        if until <= self.at:
            return []
        lines = self.text[self.at : until].split("\n")
        whole = range(0 if self._at_line_start() else 1, len(lines) - 1)
        self.at = until
        found = []
        for number, line in enumerate(lines):
            if match := _COMMENT.search(line):
                found.append(match.group().rstrip())
            elif number in whole and not line.strip():
                found.append("")
        return found

    def within(self, until: int) -> list[str]:
        """The comments from here to a closing bracket."""
        return [line for line in self.above(until) if line]

    def beside(self) -> str:
        """The comment at the end of this line, with the spaces before it as written."""
        match = None if self._at_line_start() else _SAME_LINE.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return (match[1] + match[2]).replace("\t", "  ").rjust(1) + match[3].rstrip()

    def below(self, column: int) -> list[str]:
        """The comments that follow, from a column on, and stand deeper than the next line that is no comment."""
        lines, following = self._comment_lines()
        taken = 0
        for number, (line, indentation, _) in enumerate(lines, 1):
            if line and (indentation < column or indentation <= following):
                break
            taken = number if line else taken
        if taken:
            self.at = lines[taken - 1][2]
        return [line for line, _, _ in lines[:taken]]

    def _comment_lines(self) -> tuple[list[tuple[str, int, int]], int]:
        """The lines that hold a comment or nothing, from the next on, each with its indentation and its end; and the
        indentation of the line that ends them."""
        found: list[tuple[str, int, int]] = []
        begin = self.at if self._at_line_start() else self.text.find("\n", self.at) + 1
        while begin and begin < len(self.text):
            end = self.text.find("\n", begin)
            end = len(self.text) if end < 0 else end
            line = self.text[begin:end]
            indentation = len(line) - len(line.lstrip())
            if line.strip() and line[indentation] != "#":
                return found, indentation
            found.append((line.strip(), indentation, end))
            begin = end + 1
        return found, 0

    def _at_line_start(self) -> bool:
        return self.at == 0 or self.text[self.at - 1] == "\n"
