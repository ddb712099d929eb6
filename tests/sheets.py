"""Filling in a questionnaire as a person would, with another program's way to save it."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

Cells = Mapping[Any, Any]
NOTHING: Cells = {}


def fill(source: Path, target: Path, answers: Cells = NOTHING, head: Cells = NOTHING, evidence: Cells = NOTHING) -> None:
    """Type into a packed file. Answers are by the key of their row, and `@column` where it is not the answer."""
    book = openpyxl.load_workbook(source)
    first, sheet, cited = book.worksheets[:3]
    for key, typed in head.items():
        first.cell(next(row for row in range(1, 80) if first.cell(row, 1).value == key), 3).value = typed
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for name, typed in answers.items():
        key, _, column = name.partition("@")
        sheet.cell(rows[key], columns[column or "answer"]).value = typed
    columns = {cell.value: cell.column for cell in cited[1]}
    for number, cells in evidence.items():
        for column, typed in cells.items():
            cited.cell(number + 3, columns[column]).value = typed
    book.save(target)


def resaved(data: bytes) -> openpyxl.Workbook:
    """A file as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(data))
