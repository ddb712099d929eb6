"""Registers of the secretariat's work over the years: reports due and issued, meetings, days kept.

This module alone knows their fields.
"""

from typing import ClassVar

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.registers.holder import Holder
from workplan_cli.model.text import Id, Line, Model, Text
from workplan_cli.model.time import Day, PartialDate


class IssuedReport(Entry):
    """A report that is due, and once it is out the day, the symbol and the seal of its files."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "due", "issued", "symbol", "url", "seal")

    due: Day | None = None
    issued: PartialDate | None = None
    symbol: Line | None = None
    url: Line | None = None
    seal: Line | None = None


class ReportRegister(Register):
    """`registers/reports/<holder>.yaml`: reports due and issued."""

    location: ClassVar[str] = "registers/reports/{holder}.yaml"
    noun: ClassVar[str] = "report"
    entry: ClassVar[type[Entry]] = IssuedReport
    columns: ClassVar[tuple[str, ...]] = ("due", "issued", "symbol", "url", "seal")

    holder: Holder
    reports: tuple[IssuedReport, ...] = ()


class MeetingPaper(Model):
    """A document of a meeting."""

    title: Text
    symbol: Line | None = None
    url: Line | None = None


class FollowUp(Model):
    """What a meeting asked of an office, until when, and when it was done."""

    id: Id
    what: Text
    owner: Text
    """The office that is to do it."""
    due: Day | None = None
    done: Day | None = None


class Meeting(Entry):
    """A meeting: what was on its agenda, what it concluded and decided, and what follows."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "title", "on", "until", "place", "agenda", "documents", "conclusions", "decisions", "actions"),
    )

    on: PartialDate
    until: Day | None = None
    """Its last day, where it took more than one."""
    place: Text | None = None
    agenda: tuple[Text, ...] = ()
    documents: tuple[MeetingPaper, ...] = ()
    conclusions: tuple[Text, ...] = ()
    decisions: tuple[Text, ...] = ()
    actions: tuple[FollowUp, ...] = ()


class MeetingRegister(Register):
    """`registers/meetings/<year>.yaml`: the meetings of one year."""

    location: ClassVar[str] = "registers/meetings/{holder}.yaml"
    noun: ClassVar[str] = "meeting"
    entry: ClassVar[type[Entry]] = Meeting
    columns: ClassVar[tuple[str, ...]] = ("on", "until", "place", "agenda", "documents", "conclusions", "decisions", "actions")

    holder: Holder
    meetings: tuple[Meeting, ...] = ()


class Observance(Entry):
    """What was done on a day of remembrance, in one year."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "on", "place", "url")

    on: PartialDate
    place: Text | None = None
    url: Line | None = None


class ObservanceRegister(Register):
    """`registers/observances/<holder>.yaml`: how a state, or the secretariat, kept the day."""

    location: ClassVar[str] = "registers/observances/{holder}.yaml"
    noun: ClassVar[str] = "observance"
    entry: ClassVar[type[Entry]] = Observance
    columns: ClassVar[tuple[str, ...]] = ("on", "place", "url")

    holder: Holder
    observances: tuple[Observance, ...] = ()
