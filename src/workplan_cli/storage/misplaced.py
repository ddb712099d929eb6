"""Files that stand where no file of the record does.

This module alone knows what a drafter probably meant by a path, and which files are for people and may stand anywhere.
"""

import re

from workplan_cli.diagnostics import Code, Diagnostic, closest
from workplan_cli.model.narrative import is_narrative, words_language
from workplan_cli.model.record import DOCUMENTS, document_at

UNKNOWN_PLACE = Code("WP101", "unknown-place")

_PROSE = re.compile(r"(?:.*/)?(?:README|LICENSE|NOTICE)(?:\.(?:md|txt))?")


def is_prose(path: str) -> bool:
    """Whether a file is for people: it may stand in any folder, and nothing is read from it."""
    return _PROSE.fullmatch(path) is not None


def is_words(path: str) -> bool:
    """Whether a file holds words for a report: a narrative, or the tool's own words put otherwise."""
    return is_narrative(path) or words_language(path) is not None


def unknown_place(path: str) -> Diagnostic:
    """A file that nothing would ever read: a name with a slip in it loses a state's answers without a word."""
    folder = path.rpartition("/")[0]
    beside = [document.location for document in DOCUMENTS if document.location.count("/") == path.count("/")]
    names = [location.rpartition("/")[2] for location in beside if location.split("/")[0] == path.split("/")[0]]
    right = _right_place(path, names)
    if right is not None and right.rpartition("/")[0] == folder:
        hint = f"name it {right.rpartition('/')[2]}"
    elif right is not None:
        hint = f"put it at data/{right}"
    elif names:
        hint = f"in {folder}/ the record has {', '.join(names)}"
    else:
        hint = "the record's files are " + ", ".join(document.location for document in DOCUMENTS[:4]) + ", …"
    return Diagnostic(UNKNOWN_PLACE, path, f"'{path}' is not a place of the record: nothing would read it", hint)


def _right_place(path: str, names: list[str]) -> str | None:
    """The place that a path misses by a slip of case, of a separator, of an ending or of some letters."""
    folder, _, name = path.rpartition("/")
    if not name.endswith((".yaml", ".yml")):
        return None
    stem = name.rpartition(".")[0]
    slug = re.sub(r"[^a-z0-9.]+", "-", stem.lower()).strip("-")
    first, *below = folder.split("/")
    folders = (
        folder,
        re.sub(r"[\s_]+", "-", folder),
        "/".join((first, below[0].upper(), *below[1:])) if below else folder.lower(),
    )
    stems = (stem, slug, (closest(f"{stem}.yaml", names) or name).rpartition(".")[0], stem.upper())
    candidates = (f"{parent}/{last}.yaml".lstrip("/") for parent in folders for last in stems)
    return next((candidate for candidate in candidates if document_at(candidate) is not None), None)
