"""The mandates to the secretariat, and what was done for each in every voice. This module alone knows the mandates report."""

import datetime
from dataclasses import dataclass

from workplan_cli.analysis.entries import kept
from workplan_cli.model.mandate import Activity, MandateAnswer, MandateSheet
from workplan_cli.model.plan import Period, Provision
from workplan_cli.model.record import Record
from workplan_cli.model.text import Text
from workplan_cli.reports.registers import TITLES, due, missed, registers_of
from workplan_cli.reports.sources import Citations, Shelf


@dataclass(frozen=True)
class ActivityView:
    """One thing done, with its evidence."""

    activity: Activity
    evidence: Citations


@dataclass(frozen=True)
class MandateAccount:
    """What one voice says of one mandate in one round."""

    round: str
    voice: str
    answer: MandateAnswer
    activities: tuple[ActivityView, ...]
    evidence: Citations


@dataclass(frozen=True)
class MandateView:
    """One mandate; no accounts is a finding of its own."""

    mandate: Provision
    accounts: tuple[MandateAccount, ...]
    registers: tuple[tuple[str, str, int], ...] = ()
    """The registers that serve it: name, title, and how many entries."""
    due: tuple[tuple[Text, datetime.date], ...] = ()
    """What was due before the report's day and is not there."""
    missed: tuple[datetime.date, ...] = ()
    """The days of the period on which something was asked for and of which nothing is entered."""

    @property
    def is_accounted(self) -> bool:
        """Whether a voice says what was done: that nothing is known of it is no account."""
        return any(one.answer.result is not None or one.activities for one in self.accounts)


def mandate_views(record: Record, period: Period, shelf: Shelf, as_of: datetime.date) -> tuple[MandateView, ...]:
    """Every mandate, with the accounts of the period's rounds, the secretariat's own words first."""
    rounds = period.rounds
    sheets = sorted(
        (sheet for sheet in record.secretariat if sheet.round in rounds),
        key=lambda sheet: (rounds.index(sheet.round), sheet.voice != "secretariat", sheet.voice),
    )
    late = due(record, as_of)
    return tuple(
        MandateView(
            mandate,
            tuple(_account(sheet, answer, shelf) for sheet in sheets if (answer := sheet.mandates.get(mandate.id))),
            tuple((name, TITLES[name], sum(1 for _ in kept(record, name))) for name in registers_of(mandate)),
            tuple((what, day) for name, what, day in late if name in mandate.registers),
            missed(record, mandate, period, as_of),
        )
        for mandate in record.plan.mandate_by_id.values()
    )


def _account(sheet: MandateSheet, answer: MandateAnswer, shelf: Shelf) -> MandateAccount:
    def views(keys: tuple[str, ...]) -> Citations:
        return shelf.citations(sheet.evidence[key] for key in keys if key in sheet.evidence)

    activities = tuple(ActivityView(activity, views(activity.evidence)) for activity in answer.activities)
    return MandateAccount(sheet.round, sheet.voice, answer, activities, views(answer.evidence))
