"""The mandates to the secretariat, and what was done for each in every voice. This module alone knows the mandates report."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workplan_cli.analysis.entries import published
from workplan_cli.model.mandate import Activity, MandateAnswer, MandateSheet, SecretariatSubmission
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
    """What one voice says of one mandate in a round, or in several where it says the same."""

    rounds: tuple[str, ...]
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
    due: tuple[tuple[Text, datetime.date, Text | None], ...] = ()
    """What was due before the report's day and is not there, with what is noted of it: whose date it is."""
    missed: tuple[datetime.date, ...] = ()
    """The days of the period on which something was asked for and of which nothing is entered."""

    @property
    def is_accounted(self) -> bool:
        """Whether a voice says what was done: that nothing is known of it is no account."""
        return any(one.answer.result is not None or one.activities for one in self.accounts)

    def standings(self, round_: str) -> tuple[tuple[str, str], ...]:
        """What each voice says of it in a round, in a word: the voice, and the result or absence."""
        return tuple(
            (one.voice, str(one.answer.result or one.answer.absence))
            for one in self.accounts
            if round_ in one.rounds and (one.answer.result or one.answer.absence)
        )


def mandate_views(record: Record, period: Period, shelf: Shelf, as_of: datetime.date) -> tuple[MandateView, ...]:
    """Every mandate, with the accounts of the period's rounds, the secretariat's own words first."""
    sheets = sorted(
        (sheet for sheet in record.secretariat if sheet.round in period.rounds),
        key=lambda sheet: (period.rounds.index(sheet.round), sheet.voice != SecretariatSubmission.voice, sheet.voice),
    )
    late = due(record, as_of)
    return tuple(
        MandateView(
            mandate,
            _accounts(mandate, sheets, shelf),
            tuple((name, TITLES[name], sum(1 for _ in published(record, name))) for name in registers_of(mandate)),
            tuple((what, day, note) for name, what, day, note in late if name in mandate.registers),
            missed(record, mandate, period, as_of),
        )
        for mandate in record.plan.mandate_by_id.values()
    )


def silent_rounds(record: Record, period: Period) -> tuple[str, ...]:
    """The rounds of the period for which the secretariat itself handed in nothing."""
    spoken = {sheet.round for sheet in record.secretariat if isinstance(sheet, SecretariatSubmission)}
    return tuple(one for one in period.rounds if one not in spoken)


def _accounts(mandate: Provision, sheets: Sequence[MandateSheet], shelf: Shelf) -> tuple[MandateAccount, ...]:
    """What is said of a mandate; what a voice says word for word in two rounds, without proof of its own, is said once."""
    found: list[MandateAccount] = []
    for sheet in sheets:
        answer = sheet.mandates.get(mandate.id)
        if answer is None:
            continue
        is_bare = not answer.evidence and not answer.activities
        same = next((one for one in found if is_bare and one.voice == sheet.voice and one.answer == answer), None)
        if same is None:
            found.append(_account(sheet, answer, shelf))
        else:
            found[found.index(same)] = replace(same, rounds=(*same.rounds, sheet.round))
    return tuple(found)


def _account(sheet: MandateSheet, answer: MandateAnswer, shelf: Shelf) -> MandateAccount:
    def views(keys: tuple[str, ...]) -> Citations:
        return shelf.citations(sheet.evidence[key] for key in keys if key in sheet.evidence)

    activities = tuple(ActivityView(activity, views(activity.evidence)) for activity in answer.activities)
    return MandateAccount((sheet.round,), sheet.voice, answer, activities, views(answer.evidence))
