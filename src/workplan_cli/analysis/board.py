"""The board of a round: how far each state has come with its answers, and who is late.

This module alone knows what the board counts. It counts a state's own voice; nobody is ranked.
"""

import datetime
from dataclasses import dataclass

from workplan_cli.analysis.standing import ANSWERS, Flag, Standing, flags_of, standing_of
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.plan import Round
from workplan_cli.model.record import Record
from workplan_cli.model.submission import AnswerSheet, Submission


@dataclass(frozen=True)
class Progress:
    """One state in a round. `asked` counts the questions that are put to it; `submitted` is None until it has handed in."""

    state: str
    asked: int
    answered: int
    drafts: int
    carried: int
    submitted: datetime.date | None
    is_late: bool
    """Handed in after the deadline; or, on a day that is given, not handed in though it is past."""

    @property
    def left(self) -> int:
        """Questions that wait for an answer, or for a confirmation."""
        return self.asked - self.answered


def progress(record: Record, round_: Round, state: str, sheet: AnswerSheet | None, as_of: datetime.date | None) -> Progress:
    """How far one state has come."""
    asked = [one for one in record.indicators.values() if one.answered_in and one.guideline in record.plan.guidelines]
    standings = {one.id: standing_of(one, sheet, record.indicators) for one in asked}
    put = [id_ for id_, standing in standings.items() if standing is not Standing.NOT_ASKED]
    answered = [one for one in asked if standings[one.id] in ANSWERS]
    drafts = [
        one
        for one in answered
        if sheet is not None and Flag.DRAFT in flags_of(one, sheet.answers[one.id], sheet, record.plan, _unlooked, None)
    ]
    submitted = sheet.submitted if isinstance(sheet, Submission) else None
    return Progress(
        state,
        len(put),
        len(answered),
        len(drafts),
        sum(standing is Standing.CARRIED for standing in standings.values()),
        submitted,
        is_late(round_, submitted, as_of),
    )


def is_late(round_: Round, submitted: datetime.date | None, as_of: datetime.date | None) -> bool:
    """Whether a submission came, or is still to come, after the deadline."""
    day = submitted or as_of
    return round_.deadline is not None and day is not None and day > round_.deadline


def days_left(round_: Round, as_of: datetime.date | None) -> int | None:
    """Days from a day to the deadline, below nought when it is past; None where one of the two is not known."""
    return (round_.deadline - as_of).days if round_.deadline is not None and as_of is not None else None


def _unlooked(piece: Evidence) -> bool:
    """The board does not look at evidence."""
    return True
