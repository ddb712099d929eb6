"""CODEOWNERS: whom GitHub and GitLab ask before a file of the record changes.

This module alone knows how that file is written: a pattern and its owners a line, the last line that fits is the one that holds.
"""

import re
from collections.abc import Iterable, Mapping

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.ownership import KEEPER, places

MARK = "# Written by `workplan owners` from workplan.toml: change it there, and run that again."
"""The first line, by which a file is known to be ours to write anew."""

_UNSAYABLE = re.compile(r"[\[\]!*?#\\\x00-\x1f\x7f]")
"""What in the name of a folder means something else in a pattern there, or nothing that both services agree on."""


def render(owners: Mapping[str, tuple[str, ...]], states: Iterable[str], folder: str = "") -> str:
    """The text of the file. `owners` are handles by role, `states` those that have a folder, `folder` is where the record's
    repository lies below the top of git's: empty, or ending in `/`.

    A place for which nobody is named is the keeper's. Raises WorkplanError for a folder that no pattern can name.
    """
    if _UNSAYABLE.search(folder):
        raise WorkplanError(f"the folder '{visible(folder)}' cannot be written in CODEOWNERS", "give it a name of plain letters")
    top = "/" + folder.replace(" ", "\\ ")
    organisations = [role.partition(":")[2] for role in owners if role.startswith("civil-society:")]
    keepers = owners.get(KEEPER, ())
    lines = [("*", keepers)] if keepers else []
    for pattern, roles in places(sorted(states), sorted(organisations)):
        handles = tuple(dict.fromkeys(handle for role in roles for handle in owners.get(role, ())))
        # A register that is one state's would else be whose the registers of all are, by the line above.
        is_taken_back = pattern.startswith("registers/") and any("/data/registers/" in line for line, _ in lines)
        if handles or is_taken_back:
            lines.append((f"{top}data/{pattern}", handles or keepers))
    width = max((len(pattern) for pattern, _ in lines), default=0)
    written = [f"{pattern:<{width}} {' '.join(handles)}".rstrip() for pattern, handles in lines]
    return "\n".join([MARK, "# The last line that fits a file is the one that holds.", *written, ""])
