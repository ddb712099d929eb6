"""What figures are asked of: which rounds, on which day, which states, which chapters.

This module alone knows how a record is narrowed before anything is counted.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from workplan_cli.analysis.cells import rounds_of
from workplan_cli.model.indicator import Indicator, TreatyIndicator
from workplan_cli.model.plan import Chapter, Period, Plan


@dataclass(frozen=True)
class Scope:
    """A part of the record to count: everything in it is in the plan's own order, states by code."""

    plan: Plan
    period: Period
    """The period that is meant, or the one a single round belongs to: it gives the day."""
    round: str | None
    """The one round that is meant; None for the whole period."""
    as_of: datetime.date
    states: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    indicators: tuple[Indicator, ...]
    """Those that are asked, of the chapters chosen."""
    treaties: tuple[TreatyIndicator, ...]
    """Those that are read from a register, of the chapters chosen."""

    @property
    def rounds(self) -> tuple[str, ...]:
        """The rounds that are counted, oldest first."""
        return (self.round,) if self.round is not None else rounds_of(self.plan, self.period)

    @property
    def guidelines(self) -> tuple[str, ...]:
        """The guidelines with an indicator that is asked, in the order of the plan."""
        used = {indicator.guideline for indicator in self.indicators}
        return tuple(guideline for guideline in self.plan.guidelines if guideline in used)


def narrow(
    plan: Plan,
    indicators: Mapping[str, Indicator],
    period: Period,
    states: tuple[str, ...],
    round_: str | None = None,
    as_of: datetime.date | None = None,
    chapters: tuple[str, ...] = (),
) -> Scope:
    """A scope from what was chosen; nothing chosen is everything. An indicator whose guideline is not in the plan is in none."""
    chosen = tuple(chapter for chapter in plan.chapters if not chapters or chapter.id in chapters)
    within = {guideline.id: place for place, guideline in enumerate(one for chapter in chosen for one in chapter.guidelines)}
    near = sorted((one for one in indicators.values() if one.guideline in within), key=lambda one: within[one.guideline])
    return Scope(
        plan=plan,
        period=period,
        round=round_,
        as_of=as_of or period.as_of,
        states=tuple(sorted(states)),
        chapters=chosen,
        indicators=tuple(one for one in near if not isinstance(one, TreatyIndicator)),
        treaties=tuple(one for one in near if isinstance(one, TreatyIndicator)),
    )
