"""Treaties as a page shows them: who stood where on the as-of day, with dates and the day it was checked.

This module alone knows the treaty matrix. It is a layer of its own and never part of reporting.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workplan_cli.analysis.treaties import standing_towards
from workplan_cli.model.record import Record
from workplan_cli.model.register import Ratification, TreatyRegister, TreatyStanding
from workplan_cli.model.state import State
from workplan_cli.model.time import Interval, PartialDate


@dataclass(frozen=True)
class TreatyCell:
    """One state and one treaty. `when` is the date of the act, or an interval in which it lies, as read; None where none was."""

    treaty: TreatyRegister
    standing: TreatyStanding
    ratification: Ratification | None
    when: PartialDate | Interval | None = None
    checked: datetime.date | None = None
    """The last day of which a source speaks, where the standing rests on that day."""


@dataclass(frozen=True)
class TreatyRow:
    """One state and all treaties, in the order of the plan."""

    state: State
    cells: tuple[TreatyCell, ...]


@dataclass(frozen=True)
class TreatyTable:
    """Every state and some treaties on one day."""

    as_of: datetime.date
    treaties: tuple[TreatyRegister, ...]
    rows: tuple[TreatyRow, ...]

    @property
    def ties(self) -> int:
        """All cells."""
        return len(self.treaties) * len(self.rows)

    @property
    def party(self) -> int:
        """The cells in which a state is a party."""
        return self.total[TreatyStanding.PARTY]

    @property
    def unknown(self) -> int:
        """The cells of which nobody knows."""
        return self.total[TreatyStanding.UNKNOWN]

    @property
    def total(self) -> dict[TreatyStanding, int]:
        """How many cells stand where."""
        found = Counter(cell.standing for row in self.rows for cell in row.cells)
        return {standing: found[standing] for standing in TreatyStanding}

    @property
    def footer(self) -> tuple[tuple[TreatyStanding, tuple[int, ...]], ...]:
        """For each standing, how many states have it towards each treaty."""
        columns = [Counter(row.cells[place].standing for row in self.rows) for place in range(len(self.treaties))]
        return tuple((standing, tuple(column[standing] for column in columns)) for standing in TreatyStanding)

    def only(self, named: Collection[str]) -> "TreatyTable | None":
        """The table of some treaties; None where the registers have none of them."""
        places = [place for place, treaty in enumerate(self.treaties) if treaty.treaty in named]
        if not places:
            return None
        rows = tuple(replace(row, cells=tuple(row.cells[place] for place in places)) for row in self.rows)
        return TreatyTable(self.as_of, tuple(self.treaties[place] for place in places), rows)


def treaty_table(record: Record, states: Sequence[State], as_of: datetime.date) -> TreatyTable | None:
    """The treaty matrix on `as_of`, treaties in the order in which the plan names them; None without any register."""
    named = [word for guideline in record.plan.guidelines.values() for part in guideline.parts for word in part.treaties]
    order = dict.fromkeys((*named, *sorted(record.treaties)))
    known = tuple(record.treaties[word] for word in order if word in record.treaties)
    if not known:
        return None
    rows = tuple(TreatyRow(state, tuple(_cell(treaty, state.state, as_of) for treaty in known)) for state in states)
    return TreatyTable(as_of, known, rows)


def _cell(treaty: TreatyRegister, state: str, as_of: datetime.date) -> TreatyCell:
    standing, act = standing_towards(treaty, state, as_of)
    if act is None:
        return TreatyCell(treaty, standing, None)
    if standing is TreatyStanding.PARTY:
        return TreatyCell(treaty, standing, act, act.date, act.checked if act.date is None else None)
    return TreatyCell(treaty, standing, act, None, act.checked)
