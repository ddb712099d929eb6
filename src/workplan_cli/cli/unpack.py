"""`workplan unpack`: questionnaires that came back. This module alone knows how they are read into the record."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.cli.takings import Taking
    from workplan_cli.exchange.questionnaire.reading import Reading
    from workplan_cli.exchange.questionnaire.vocabulary import Vocabulary

HELP = """Read questionnaires that came back, show what they change, and write it when asked to.

\b
  workplan unpack XAA-2017-2018.xlsx                     show what would change
  workplan unpack labour.xlsx health.xlsx --write        put the answers of two ministries in
  workplan unpack XAA.xlsx --marked to-correct.xlsx      a copy with the wrong cells marked

Answers are drafts unless the sheet says that they are final. Where two sheets, or a sheet and
a record that was changed meanwhile, say different things, both are named and neither is
taken. A second run changes nothing. docs/spreadsheets.md says more.

\b
Exit codes: 0 done · 1 some cells or answers were not taken · 2 wrong use
"""


def unpack(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="The .xlsx files.", show_default=False)],
    write: Annotated[bool, typer.Option("--write", help="Put the answers in.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the sheet's answer where the record has another since it was packed.")
    ] = False,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", metavar="XLSX", help="Write a copy with the wrong cells marked.", show_default=False),
    ] = None,
    root: RootOption = None,
) -> None:
    """Read, compare, write if asked, show."""
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.cli import takings, terminal
    from workplan_cli.cli.options import here
    from workplan_cli.cli.tongues import all_tongues
    from workplan_cli.exchange.questionnaire.vocabulary import Vocabulary
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    settings = open_repository(root, here())
    if marked is not None:
        _markable(marked, files, settings.data)
    desk = open_desk(Directory(settings.data))
    spoken = all_tongues(desk)
    readings = [_reading(file, desk, Vocabulary(spoken, desk.record.plan)) for file in files]
    taken = takings.take(readings, desk, replace)
    if write:
        takings.write(taken, settings.root)
    if marked is not None:
        _mark(marked, readings[0], taken, desk)
    terminal.emit(takings.told(taken, write))
    raise typer.Exit(1 if any(one.is_partial for one in taken) else 0)


def _reading(file: Path, desk: "Desk", vocabulary: "Vocabulary") -> "Reading":
    """What a file says, read against the record as it is now."""
    from dataclasses import replace

    from workplan_cli.cli.importing import bytes_of
    from workplan_cli.cli.pack import voice_of
    from workplan_cli.exchange.questionnaire.form import form_of
    from workplan_cli.exchange.questionnaire.reading import read
    from workplan_cli.exchange.questionnaire.returned import read_returned

    returned = read_returned(bytes_of(file, ".xlsx"), file.name)
    subject = returned.subject
    name = visible(file.name)
    if subject.state not in desk.record.states:
        raise WorkplanError(f"'{name}' is of the state '{visible(subject.state)}', which this record does not have")
    if subject.round not in desk.record.plan.round_ids:
        raise WorkplanError(f"'{name}' is of the round '{visible(subject.round)}', which the plan does not have")
    voice_of(subject.voice)
    tongue = next((one for one in vocabulary.tongues if one.language == subject.language), None)
    if tongue is None:
        raise WorkplanError(f"'{name}' is in the language '{visible(subject.language)}', which the tool does not speak")
    sheet = desk.sheet(desk.path(subject.state, subject.round, subject.voice), subject.round)
    asked = [desk.record.indicators[one] for one in returned.base["revisions"] if one in desk.record.indicators]
    asked = [one for one in asked if one.guideline in desk.record.plan.guidelines and one.answered_in]
    before = desk.before(subject.state, subject.round, subject.voice)
    form = form_of(replace(subject, revision=desk.revision), desk.record, asked, sheet.document, before)
    return read(returned, form, vocabulary, tongue)


def _markable(marked: Path, files: Sequence[Path], data: Path) -> None:
    from workplan_cli.cli.pack import free

    if len(files) > 1:
        raise WorkplanError("--marked is of one file", "unpack one file at a time to have it marked")
    free(marked, False, data)


def _mark(target: Path, reading: "Reading", taken: "Sequence[Taking]", desk: "Desk") -> None:
    """The questionnaire with what was typed into it, and remarks on what cannot be taken."""
    from workplan_cli.cli.tongues import about, tongue
    from workplan_cli.exchange.questionnaire.filled import Filled
    from workplan_cli.exchange.questionnaire.workbook import workbook
    from workplan_cli.storage.write import replace

    returned = reading.returned
    marks = {(one.sheet, one.key, one.column): one.message for taking in taken for one in taking.problems}
    filled = Filled(
        {key: {column: one.text for column, one in line.items()} for key, line in returned.rows.items()},
        {number: {column: one.text for column, one in line.items()} for number, line in returned.evidence.items()},
        {key: one.text for key, one in returned.head.items()},
        marks,
    )
    spoken = tongue(reading.form.subject.language, desk)
    replace(target.parent, target.name, workbook(reading.form, spoken, about(reading.form, spoken, desk), filled))
