"""The matrix of states and guidelines: a table a chapter and a voice, silence shown as such.

This module alone knows what a cell of the matrix says: the counts of its indicators' standings, and one glyph only where all of
them agree.
"""

from dataclasses import dataclass

from workplan_cli.analysis.standing import Standing
from workplan_cli.model.plan import Chapter, Provision
from workplan_cli.model.state import State
from workplan_cli.reports.guidelinepage import Counts, counts
from workplan_cli.reports.view import Report


@dataclass(frozen=True)
class MatrixCell:
    """One state and one guideline. `agreed` is the standing of all its indicators, where they stand alike."""

    guideline: Provision
    counts: Counts
    agreed: Standing | None


@dataclass(frozen=True)
class MatrixRow:
    """One state; no cells where this voice has no sheet on it in any of the rounds."""

    state: State
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """One chapter in one voice. Guidelines whose indicators are never asked have no column here."""

    chapter: Chapter
    guidelines: tuple[Provision, ...]
    rows: tuple[MatrixRow, ...]


def matrices(report: Report, voice: str) -> tuple[Matrix, ...]:
    """A matrix for each chapter."""
    return tuple(_matrix(report, voice, chapter) for chapter in report.plan.chapters)


def _matrix(report: Report, voice: str, chapter: Chapter) -> Matrix:
    spoken = frozenset(report.figures(voice).spoken)
    guidelines = tuple(one for one in chapter.guidelines if report.asked[one.id])
    rows = tuple(
        MatrixRow(state, tuple(_cell(report, voice, state, one) for one in guidelines) if state.state in spoken else ())
        for state in report.states
    )
    return Matrix(chapter, guidelines, rows)


def _cell(report: Report, voice: str, state: State, guideline: Provision) -> MatrixCell:
    standing = report.over(state.state, voice)
    found = counts(standing[place] for place, _ in report.asked[guideline.id])
    return MatrixCell(guideline, found, found[0][0] if len(found) == 1 else None)
