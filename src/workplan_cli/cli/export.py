"""`workplan export`: the record for other programs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import ChapterOption, DayOption, PeriodOption, RootOption, RoundOption, StateOption, VoiceOption

if TYPE_CHECKING:
    from workplan_cli.api import OpenRecord
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


PACKAGE = """Write the whole record as open data into a folder: CSV tables and a Data Package.

\b
  workplan export package open-data
  workplan export package open-data --period 2015-2018

datapackage.json says what every column means. The same record gives the same bytes; a folder
that was made before is replaced whole. docs/export.md says more.

\b
Exit codes: 0 all was read · 1 some files could not be read whole · 2 wrong use
"""
SQLITE = """Write the whole record as an SQLite database, with keys, foreign keys and a codebook.

\b
  workplan export sqlite record.sqlite
  sqlite3 record.sqlite "SELECT state, standing FROM cells WHERE indicator = 'g08-line'"

\b
Exit codes: 0 all was read · 1 some files could not be read whole · 2 wrong use
"""
JSON = """Write the whole record as JSON: every table as a list of objects.

\b
  workplan export json > record.json

\b
Exit codes: 0 all was read · 1 some files could not be read whole · 2 wrong use
"""
FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go.", show_default=False)]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The database; one that is there is replaced.")]


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


@app.command(help=PACKAGE)
def package(folder: FolderArgument, period: PeriodOption = None, root: RootOption = None) -> None:
    """Open, fill the tables, write the folder."""
    from workplan_cli.cli import terminal
    from workplan_cli.exchange.open.writers import package as files_of
    from workplan_cli.storage.folder import replace_folder

    record = _opened(period, root, folder)
    files = files_of(record.tables, record.about)
    number = replace_folder(folder, sorted(files.items()))
    terminal.emit(f"wrote {_shown(folder)}: {number} files, revision {record.revision}\n")
    _leave(record)


@app.command(help=SQLITE)
def sqlite(file: FileArgument, period: PeriodOption = None, root: RootOption = None) -> None:
    """Open, fill the tables, write the database."""
    from workplan_cli.cli import terminal
    from workplan_cli.errors import WorkplanError
    from workplan_cli.exchange.open.writers import as_sqlite
    from workplan_cli.storage.write import replace

    record = _opened(period, root, file)
    if os.path.lexists(file) and not _is_database(file):
        raise WorkplanError(f"'{_shown(file)}' is there, and is no database", "name another file")
    replace(file.parent, file.name, as_sqlite(record.tables, record.about))
    terminal.emit(f"wrote {_shown(file)}: {len(record.names)} tables, revision {record.revision}\n")
    _leave(record)


@app.command("json", help=JSON)
def json_(period: PeriodOption = None, root: RootOption = None) -> None:
    """Open, fill the tables, write."""
    from workplan_cli.cli import terminal
    from workplan_cli.exchange.open.writers import as_json

    record = _opened(period, root, None)
    terminal.emit_bytes(as_json(record.tables, record.about))
    _leave(record)


def _opened(period: str | None, root: Path | None, target: Path | None) -> "OpenRecord":
    """The record; before that is read, whether what is asked for may be written where it is to go."""
    from workplan_cli.api import open_record
    from workplan_cli.cli.options import here
    from workplan_cli.errors import WorkplanError
    from workplan_cli.settings import open_repository

    settings = open_repository(root, here())
    if target is not None:
        if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(settings.data)):
            raise WorkplanError(
                f"'{_shown(target)}' lies in the record, and an export is none of it", "name a place outside data/"
            )
        if not os.path.isdir(target.parent):
            raise WorkplanError(f"there is no folder '{_shown(target.parent)}'", "make it first")
    return open_record(settings.root, period)


def _is_database(file: Path) -> bool:
    if not os.path.isfile(file):
        return False
    with open(file, "rb") as there:
        return there.read(15) == b"SQLite format 3"


def _leave(record: "OpenRecord") -> None:
    from workplan_cli.checking.survey import Unread
    from workplan_cli.cli.scope import complain

    raise typer.Exit(complain(Unread(record.unread)))


def _shown(path: Path) -> str:
    from workplan_cli.diagnostics import visible

    return visible(str(path))
