"""What a cached outcome depends on besides the record: the tool itself. This module alone knows where a cache lies and when it
is out of date."""

import datetime
import hashlib
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import workplan_cli

_READS_WITH = ("yamlrocks", "yaml", "pydantic", "pydantic_core", "phonenumbers")
"""Packages whose words the findings rest on. They are looked for and not imported."""


def cache_file(root: Path, as_of: datetime.date | None) -> Path:
    """The cache of a repository, as of a day or of none, in the user's cache folder."""
    from platformdirs import user_cache_path

    name = hashlib.sha256(os.path.realpath(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_cache_path("workplan", appauthor=False) / name / f"{as_of or 'no-day'}.json"


def templates_folder() -> Path:
    """Where the templates of this very tool are kept as they were compiled, in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("workplan", appauthor=False) / "templates" / own_key()[:16]


def own_key() -> str:
    """A hash that changes when the tool, its parser or Python does: whatever was clean before may not be now."""
    parts = [workplan_cli.__version__, sys.version]
    parts += [f"{path} {signature}" for path, signature in _files(os.path.dirname(workplan_cli.__file__))]
    for package in _READS_WITH:
        spec = find_spec(package)
        parts.append(
            f"{package} {_signature(os.stat(spec.origin)) if spec and spec.origin and os.path.exists(spec.origin) else None}"
        )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _files(folder: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with os.scandir(folder) as children:
        for child in children:
            if child.is_dir() and child.name != "__pycache__":
                found += _files(child.path)
            elif child.name.endswith(".py"):
                found.append((child.path, _signature(child.stat())))
    return sorted(found)


def _signature(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}"
