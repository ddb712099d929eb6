"""A walk through questions: each with its guidance and last round's answer, and every answer written as soon as it is given.

This module alone holds a conversation. It can be left at any point and taken up again: what is answered is not asked again.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workplan_cli.analysis.standing import Standing, standing_of
from workplan_cli.cli import terminal
from workplan_cli.cli.amending import Sitting, put
from workplan_cli.cli.composing import Typed, compose
from workplan_cli.cli.confirming import confirmed, hindrance
from workplan_cli.cli.question import asking, broken, choices, row
from workplan_cli.errors import WorkplanError
from workplan_cli.model.indicator import Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.submission import Absence, Reply, Result, Status

_WAITING = (Standing.UNANSWERED, Standing.CARRIED)


@dataclass
class _Person:
    """What a person is asked only once in a walk: the office that confirms."""

    role: str = ""


def waiting(sitting: Sitting) -> tuple[Indicator, ...]:
    """The questions that wait for an answer, in the order of the plan; what other answers made void is not among them. For a
    reply it is those that another voice answered and that have none."""
    record, page = sitting.desk.record, sitting.page()
    asked = [one for one in record.indicators.values() if one.answered_in and one.guideline in record.plan.guidelines]
    if sitting.voice == Reply.voice:
        said = {id_ for sheet in sitting.desk.replied_to(sitting.state, sitting.round).values() for id_ in sheet.answers}
        return tuple(one for one in asked if one.id in said and page.answer(one.id) is None)
    return tuple(one for one in asked if standing_of(one, page.document, record.indicators) in _WAITING)


def walk(sitting: Sitting, questions: Sequence[Indicator], language: str, typed: Typed, dry_run: bool) -> None:
    """Ask each question until all are asked or the person stops."""
    if not questions:
        terminal.emit("nothing waits for an answer\n")
        return
    person, answered = _Person(), 0
    place = _beside(sitting, questions, -1, 1)
    try:
        while place < len(questions):
            one = questions[place]
            head, keys = f"\n{place + 1} of {len(questions)}  {one.id}\n", broken(f"  {_keys(sitting, one)}")
            terminal.emit(f"{head}{asking(sitting, one, language)}{keys}")
            said = _listen("> ")
            if said is None or said == "q":
                break
            if said not in ("", "s", "b"):
                try:
                    answered += _taken(sitting, one, said, language, typed, person, dry_run)
                except WorkplanError as error:  # said, and asked again
                    terminal.say(error.message, error.hint)
                    continue
                sitting = sitting.again()
            place = _beside(sitting, questions, place, -1 if said == "b" else 1)
    finally:  # however it is left, what was answered is written, and what to type to go on is said
        voice = "" if sitting.voice == "state" else f" --voice {sitting.voice}"
        left = len(waiting(sitting))
        go_on = f"; to go on: workplan answer {sitting.state} --round {sitting.round}{voice}" if left else ""
        terminal.emit("\n" + broken(f"{answered} answered, {left} left{go_on}"))


def _taken(sitting: Sitting, one: Indicator, said: str, language: str, typed: Typed, person: _Person, dry_run: bool) -> int:
    """What a person typed made an answer, and written. Returns how many answers that changed."""
    page = sitting.page()
    if said == "c" and _is_carried(sitting, one):
        return _confirm(sitting, one, person, dry_run)
    is_reply = sitting.voice == Reply.voice
    words = [] if said == "n" and is_reply else _words(one, said)
    more = typed if typed.reason else replace(typed, reason=_reason(words))
    if is_reply and not typed.note:
        more = replace(more, note=_listen("in words: ") or None)
    if not words and not more.note:
        raise WorkplanError("nothing is said", "write the reply in words, or answer the question")
    answer, pieces = compose(sitting, one, words, _with_evidence(more, answer_claims(words), page.evidence), language)
    return put(sitting, page, {one.id: answer}, pieces, dry_run)


def _confirm(sitting: Sitting, one: Indicator, person: _Person, dry_run: bool) -> int:
    """A carried answer confirmed as it is, today; where its text has changed, not before both are read."""
    page, today, seen = sitting.page(), datetime.date.today(), None
    answer = page.answer(one.id)
    against = hindrance(sitting, one, answer, today, seen)
    if against is not None and against.revision is not None:
        terminal.emit("".join(map(broken, (*against.texts, "the text has changed in meaning"))))
        held = _listen("does the answer hold for it? y/n: ")
        if held not in ("y", "yes"):
            raise WorkplanError(f"{one.id} is not confirmed", "answer it anew, or skip it: s")
        against = hindrance(sitting, one, answer, today, against.revision)
    if against is not None or answer is None:
        why, hint = (against.why, against.hint) if against else ("there is none", "")
        raise WorkplanError(f"{one.id} is not confirmed: {why}", hint)
    while not person.role:
        terminal.emit(broken(f"confirmed today, {today}, by which office? It is published; no person's name."))
        said = _listen("office: ")
        if said is None:
            raise WorkplanError("not confirmed: the office is not given")
        person.role = said
    return put(sitting, page, {one.id: confirmed(sitting, one, answer, today, person.role)}, {}, dry_run)


def _beside(sitting: Sitting, questions: Sequence[Indicator], place: int, step: int) -> int:
    """The place of the question before or behind one, without those that other answers made void; before the first is none."""
    there = place + step
    while 0 <= there < len(questions) and _is_void(sitting, questions[there]):
        there += step
    return max(place, 0) if there < 0 else there


def _is_void(sitting: Sitting, one: Indicator) -> bool:
    """Whether another answer has made a question void."""
    return bool(one.asked_if) and (
        standing_of(one, sitting.page().document, sitting.desk.record.indicators) is Standing.NOT_ASKED
    )


def _is_carried(sitting: Sitting, one: Indicator) -> bool:
    answer = sitting.page().answer(one.id)
    return answer is not None and answer.status is Status.CARRIED


def _keys(sitting: Sitting, one: Indicator) -> str:
    """What a person may type beside an answer."""
    keys = ["c confirm as it is"] if _is_carried(sitting, one) else []
    keys += ["n reply in words"] if sitting.voice == Reply.voice else []
    return row((*keys, "s skip", "b back", "q stop"), " · ")


def answer_claims(words: Sequence[str]) -> bool:
    """Whether what is said claims that something is carried out."""
    return bool({Result.IMPLEMENTED.value, Result.PARTIAL.value} & set(words))


def _words(indicator: Indicator, said: str) -> list[str]:
    """What was typed, with numbers turned into the words they stand for."""
    by_number = choices(indicator)
    if by_number:
        typed = [one.strip() for one in said.replace(" ", ",").split(",") if one.strip()]
        named = [by_number[int(one) - 1] if one.isdecimal() and 0 < int(one) <= len(by_number) else one for one in typed]
        return named if len(named) == 1 else [",".join(named)]
    return said.split() if isinstance(indicator, NumberIndicator | RateIndicator) else [said]


def _reason(words: Sequence[str]) -> str | None:
    if not {Absence.NOT_APPLICABLE.value, Absence.NOT_PURSUED.value} & set(words):
        return None
    return _listen("why: ") or None


def _with_evidence(typed: Typed, claims: bool, there: Iterable[str]) -> Typed:
    """The same, with the evidence that the person names for a claim."""
    if not claims or typed.evidence or typed.source:
        return typed
    held = ", ".join(there)
    said = _listen(f"evidence, ids with a comma{f' ({held})' if held else ''}, or a source: ")
    named = [one.strip() for one in (said or "").split(",") if one.strip()]
    if len(named) == 1 and named[0] not in there:
        return replace(
            typed, source=named[0], pinpoint=_listen("where in it: ") or None, quotation=_listen("its words there: ") or None
        )
    return replace(typed, evidence=tuple(named))


def _listen(prompt: str) -> str | None:
    """A line that a person types; None when the input ends."""
    terminal.complain(prompt)
    try:
        return input().strip()
    except EOFError:
        return None
