"""`workplan schema`: JSON Schema for editors. This module alone knows how it is asked for, and what of the record it needs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan_cli.model.record import Record
    from workplan_cli.storage.tree import Tree

HELP = """Write JSON Schema for every kind of file, with this record's own ids and questions.

\b
  workplan schema              write schema/*.schema.json
  workplan schema --check      write nothing; exit with 1 when one of them is not current
  workplan schema submission   show one

An editor that is told of them offers the words that fit, shows each question, and marks what validate would refuse;
docs/editors.md says how. Make them anew when states, indicators or sources are added.
"""
FOLDER = "schema"


def schema(
    kind: Annotated[
        str | None, typer.Argument(help="Only this kind of file; shown unless --output is given.", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 when a file is not current.")] = False,
    output: Annotated[Path | None, typer.Option("--output", metavar="DIR", help="Another folder than schema/.")] = None,
    root: Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")] = None,
) -> None:
    """Read the record, make the schemas, write or compare them."""
    from workplan_cli.cli.options import here
    from workplan_cli.cli.terminal import emit
    from workplan_cli.exchange.schema import KINDS, file_name, text
    from workplan_cli.exchange.schema import schema as made
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    if kind is not None and kind not in KINDS:
        raise WorkplanError(f"'{visible(kind)}' is no kind of file", did_you_mean(kind, KINDS, "there are: " + ", ".join(KINDS)))
    settings = open_repository(root, here())
    record = _record(Directory(settings.data))
    texts = {file_name(name): text(made(KINDS[name], record)) for name in KINDS if kind in (None, name)}
    if kind is not None and not check and output is None:
        emit(texts[file_name(kind)])
        return
    folder = here() / output if output else settings.root / FOLDER
    stale = [name for name, wanted in texts.items() if _held(folder / name) != wanted.encode()]
    stray = _stray(folder, texts) if kind is None else []
    if not check:
        _write(folder, {name: texts[name].encode() for name in stale})
    shown = visible(str(output or FOLDER))
    emit("".join(f"{'not current' if check else 'wrote'}: {shown}/{name}\n" for name in stale))
    emit("".join(f"of no kind of file, and not touched: {shown}/{visible(name)}\n" for name in stray))
    emit(f"{len(stale)} of {len(texts)} {'would be written' if check else 'written'}\n" if stale else f"{len(texts)} current\n")
    raise typer.Exit(1 if check and (stale or stray) else 0)


def _stray(folder: Path, wanted: "Mapping[str, str]") -> list[str]:
    """Files in the folder that are named as schemas and are none of ours."""
    if not os.path.isdir(folder):
        return []
    return sorted(path.name for path in folder.glob("*.schema.json") if path.name not in wanted)


def _record(tree: "Tree") -> "Record":
    """What the schemas are made of: the plan, the indicators, the states, the treaties and the sources. All of it, or none."""
    from workplan_cli.model.evidence import Source
    from workplan_cli.model.indicator import IndicatorTable
    from workplan_cli.model.record import document_at
    from workplan_cli.model.register import TreatyRegister
    from workplan_cli.model.state import State
    from workplan_cli.storage.record import damaged, load_record

    def wanted(path: str) -> bool:
        place = document_at(path)
        return place is not None and issubclass(place[0], IndicatorTable | Source | State | TreatyRegister)

    record, loaded = load_record(tree, wanted)
    out, part = damaged(loaded)
    if out or part:
        broken = visible((out + part)[0])
        raise WorkplanError(f"data/{broken} has errors, and the schemas are made of it", "mend it first: workplan validate")
    return record


def _held(path: Path) -> bytes | None:
    from workplan_cli.storage.tree import Directory, Refusal

    data = Directory(path.parent).read(path.name)
    return None if isinstance(data, Refusal) else data


def _write(folder: Path, files: dict[str, bytes]) -> None:
    from workplan_cli.storage import write

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = f"the folder '{visible(str(folder))}' cannot be made: {(error.strerror or str(error)).lower()}"
        raise WorkplanError(said, "name another with --output") from None
    write.replace_all(folder, [(name, data, None) for name, data in files.items()])
