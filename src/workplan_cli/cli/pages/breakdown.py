"""The tables of one voice: its figures by chapter, guideline or state, how answers moved, numbers put together.

This module alone knows their rows and columns. Rows stand in the order of the plan or of the codes; never by a figure.
"""

from collections.abc import Iterable

from workplan_cli.analysis.coverage import Share, Tally
from workplan_cli.analysis.levels import Figures
from workplan_cli.analysis.numbers import Total
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import Standing
from workplan_cli.analysis.trend import Trend
from workplan_cli.cli.grid import FigurePage, Row
from workplan_cli.model.indicator import NumberIndicator, RateIndicator
from workplan_cli.model.record import Record
from workplan_cli.reports.labels import STANDINGS, TRENDS

SILENT = "no answer"
"""What a row of shares says where a voice says nothing: a percentage of nothing would look like one of something."""

Line = tuple[str, Tally] | None
"""A name and its tally; None is an empty line between groups of rows."""


def show_tables(figures: Figures, record: Record, page: FigurePage, by: str, strict: bool) -> None:
    """Shares, then counts by standing. A guideline is shown by its counts alone, not as one flattering mean."""
    lines = _lines(figures, record, page, by)
    if by != "guideline":
        page.caption(f"Shares, by {by}")
        shares = ("reporting\nof asked", "implemented\nof applicable", "bounds\nof those and open", "evidence\nof claims")
        page.figures((by, *shares), (None if line is None else _shares(*line, strict) for line in lines))
    page.caption(f"Where the cells stand, by {by}")
    shown = [standing for standing in Standing if figures.whole.standings[standing]]
    columns = tuple(page.above(STANDINGS[one]) for one in shown)
    page.figures((by, *columns, "cells"), (None if line is None else _counts(*line, shown) for line in lines))
    _show_moves(figures, page)
    _show_totals(figures, page)


def _lines(figures: Figures, record: Record, page: FigurePage, by: str) -> list[Line]:
    """The rows of a breakdown: its own, then firm and hortatory guidelines apart, then all."""
    own: dict[str, Tally]
    if by == "state":
        own = {_state(code, record, page): one for code, one in figures.states.items()}
    else:
        own = figures.guidelines if by == "guideline" else figures.chapters
    firmness = [(strength.value, one) for strength, one in figures.strengths.items()]
    return [*own.items(), None, *firmness, None, ("all", figures.whole)]


def _state(code: str, record: Record, page: FigurePage) -> str:
    state = record.states.get(code)
    return f"{code} {page.say(state.names) if state is not None else ''}".strip()


def _shares(name: str, one: Tally, strict: bool) -> Row:
    if not (one.reporting.part or one.standings[Standing.CARRIED]):
        return name, brief(one.reporting), SILENT, "", ""
    low, high = one.bounds(strict)
    bounds = f"{low.percent} to {high.percent} % of {low.whole:,}" if low.whole else "none of 0"
    return name, brief(one.reporting), brief(one.implementation(strict)), bounds, brief(one.evidence)


def _counts(name: str, one: Tally, shown: Iterable[Standing]) -> Row:
    return (name, *(f"{one.standings[standing]:,}" for standing in shown), f"{one.cells:,}")


def _show_moves(figures: Figures, page: FigurePage) -> None:
    """How answers moved, a table for each round but the first."""
    before = dict(zip(figures.scope.rounds[1:], figures.scope.rounds, strict=False))
    for round_, chapters in figures.moves.items():
        page.caption(f"From {before[round_]} to {round_}")
        rows: list[Row] = [(chapter, *(f"{moved[word]:,}" for word in Trend)) for chapter, moved in chapters.items()]
        whole = (f"{sum(moved[word] for moved in chapters.values()):,}" for word in Trend)
        page.figures(("chapter", *(TRENDS[word].replace(" ", "\n") for word in Trend)), [*rows, None, ("all", *whole)])


def _show_totals(figures: Figures, page: FigurePage) -> None:
    """Numbers that may be put together; and, in a line, those that may not and why."""
    put, apart = [], dict[str, dict[str, None]]()
    for one in figures.totals:
        if one.counts is None:
            apart.setdefault(one.why, {})[one.indicator] = None
        else:
            counts = " of ".join(f"{count:,}" for count in one.counts)
            put.append((_counted(one, figures.scope), counts, f"{len(one.states)}/{len(figures.parts)}"))
    if put or apart:
        page.caption("Numbers")
    if put:
        page.figures(("sum of states", "sum", "states"), put)
    for why, indicators in apart.items():
        page.words(f"Not put together, as {why}: {', '.join(indicators)}.")


def _counted(one: Total, scope: Scope) -> str:
    indicator = next(known for known in scope.indicators if known.id == one.indicator)
    unit = f"({indicator.unit})" if isinstance(indicator, NumberIndicator | RateIndicator) else ""
    dimensions = ", ".join(f"{name} {word}" for name, word in one.dimensions)
    return " ".join(filter(None, (one.indicator, str(one.year or ""), dimensions, unit)))


def brief(one: Share) -> str:
    """A share in a column: `22/46 48 %`."""
    return f"0/{one.whole:,} none" if one.percent is None else f"{one.part:,}/{one.whole:,} {one.percent} %"
