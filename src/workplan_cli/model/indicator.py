"""Indicators: one question each that tells whether a guideline is carried out.

This module alone knows the types of indicator and what each asks. A question that changes in meaning is a new indicator;
`revision` says which revision of the guideline's text the question was written for."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workplan_cli.model.document import Document
from workplan_cli.model.text import Id, Line, Model, Revision, Text, Translations, Word, YesNo

PERSONS = "persons"
"""The unit whose small counts are people."""


class Kind(StrEnum):
    """What an indicator looks at, after OHCHR, Human Rights Indicators (HR/PUB/12/5): law and bodies, efforts, or results."""

    STRUCTURAL = "structural"
    PROCESS = "process"
    OUTCOME = "outcome"


class Owed(StrEnum):
    """Whether a claim must cite evidence."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class Aggregate(StrEnum):
    """How values of several states may be put together: not at all, or by sum."""

    NONE = "none"
    SUM = "sum"


class IndicatorBase(Model):
    """What every indicator has."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "guideline", "part", "also", "revision", "type", "kind", "evidence", "treaty"),
        *("of", "unit", "by", "aggregate", "definition", "many", "options", "asked_if"),
    )

    answered_in: ClassVar[str] = ""
    """The field of an answer that answers it; empty for one that is never asked."""

    id: Id
    guideline: Id
    part: Id | None = None
    also: tuple[Id, ...] = ()
    """Other guidelines it bears on: cross-references, never counted twice."""
    revision: Revision
    kind: Kind
    evidence: Owed = Owed.OPTIONAL
    asked_if: dict[Id, tuple[Id, ...]] = {}
    """Asked only when each of these indicators has one of these results or options."""
    question: Text
    guidance: Text


class ImplementationIndicator(IndicatorBase):
    """Answered on the scale implemented, partial, planned, not-implemented."""

    answered_in: ClassVar[str] = "result"

    type: Literal["implementation"]


class NumberIndicator(IndicatorBase):
    """Answered with counts or amounts, by year and by other dimensions."""

    answered_in: ClassVar[str] = "values"

    type: Literal["number"]
    unit: Id
    by: tuple[Id, ...] = ("year",)
    aggregate: Aggregate = Aggregate.NONE
    definition: Id | None = None


class PartAndWhole(Model):
    """What the two counts of a rate are."""

    part: Text
    whole: Text


class RateIndicator(IndicatorBase):
    """Answered with a part and its whole, never with a percentage."""

    answered_in: ClassVar[str] = "values"

    type: Literal["rate"]
    of: PartAndWhole
    unit: Id
    by: tuple[Id, ...] = ("year",)
    aggregate: Aggregate = Aggregate.NONE
    definition: Id | None = None


class DateIndicator(IndicatorBase):
    """Answered with a date, as far as it is known."""

    answered_in: ClassVar[str] = "date"

    type: Literal["date"]


class ChoiceIndicator(IndicatorBase):
    """Answered with one option, or with several where `many`."""

    answered_in: ClassVar[str] = "choice"

    type: Literal["choice"]
    many: YesNo = False
    options: dict[Id, Text]


class TextIndicator(IndicatorBase):
    """Answered in prose."""

    answered_in: ClassVar[str] = "text"

    type: Literal["text"]


class TreatyIndicator(IndicatorBase):
    """Never asked: derived from the register of treaties at the as-of date."""

    type: Literal["treaty"]
    treaty: Word


Indicator = Annotated[
    ImplementationIndicator | NumberIndicator | RateIndicator | DateIndicator | ChoiceIndicator | TextIndicator | TreatyIndicator,
    Field(discriminator="type"),
]


class IndicatorTable(Document):
    """`indicators/<chapter>.yaml`: the indicators of one chapter, in the order of its guidelines."""

    location: ClassVar[str] = "indicators/{chapter}.yaml"

    chapter: Id
    table: Line
    """What table this is: `working` for the repository's own, or the symbol of the official one."""
    notice: Text | None = None
    translation: Translations
    indicators: tuple[Indicator, ...]
