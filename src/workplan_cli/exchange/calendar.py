"""Dates of the registers as a calendar that other programs subscribe to (iCalendar, RFC 5545).

This module alone knows icalendar. Nothing in a calendar is of the hour it was made: the same record gives the same bytes.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workplan_cli.analysis.entries import Kept, kept
from workplan_cli.errors import WorkplanError
from workplan_cli.model.plan import Plan, Round
from workplan_cli.model.record import Record
from workplan_cli.model.registers import IssuedReport, Meeting, Observance
from workplan_cli.model.text import Text, in_language
from workplan_cli.model.time import PartialDate, day_in

REGISTERS = ("meetings", "reports", "observances")
"""The registers that have days to remember."""


@dataclass(frozen=True)
class Happening:
    """One entry of the calendar, from its first day to its last."""

    uid: str
    first: datetime.date
    last: datetime.date
    title: Text
    place: Text | None = None
    about: Text | None = None
    each_year: bool = False


def happenings(record: Record) -> tuple[Happening, ...]:
    """Meetings and what follows from them, reports due, days kept, and the days that a mandate names for each year: those of
    which the day is known, by day and then by id."""
    found = (one for name in REGISTERS for entry in kept(record, name) for one in _of(entry))
    return tuple(sorted((*found, *_each_year(record.plan)), key=lambda one: (one.first, one.uid)))


def _of(one: Kept) -> Iterator[Happening]:
    entry, uid = one.entry, f"{one.register.register()}-{one.register.kept_by}-{one.entry.id}"
    if isinstance(entry, Meeting | Observance) and _is_day(entry.on):
        last = entry.until if isinstance(entry, Meeting) and entry.until is not None else entry.on.latest
        yield Happening(uid, entry.on.earliest, last, entry.title, entry.place)
    if isinstance(entry, Meeting):
        for act in entry.actions:
            if act.due is not None and act.done is None:
                yield Happening(f"{uid}-{act.id}", act.due, act.due, act.what, about=act.owner)
    if isinstance(entry, IssuedReport) and entry.due is not None and entry.issued is None:
        yield Happening(uid, entry.due, entry.due, entry.title)


def _each_year(plan: Plan) -> Iterator[Happening]:
    """The days that mandates name for each year, from the first year of which the plan asks for a report."""
    years = [period.since.year for period in plan.periods if period.since is not None]
    for id_, mandate in plan.mandate_by_id.items():
        if mandate.each_year is not None and years:
            day = day_in(min(years), mandate.each_year)
            yield Happening(f"mandates-{id_}", day, day, mandate.text, each_year=True)


def _is_day(date: PartialDate) -> bool:
    return date.day is not None


def days_of(round_: Round) -> tuple[Happening, ...]:
    """The days of a round that are known."""
    days = (("opens", round_.opens), ("answers are due", round_.deadline), ("closes", round_.closes))
    return tuple(
        Happening(f"round-{round_.id}-{what.replace(' ', '-')}", day, day, {"en": f"Round {round_.id} {what}"})
        for what, day in days
        if day is not None
    )


def as_calendar(plan: Plan, found: Iterable[Happening], language: str) -> bytes:
    """A calendar. Raises WorkplanError where icalendar is not installed."""
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise WorkplanError("calendars need the package icalendar", "install it: pip install 'workplan-cli[calendar]'") from None
    calendar = Calendar()
    calendar.add("prodid", "-//workplan//registers//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", in_language(plan.title, language)[0])
    for one in found:
        event = Event()
        event.add("uid", f"{one.uid}@{plan.id}")
        event.add("dtstamp", datetime.datetime.combine(one.first, datetime.time(), datetime.UTC))
        event.add("dtstart", one.first)
        event.add("dtend", one.last + datetime.timedelta(days=1))
        event.add("summary", in_language(one.title, language)[0])
        if one.each_year:
            event.add("rrule", {"freq": "yearly"})
        for key, text in (("location", one.place), ("description", one.about)):
            if text:
                event.add(key, in_language(text, language)[0])
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
