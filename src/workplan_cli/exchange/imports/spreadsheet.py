"""Spreadsheets. This module alone knows .xlsx, and what a file may do to a machine before it is read."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports.lines import MAX_CELL, Row, brief, refusal
from workplan_cli.model.mapping import Layout

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that a spreadsheet may have when it is unpacked."""
MAX_AREA = 5_000_000
"""Cells between the first and the last of a sheet, empty ones too."""

_PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')


def spreadsheet(data: bytes, name: str, layout: Layout) -> Iterator[Row]:
    """The rows of a sheet. A formula is what it came to when the file was saved."""
    measure(data, name)
    import python_calamine

    def opened() -> Any:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        names = workbook.sheet_names
        wanted = layout.sheet or names[0]
        if wanted not in names:
            hint = did_you_mean(wanted, names, "its sheets are " + ", ".join(f"'{brief(one)}'" for one in names[:12]))
            raise refusal(name, f"has no sheet '{brief(wanted)}'", hint)
        return workbook.get_sheet_by_name(wanted).to_python(skip_empty_area=False)

    for number, cells in enumerate(guarded(opened, name), 1):
        written = tuple(_written(cell) for cell in cells)
        if any(len(cell) > MAX_CELL for cell in written):
            raise refusal(name, f"has a cell of more than {MAX_CELL:,} characters in line {number}", "see what stands there")
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(written)
        yield Row(number, written, text.getvalue())


def guarded(work: Callable[[], Any], name: str) -> Any:
    """What a parser in another language makes of a file; whatever it raises is a fault of the file."""
    try:
        return work()
    except (WorkplanError, KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        why = visible(str(error).splitlines()[0][:120]) if str(error) else type(error).__name__
        raise refusal(name, f"cannot be read as a spreadsheet: {why}", "open it, and save it as .xlsx or .csv anew") from None


def measure(data: bytes, name: str) -> None:
    """Refuse what is no .xlsx, and what would not fit into memory, before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise refusal(name, "is no spreadsheet that can be read", "save it as .xlsx or .csv")
            if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED:
                raise refusal(name, f"has more than {MAX_UNPACKED:,} bytes when unpacked", "save the one sheet as .csv")
            for inner in names:
                if inner.startswith("xl/worksheets/") and inner.endswith(".xml") and _area(archive.read(inner)) > MAX_AREA:
                    raise refusal(name, f"has a sheet of more than {MAX_AREA:,} cells", "delete what stands far from the table")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise refusal(name, f"cannot be read as a spreadsheet: {visible(str(error))}", "save it as .xlsx or .csv anew") from None


def _area(sheet: bytes) -> int:
    """The cells between A1 and the last row and column that a sheet names."""
    columns = rows = 0
    for match in _PLACE.finditer(sheet):
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - 64
        columns, rows = max(columns, column), max(rows, int(match[2]))
    return columns * rows


def _written(cell: Any) -> str:
    """A cell of a spreadsheet as text: a whole number without `.0`, a date as ISO 8601 writes it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell if isinstance(cell, str) else cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
