"""The revision of a record: a hash of its content, the same on every machine and on every day.

This module alone knows how it is made: the sha256 of a line for each file below `data/`, in the order of their paths, with the
sha256 of its bytes. It can be made anew without this tool: `cd data && find . -type f | LC_ALL=C sort`, hash each, hash the
list.
"""

import hashlib
from collections.abc import Iterable

from workplan_cli.storage.tree import Entry, Refusal, Tree

SHOWN = 12
"""Hexadecimal digits that are printed."""


def revision_of(tree: Tree, entries: Iterable[Entry] | None = None) -> str:
    """The revision of a tree's files, hidden ones apart; one that cannot be read counts by its name alone."""
    whole = hashlib.sha256()
    for entry in sorted(tree.entries() if entries is None else entries, key=lambda entry: entry.path.encode()):
        data = tree.read(entry.path) if entry.refusal is None else entry.refusal
        digest = "-" if isinstance(data, Refusal) else hashlib.sha256(data).hexdigest()
        whole.update(f"{digest}  {entry.path}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()[:SHOWN]
