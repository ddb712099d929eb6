"""Laws, policies, programmes and action plans, and whether each was in force on the as-of day.

This module alone knows how a measure's dates are read: in force, expired, replaced, not yet in force, or not known; and
which action plans are on the plan's own subject.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workplan_cli.model.plan import ActionPlans
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


class Reach(StrEnum):
    """Whether an action plan is on the subject of the plan of action, by the guidelines it covers."""

    SUBJECT = "subject"
    OTHER = "other"
    UNSTATED = "unstated"


REACHES = {
    Reach.SUBJECT: "",
    Reach.OTHER: N_("of wider or other scope"),
    Reach.UNSTATED: N_("of a scope that is not stated"),
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
    reach: Reach | None
    """None of what is no action plan, and where the plan does not say which action plans are on its subject."""
    replaced_by: Measure | None
    evidence: Citations


@dataclass(frozen=True)
class PlanCount:
    """How many action plans of one reach stood where; of all, where the plan divides them not."""

    reach: Reach | None
    forces: tuple[tuple[Force, int], ...]

    @property
    def in_force(self) -> int:
        """How many were in force."""
        return dict(self.forces).get(Force.IN_FORCE, 0)

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(number for _, number in self.forces)


@dataclass(frozen=True)
class Measures:
    """The measures of all states, by state and then by id, and how many action plans stand where."""

    plans: tuple[MeasureView, ...]
    """Those on the subject first, then the others, then those that do not say."""
    others: tuple[MeasureView, ...]
    plan_counts: tuple[PlanCount, ...]
    """Of plans on the subject always, of others where there are any."""
    states_without: tuple[State, ...]
    """The states of which no measure is known here."""

    def of(self, state: State) -> tuple[MeasureView, ...]:
        """The measures of one state, action plans first."""
        return tuple(view for view in (*self.plans, *self.others) if view.state.state == state.state)


def measures(record: Record, states: Sequence[State], as_of: datetime.date, shelf: Shelf) -> Measures:
    """Every measure as it stood on `as_of`."""
    found = [view for state in states for view in _of_state(record, state, as_of, shelf)]
    plans = [view for view in found if view.measure.kind is MeasureKind.ACTION_PLAN]
    reaches: tuple[Reach | None, ...] = tuple(Reach) if record.plan.action_plans is not None else (None,)
    by_reach = {reach: tuple(view for view in plans if view.reach is reach) for reach in reaches}
    with_any = {view.state.state for view in found}
    return Measures(
        tuple(view for views in by_reach.values() for view in views),
        tuple(view for view in found if view.measure.kind is not MeasureKind.ACTION_PLAN),
        tuple(_count(reach, views) for reach, views in by_reach.items() if views or (plans and reach is reaches[0])),
        tuple(state for state in states if state.state not in with_any),
    )


def _count(reach: Reach | None, views: Sequence[MeasureView]) -> PlanCount:
    counts = Counter(view.force for view in views)
    return PlanCount(reach, tuple((force, counts[force]) for force in Force if counts[force]))


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
            reach_of(measure, record.plan.action_plans),
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


def reach_of(measure: Measure, meant: ActionPlans | None) -> Reach | None:
    """Whether an action plan is on the subject of the plan of action, which says what it means by that."""
    if meant is None or measure.kind is not MeasureKind.ACTION_PLAN:
        return None
    if not measure.covers:
        return Reach.UNSTATED
    return Reach.OTHER if frozenset(meant.covers).isdisjoint(measure.covers) else Reach.SUBJECT


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
