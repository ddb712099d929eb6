"""Comma-separated values, and those separated by something else. This module alone reads text files of an import."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports.lines import MAX_CELL, Row, brief, refusal, squeezed
from workplan_cli.model.mapping import Layout

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"


def delimited(data: bytes, name: str, layout: Layout, wanted: Sequence[str]) -> Iterator[Row]:
    """The lines of a text file. `wanted` are columns it is to have, by which its delimiter is known."""
    text = _decoded(data, name, layout)
    delimiter = layout.delimiter or _delimiter(text, layout, wanted)
    lines = _Lines(text)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    except (TypeError, ValueError):
        raise refusal(name, f"cannot be read with the delimiter '{brief(delimiter)}'", 'write delimiter: ","') from None
    begin = 1
    try:
        for cells in reader:
            yield Row(begin, tuple(cells), lines.taken())
            begin = reader.line_num + 1
    except csv.Error as error:
        raise _broken(name, begin, str(error)) from None


class _Lines:
    """The lines of a text, which remembers those it gave out."""

    def __init__(self, text: str) -> None:
        self._lines = iter(io.StringIO(text, newline=""))
        self._given: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self._given.append(next(self._lines))
        return self._given[-1]

    def taken(self) -> str:
        """What was given out since it was last asked."""
        text = "".join(self._given)
        self._given.clear()
        return text


def _decoded(data: bytes, name: str, layout: Layout) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    encoding = layout.encoding or marked or "utf-8"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise refusal(name, f"is to be read as '{brief(encoding)}', which is no encoding", "write utf-8 or cp1252") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        letter = data[error.start : error.start + 1].decode("cp1252", errors="replace")
        byte = f"the byte 0x{data[error.start]:02X}, '{visible(letter)}' in Windows-1252"
        why = f"is not {encoding.upper()}: line {line} holds {byte}"
        raise refusal(name, why, "say which it is: layout: {encoding: cp1252}; or save it as UTF-8") from None
    except UnicodeError:
        raise refusal(name, f"is not {encoding.upper()}", "save it as UTF-8") from None


def _delimiter(text: str, layout: Layout, wanted: Sequence[str]) -> str:
    """The sign that gives most of the columns the map names; the comma where none gives any."""
    lines = text.split("\n", max(layout.header, default=1))[: max(layout.header, default=1)]

    def gives(delimiter: str) -> int:
        try:
            cells = {squeezed(cell) for row in csv.reader(lines, delimiter=delimiter) for cell in row}
        except csv.Error:
            return 0
        return sum(any(part in cells for part in (column, column.rpartition(" / ")[2])) for column in wanted)

    return max(_DELIMITERS, key=gives)


def _broken(name: str, line: int, why: str) -> WorkplanError:
    if "field limit" in why:
        return refusal(
            name, f"has a cell of more than {MAX_CELL:,} characters in line {line}", "see whether a quote is not closed"
        )
    if "unexpected end" in why:
        return refusal(
            name, f"opens a quote in line {line} that is never closed", "close it; a quote in a quoted cell is written twice"
        )
    return refusal(name, f"cannot be read as a table from line {line} on: {visible(why)}", "see what stands there")
