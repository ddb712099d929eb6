"""What every page of a report has in common: the record, narrowed to a period and a day, in one language.

This module alone knows what a report is about: which day, which rounds, which voices, which states, in which order.
"""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.levels import Figures, figures_of, put_together
from workplan_cli.analysis.scope import Scope, narrow
from workplan_cli.analysis.standing import Cell, Verified
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.plan import Period, Plan
from workplan_cli.model.record import Record
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet, DeskReview, ParallelReport, voice_of
from workplan_cli.model.text import Text, in_language
from workplan_cli.reports.answers import AnswerView, answer_view
from workplan_cli.reports.sources import Copy, Located, Shelf, shelf


@dataclass(frozen=True)
class Known:
    """What a report has worked out of its record, and is the same in every language."""

    rows: dict[tuple[str, str], tuple[tuple[Cell, ...], ...]] = field(default_factory=dict)
    standing: dict[tuple[str, str], tuple[Cell, ...]] = field(default_factory=dict)
    looked: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """One report in one language. `revision` is a hash of the record's content; nothing here reads a clock."""

    record: Record
    period: Period
    as_of: datetime.date
    revision: str
    verified: Verified
    located: Located = lambda piece: None
    copy: Copy = lambda path: None
    language: str = "en"
    only: tuple[str, ...] = ()
    """The states whose sheets alone are written; empty for the whole report."""
    problems: int = 0
    """Errors in the record that was published all the same; the first page says so."""
    known: Known = field(default_factory=Known)

    def in_language(self, language: str) -> "Report":
        """The same report in another language."""
        return replace(self, language=language)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.record.plan

    @cached_property
    def scope(self) -> Scope:
        """What is counted."""
        codes = tuple(state.state for state in self.states)
        return narrow(self.plan, self.record.indicators, self.period, codes, as_of=self.as_of)

    @cached_property
    def asked(self) -> dict[str, tuple[tuple[int, Indicator], ...]]:
        """The indicators that are asked of each guideline, with their place among all."""
        found: dict[str, list[tuple[int, Indicator]]] = {guideline: [] for guideline in self.plan.guidelines}
        for place, indicator in enumerate(self.scope.indicators):
            found[indicator.guideline].append((place, indicator))
        return {guideline: tuple(asked) for guideline, asked in found.items()}

    @property
    def rounds(self) -> tuple[str, ...]:
        """The rounds of the period, oldest first."""
        return self.scope.rounds

    @property
    def is_whole(self) -> bool:
        """Whether it is the report on all states, and not the sheets of some."""
        return not self.only

    @cached_property
    def states(self) -> tuple[State, ...]:
        """All states that have a profile or answers, in the alphabetical order of the report's language, and in no other."""
        codes = sorted({*self.record.states, *(sheet.state for sheet in self.record.sheets)})
        found = [self.record.states.get(code) or State.model_construct(state=code, names={self.language: code}) for code in codes]
        return tuple(sorted(found, key=lambda state: collation(in_language(state.names, self.language)[0])))

    @property
    def shown(self) -> tuple[State, ...]:
        """The states that have a page."""
        return tuple(state for state in self.states if self.is_whole or state.state in self.only)

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """The voices that speak in the period, the state's own first."""
        spoken = {voice_of(sheet) for sheet in self.sheets}
        return tuple(voice for voice in self.cells.voices if voice in spoken)

    @cached_property
    def sheets(self) -> tuple[AnswerSheet, ...]:
        """The sheets of the period's rounds, by state, round and voice."""
        found = (sheet for sheet in self.record.sheets if sheet.round in self.period.rounds)
        return tuple(sorted(found, key=lambda sheet: (sheet.state, sheet.round, voice_of(sheet))))

    @cached_property
    def is_desk_review_alone(self) -> bool:
        """Whether what the report says of states is all from desk reviews: no state speaks in it for itself."""
        voices = {sheet.voice for sheet in self.sheets}
        return "desk-review" in voices and "state" not in voices

    @cached_property
    def compilers(self) -> tuple[Text, ...]:
        """What the desk reviews say of their own making, each once. The words are in the record's first language."""
        found = sorted({sheet.compiler for sheet in self.sheets if isinstance(sheet, DeskReview) and sheet.compiler})
        return tuple({self.mother_tongue: words} for words in found)

    @property
    def mother_tongue(self) -> str:
        """The language of what the record has in one language only."""
        return next(iter(self.plan.languages), "en")

    @cached_property
    def dimensions(self) -> frozenset[str]:
        """The words by which the record's figures are divided."""
        values = (value for sheet in self.sheets for answer in sheet.answers.values() for value in answer.values)
        return frozenset(word for value in values for pair in value.dimensions.items() for word in pair)

    @cached_property
    def organisations(self) -> dict[str, str]:
        """The names of the organisations of civil society, by the id in their voice."""
        return {sheet.org: sheet.organisation for sheet in self.sheets if isinstance(sheet, ParallelReport)}

    @cached_property
    def cells(self) -> Cells:
        """The record as cells, on the report's day."""
        return Cells(self.record, self.is_verified, self.as_of)

    def row(self, state: str, voice: str) -> tuple[tuple[Cell, ...], ...]:
        """For each indicator, in the order of the plan, one voice's cells on one state, oldest round first."""
        key = (state, voice)
        if key not in self.known.rows:
            self.known.rows[key] = tuple(self.cells.rows(state, self.scope.indicators, self.rounds, voice))
        return self.known.rows[key]

    def over(self, state: str, voice: str) -> tuple[Cell, ...]:
        """The cells that stand for the period, in the order of the plan."""
        key = (state, voice)
        if key not in self.known.standing:
            self.known.standing[key] = tuple(self.cells.latest(cells) for cells in self.row(state, voice))
        return self.known.standing[key]

    def figures(self, voice: str) -> Figures:
        """The figures of one voice at every level, as `workplan coverage` counts them."""
        if voice not in self._figures:
            codes = [state.state for state in self.states]
            parts = (figures_of(self.cells, code, voice, self.scope, self.row(code, voice)) for code in codes)
            (self._figures[voice],) = put_together(parts, self.scope, (voice,))
        return self._figures[voice]

    def prepare(self) -> None:
        """Count everything that several pages show, so that processes which share the pages need not each do it."""
        for voice in self.voices:
            self.figures(voice)
            for state in self.states:
                self.over(state.state, voice)

    def answer(self, cell: Cell) -> AnswerView:
        """What to show of a cell."""
        return answer_view(cell, self.shelf, self.plan.needs)

    @cached_property
    def shelf(self) -> Shelf:
        """The sources, with the archived copies that are published with this report."""
        return shelf(self.record, self._evidence(), self.is_verified, self.located, self.copy)

    def is_verified(self, piece: Evidence) -> bool:
        """Whether a piece of evidence is verified; each is looked at once."""
        if id(piece) not in self.known.looked:
            self.known.looked[id(piece)] = self.verified(piece)
        return self.known.looked[id(piece)]

    def _evidence(self) -> Iterator[Evidence]:
        """Every piece of evidence that a page of this report shows."""
        codes = {state.state for state in self.shown}
        for sheet in self.sheets:
            if sheet.state in codes:
                yield from sheet.evidence.values()
        for register in self.record.registers:
            if self.is_whole or register.state_code in codes:
                yield from (piece for entry in register.entries if entry.is_published for piece in entry.evidence)
        if self.is_whole:
            yield from (
                piece for sheet in self.record.secretariat if sheet.round in self.rounds for piece in sheet.evidence.values()
            )

    @cached_property
    def _figures(self) -> dict[str, Figures]:
        return {}


def by_code(states: Iterable[State]) -> list[State]:
    """States by their code, for tables that read alike in every language."""
    return sorted(states, key=lambda state: state.state)


def collation(name: str) -> str:
    """What a name is sorted by: its letters without accents, large or small."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)).casefold()
