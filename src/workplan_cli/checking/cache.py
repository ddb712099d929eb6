"""What was clean last time, so that unchanged files are not read again.

This module alone knows the cache. It is a hint and never the truth: an entry counts only while the file's signature is the one it was made from, or, where the
signature moved or is too young to be trusted, while its sha256 is. Only clean units are kept. It lies in the user's cache folder, and may be deleted at any time.
"""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan_cli.storage.tree import Entry, Refusal, Tree

if TYPE_CHECKING:
    from workplan_cli.checking.check import Outcome
    from workplan_cli.checking.unit import Checked

_YOUNG = 2_000_000_000
"""Nanoseconds: a file changed twice within the clock's grain may keep its signature, so a younger one is looked at again (as git does)."""


@dataclass
class Cache:
    """The cache of one repository under one key (tool, settings, as-of date). `path` is None for a cache that keeps nothing."""

    path: Path | None
    key: str = ""
    _old: dict[str, Any] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def none(cls) -> "Cache":
        """A cache that holds nothing and keeps nothing."""
        return cls(None)

    @classmethod
    def open(cls, folder: Path, key: str) -> "Cache":
        """The cache in a folder, empty where it cannot be read or was made under another key."""
        path = folder / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
        try:
            old = json.loads(path.read_bytes())
        except (OSError, ValueError):
            old = {}
        return cls(path, key, old if isinstance(old, dict) and old.get("key") == key else {})

    def whole(self, entries: Sequence[Entry]) -> "Outcome | None":
        """The outcome of a record that was clean and in which nothing moved; looks at signatures only."""
        if not self._old.get("outcome") or any(entry.refusal for entry in entries):
            return None
        known, written = self._old["signatures"], self._old["written"]
        if len(known) != len(entries):
            return None
        for entry in entries:
            if known.get(entry.path) != list(entry.signature) or not entry.signature or entry.signature[1] + _YOUNG > written:
                return None
        from workplan_cli.checking.check import Outcome

        return Outcome((), len(entries), self._old["outcome"])

    def holds(self, unit: str, paths: Sequence[str], entries: Sequence[Entry], tree: Tree) -> bool:
        """Whether a unit was clean and neither it nor the ground it stands on has changed."""
        kept = self._old.get("units", {}).get(unit)
        if kept is None or kept["paths"] != list(paths) or not self._same_ground(entries, tree):
            return False
        signatures = self._by_path(entries)
        return all(self._unchanged(path, signatures.get(path, ()), tree) for path in paths)

    def checked(self, unit: str) -> "Checked":
        """What a unit that `holds` gave."""
        from workplan_cli.checking.unit import Checked

        kept = self._old["units"][unit]
        return Checked((), frozenset(kept["cited"]), kept["counts"])

    def keep(
        self, entries: Sequence[Entry], units: Mapping[str, Sequence[str]], checked: Mapping[str, "Checked"], outcome: "Outcome"
    ) -> None:
        """Write down what was clean. A cache that cannot be written is no reason to fail."""
        if self.path is None:
            return
        clean = {
            unit: {"paths": list(units[unit]), "cited": sorted(one.cited), "counts": one.counts}
            for unit, one in checked.items()
            if not one.diagnostics
        }
        content = {
            "key": self.key,
            "written": time.time_ns(),
            "signatures": {entry.path: list(entry.signature) for entry in entries},
            "hashes": self._hashes,
            "units": clean,
            "outcome": outcome.counts if not outcome.diagnostics else None,
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.path.parent)
            with os.fdopen(handle, "w") as file:
                json.dump(content, file, separators=(",", ":"))
            os.replace(temporary, self.path)
        except OSError:
            return

    def _unchanged(self, path: str, signature: tuple[int, ...], tree: Tree) -> bool:
        known = self._old.get("signatures", {}).get(path)
        if known and known == list(signature) and signature[1] + _YOUNG <= self._old["written"]:
            self._carry(path)
            return True
        before = self._old.get("hashes", {}).get(path)
        return before is not None and self._hash(path, tree) == before

    def _carry(self, path: str) -> None:
        before = self._old.get("hashes", {}).get(path)
        if before is not None:
            self._hashes[path] = before

    def _hash(self, path: str, tree: Tree) -> str | None:
        if path not in self._hashes:
            data = tree.read(path)
            if isinstance(data, Refusal):
                return None
            self._hashes[path] = hashlib.sha256(data).hexdigest()
        return self._hashes[path]

    _ground: bool | None = None

    def _same_ground(self, entries: Sequence[Entry], tree: Tree) -> bool:
        """Whether the files that every other is checked against are the same, and so is the set of states and treaties."""
        if self._ground is None:
            old = self._old.get("signatures", {})
            ours = {entry.path: entry.signature for entry in entries}
            names = {path for path in (*old, *ours) if _is_ground_name(path)}
            self._ground = all(
                (path in old) == (path in ours) and (_by_name_only(path) or self._unchanged(path, ours.get(path, ()), tree))
                for path in names
            )
        return self._ground

    def _by_path(self, entries: Sequence[Entry]) -> dict[str, tuple[int, ...]]:
        if not hasattr(self, "_index"):
            self._index = {entry.path: entry.signature for entry in entries}
        return self._index


def _is_ground_name(path: str) -> bool:
    return path.startswith(("guidelines.", "indicators/", "sources/", "registers/treaties/")) or path.endswith("/state.yaml")


def _by_name_only(path: str) -> bool:
    return path.startswith("registers/treaties/") or path.endswith("/state.yaml")
