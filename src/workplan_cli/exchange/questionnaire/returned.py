"""A questionnaire that came back, as text: what stands in which cell.

This module alone knows what may have happened to a file on its way: columns added and moved, lines sorted, cells merged, text
pasted from elsewhere, another program's way to save. A file that is no questionnaire is refused in words.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workplan_cli.exchange.imports.lines import MAX_CELL, refusal
from workplan_cli.exchange.imports.spreadsheet import guarded, measure
from workplan_cli.exchange.questionnaire.form import BASE, FORMAT, MARK, Subject
from workplan_cli.exchange.questionnaire.words import Cited, Column

_GONE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]|_x000D_")
_ENDS = ("xls", "xlsm", "xlsb", "xltm", "ods", "csv")
_DEEP = 30
"""Lines in which a sheet's hidden line is looked for."""


@dataclass(frozen=True)
class Typed:
    """A cell: its place, as in `Answers!K6`, and its text."""

    place: str
    text: str


Line = Mapping[str, Typed]


@dataclass(frozen=True)
class Returned:
    """What a file says. Lines of the answers are by their key, those of the evidence by the number beside them."""

    name: str
    subject: Subject
    rows: Mapping[str, Line]
    evidence: Mapping[int, Line]
    head: Mapping[str, Typed]
    base: Mapping[str, Any]
    doubled: Sequence[tuple[Typed, Typed]] = field(default_factory=tuple)
    """Cells of two lines with the same key that say different things."""


def clean(text: str) -> str:
    """Text as it is meant: without what a word processor hides in it, spaces folded, ends of lines kept."""
    text = _GONE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    lines = (" ".join(re.sub(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " ", one).split()) for one in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def read_returned(data: bytes, name: str) -> Returned:
    """The questionnaire in a file. Raises WorkplanError with what is wrong with the file named `name`."""
    _refuse_others(data, name)
    measure(data, name)
    import io
    import zipfile

    import python_calamine

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(one.casefold().endswith("vbaproject.bin") for one in archive.namelist()):
            raise refusal(name, "holds macros, and is not opened", "save it as .xlsx, without them")

    def opened() -> dict[str, tuple[list[list[Any]], list[Any]]]:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(one) for one in book.sheet_names]
        return {one.name: (one.to_python(skip_empty_area=False), list(one.merged_cell_ranges or ())) for one in sheets}

    sheets: dict[str, tuple[list[list[Any]], list[Any]]] = guarded(opened, name)
    grids = {title: _Grid(title, cells, merged, name) for title, (cells, merged) in sheets.items()}
    base = grids.pop(BASE, None)
    if base is None:
        raise refusal(name, "is no questionnaire of this tool", "make one: workplan pack")
    subject, content = _base(base, name)
    answers, evidence, head = (_marked(grids, one) for one in ("answers", "evidence", "instructions"))
    if answers is None:
        hint = "pack anew, and copy the answers into it; the hidden first line and first columns are what they are found by"
        raise refusal(name, "has lost the hidden line of its answers", hint)
    rows: dict[str, Line] = {}
    doubled: list[tuple[Typed, Typed]] = []
    for key, line in answers.lines(Column.ID.value):
        doubled += _doubled(rows, key, line, content.get("rows", {}).get(key, {}))
    pieces: dict[int, Line] = {}
    for written, line in evidence.lines(Cited.NUMBER.value) if evidence is not None else ():
        if written.isdigit() and len(written) < 6:
            pieces.setdefault(int(written), line)
    return Returned(name, subject, rows, pieces, head.head() if head is not None else {}, content, tuple(doubled))


def _doubled(rows: dict[str, Line], key: str, line: Line, base: Mapping[str, str]) -> Iterator[tuple[Typed, Typed]]:
    """Take a line; of two with one key, the one that was changed. Where both were, each in its own way, that is said."""
    there = rows.get(key)
    if there is None or _same(there, base):
        rows[key] = line
    elif not _same(line, base):
        for column in (Column.ANSWER.value, Column.REASON.value, Column.NOTE.value, Column.EVIDENCE.value):
            one, other = there.get(column), line.get(column)
            if one is not None and other is not None and one.text != other.text:
                yield one, other


def _same(line: Line, base: Mapping[str, str]) -> bool:
    typed = (Column.ANSWER, Column.REASON, Column.NOTE, Column.EVIDENCE)
    return all(line[one.value].text == clean(base.get(one.value, "")) for one in typed if one.value in line)


