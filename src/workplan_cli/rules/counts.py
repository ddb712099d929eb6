"""Small counts: one to four persons can be recognised, so the record says `<5` and lets nobody work out more.

This module alone knows what figures give away. No message here repeats a figure.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workplan_cli.diagnostics import Code
from workplan_cli.model.submission import SUPPRESSED, AnswerSheet, Value
from workplan_cli.rules.rule import Context, Found, Rule

_LOW, _HIGH = 1, 4
_QUANTITIES = ("value", "part", "whole")
_TOTAL = frozenset({"total", "all"})
"""Words for "not broken down by this dimension", beside leaving the dimension out."""

Dimensions = frozenset[tuple[str, str]]


def small_count(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """One to four persons in a small place can be recognised, and git keeps what was once committed.

    Where the indicator's unit is persons, no `value`, `part` or `whole` is from 1 to 4; it is written `"<5"`. Zero is a
    figure like any other. Quotations and cells of tables are exempt: they stand in a published source.
    """
    for id_ in context.counting_persons:
        answer = sheet.answers.get(id_)
        if answer is None:
            continue
        for number, value in enumerate(answer.values):
            for quantity in _QUANTITIES:
                count = getattr(value, quantity)
                if count is not None and count != SUPPRESSED and 0 < count < _HIGH + 1:
                    yield Found(
                        ("answers", id_, "values", number, quantity),
                        f"{quantity} of {id_}{_which(value)} is a count of fewer than five persons",
                        'write "<5"; if it was committed before, it is still in git\'s history',
                    )


def recoverable_count(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """A count behind `<5` is hidden from nobody when a total and the other parts give it by subtraction.

    In the values of one answer and year, a row that lacks a dimension (or says total) is the total of the rows that have it,
    wherever their figures allow that. Each `<5` can then be any number from 1 to 4 that all its totals allow; when only one
    is left, it is found.
    """
    for id_ in context.counting_persons:
        answer = sheet.answers.get(id_)
        if answer is None or not answer.values:
            continue
        for quantity in _QUANTITIES:
            if any(getattr(value, quantity) == SUPPRESSED for value in answer.values):
                for number in recovered(answer.values, quantity):
                    which = _which(answer.values[number])
                    yield Found(
                        ("answers", id_, "values", number, quantity),
                        f"{quantity} of {id_}{which} is '<5', and its total and the other parts tell the number",
                        "leave out the total, or leave out the other parts",
                    )


def recovered(values: tuple[Value, ...], quantity: str) -> list[int]:
    """The positions of the suppressed values that the others tell, one a year."""
    found: list[int] = []
    for year in dict.fromkeys(value.year for value in values):
        rows = {
            number: _dimensions(value) for number, value in enumerate(values) if value.year == year and _given(value, quantity)
        }
        ranges = {number: _range(getattr(values[number], quantity)) for number in rows}
        _narrow(ranges, _sums(rows))
        told = [number for number in rows if getattr(values[number], quantity) == SUPPRESSED and not ranges[number].is_open]
        found += told[:1]
    return found


@dataclass
class _Range:
    """What a count can be, as far as a reader can tell."""

    low: float
    high: float

    @property
    def is_open(self) -> bool:
        return self.low < self.high


def _which(value: Value) -> str:
    """The year and dimensions of a value, in brackets."""
    words = [str(value.year)] if value.year is not None else []
    words += [f"{dimension} {word}" for dimension, word in value.dimensions.items()]
    return f" ({', '.join(words)})" if words else ""


def _given(value: Value, quantity: str) -> bool:
    return getattr(value, quantity) is not None


def _dimensions(value: Value) -> Dimensions:
    return frozenset((dimension, word) for dimension, word in value.dimensions.items() if word.casefold() not in _TOTAL)


def _range(count: float | str) -> _Range:
    return _Range(_LOW, _HIGH) if isinstance(count, str) else _Range(count, count)


def _sums(rows: Mapping[int, Dimensions]) -> list[tuple[int, list[int]]]:
    """Every total with its parts: the rows that say the same, each broken down by the same further dimensions."""
    by_shape: dict[frozenset[str], list[int]] = {}
    for number, dimensions in rows.items():
        by_shape.setdefault(frozenset(dimension for dimension, _ in dimensions), []).append(number)
    sums = []
    for shape, totals in by_shape.items():
        for finer, numbers in by_shape.items():
            if shape < finer:
                parts: dict[Dimensions, list[int]] = {}
                for number in numbers:
                    parts.setdefault(frozenset(pair for pair in rows[number] if pair[0] in shape), []).append(number)
                sums += [(total, parts[rows[total]]) for total in totals if rows[total] in parts]
    return sums


def _narrow(ranges: dict[int, _Range], sums: list[tuple[int, list[int]]]) -> None:
    """Narrow what each count can be by every sum it is in, until nothing moves. A sum that cannot be true is of parts that
    are not all.
    """
    moved = True
    while moved:
        moved = False
        for total, parts in sums:
            low, high = sum(ranges[part].low for part in parts), sum(ranges[part].high for part in parts)
            if high < ranges[total].low or low > ranges[total].high:
                continue
            moved |= _limit(ranges[total], low, high)
            for part in parts:
                one = ranges[part]
                moved |= _limit(one, ranges[total].low - (high - one.high), ranges[total].high - (low - one.low))
                low, high = sum(ranges[other].low for other in parts), sum(ranges[other].high for other in parts)


def _limit(one: _Range, low: float, high: float) -> bool:
    """Narrow a range to the whole numbers it shares with another; whether it moved. What shares nothing stays."""
    low, high = math.ceil(low), math.floor(high)
    if low > one.high or high < one.low or (low <= one.low and high >= one.high):
        return False
    one.low, one.high = max(one.low, low), min(one.high, high)
    return True


RULES = (
    Rule(Code("WP701", "small-count", confidential=True), small_count, on=(AnswerSheet,)),
    Rule(Code("WP702", "recoverable-count", confidential=True), recoverable_count, on=(AnswerSheet,), needs_whole=True),
)
