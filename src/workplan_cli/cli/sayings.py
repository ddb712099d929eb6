"""Dates, values and acts as a reader says them. This module alone knows the wording; a date that nobody has read is `unknown`."""

import datetime
from itertools import islice
from typing import Any

from workplan_cli.analysis.standing import Cell, Standing
from workplan_cli.cli.page import Page
from workplan_cli.model.indicator import ChoiceIndicator, Indicator
from workplan_cli.model.register import Action, Ratification, TreatyStanding
from workplan_cli.model.submission import Answer, Value
from workplan_cli.model.text import Model
from workplan_cli.model.time import Interval, PartialDate, Validity

UNKNOWN = "unknown"
MOST = 3
"""So many figures of an answer are said where it stands among others."""


def day(date: datetime.date | PartialDate | None) -> str:
    """A date as it is known."""
    return UNKNOWN if date is None else str(date)


def validity(valid: Validity | None) -> str:
    """From when to when, or nothing where nothing is said of it."""
    if valid is None or (valid.since is None and valid.until is None):
        return ""
    if valid.until is None:
        return f"from {valid.since}"
    return f"{valid.since or UNKNOWN} to {valid.until}"


def figure(value: Value) -> str:
    """One figure with what it counts: `2016 female: <5`, `2018: 210 of 350`."""
    amount = f"{_amount(value.part)} of {_amount(value.whole)}" if value.value is None else str(value.value)
    what = " ".join(filter(None, (str(value.year or ""), *value.dimensions.values())))
    return f"{what}: {amount}" if what else amount


def _amount(amount: float | str | None) -> str:
    return UNKNOWN if amount is None else str(amount)


def said(indicator: Indicator, answer: Answer, page: Page, most: int = MOST) -> str:
    """The value of an answer that is not on the scale, the first `most` figures of it."""
    if answer.values:
        figures = [figure(value) for value in islice(answer.values, most)]
        more = len(answer.values) - len(figures)
        return "; ".join(figures) + (f"; and {more} more" if more else "")
    if answer.choice:
        options = indicator.options if isinstance(indicator, ChoiceIndicator) else {}
        return ", ".join(page.say(options.get(option), option) for option in answer.choice)
    if answer.date is not None:
        return str(answer.date)
    return page.say(answer.text)


def standing(cell: Cell, page: Page) -> str:
    """Where a cell stands, with its flags: `● implemented (late)`; a value in its own words."""
    words = page.mark(cell.standing.value)
    if cell.answer is not None:
        value = said(cell.indicator, cell.answer, page)
        if cell.standing is Standing.REPORTED:
            words = value
        elif cell.standing is Standing.CARRIED:
            words += f" from {cell.answer.carried_from or UNKNOWN}: {result_of(cell.answer) or value}"
    flags = ", ".join(sorted(flag.value for flag in cell.flags))
    return f"{words} ({flags})" if flags else words


def result_of(answer: Answer) -> str:
    """The result or the reason for absence of an answer, in words."""
    found = answer.result or answer.absence
    return found.value.replace("-", " ") if found is not None else ""


def act(ratification: Ratification) -> str:
    """By which act a state became a party and when, or up to when it was not one."""
    one = ratification
    if one.action is Action.NONE:
        return f"not a party on {day(one.checked)}; later: {UNKNOWN}"
    if one.action is Action.UNKNOWN:
        return UNKNOWN
    verb = {Action.RATIFICATION: "ratified", Action.ACCESSION: "acceded", Action.PARTY: "became a party"}[one.action]
    if isinstance(one.date, Interval):
        if one.date.after is not None and one.date.before is not None:
            return f"{verb} after {one.date.after}, by {one.date.before}"
        return f"{verb} after {one.date.after}" if one.date.before is None else f"{verb} by {one.date.before}"
    return f"{verb} {one.date}" if one.date is not None else f"{verb}, date {UNKNOWN}"


def as_checked(ratification: Ratification) -> TreatyStanding:
    """Where the state stood on the day of which the sources speak."""
    if ratification.checked is not None:
        return ratification.standing(ratification.checked)
    is_party = ratification.action in (Action.RATIFICATION, Action.ACCESSION, Action.PARTY)
    return TreatyStanding.PARTY if is_party else TreatyStanding.UNKNOWN


def signature(ratification: Ratification) -> str:
    """The day of signature, or why there is none."""
    words = {
        "none": "not signed",
        "undated": f"signed, date {UNKNOWN}",
        "unknown": UNKNOWN,
        "not-applicable": "not signed as a rule",
    }
    return words.get(str(ratification.signed), str(ratification.signed))


def field(value: Any, page: Page) -> str:
    """What a field says, on one line; nothing for what is not there."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Validity():
            return validity(value)
        case dict():
            return page.say(value)
        case tuple():
            return "; ".join(field(one, page) for one in value)
        case Model():
            return ", ".join(filter(None, (field(part, page) for key, part in value if key != "id")))
        case _:
            return str(value)
