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
    lines: tuple[tuple[int, int], ...] = ()
    """For each row, the first and the last line of the text that it stands in."""
    _by_value: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def picked(self, wanted: Mapping[str, str]) -> list[Row]:
        """The rows that have every wanted value, compared exactly. All wanted columns must be there."""
        if not wanted:
            return list(self.rows)
        first, *others = wanted
        places = [(self.columns.index(column), wanted[column]) for column in others]
        near = self.by_value(first).get(wanted[first], [])
        return [row for row in near if all(row[place] == value for place, value in places)]

    def line(self, wanted: Mapping[str, str]) -> tuple[int, int] | None:
        """The first and the last line of the text in which the one row stands that has every wanted value; None where there is no
        such row, or more than one, or a column is not there."""
        found = self.picked(wanted) if wanted and all(column in self.columns for column in wanted) else []
        return self._line_of.get(found[0]) if len(found) == 1 else None

    @cached_property
    def _line_of(self) -> dict[Row, tuple[int, int]]:
        return dict(zip(self.rows, self.lines, strict=False))

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
        reader = csv.reader(io.StringIO(self.text, newline=""))
        rows, lines, last = [], [], 0
        try:
            for row in reader:
                first, last = last + 1, reader.line_num
                if row:
                    rows.append(row)
                    lines.append((first, last))
        except csv.Error:
            return None
        if not rows:
            return None
        columns = tuple(rows[0])
        width = len(columns)
        return Table(columns, tuple((*row, *("",) * (width - len(row))) for row in rows[1:]), tuple(lines[1:]))
