"""What changes do to the figures: the coverage before and after, of the states that they touch.

This module alone knows which figures are set side by side. They are made by the very code that makes every other figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.coverage import Tally
from workplan_cli.analysis.levels import Figures, figures_of, put_together
from workplan_cli.analysis.scope import Scope, narrow
from workplan_cli.model.record import Record


@dataclass(frozen=True)
class Moved:
    """The figures of one voice on one chapter, or on all where `chapter` is None, before and after."""

    voice: str
    chapter: str | None
    before: Tally
    after: Tally


@dataclass(frozen=True)
class Figured:
    """The figures that changes move: in which period, of which states."""

    period: str
    states: tuple[str, ...]
    rows: tuple[Moved, ...]


def figured(before: Cells, after: Cells, states: Sequence[str], chapters: tuple[str, ...] = ()) -> Figured | None:
    """The figures before and after, over the latest period of each record; None where nothing moves or there is no period."""
    old, new = (scope_of(cells.record, states, chapters) for cells in (before, after))
    if old is None or new is None or not states:
        return None
    rows = []
    for voice in dict.fromkeys((*after.voices, *before.voices)):
        was, is_ = _figures(before, old, voice), _figures(after, new, voice)
        ids = [*is_.chapters, *(id_ for id_ in was.chapters if id_ not in is_.chapters)]
        for id_ in ids:
            rows.append(Moved(voice, id_, was.chapters.get(id_, Tally()), is_.chapters.get(id_, Tally())))
        rows.append(Moved(voice, None, was.whole, is_.whole))
    moved = tuple(row for row in rows if row.before != row.after)
    return Figured(new.period.id, tuple(states), moved) if moved else None


def scope_of(record: Record, states: Sequence[str], chapters: tuple[str, ...]) -> Scope | None:
    """The latest period of a record, narrowed; None where its plan has none."""
    if not record.plan.periods:
        return None
    period = max(record.plan.periods, key=lambda one: one.as_of)
    return narrow(record.plan, record.indicators, period, tuple(states), chapters=chapters) if period.rounds else None


def _figures(cells: Cells, scope: Scope, voice: str) -> Figures:
    parts = [figures_of(cells, state, voice, scope) for state in scope.states]
    (found,) = put_together(parts, scope, (voice,))
    return found
