"""`workplan attach`: an archived copy for a piece of evidence. This module alone knows how it is asked for."""

from pathlib import Path
from typing import Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

HELP = """Keep a copy of what a piece of evidence cites, so that its words can be looked up for ever.

\b
  workplan attach XAA e3 report.txt                       the text of the document
  workplan attach XAA e5 accidents.csv                    a table
  workplan attach XAA e3 --url https://example.org/r      where it can be read
  workplan attach XAA e3 report.txt --round 2015-2016     evidence of another round

The copy goes to data/sources/archive/, byte for byte, and its sha256 into the file of the
source. A copy in which the cited words are not to be found is refused, and so is one of a
restricted source. A copy that is there is never overwritten. docs/writing.md

\b
Exit codes: 0 done · 2 wrong use, or a rule stands against it
"""


def attach(
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state, by code or name.", show_default=False)],
    evidence: Annotated[str, typer.Argument(metavar="EVIDENCE", help="The evidence, by its id in the file.", show_default=False)],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="The copy: a text, or a CSV table.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="The address where the source is read.")] = None,
    round_: Annotated[str | None, typer.Option("--round", help="The round; the one that is open when not given.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="Whose evidence: state, desk-review, assessment, …")] = "state",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    root: RootOption = None,
) -> None:
    """Find the evidence, read the copy, check, show, write."""
    from workplan_cli.checking.attachment import attached, cited
    from workplan_cli.cli import terminal
    from workplan_cli.cli.amending import open_sitting
    from workplan_cli.storage.write import replace_all

    if file is None and url is None:
        raise WorkplanError("neither a copy nor an address is given", "name a file, or --url ADDRESS")
    sitting = open_sitting(root, state, round_, voice)
    path = sitting.desk.path(sitting.state, sitting.round, sitting.voice)
    found = cited(sitting.desk, path, evidence)
    copy = _read(file) if file is not None else None
    made = attached(sitting.desk, found, copy, file.suffix.lower() if file is not None else "", url)
    for place, data, before in made.files:
        terminal.emit(f"data/{place}{f' (new, {len(data):,} bytes)' if before is None else ''}\n")
        if before is None and (sitting.root / "data" / place).exists():
            raise WorkplanError(f"data/{place} was made by another program in the meantime", "run the command again")
    for one in made.found:
        terminal.say(f"{one.code.id} {one.message}", one.hint)
    if made.proves:
        terminal.emit(f"{made.proves}\n")
    if not made.files:
        terminal.emit(f"data/{found.source.path} says so already; nothing to write\n")
    elif dry_run:
        terminal.emit("nothing is written: --dry-run\n")
    else:
        replace_all(sitting.root, [(f"data/{place}", data, before) for place, data, before in made.files])


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
