"""`workplan import`: answers and entries of registers from a table that someone else made.

This module alone knows how an import is asked for.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.intake import File, Intake, RegisterFile, Sheet
    from workplan_cli.exchange.imports.edits import Change
    from workplan_cli.exchange.imports.enrolment import Entry
    from workplan_cli.exchange.imports.entries import EntryChange
    from workplan_cli.exchange.imports.proposals import Proposal

HELP = """Propose answers and entries of registers from a table, a CSV file or a spreadsheet, and write them when asked to.

\b
  workplan import FILE --map data/imports/NAME.yaml          show what would be put in
  workplan import FILE --map NAME --state XAA,XAB --write    put it in
  workplan import FILE --map NAME --dropped left-out.csv     list every cell that is left out, and why
  workplan import open-data/datapackage.json                 our own export, which needs no map

The map says what the table's columns and words mean. Each answer cites its row and cell, and so
does each entry of a register. What is there and says something else stays, unless --replace is
given; a second run proposes nothing. docs/import.md says more.

\b
Exit codes: 0 done · 1 some answers or files were left as they are · 2 wrong use
"""


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table: .csv or .xlsx; or an export.", show_default=False)],
    map_: Annotated[
        str | None, typer.Option("--map", metavar="MAP", help="The import map, by its path or its name.", show_default=False)
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the answers in.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Take the import's answer where another stands.")] = False,
    state: Annotated[
        list[str] | None, typer.Option("--state", metavar="STATES", help="Only these states.", show_default=False)
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show every cell that is left out.")] = False,
    dropped: Annotated[
        Path | None, typer.Option("--dropped", metavar="CSV", help="List them in this file.", show_default=False)
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="CSV", help="Put the rows that are cited into this file, to archive.", show_default=False),
    ] = None,
    root: Annotated[
        Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.", show_default=False)
    ] = None,
) -> None:
    """Read, propose, compare, write if asked, show."""
    from workplan_cli.checking.intake import open_intake
    from workplan_cli.cli import proposed
    from workplan_cli.cli.options import here, words
    from workplan_cli.cli.readback import is_export, read_back
    from workplan_cli.cli.terminal import emit
    from workplan_cli.exchange.imports.columns import columns_needed
    from workplan_cli.exchange.imports.proposals import propose
    from workplan_cli.exchange.imports.remains import as_csv, kept
    from workplan_cli.exchange.imports.tables import read_table
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory
    from workplan_cli.storage.write import replace as put

    settings = open_repository(root, here())
    if is_export(file):
        if map_ is not None or dropped is not None or keep is not None or verbose:
            raise WorkplanError("an export of ours takes no --map, --dropped, --keep or --verbose", "leave them out")
        write_all = partial(_write, root=settings.root)
        told, stays = read_back(file, settings.data, frozenset(words(state or ())), replace, write_all if write else None)
        emit(told)
        raise typer.Exit(1 if stays else 0)
    if map_ is None:
        raise WorkplanError(
            f"'{visible(file.name)}' needs an import map", "name one with --map; docs/import.md says how to write it"
        )
    intake = open_intake(Directory(settings.data), _place(map_, settings.root))
    table = read_table(bytes_of(file), file.name, intake.mapping.layout, columns_needed(intake.mapping))
    imported = propose(intake.mapping, table, intake.record)
    states = _states(state or (), intake)
    changes = _compared(imported.proposals, states, intake, replace)
    listed = _listed(imported.entries, states, intake, replace)
    if write:
        _write([*_made(changes, intake), *_enlisted(listed, intake)], settings.root)
    for path, data in ((dropped, as_csv(imported.dropped)), (keep, kept(table, imported.rows))):
        if path is not None:
            put(path.parent, path.name, data)
    emit(proposed.answers(changes) + proposed.entries(listed))
    emit(proposed.summary(changes, listed, imported.dropped, write, verbose))
    raise typer.Exit(1 if proposed.stays(changes, listed) else 0)


def _place(written: str, root: Path) -> str:
    """The path of a map below `data/`, from the path or the name that was typed."""
    from workplan_cli.model.mapping import ImportMap

    typed, folder = Path(written), root / "data" / "imports"
    if ImportMap.at(f"imports/{written}.yaml") and not os.path.exists(typed):
        typed = folder / f"{written}.yaml"
    try:
        path = typed.resolve().relative_to((root / "data").resolve()).as_posix()
    except (ValueError, OSError, RuntimeError):
        path = ""
    if not ImportMap.at(path):
        hint = "maps lie in data/imports/, each named after its source"
        raise WorkplanError(f"'{visible(written)}' is no import map of the record", hint)
    if not os.path.isfile(typed):
        names = sorted(one.stem for one in folder.glob("*.yaml"))
        hint = did_you_mean(
            typed.stem, names, f"there are: {', '.join(names)}" if names else "docs/import.md says how to write one"
        )
        raise WorkplanError(f"there is no import map '{visible(written)}'", hint)
    return path


def bytes_of(file: Path, kinds: str = ".csv or .xlsx") -> bytes:
    """The bytes of a table that was named. Raises WorkplanError where it cannot be read."""
    from workplan_cli.storage.tree import MAX_BYTES, Directory, Refusal

    shown = visible(str(file))
    data = Directory(file.parent).read(file.name)
    if isinstance(data, Refusal):
        if data.reason == "gone":
            raise WorkplanError(f"there is no file '{shown}'", f"name a {kinds} file")
        more = f"; the most is {MAX_BYTES:,}" if data.reason == "size" else ""
        raise WorkplanError(f"'{shown}' cannot be read: {data.found}{more}", f"name a {kinds} file that can be read")
    return data


def _states(written: Iterable[str], intake: "Intake") -> frozenset[str]:
    from workplan_cli.cli.options import words

    known, named = intake.record.states, words(written)
    for word in named:
        if word not in known:
            raise WorkplanError(
                f"there is no state '{word}'", did_you_mean(word, known, "see which there are: workplan list states")
            )
    return frozenset(named or known)


def _compared(
    proposals: "Iterable[Proposal]", states: frozenset[str], intake: "Intake", replace: bool
) -> "list[tuple[Sheet, list[Change]]]":
    """Each file that proposals are for, with what becomes of them there."""
    from workplan_cli.exchange.imports.edits import compare

    by_place: dict[tuple[str, str], list[Proposal]] = {}
    for one in proposals:
        if one.state in states:
            by_place.setdefault((one.state, one.round), []).append(one)
    sheets = {place: intake.sheet(*place) for place in by_place}
    return [
        (sheet, [] if sheet.refusal else compare(by_place[place], sheet.document, replace)) for place, sheet in sheets.items()
    ]


def _listed(
    entries: "Iterable[Entry]", states: frozenset[str], intake: "Intake", replace: bool
) -> "list[tuple[RegisterFile, list[EntryChange]]]":
    """Each file of a register that entries are for, with what becomes of them there."""
    from workplan_cli.exchange.imports.entries import compare_entries

    by_place: dict[tuple[str, str], list[Entry]] = {}
    for one in entries:
        if one.state in states:
            by_place.setdefault((one.listing.name, one.state), []).append(one)
    found = []
    for several in by_place.values():
        listing, sheet = several[0].listing, intake.register(several[0].listing, several[0].state)
        there = listing.entries(sheet.document) if sheet.document else ()
        found.append((sheet, [] if sheet.refusal else compare_entries(several, there, replace)))
    return found


def _made(changes: "Sequence[tuple[Sheet, list[Change]]]", intake: "Intake") -> "Iterator[tuple[File[Any], bytes]]":
    from workplan_cli.exchange.imports.edits import edit

    for sheet, found in changes:
        wanted = edit(found, sheet.document)
        if wanted.answers:
            yield sheet, intake.made(sheet, wanted.answers, wanted.evidence, wanted.without)


def _enlisted(
    listed: "Sequence[tuple[RegisterFile, list[EntryChange]]]", intake: "Intake"
) -> "Iterator[tuple[File[Any], bytes]]":
    from workplan_cli.exchange.imports.edits import Fate

    for sheet, found in listed:
        new = {one.id: one.entry.noun for one in found if one.fate is Fate.NEW}
        changed = {one.id: one.keys for one in found if one.fate in (Fate.CHANGED, Fate.REPLACED)}
        if new or changed:
            yield sheet, intake.enlisted(sheet, found[0].entry.listing, new, changed)


def _write(made: "Sequence[tuple[File[Any], bytes]]", root: Path) -> None:
    """Write every file, or, where one cannot be written, none."""
    from workplan_cli.storage.write import change

    change(root, [(f"data/{sheet.path}", data, sheet.data) for sheet, data in made])
