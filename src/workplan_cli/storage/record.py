"""A tree read whole: every document that can be read, put together as one record.

This module alone knows how a record is gathered from files. What is broken is left out and named, and nothing raises for it.
"""

from collections.abc import Callable, Sequence

from workplan_cli.diagnostics import Pointer
from workplan_cli.errors import WorkplanError
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record
from workplan_cli.storage.loader import ARCHIVE, Loaded, load, refused
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.tree import Tree


def everything(path: str) -> bool:
    """Every file of the record."""
    return True


def load_record(tree: Tree, wanted: Callable[[str], bool] = everything) -> tuple[Record, tuple[Loaded, ...]]:
    """The record in `tree`, and every file of it as it was read.

    `wanted` says by its path below `data/` whether a file is read; the plan always is. Archived copies are no documents and are
    not read.
    Raises WorkplanError where there is no plan that can be read.
    """
    loaded = []
    for entry in tree.entries():
        path = entry.path
        if path.startswith(ARCHIVE) or not (path == Plan.location or wanted(path)):
            continue
        loaded.append(Loaded(path, None, (refused(path, entry.refusal),)) if entry.refusal else load(tree, path))
    documents = tuple(one.document for one in loaded if one.document is not None)
    plan = next((document for document in documents if isinstance(document, Plan)), None)
    if plan is None:
        raise no_plan(any(one.path == Plan.location for one in loaded))
    return Record.of(plan, documents), tuple(loaded)


def no_plan(there: bool) -> WorkplanError:
    """Why nothing can be said of a record: its plan is not there, or cannot be read."""
    return WorkplanError(
        f"data/{Plan.location} cannot be read" if there else f"there is no data/{Plan.location}",
        "see what is wrong with it: workplan validate"
        if there
        else "write the plan, or make a new repository: workplan init DIR",
    )


def line_of(loaded: Loaded, pointer: Pointer) -> int:
    """The line, counted from 1, on which the key that a pointer leads to is written."""
    return lines_of(loaded, [pointer])[0]


def lines_of(loaded: Loaded, pointers: Sequence[Pointer]) -> list[int]:
    """The line of each of several keys; a file is read for them once, and not at all for none."""
    source = SourceMap(loaded.data.decode(errors="replace")) if pointers else None
    return [source.find(pointer, on_key=True).line for pointer in pointers] if source is not None else []


def damaged(loaded: tuple[Loaded, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of the files that are left out, and of those that are read in part."""
    out = tuple(one.path for one in loaded if one.document is None and one.diagnostics)
    part = tuple(one.path for one in loaded if one.document is not None and one.damaged)
    return out, part
