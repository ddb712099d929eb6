"""The registers as pages: a table each, which mandates it serves, what is missing in it, and the map of routes.

This module alone knows the words for a register's fields. A field is told apart by what it is, and never by which register it
is in, so that a new register has its page without a line here but its title and the names of new fields.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from workplan_cli.analysis.entries import Kept, coverage_of_materials, held_back, kept, published
from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.plan import Period, Plan, Provision
from workplan_cli.model.record import Record
from workplan_cli.model.registers import REGISTER_BY_NAME, REGISTERS, FollowUp, IssuedReport, Meeting, Observance, Route
from workplan_cli.model.state import State
from workplan_cli.model.text import Model, Text
from workplan_cli.model.time import PartialDate, Validity, day_in
from workplan_cli.reports.labels import LANGUAGES, N_
from workplan_cli.reports.needs import NeedLine, need_lines
from workplan_cli.reports.sources import Citations
from workplan_cli.reports.tame import web_address
from workplan_cli.reports.view import Report

TITLES: dict[str, str] = {
    "measures": N_("Laws, policies, programmes and migration controls"),
    "practices": N_("Good practices"),
    "materials": N_("Training and information materials"),
    "academies": N_("Academies and what they teach"),
    "training": N_("Training offered and sought"),
    "routes": N_("Routes of vulnerable groups"),
    "authorities": N_("National authorities and points of contact"),
    "reports": N_("Reports due and issued"),
    "meetings": N_("Meetings"),
    "assistance": N_("Technical assistance asked for and offered"),
    "observances": N_("How the day was kept"),
    "services": N_("Lines and services for people in need"),
}
FIELDS: dict[str, str] = {
    "kind": N_("kind"),
    "number": N_("number"),
    "adopted": N_("adopted"),
    "valid": N_("when it holds"),
    "covers": N_("guidelines"),
    "criteria": N_("criteria"),
    "results": N_("results"),
    "office": N_("office to ask"),
    "consent": N_("office agreed on"),
    "audiences": N_("for whom"),
    "topics": N_("topics"),
    "languages": N_("languages"),
    "date": N_("date"),
    "form": N_("form"),
    "licence": N_("licence"),
    "url": N_("address"),
    "academy": N_("academy"),
    "hours": N_("hours"),
    "required": N_("required"),
    "places": N_("places"),
    "online": N_("online"),
    "seats": N_("seats"),
    "origin": N_("origin"),
    "transit": N_("transit"),
    "destination": N_("destination"),
    "groups": N_("groups"),
    "persons": N_("persons"),
    "confidence": N_("confidence"),
    "role": N_("role"),
    "mailbox": N_("mailbox"),
    "phone": N_("telephone"),
    "requested": N_("asked for on"),
    "appointed": N_("appointed on"),
    "conveyed": N_("conveyed on"),
    "confirmed": N_("confirmed on"),
    "due": N_("due on"),
    "issued": N_("issued on"),
    "symbol": N_("symbol"),
    "seal": N_("seal"),
    "on": N_("date"),
    "until": N_("last day"),
    "place": N_("place"),
    "agenda": N_("agenda"),
    "documents": N_("documents"),
    "conclusions": N_("conclusions"),
    "decisions": N_("decisions"),
    "actions": N_("what follows"),
    "needs": N_("help"),
    "status": N_("status"),
    "partners": N_("with"),
    "free": N_("free of charge"),
    "offers": N_("what it offers"),
    "checked": N_("checked"),
}
WORDS: dict[str, str] = {
    "yes": N_("yes"),
    "no": N_("no"),
    "law": N_("law"),
    "policy": N_("policy"),
    "programme": N_("programme"),
    "action-plan": N_("action plan"),
    "migration-control": N_("migration control"),
    "offered": N_("offered"),
    "sought": N_("sought"),
    "low": N_("low"),
    "medium": N_("medium"),
    "high": N_("high"),
    "point-of-contact": N_("point of contact"),
    "coordination": N_("coordination"),
    "authority": N_("authority"),
    "request": N_("request"),
    "offer": N_("offer"),
    "open": N_("open"),
    "agreed": N_("agreed"),
    "completed": N_("completed"),
    "declined": N_("declined"),
    "hotline": N_("telephone line"),
    "shelter": N_("shelter"),
    "legal-aid": N_("legal aid"),
    "health": N_("health care"),
    "office": N_("office"),
}


@dataclass(frozen=True)
class Piece:
    """One thing to show: a `text` of the record, a `word` of the tool, a `day`, an address, a telephone, or a plain `line`."""

    how: str
    value: Any


@dataclass(frozen=True)
class EntryView:
    """One entry: its holder's name, and a cell for each column. `place` is its address on the register's page."""

    holder: Text
    place: str
    entry: Entry
    cells: tuple[tuple[Piece, ...], ...]
    evidence: Citations


@dataclass(frozen=True)
class Flow:
    """A line on the tile map, from square to square, in squares from the map's edge."""

    x: int
    y: int
    to_x: int
    to_y: int


