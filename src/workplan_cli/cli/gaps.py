"""`workplan gaps`: what is still owed, and who could help."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import ChapterOption, DayOption, PeriodOption, RootOption, RoundOption, StateOption, VoiceOption

if TYPE_CHECKING:
    from workplan_cli.analysis.gaps import Example, Gap
    from workplan_cli.checking.survey import Part
    from workplan_cli.cli.scope import Opened

HELP = """List what is unanswered, unevidenced, outdated or expired.

\b
  workplan gaps                   how many gaps each state has
  workplan gaps --state XAA       each gap, and who reports the thing implemented
  workplan gaps --format csv > gaps.csv

A gap is looked for in the states' own voice and in the desk review; name others with
--voice. States that report the same thing implemented, with evidence that was found in an
archived copy, are named so that one can ask them; nobody is compared.

\b
Exit codes: 0 all was read · 1 some files could not be read whole · 2 wrong use
"""


class Shape(StrEnum):
    """How the gaps are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "md"


def gaps(
    period: PeriodOption = None,
    round_: RoundOption = None,
    state: StateOption = None,
    chapter: ChapterOption = None,
    voice: VoiceOption = None,
    as_of: DayOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="How it is written.")] = Shape.TEXT,
    root: RootOption = None,
) -> None:
    """Open, look, show."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.scope import Asked, complain, open_scope

    opened = open_scope(Asked(root, period, round_, tuple(state or ()), tuple(chapter or ()), tuple(voice or ()), as_of))
    if not voice:
        opened = opened.answering()
    with terminal.progress("looking for gaps") as progress:
        looked = list(opened.survey.each(opened.survey.states, _work(opened), opened.jobs, progress))
    found = [gap for one in looked for gap in one.made[0]]
    examples = [example for one in looked for example in one.made[1]]
    _show(opened, found, examples, shape, bool(state))
    raise typer.Exit(complain(sum((one.unread for one in looked), opened.survey.unread)))


def _work(opened: "Opened") -> "Callable[[Part], tuple[list[Gap], list[Example]]]":
    """What to look for in each state: the gaps of those asked about, and what every state can show others."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.gaps import examples_of, gaps_of
    from workplan_cli.cli.named import ANSWERING

    scope, chosen = opened.scope, frozenset(opened.scope.states)

    def work(part: "Part") -> "tuple[list[Gap], list[Example]]":
        cells = Cells(part.record, part.verified, scope.as_of)
        voices = opened.voices if part.state in chosen else ()
        found = [gap for voice in voices for gap in gaps_of(cells, part.state, voice, scope)]
        speaking = (voice for voice in ANSWERING if voice in cells.voices)
        return found, [one for voice in speaking for one in examples_of(cells, part.state, voice, scope)]

    return work


def _show(opened: "Opened", found: "list[Gap]", examples: "list[Example]", shape: Shape, one_by_one: bool) -> None:
    from workplan_cli.cli import terminal

    if shape is Shape.JSON or shape is Shape.CSV:
        from workplan_cli.exchange.gaps import as_csv, as_json

        text = as_json(found, examples, opened.scope) if shape is Shape.JSON else as_csv(found, examples)
        terminal.emit_bytes(text.encode())
        return
    from workplan_cli.cli.grid import FigurePage
    from workplan_cli.cli.markdown import MarkdownPage
    from workplan_cli.cli.pages.gaps import show_gaps

    language = next(iter(opened.scope.plan.languages), "en")
    page = MarkdownPage(language) if shape is Shape.MARKDOWN else FigurePage(language)
    show_gaps(found, examples, opened, page, one_by_one)
    page.finish()
