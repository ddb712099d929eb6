"""What an import leaves beside the record: the list of what it left out, and the rows that it cites, to be archived.

This module alone writes tables of an import.
"""

import csv
import io
from collections.abc import Iterable

from workplan_cli.exchange.imports.importer import Dropped
from workplan_cli.exchange.imports.lines import Row
from workplan_cli.exchange.imports.tables import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula, when a cell begins with it."""


def as_csv(dropped: Iterable[Dropped]) -> bytes:
    """The cells that were left out, each with its line, its column, and why."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("line", "column", "cell", "reason", "of"))
    writer.writerows((one.line, _inert(one.column), _inert(one.cell), one.reason, _inert(one.about)) for one in dropped)
    return text.getvalue().encode("utf-8", "backslashreplace")


def kept(table: Table, rows: Iterable[Row]) -> bytes:
    """The column names and some rows, as they were read, in UTF-8."""
    return "".join(
        raw if raw.endswith(("\n", "\r")) else f"{raw}\n" for raw in (table.heading, *(row.raw for row in rows))
    ).encode()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
