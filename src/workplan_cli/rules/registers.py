"""Registers: dates that can be true, states that are all there, measures that replace what exists.

This module alone knows what an entry of a register owes.
"""

import datetime
from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Severity, did_you_mean
from workplan_cli.model.entry import Register
from workplan_cli.model.mandate import SecretariatSubmission
from workplan_cli.model.register import Action, Measure, MeasureRegister, Ratification, TreatyRegister
from workplan_cli.model.submission import Assessment, DeskReview, ParallelReport, Reply, Submission
from workplan_cli.model.time import Interval, PartialDate
from workplan_cli.rules.rule import Context, Found, Rule

VOICES = (Submission.voice, DeskReview.voice, Assessment.voice, Reply.voice, SecretariatSubmission.voice)
"""The voices that have no name of their own; civil society's is `civil-society/<org>`."""


def treaty_dates_reversed(register: TreatyRegister, context: Context) -> Iterator[Found]:
    """Dates that contradict each other make a state a party on days when it was none.

    Of one row: the signature is not after the deposit; of an interval, `after` comes before `before`; nothing is dated after
    the day it was checked. Dates known only in part count as reversed only when no day of theirs fits.
    """
    for state, row in register.states.items():
        found = _reversed(row)
        if found is not None:
            key, message = found
            hint = "compare both with the source, and correct the one that is wrong"
            yield Found(("states", state, key), f"row {state} of {register.treaty}: {message}", hint)


def undated_standing(register: TreatyRegister, context: Context) -> Iterator[Found]:
    """ "None" has a date: a state that was no party on the day someone looked may be one the day after.

    Where action is none, `checked` is given and `date` is not. Where it is ratification, accession or party, there is a
    `date`, or at least the day it was checked; an interval gives one end or both.
    """
    for state, row in register.states.items():
        if row.action is Action.NONE and row.checked is None:
            yield Found(
                ("states", state, "action"),
                f"row {state} of {register.treaty}: action is 'none', and the day on which that was so is not given",
                "add checked: the last day this was looked up; or write action: unknown",
            )
        elif row.action in (Action.NONE, Action.UNKNOWN) and row.date is not None:
            yield Found(
                ("states", state, "date"),
                f"row {state} of {register.treaty}: there is a date, and action is '{row.action}'",
                "write the action that was taken on that date, or delete the date",
                on_key=True,
            )
        elif isinstance(row.date, Interval) and row.date.after is None and row.date.before is None:
            yield Found(
                ("states", state, "date"),
                f"row {state} of {register.treaty}: the interval has neither end",
                "give after:, before:, or both",
                on_key=True,
            )
        elif row.date is None and row.checked is None and row.action is not Action.UNKNOWN:
            yield Found(
                ("states", state, "action"),
                f"row {state} of {register.treaty}: action is '{row.action}', and neither a date nor a day of checking is given",
                "add date:; where nobody has read it, add checked: the day it was seen to be a party",
            )


def state_missing(register: TreatyRegister, context: Context) -> Iterator[Found]:
    """A state without a row is left out of every table of the treaty, and silence looks like "no".

    A treaty's register has a row for every state of the repository; `action: unknown` is a row.
    """
    missing = sorted(context.states - register.states.keys())
    if missing:
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        yield Found(
            ("states",),
            f"the register of {register.treaty} has no row for {shown}",
            "add one a state; where nothing was read: {action: unknown, sources: []}",
            on_key=True,
        )


def replaces_unknown(register: MeasureRegister, context: Context) -> Iterator[Found]:
    """Whether a plan expired or was replaced is the first thing a reader asks of it.

    `replaces` and `amends` name other measures of the same register, which did not surely begin later. Of two measures only
    the later one says that it replaces the other.
    """
    by_id = {measure.id: measure for measure in register.measures}
    for number, measure in enumerate(register.measures):
        for key, named in (("replaces", measure.replaces), ("amends", measure.amends)):
            for position, other in enumerate(named):
                problem = _cannot(measure, key, other, by_id)
                if problem:
                    yield Found(("measures", number, key, position), *problem)


