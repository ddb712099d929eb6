"""The page of a state: who spoke, what moved, and every answer with its evidence.

This module alone knows what stands on it. Guidelines of which nothing is said are named together: silence shows, on one line.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workplan_cli.analysis.coverage import Tally, total
from workplan_cli.analysis.standing import Cell, Standing
from workplan_cli.analysis.trend import Trend, trend
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.plan import Chapter, Provision
from workplan_cli.model.register import MeasureRegister
from workplan_cli.model.state import State
from workplan_cli.reports.answers import AnswerView, anchor_of
from workplan_cli.reports.measures import MeasureView
from workplan_cli.reports.registers import in_use
from workplan_cli.reports.treaties import TreatyCell
from workplan_cli.reports.view import Report


@dataclass(frozen=True)
class Sheet:
    """Whether a voice spoke in a round, and how much."""

    round: str
    voice: str
    answers: int | None
    """None where there is no sheet at all: silence, which is not a no."""


@dataclass(frozen=True)
class Move:
    """An answer that is another one than in the round before."""

    indicator: Indicator
    movement: Trend
    before: Standing
    after: Standing
    round: str
    anchor: str


@dataclass(frozen=True)
class Movement:
    """What moved in one voice from round to round: how many answers in which way, and those that went up, down or away."""

    voice: str
    counts: tuple[tuple[Trend, int], ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Question:
    """One indicator with every answer to it, in every voice, the latest round first."""

    indicator: Indicator
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class GuidelineOnState:
    """A guideline of which something is said."""

    guideline: Provision
    questions: tuple[Question, ...]
    unanswered: int
    """Its other questions."""


@dataclass(frozen=True)
class ChapterOnState:
    """One chapter, with its tally in each voice. `silent` are the guidelines asked about of which nothing is said."""

    chapter: Chapter
    tallies: tuple[tuple[str, Tally], ...]
    guidelines: tuple[GuidelineOnState, ...]
    silent: tuple[Provision, ...]


@dataclass(frozen=True)
class StateView:
    """A state's own page."""

    state: State
    sheets: tuple[Sheet, ...]
    answers: int
    movements: tuple[Movement, ...]
    chapters: tuple[ChapterOnState, ...]
    treaties: tuple[TreatyCell, ...]
    measures: tuple[MeasureView, ...]
    keeps_measures: bool
    """Whether the plan has a register of measures at all."""


_TELLING = (Trend.IMPROVED, Trend.WENT_BACK, Trend.WITHDRAWN)
"""The movements that are named one by one."""


def state_view(report: Report, state: State, treaties: tuple[TreatyCell, ...], measures: tuple[MeasureView, ...]) -> StateView:
    """Everything the record says of one state in the period."""
    sheets = tuple(_sheets(report, state))
    return StateView(
        state,
        sheets,
        sum(sheet.answers or 0 for sheet in sheets),
        tuple(
            _movement(report, state, voice)
            for voice in report.voices
            if sum(s.voice == voice and s.answers is not None for s in sheets) > 1
        ),
        tuple(_chapter(report, state, chapter) for chapter in report.plan.chapters),
        treaties,
        measures,
        MeasureRegister.register() in in_use(report.record),
    )


def _sheets(report: Report, state: State) -> Iterator[Sheet]:
    for round_ in report.rounds:
        for voice in dict.fromkeys(("state", *report.voices)):
            sheet = report.cells.sheet(state.state, round_, voice)
            yield Sheet(round_, voice, len(sheet.answers) if sheet is not None else None)


def _movement(report: Report, state: State, voice: str) -> Movement:
    counts: Counter[Trend] = Counter()
    moves = []
    for row in report.row(state.state, voice):
        for before, after in pairwise(row):
            moved = trend(before, after)
            if moved is not None:
                counts[moved] += 1
            if moved in _TELLING:
                moves.append(_move(before, after, moved))
    return Movement(voice, tuple((word, counts[word]) for word in Trend if counts[word]), tuple(moves))


def _move(before: Cell, after: Cell, moved: Trend) -> Move:
    anchor = anchor_of(after.indicator.id, after.round, after.voice)
    return Move(after.indicator, moved, before.standing, after.standing, after.round, anchor)


def _chapter(report: Report, state: State, chapter: Chapter) -> ChapterOnState:
    found, silent = [], []
    for guideline in chapter.guidelines:
        one = _guideline(report, state, guideline)
        if one.questions:
            found.append(one)
        elif report.asked[guideline.id]:
            silent.append(guideline)
    return ChapterOnState(chapter, tuple(_tallies(report, state, chapter)), tuple(found), tuple(silent))


def _tallies(report: Report, state: State, chapter: Chapter) -> Iterator[tuple[str, Tally]]:
    for voice in report.voices:
        part = next(part for part in report.figures(voice).parts if part.state == state.state)
        if part.spoke:
            yield voice, total(part.guidelines[one.id] for one in chapter.guidelines if one.id in part.guidelines)


def _guideline(report: Report, state: State, guideline: Provision) -> GuidelineOnState:
    questions = []
    asked = report.asked[guideline.id]
    for place, indicator in asked:
        cells = [cell for voice in report.voices for cell in reversed(report.row(state.state, voice)[place])]
        said = tuple(report.answer(cell) for cell in cells if cell.answer is not None)
        if said:
            questions.append(Question(indicator, said))
    return GuidelineOnState(guideline, tuple(questions), len(asked) - len(questions))
