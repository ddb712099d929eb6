"""The record for notebooks: `from workplan_cli import open_record`.

This module alone promises anything to other people's Python. What is documented in docs/export.md stays; all else may change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.scope import narrow
from workplan_cli.checking.opened import open_at
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.open.tables import OF_STATE, TABLES, Row, ground, of_state

if TYPE_CHECKING:
    from workplan_cli.exchange.open.frames import Frame


@dataclass(frozen=True)
class OpenRecord:
    """A record read whole. Its tables are those of `workplan export`, by the same names and with the same columns."""

    revision: str
    """The hash of the record's content."""
    unread: tuple[str, ...]
    """Files, by path below `data/`, that could not be read whole: what is in them is missing here."""
    about: Mapping[str, str]
    """What plan, period and day it is of."""
    tables: Mapping[str, Sequence[Row]]
    """The rows of every table, by its name."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(table.name for table in TABLES)

    def table(self, name: str) -> "Frame":
        """A table by its name. Raises WorkplanError for one that there is not."""
        from workplan_cli.exchange.open.frames import frame

        found = next((table for table in TABLES if table.name == name), None)
        if found is None:
            raise WorkplanError(f"there is no table '{name}'", f"there are: {', '.join(self.names)}")
        return frame(found, self.tables[name])

    def cells(self) -> "Frame":
        """One row for each state, indicator, round and voice, silence included."""
        return self.table("cells")


def open_record(root: str | Path | None = None, period: str | None = None) -> OpenRecord:
    """Open the record of a repository: that at `root`, or around the current folder. `period` is one of the plan's; the latest
    when not given.

    Raises WorkplanError where there is no repository, or no such period.
    """
    survey, revision = open_at(Path(root) if root is not None else None)
    plan = survey.record.plan
    wanted = (period or "").replace("–", "-")
    periods = [one for one in plan.periods if not wanted or wanted in (one.id, one.id.rpartition("-")[2])]
    if not periods:
        there = ", ".join(one.id for one in plan.periods)
        raise WorkplanError(f"there is no period '{period}'", f"there are: {there}" if there else "the plan has none")
    scope = narrow(plan, survey.record.indicators, max(periods, key=lambda one: one.as_of), survey.states)
    voices = tuple(dict.fromkeys(("state", *survey.voices(scope.rounds))))
    tables: dict[str, list[Row]] = {**ground(survey.record, scope), **{table.name: [] for table in OF_STATE}}
    unread = survey.unread
    for looked in survey.each(
        scope.states, lambda part: of_state(Cells(part.record, part.verified, scope.as_of), part.state, voices, scope)
    ):
        unread += looked.unread
        for name, rows in looked.made.items():
            tables[name] += rows
    about = {
        "name": plan.id,
        "title": next(iter(plan.title.values()), plan.id),
        "period": scope.period.id,
        "as_of": scope.as_of.isoformat(),
        "revision": revision,
    }
    return OpenRecord(revision, (*unread.out, *unread.part), about, tables)
