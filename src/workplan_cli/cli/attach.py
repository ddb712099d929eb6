"""`workplan attach`: an archived copy for a piece of evidence. This module alone knows how it is asked for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.attachment import Cited
    from workplan_cli.checking.desk import Desk

HELP = """Keep a copy of what a piece of evidence cites, so that its words can be looked up for ever.

\b
  workplan attach XAA e3 report.txt                     a document's text
  workplan attach XAA e5 accidents.csv                  a table
  workplan attach XAA e3 --url https://example.org/r    where it is read
  workplan attach XAA e3 report.txt --round 2015-2016   of another round
  workplan attach XAA joint-inspection report.txt --register practices

The copy goes to data/sources/archive/, byte for byte, and its sha256 into the file of the
source. A copy in which the cited words are not to be found is refused, and so is one of a
restricted source. A copy that is there is never overwritten. docs/writing.md

\b
Exit codes: 0 done · 2 wrong use, or a rule stands against it
"""


def attach(
    state: Annotated[
        str, typer.Argument(metavar="STATE", help="The state, by code or name; the holder of a register.", show_default=False)
    ],
    evidence: Annotated[
        str, typer.Argument(metavar="EVIDENCE", help="The evidence, by its id in the file; or an entry.", show_default=False)
    ],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="The copy: a text, or a CSV table.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="The address where the source is read.")] = None,
    round_: Annotated[str | None, typer.Option("--round", help="The round; the one that is open when not given.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="Whose evidence: state, desk-review, assessment, …")] = "state",
    register: Annotated[
        str | None, typer.Option("--register", metavar="NAME", help="For what an entry of a register cites.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Which of the sources that the entry cites.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    root: RootOption = None,
) -> None:
    """Find the evidence, read the copy, check, show, write."""
    from workplan_cli.checking.attachment import attached
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.cli import options, terminal
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory
    from workplan_cli.storage.write import change

    if file is None and url is None:
        raise WorkplanError("neither a copy nor an address is given", "name a file, or --url ADDRESS")
    if source is not None and register is None:
        raise WorkplanError("a source is named, and no register", "evidence has one source; for an entry: --register NAME")
    settings = open_repository(root, options.here())
    desk = open_desk(Directory(settings.data))
    found = _cited(desk, (state, evidence), register, source, round_, voice)
    copy = _read(file) if file is not None else None
    made = attached(desk, found, copy, file.suffix.lower() if file is not None else "", url)
    for place, data, before in made.files:
        terminal.emit(f"data/{place}{f' (new, {len(data):,} bytes)' if before is None else ''}\n")
    for one in made.found:
        terminal.say(f"{one.code.id} {one.message}", one.hint)
    if made.proves:
        terminal.emit(f"{made.proves}\n")
    if not made.files:
        terminal.emit(f"data/{found.source.path} says so already; nothing to write\n")
    elif dry_run:
        terminal.emit("nothing is written: --dry-run\n")
    else:
        change(settings.root, [(f"data/{place}", data, before) for place, data, before in made.files])


def _cited(
    desk: "Desk", named: tuple[str, str], register: str | None, source: str | None, round_: str | None, voice: str
) -> "Cited":
    """What cites the source: evidence in a file of answers, or an entry of a register."""
    from workplan_cli.checking.attachment import cited, cited_by_entry
    from workplan_cli.cli.amending import round_that_is_open, voice_of
    from workplan_cli.cli.pack import state_of

    who, id_ = named
    if register is not None:
        names = {words.lower(): code for code, one in desk.record.states.items() for words in (code, *one.names.values())}
        return cited_by_entry(desk, register, names.get(who.lower(), who), id_, source)
    return cited(desk, desk.path(state_of(who, desk), round_that_is_open(round_, desk), voice_of(voice)), id_)


def _read(file: Path) -> bytes:
    """The bytes of the copy; of a pipe, a folder, or what is too large, nothing is read."""
    from workplan_cli.cli.options import here
    from workplan_cli.storage.tree import MAX_BYTES, Directory, Refusal

    shown = visible(str(file))
    data = Directory(here()).read(str(file))
    if not isinstance(data, Refusal):
        return data
    if data.reason == "gone":
        raise WorkplanError(f"there is no file '{shown}'", "name the copy by its path from here")
    hint = f"a copy has at most {MAX_BYTES // 1024 // 1024} MB: keep the pages that are cited" if data.reason == "size" else ""
    raise WorkplanError(f"'{shown}' cannot be read: {data.found}", hint or "name a file that can be read")
