"""Answers: what one voice says of one state in one round.

This module alone knows what an answer is made of. Result, working status, reason for absence and evidence are four different
things and stay four different fields."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.text import LARGEST, Id, Line, Model, Revision, StateCode, Text
from workplan_cli.model.time import Day, PartialDate, Validity

SUPPRESSED = "<5"
"""A count of one to four persons: known to be there, never written as such."""


class Result(StrEnum):
    """How far a guideline's indicator is carried out."""

    IMPLEMENTED = "implemented"
    PARTIAL = "partial"
    PLANNED = "planned"
    NOT_IMPLEMENTED = "not-implemented"


class Absence(StrEnum):
    """Why there is no result. No entry at all is a fifth thing: not answered."""

    NOT_APPLICABLE = "not-applicable"
    NOT_PURSUED = "not-pursued"
    NO_INFORMATION = "no-information"
    WITHHELD = "withheld"


class Status(StrEnum):
    """The working status of an answer. `carried` came from the last round and awaits confirmation: not yet an answer."""

    DRAFT = "draft"
    FINAL = "final"
    CARRIED = "carried"


_Count = Annotated[int, Field(strict=True, ge=0, le=LARGEST)]
_Measure = Annotated[float, Field(strict=True, ge=0, le=LARGEST, allow_inf_nan=False)]
Amount = _Count | _Measure | Literal["<5"]
"""A count or an amount, or `<5`."""


class Value(Model):
    """One figure: `value`, or `part` of `whole`; every other key is a dimension (`sex: female`)."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Line]
    key_order: ClassVar[tuple[str, ...]] = ("year",)

    year: Annotated[int, Field(strict=True, ge=1900, le=2100)] | None = None
    value: Amount | None = None
    part: Amount | None = None
    whole: Amount | None = None
    evidence: Id | None = None
    """The piece of evidence this one figure was read in, where each has its own."""

    @property
    def dimensions(self) -> dict[str, str]:
        """The dimensions other than the year."""
        return self.__pydantic_extra__


class Confirmation(Model):
    """That an unchanged answer still holds: when, and by which office. No person's name."""

    on: Day
    role: Line


class Answer(Model):
    """One cell of the record, in one voice."""

    revision: Revision
    """The revision of the guideline's text that it answers."""
    status: Status
    carried_from: Id | None = None
    result: Result | None = None
    absence: Absence | None = None
    reason: Text | None = None
    values: tuple[Value, ...] = ()
    choice: tuple[Id, ...] = ()
    date: PartialDate | None = None
    text: Text | None = None
    valid: Validity | None = None
    evidence: tuple[Id, ...] = ()
    needs: tuple[Id, ...] = ()
    note: Text | None = None
    confirmed: Confirmation | None = None

    @property
    def is_claim(self) -> bool:
        """Whether it claims that something is carried out, wholly or in part: what evidence is owed for."""
        return self.result is Result.IMPLEMENTED or self.result is Result.PARTIAL


class ReplyAnswer(Answer):
    """A state's reply, with the voice it replies to."""

    key_order: ClassVar[tuple[str, ...]] = ("to",)

    to: Line


class AnswerSheet(Document):
    """The answers of one voice on one state in one round, with the evidence they cite: one file."""

    voice: ClassVar[str]
    key_order: ClassVar[tuple[str, ...]] = ("organisation", "submitted", "issued", "compiled", "compiler")

    state: StateCode
    round: Id
    answers: dict[str, Answer] = {}
    evidence: dict[Id, Evidence] = {}


class Submission(AnswerSheet):
    """What the state hands in."""

    location: ClassVar[str] = "states/{state}/{round}/submission.yaml"
    voice: ClassVar[str] = "state"

    submitted: Day | None = None


class DeskReview(AnswerSheet):
    """What published sources establish, compiled by whoever keeps the repository."""

    location: ClassVar[str] = "states/{state}/{round}/desk-review.yaml"
    voice: ClassVar[str] = "desk-review"

    compiled: Day | None = None
    compiler: Line | None = None
    """How it was compiled, and by what; no person's name."""


class Assessment(AnswerSheet):
    """What the secretariat says of the state's submission."""

    location: ClassVar[str] = "states/{state}/{round}/assessment.yaml"
    voice: ClassVar[str] = "assessment"

    issued: Day | None = None


class Reply(AnswerSheet):
    """What the state says to an assessment or to civil society."""

    location: ClassVar[str] = "states/{state}/{round}/reply.yaml"
    voice: ClassVar[str] = "reply"

    issued: Day | None = None
    answers: dict[str, ReplyAnswer] = {}  # type: ignore[assignment]


class ParallelReport(AnswerSheet):
    """What one civil society organisation says."""

    location: ClassVar[str] = "states/{state}/{round}/civil-society/{org}.yaml"
    voice: ClassVar[str] = "civil-society"

    org: Id
    organisation: Line
    submitted: Day | None = None


def voice_of(sheet: AnswerSheet) -> str:
    """The key of a sheet's voice: `state`, `desk-review`, … and `civil-society/<org>`."""
    return f"{sheet.voice}/{sheet.org}" if isinstance(sheet, ParallelReport) else sheet.voice
