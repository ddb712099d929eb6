"""Which repository the command works on, and how it is set up: the root folder and `workplan.toml`.

This module alone knows how a repository is found and what its settings may say.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from workplan_cli.errors import WorkplanError

PLAN = "data/guidelines.yaml"
"""The file that makes a folder a repository of this kind."""
CONFIG = "workplan.toml"


@dataclass(frozen=True)
class Ignore:
    """A kind of finding that is not shown for some files, and why."""

    code: str
    reason: str
    paths: tuple[str, ...] = ("**",)


@dataclass(frozen=True)
class Settings:
    """A repository's root and what `workplan.toml` says."""

    root: Path
    ignores: tuple[Ignore, ...] = ()

    @property
    def data(self) -> Path:
        """The folder that holds the record."""
        return self.root / "data"


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds a plan. Raises WorkplanError when there is none."""
    for folder in (start, *start.parents):
        if (folder / PLAN).is_file():
            return folder
    raise WorkplanError(
        f"there is no {PLAN} in {start} or any folder above it", "go into a repository, name one with --root, or make one: workplan init DIR"
    )


def read_settings(root: Path) -> Settings:
    """The settings of a repository; the defaults where there is no `workplan.toml`. Raises WorkplanError for one that cannot be used."""
    path = root / CONFIG
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(root)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkplanError(f"{CONFIG} cannot be read: {error}", "correct the file, or delete it") from None
    except OSError as error:
        raise WorkplanError(f"{CONFIG} cannot be read: {error.strerror}", "make it readable") from None
    unknown = sorted(set(content) - {"ignore"})
    if unknown:
        raise WorkplanError(f"{CONFIG} has the unknown key '{unknown[0]}'", "allowed: [[ignore]] with code, reason and paths")
    return Settings(root, tuple(_ignore(entry, number) for number, entry in enumerate(content.get("ignore", []), 1)))


def _ignore(entry: object, number: int) -> Ignore:
    if not isinstance(entry, dict) or set(entry) - {"code", "reason", "paths"} or not isinstance(entry.get("code"), str):
        raise WorkplanError(f"{CONFIG}: [[ignore]] number {number} is not of the form code, reason, paths", 'write code = "WP503"')
    if not str(entry.get("reason", "")).strip():
        raise WorkplanError(f"{CONFIG}: the ignore of {entry['code']} has no reason", 'add reason = "…": why it does not matter here')
    paths = entry.get("paths", ["**"])
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise WorkplanError(f"{CONFIG}: paths of the ignore of {entry['code']} is not a list of texts", 'write paths = ["data/states/XAA/**"]')
    return Ignore(entry["code"], str(entry["reason"]), tuple(paths))
