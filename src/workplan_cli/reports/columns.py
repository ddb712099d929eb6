"""The tables of a page as a document has them: their rows, their cells, and how wide their columns are.

This module alone knows how wide words are. It is a guess, and a good one where the letters are those of the shipped template.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workplan_cli.reports.printed import text_of

_LETTER, _PADDING = 82, 130
"""About how wide a letter of a table and the padding of its cells are, in twentieths of a point."""
_LONGEST = 24
"""The letters of a word for which a column makes room."""
_TELLING = 120
"""The letters beyond which a cell makes its column no wider."""
_MOST = 200
"""The columns that a cell may stand in."""

Row = list[Element]
"""The cells of a row."""


def rows_of(section: Element) -> list[Element]:
    """The rows of a part of a table; of a row, itself."""
    if section.tag == "tr":
        return [section]
    return [row for row in section if row.tag == "tr"] if section.tag in ("thead", "tbody", "tfoot") else []


def span_of(cell: Element) -> int:
    """How many columns a cell stands in."""
    written = str(cell.get("colspan") or "1")
    return min(_MOST, max(1, int(written[:4]))) if written.isdecimal() else 1


def cells_of(row: Element, table: Element) -> Row:
    """The cells of a row, without those of a last column that only draws."""
    cells = [cell for cell in row if cell.tag in ("th", "td")]
    return cells[:-1] if table.find("tbody/tr/td/svg[@class='spark']") is not None else cells


def narrowest(rows: list[Row]) -> list[int]:
    """For each column of a table the width that its longest word needs."""
    longest = [1] * max(sum(span_of(cell) for cell in row) for row in rows)
    for place, cell in _single(rows):
        longest[place] = max((longest[place], *(len(word) for word in text_of(cell).split())))
    return [_LETTER * min(_LONGEST, letters) + _PADDING for letters in longest]


def widths_of(rows: list[Row], width: int) -> list[int]:
    """How wide the columns are in a table of some width: room for the longest word of each, and the rest by how much they say."""
    least = narrowest(rows)
    left = width - sum(least)
    if left < 0:
        return [max(1, width * one // sum(least)) for one in least]
    said = [1] * len(least)
    for place, cell in _single(rows):
        said[place] = max(said[place], min(_TELLING, len(text_of(cell))))
    return [one + left * letters // sum(said) for one, letters in zip(least, said, strict=True)]


def _single(rows: list[Row]) -> Iterator[tuple[int, Element]]:
    """The cells that stand in one column, with its place."""
    for row in rows:
        place = 0
        for cell in row:
            if span_of(cell) == 1:
                yield place, cell
            place += span_of(cell)
