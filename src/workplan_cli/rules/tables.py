"""Tables: the number that evidence cites stands in the archived table, in one row and one column.

This module alone knows how a cell is cited.
"""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code, did_you_mean
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence, Media, Source
from workplan_cli.rules.archive import Row, Table
from workplan_cli.rules.evidence import HOLDING, name, pieces, place, restricted
from workplan_cli.rules.rule import Context, Found, Rule


def cell_not_found(document: Document, context: Context) -> Iterator[Found]:
    """A number from a table is proof only while anyone can find its row, its column and the very characters of its cell.

    Evidence from a table gives `row` and `cell`. The row's columns are there and pick out exactly one row; the cell in
    `column` (the source's own where evidence gives none) is what was written, compared as text: `120` is not `120.0`.
    """
    for key, piece in pieces(document):
        source = context.sources.get(piece.source)
        if source is None or source.archived is None or restricted(piece, context):
            continue
        if source.media is Media.TEXT and not piece.row and piece.cell is None:
            continue
        found = _wrong_cell(piece, source, name(key), context)
        if found is not None:
            yield Found((*place(document, key), *found.pointer), found.message, found.hint, found.on_key)


def _wrong_cell(piece: Evidence, source: Source, subject: str, context: Context) -> Found | None:
    """What is wrong with a citation of a table, placed within the piece of evidence."""
    if source.media is Media.TEXT:
        return Found(
            ("cell" if piece.cell is not None else "row",),
            f"{subject} gives a cell, and {source.source} is archived as a text",
            "give a quotation, or write media: table in the source",
            on_key=True,
        )
    archive = context.archive(source.archived or "")
    if archive is None or archive.table is None:
        return None
    if not piece.row or piece.cell is None:
        lacking = "row" if not piece.row else "cell"
        return Found(
            ("source",),
            f"{subject} cites the table {source.source} and gives no {lacking}",
            "give row: {column: value} and cell: as written there",
        )
    return _unlike(piece, piece.column or source.column, source.source, archive.table, subject)


def _unlike(piece: Evidence, column: str | None, table_id: str, table: Table, subject: str) -> Found | None:
    if column is None:
        return Found(
            ("cell",),
            f"{subject} names no column, and neither does {table_id}",
            f"add column: one of {_columns(table)}",
            on_key=True,
        )
    if piece.column is None and column not in table.columns:
        return None  # said of the source
    for asked, pointer in ((column, ("column",)), *((key, ("row", key)) for key in piece.row)):
        if asked not in table.columns:
            return Found(
                pointer,
                f"{subject} names the column '{asked}', which {table_id} lacks",
                did_you_mean(asked, table.columns, f"it has {_columns(table)}"),
                True,
            )
    rows = table.picked(piece.row)
    if not rows:
        return _no_row(piece, table_id, table, subject)
    if len(rows) > 1:
        apart = next(
            (key for place, key in enumerate(table.columns) if key != column and len({row[place] for row in rows}) > 1), None
        )
        hint = (
            f"add the column that tells them apart: {apart}"
            if apart
            else "the table has the same row twice; cite it by a quotation"
        )
        return Found(("row",), f"the row of {subject} picks {len(rows)} rows of {table_id}", hint, on_key=True)
    cell = rows[0][table.columns.index(column)]
    if cell != piece.cell:
        return Found(
            ("cell",),
            f"{subject} says '{piece.cell}', and {table_id} has '{cell}' in that row and column",
            "correct the row, or copy the cell as it stands",
        )
    return None


def _no_row(piece: Evidence, table_id: str, table: Table, subject: str) -> Found:
    """The first column of the row with which nothing is left."""
    rows: list[Row] = list(table.rows)
    for key, value in piece.row.items():
        place = table.columns.index(key)
        left = [row for row in rows if row[place] == value]
        if not left:
            near = dict.fromkeys(row[place] for row in rows)
            few = f"there {key} is " + ", ".join(f"'{one}'" for one in list(near)[:6]) + (", …" if len(near) > 6 else "")
            return Found(
                ("row", key),
                f"the row of {subject} picks no row of {table_id}: none has {key} '{value}'",
                did_you_mean(value, near, few),
            )
        rows = left
    return Found(("row",), f"the row of {subject} picks no row of {table_id}")


def _columns(table: Table) -> str:
    return ", ".join(table.columns[:12]) + (", …" if len(table.columns) > 12 else "")


RULES = (Rule(Code("WP506", "cell-not-found"), cell_not_found, on=HOLDING),)
