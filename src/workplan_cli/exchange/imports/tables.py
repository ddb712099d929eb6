"""A table that someone else made, as text: rows and columns, each cell as it stands there.

This module alone knows how lines become a table with named columns. A file that is none is refused in words.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from workplan_cli.diagnostics import did_you_mean
from workplan_cli.exchange.imports.delimited import delimited
from workplan_cli.exchange.imports.lines import Row, brief, refusal, squeezed
from workplan_cli.exchange.imports.spreadsheet import spreadsheet
from workplan_cli.model.mapping import Layout


@dataclass(frozen=True)
class Table:
    """A table of text. `heading` is the line of its column names."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    heading: str

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each column."""
        return {name: place for place, name in enumerate(self.columns)}

    def cell(self, row: Row, column: str) -> str:
        """What stands in a row under a column, as it stands there."""
        return row.cells[self.places[column]]


def read_table(data: bytes, name: str, layout: Layout, wanted: Iterable[str]) -> Table:
    """The table in the bytes of a CSV file or a spreadsheet. `wanted` are the columns that it is to have.

    Raises WorkplanError with what is wrong with the file named `name`.
    """
    wanted = tuple(dict.fromkeys(wanted))
    if not data.strip():
        raise refusal(name, "is empty", "name a file with a table in it")
    lines = list(spreadsheet(data, name, layout) if data[:4] == b"PK\x03\x04" else delimited(data, name, layout, wanted))
    table = _with_columns(lines, name, layout)
    for column in wanted:
        if column not in table.places:
            there = ", ".join(f"'{brief(one)}'" for one in table.columns[:12]) + (", …" if len(table.columns) > 12 else "")
            hint = did_you_mean(
                column, table.columns, f"its columns are {there}; the lines of their names: layout: {{header: [1]}}"
            )
            raise refusal(name, f"has no column '{brief(column)}'", hint)
        if table.columns.count(column) > 1:
            raise refusal(name, f"has {table.columns.count(column)} columns named '{brief(column)}'", "give one another name")
    return table


def _with_columns(lines: Sequence[Row], name: str, layout: Layout) -> Table:
    """The lines parted into names and rows. Under several lines of names, an empty cell continues the one to its left."""
    header = [line for line in lines if line.line in layout.header]
    if not header or len(header) < len(set(layout.header)):
        raise refusal(name, "lacks a line of column names", "say which lines hold them: layout: {header: [1]}")
    width = max(len(line.cells) for line in header)
    names: list[list[str]] = [[] for _ in range(width)]
    for number, line in enumerate(header):
        before = ""
        for place in range(width):
            word = squeezed(line.cells[place]) if place < len(line.cells) else ""
            before = word or (before if number < len(header) - 1 else "")
            if before:
                names[place].append(before)
    columns = tuple(" / ".join(words) for words in names)
    rows = []
    for line in lines:
        if line.line <= max(layout.header) or not any(cell.strip() for cell in line.cells):
            continue
        beyond = any(cell.strip() for cell in line.cells[width:])
        cells = (*line.cells[:width], *("",) * (width - len(line.cells)))
        rows.append(Row(line.line, cells, line.raw, beyond))
    return Table(columns, tuple(rows), header[0].raw if header[0].cells == columns else _written(columns))


def _written(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
