"""What was clean last time, so that unchanged files are not read again.

This module alone knows the cache. It is a hint and never the truth: an entry counts only while the file's signature is the one
it was made from, or, where the signature moved or is too young to be trusted, while its sha256 is. Only clean units are kept.
It lies in the user's cache folder, and may be deleted at any time.
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

from workplan_cli.checking.outcome import Outcome
from workplan_cli.storage.tree import Entry, Refusal, Tree

if TYPE_CHECKING:
    from workplan_cli.checking.unit import Checked

_YOUNG = 2_000_000_000
"""Nanoseconds: a file changed twice within the clock's grain may keep its signature, so a younger one is looked at again (as
git does)."""
_ARCHIVE = "sources/archive/"


@dataclass
class Cache:
    """The cache of one repository, made under one key (the tool itself, as-of date). `path` is None for a cache that keeps
    nothing."""

    path: Path | None
    key: str = ""
    _old: dict[str, Any] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)
    _signatures: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _ground: bool | None = None

    @classmethod
    def none(cls) -> "Cache":
        """A cache that holds nothing and keeps nothing."""
        return cls(None)

    @classmethod
    def open(cls, path: Path, key: str) -> "Cache":
        """The cache in a file, empty where that cannot be read, is not one, or was made under another key."""
        try:
            old = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            old = None
        return cls(path, key, old if _is_sound(old) and old["key"] == key else {})

    def whole(self, entries: Sequence[Entry]) -> Outcome | None:
        """The outcome of a record that was clean and in which nothing moved; looks at signatures only."""
        if not self._old.get("outcome") or len(self._old["signatures"]) != len(entries):
            return None
        if not all(entry.refusal is None and self._unmoved(entry.path, entry.signature) for entry in entries):
            return None
        return Outcome((), len(entries), self._old["outcome"])

    def prepare(self, entries: Sequence[Entry], tree: Tree) -> None:
        """Learn the signatures of a listing, and the sha256 of archived copies. To be called before anything is checked, so
        that a file that changes meanwhile is taken for changed next time."""
        self._signatures = {entry.path: entry.signature for entry in entries}
        for entry in entries:
            if self.path is not None and entry.path.startswith(_ARCHIVE) and entry.refusal is None:
                self.sha256(entry.path, entry.signature, tree)

    def holds(self, unit: str, paths: Sequence[str], tree: Tree) -> bool:
        """Whether a unit was clean and neither it nor the ground it stands on has changed."""
        kept = self._old.get("units", {}).get(unit)
        if kept is None or kept["paths"] != list(paths) or not self._same_ground(tree):
            return False
        unchanged = [self._unchanged(path, tree) for path in paths]  # each is asked: what is unchanged carries its sha256 along
        return all(unchanged)

    def checked(self, unit: str) -> "Checked":
        """What a unit that `holds` gave."""
        from workplan_cli.checking.unit import Checked

        kept = self._old["units"][unit]
        return Checked((), kept["counts"])

    def keep(self, units: Mapping[str, Sequence[str]], checked: Mapping[str, "Checked"], outcome: Outcome) -> None:
        """Write down what was clean. A cache that cannot be written is no reason to fail."""
        if self.path is None:
            return
        clean = {unit: {"paths": list(units[unit]), "counts": one.counts} for unit, one in checked.items() if not one.diagnostics}
        for one in checked.values():
            self._hashes.update(one.hashes)
        content = {
            "key": self.key,
            "written": time.time_ns(),
            "signatures": self._signatures,
            "hashes": self._hashes,
            "units": clean,
            "outcome": outcome.counts if not outcome.diagnostics else None,
        }
        _replace(self.path, json.dumps(content).encode())

    def sha256(self, path: str, signature: tuple[int, ...], tree: Tree) -> str | None:
        """The sha256 of a file's bytes, read again only where its signature moved; None when it cannot be read."""
        if self._unmoved(path, signature):
            self._carry(path)
        return self._hash(path, tree)

    def _unmoved(self, path: str, signature: tuple[int, ...]) -> bool:
        known = self._old.get("signatures", {}).get(path)
        return bool(signature) and known == list(signature) and signature[1] + _YOUNG <= self._old["written"]

    def _unchanged(self, path: str, tree: Tree) -> bool:
        if self._unmoved(path, self._signatures.get(path, ())):
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

    def _same_ground(self, tree: Tree) -> bool:
        """Whether the files that every other is checked against are the same, and so is the set of states and treaties."""
        if self._ground is None:
            old = self._old.get("signatures", {})
            names = {path for path in (*old, *self._signatures) if _is_ground_name(path)}
            same = [
                (path in old) == (path in self._signatures) and (_by_name_only(path) or self._unchanged(path, tree))
                for path in names
            ]
            self._ground = all(same)
        return self._ground


def _is_sound(old: Any) -> bool:
    """Whether what was read has the shape of what `keep` writes; someone else's file under our name must not break the check."""
    if not isinstance(old, dict) or not isinstance(old.get("key"), str) or not isinstance(old.get("written"), int):
        return False
    tables = [old.get(name) for name in ("signatures", "hashes", "units")]
    if not all(isinstance(table, dict) for table in tables) or not isinstance(old.get("outcome"), dict | None):
        return False
    return all(isinstance(unit, dict) and {"paths", "counts"} <= set(unit) for unit in old["units"].values())


def _replace(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)


def _is_ground_name(path: str) -> bool:
    return path.startswith(("guidelines.", "indicators/", "sources/", "registers/treaties/", "rounds/")) or path.endswith(
        "/state.yaml"
    )


def _by_name_only(path: str) -> bool:
    return path.startswith("registers/treaties/") or path.endswith("/state.yaml")
