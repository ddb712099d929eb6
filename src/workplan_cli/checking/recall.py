"""The check as it is asked for again and again: where nothing moved since all was well, nothing is read.

This module alone decides whether the rules are needed at all. It must stay light: models, parser and rules are imported only
when they are.
"""

import datetime
import os
from collections.abc import Sequence

from workplan_cli.checking.cache import Cache
from workplan_cli.checking.outcome import Outcome, Progress
from workplan_cli.storage.tree import Entry, Tree

WORTH_SHARING = 1_500_000
"""Bytes of record from which a second process pays for its start."""


def check_or_recall(
    tree: Tree, cache: Cache, as_of: datetime.date | None = None, jobs: int | None = None, progress: Progress | None = None
) -> Outcome:
    """The outcome of checking every file of a tree. `jobs` None means: as many processes as there are cores, where that pays."""
    entries = tree.entries()
    known = cache.whole(entries)
    if known is not None:
        return known
    from workplan_cli.checking.check import check

    return check(tree, as_of, jobs or worthwhile(entries), cache, entries, progress)


def worthwhile(entries: Sequence[Entry]) -> int:
    """How many processes are worth starting."""
    size = sum(entry.size for entry in entries if not entry.path.startswith("sources/"))
    return cores() if size >= WORTH_SHARING else 1


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
