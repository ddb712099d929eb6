"""Which figures of a table may stand side by side without telling what `<5` hides.

This module alone works out what a reader can. It is stricter than the rule `recoverable-count`, because what an import leaves
out is not missed: totals that no row gives are inferred, figures are tried against one another, and a rest of one to four
persons that is in no row counts as told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from workplan_cli.exchange.imports.written import Amount
from workplan_cli.model.submission import SUPPRESSED

Cell = frozenset[tuple[str, str]]
"""What a figure counts: its dimensions, each with its word; none for the undivided figure."""
Level = frozenset[str]
"""The dimensions by which a figure is broken down."""

_HIDDEN = (1, 4)
_ANY = (0, 10**15)
_PATIENCE = 200
"""Rounds after which figures that still move are said to contradict each other; real tables settle in five."""
_MOST = 2_000
"""Figures of one state in one year that can be tried against one another in good time."""

Ranges = dict[Cell, tuple[float, float]]


@dataclass(frozen=True)
class _Sum:
    """A total, and all its parts on one level."""

    total: Cell
    parts: tuple[Cell, ...]


class _Contradiction(Exception):
    def __init__(self, sum_: _Sum) -> None:
        super().__init__()
        self.sum = sum_


def level_of(cell: Cell) -> Level:
    """The level of a cell."""
    return frozenset(dimension for dimension, _ in cell)


def safe_levels(figures: Mapping[Cell, Amount], wanted: Sequence[Level]) -> frozenset[Level]:
    """The levels of one year's figures that can be kept together: the wanted first, then the others, the coarser first."""
    levels = {level_of(cell) for cell in figures}
    others = sorted(levels - set(wanted), key=lambda level: (len(level), sorted(level)))
    kept: dict[Cell, Amount] = {}
    safe = set()
    for level in (*(level for level in wanted if level in levels), *others):
        more = {cell: amount for cell, amount in figures.items() if level_of(cell) == level}
        if not tells({**kept, **more}):
            kept |= more
            safe.add(level)
    return frozenset(safe)


def tells(figures: Mapping[Cell, Amount]) -> bool:
    """Whether figures of one year, taken together, tell a count of one to four persons. Of too many it is taken for granted."""
    if len(figures) > _MOST:
        return True
    hidden = [cell for cell, amount in figures.items() if amount == SUPPRESSED]
    given = {cell: _range(amount) for cell, amount in figures.items()}
    seen = _narrowed(given, list(_sums(given)), forgiving=True)
    if any(seen[cell][0] == seen[cell][1] for cell in hidden):
        return True
    cells = dict.fromkeys(_inferred(figures), _ANY) | given
    ranges, holding, broken = _settled(cells, list(_sums(cells)))
    unseen = [cell for cell in cells if cell not in given or cell in hidden]
    return any(_is_told(cell, ranges, holding) for cell in unseen) or any(_leaves_a_few(one, ranges) for one in broken)


def _range(amount: Amount) -> tuple[float, float]:
    return _HIDDEN if isinstance(amount, str) else (amount, amount)


def _inferred(figures: Iterable[Cell]) -> Iterator[Cell]:
    """The totals that a reader may add up without a row for them."""
    for cell in figures:
        for size in range(len(cell)):
            yield from map(frozenset, combinations(sorted(cell), size))


def _sums(cells: Iterable[Cell]) -> Iterator[_Sum]:
    """Every total with its parts on each finer level."""
    by_level: dict[Level, list[Cell]] = {}
    for cell in cells:
        by_level.setdefault(level_of(cell), []).append(cell)
    for coarse, totals in by_level.items():
        for fine, parts in by_level.items():
            if coarse < fine:
                for total in totals:
                    if own := tuple(part for part in parts if total <= part):
                        yield _Sum(total, own)


def _settled(ranges: Ranges, sums: list[_Sum]) -> tuple[Ranges, list[_Sum], list[_Sum]]:
    """What each cell can be; the sums that hold; and those that cannot, because the parts are not all there or the table
    contradicts itself."""
    broken: list[_Sum] = []
    while True:
        try:
            return _narrowed(ranges, sums), sums, broken
        except _Contradiction as found:
            broken.append(found.sum)
            sums = [one for one in sums if one is not found.sum]


def _narrowed(ranges: Ranges, sums: Sequence[_Sum], forgiving: bool = False) -> Ranges:
    """Ranges narrowed by every sum until nothing moves.

    Raises _Contradiction, unless it is forgiving: then what a sum does not allow stays as it is. Sums that push one another on
    and on contradict each other too.
    """
    ranges = dict(ranges)
    last = None
    for _ in range(_PATIENCE):
        moved = None
        for one in sums:
            low, high = _between(one.parts, ranges)
            if forgiving and (high < ranges[one.total][0] or low > ranges[one.total][1]):
                continue
            moved = one if _limit(one.total, low, high, ranges, one, forgiving) else moved
            least, most = ranges[one.total]
            for part in one.parts:
                was = ranges[part]
                if _limit(part, least - (high - was[1]), most - (low - was[0]), ranges, one, forgiving):
                    low, high, moved = low + ranges[part][0] - was[0], high + ranges[part][1] - was[1], one
        if moved is None:
            return ranges
        last = moved
    if forgiving or last is None:
        return ranges
    raise _Contradiction(last)


def _between(parts: Iterable[Cell], ranges: Ranges) -> tuple[float, float]:
    low = high = 0.0
    for part in parts:
        low, high = low + ranges[part][0], high + ranges[part][1]
    return low, high


def _limit(cell: Cell, low: float, high: float, ranges: Ranges, by: _Sum, forgiving: bool) -> bool:
    """Narrow one range; whether it moved."""
    before = ranges[cell]
    after = max(before[0], low), min(before[1], high)
    if after[0] > after[1]:
        if forgiving:
            return False
        raise _Contradiction(by)
    ranges[cell] = after
    return after != before


def _is_told(cell: Cell, ranges: Ranges, sums: Sequence[_Sum]) -> bool:
    """Whether a count that no row shows can be only one number from one to four; each is tried with all that follows from it."""
    low, high = ranges[cell]
    if high < _HIDDEN[0] or low > _HIDDEN[1] or high > 2 * _HIDDEN[1]:
        return False
    possible = []
    for number in range(int(low), int(high) + 1):
        try:
            _narrowed({**ranges, cell: (number, number)}, sums)
        except _Contradiction:
            continue
        possible.append(number)
    return len(possible) < 2 and all(_HIDDEN[0] <= number <= _HIDDEN[1] for number in possible)


def _leaves_a_few(one: _Sum, ranges: Ranges) -> bool:
    """Whether the parts that are there leave one to four of their total, who are then in no row."""
    low, high = _between(one.parts, ranges)
    least, most = ranges[one.total][0] - high, ranges[one.total][1] - low
    return least == most and _HIDDEN[0] <= least <= _HIDDEN[1]