@dataclass(frozen=True)
class RegisterView:
    """One register: which mandates and guidelines it serves, and its entries by holder."""

    name: str
    title: str
    serves: tuple[Provision, ...]
    columns: tuple[str, ...]
    rows: tuple[EntryView, ...]
    without: tuple[State, ...]
    """The states that have no file in it, where states keep it."""
    held_back: int = 0
    """How many entries are not shown, because whoever keeps them has not agreed."""
    audiences: tuple[tuple[Text, tuple[int, ...]], ...] = ()
    """Of materials: how many there are for an audience in each language of the plan."""
    flows: tuple[Flow, ...] = ()
    demand: tuple[NeedLine, ...] = ()
    """Of assistance: what is asked for, in answers and in the register."""


def register_views(report: Report) -> tuple[RegisterView, ...]:
    """Every register, the empty ones too: that nothing is known is said."""
    return tuple(_view(report, document) for document in REGISTERS)


def in_use(record: Record) -> frozenset[str]:
    """The registers that a plan has: a provision names them, or a file is one. The others are those of other plans."""
    plan = record.plan
    provisions = (*plan.mandate_by_id.values(), *(one for chapter in plan.chapters for one in chapter.guidelines))
    named = {name for provision in provisions for name in registers_of(provision)}
    return frozenset(named | {register.register() for register in record.registers})


def registers_of(provision: Provision) -> tuple[str, ...]:
    """The registers there are that a provision names."""
    return tuple(name for name in provision.registers if name in REGISTER_BY_NAME)


def due(record: Record, as_of: datetime.date) -> tuple[tuple[str, Text, datetime.date, Text | None], ...]:
    """What was due before a day and was not there: the register, what it is, when it was due, and what is noted of that."""
    found: list[tuple[str, Text, datetime.date, Text | None]] = []
    for one in kept(record, "reports"):
        if isinstance(one.entry, IssuedReport) and _late(
            one.entry.due, one.entry.issued.earliest if one.entry.issued else None, as_of
        ):
            found.append(("reports", one.entry.title, one.entry.due or as_of, one.entry.note))
    for one in kept(record, "meetings"):
        for act in one.entry.actions if isinstance(one.entry, Meeting) else ():
            if _late(act.due, act.done, as_of):
                found.append(("meetings", act.what, act.due or as_of, None))
    return tuple(found)


def missed(record: Record, mandate: Provision, period: Period, as_of: datetime.date) -> tuple[datetime.date, ...]:
    """The days of a period on which a mandate asked for something, and of whose year no keeper but a state has an entry."""
    if mandate.each_year is None or period.since is None:
        return ()
    days = (day_in(year, mandate.each_year) for year in range(period.since.year, as_of.year + 1))
    entered = {
        one.entry.on.year
        for name in registers_of(mandate)
        for one in kept(record, name)
        if isinstance(one.entry, Observance) and one.register.state_code is None
    }
    return tuple(day for day in days if period.since.earliest <= day <= as_of and day.year not in entered)


def _late(due_on: datetime.date | None, done: datetime.date | None, as_of: datetime.date) -> bool:
    return due_on is not None and due_on < as_of and (done is None or done > as_of)


