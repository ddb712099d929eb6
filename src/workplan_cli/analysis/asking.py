"""Which questions are put: an indicator with `asked_if` is asked only after certain answers to others.

This module alone knows when an answer makes a question void. Silence never does: while the answer a question depends on is
missing, the question stays open, so that nothing disappears because nobody spoke.
"""

from collections.abc import Callable, Mapping

from workplan_cli.model.indicator import Indicator
from workplan_cli.model.submission import Absence, Answer, Status

Given = Callable[[str], tuple[int, Answer] | None]
"""The answer that stands on an indicator, by its id, with the place of its round; None where there is none."""

_SETTLED = (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED)
"""The absences that say how things are; the others leave it open."""


def counts(answer: Answer) -> bool:
    """Whether an entry counts as an answer at all: what was carried from the last round does only once it is confirmed."""
    return answer.status is not Status.CARRIED or answer.confirmed is not None


def tells(answer: Answer | None) -> bool:
    """Whether an entry is an answer that others can depend on."""
    return (
        answer is not None and counts(answer) and (answer.result is not None or answer.absence is not None or bool(answer.choice))
    )


def void_since(indicator: Indicator, given: Given, indicators: Mapping[str, Indicator]) -> int | None:
    """The place of the round in which an answer made the question void; None while it is put.

    It is void when the answer it depends on is another one, or when that question is itself void and was not answered since.
    """
    return _void(indicator, given, indicators, frozenset()) if indicator.asked_if else None


def _void(indicator: Indicator, given: Given, indicators: Mapping[str, Indicator], seen: frozenset[str]) -> int | None:
    found = None
    for other, wanted in indicator.asked_if.items():
        if other in seen:  # a circle, which a rule reports
            continue
        answered = given(other)
        before = indicators.get(other)
        place = _void(before, given, indicators, seen | {other}) if before is not None and before.asked_if else None
        if answered is not None and (place is None or place <= answered[0]):
            place = answered[0] if _excludes(answered[1], wanted) else None
        if place is not None and (found is None or place > found):
            found = place
    return found


def _excludes(answer: Answer, wanted: tuple[str, ...]) -> bool:
    if answer.absence is not None:
        return answer.absence in _SETTLED
    if answer.result is not None:
        return answer.result.value not in wanted
    return bool(answer.choice) and not any(option in wanted for option in answer.choice)
