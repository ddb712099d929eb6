"""The one report on all states: who spoke, what stands where, what moved, and what nobody says.

This module alone knows what stands on the report's first page.
"""

from dataclasses import dataclass
from functools import cached_property

from workplan_cli.analysis.coverage import Tally
from workplan_cli.analysis.levels import Figures
from workplan_cli.analysis.standing import RESULTS, Standing
from workplan_cli.analysis.trend import Trend
from workplan_cli.model.plan import Chapter, Provision, Strength
from workplan_cli.model.registers import AssistanceRegister
from workplan_cli.model.state import State
from workplan_cli.model.submission import Submission
from workplan_cli.reports.guidelinepage import GuidelineLine, guideline_line
from workplan_cli.reports.mandates import MandateView, mandate_views, silent_rounds
from workplan_cli.reports.matrix import Matrix, matrices
from workplan_cli.reports.measures import Measures, measures
from workplan_cli.reports.needs import NeedLine
from workplan_cli.reports.numbers import NumberTable, number_tables
from workplan_cli.reports.registers import RegisterView, in_use, register_views
from workplan_cli.reports.sources import SourceLine
from workplan_cli.reports.treaties import TreatyTable, treaty_table
from workplan_cli.reports.view import Report


@dataclass(frozen=True)
class Speaker:
    """How many answers each voice has on a state, round by round; None for silence."""

    state: State
    answers: tuple[int | None, ...]

    @property
    def heard(self) -> bool:
        """Whether any voice speaks of it."""
        return any(number is not None for number in self.answers)


@dataclass(frozen=True)
class Slope:
    """The answers on the scale that a chapter has in both of two rounds, and how many of them were implemented in each."""

    both: int
    before: int
    after: int


@dataclass(frozen=True)
class ChapterLine:
    """One chapter in one voice. `bar` is its cells on the scale by standing; `moves` and `slope` lead to the last round."""

    chapter: Chapter
    tally: Tally
    bar: tuple[tuple[Standing, int], ...]
    moves: tuple[tuple[Trend, int], ...]
    slope: Slope


@dataclass(frozen=True)
class VoiceView:
    """Everything the first page says in one voice."""

    voice: str
    speakers: int
    total: Tally
    rounds: tuple[tuple[str, Tally], ...]
    chapters: tuple[ChapterLine, ...]
    strengths: tuple[tuple[Strength, Tally], ...]
    moved: dict[Trend, int]
    """All movements from the last round but one; empty with one round."""
    slopes: tuple[ChapterLine, ...]
    """The chapters that have answers on the scale in both rounds."""
    matrices: tuple[Matrix, ...]
    numbers: tuple[NumberTable, ...]
    silent: tuple[Provision, ...]
    """The guidelines of which the voice says nothing in any state: how often the sources are silent is itself a finding."""

    @property
    def improved(self) -> int:
        """The answers that improved from the last round but one."""
        return self.moved.get(Trend.IMPROVED, 0)

    @property
    def went_back(self) -> int:
        """The answers that went back."""
        return self.moved.get(Trend.WENT_BACK, 0)

    @property
    def scale(self) -> int:
        """The cells on the scale that apply or may apply."""
        return self.total.missing + self.total.applicable


