"""The words that people use for a period, a round, a state, a chapter and a voice, and the one thing in the record that each
means.

This module alone knows them. A word that means nothing raises WorkplanError, with the nearest that does or with all there are.
"""

import datetime
import re
from collections.abc import Iterable, Sequence

from workplan_cli.analysis.subjects import Kind, find, nearest, subjects
from workplan_cli.cli.options import words
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.plan import Period, Plan
from workplan_cli.model.record import Record

ANSWERING = ("state", "desk-review")
"""The voices that are to answer every question; the others speak to those they choose."""
KINDS = (*ANSWERING, "assessment", "reply", "civil-society")
"""The kinds of voices; those of civil society are named with the organisation: civil-society/harvest-hands."""


def when(period: str | None, round_: str | None, as_of: datetime.date | None, plan: Plan) -> tuple[str | None, Period]:
    """The round, where one is named, and the period that is meant or holds the round: it gives the day."""
    if round_ is None:
        return None, _period(period, plan)
    if period is not None:
        raise WorkplanError("--period and --round are both given", "name one of them")
    id_ = _dated(round_, "round", plan.round_ids)
    around = [one for one in plan.periods if id_ in one.rounds]
    if around:
        return id_, max(around, key=lambda one: one.as_of)
    if as_of is None:
        raise WorkplanError(f"the round '{id_}' is in no period, which would give the day", "name the day: --as-of 2018-12-31")
    return id_, Period.model_construct(id=id_, rounds=(id_,), as_of=as_of)


def _period(word: str | None, plan: Plan) -> Period:
    if not plan.periods:
        raise WorkplanError("the plan has no period, which is what a report is on", _first_period(tuple(plan.round_ids)))
    if word is None:
        found = max(plan.periods, key=lambda period: period.as_of)
    else:
        id_ = _dated(word, "period", tuple(period.id for period in plan.periods))
        found = next(period for period in plan.periods if period.id == id_)
    if not any(round_ in plan.round_ids for round_ in found.rounds):
        raise WorkplanError(f"the period '{found.id}' has no round of the plan", "see what is wrong with it: workplan validate")
    return found


def _first_period(rounds: tuple[str, ...]) -> str:
    """How a plan comes to its first period."""
    if not rounds:
        return "open a round first: workplan round open 2019-2020"
    day = "the day of which it speaks"
    return f'begin one: workplan new period {rounds[-1]} --set rounds={",".join(rounds)} --set as_of="{day}"'


def round_of(word: str, plan: Plan) -> str:
    """The round that is meant."""
    return _dated(word, "round", plan.round_ids)


def _dated(word: str, what: str, ids: Sequence[str]) -> str:
    """The id that is meant: by itself, with another dash, or by its last year or its first."""
    plain = re.sub(r"[\s/\-‐-―−]+", "-", word.strip().casefold())
    for fits in (
        [id_ for id_ in ids if id_.casefold() == plain],
        [id_ for id_ in ids if re.split(r"[-.]", id_)[-1] == plain],
        [id_ for id_ in ids if re.split(r"[-.]", id_)[0] == plain],
    ):
        if len(fits) == 1:
            return fits[0]
    raise WorkplanError(
        f"there is no {what} '{visible(word)}'", f"there are: {', '.join(ids)}" if ids else f"the plan has no {what}s"
    )


def ids(written: Iterable[str], kind: Kind, record: Record, there: Sequence[str]) -> tuple[str, ...]:
    """The ids of the states, chapters or guidelines that words mean, in the order of `there`; a comma parts two words."""
    known = [subject for subject in subjects(record) if subject.kind is kind and subject.id in there]
    wanted = set()
    for word in words(written):
        found = {id_ for id_ in there if id_.casefold() == word.casefold()} or {one.id for one in find(word, known)}
        if not found:
            guess = nearest(word, known)
            hint = f"did you mean '{guess}'?" if guess else f"there are: {', '.join(there)}"
            raise WorkplanError(f"there is no {kind.value} '{word}'", hint)
        if len(found) > 1:
            raise WorkplanError(f"'{word}' may mean {len(found)} {kind.value}s", f"name one: {', '.join(sorted(found))}")
        wanted |= found
    return tuple(id_ for id_ in there if id_ in wanted)


def voices(written: Iterable[str], there: Sequence[str]) -> tuple[str, ...]:
    """The voices that words mean, of those that speak; for no word the states' own, which is shown even when silent, and the
    others.
    """
    chosen = []
    for word in words(written):
        organisations = [voice for voice in there if voice.startswith(f"{word}/")]
        if word not in (*KINDS, *there):
            names = dict.fromkeys((*there, *KINDS))
            raise WorkplanError(f"there is no voice '{word}'", did_you_mean(word, names, f"there are: {', '.join(names)}"))
        if word == "civil-society" and not organisations:
            raise WorkplanError(
                "no organisation of civil society speaks in these rounds", f"there are: {', '.join(there) or 'none'}"
            )
        chosen += organisations or [word]
    return tuple(dict.fromkeys(chosen or ("state", *there)))
