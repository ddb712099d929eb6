"""Units shared out among processes. This module alone knows that there is more than one."""

import gc
import multiprocessing
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from workplan_cli.checking.unit import Checked, check_unit
from workplan_cli.rules.rule import Context
from workplan_cli.storage.tree import Tree

_shared: dict[str, Any] = {}
"""What a forked worker inherits instead of being sent: the tree and the context."""


def run(tree: Tree, units: Mapping[str, tuple[str, ...]], context: Context | None, jobs: int) -> dict[str, Checked]:
    """Check every unit, with `jobs` processes where the system can fork and there is enough to share."""
    if jobs < 2 or len(units) < 2 * jobs or "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return dict(_in_order(tree, units.items(), context))
    _shared.update(tree=tree, context=context)
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            return dict(pool.imap(_check, units.items(), chunksize=max(1, len(units) // (jobs * 8))))
    finally:
        gc.unfreeze()
        _shared.clear()


def _in_order(
    tree: Tree, units: Iterable[tuple[str, tuple[str, ...]]], context: Context | None
) -> Iterable[tuple[str, Checked]]:
    """Check units one after the other. Documents hold no cycles, so the collector, which would walk every live object again and again, rests."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        for unit, paths in units:
            yield unit, check_unit(tree, paths, context)
    finally:
        if was_on:
            gc.enable()


def _check(unit: tuple[str, tuple[str, ...]]) -> tuple[str, Checked]:
    gc.disable()
    name, paths = unit
    return name, check_unit(_shared["tree"], paths, _shared["context"])
