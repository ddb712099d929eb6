"""The page of coverage: the three measures apart, in each voice for itself, and what they are shares of.

This module alone knows what stands on it, and in which order.
"""

from collections.abc import Collection, Iterable, Iterator

from workplan_cli.analysis.coverage import Share, Tally
from workplan_cli.analysis.levels import Coverage, Figures
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import CLAIMS, MISSING, RESULTS, Standing
from workplan_cli.cli.grid import FigurePage, Row
from workplan_cli.cli.named import ANSWERING
from workplan_cli.cli.pages.breakdown import show_tables
from workplan_cli.model.record import Record
from workplan_cli.model.register import TreatyStanding
from workplan_cli.reports.labels import FLAGS, STANDINGS, TREATIES, voice_word


def show_coverage(
    coverage: Coverage, record: Record, page: FigurePage, by: str, strict: bool, in_full: Collection[str] = ()
) -> None:
    """Method first, then each voice, then the treaties.

    A voice that speaks to a few questions of its choice is summed up; its tables are shown when it is `in_full`.
    """
    _show_method(coverage, page, strict)
    seen: set[Standing] = set()
    for figures in coverage.voices:
        _show_voice(figures, page, strict)
        if not figures.spoken:
            continue
        if figures.voice in (*ANSWERING, *in_full):
            show_tables(figures, record, page, by, strict)
            seen.update(figures.whole.standings)
        else:
            page.quiet(f"Its tables: --voice {figures.voice}")
    _show_treaties(coverage, page)
    _show_legend(seen, page)


def _show_method(coverage: Coverage, page: FigurePage, strict: bool) -> None:
    scope = coverage.scope
    is_part = len(scope.chapters) < len(scope.plan.chapters)
    page.heading("Coverage", page.say(scope.plan.title))
    page.fields(
        [
            ("period", _period(scope)),
            ("as of", str(scope.as_of)),
            ("of", f"{_many(len(scope.states), 'state')}, {_many(len(scope.indicators), 'indicator')} asked, {_read(scope)}"),
            ("chapters", ", ".join(chapter.id for chapter in scope.chapters) if is_part else ""),
            ("claims", "strict: those that are drafts or unverified are set apart" if strict else "relaxed: all are counted"),
            ("revision", coverage.revision),
            ("left out", _paths(coverage.left_out)),
            ("read in part", _paths(coverage.in_part)),
        ]
    )


def _paths(paths: tuple[str, ...]) -> str:
    """Files that could not be read: what stands in them is not in the figures, and is not silence."""
    return f"{', '.join(f'data/{path}' for path in paths)} (see: workplan validate)" if paths else ""


def _period(scope: Scope) -> str:
    rounds = ", ".join(scope.rounds)
    return f"round {rounds} of {scope.period.id}" if scope.round is not None else f"{scope.period.id} (rounds {rounds})"


def _read(scope: Scope) -> str:
    return f"{len(scope.treaties)} read from registers of treaties"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _show_voice(figures: Figures, page: FigurePage, strict: bool) -> None:
    """The three measures of a voice, each with what it is of; for a silent one, that it is silent."""
    page.section(f"Voice: {voice_name(figures.voice)}")
    whole, states = figures.whole, len(figures.parts)
    reporting = share(whole.reporting, "cells asked have an answer")
    if not figures.spoken:
        page.words(f"No sheet on any of {_many(states, 'state')}: this voice is silent. Silence is not a 'no'.")
        page.fields([("reporting", reporting)])
        return
    silent = f"; none on {', '.join(figures.silent)}" if figures.silent else ""
    claimed = share(whole.implementation(strict), "answers that apply say implemented")
    page.fields(
        [
            ("sheets", f"on {len(figures.spoken)} of {_many(states, 'state')}{silent}"),
            ("reporting", reporting),
            *_rounds(figures),
            ("implementation", f"{claimed}; beside it {_beside(whole, strict)}"),
            ("bounds", _bounds(whole, strict)),
            ("relaxed" if strict else "strict", _other(whole, strict)),
            ("evidence", share(whole.evidence, "claims have evidence that was found in an archived copy")),
            ("flags", ", ".join(f"{whole.flags[flag]:,} {word}" for flag, word in FLAGS.items() if whole.flags[flag])),
        ]
    )


def _rounds(figures: Figures) -> Iterator[tuple[str, str]]:
    if len(figures.rounds) > 1:
        yield "", "; ".join(f"{round_}: {share(one.reporting)}" for round_, one in figures.rounds.items())


def _beside(whole: Tally, strict: bool) -> str:
    """What stands beside the numerator, so that all parts of the denominator are there."""
    words = [f"{whole.count(one, strict):,} {STANDINGS[one].word}" for one in (*RESULTS[1:], Standing.NOT_PURSUED)]
    return ", ".join([*words, f"{whole.unverified:,} set apart"] if strict else words)


def _bounds(whole: Tally, strict: bool) -> str:
    low, high = whole.bounds(strict)
    if low.percent is None:
        return "none: nothing applies, and nothing is open"
    return f"{low.percent} % to {high.percent} % of {low.whole:,}, were everything open ({whole.missing:,}) a no, or a yes"


def _other(whole: Tally, strict: bool) -> str:
    other = share(whole.implementation(not strict))
    return other if strict else f"{other}, with {whole.unverified:,} of {_many(whole.claims, 'claim')} set apart"


def _show_treaties(coverage: Coverage, page: FigurePage) -> None:
    if not coverage.treaties:
        return
    page.section(f"Treaties, from the register, on {coverage.scope.as_of}")
    rows: list[Row] = [
        (f"{one.guideline} {one.treaty}", *(f"{one.counts[word]:,}" for word in TreatyStanding), f"{one.states:,}")
        for one in coverage.treaties
    ]
    sums = (f"{sum(one.counts[word] for one in coverage.treaties):,}" for word in TreatyStanding)
    rows += [None, ("all", *sums, f"{sum(one.states for one in coverage.treaties):,}")]
    columns = (f"{page.sign(TREATIES[word])} {TREATIES[word].word}" for word in TreatyStanding)
    page.figures(("treaty", *columns, "states"), rows)


def _show_legend(seen: Iterable[Standing], page: FigurePage) -> None:
    """The signs that were shown, each with its word, and what the page's own words mean."""
    shown = set(seen)
    page.section("Signs and words")
    if shown:
        page.words(" | ".join(f"{page.sign(label)} {label.word}" for standing, label in STANDINGS.items() if standing in shown))
    page.fields(
        [
            ("claims", "; ".join(STANDINGS[one].word for one in CLAIMS)),
            ("open", "; ".join(STANDINGS[one].word for one in MISSING)),
            ("set apart", "claims that are drafts, or whose evidence no program has found in an archived copy"),
        ]
    )
    page.quiet("What a figure is made of: workplan explain coverage --state CODE --chapter ID")


def voice_name(voice: str) -> str:
    """A voice in words; of civil society, with the organisation."""
    kind, organisation = voice_word(voice)
    return f"{kind}, {organisation}" if organisation else kind


def share(one: Share, what: str = "") -> str:
    """A share in words: `22 of 46 cells (48 %)`."""
    percent = "none" if one.percent is None else f"{one.percent} %"
    return " ".join(filter(None, (f"{one.part:,} of {one.whole:,}", what, f"({percent})")))
