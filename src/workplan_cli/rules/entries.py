"""What entries of single registers owe: acts in order, offices and not persons, numbers that can be dialled, routes that lead
to nobody, and things done by their day.

This module alone knows these duties. What every entry owes, whatever its register, is the business of the other families.
"""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from workplan_cli.diagnostics import Code, Severity
from workplan_cli.model.plan import Plan
from workplan_cli.model.registers import (
    AuthorityRegister,
    MeetingRegister,
    PracticeRegister,
    ReportRegister,
    RouteRegister,
    ServiceRegister,
)
from workplan_cli.rules.rule import Context, Found, Rule

_ACTS = ("requested", "appointed", "conveyed", "confirmed")
_YEAR = datetime.timedelta(days=365)
_PERSON = re.compile(r"[a-z]+[._][a-z]+|[a-z]\.[a-z]{3,}", re.I)
_OFFICE = frozenset(
    (
        *("contact", "contacto", "contato", "office", "oficina", "info", "secretariat", "secretaria", "mail", "correo", "post"),
        *("trata", "trafficking", "traite", "tip", "desk", "unit", "unidad", "unite", "focal", "point", "punto", "ponto"),
        *("consular", "migration", "migracion", "labour", "labor", "trabajo", "justice", "justicia", "police", "policia"),
    )
)
"""Words that a role's mailbox is named with: one of them, and it is no person's."""
_FREE_MAIL = frozenset(("gmail", "hotmail", "outlook", "yahoo", "live", "icloud", "proton", "protonmail"))
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIALLED = re.compile(r"\+?[0-9][0-9 ()-]*[0-9]")
_STATE = re.compile(r"[A-Z]{3}")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def acts_out_of_order(register: AuthorityRegister, context: Context) -> Iterator[Found]:
    """An authority cannot be conveyed before it is appointed, nor confirmed before anyone was told of it.

    `requested`, `appointed`, `conveyed` and `confirmed` follow one another; those not known are left out.
    """
    for number, entry in enumerate(register.authorities):
        known = [(act, day) for act in _ACTS if (day := getattr(entry, act)) is not None]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                message = f"authority {entry.id} was '{later}' on {second}, before it was '{earlier}' on {first}"
                yield Found(("authorities", number, later), message, "correct the one that is wrong")


def not_confirmed(register: AuthorityRegister | ServiceRegister, context: Context) -> Iterator[Found]:
    """A telephone that nobody answers any more is worse than none: whoever calls believes that nobody helps.

    An authority was `confirmed`, and a service `checked`, within the year before the as-of date. One that ended before that
    date owes nothing.
    """
    key = "confirmed" if isinstance(register, AuthorityRegister) else "checked"
    for number, entry in enumerate(register.entries):
        if context.as_of is None or (entry.valid is not None and entry.valid.expired(context.as_of)):
            continue
        day: datetime.date | None = getattr(entry, key)
        if day is None or context.as_of - day > _YEAR:
            said = f"was last {key} on {day}" if day is not None else f"was never {key}"
            place = (register.register(), number, key) if day is not None else (register.register(), number, "id")
            message = f"{register.noun} {entry.id} {said}, more than a year before {context.as_of}"
            if day is None:
                message = f"{register.noun} {entry.id} {said}"
            yield Found(place, message, f"ask {register.kept_by}, and write the day as {key}:")


def mailbox_of_a_person(register: AuthorityRegister, context: Context) -> Iterator[Found]:
    """A register of authorities outlives whoever sits in the office, and git keeps a person's name for ever.

    `mailbox` is that of a role: not `first.last@`, and not with a provider of private mail.
    """
    for number, entry in enumerate(register.authorities):
        if entry.mailbox is None:
            continue
        local, _, domain = entry.mailbox.partition("@")
        is_office = not _OFFICE.isdisjoint(re.split(r"[._-]", local.lower()))
        if (_PERSON.fullmatch(local) and not is_office) or domain.lower().split(".")[0] in _FREE_MAIL:
            message = f"mailbox of authority {entry.id} looks like a person's"
            yield Found(("authorities", number, "mailbox"), message, "write the mailbox of the role, or none and the telephone")


def overdue(register: ReportRegister | MeetingRegister, context: Context) -> Iterator[Found]:
    """What was promised for a day and is not there after it is said, with the mandate that asks for it.

    A report is `issued` by the day it is `due`, and so is what follows from a meeting `done`. Looked at only with an as-of
    date.
    """
    if context.as_of is None:
        return
    asks = _asked_by(context.plan, register.register())
    if isinstance(register, ReportRegister):
        for number, report in enumerate(register.reports):
            if _is_late(report.due, report.issued.earliest if report.issued is not None else None, context.as_of):
                message = f"report {report.id} was due on {report.due}{asks}, and no issue of it by {context.as_of} is entered"
                yield Found(("reports", number, "due"), message, "write issued: with the day; if it is not issued, issue it")
        return
    for number, meeting in enumerate(register.meetings):
        for position, act in enumerate(meeting.actions):
            if _is_late(act.due, act.done, context.as_of):
                message = f"action {act.id} of meeting {meeting.id} was due on {act.due}{asks} and is not done on {context.as_of}"
                yield Found(
                    ("meetings", number, "actions", position, "due"), message, "write done: with the day, or ask its owner"
                )


