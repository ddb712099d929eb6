"""`workplan fmt`: put the record's files into their canonical form. This module alone knows how that is asked for and told."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.storage.format import Formatted
    from workplan_cli.storage.tree import Directory, Entry

HELP = """Put files into their canonical form, and say which.

\b
  workplan fmt                         write anew what is not in its canonical form
  workplan fmt --diff data/states/XAA  show what that would change
  workplan fmt --check                 write nothing; exit with 1 if it would

The canonical form is an order of keys, an indentation and a spacing; words, comments and quotes stay
as they are. A file that is no sound YAML is left alone and named, and the exit code is 1.
"""


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders below data/; all of it when none is given.", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 when a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="The same, and show what would change.")] = False,
    root: Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")] = None,
) -> None:
    """Read, format, write or show."""
    from workplan_cli.cli.options import here
    from workplan_cli.cli.terminal import emit
    from workplan_cli.settings import open_repository
    from workplan_cli.storage import write
    from workplan_cli.storage.tree import Directory

    settings = open_repository(root, here())
    tree = Directory(settings.data)
    writes = not (check or diff)
    alone, same, changed = [], 0, 0
    for entry in _chosen(tree.entries(), paths or [], settings.root):
        before, form = _formatted(tree, entry)
        if form.text is None:
            alone.append(f"left alone data/{visible(entry.path)}{f':{form.line}' if form.line else ''}: {visible(form.why)}\n")
        elif form.text == before:
            same += 1
        else:
            changed += 1
            if writes:
                write.replace(settings.root, f"data/{entry.path}", form.text, before)
            done = f"{'formatted' if writes else 'would format'} data/{visible(entry.path)}\n"
            emit(_diff(entry.path, before, form.text) if diff else done)
    emit("".join(alone) + _summary(changed, same, len(alone), writes))
    raise typer.Exit(1 if alone or (changed and not writes) else 0)


def _formatted(tree: "Directory", entry: "Entry") -> "tuple[bytes, Formatted]":
    """The bytes of a file and its canonical form; of one that cannot be read, why not."""
    from workplan_cli.storage.format import Formatted, canonical
    from workplan_cli.storage.tree import Refusal

    data = entry.refusal or tree.read(entry.path)
    return (b"", Formatted(None, data.found)) if isinstance(data, Refusal) else (data, canonical(entry.path, data))


def _chosen(entries: "Sequence[Entry]", paths: Sequence[Path], root: Path) -> "Iterator[Entry]":
    """The YAML files of the record that the paths name; archived copies are nobody's to format."""
    from workplan_cli.cli.options import place
    from workplan_cli.storage.loader import ARCHIVE

    ours = [entry for entry in entries if entry.path.endswith((".yaml", ".yml")) and not entry.path.startswith(ARCHIVE)]
    wanted = [place(root, path) for path in paths]
    for path, named in zip(paths, wanted, strict=True):
        if not any(_within(entry.path, named) for entry in ours):
            raise WorkplanError(f"'{path}' holds no YAML file of the record", "name files or folders below data/")
    return (entry for entry in ours if not wanted or any(_within(entry.path, named) for named in wanted))


def _within(path: str, place: str) -> bool:
    return place == "." or f"data/{path}".startswith(f"{place}/") or f"data/{path}" == place


def _summary(changed: int, same: int, alone: int, writes: bool) -> str:
    parts = [f"{_files(changed)} {'formatted' if writes else 'would be formatted'}"] if changed else []
    if same or not (changed or alone):
        parts.append(f"{same} were so already" if changed else f"{_files(same)} in canonical form")
    parts += [f"{_files(alone)} left alone (see why: workplan validate)"] if alone else []
    return ", ".join(parts) + "\n"


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _diff(path: str, before: bytes, after: bytes) -> str:
    """A unified diff, in colour where there is colour."""
    from difflib import unified_diff

    from workplan_cli.cli.terminal import styled

    colours = {"---": "1", "+++": "1", "+": "32", "-": "31", "@": "36"}
    old, new = (text.decode().splitlines(keepends=True) for text in (before, after))
    lines = []
    for line in unified_diff(old, new, f"a/data/{visible(path)}", f"b/data/{visible(path)}"):
        shown = line.removesuffix("\n").replace("\r", "\\r")
        colour = colours.get(line[:3]) or colours.get(line[0])
        lines.append(styled(shown, colour) if colour else shown)
        lines += [] if line.endswith("\n") else ["\\ no line end at the end of the file"]
    return "\n".join(lines) + "\n"
