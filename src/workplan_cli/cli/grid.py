"""A page that also holds columns of figures: the first column is words, the others stand to the right.

This module alone knows how figures line up on a terminal.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text as Styled

from workplan_cli.cli import terminal
from workplan_cli.cli.page import Page
from workplan_cli.diagnostics import visible
from workplan_cli.reports.labels import STANDINGS, TREATIES, Label

Row = Sequence[str] | None
"""The cells of a row; None is an empty line between groups of rows."""

_LABELS = {standing.value: label for standing, label in (*STANDINGS.items(), *TREATIES.items())}
_BETWEEN = 2
_LEAST = 8
"""Cells that the words of a row keep, however many figures stand beside them."""


class FigurePage(Page):
    """A page with figures in columns."""

    def caption(self, words: str) -> None:
        """A heading within a section."""
        self._lines.append(Styled())
        self._set(Styled(_shown(words), style="bold"), 1)

    def mark(self, standing: str) -> str:
        """A standing, of a cell or towards a treaty, with its sign, in the words of the tables."""
        label = _LABELS[standing]
        return f"{self.sign(label)} {label.word}"

    def sign(self, label: Label) -> str:
        """The sign of a label, as far as the page can show it."""
        return label.ascii if terminal.glyphs() is terminal.ASCII else label.glyph

    def above(self, label: Label) -> str:
        """What stands above a narrow column: the sign, which the page explains at its end."""
        return self.sign(label)

    def figures(self, columns: Sequence[str], rows: Iterable[Row], level: int = 1) -> None:
        """A table of figures; headings may be of several lines, cells are of one. Words too long for the page are cut, figures
        never.
        """
        lines = [[""] * len(columns) if row is None else [_shown(cell) for cell in row] for row in rows]
        widths = [
            max(cell_len(part) for part in (*column.split("\n"), *cells)) for column, *cells in zip(columns, *lines, strict=True)
        ]
        room = max(self.columns(level) - sum(width + _BETWEEN for width in widths[1:]), _LEAST)
        grid = Table(box=None, pad_edge=False, padding=(0, _BETWEEN, 0, 0), header_style="bold")
        for place, column in enumerate(columns):
            grid.add_column(Styled(column), justify="right" if place else "left", no_wrap=True, vertical="bottom")
        for first, *others in lines:
            grid.add_row(Styled(_cut(first, room)), *(Styled(cell, style="dim" if cell == "0" else "") for cell in others))
        self._set(grid, level)

    def columns(self, level: int) -> int:
        """How wide a block at a level may be."""
        return self._console.width - 2 * level


def _shown(cell: str) -> str:
    return visible(" ".join(cell.split()))


def _cut(words: str, room: int) -> str:
    """Words within `room` cells, with a sign for what is left out."""
    if cell_len(words) <= room:
        return words
    more = terminal.glyphs().more
    return set_cell_size(words, room - cell_len(more)).rstrip() + more
