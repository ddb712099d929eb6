"""The whole check, in a straight line: list, gather, check unit by unit, then the record.

This module alone knows the order. It reads and never writes; the cache is handed in.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from workplan_cli.checking.cache import Cache
from workplan_cli.checking.context import Ground, gather, is_ground
from workplan_cli.checking.outcome import Outcome, Progress
from workplan_cli.checking.unit import Checked, check_unit, diagnostic, unit_of
from workplan_cli.checking.workers import run
from workplan_cli.diagnostics import Diagnostic
from workplan_cli.rules import RULES
from workplan_cli.rules.rule import Context, Facts, Scope
from workplan_cli.storage.loader import ARCHIVE, refused, resolve
from workplan_cli.storage.tree import Entry, Tree


def check(
    tree: Tree,
    as_of: datetime.date | None = None,
    jobs: int = 1,
    cache: Cache | None = None,
    entries: Sequence[Entry] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Check every file below `data/`. `jobs` processes share the units; the outcome does not depend on how many, nor on the
    cache.

    `entries` is the tree's listing where the caller has it already.
    """
    entries = tree.entries() if entries is None else entries
    cache = cache or Cache.none()
    cache.prepare(entries, tree)
    readable = [entry for entry in entries if entry.refusal is None]
    refusals = [refused(entry.path, entry.refusal) for entry in entries if entry.refusal is not None]
    documents = [entry.path for entry in readable if not entry.path.startswith(ARCHIVE)]
    ground = gather(tree, [entry.path for entry in readable], as_of, [refusal.path for refusal in refusals])
    units = units_of(documents)
    fresh = [unit for unit in units if not cache.holds(unit, units[unit], tree)]
    checked = {unit: cache.checked(unit) for unit in units if unit not in set(fresh)}
    checked.update(check_all(tree, {unit: units[unit] for unit in fresh}, ground, jobs, progress))
    found = [*refusals, *(one for unit in units for one in checked[unit].diagnostics)]
    if ground.missing is not None:
        found.append(ground.missing)
    if ground.context is not None:
        hashes = closed_hashes(tree, readable, ground.context, cache)
        found += record_rules(tree, Facts(frozenset(entry.path for entry in entries), hashes), ground.context)
    found.sort(key=lambda one: one.sort_key)
    counts: Counter[str] = Counter()
    for unit in checked.values():
        counts.update(unit.counts)
    outcome = Outcome(tuple(found), len(entries), dict(counts))
    cache.keep(units, checked, outcome)
    return outcome


def units_of(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Files by the unit they are checked in; the paths come sorted and stay so."""
    units: dict[str, list[str]] = {}
    for path in paths:
        units.setdefault(unit_of(path), []).append(path)
    return {unit: tuple(files) for unit, files in units.items()}


def check_all(
    tree: Tree, units: dict[str, tuple[str, ...]], ground: Ground, jobs: int, progress: Progress | None = None
) -> dict[str, Checked]:
    """Check units; those of the ground here, where it is loaded already, the others by as many processes as asked."""
    loaded = {one.path: one for one in ground.loaded}
    near = {unit: paths for unit, paths in units.items() if all(is_ground(path) for path in paths)}
    far = {unit: paths for unit, paths in units.items() if unit not in near}
    checked = {unit: check_unit(tree, paths, ground.context, loaded) for unit, paths in near.items()}
    checked.update(run(tree, far, ground.context, jobs, progress))
    return checked


def closed_hashes(tree: Tree, readable: Iterable[Entry], context: Context, cache: Cache) -> dict[str, str]:
    """The sha256 of every readable file that the closing of a round lists."""
    listed = {path for closing in context.closings.values() for path in closing.files}
    hashes = {entry.path: cache.sha256(entry.path, entry.signature, tree) for entry in readable if entry.path in listed}
    return {path: sha256 for path, sha256 in hashes.items() if sha256 is not None}


def record_rules(tree: Tree, facts: Facts, context: Context) -> list[Diagnostic]:
    """The findings that need the whole record."""
    found = [
        diagnostic(rule, path, found)
        for rule in RULES
        if rule.scope is Scope.RECORD and (context.as_of is not None or not rule.needs_day)
        for path, found in rule.check(facts, context)
    ]
    return [one for diagnosed in found for one in _placed(tree, diagnosed)]


def _placed(tree: Tree, one: Diagnostic) -> tuple[Diagnostic, ...]:
    """A finding with its line; one about a file as a whole stays without."""
    data = tree.read(one.path) if one.pointer else None
    return resolve((one,), data) if isinstance(data, bytes) else (one,)
