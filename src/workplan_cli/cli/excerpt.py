"""A line of a file as a person sees it: clipped to the width around the place meant, with signs for what is invisible.

This module alone measures text: a wide letter takes two cells, a combining mark none, an escape as many as it has letters.
"""

from dataclasses import dataclass

from rich.cells import cell_len

from workplan_cli.diagnostics import Span, visible

_MARGIN = 4
"""Cells shown after a place, at least."""


@dataclass(frozen=True)
class Excerpt:
    """A line fit to print, and the cells below which the place lies."""

    text: str
    lead: int
    """Cells before the place."""
    length: int
    """Cells of the place, at least one."""


def excerpt(line: str, span: Span, width: int, more: str = "…") -> Excerpt:
    """What to show of a line so that the beginning of a span, and if it fits its end, is within `width` cells. `more` stands
    for what is cut off.

    A span that goes on over lines is shown to the end of the first.
    """
    first = min(span.column - 1, len(line))
    last = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    last = min(max(last, first + 1), max(len(line), first + 1))
    # Letters further off than this can never be shown; a line may be as long as a file.
    begin, end = max(0, first - 2 * width), min(len(line), first + 2 * width)
    shown = [visible(letter) for letter in line[begin:end]]
    cells = [cell_len(letter) for letter in shown]
    left, right = 0, len(shown)
    caret, stop = first - begin, min(last - begin, len(shown))
    is_cut = begin > 0
    if is_cut or end < len(line) or sum(cells) > width:
        left, right = _window(cells, caret, stop, width - 2 * cell_len(more), is_cut, end < len(line))
    before = more if is_cut or left > 0 else ""
    after = more if end < len(line) or right < len(shown) else ""
    lead = cell_len(before) + sum(cells[left:caret])
    return Excerpt(before + "".join(shown[left:right]) + after, lead, max(1, sum(cells[caret : min(stop, right)])))


def _window(cells: list[int], caret: int, stop: int, room: int, is_cut: bool, goes_on: bool) -> tuple[int, int]:
    """The letters to show: those of the place, then as many around it as there is room for, a third of that before it."""
    place = sum(cells[caret:stop])
    if not is_cut and sum(cells[:stop]) + _MARGIN <= room:
        lead = room  # the beginning of the line says most, so it stays while the place fits
    else:
        lead = max(min(room // 3, 24), (room - place) // 2) if place < room else room // 3
    left = caret
    while left > 0 and sum(cells[left - 1 : caret]) <= lead:
        left -= 1
    right = left
    used = 0
    while right < len(cells) and used + cells[right] <= room:
        used += cells[right]
        right += 1
    if right == len(cells) and not goes_on:
        while left > 0 and used + cells[left - 1] <= room:
            left -= 1
            used += cells[left]
    return left, right