def cannot_be_dialled(register: AuthorityRegister | ServiceRegister, context: Context) -> Iterator[Found]:
    """Someone in need presses the number on the page; a word in it, or two numbers, and the telephone calls nobody.

    `phone` is one number: digits, spaces, hyphens and brackets, with `+` and the country code before it where it is no short
    or free number.
    """
    for number, entry in enumerate(register.entries):
        phone: str | None = getattr(entry, "phone", None)
        if phone is not None and not _DIALLED.fullmatch(phone):
            message = f"phone of {register.noun} {entry.id} is no number that can be dialled"
            yield Found((register.register(), number, "phone"), message, "write one number, as +999 555 0100 or 0800 100")


def place_too_precise(register: RouteRegister, context: Context) -> Iterator[Found]:
    """A village, a crossing or a road in a route tells traffickers where nobody looks, and others whom to look for.

    `origin`, `transit` and `destination` name states (XAA) or first-level regions by their code (XA-01), and nothing else. The
    finding does not repeat what was written.
    """
    for number, route in enumerate(register.routes):
        for key in ("origin", "transit", "destination"):
            for position, written in enumerate(getattr(route, key)):
                is_region = _REGION.fullmatch(written) is not None
                if not is_region and not (_STATE.fullmatch(written) and written in context.states):
                    message = f"{key} of route {route.id} is neither a state of the record nor the code of a region"
                    hint = "write the state (XAA) or its first-level region (XA-01); git keeps what was committed"
                    yield Found(("routes", number, key, position), message, hint)


def route_of_few(register: RouteRegister, context: Context) -> Iterator[Found]:
    """One to four persons on a route can be recognised, and git keeps what was once committed.

    `persons` of a route is not from 1 to 4; it is written `"<5"`.
    """
    for number, route in enumerate(register.routes):
        if isinstance(route.persons, int) and 0 < route.persons < 5:
            place = ("routes", number, "persons")
            hint = 'write "<5"; if it was committed before, it is still in git\'s history'
            yield Found(place, f"persons of route {route.id} is a count of fewer than five persons", hint)


def _is_late(due: datetime.date | None, done: datetime.date | None, as_of: datetime.date) -> bool:
    return due is not None and due < as_of and (done is None or done > as_of)


def _asked_by(plan: Plan, register: str) -> str:
    named = [id_ for id_, mandate in plan.mandate_by_id.items() if register in mandate.registers]
    return f" under mandate {' and '.join(named)}" if named else ""


def practice_without_consent(register: PracticeRegister, context: Context) -> Iterator[Found]:
    """A practice is held up to others by name, and its office is the one that will be asked.

    A practice has `consent`: the day on which the office that keeps it agreed. Only one that was found in published sources,
    in the voice desk-review, and that names no `office`, goes without. A practice without it stays in the repository: reports,
    tables and proposals leave it out and say how many they leave out.
    """
    for number, practice in enumerate(register.practices):
        if not practice.is_published:
            yield Found(
                ("practices", number, "id"),
                f"practice {practice.id} has no consent, and is left out of every report",
                "ask the office, and write consent: with the day on which it agreed",
            )


def seal_is_none(register: ReportRegister, context: Context) -> Iterator[Found]:
    """A seal that cannot be compared proves nothing: whoever holds the report looks it up and finds no file with it.

    `seal` of an issued report is the sha256 that `workplan seal` says when it has written the seal: 64 signs, 0-9 and a-f.
    """
    for number, report in enumerate(register.reports):
        if report.seal is not None and not _SHA256.fullmatch(report.seal):
            yield Found(
                ("reports", number, "seal"),
                f"seal of report {report.id} is '{report.seal}', which is no sha256",
                "write the one that workplan seal says; it is that of the file in seals/",
            )


RULES = (
    Rule(Code("WP610", "acts-out-of-order"), acts_out_of_order, on=(AuthorityRegister,)),
    Rule(
        Code("WP611", "not-confirmed", Severity.WARNING),
        not_confirmed,
        on=(AuthorityRegister, ServiceRegister),
        needs_day=True,
    ),
    Rule(Code("WP612", "mailbox-of-a-person", confidential=True), mailbox_of_a_person, on=(AuthorityRegister,)),
    Rule(Code("WP613", "overdue", Severity.WARNING), overdue, on=(ReportRegister, MeetingRegister), needs_day=True),
    Rule(Code("WP614", "cannot-be-dialled"), cannot_be_dialled, on=(AuthorityRegister, ServiceRegister)),
    Rule(Code("WP615", "practice-without-consent", Severity.WARNING), practice_without_consent, on=(PracticeRegister,)),
    Rule(Code("WP616", "seal-is-none"), seal_is_none, on=(ReportRegister,)),
    Rule(Code("WP621", "place-too-precise", confidential=True), place_too_precise, on=(RouteRegister,)),
    Rule(Code("WP622", "route-of-few", confidential=True), route_of_few, on=(RouteRegister,)),
)
