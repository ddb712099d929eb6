"""The page of a guideline: its text, its indicators, and every state of which something is said.

This module alone knows what stands on it. It also counts, for the tables of all guidelines, where each one's indicators stand.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workplan_cli.analysis.standing import Cell, Standing
from workplan_cli.model.indicator import Indicator, TreatyIndicator
from workplan_cli.model.plan import Chapter, Provision
from workplan_cli.model.state import State
from workplan_cli.reports.answers import AnswerView
from workplan_cli.reports.registers import EntryView, RegisterView, on_guideline
from workplan_cli.reports.treaties import TreatyTable
from workplan_cli.reports.view import Report

Counts = tuple[tuple[Standing, int], ...]
"""How many cells stand where, in the order of the standings; standings without a cell are left out."""


@dataclass(frozen=True)
class IndicatorCount:
    """One indicator, and in each voice how many states stand where."""

    indicator: Indicator
    voices: tuple[tuple[str, Counts], ...]


@dataclass(frozen=True)
class StateOnGuideline:
    """What is said of one guideline in one state, in one voice."""

    state: State
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class VoiceOnGuideline:
    """What one voice says of a guideline, state by state, and of which states it says nothing."""

    voice: str
    saying: tuple[StateOnGuideline, ...]
    silent: tuple[State, ...]


@dataclass(frozen=True)
class GuidelineView:
    """A guideline's own page."""

    chapter: Chapter
    guideline: Provision
    indicators: tuple[IndicatorCount, ...]
    voices: tuple[VoiceOnGuideline, ...]
    treaties: TreatyTable | None
    """The treaties that it names; None where it names none."""
    entries: tuple[tuple[RegisterView, tuple[EntryView, ...]], ...]
    """Of each register the entries that answer it; registers without one are left out."""


@dataclass(frozen=True)
class GuidelineLine:
    """A guideline in the table of its chapter: in each voice, of how many states something is said, and how its cells stand."""

    guideline: Provision
    voices: tuple[tuple[str, int, Counts], ...]
    is_read: bool
    """Whether all its indicators are read from registers of treaties, so that nobody is asked."""


def guideline_view(
    report: Report, chapter: Chapter, guideline: Provision, treaties: TreatyTable | None, registers: Iterable[RegisterView]
) -> GuidelineView:
    """Everything the record says of one guideline in the period; `treaties` and `registers` are all there are."""
    asked = report.asked[guideline.id]
    counted = tuple(
        IndicatorCount(indicator, tuple((voice, counts(_column(report, place, voice))) for voice in report.voices))
        for place, indicator in asked
    )
    voices = tuple(_voice(report, [place for place, _ in asked], voice) for voice in report.voices)
    named = {treaty for part in guideline.parts for treaty in part.treaties}
    ties = treaties.only(named) if treaties is not None and named else None
    return GuidelineView(chapter, guideline, counted, voices, ties, on_guideline(registers, guideline.id))


def guideline_line(report: Report, guideline: Provision) -> GuidelineLine:
    """One line of the table of a chapter's guidelines."""
    places = [place for place, _ in report.asked[guideline.id]]
    voices = []
    for voice in report.voices:
        cells = [cell for place in places for cell in _column(report, place, voice)]
        voices.append((voice, len({cell.state for cell in cells if cell.answer is not None}), counts(cells)))
    read = [
        one for one in report.record.indicators.values() if one.guideline == guideline.id and isinstance(one, TreatyIndicator)
    ]
    return GuidelineLine(guideline, tuple(voices), bool(read) and not places)


def counts(cells: Iterable[Cell]) -> Counts:
    """Cells by their standing."""
    found = Counter(cell.standing for cell in cells)
    return tuple((standing, found[standing]) for standing in Standing if found[standing])


def _column(report: Report, place: int, voice: str) -> list[Cell]:
    return [report.over(state.state, voice)[place] for state in report.states]


def _voice(report: Report, places: list[int], voice: str) -> VoiceOnGuideline:
    saying, silent = [], []
    for state in report.states:
        standing = report.over(state.state, voice)
        said = tuple(report.answer(standing[place]) for place in places if standing[place].answer is not None)
        if said:
            saying.append(StateOnGuideline(state, said))
        else:
            silent.append(state)
    return VoiceOnGuideline(voice, tuple(saying), tuple(silent))
