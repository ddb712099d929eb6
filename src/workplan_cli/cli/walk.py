"""A walk through questions: each with its guidance and last round's answer, and every answer written as soon as it is given.

This module alone holds a conversation. It can be left at any point and taken up again: what is answered is not asked again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workplan_cli.analysis.standing import Standing, standing_of
from workplan_cli.cli import given, terminal
from workplan_cli.cli.amending import Sitting, put
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.indicator import ChoiceIndicator, ImplementationIndicator, Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.submission import Absence, Answer, Result, Status
from workplan_cli.model.text import in_language
from workplan_cli.storage import spelling

if TYPE_CHECKING:
    from workplan_cli.cli.answer import Typed

_WAITING = (Standing.UNANSWERED, Standing.CARRIED)
_KEYS = "s skip · b back · q stop"


def waiting(sitting: Sitting) -> tuple[Indicator, ...]:
    """The questions that wait for an answer, in the order of the plan; what other answers made void is not among them."""
    record, page = sitting.desk.record, sitting.page()
    asked = [one for one in record.indicators.values() if one.answered_in and one.guideline in record.plan.guidelines]
    return tuple(one for one in asked if standing_of(one, page.document, record.indicators) in _WAITING)


def walk(sitting: Sitting, questions: Sequence[Indicator], language: str, typed: "Typed", dry_run: bool) -> None:
    """Ask each question until all are asked or the person stops."""
    from workplan_cli.cli.answer import compose

    if not questions:
        terminal.emit("nothing waits for an answer\n")
        return
    place, answered = 0, 0
    while 0 <= place < len(questions):
        one = questions[place]
        page = sitting.page()
        if one.asked_if and standing_of(one, page.document, sitting.desk.record.indicators) is Standing.NOT_ASKED:
            place += 1
            continue
        terminal.emit(f"\n{place + 1} of {len(questions)}  {one.id}\n{asking(sitting, one, language)}")
        said = _listen("> ")
        if said is None or said == "q":
            break
        if said in ("", "s", "b"):
            place = max(0, place - 1) if said == "b" else place + 1
            continue
        try:
            words = _words(one, said)
            more = typed if typed.reason else replace(typed, reason=_reason(words))
            answer, pieces = compose(sitting, one, words, _with_evidence(more, answer_claims(words), page.evidence), language)
            answered += put(sitting, page, {one.id: answer}, pieces, dry_run)
        except WorkplanError as error:  # said, and asked again
            terminal.say(error.message, error.hint)
            continue
        sitting = sitting.again()
        place += 1
    left = len(questions) - answered
    terminal.emit(f"\n{answered} answered, {left} left; to go on: workplan answer {sitting.state} --round {sitting.round}\n")


def asking(sitting: Sitting, indicator: Indicator, language: str) -> str:
    """A question in words: itself, its guidance, what was said last time, what it takes."""
    lines = [_say(in_language(indicator.question, language)), f"  {_say(in_language(indicator.guidance, language))}"]
    before = sitting.desk.before(sitting.state, sitting.round, sitting.voice)
    last = before.answers.get(indicator.id) if before is not None else None
    if last is not None and before is not None:
        lines.append(f"  in {before.round}: {visible(_short(last))}")
    standing = sitting.page().answer(indicator.id)
    if standing is not None:
        carried = "carried, to be confirmed" if standing.status is Status.CARRIED else "now"
        lines.append(f"  {carried}: {visible(_short(standing))}")
    choices = _choices(indicator)
    if choices:
        lines.append("  " + "   ".join(f"{number} {name}" for number, name in enumerate(choices, 1)))
        lines += [
            f"    {number} = {_say(in_language(indicator.options[name], language))}"
            for number, name in enumerate(choices, 1)
            if isinstance(indicator, ChoiceIndicator) and name in indicator.options
        ]
    if not isinstance(indicator, ImplementationIndicator | ChoiceIndicator):
        lines.append(f"  {given.takes(indicator)}")
    return "".join(f"{line}\n" for line in (*lines, f"  {_KEYS}"))


def answer_claims(words: Sequence[str]) -> bool:
    """Whether what is said claims that something is carried out."""
    return bool({Result.IMPLEMENTED.value, Result.PARTIAL.value} & set(words))


def _choices(indicator: Indicator) -> tuple[str, ...]:
    """The words that stand for themselves by number."""
    if isinstance(indicator, ImplementationIndicator):
        return (*(one.value for one in Result), *(one.value for one in Absence))
    return (*indicator.options, *(one.value for one in Absence)) if isinstance(indicator, ChoiceIndicator) else ()


def _words(indicator: Indicator, said: str) -> list[str]:
    """What was typed, with numbers turned into the words they stand for."""
    choices = _choices(indicator)
    if choices:
        typed = [one.strip() for one in said.replace(" ", ",").split(",") if one.strip()]
        named = [choices[int(one) - 1] if one.isdecimal() and 0 < int(one) <= len(choices) else one for one in typed]
        return named if len(named) == 1 else [",".join(named)]
    return said.split() if isinstance(indicator, NumberIndicator | RateIndicator) else [said]


def _reason(words: Sequence[str]) -> str | None:
    if not {Absence.NOT_APPLICABLE.value, Absence.NOT_PURSUED.value} & set(words):
        return None
    return _listen("why: ") or None


def _with_evidence(typed: "Typed", claims: bool, there: Iterable[str]) -> "Typed":
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


def _short(answer: Answer) -> str:
    said = {name: value for name, value in spelling.given(answer).items() if name in given.FIELDS}
    return ", ".join(spelling.flow(value) for value in said.values())


def _say(words: tuple[str, str]) -> str:
    return visible(words[0])


def _listen(prompt: str) -> str | None:
    """A line that a person types; None when the input ends."""
    terminal.complain(prompt)
    try:
        return input().strip()
    except EOFError:
        return None
