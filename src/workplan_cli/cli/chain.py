"""`workplan explain coverage`: what a figure was made of."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import ChapterOption, DayOption, PeriodOption, RootOption, RoundOption, StateOption, VoiceOption

if TYPE_CHECKING:
    from workplan_cli.analysis.scope import Scope
    from workplan_cli.analysis.standing import Cell
    from workplan_cli.checking.survey import Part
    from workplan_cli.cli.scope import Opened

HELP = """Show what a figure of `workplan coverage` was made of.

\b
  workplan explain coverage --state XAA --chapter general
  workplan explain coverage --state XAA --guideline g01 --measure evidence
  workplan explain coverage --guideline g03 --as-of 2018-12-31

The figure, its formula in words and in numbers, then every cell with the part it plays:
the answer, the revision of the text it answers, its evidence, its file and line.
"""


class Shape(StrEnum):
    """How the chain is written."""

    TEXT = "text"
    MARKDOWN = "md"


class Which(StrEnum):
    """Which measure is explained."""

    ALL = "all"
    REPORTING = "reporting"
    IMPLEMENTATION = "implementation"
    EVIDENCE = "evidence"


def explain_coverage(
    period: PeriodOption = None,
    round_: RoundOption = None,
    state: StateOption = None,
    chapter: ChapterOption = None,
    guideline: Annotated[list[str] | None, typer.Option("--guideline", metavar="ID", help="Only these guidelines.")] = None,
    measure: Annotated[Which, typer.Option("--measure", help="Only this measure.")] = Which.ALL,
    voice: VoiceOption = None,
    strict: Annotated[bool, typer.Option("--strict/--relaxed", help="Set claims apart that are drafts or unverified.")] = False,
    as_of: DayOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="How it is written.")] = Shape.TEXT,
    root: RootOption = None,
) -> None:
    """Open, follow, show."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.chain import Measure
    from workplan_cli.cli.grid import FigurePage
    from workplan_cli.cli.markdown import MarkdownPage
    from workplan_cli.cli.pages import chain
    from workplan_cli.cli.places import Places
    from workplan_cli.cli.scope import Asked, complain, open_scope
    from workplan_cli.storage.revision import revision_of

    opened = open_scope(Asked(root, period, round_, tuple(state or ()), tuple(chapter or ()), tuple(voice or ()), as_of))
    survey, scope = opened.survey, _only(guideline or (), opened)

    def work(part: "Part") -> "list[list[Cell]]":
        cells = Cells(part.record, part.verified, scope.as_of)
        return [
            [cells.over(part.state, indicator, scope.rounds, voice) for indicator in scope.indicators] for voice in opened.voices
        ]

    looked = list(survey.each(scope.states, work))
    voices = [(voice, [cell for one in looked for cell in one.made[place]]) for place, voice in enumerate(opened.voices)]
    spoken = [(voice, cells) for voice, cells in voices if voice == "state" or any(cell.answer is not None for cell in cells)]
    language = next(iter(scope.plan.languages), "en")
    page = MarkdownPage(language) if shape is Shape.MARKDOWN else FigurePage(language)
    asked = chain.Asked(
        scope=scope,
        record=survey.record,
        verified=survey.verified,
        places=Places(survey.tree),
        measures=tuple(Measure) if measure is Which.ALL else (Measure(measure.value),),
        strict=strict,
        revision=revision_of(survey.tree, opened.entries),
    )
    chain.show_chain(asked, voices if voice else spoken, page)
    page.finish()
    raise typer.Exit(complain(sum((one.unread for one in looked), survey.unread)))


def _only(written: "Sequence[str]", opened: "Opened") -> "Scope":
    """The scope narrowed to some guidelines."""
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli import named

    scope = opened.scope
    within = [guideline.id for chapter in scope.chapters for guideline in chapter.guidelines]
    chosen = named.ids(written, Kind.GUIDELINE, opened.survey.record, within) or within
    return replace(
        scope,
        indicators=tuple(one for one in scope.indicators if one.guideline in chosen),
        treaties=tuple(one for one in scope.treaties if one.guideline in chosen),
    )
