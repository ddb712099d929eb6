"""Laws, policies, programmes and action plans, and whether each was in force on the as-of day.

This module alone knows how a measure's dates are read: in force, expired, replaced, not yet in force, or not known.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workplan_cli.model.record import Record
from workplan_cli.model.register import Measure, MeasureKind, MeasureRegister
from workplan_cli.model.state import State
from workplan_cli.reports.labels import N_
from workplan_cli.reports.sources import Citations, Shelf


class Force(StrEnum):
    """What a measure was on a day."""

    IN_FORCE = "in-force"
    EXPIRED = "expired"
    REPLACED = "replaced"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"


FORCES = {
    Force.IN_FORCE: N_("in force"),
    Force.EXPIRED: N_("expired"),
    Force.REPLACED: N_("expired and replaced"),
    Force.NOT_YET: N_("not yet in force"),
    Force.UNKNOWN: N_("end not known"),
}
KINDS = {
    MeasureKind.LAW: N_("law"),
    MeasureKind.POLICY: N_("policy"),
    MeasureKind.PROGRAMME: N_("programme"),
    MeasureKind.ACTION_PLAN: N_("action plan"),
    MeasureKind.MIGRATION_CONTROL: N_("migration control"),
}


@dataclass(frozen=True)
class MeasureView:
    """One measure of one state on one day."""

    state: State
    measure: Measure
    force: Force
    replaced_by: Measure | None
    evidence: Citations


@dataclass(frozen=True)
class Measures:
    """The measures of all states, by state and then by id, and how many action plans stand where."""

    plans: tuple[MeasureView, ...]
    others: tuple[MeasureView, ...]
    plan_counts: tuple[tuple[Force, int], ...]
    states_without: tuple[State, ...]
    """The states of which no measure is known here."""

    @property
    def in_force(self) -> int:
        """How many action plans were in force."""
        return dict(self.plan_counts).get(Force.IN_FORCE, 0)

    def of(self, state: State) -> tuple[MeasureView, ...]:
        """The measures of one state, action plans first."""
        return tuple(view for view in (*self.plans, *self.others) if view.state.state == state.state)


def measures(record: Record, states: Sequence[State], as_of: datetime.date, shelf: Shelf) -> Measures:
    """Every measure as it stood on `as_of`."""
    found = [view for state in states for view in _of_state(record, state, as_of, shelf)]
    plans = tuple(view for view in found if view.measure.kind is MeasureKind.ACTION_PLAN)
    counts = Counter(view.force for view in plans)
    with_any = {view.state.state for view in found}
    return Measures(
        plans,
        tuple(view for view in found if view.measure.kind is not MeasureKind.ACTION_PLAN),
        tuple((force, counts[force]) for force in Force if counts[force]),
        tuple(state for state in states if state.state not in with_any),
    )


def _of_state(record: Record, state: State, as_of: datetime.date, shelf: Shelf) -> list[MeasureView]:
    register = record.measures.get(state.state)
    if register is None:
        return []
    successors = _successors(register, as_of)
    return [
        MeasureView(
            state,
            measure,
            force_of(measure, successors.get(measure.id), as_of),
            successors.get(measure.id),
            shelf.citations(measure.evidence),
        )
        for measure in register.measures
    ]


def standings(record: Record, as_of: datetime.date) -> Iterator[tuple[str, Measure, Force]]:
    """Every measure with its state's code and what it was on a day, by state."""
    for code, register in sorted(record.measures.items()):
        successors = _successors(register, as_of)
        yield from ((code, measure, force_of(measure, successors.get(measure.id), as_of)) for measure in register.measures)


def _successors(register: MeasureRegister, as_of: datetime.date) -> dict[str, Measure]:
    """What took the place of a measure by a day, by the id of the one it replaces."""
    return {old: measure for measure in register.measures for old in measure.replaces if _began(measure, as_of)}


def force_of(measure: Measure, successor: Measure | None, as_of: datetime.date) -> Force:
    """Whether a measure was in force on a day, as far as its dates say."""
    valid = measure.valid
    if successor is not None:
        return Force.REPLACED
    if valid is not None and valid.expired(as_of):
        return Force.EXPIRED
    begins = valid.since if valid is not None and valid.since is not None else measure.adopted
    if begins is not None and begins.earliest > as_of:
        return Force.NOT_YET
    if valid is not None and valid.until is not None and valid.since is not None:
        return Force.IN_FORCE
    return Force.UNKNOWN


def _began(measure: Measure, as_of: datetime.date) -> bool:
    begins = measure.valid.since if measure.valid is not None and measure.valid.since is not None else measure.adopted
    return begins is None or begins.earliest <= as_of
