"""Outcome numbers by year, with their gaps and suppressed cells. This module alone knows how figures are laid out in years.

A figure is shown as it was reported; a year without one is a gap, and `<5` stays what it is. What may be put together is decided
by `analysis.numbers`, and nothing else is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workplan_cli.analysis.numbers import Total
from workplan_cli.analysis.standing import ANSWERS
from workplan_cli.model.indicator import Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.state import State
from workplan_cli.model.submission import Value
from workplan_cli.reports.answers import anchor_of
from workplan_cli.reports.view import Report


@dataclass(frozen=True)
class YearFigure:
    """What one state gave for one year."""

    value: Value
    anchor: str


@dataclass(frozen=True)
class Bar:
    """A figure to draw: the place of its year, and a height up to 100, within the row for numbers and of the whole for rates."""

    place: int
    height: int


@dataclass(frozen=True)
class NumberRow:
    """One state's figures, one a year; None is a gap."""

    state: State
    figures: tuple[YearFigure | None, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class NumberTable:
    """One indicator of numbers or rates in one voice: the undivided figure of each state and year."""

    indicator: Indicator
    years: tuple[int, ...]
    rows: tuple[NumberRow, ...]
    silent: tuple[State, ...]
    """The states without any figure."""
    totals: tuple[Total | None, ...]
    """What the figures of each year make together, where the indicator's rule is to add them; empty where it is not."""


def number_tables(report: Report, voice: str) -> tuple[NumberTable, ...]:
    """A table for each indicator that has a figure somewhere."""
    found = []
    for place, indicator in enumerate(report.scope.indicators):
        if isinstance(indicator, NumberIndicator | RateIndicator):
            table = _table(report, voice, place, indicator)
            if table.rows:
                found.append(table)
    return tuple(found)


def _table(report: Report, voice: str, place: int, indicator: NumberIndicator | RateIndicator) -> NumberTable:
    given = {state.state: _by_year(report, voice, place, state) for state in report.states}
    years = tuple(sorted({year for by_year in given.values() for year in by_year}))
    rows = tuple(_row(state, given[state.state], years) for state in report.states if given[state.state])
    silent = tuple(state for state in report.states if not given[state.state])
    whole = {
        total.year: total for total in report.figures(voice).totals if total.indicator == indicator.id and not total.dimensions
    }
    added = any(total.counts is not None for total in whole.values())
    return NumberTable(indicator, years, rows, silent, tuple(whole.get(year) for year in years) if added else ())


def _by_year(report: Report, voice: str, place: int, state: State) -> dict[int, YearFigure]:
    """The undivided figures; one given again in a later round is the later one."""
    found = {}
    for cell in report.row(state.state, voice)[place]:
        if cell.answer is not None and cell.standing in ANSWERS:
            for value in cell.answer.values:
                if not value.dimensions and value.year is not None:
                    found[value.year] = YearFigure(value, anchor_of(cell.indicator.id, cell.round, voice))
    return found


def _row(state: State, by_year: dict[int, YearFigure], years: Sequence[int]) -> NumberRow:
    top = max((amount for figure in by_year.values() if (amount := _amount(figure.value.value)) is not None), default=0)
    heights = {place: _height(by_year[year].value, top) for place, year in enumerate(years) if year in by_year}
    bars = tuple(Bar(place, height) for place, height in heights.items() if height is not None)
    return NumberRow(state, tuple(by_year.get(year) for year in years), bars)


def _height(value: Value, top: float) -> int | None:
    part, whole = (_amount(value.part), _amount(value.whole)) if value.value is None else (_amount(value.value), top)
    return round(100 * min(part / whole, 1)) if part is not None and whole else None


def _amount(written: object) -> float | None:
    """A number that was given as one; None for a suppressed one, and for none."""
    return float(written) if isinstance(written, int | float) else None
