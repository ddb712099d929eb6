"""Indicators: questions that are asked, of the text that is in force.

This module alone knows what a question needs beyond its shape.
"""

from collections.abc import Iterator, Mapping

from workplan_cli.diagnostics import Code, did_you_mean
from workplan_cli.model.indicator import ChoiceIndicator, ImplementationIndicator, Indicator, IndicatorTable
from workplan_cli.model.submission import Result
from workplan_cli.rules.rule import Context, Found, Rule


def condition_of_asking(table: IndicatorTable, context: Context) -> Iterator[Found]:
    """A condition that can never hold hides a question from everyone.

    The words under `asked_if` are results (`implemented`, `partial`, `planned`, `not-implemented`) or options of the indicator
    they stand with. Indicators do not wait for each other in a circle.
    """
    if context.unread_indicators:
        return
    for number, indicator in enumerate(table.indicators):
        for id_, words in indicator.asked_if.items():
            place = ("indicators", number, "asked_if", id_)
            if id_ in context.indicators:
                yield from _condition(place, indicator, context.indicators[id_], words)
        circle = _circle(indicator.id, context.indicators)
        if circle:
            message = f"indicator {indicator.id} waits for itself: {' after '.join(circle)}"
            yield Found(("indicators", number, "asked_if"), message, "take one of them out of asked_if")


def _condition(place: tuple[str | int, ...], indicator: Indicator, asked: Indicator, words: tuple[str, ...]) -> Iterator[Found]:
    answers = _answers(asked)
    if answers is None:
        message = f"indicator {indicator.id} is asked after {asked.id}, which is answered with a {asked.type}"
        yield Found(place, message, "name an indicator of type implementation or choice", on_key=True)
    elif not words:
        yield Found(
            place, f"indicator {indicator.id} is asked after no answer to {asked.id}", f"name some of: {', '.join(answers)}"
        )
    else:
        for position, word in enumerate(words):
            if word not in answers:
                message = f"indicator {indicator.id} is asked when {asked.id} is '{word}', which is no answer to it"
                yield Found((*place, position), message, did_you_mean(word, answers, f"allowed: {', '.join(answers)}"))


def _answers(indicator: Indicator) -> tuple[str, ...] | None:
    """The words an indicator can be answered with, or None when it is not answered with words."""
    if isinstance(indicator, ImplementationIndicator):
        return tuple(result.value for result in Result)
    return tuple(indicator.options) if isinstance(indicator, ChoiceIndicator) else None


def _circle(start: str, indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    """The way from an indicator back to itself along `asked_if`, for the member of the circle whose id comes first; else
    nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        indicator = indicators.get(way[-1])
        for id_ in indicator.asked_if if indicator else ():
            if id_ == start and start == min(way):
                return (*way, start)
            if id_ not in seen:
                seen.add(id_)
                ways.append((*way, id_))
    return ()


def question_of_another_revision(table: IndicatorTable, context: Context) -> Iterator[Found]:
    """A question written for an older text asks for what the guideline no longer says.

    `revision` of an indicator is a revision of its guideline, not older than its last change of meaning.
    """
    for number, indicator in enumerate(table.indicators):
        home = context.plan.guidelines.get(indicator.guideline)
        if home is None or not home.is_in_order or home.meaning <= indicator.revision <= home.revision:
            continue
        place = ("indicators", number, "revision")
        subject = f"indicator {indicator.id} is written for revision {indicator.revision} of {home.id}"
        if indicator.revision > home.revision:
            yield Found(place, f"{subject}, which is at revision {home.revision}", f"write revision: {home.revision}")
        else:
            message = f"{subject}; its meaning changed in revision {home.meaning}"
            hint = f"read both texts (workplan show {home.id}), amend the question, then write revision: {home.revision}"
            yield Found(place, message, hint)


RULES = (
    Rule(Code("WP311", "condition-of-asking"), condition_of_asking, on=(IndicatorTable,)),
    Rule(Code("WP313", "question-of-another-revision"), question_of_another_revision, on=(IndicatorTable,)),
)
