"""An archived copy, read only as far as a rule asks. This module alone knows how a copy's bytes are words, lines, or a table."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workplan_cli.model.evidence import Media
from workplan_cli.rules.text import Folded, fold

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of text: what was written, and nothing made of it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    _by_value: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def picked(self, wanted: Mapping[str, str]) -> list[Row]:
        """The rows that have every wanted value, compared exactly. All wanted columns must be there."""
        if not wanted:
            return list(self.rows)
        first, *others = wanted
        places = [(self.columns.index(column), wanted[column]) for column in others]
        near = self.by_value(first).get(wanted[first], [])
        return [row for row in near if all(row[place] == value for place, value in places)]

    def by_value(self, column: str) -> dict[str, list[Row]]:
        """The rows by what they have in a column."""
        if column not in self._by_value:
            place = self.columns.index(column)
            index: dict[str, list[Row]] = {}
            for row in self.rows:
                index.setdefault(row[place], []).append(row)
            self._by_value[column] = index
        return self._by_value[column]


@dataclass(frozen=True)
class Archive:
    """An archived copy as the rules see it: its hash, and its text or None where its bytes are not UTF-8."""

    sha256: str
    text: str | None
    media: Media = Media.TEXT

    @cached_property
    def folded(self) -> Folded:
        """Its words on one line."""
        return fold(self.text or "")

    @cached_property
    def table(self) -> Table | None:
        """Its table; None where it is a text, or cannot be read as comma-separated values."""
        if self.media is not Media.TABLE or self.text is None:
            return None
        try:
            lines = [row for row in csv.reader(io.StringIO(self.text, newline="")) if row]
        except csv.Error:
            return None
        if not lines:
            return None
        columns = tuple(lines[0])
        width = len(columns)
        return Table(columns, tuple((*row, *("",) * (width - len(row))) for row in lines[1:]))