def _view(report: Report, document: type[Register]) -> RegisterView:
    name, plan = document.register(), report.plan
    found = tuple(published(report.record, name))
    rows = tuple(_row(report, one) for one in found)
    is_of_states = document.identity() == ("state",)
    provisions = (*plan.mandate_by_id.values(), *plan.guidelines.values())
    holders = {one.register.kept_by for one in kept(report.record, name)}
    audiences = coverage_of_materials(report.record) if name == "materials" else ()
    return RegisterView(
        name=name,
        title=TITLES[name],
        serves=tuple(one for one in provisions if name in one.registers),
        columns=tuple(FIELDS[column] for column in document.columns),
        rows=rows,
        held_back=held_back(report.record, name),
        without=tuple(state for state in report.states if state.state not in holders) if is_of_states and found else (),
        audiences=tuple((plan.audiences[id_], numbers) for id_, numbers in audiences),
        flows=tuple(_flows(report.record, found)) if name == "routes" else (),
        demand=need_lines(report) if name == "assistance" else (),
    )


def on_guideline(views: Iterable[RegisterView], guideline: str) -> tuple[tuple[RegisterView, tuple[EntryView, ...]], ...]:
    """The entries of every register that answer a guideline."""
    found = ((view, tuple(row for row in view.rows if guideline in row.entry.covers)) for view in views)
    return tuple((view, rows) for view, rows in found if rows)


def _row(report: Report, one: Kept) -> EntryView:
    code = one.register.state_code
    state = report.record.states.get(code) if code else None
    return EntryView(
        holder=state.names if state is not None else {"": one.register.kept_by},
        place=f"{one.register.kept_by}-{one.entry.id}",
        entry=one.entry,
        cells=tuple(tuple(_pieces(column, getattr(one.entry, column), report)) for column in type(one.register).columns),
        evidence=report.shelf.citations(one.entry.evidence),
    )


def _pieces(column: str, value: Any, report: Report) -> Iterator[Piece]:
    vocabulary = _vocabulary(column, report.plan)
    match value:
        case None | ():
            return
        case bool():
            yield Piece("word", WORDS["yes" if value else "no"])
        case StrEnum():
            yield Piece("word", WORDS[value.value])
        case Validity():
            yield Piece("valid", value)
        case PartialDate() | datetime.date():
            yield Piece("day", value)
        case dict():
            yield Piece("text", value)
        case tuple():
            for one in value:
                yield from _pieces(column, one, report)
        case FollowUp():
            yield Piece("action", value)
        case Model():
            yield Piece("linked" if web_address(getattr(value, "url", None) or "") else "paper", value)
        case str() if column == "languages":
            yield Piece("word" if value in LANGUAGES else "line", LANGUAGES.get(value, value))
        case str() if column == "url":
            yield Piece("address" if web_address(value) else "line", value)
        case str() if column == "phone":
            yield Piece("phone", value)
        case str() if column == "covers":
            yield Piece("guideline" if value in report.plan.guidelines else "line", report.plan.guidelines.get(value, value))
        case str() if value in vocabulary:
            yield Piece("text", vocabulary[value])
        case _:
            yield Piece("line", str(value))


def _vocabulary(column: str, plan: Plan) -> Mapping[str, Text]:
    return {"audiences": plan.audiences, "topics": plan.topics, "needs": plan.needs}.get(column, {})


def grouped(rows: tuple[EntryView, ...], word: Callable[[str], str]) -> list[tuple[Text, list[tuple[Entry, list[str]]]]]:
    """Services by holder, each with the names of its languages."""
    found: list[tuple[Text, list[tuple[Entry, list[str]]]]] = []
    for row in rows:
        if not found or found[-1][0] != row.holder:
            found.append((row.holder, []))
        names = [word(LANGUAGES[code]) if code in LANGUAGES else code for code in getattr(row.entry, "languages", ())]
        found[-1][1].append((row.entry, names))
    return found


def _flows(record: Record, found: tuple[Kept, ...]) -> Iterator[Flow]:
    """Each route as lines between the squares of the states it touches, through those of its transit."""
    by_iso2 = {state.iso2: state for state in record.states.values() if state.iso2}

    def squares(places: tuple[str, ...]) -> list[tuple[int, int]]:
        states = (record.states.get(place) or by_iso2.get(place.partition("-")[0]) for place in places)
        return [(state.tile.column, state.tile.row) for state in states if state is not None and state.tile is not None]

    lines: set[tuple[int, int, int, int]] = set()
    for one in found:
        if isinstance(one.entry, Route):
            stops = [squares(one.entry.origin), squares(one.entry.transit), squares(one.entry.destination)]
            legs = [stop for stop in stops if stop]
            for first, second in pairwise(legs):
                lines.update((*start, *end) for start in first for end in second if start != end)
    yield from (Flow(*line) for line in sorted(lines))
