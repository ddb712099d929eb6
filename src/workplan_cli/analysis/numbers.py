"""Numbers of states, and what may be made of them.

This module alone knows when numbers may be put together: only by the indicator's declared rule, only figures of one indicator
(and so of one definition) that count the same thing, and never across a suppressed one. `<5` is an interval; nothing here
guesses within it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workplan_cli.analysis.standing import ANSWERS, Cell
from workplan_cli.model.indicator import Aggregate, Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.submission import SUPPRESSED, Value

Amount = int | float
Key = tuple[int | None, tuple[tuple[str, str], ...]]
"""What a figure counts: its year, and its other dimensions by name."""


@dataclass(frozen=True)
class Count:
    """A count as far as it is known: from `low` to `high`, which are equal except for a suppressed one."""

    low: Amount
    high: Amount

    @classmethod
    def of(cls, amount: Amount | str) -> "Count":
        """A count as it was written."""
        return cls(1, 4) if amount == SUPPRESSED else cls(amount, amount)  # type: ignore[arg-type]

    @property
    def is_suppressed(self) -> bool:
        """Whether it is known to be there and not written as such."""
        return self.low != self.high

    def __str__(self) -> str:
        return SUPPRESSED if self.is_suppressed else str(self.low)


@dataclass(frozen=True)
class Figure:
    """One figure of one state: a value, or a part and its whole."""

    indicator: str
    state: str
    year: int | None
    dimensions: tuple[tuple[str, str], ...]
    counts: tuple[Count, ...]
    round: str

    @property
    def key(self) -> Key:
        """What it counts."""
        return self.year, self.dimensions


@dataclass(frozen=True)
class Total:
    """The figures of several states that count the same. `counts` is None where they are not put together, and `why` says why."""

    indicator: str
    year: int | None
    dimensions: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    """Those that gave the figure."""
    counts: tuple[Amount, ...] | None
    why: str = ""


def figures(cells: Sequence[Cell]) -> Iterator[Figure]:
    """The figures of one indicator's cells, oldest round first. A figure given again in a later round is the later one."""
    found: dict[Key, Figure] = {}
    for cell in cells:
        if cell.answer is None or cell.standing not in ANSWERS:
            continue
        for value in cell.answer.values:
            counts = _counts(value, cell.indicator)
            if counts:
                dimensions = tuple(sorted(value.dimensions.items()))
                one = Figure(cell.indicator.id, cell.state, value.year, dimensions, counts, cell.round)
                found[one.key] = one
    yield from found.values()


def totals(indicator: Indicator, given: Iterable[Figure]) -> tuple[Total, ...]:
    """The figures of one indicator put together as far as its rule allows, by year and dimensions."""
    if not isinstance(indicator, NumberIndicator | RateIndicator):
        return ()
    by_key: dict[Key, list[Figure]] = {}
    for one in given:
        if one.indicator == indicator.id:
            by_key.setdefault(one.key, []).append(one)
    order = sorted(by_key, key=lambda key: (key[0] is None, key[0] or 0, key[1]))
    return tuple(_total(indicator.id, key, by_key[key], indicator.aggregate) for key in order)


def _total(indicator: str, key: Key, given: list[Figure], rule: Aggregate) -> Total:
    states = tuple(sorted(one.state for one in given))
    why = _hindrance(given, rule)
    counts = None if why else tuple(_sum(column) for column in zip(*(one.counts for one in given), strict=True))
    return Total(indicator, *key, states, counts, why)


def _hindrance(given: list[Figure], rule: Aggregate) -> str:
    if rule is not Aggregate.SUM:
        return "the indicator does not allow it"
    return "one of them is suppressed" if any(count.is_suppressed for one in given for count in one.counts) else ""


def _sum(counts: Iterable[Count]) -> Amount:
    """The exact sum: decimals are added as they were written, in whatever order they come."""
    exact = sum((Fraction(str(count.low)) for count in counts), Fraction(0))
    return int(exact) if exact.denominator == 1 else float(exact)


def _counts(value: Value, indicator: Indicator) -> tuple[Count, ...]:
    if isinstance(indicator, NumberIndicator):
        return (Count.of(value.value),) if value.value is not None else ()
    if isinstance(indicator, RateIndicator) and value.part is not None and value.whole is not None:
        return Count.of(value.part), Count.of(value.whole)
    return ()
