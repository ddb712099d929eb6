"""What is still owed: questions without an answer, claims without proof, answers that time or the text has left behind.

This module alone knows what a gap is, and who could help to close it: states that report the same thing implemented, with
evidence anyone can verify. That is for cooperation; nobody is compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import Cell, Flag, Standing


class Lack(StrEnum):
    """What is missing."""

    UNANSWERED = "unanswered"
    """No answer, or one carried from the last round and not yet confirmed."""
    UNEVIDENCED = "unevidenced"
    """A claim without evidence that was found in an archived copy."""
    OUTDATED = "outdated"
    """The guideline's text has changed in meaning since."""
    EXPIRED = "expired"
    """What is said ended before the as-of date."""


@dataclass(frozen=True)
class Gap:
    """One thing that is owed by one voice on one state."""

    voice: str
    state: str
    indicator: str
    guideline: str
    lack: Lack
    standing: Standing
    round: str
    """The round of the answer that stands; the latest where there is none."""


@dataclass(frozen=True)
class Example:
    """A state that reports something implemented, with public evidence that was found."""

    state: str
    voice: str
    indicator: str


def gaps_of(cells: Cells, state: str, voice: str, scope: Scope) -> Iterator[Gap]:
    """The gaps of one voice on one state, in the order of the plan."""
    for indicator in scope.indicators:
        cell = cells.over(state, indicator, scope.rounds, voice)
        for lack in lacks(cell):
            yield Gap(voice, state, indicator.id, indicator.guideline, lack, cell.standing, cell.round)


def lacks(cell: Cell) -> Iterator[Lack]:
    """What one cell lacks; an honest no, and every absence that is said, lacks nothing."""
    if cell.standing in (Standing.UNANSWERED, Standing.CARRIED):
        yield Lack.UNANSWERED
        return
    for flag, lack in ((Flag.UNVERIFIED, Lack.UNEVIDENCED), (Flag.OUTDATED, Lack.OUTDATED), (Flag.EXPIRED, Lack.EXPIRED)):
        if flag in cell.flags:
            yield lack


def examples_of(cells: Cells, state: str, voice: str, scope: Scope) -> Iterator[Example]:
    """What a state can show others: implemented, final, in force, and verified."""
    for indicator in scope.indicators:
        cell = cells.over(state, indicator, scope.rounds, voice)
        if cell.standing is Standing.IMPLEMENTED and cell.flags <= {Flag.LATE}:
            yield Example(state, voice, indicator.id)


def helpers(gap: Gap, examples: Iterable[Example]) -> tuple[Example, ...]:
    """The other states that have what a gap lacks, by voice and code."""
    found = {one for one in examples if one.indicator == gap.indicator and one.state != gap.state}
    return tuple(sorted(found, key=lambda one: (one.voice != "state", one.voice, one.state)))
