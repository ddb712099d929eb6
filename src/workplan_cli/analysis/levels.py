"""The figures of one voice at every level: hemisphere, strength, chapter, guideline, state.

This module alone knows how figures are put together from what each state adds to them. Tallies add up, so that a state can be
counted by itself, anywhere and in any order, and no level is ever counted twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.coverage import Tally, tally, total
from workplan_cli.analysis.numbers import Figure, Total, figures, totals
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import Cell
from workplan_cli.analysis.treaties import TreatyTally
from workplan_cli.analysis.trend import Trend, trend
from workplan_cli.model.plan import Strength

Move = tuple[str, str, Trend]
"""The round it moved to, the guideline, and how."""


@dataclass(frozen=True)
class StateFigures:
    """What one state adds to the figures of one voice."""

    state: str
    voice: str
    spoke: tuple[str, ...]
    """The rounds in which it has a sheet."""
    guidelines: Mapping[str, Tally]
    """The cells that stand for all rounds, by guideline."""
    rounds: Mapping[str, Tally]
    """Each round by itself."""
    moves: Counter[Move] = field(default_factory=Counter)
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The figures of one voice in a scope. Every level is the sum of the states' parts."""

    voice: str
    scope: Scope
    parts: tuple[StateFigures, ...]
    """One for each state, by code."""

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The states with a sheet in any of the rounds."""
        return tuple(part.state for part in self.parts if part.spoke)

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """The states without one."""
        return tuple(part.state for part in self.parts if not part.spoke)

    @cached_property
    def whole(self) -> Tally:
        """All of it."""
        return total(self.guidelines.values())

    @cached_property
    def guidelines(self) -> dict[str, Tally]:
        """By guideline, in the order of the plan; those about which nothing is asked are left out."""
        return {id_: total(part.guidelines[id_] for part in self.parts) for id_ in self.scope.guidelines}

    @cached_property
    def chapters(self) -> dict[str, Tally]:
        """By chapter, in the order of the plan."""
        return {chapter.id: self._sum(one.id for one in chapter.guidelines) for chapter in self.scope.chapters}

    @cached_property
    def strengths(self) -> dict[Strength, Tally]:
        """Firm and hortatory guidelines, apart."""
        plan = self.scope.plan
        return {
            strength: self._sum(id_ for id_, one in plan.guidelines.items() if one.strength is strength) for strength in Strength
        }

    @cached_property
    def states(self) -> dict[str, Tally]:
        """By state, by code."""
        return {part.state: total(part.guidelines.values()) for part in self.parts}

    @cached_property
    def rounds(self) -> dict[str, Tally]:
        """Each round by itself, oldest first."""
        return {round_: total(part.rounds[round_] for part in self.parts) for round_ in self.scope.rounds}

    @cached_property
    def moves(self) -> dict[str, dict[str, Counter[Trend]]]:
        """How answers moved from the round before, by round and chapter."""
        chapter_of = {guideline: chapter.id for guideline, chapter in self.scope.plan.chapter_of.items()}
        found = {round_: {chapter.id: Counter[Trend]() for chapter in self.scope.chapters} for round_ in self.scope.rounds[1:]}
        for part in self.parts:
            for (round_, guideline, moved), number in part.moves.items():
                found[round_][chapter_of[guideline]][moved] += number
        return found

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Numbers, put together as far as their indicators allow."""
        given: dict[str, list[Figure]] = {}
        for part in self.parts:
            for one in part.figures:
                given.setdefault(one.indicator, []).append(one)
        return tuple(one for indicator in self.scope.indicators for one in totals(indicator, given.get(indicator.id, ())))

    def _sum(self, guidelines: Iterable[str]) -> Tally:
        return total(self.guidelines[id_] for id_ in guidelines if id_ in self.guidelines)


@dataclass(frozen=True)
class Coverage:
    """All figures of a scope: each voice for itself, the treaties beside them. `revision` is that of the record's content."""

    scope: Scope
    voices: tuple[Figures, ...]
    treaties: tuple[TreatyTally, ...]
    revision: str = ""
    left_out: tuple[str, ...] = ()
    """Files, by path below `data/`, of which nothing could be read."""
    in_part: tuple[str, ...] = ()
    """Files of which a part could not."""


def figures_of(cells: Cells, state: str, voice: str, scope: Scope, rows: Iterable[Sequence[Cell]] | None = None) -> StateFigures:
    """What a state adds to the figures of a voice; `rows` are the cells of each indicator, where they are known."""
    standing: dict[str, list[Cell]] = {guideline: [] for guideline in scope.guidelines}
    each: dict[str, list[Cell]] = {round_: [] for round_ in scope.rounds}
    moves: Counter[Move] = Counter()
    numbers: list[Figure] = []
    for row in rows if rows is not None else cells.rows(state, scope.indicators, scope.rounds, voice):
        standing[row[0].indicator.guideline].append(cells.latest(row))
        for cell in row:
            each[cell.round].append(cell)
        for before, after in pairwise(row):
            moved = trend(before, after)
            if moved is not None:
                moves[after.round, after.indicator.guideline, moved] += 1
        numbers += figures(row)
    return StateFigures(
        state=state,
        voice=voice,
        spoke=tuple(round_ for round_ in scope.rounds if cells.sheet(state, round_, voice) is not None),
        guidelines={guideline: tally(found) for guideline, found in standing.items()},
        rounds={round_: tally(found) for round_, found in each.items()},
        moves=moves,
        figures=tuple(numbers),
    )


def put_together(parts: Iterable[StateFigures], scope: Scope, voices: Sequence[str]) -> tuple[Figures, ...]:
    """The figures of each voice; the parts may come in any order."""
    by_voice: dict[str, list[StateFigures]] = {voice: [] for voice in voices}
    for part in parts:
        by_voice[part.voice].append(part)
    return tuple(Figures(voice, scope, tuple(sorted(found, key=lambda part: part.state))) for voice, found in by_voice.items())
