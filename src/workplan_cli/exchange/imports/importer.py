"""From the rows of a table to what they say of states: the first half of an import.

This module alone applies an import map to rows. Whatever it leaves out comes back with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from workplan_cli.exchange.imports.columns import columns_read
from workplan_cli.exchange.imports.disclosure import Cell
from workplan_cli.exchange.imports.lines import Row
from workplan_cli.exchange.imports.tables import Table
from workplan_cli.exchange.imports.written import Amount, amount, bare, says_nothing, word
from workplan_cli.model.indicator import PERSONS, ChoiceIndicator, Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.mapping import Column, ImportMap, Reading, Where
from workplan_cli.model.record import Record
from workplan_cli.model.submission import SUPPRESSED, Absence, Result
from workplan_cli.model.time import PartialDate

FIGURES = ("value", "part", "whole")
"""The keys of a figure that hold an amount."""

UNTAKEN = "no reading of the map takes the row"
TOO_LONG = "the row has more cells than there are columns"
NOTHING = "the cell says nothing"
NO_FIGURE = "the cell is no figure"
NO_DATE = "the cell is no date"
NO_YEAR = "its year is none"
NO_STATE = "its state is none of the record"
NO_ROUND = "its round is none of the plan"
NO_OPTION = "its word is no option of the indicator"
NO_RESULT = "its word is no result or absence of the map"

Content = Mapping[str, Amount] | Result | Absence | str | PartialDate | Mapping[str, str]
"""Amounts by the key of a figure; a result or absence; an option; a date; a text by language."""


@dataclass(frozen=True)
class Dropped:
    """A cell that is in no answer, and why."""

    line: int
    column: str
    cell: str
    reason: str
    about: str = ""
    """What it would have been of: `XAA g01-victims 2016 female`."""


@dataclass(frozen=True)
class Said:
    """What one row says of one indicator."""

    state: str
    round: str
    reading: Reading
    row: Row
    columns: tuple[str, ...]
    """The columns that it was read from."""
    content: Content
    year: int | None = None
    cell: Cell = frozenset()

    @property
    def figure(self) -> Mapping[str, Amount] | None:
        """The amounts, where it is a figure."""
        return self.content if self.reading.value or self.reading.part else None  # type: ignore[return-value]

    @property
    def about(self) -> str:
        """What it is of, in words."""
        return " ".join((self.state, self.reading.indicator, *self.words))

    @property
    def words(self) -> tuple[str, ...]:
        """Its year and the words of its dimensions, in the order of the reading."""
        by = dict(self.cell)
        return (*((str(self.year),) if self.year is not None else ()), *(by[name] for name in self.reading.by if name in by))


class Left(Exception):
    """Something is left out, for a reason."""


@dataclass(frozen=True)
class Importer:
    """An import map put to work on one table, for one record. The map fits the record: a rule has seen to that."""

    mapping: ImportMap
    table: Table
    record: Record
    dropped: list[Dropped] = field(default_factory=list)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The record's indicators."""
        return self.record.indicators

    def said(self) -> list[Said]:
        """What the rows say, in their order; the rest goes to `dropped`."""
        found: list[Said] = []
        for row in self.table.rows:
            reason = self.skipped(row)
            taken = [] if reason else [reading for reading in self.mapping.readings if self.fits(row, reading.where)]
            entered = not reason and any(self.fits(row, one.where) for one in self.mapping.registers)
            if reason or not (taken or entered):
                self.drop(row, columns_read(self.mapping.readings, self.table.places, self.mapping.registers), reason or UNTAKEN)
            for reading in taken:
                found += self._read(row, reading)
        return found

    def skipped(self, row: Row) -> str | None:
        """Why a row is left out whole, if it is."""
        if row.is_too_long:
            return TOO_LONG
        return next((one.because for one in self.mapping.skip if self.fits(row, one.where)), None)

    def fits(self, row: Row, where: Where) -> bool:
        """Whether a row has one of the wanted words in each column."""
        for column, words in where.items():
            cell = self.table.cell(row, column)
            if bare(cell, self.mapping.clean) not in words and " ".join(cell.split()) not in words:
                return False
        return True

    def drop(self, row: Row, columns: tuple[str, ...], reason: str, about: str = "") -> None:
        """Write down that cells of a row are left out."""
        self.dropped.extend(Dropped(row.line, column, self.table.cell(row, column), reason, about) for column in columns)

    def _read(self, row: Row, reading: Reading) -> Iterator[Said]:
        columns, about = columns_read((reading,), self.table.places), reading.indicator
        try:
            state, round_ = self.state(row), self._round(row)
            about = f"{state} {reading.indicator}"
            frame = Said(state, round_, reading, row, columns, "")
            yield self._figure(frame) if reading.value or reading.part else replace(frame, content=self._content(frame))
        except Left as left:
            self.drop(row, columns, str(left), about)

    def state(self, row: Row) -> str:
        """The state that a row speaks of. Raises Left where it is none of the record."""
        found = self.mapping.fixed.state or self._word(row, self.mapping.state)
        if found not in self.record.states:
            raise Left(NO_STATE)
        return found

    def _round(self, row: Row) -> str:
        found = self.mapping.fixed.round or self._word(row, self.mapping.round)
        if found not in self.record.plan.round_ids:
            raise Left(NO_ROUND)
        return found

    def _word(self, row: Row, column: Column | None) -> str:
        return (word(self.table.cell(row, column.column), column, self.mapping.clean) if column else None) or ""

    def _figure(self, frame: Said) -> Said:
        indicator = self.indicators[frame.reading.indicator]
        assert isinstance(indicator, NumberIndicator | RateIndicator)
        frame = replace(frame, year=self._year(frame.row) if "year" in indicator.by else None, cell=self._cell(frame))
        amounts = {}
        for key in FIGURES:
            column = getattr(frame.reading, key)
            if column is not None:
                amounts[key] = self._amount(self.table.cell(frame.row, column), indicator.unit == PERSONS)
        return replace(frame, content=amounts)

    def _year(self, row: Row) -> int:
        if self.mapping.fixed.year is not None:
            return self.mapping.fixed.year
        found = self._word(row, self.mapping.year)
        if not (found.isascii() and found.isdigit() and 1900 <= int(found) <= 2100):
            raise Left(NO_YEAR)
        return int(found)

    def _cell(self, frame: Said) -> Cell:
        pairs = set()
        for name in frame.reading.by:
            column = self.mapping.dimensions[name]
            cell = self.table.cell(frame.row, column.column)
            if bare(cell, self.mapping.clean) in column.total:
                continue
            found = word(cell, column, self.mapping.clean)
            if not found:
                raise Left(f"its word is none of {name}")
            pairs.add((name, found))
        return frozenset(pairs)

    def _amount(self, cell: str, of_persons: bool) -> Amount:
        if says_nothing(cell, self.mapping.clean):
            raise Left(NOTHING)
        found = amount(cell, self.mapping.clean)
        if found is None:
            raise Left(NO_FIGURE)
        return SUPPRESSED if of_persons and not isinstance(found, str) and 0 < found < 5 else found

    def _content(self, frame: Said) -> Content:
        reading, clean = frame.reading, self.mapping.clean
        if reading.text:
            texts = {language: " ".join(self.table.cell(frame.row, column).split()) for language, column in reading.text.items()}
            texts = {language: text for language, text in texts.items() if not says_nothing(text, clean)}
            if not texts:
                raise Left(NOTHING)
            return texts
        column = reading.result or reading.choice or Column(column=frame.columns[0])
        cell = self.table.cell(frame.row, column.column)
        found = word(cell, column, clean)
        if not found and says_nothing(cell, clean):
            raise Left(NOTHING)
        if reading.result:
            return _result(found)
        if reading.date:
            return _date(found or "")
        indicator = self.indicators[reading.indicator]
        if not isinstance(indicator, ChoiceIndicator) or found not in indicator.options:
            raise Left(NO_OPTION)
        return found


def _result(found: str | None) -> Result | Absence:
    for kind in (Result, Absence):
        if found in [one.value for one in kind]:
            return kind(found)
    raise Left(NO_RESULT)


def _date(found: str) -> PartialDate:
    try:
        return PartialDate.parse(found)
    except ValueError:
        raise Left(NO_DATE) from None
