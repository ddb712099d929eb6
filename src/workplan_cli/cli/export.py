"""`workplan export`: the record for other programs."""

from typing import TYPE_CHECKING

import typer

from workplan_cli.cli.scope import ChapterOption, DayOption, PeriodOption, RootOption, RoundOption, StateOption, VoiceOption

if TYPE_CHECKING:
    from workplan_cli.checking.survey import Part
    from workplan_cli.exchange.cells import Row

app = typer.Typer(help="Write the record for other programs.", no_args_is_help=True, rich_markup_mode=None)

CELLS = """Write every cell as CSV: a row for each state, indicator, round and voice.

\b
  workplan export cells > cells.csv
  workplan export cells --state XAA --round 2016

Silence has its rows too. Figures of `workplan coverage` can be made anew from these rows
alone; docs/coverage.md says how.

\b
Exit codes: 0 all was read · 1 some files could not be read whole · 2 wrong use
"""


@app.callback()
def _group() -> None:
    """Write the record for other programs."""


@app.command(help=CELLS)
def cells(
    period: PeriodOption = None,
    round_: RoundOption = None,
    state: StateOption = None,
    chapter: ChapterOption = None,
    voice: VoiceOption = None,
    as_of: DayOption = None,
    root: RootOption = None,
) -> None:
    """Open, cut into cells, write."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.cli import terminal
    from workplan_cli.cli.scope import Asked, complain, open_scope
    from workplan_cli.exchange.cells import as_csv, rows_of

    opened = open_scope(Asked(root, period, round_, tuple(state or ()), tuple(chapter or ()), tuple(voice or ()), as_of))
    scope, survey, voices = opened.scope, opened.survey, opened.voices

    def work(part: "Part") -> "list[Row]":
        return list(rows_of(Cells(part.record, part.verified, scope.as_of), part.state, voices, scope))

    with terminal.progress("exporting") as progress:
        looked = list(survey.each(scope.states, work, opened.jobs, progress))
    terminal.emit_bytes(as_csv(row for one in looked for row in one.made).encode())
    raise typer.Exit(complain(sum((one.unread for one in looked), survey.unread)))
