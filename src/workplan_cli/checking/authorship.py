"""Whether a change touches only what is its author's.

This module alone holds a list of changed files against the roles of who made the change. Both come from outside the change: the
files from git, the roles from the command or from the owners as they were before.
"""

from collections.abc import Collection, Iterator, Mapping

from workplan_cli.diagnostics import Code, Diagnostic
from workplan_cli.model.ownership import KEEPER, may, owners_of

NOT_ITS_AUTHORS = Code("WP904", "not-its-authors")
CODES = (NOT_ITS_AUTHORS,)

_RECORD = "data/"
_ACTS = {
    "added": ("adds", "leave it out of"),
    "edited": ("edits", "take the edit out of"),
    "deleted": ("deletes", "put it back in"),
}
"""What was done, as a verb, and how it is undone."""


def not_its_authors(changed: Mapping[str, str], roles: Collection[str], author: str) -> Iterator[Diagnostic]:
    """A finding for each changed file that is not the author's.

    `changed` is what was done (`added`, `edited`, `deleted`) by the path of each file from the root of the repository; `author`
    is what whoever made the change is called.
    """
    for path, act in sorted(changed.items()):
        inside = path.startswith(_RECORD)
        place = path.removeprefix(_RECORD)
        allowed = may(roles, place, act == "added") if inside else KEEPER in roles
        if not allowed:
            roles_of = (owners_of(place) if inside else ()) or (KEEPER,)
            owners = [one if ":" in one else f"the {one}" for one in roles_of]
            verb, way_out = _ACTS[act]
            whose = " or ".join(f"{one}'s" for one in owners)
            message = f"{author} {verb} a file that is {whose} to change"
            yield Diagnostic(NOT_ITS_AUTHORS, path, message, f"{way_out} this change, or ask {' or '.join(owners)} to make it")