class _Grid:
    """The cells of one sheet."""

    def __init__(self, title: str, cells: list[list[Any]], merged: list[Any], name: str) -> None:
        self.title, self.cells, self.name = title, cells, name
        self.columns: dict[str, int] = {}
        self.first = 0
        self._below: dict[tuple[int, int], tuple[int, int]] = {}
        for (top, left), (bottom, _) in merged:
            if bottom - top < 10_000:
                self._below |= {(row, left): (top, left) for row in range(top + 1, bottom + 1)}

    def text(self, row: int, column: int) -> str:
        """A cell as text; of cells merged from top to bottom, what stands in the first."""
        row, column = self._below.get((row, column), (row, column))
        line = self.cells[row] if row < len(self.cells) else []
        written = _written(line[column]) if column < len(line) else ""
        if len(written) > MAX_CELL:
            raise refusal(self.name, f"has a cell of more than {MAX_CELL:,} characters, {self.place(row, column)}", "shorten it")
        return clean(written)

    def place(self, row: int, column: int) -> str:
        """Where a cell is."""
        title = self.title if re.fullmatch(r"\w+", self.title) else f"'{self.title}'"
        return f"{title}!{letters(column)}{row + 1}"

    def find(self, what: str) -> bool:
        """Whether the sheet has the hidden line of one of ours; its columns are then known."""
        for row, line in enumerate(self.cells[:_DEEP]):
            if any(isinstance(one, str) and one.strip() == MARK + what for one in line):
                for column, cell in enumerate(line):
                    word = str(cell).strip()
                    self.columns.setdefault("id" if word == MARK + what else word, column)
                self.first = row + 1
                return True
        return False

    def lines(self, key: str) -> Iterator[tuple[str, Line]]:
        """Every line that has a key, with its cells by the names of their columns."""
        if key not in self.columns:
            return
        for row in range(self.first, len(self.cells)):
            line = self.cells[row]
            written = clean(_written(line[self.columns[key]])) if self.columns[key] < len(line) else ""
            if written:
                yield (
                    written,
                    {name: Typed(self.place(row, at), self.text(row, at)) for name, at in self.columns.items() if name},
                )

    def head(self) -> dict[str, Typed]:
        """What is filled in on the first sheet: the keys in its hidden column, and what stands two columns on."""
        at = self.columns.get("id", 0)
        found = {}
        for row in range(self.first, len(self.cells)):
            key = self.text(row, at)
            if key:
                found[key] = Typed(self.place(row, at + 2), self.text(row, at + 2))
        return found


def _marked(grids: Mapping[str, _Grid], what: str) -> _Grid | None:
    return next((one for one in grids.values() if one.find(what)), None)


def _base(grid: _Grid, name: str) -> tuple[Subject, dict[str, Any]]:
    meta: dict[str, str] = {}
    pieces = []
    for row in range(len(grid.cells)):
        key = grid.text(row, 0)
        raw = grid.cells[row][1] if len(grid.cells[row]) > 1 else ""
        if key == "base":
            pieces.append(str(raw))
        else:
            meta[key] = clean(_written(raw))
    if meta.get("format") != FORMAT:
        raise refusal(
            name, f"is a questionnaire of the format {meta.get('format') or 'unknown'}", "pack anew, and copy the answers"
        )
    try:
        content = json.loads("".join(pieces))
        subject = Subject(*(meta[key] for key in ("state", "round", "voice", "language", "only", "revision")))
    except (ValueError, KeyError, RecursionError):
        content = None
    if not _is_sound(content):
        raise refusal(name, "has lost what was packed into it", "pack anew, and copy the answers")
    return subject, content


def _is_sound(content: Any) -> bool:
    """Whether a base copy has the shape that was packed, whoever had the file in between."""
    if not isinstance(content, dict) or set(content) != {"rows", "evidence", "answers", "pieces", "revisions"}:
        return False
    cells = all(
        isinstance(one, dict) and all(isinstance(cell, str) for cell in one.values())
        for name in ("rows", "evidence")
        if isinstance(content[name], dict)
        for one in content[name].values()
    )
    nouns = all(
        isinstance(content[name], dict) and all(isinstance(one, dict) for one in content[name].values())
        for name in ("rows", "evidence", "answers", "pieces")
    )
    revisions = content["revisions"]
    return cells and nouns and isinstance(revisions, dict) and all(type(one) is int and one > 0 for one in revisions.values())


def _refuse_others(data: bytes, name: str) -> None:
    ending = name.rpartition(".")[2].casefold()
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise refusal(name, "is an .xls file, or has a password", "save it as .xlsx, without a password")
    if ending in _ENDS:
        raise refusal(name, f"is a .{ending} file", "save it as .xlsx")
    if data[:4] != b"PK\x03\x04":
        raise refusal(name, "is no spreadsheet that can be read", "save it as .xlsx")


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _written(cell: Any) -> str:
    """A cell as text: a whole number without `.0`, a day as ISO 8601 writes it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)
