"""Where one cell stands: the one word that every cell has, and the flags beside it.

This module alone knows how an answer becomes a standing. The words are those of the record (docs/coverage.md); each cell has
exactly one.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workplan_cli.analysis.asking import counts, tells, void_since
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import ImplementationIndicator, Indicator
from workplan_cli.model.plan import Plan
from workplan_cli.model.submission import Absence, Answer, AnswerSheet, Result, Status, Submission


class Standing(StrEnum):
    """Where a cell (state, indicator, round, voice) stands."""

    IMPLEMENTED = "implemented"
    PARTIAL = "partial"
    PLANNED = "planned"
    NOT_IMPLEMENTED = "not-implemented"
    REPORTED = "reported"
    """A value of another type than the scale."""
    NOT_APPLICABLE = "not-applicable"
    NOT_PURSUED = "not-pursued"
    NO_INFORMATION = "no-information"
    WITHHELD = "withheld"
    CARRIED = "carried"
    """From the last round, not yet confirmed: not an answer."""
    NOT_ASKED = "not-asked"
    UNANSWERED = "unanswered"


class Flag(StrEnum):
    """What a reader must know beside the standing."""

    DRAFT = "draft"
    UNVERIFIED = "unverified"
    OUTDATED = "outdated"
    EXPIRED = "expired"
    LATE = "late"


RESULTS = (Standing.IMPLEMENTED, Standing.PARTIAL, Standing.PLANNED, Standing.NOT_IMPLEMENTED)
ABSENCES = (Standing.NOT_APPLICABLE, Standing.NOT_PURSUED, Standing.NO_INFORMATION, Standing.WITHHELD)
CLAIMS = (Standing.IMPLEMENTED, Standing.PARTIAL)
ANSWERS = (*RESULTS, Standing.REPORTED, *ABSENCES)
"""The standings that count as an answer: an honest no and an absence with its reason are answers in full."""
MISSING = (Standing.NO_INFORMATION, Standing.WITHHELD, Standing.CARRIED, Standing.UNANSWERED)
"""The standings that leave open how far a thing is implemented."""

_BY_RESULT = {result: Standing(result.value) for result in Result}
_BY_ABSENCE = {absence: Standing(absence.value) for absence in Absence}

_NONE: frozenset[Flag] = frozenset()
"""One for all: every empty one would be a set of its own."""

Verified = Callable[[Evidence], bool]
"""Whether a program has found what a piece of evidence quotes. Asked of each piece; the archived copies stay outside this
layer.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the record. `sheet` and `answer` are None where nothing was written."""

    state: str
    indicator: Indicator
    round: str
    voice: str
    standing: Standing
    flags: frozenset[Flag] = frozenset()
    answer: Answer | None = None
    sheet: AnswerSheet | None = None

    @property
    def on_scale(self) -> bool:
        """Whether its indicator is answered on the scale of implementation."""
        return isinstance(self.indicator, ImplementationIndicator)


def standing_of(indicator: Indicator, sheet: AnswerSheet | None, indicators: Mapping[str, Indicator]) -> Standing:
    """The standing of one indicator in one sheet; `unanswered` where there is no sheet.

    An answer in another form than its question's is counted by nothing (rule WP401 says so to its author).
    """
    if sheet is None:
        return Standing.UNANSWERED
    found = _said(indicator, sheet.answers.get(indicator.id))
    if indicator.asked_if and found in (Standing.UNANSWERED, Standing.CARRIED) and not asked(indicator, sheet, indicators):
        return Standing.NOT_ASKED
    return found


def _said(indicator: Indicator, answer: Answer | None) -> Standing:
    if answer is None:
        return Standing.UNANSWERED
    if not counts(answer):
        return Standing.CARRIED
    if answer.absence is not None:
        return _BY_ABSENCE[answer.absence]
    if isinstance(indicator, ImplementationIndicator):
        return _BY_RESULT[answer.result] if answer.result is not None else Standing.UNANSWERED
    has_value = answer.values or answer.choice or answer.date is not None or answer.text
    return Standing.REPORTED if has_value else Standing.UNANSWERED


def asked(indicator: Indicator, sheet: AnswerSheet, indicators: Mapping[str, Indicator]) -> bool:
    """Whether a sheet's other answers leave an indicator's question open."""

    def given(other: str) -> tuple[int, Answer] | None:
        answer = sheet.answers.get(other)
        return (0, answer) if answer is not None and tells(answer) else None

    return void_since(indicator, given, indicators) is None


def flags_of(
    indicator: Indicator, answer: Answer, sheet: AnswerSheet, plan: Plan, verified: Verified, as_of: datetime.date | None
) -> frozenset[Flag]:
    """The flags of an answer. `expired` needs a day; `late` needs a round's deadline and the day of a state's submission."""
    found: set[Flag] = set()
    if answer.status is Status.DRAFT:
        found.add(Flag.DRAFT)
    if answer.is_claim and not any(verified(sheet.evidence[key]) for key in answer.evidence if key in sheet.evidence):
        found.add(Flag.UNVERIFIED)
    guideline = plan.guidelines.get(indicator.guideline)
    if guideline is not None and answer.revision < guideline.meaning:
        found.add(Flag.OUTDATED)
    if as_of is not None and answer.valid is not None and answer.valid.expired(as_of):
        found.add(Flag.EXPIRED)
    if isinstance(sheet, Submission) and sheet.submitted is not None:
        deadline = next((round_.deadline for round_ in plan.rounds if round_.id == sheet.round), None)
        if deadline is not None and sheet.submitted > deadline:
            found.add(Flag.LATE)
    return frozenset(found) if found else _NONE
