"""What `seal` and `verify` have in common: the report made of a record, and hashed; a copy of it; what differs, said by name."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.cli.edition import Edition, Format, Wanted
    from workplan_cli.settings import Settings
    from workplan_cli.storage.git import Repository
    from workplan_cli.storage.tree import Tree

_SHOWN = 10


def made_anew(
    tree: "Tree", settings: "Settings", wanted: "Wanted", kinds: Sequence["Format"]
) -> "tuple[Edition, dict[str, str]]":
    """The report that a record makes, and the sha256 of each file of it."""
    from workplan_cli.cli import edition, terminal

    made = edition.prepare(tree, edition.folders(settings), wanted)
    with terminal.progress("making the report") as progress:
        return made, {path: hashlib.sha256(content).hexdigest() for path, content in made.files(kinds, progress)}


def committed(git: "Repository", name: str) -> "tuple[str, Tree] | None":
    """The commit that a name means, and the record that it holds, read whole; None where it holds none."""
    from workplan_cli.storage.tree import Memory

    try:
        tree = git.tree(name)
    except WorkplanError:
        return None
    try:
        return tree.commit, Memory({one.path: one.refusal or tree.read(one.path) for one in tree.entries()})
    finally:
        tree.close()


def folder_of(folder: Path) -> dict[str, str]:
    """The sha256 of each file of a report in a folder."""
    from workplan_cli.checking.seal import hashed
    from workplan_cli.storage.tree import Directory

    if not os.path.isdir(folder):
        raise WorkplanError(f"there is no folder '{visible(str(folder))}'", "name the folder of the report")
    tree = Directory(folder)
    return hashed(tree, [one.path for one in tree.entries()])


def told(found: Sequence[str]) -> int:
    """Say what differs, the first by name; returns how many they are."""
    from workplan_cli.cli import terminal

    bad = terminal.glyphs().error
    more = len(found) - _SHOWN
    lines = [f"{bad} {visible(one)}\n" for one in found[:_SHOWN]] + ([f"{bad} and {more} more\n"] if more > 0 else [])
    terminal.emit("".join(lines))
    return len(found)


def many(number: int, what: str) -> str:
    """A number of things: `1 file`, `7 files`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
