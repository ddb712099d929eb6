"""`workplan coverage`: who reported, what is carried out, what can be verified; each with what it is a share of."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import ChapterOption, DayOption, PeriodOption, RootOption, RoundOption, StateOption, VoiceOption

if TYPE_CHECKING:
    from workplan_cli.analysis.levels import Coverage, StateFigures
    from workplan_cli.checking.survey import Part, Unread
    from workplan_cli.cli.scope import Opened
    from workplan_cli.model.record import Record

HELP = """Count who reported, what is implemented, and what can be verified.

\b
  workplan coverage                          the latest period, every voice for itself
  workplan coverage --by state --voice state
  workplan coverage --round 2016 --chapter general --strict
  workplan coverage --format csv > figures.csv

The three measures are never one; every share says what it is of; nothing of nothing is
"none". States stand in alphabetical order, and are not ranked.

\b
Exit codes: 0 all was read · 1 some files could not be read whole · 2 wrong use

What is counted: docs/coverage.md. What a figure is made of: workplan explain coverage
"""


class Level(StrEnum):
    """By what the figures of a voice are broken down."""

    CHAPTER = "chapter"
    GUIDELINE = "guideline"
    STATE = "state"


class Shape(StrEnum):
    """How the figures are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "md"


def coverage(
    period: PeriodOption = None,
    round_: RoundOption = None,
    state: StateOption = None,
    chapter: ChapterOption = None,
    voice: VoiceOption = None,
    strict: Annotated[bool, typer.Option("--strict/--relaxed", help="Set claims apart that are drafts or unverified.")] = False,
    as_of: DayOption = None,
    by: Annotated[
        Level, typer.Option("--by", help="How text and md break it down; json and csv have every level.")
    ] = Level.CHAPTER,
    shape: Annotated[Shape, typer.Option("--format", help="How it is written.")] = Shape.TEXT,
    root: RootOption = None,
) -> None:
    """Open, count, show."""
    from workplan_cli.cli.scope import Asked, complain, open_scope

    opened = open_scope(Asked(root, period, round_, tuple(state or ()), tuple(chapter or ()), tuple(voice or ()), as_of))
    counted, unread = count(opened)
    _show(counted, opened.survey.record, by, strict, shape, opened.voices if voice else ())
    raise typer.Exit(complain(unread))


def count(opened: "Opened") -> "tuple[Coverage, Unread]":
    """The figures of a scope, and what could not be read for them."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.levels import Coverage, figures_of, put_together
    from workplan_cli.analysis.treaties import treaty_tallies
    from workplan_cli.cli import terminal
    from workplan_cli.storage.revision import revision_of

    scope, survey, voices = opened.scope, opened.survey, opened.voices

    def work(part: "Part") -> "list[StateFigures]":
        cells = Cells(part.record, part.verified, scope.as_of)
        return [figures_of(cells, part.state, voice, scope) for voice in voices]

    with terminal.progress("counting") as progress:
        looked = list(survey.each(scope.states, work, opened.jobs, progress))
    unread = sum((one.unread for one in looked), survey.unread)
    parts = [part for one in looked for part in one.made]
    treaties = treaty_tallies(scope.treaties, survey.record.treaties, scope.states, scope.as_of)
    revision = revision_of(survey.tree, opened.entries)
    return Coverage(scope, put_together(parts, scope, voices), treaties, revision, unread.out, unread.part), unread


def _show(counted: "Coverage", record: "Record", by: Level, strict: bool, shape: Shape, in_full: tuple[str, ...]) -> None:
    from workplan_cli.cli import terminal

    if shape is Shape.JSON or shape is Shape.CSV:
        from workplan_cli.exchange import figures

        text = figures.as_json(counted) if shape is Shape.JSON else figures.as_csv(counted)
        terminal.emit_bytes(text.encode("utf-8", "backslashreplace"))
        return
    from workplan_cli.cli.grid import FigurePage
    from workplan_cli.cli.markdown import MarkdownPage
    from workplan_cli.cli.pages.coverage import show_coverage

    language = next(iter(counted.scope.plan.languages), "en")
    page = MarkdownPage(language) if shape is Shape.MARKDOWN else FigurePage(language)
    show_coverage(counted, record, page, by.value, strict, in_full)
    page.finish()
