"""Figures: numbers that can be added, compared and drawn.

This module alone knows how the values of one answer hang together. A count written `<5` is a number between one and four.
"""

from collections.abc import Iterator, Mapping

from workplan_cli.diagnostics import Code, Pointer, did_you_mean
from workplan_cli.model.submission import AnswerSheet, Value
from workplan_cli.rules.rule import Context, Found, Rule


def part_exceeds_whole(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """More trained officers than there are officers: one of the two numbers is wrong, or they are in the wrong order.

    `part` is at most `whole`. `<5` counts as any number from one to four, and is reported only where none of them fits.
    """
    for id_ in context.measured:
        answer = sheet.answers.get(id_)
        for row, value in enumerate(answer.values if answer else ()):
            part, whole = value.part, value.whole
            if part is not None and whole is not None and _least(part) > _most(whole):
                place = ("answers", id_, "values", row, "part")
                message = f"the part in figure {row + 1} of {id_} is more than its whole"
                yield Found(place, message, "exchange the two, or correct the one that is wrong")


def _least(amount: float | str) -> float:
    return 1 if isinstance(amount, str) else amount


def _most(amount: float | str) -> float:
    return 4 if isinstance(amount, str) else amount


def wrong_dimension(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """A figure whose year or group is not clear can be put into no table.

    A value has a `year` where the indicator asks for it, no dimension but those in the indicator's `by`, and no other value of
    the answer has the same year and dimensions. A value that leaves a dimension out is a total over it.
    """
    if context.unread_indicators:
        return
    for id_, indicator in context.measured.items():
        answer = sheet.answers.get(id_)
        if answer is not None and answer.values:
            yield from _dimensions(id_, answer.values, indicator.by)


def _dimensions(id_: str, values: tuple[Value, ...], by: tuple[str, ...]) -> Iterator[Found]:
    by_year = "year" in by
    seen: dict[tuple[int | tuple[str, str] | None, ...], int] = {}
    for row, value in enumerate(values):
        year, extra = value.year, value.dimensions
        wrong = next((name for name in extra if name not in by), None) if extra else None
        if wrong is not None or (year is None) is by_year:
            yield _misplaced(("answers", id_, "values", row), by, wrong)
            continue
        key = (year, *extra.items()) if len(extra) < 2 else (year, *sorted(extra.items()))
        first = seen.setdefault(key, row)
        if first != row:
            message = f"figure {row + 1} of {id_} has the year and dimensions of figure {first + 1}: {_words(year, extra)}"
            yield Found(("answers", id_, "values", row), message, "keep one of the two, or say what tells them apart")


def _misplaced(place: Pointer, by: tuple[str, ...], wrong: str | None) -> Found:
    """A figure with a dimension that is not asked for, or whose year is there and not asked for, or asked for and not there."""
    subject = f"figure {int(place[-1]) + 1} of {place[1]}"
    if wrong is None and "year" in by:
        return Found(place, f"{subject} has no year", "add year: the year it counts")
    wrong = wrong or "year"
    otherwise = f"the indicator is asked by: {', '.join(by) or 'nothing'}"
    message = f"{subject} has '{wrong}', which the indicator does not ask for"
    return Found((*place, wrong), message, did_you_mean(wrong, (*by, "value", "part", "whole"), otherwise), on_key=True)


def _words(year: int | None, dimensions: Mapping[str, str]) -> str:
    words = [f"year {year}"] if year is not None else []
    return ", ".join([*words, *(f"{name} {word}" for name, word in dimensions.items())]) or "none"


RULES = (
    Rule(Code("WP404", "part-exceeds-whole"), part_exceeds_whole, on=(AnswerSheet,)),
    Rule(Code("WP409", "wrong-dimension"), wrong_dimension, on=(AnswerSheet,)),
)