def voice_unknown(register: Register, context: Context) -> Iterator[Found]:
    """Whose word it is decides in which column it stands; a voice with a slip in it stands in none.

    `voice` of an entry is state, desk-review, assessment, reply, secretariat or civil-society/<org>.
    """
    for number, entry in enumerate(register.entries):
        voice, _, org = entry.voice.partition("/")
        if entry.voice not in VOICES and not (voice == ParallelReport.voice and org):
            hint = (
                f"name the organisation: {voice}/<org>"
                if voice == ParallelReport.voice
                else did_you_mean(
                    entry.voice, (*VOICES, ParallelReport.voice), f"allowed: {', '.join(VOICES)}, {ParallelReport.voice}/<org>"
                )
            )
            yield Found(
                (register.register(), number, "voice"),
                f"voice of {register.noun} {entry.id} is '{entry.voice}', which is no voice",
                hint,
            )


def _reversed(row: Ratification) -> tuple[str, str] | None:
    """What is surely in the wrong order in a row: the key to point at, and words."""
    date = None if row.action in (Action.NONE, Action.UNKNOWN) else row.date
    signed = row.signed if isinstance(row.signed, PartialDate) else None
    if isinstance(date, Interval) and date.after and date.before and date.after >= date.before:
        return "date", f"no day lies after '{date.after}' and before '{date.before}'"
    first, last = _bounds(date)
    if signed is not None and last is not None and signed.earliest > last:
        return "signed", f"signed '{signed}' is later than date '{_written(date)}'"
    if row.checked is not None and signed is not None and signed.earliest > row.checked:
        return "signed", f"signed '{signed}' is later than checked '{row.checked}'"
    if row.checked is not None and first is not None and first > row.checked:
        return "date", f"date '{_written(date)}' is later than checked '{row.checked}'"
    return None


def _bounds(date: Interval | PartialDate | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The earliest day on which the act was known, and the latest on which it can have been done."""
    if isinstance(date, Interval):
        return date.before or date.after, date.before
    return (date.earliest, date.latest) if date is not None else (None, None)


def _written(date: Interval | PartialDate | None) -> str:
    if isinstance(date, Interval):
        return ", ".join(f"{word} {day}" for word, day in (("after", date.after), ("before", date.before)) if day is not None)
    return str(date)


def _cannot(measure: Measure, key: str, other: str, by_id: dict[str, Measure]) -> tuple[str, str] | None:
    """Why a measure cannot replace or amend another: what is wrong, and what to do."""
    if other == measure.id:
        return f"measure {other} {key} itself", "name the older measure"
    if other not in by_id:
        hint = did_you_mean(other, by_id.keys() - {measure.id}, "add that measure to the register, or delete the id")
        return f"measure {measure.id} {key} '{other}', which the register does not have", hint
    begins, began = _begin(measure), _begin(by_id[other])
    if begins is not None and began is not None and began.earliest > begins.latest:
        return (
            f"measure {measure.id} ({begins}) {key} '{other}', which began later ({began})",
            f"write it the other way round, at {other}",
        )
    if key == "replaces" and measure.id in by_id[other].replaces and measure.id > other and (begins is None or began is None):
        return f"measures {measure.id} and {other} replace each other", "keep 'replaces' at the later of the two"
    return None


def _begin(measure: Measure) -> PartialDate | None:
    return measure.valid.since if measure.valid is not None and measure.valid.since is not None else measure.adopted


RULES = (
    Rule(Code("WP601", "treaty-dates-reversed"), treaty_dates_reversed, on=(TreatyRegister,)),
    Rule(Code("WP602", "undated-standing"), undated_standing, on=(TreatyRegister,)),
    Rule(Code("WP603", "state-missing", Severity.WARNING), state_missing, on=(TreatyRegister,), needs_whole=True),
    Rule(Code("WP604", "replaces-unknown"), replaces_unknown, on=(MeasureRegister,), needs_whole=True),
    Rule(Code("WP605", "voice-unknown"), voice_unknown, on=(Register,)),
)
