"""The page of coverage: the three measures apart, in each voice for itself, with what they are of. This module alone knows how it is laid out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from workplan_cli.analysis.coverage import Share, Tally
from workplan_cli.analysis.levels import Coverage, Figures
from workplan_cli.analysis.numbers import Total
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import CLAIMS, MISSING, RESULTS, Standing
from workplan_cli.analysis.trend import Trend
from workplan_cli.cli import terminal
from workplan_cli.cli.grid import FigurePage, Row
from workplan_cli.cli.scope import ANSWERING
from workplan_cli.model.record import Record
from workplan_cli.model.register import TreatyStanding
from workplan_cli.reports.labels import FLAGS, STANDINGS, TREATIES, TRENDS, Label, voice_word


SILENT = "no answer"


def show_coverage(coverage: Coverage, record: Record, page: FigurePage, by: str, strict: bool, in_full: Collection[str] = ()) -> None:
    """Method first, then each voice, then the treaties.

    A voice that speaks to a few questions of its choice is summed up; its tables are shown when it is `in_full`.
    """
    scope = coverage.scope
    page.heading("Coverage", page.say(scope.plan.title))
    page.fields(
        [
            ("period", _period(scope)),
            ("as of", str(scope.as_of)),
            ("of", f"{len(scope.states)} states, {len(scope.indicators)} indicators asked, {len(scope.treaties)} read from registers of treaties"),
            ("chapters", ", ".join(chapter.id for chapter in scope.chapters) if len(scope.chapters) < len(scope.plan.chapters) else ""),
            ("claims", "strict: those that are drafts or unverified are set apart" if strict else "relaxed: all are counted"),
            ("revision", coverage.revision),
        ]
    )
    seen: set[Standing] = set()
    for figures in coverage.voices:
        _show_voice(figures, page, strict)
        if figures.spoken and figures.voice in (*ANSWERING, *in_full):
            _show_tables(figures, record, page, by, strict)
        elif figures.spoken:
            page.quiet(f"Its tables: --voice {figures.voice}")
        if figures.spoken:
            seen.update(figures.whole.standings)
    _show_treaties(coverage, page)
    _show_legend(seen, page)


def _period(scope: Scope) -> str:
    rounds = ", ".join(scope.rounds)
    return f"round {rounds} of {scope.period.id}" if scope.round is not None else f"{scope.period.id} (rounds {rounds})"


def _show_voice(figures: Figures, page: FigurePage, strict: bool) -> None:
    kind, organisation = voice_word(figures.voice)
    page.section(f"Voice: {kind}{f', {organisation}' if organisation else ''}")
    whole, states = figures.whole, len(figures.parts)
    if not figures.spoken:
        page.words(f"No sheet on any of {states} states: this voice is silent. Silence is not a 'no'.")
        page.fields([("reporting", _reporting(whole))])
        return
    silent = f"; none on {', '.join(figures.silent)}" if figures.silent else ""
    page.fields(
        [
            ("sheets", f"on {len(figures.spoken)} of {states} states{silent}"),
            ("reporting", _reporting(whole)),
            *_rounds(figures),
            ("implementation", f"{share(whole.implementation(strict), 'answers that apply say implemented')}; beside it {_beside(whole, strict)}"),
            ("bounds", _bounds(whole, strict)),
            ("strict" if not strict else "relaxed", _other(whole, strict)),
            ("evidence", share(whole.evidence, "claims have evidence that was found in an archived copy")),
            ("flags", ", ".join(f"{whole.flags[flag]} {word}" for flag, word in FLAGS.items() if whole.flags[flag])),
        ]
    )


def _show_tables(figures: Figures, record: Record, page: FigurePage, by: str, strict: bool) -> None:
    rows = _rows(figures, record, page, by)
    if by != "guideline":
        page.section(f"Shares, by {by}")
        headings = (by, "reporting\nof asked", "implemented\nof applicable", "bounds\nof those and open", "evidence\nof claims")
        page.figures(headings, (None if row is None else _shares(*row, strict) for row in rows))
    page.section(f"Where the cells stand, by {by}")
    shown = [standing for standing in Standing if figures.whole.standings[standing]]
    page.figures((by, *(_sign(STANDINGS[one]) for one in shown), "cells"), (None if row is None else _counts(*row, shown) for row in rows))
    _show_moves(figures, page)
    _show_totals(figures, page)


def _reporting(whole: Tally) -> str:
    return share(whole.reporting, "cells asked have an answer")


def _rounds(figures: Figures) -> Iterator[tuple[str, str]]:
    if len(figures.rounds) > 1:
        yield "", "; ".join(f"{round_}: {share(tally.reporting)}" for round_, tally in figures.rounds.items())


def _beside(whole: Tally, strict: bool) -> str:
    """What stands beside the numerator, so that the parts of the denominator are all there."""
    others = [*RESULTS[1:], Standing.NOT_PURSUED]
    words = [f"{whole.count(one, strict)} {STANDINGS[one].word}" for one in others]
    return ", ".join([*words, f"{whole.unverified} set apart"] if strict else words)


def _bounds(whole: Tally, strict: bool) -> str:
    low, high = whole.bounds(strict)
    if low.whole == 0:
        return "none: nothing applies, and nothing is missing"
    return f"{low.percent} % to {high.percent} % of {low.whole:,}, were the {whole.missing:,} cells that leave it open all a no, or all a yes"


def _other(whole: Tally, strict: bool) -> str:
    other = share(whole.implementation(not strict))
    return other if strict else f"{other}, with {whole.unverified:,} of {whole.claims:,} claims set apart as drafts or unverified"


def _rows(figures: Figures, record: Record, page: FigurePage, by: str) -> list[tuple[str, Tally] | None]:
    """The rows of a breakdown: its own, then firm and hortatory guidelines apart, then all. In the order of the plan or of the codes; never by a figure."""
    names = {chapter.id: chapter.id for chapter in figures.scope.chapters}
    levels: Mapping[str, tuple[Mapping[str, Tally], Callable[[str], str]]] = {
        "chapter": (figures.chapters, lambda id_: names[id_]),
        "guideline": (figures.guidelines, lambda id_: id_),
        "state": (figures.states, lambda code: _state(code, record, page)),
    }
    found, name = levels[by]
    firmness = [(strength.value, tally) for strength, tally in figures.strengths.items()]
    return [*((name(id_), tally) for id_, tally in found.items()), None, *firmness, None, ("all", figures.whole)]


def _state(code: str, record: Record, page: FigurePage) -> str:
    state = record.states.get(code)
    return f"{code} {page.say(state.names) if state is not None else ''}".strip()


def _shares(name: str, tally: Tally, strict: bool) -> Row:
    if not (tally.reporting.part or tally.standings[Standing.CARRIED]):
        return name, brief(tally.reporting), SILENT, "", ""
    low, high = tally.bounds(strict)
    bounds = f"{low.percent} to {high.percent} % of {low.whole:,}" if low.whole else "none of 0"
    return name, brief(tally.reporting), brief(tally.implementation(strict)), bounds, brief(tally.evidence)


def _counts(name: str, tally: Tally, shown: Iterable[Standing]) -> Row:
    return (name, *(f"{tally.standings[one]:,}" for one in shown), f"{tally.cells:,}")


def _show_moves(figures: Figures, page: FigurePage) -> None:
    """How answers moved, a table for each round but the first."""
    before = dict(zip(figures.scope.rounds[1:], figures.scope.rounds, strict=False))
    for round_, chapters in figures.moves.items():
        page.section(f"From {before[round_]} to {round_}")
        rows: list[Row] = [(chapter, *(f"{moved[word]:,}" for word in Trend)) for chapter, moved in chapters.items()]
        whole = (f"{sum(moved[word] for moved in chapters.values()):,}" for word in Trend)
        page.figures(("chapter", *(TRENDS[word].replace(" ", "\n") for word in Trend)), [*rows, None, ("all", *whole)])


def _show_totals(figures: Figures, page: FigurePage) -> None:
    """Numbers that may be put together, and in one line those that may not."""
    if not figures.totals:
        return
    page.section("Numbers")
    states = len(figures.parts)
    put = [(_counted(one, figures.scope), " of ".join(f"{count:,}" for count in one.counts), f"{len(one.states)}/{states}") for one in figures.totals if one.counts]
    if put:
        page.figures(("sum of states", "sum", "states"), put)
    apart: dict[str, set[str]] = {}
    for one in figures.totals:
        if one.counts is None:
            apart.setdefault(one.why, set()).add(one.indicator)
    order = [indicator.id for indicator in figures.scope.indicators]
    for why, indicators in apart.items():
        page.words(f"Not put together, as {why}: {', '.join(sorted(indicators, key=order.index))}.")


def _counted(one: Total, scope: Scope) -> str:
    unit = next((getattr(indicator, "unit", "") for indicator in scope.indicators if indicator.id == one.indicator), "")
    dimensions = ", ".join(f"{name} {word}" for name, word in one.dimensions)
    return " ".join(filter(None, (one.indicator, str(one.year or ""), dimensions, f"({unit})" if unit else "")))


def _show_treaties(coverage: Coverage, page: FigurePage) -> None:
    if not coverage.treaties:
        return
    page.section(f"Treaties, from the register, on {coverage.scope.as_of}")
    order = list(TreatyStanding)
    rows: list[Row] = [(f"{one.guideline} {one.treaty}", *(f"{one.counts[word]:,}" for word in order), f"{one.states:,}") for one in coverage.treaties]
    sums = (f"{sum(one.counts[word] for one in coverage.treaties):,}" for word in order)
    rows += [None, ("all", *sums, f"{sum(one.states for one in coverage.treaties):,}")]
    page.figures(("treaty", *(f"{_sign(TREATIES[word])} {TREATIES[word].word}" for word in order), "states"), rows)


def _show_legend(seen: Iterable[Standing], page: FigurePage) -> None:
    seen = set(seen)
    if seen:
        page.section("Signs")
        page.words(" | ".join(f"{_sign(label)} {label.word}" for standing, label in STANDINGS.items() if standing in seen))
    page.quiet(f"Claims: {'; '.join(STANDINGS[one].word for one in CLAIMS)}. Open: {'; '.join(STANDINGS[one].word for one in MISSING)}.")
    page.quiet("What a figure is made of: workplan explain coverage --state CODE --chapter ID")


def share(one: Share, what: str = "") -> str:
    """A share in words: `22 of 46 cells (48 %)`."""
    percent = "none" if one.percent is None else f"{one.percent} %"
    return " ".join(filter(None, (f"{one.part:,} of {one.whole:,}", what, f"({percent})")))


def brief(one: Share) -> str:
    """A share in a column: `22/46  48 %`."""
    return "0/0 none" if one.whole == 0 else f"{one.part:,}/{one.whole:,} {one.percent:>3} %"


def _sign(label: Label) -> str:
    return label.ascii if terminal.glyphs() is terminal.ASCII else label.glyph
