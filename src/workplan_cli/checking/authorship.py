"""Whether a change touches only what is its author's.

This module alone holds what a change does against the roles of who made it: file by file, and in a register entry by entry,
because one file there holds the words of several. What changed and whose roles count both come from outside the change: from git,
and from the command or the owners as they were before.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from workplan_cli.diagnostics import Code, Diagnostic
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.ownership import KEEPER, may, owner_of_entry, owners_of
from workplan_cli.storage.loader import load
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.tree import Tree

NOT_ITS_AUTHORS = Code("WP904", "not-its-authors")
CODES = (NOT_ITS_AUTHORS,)

_RECORD = "data/"
_ACTS = {
    "added": ("adds", "leave it out of"),
    "edited": ("edits", "take the edit out of"),
    "deleted": ("deletes", "put it back in"),
}
"""What was done, as a verb, and how it is undone."""


@dataclass(frozen=True)
class Author:
    """Who made a change: what they are called, and the roles they have."""

    name: str
    roles: Collection[str]


def not_its_authors(changed: Mapping[str, str], author: Author, before: Tree, after: Tree) -> Iterator[Diagnostic]:
    """A finding for each changed file, or entry of a register, that is not the author's.

    `changed` is what was done (`added`, `edited`, `deleted`) by the path of each file from the root of the repository; `before`
    and `after` are the record as the change found it and as it left it.
    """
    for path, act in sorted(changed.items()):
        inside = path.startswith(_RECORD)
        place = path.removeprefix(_RECORD)
        allowed = may(author.roles, place, act == "added") if inside else KEEPER in author.roles
        if not allowed:
            roles_of = (owners_of(place) if inside else ()) or (KEEPER,)
            yield _finding(path, author, act, "a file that is {whose} to change", roles_of)
        elif inside and KEEPER not in author.roles:
            yield from _entries(place, author, before, after)


def _entries(place: str, author: Author, before: Tree, after: Tree) -> Iterator[Diagnostic]:
    """The entries of a register that the change touches and that are in the words of somebody else."""
    old, new = load(before, place), load(after, place)
    registers = [one.document for one in (old, new) if isinstance(one.document, Register)]
    if not registers:
        return
    held, left = _by_id(old.document), _by_id(new.document)
    for id_ in dict.fromkeys((*held, *left)):
        was, is_ = held.get(id_), left.get(id_)
        if was == is_:
            continue
        act = "added" if was is None else "deleted" if is_ is None else "edited"
        roles_of = dict.fromkeys(owner_of_entry(one.voice, registers[0].kept_by) for one in (was, is_) if one is not None)
        strange = [role for role in roles_of if role not in author.roles]
        if strange:
            found = _finding(_RECORD + place, author, act, f"the entry {id_}, which is in {{whose}} words", strange)
            pointer = (registers[0].register(), [*left].index(id_), "id") if is_ is not None else None
            yield found.at(SourceMap(new.data.decode()).find(pointer)) if pointer is not None else found


def _by_id(document: Document | None) -> dict[str, Entry]:
    return {one.id: one for one in document.entries} if isinstance(document, Register) else {}


def _finding(path: str, author: Author, act: str, what: str, roles: Collection[str]) -> Diagnostic:
    owners = [one if ":" in one else f"the {one}" for one in roles]
    verb, way_out = _ACTS[act]
    whose = what.format(whose=" or ".join(f"{one}'s" for one in owners))
    hint = f"{way_out} this change, or ask {' or '.join(owners)} to make it"
    return Diagnostic(NOT_ITS_AUTHORS, path, f"{author.name} {verb} {whose}", hint)