@dataclass(frozen=True)
class Hemisphere:
    """The report on all states."""

    report: Report

    @cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """The columns of who spoke: round and voice, the states' own among them whether they spoke or not."""
        voices = tuple(dict.fromkeys(("state", *self.report.voices)))
        return tuple((round_, voice) for round_ in self.report.rounds for voice in voices)

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """Every state, whether anything is said of it or not."""
        return tuple(
            Speaker(state, tuple(self._answers(state, *column) for column in self.spoken)) for state in self.report.states
        )

    def _answers(self, state: State, round_: str, voice: str) -> int | None:
        sheet = self.report.cells.sheet(state.state, round_, voice)
        return len(sheet.answers) if sheet is not None else None

    @cached_property
    def silent(self) -> tuple[State, ...]:
        """The states of which no voice says anything."""
        return tuple(one.state for one in self.speakers if not one.heard)

    @cached_property
    def submissions(self) -> int:
        """How many states handed in a submission in the period. One that is begun and bears no day is not handed in."""
        own = (sheet for sheet in self.report.sheets if sheet.voice == "state")
        return len({sheet.state for sheet in own if isinstance(sheet, Submission) and sheet.submitted is not None})

    @property
    def has_submissions(self) -> bool:
        """Whether any state speaks for itself in the period, handed in or not."""
        return any(sheet.voice == "state" for sheet in self.report.sheets)

    @cached_property
    def voices(self) -> tuple[VoiceView, ...]:
        """Each voice that speaks in the period."""
        return tuple(self._voice(voice) for voice in self.report.voices)

    @property
    def tiles(self) -> tuple[Speaker, ...]:
        """The states that have a square on the tile map."""
        return tuple(one for one in self.speakers if one.state.tile)

    @cached_property
    def columns(self) -> int:
        """How many squares wide the tile map is."""
        return max((state.tile.column + 1 for state in self.report.states if state.tile), default=1)

    @cached_property
    def lines(self) -> int:
        """How many squares high it is."""
        return max((state.tile.row + 1 for state in self.report.states if state.tile), default=1)

    @cached_property
    def treaties(self) -> TreatyTable | None:
        """The treaty matrix; None without a register."""
        return treaty_table(self.report.record, self.report.states, self.report.as_of)

    @cached_property
    def measures(self) -> Measures:
        """Laws, policies, programmes and plans."""
        return measures(self.report.record, self.report.states, self.report.as_of, self.report.shelf)

    @cached_property
    def needs(self) -> tuple[NeedLine, ...]:
        """The help that is asked for."""
        return next(one.demand for one in self.registers if one.name == AssistanceRegister.register())

    @cached_property
    def guidelines(self) -> tuple[tuple[Chapter, tuple[GuidelineLine, ...]], ...]:
        """Every guideline, chapter by chapter."""
        return tuple(
            (chapter, tuple(guideline_line(self.report, one) for one in chapter.guidelines))
            for chapter in self.report.plan.chapters
        )

    @cached_property
    def mandates(self) -> tuple[MandateView, ...]:
        """The mandates, and what was done for each."""
        return mandate_views(self.report.record, self.report.period, self.report.shelf, self.report.as_of)

    @cached_property
    def registers(self) -> tuple[RegisterView, ...]:
        """The registers of entries."""
        return register_views(self.report)

    @cached_property
    def kept(self) -> dict[str, RegisterView]:
        """Those of the registers that this plan has, by name."""
        names = in_use(self.report.record)
        return {one.name: one for one in self.registers if one.name in names}

    @property
    def silent_rounds(self) -> tuple[str, ...]:
        """The rounds for which the secretariat itself handed in nothing."""
        return silent_rounds(self.report.record, self.report.period)

    @property
    def accounted(self) -> int:
        """The mandates of which a voice says what was done."""
        return sum(one.is_accounted for one in self.mandates)

    @cached_property
    def sources(self) -> tuple[SourceLine, ...]:
        """The bibliography, by id."""
        return self.report.shelf.bibliography()

    def _voice(self, voice: str) -> VoiceView:
        figures = self.report.figures(voice)
        chapters = tuple(self._chapter(figures, chapter) for chapter in self.report.scope.chapters)
        last = figures.moves.get(self.report.rounds[-1], {})
        return VoiceView(
            voice=voice,
            speakers=len(figures.spoken),
            total=figures.whole,
            rounds=tuple(figures.rounds.items()),
            chapters=chapters,
            strengths=tuple(figures.strengths.items()),
            moved={word: sum(moves[word] for moves in last.values()) for word in Trend} if last else {},
            slopes=tuple(line for line in chapters if line.slope.both),
            matrices=matrices(self.report, voice),
            numbers=number_tables(self.report, voice),
            silent=tuple(self._silent(voice)),
        )

    def _chapter(self, figures: Figures, chapter: Chapter) -> ChapterLine:
        tally = figures.chapters[chapter.id]
        bar = tuple((standing, tally.scale[standing]) for standing in Standing if tally.scale[standing])
        moves = figures.moves.get(self.report.rounds[-1], {}).get(chapter.id)
        return ChapterLine(
            chapter,
            tally,
            bar,
            tuple((word, moves[word]) for word in Trend) if moves is not None else (),
            self._slope(figures.voice, chapter),
        )

    def _slope(self, voice: str, chapter: Chapter) -> Slope:
        places = [place for one in chapter.guidelines for place, _ in self.report.asked[one.id]]
        pairs = [
            (row[place][-2], row[place][-1])
            for state in self.report.states
            for row in [self.report.row(state.state, voice)]
            for place in places
            if len(row[place]) > 1
        ]
        both = [
            (before, after)
            for before, after in pairs
            if before.on_scale and before.standing in RESULTS and after.standing in RESULTS
        ]
        counts = [sum(pair[place].standing is Standing.IMPLEMENTED for pair in both) for place in (0, 1)]
        return Slope(len(both), *counts)

    def _silent(self, voice: str) -> list[Provision]:
        spoken = {
            cell.indicator.guideline
            for state in self.report.states
            for cell in self.report.over(state.state, voice)
            if cell.answer is not None
        }
        return [one for id_, one in self.report.plan.guidelines.items() if self.report.asked[id_] and id_ not in spoken]
