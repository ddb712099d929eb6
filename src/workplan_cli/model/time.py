"""Days, dates known only in part, intervals, and validity.

This module alone knows how the record writes time. No function here reads a clock: "today" is always an argument.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from workplan_cli.model.text import Model

_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$", re.ASCII)

_WHOLE_DAY = (
    r"([0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
"""A day that exists, as a pattern: for JSON Schema, which has no other word for the lengths of months and for leap years."""
_DAY_PATTERN = rf"^(?!0000){_WHOLE_DAY}$"
_PARTIAL_PATTERN = rf"^(?!0000)([0-9]{{4}}(-(0[1-9]|1[0-2]))?|{_WHOLE_DAY})$"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it was read in a source: a year, a month, or a day. Written `2014`, `2014-03` or `2014-03-07`."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, written: Any) -> "PartialDate":
        """Read what was written; a year may come as a number. Raises ValueError with what is wrong."""
        if isinstance(written, PartialDate):
            return written
        is_year = isinstance(written, int) and not isinstance(written, bool) and 0 <= written <= 9999
        match = _PARTIAL.fullmatch(str(written)) if is_year or isinstance(written, str) else None
        if match is None:
            raise ValueError("is not a date")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if year < 1:
            raise ValueError("has no such year")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"has no month {month}")
        if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise ValueError(f"has no day {day} in month {month}")
        return cls(year, month, day)

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def read(written: Any) -> PartialDate:
            try:
                return cls.parse(written)
            except ValueError as error:
                raise PydanticCustomError("bad_date", "{reason}", {"reason": str(error)}) from None

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.to_string_ser_schema(when_used="always")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "anyOf": [{"type": "string", "pattern": _PARTIAL_PATTERN}, {"type": "integer", "minimum": 1000, "maximum": 9999}],
            "description": "A date as far as it is known: 2014, 2014-03 or 2014-03-07.",
        }


def _whole_day(written: Any) -> date:
    try:
        parsed = PartialDate.parse(written)
    except ValueError as error:
        raise PydanticCustomError("bad_date", "{reason}", {"reason": str(error)}) from None
    if parsed.day is None:
        raise PydanticCustomError("bad_date", "{reason}", {"reason": "is not a whole day"})
    return parsed.earliest


Day = Annotated[
    date,
    BeforeValidator(_whole_day, json_schema_input_type=Annotated[str, Field(json_schema_extra={"pattern": _DAY_PATTERN})]),
]
"""A whole day, written `2014-03-07`."""


_MONTH_DAY = r"^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$"
MonthDay = Annotated[str, Field(pattern=_MONTH_DAY)]
"""A day that every year has, written `07-30`."""


def day_in(year: int, written: MonthDay) -> date:
    """That day in one year."""
    month, _, day = written.partition("-")
    return date(year, int(month), int(day))


class Interval(Model):
    """A date that was not read, but lies between two days that were: `{after: 2020-10-05, before: 2021-08-31}`.

    At least one end is given. `after` is the last day the thing was known not to hold, `before` the first day it was known
    to hold."""

    after: Day | None = None
    before: Day | None = None


class Validity(Model):
    """From when to when something holds; an open end is unknown or not yet come."""

    since: PartialDate | None = Field(default=None, alias="from")
    until: PartialDate | None = Field(default=None, alias="to")

    def expired(self, as_of: date) -> bool:
        """Whether it had surely ended before `as_of`."""
        return self.until is not None and self.until.latest < as_of

    @property
    def reversed(self) -> bool:
        """Whether it surely ends before it begins."""
        return self.since is not None and self.until is not None and self.until.latest < self.since.earliest
