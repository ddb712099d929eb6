"""The cells of a record: which there are, and which one stands for a period.

This module alone knows how a record is cut into cells. Voices are never mixed: every function speaks of one.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workplan_cli.analysis.asking import tells, void_since
from workplan_cli.analysis.standing import ANSWERS, Cell, Standing, Verified, flags_of, standing_of
from workplan_cli.model.indicator import Indicator, TreatyIndicator
from workplan_cli.model.plan import Period, Plan
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Answer, AnswerSheet, voice_of


@dataclass(frozen=True)
class Cells:
    """A record as cells: `at` gives one, `standing` the one that stands for several rounds."""

    record: Record
    verified: Verified
    as_of: datetime.date | None = None

    @cached_property
    def _sheets(self) -> dict[tuple[str, str, str], AnswerSheet]:
        return {(sheet.state, sheet.round, voice_of(sheet)): sheet for sheet in self.record.sheets}

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """The voices that have a sheet somewhere, the state's own first, the others by name."""
        found = {voice for _, _, voice in self._sheets}
        return tuple(sorted(found, key=lambda voice: (voice != "state", voice)))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that are asked: all but the treaties', which are a layer of their own."""
        return tuple(one for one in self.record.indicators.values() if not isinstance(one, TreatyIndicator))

    def sheet(self, state: str, round_: str, voice: str) -> AnswerSheet | None:
        """One voice's sheet on one state in one round, or None where there is none."""
        return self._sheets.get((state, round_, voice))

    def at(self, state: str, indicator: Indicator, round_: str, voice: str) -> Cell:
        """One cell."""
        sheet = self.sheet(state, round_, voice)
        standing = standing_of(indicator, sheet, self.record.indicators)
        answer = sheet.answers.get(indicator.id) if sheet is not None else None
        if sheet is None or answer is None or standing is Standing.NOT_ASKED:
            return Cell(state, indicator, round_, voice, standing, sheet=sheet)
        flags = flags_of(indicator, answer, sheet, self.record.plan, self.verified, self.as_of)
        return Cell(state, indicator, round_, voice, standing, flags, answer, sheet)

    def over(self, state: str, indicator: Indicator, rounds: Sequence[str], voice: str) -> Cell:
        """The cell that stands for several rounds (oldest first): that of the latest round with an answer."""
        return self.latest([self.at(state, indicator, round_, voice) for round_ in rounds])

    def rows(self, state: str, indicators: Iterable[Indicator], rounds: Sequence[str], voice: str) -> Iterator[tuple[Cell, ...]]:
        """For each indicator its cells in several rounds."""
        for indicator in indicators:
            yield tuple(self.at(state, indicator, round_, voice) for round_ in rounds)

    def latest(self, cells: Sequence[Cell]) -> Cell:
        """Of one indicator's cells in several rounds, oldest first, the one that stands.

        It is that of the latest round with an answer, unless a later answer to the question it depends on has made it void.
        Without an answer, what was carried stands, so that it is seen; else the latest round.
        """
        answered = next((place for place in reversed(range(len(cells))) if cells[place].standing in ANSWERS), -1)
        void = self._void_since(cells)
        if void is not None and void > answered:
            return cells[void]
        if answered >= 0:
            return cells[answered]
        return next((cell for cell in reversed(cells) if cell.standing is Standing.CARRIED), cells[-1])

    def _void_since(self, cells: Sequence[Cell]) -> int | None:
        """The place of the round in which an answer made the question void, or None while it is put."""
        first = cells[0]
        if not first.indicator.asked_if:
            return None
        sheets = [self.sheet(first.state, cell.round, first.voice) for cell in cells]

        def given(other: str) -> tuple[int, Answer] | None:
            for place in reversed(range(len(sheets))):
                sheet = sheets[place]
                answer = sheet.answers.get(other) if sheet is not None else None
                if answer is not None and tells(answer):
                    return place, answer
            return None

        return void_since(first.indicator, given, self.record.indicators)

    def all_over(self, rounds: Sequence[str], voice: str, states: Sequence[str] | None = None) -> Iterator[Cell]:
        """The standing cell of every state and indicator, states by code, indicators in the order of the plan."""
        for state in sorted(states if states is not None else self.record.states):
            for indicator in self.indicators:
                yield self.over(state, indicator, rounds, voice)

    def all_in(self, round_: str, voice: str, states: Sequence[str] | None = None) -> Iterator[Cell]:
        """Every cell of one round."""
        for state in sorted(states if states is not None else self.record.states):
            for indicator in self.indicators:
                yield self.at(state, indicator, round_, voice)


def rounds_of(plan: Plan, period: Period) -> tuple[str, ...]:
    """The rounds of a period, oldest first, in the plan's order."""
    return tuple(round_ for round_ in plan.round_ids if round_ in period.rounds)
