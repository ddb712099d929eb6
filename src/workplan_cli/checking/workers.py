"""Work shared out among processes. This module alone knows that there is more than one."""

import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from workplan_cli.checking.outcome import Progress
from workplan_cli.checking.unit import Checked, check_unit
from workplan_cli.rules.rule import Context
from workplan_cli.storage.tree import Tree

Item = TypeVar("Item")
Made = TypeVar("Made")

_AT_ONCE = 4
"""Items that a worker hands over together at most: it holds what it made of them until then."""

_shared: dict[str, Any] = {}
"""What a forked worker inherits instead of being sent: the work, with all that it knows."""


def run(
    tree: Tree, units: Mapping[str, tuple[str, ...]], context: Context | None, jobs: int, progress: Progress | None = None
) -> dict[str, Checked]:
    """Check every unit, with `jobs` processes where the system can fork and there is enough to share."""

    def check(unit: str) -> tuple[str, Checked]:
        return unit, check_unit(tree, units[unit], context)

    return dict(spread(check, tuple(units), jobs, progress))


def spread(work: Callable[[Item], Made], items: Sequence[Item], jobs: int, progress: Progress | None = None) -> Iterator[Made]:
    """What `work` makes of each item, in their order, with `jobs` processes where the system can fork and there is enough to
    share.

    Workers inherit `work` with all it knows; the items and what is made of them are sent.
    """
    for done, made in enumerate(_each(work, items, jobs), 1):
        if progress is not None:
            progress(done, len(items))
        yield made


def _each(work: Callable[[Item], Made], items: Sequence[Item], jobs: int) -> Iterator[Made]:
    if jobs < 2 or len(items) < 2 * jobs or "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        yield from _in_order(work, items)
        return
    _shared["work"] = work
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(jobs, _leave_interrupts_to_the_parent) as pool:
            yield from pool.imap(_do, items, chunksize=max(1, min(_AT_ONCE, len(items) // (jobs * 8))))
    finally:
        gc.unfreeze()
        _shared.clear()


def _in_order(work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
    """Work on items one after the other. Documents hold no cycles, so the collector, which would walk every live object again
    and again, rests."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        for item in items:
            yield work(item)
    finally:
        if was_on:
            gc.enable()


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(item: Any) -> Any:
    gc.disable()
    return _shared["work"](item)
