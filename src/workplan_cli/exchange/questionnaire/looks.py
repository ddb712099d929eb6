"""How the sheets of a questionnaire look. This module alone knows colours, borders and the heights of lines."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_LINE: dict[str, Any] = {"bottom": 1, "bottom_color": "#D5D9E0"}
_OPEN: dict[str, Any] = {"bg_color": "#FFF8D6", "border": 1, "border_color": "#C9B458", "locked": False}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 14, "bold": True, "font_color": "#1F3552", "text_wrap": False, "valign": "vcenter"},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3552", "valign": "vcenter", "border": 1},
    "band": {"bold": True, "bg_color": "#DCE4EF", "font_color": "#1F3552", "text_wrap": False, "valign": "vcenter"},
    "question": {**_LINE, "bold": True},
    "label": {**_LINE, "indent": 1},
    "grey": {**_LINE, "font_color": "#5A6472"},
    "plain": {},
    "bold": {"bold": True},
    "right": {"align": "right"},
    "given": {**_OPEN, "bold": True, "num_format": "@"},
    "text": {**_OPEN, "num_format": "@"},
    "number": {**_OPEN, "bold": True, "num_format": "General", "align": "left"},
    "locked": {**_LINE, "font_color": "#5A6472", "bg_color": "#F1F3F6"},
    "wrong": {**_OPEN, "bg_color": "#F9C9C4", "border": 2, "border_color": "#B3261E", "num_format": "@"},
    "counter": {"font_size": 16, "bold": True, "font_color": "#1F3552"},
}
_LINE_HEIGHT = 13.5
_TALLEST = 400.0


class Looks:
    """The formats of one workbook, by name."""

    def __init__(self, book: "Workbook") -> None:
        self._formats = {name: book.add_format({**_BASE, **look}) for name, look in LOOKS.items()}
        self.void: Format = book.add_format({"bg_color": "#E4E6EA", "font_color": "#9AA1AB"})

    def __getattr__(self, name: str) -> "Format":
        try:
            return self._formats[name]
        except KeyError:
            raise AttributeError(name) from None


def height(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a line that shows all of its cells, each with the width of its column in characters."""
    lines = max(
        (sum(max(1, math.ceil(len(part) * 1.08 / width)) for part in said.split("\n")) for said, width in cells if said),
        default=1,
    )
    return min(_TALLEST, max(16.0, lines * _LINE_HEIGHT + 3))
