"""Which repository the command works on, and how it is set up: the root folder and `workplan.toml`.

This module alone knows how a repository is found and what its settings may say.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from workplan_cli.diagnostics import Span, closest, visible
from workplan_cli.errors import WorkplanError

PLAN = "data/guidelines.yaml"
"""The file that makes a folder a repository of this kind."""
CONFIG = "workplan.toml"

_HEADER = r"\s*\[\[\s*ignore\s*\]\]"
_CODE = r"\s*code\s*=\s*(?P<value>\"[^\"\n]*\"|'[^'\n]*')"


@dataclass(frozen=True)
class Ignore:
    """A kind of finding that is not shown for some files, and why."""

    code: str
    """A code (`WP503`), a family (`WP5`) or a name (`uncited-evidence`), as written."""
    reason: str
    paths: tuple[str, ...] = ("**",)
    span: Span | None = None
    """Where its code stands in `workplan.toml`; None where that cannot be told."""


@dataclass(frozen=True)
class Settings:
    """A repository's root and what `workplan.toml` says."""

    root: Path
    ignores: tuple[Ignore, ...] = ()

    @property
    def data(self) -> Path:
        """The folder that holds the record."""
        return self.root / "data"


def open_repository(root: Path | None, here: Path) -> Settings:
    """The repository at `root`, or around `here` when none is named, with its settings. Raises WorkplanError when it is not
    one."""
    return read_settings(named_root(here / root) if root is not None else find_root(here))


def named_root(root: Path) -> Path:
    """A folder that someone named as a repository. Raises WorkplanError with what it is instead."""
    place = visible(str(root))
    if not os.path.lexists(root):
        raise WorkplanError(f"there is no folder '{place}'", "name the folder that holds data/")
    if os.path.isfile(root):
        raise WorkplanError(f"'{place}' is a file, not a repository", "name the folder that holds data/")
    if not os.path.isdir(root):
        raise WorkplanError(f"'{place}' is not a folder that can be read", "name the folder that holds data/")
    data = root / "data"
    if os.path.lexists(data) and not os.path.isdir(data):
        raise WorkplanError(f"data in '{place}' is not a folder", "the record lies in the folder data/ of a repository")
    try:
        os.listdir(root)
        os.listdir(data)
    except FileNotFoundError:
        raise WorkplanError(f"there is no data/ in '{place}'", "name a repository, or make one: workplan init DIR") from None
    except OSError as error:
        raise WorkplanError(f"'{place}' cannot be read: {(error.strerror or str(error)).lower()}", "make it readable") from None
    return root


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds a plan. Raises WorkplanError when there is none."""
    for folder in (start, *start.parents):
        if os.path.isfile(folder / PLAN):
            return named_root(folder)
    if os.path.isdir(start / "data"):
        return named_root(start)
    raise WorkplanError(
        f"there is no {PLAN} in '{visible(str(start))}' or any folder above it",
        "go into a repository, name one with --root, or make one: workplan init DIR",
    )


def read_settings(root: Path) -> Settings:
    """The settings of a repository; the defaults where there is no `workplan.toml`. Raises WorkplanError for one that cannot be
    used."""
    if os.path.exists(root / CONFIG) and not os.path.isfile(root / CONFIG):
        raise WorkplanError(f"{CONFIG} is not a file", "write it anew, or delete it")
    try:
        text = (root / CONFIG).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(root)
    except UnicodeDecodeError:
        raise WorkplanError(f"{CONFIG} is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise WorkplanError(f"{CONFIG} cannot be read: {(error.strerror or str(error)).lower()}", "make it readable") from None
    return parse_settings(root, text)


def parse_settings(root: Path, text: str) -> Settings:
    """What the text of a `workplan.toml` sets. Raises WorkplanError for one that cannot be used."""
    import tomllib

    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WorkplanError(f"{CONFIG} cannot be read: {visible(str(error))}", "correct the file, or delete it") from None
    for key in content:
        if key != "ignore":
            guess = closest(key, ["ignore"])
            hint = f"did you mean '{guess}'?" if guess else "allowed: [[ignore]] with code, reason and paths"
            raise WorkplanError(f"{CONFIG} has the unknown key '{visible(key)}'", hint)
    entries = content.get("ignore", [])
    if not isinstance(entries, list):
        raise WorkplanError(f"{CONFIG}: ignore is not a list", "write each as a table of its own: [[ignore]]")
    spans = _spans(text, len(entries))
    return Settings(
        root, tuple(_ignore(entry, number, span) for number, (entry, span) in enumerate(zip(entries, spans, strict=True), 1))
    )


def _ignore(entry: object, number: int, span: Span | None) -> Ignore:
    if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
        raise WorkplanError(f"{CONFIG}: [[ignore]] number {number} has no code", 'write code = "WP503", with a reason')
    code, reason, paths = visible(entry["code"]), entry.get("reason", ""), entry.get("paths", ["**"])
    for key in entry:
        if key not in ("code", "reason", "paths"):
            guess = closest(key, ("code", "reason", "paths"))
            hint = f"did you mean '{guess}'?" if guess else "allowed: code, reason, paths"
            raise WorkplanError(f"{CONFIG}: the ignore of {code} has the unknown key '{visible(key)}'", hint)
    if not isinstance(reason, str) or not reason.strip():
        raise WorkplanError(f"{CONFIG}: the ignore of {code} has no reason", 'add reason = "…": why it does not matter here')
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise WorkplanError(
            f"{CONFIG}: paths of the ignore of {code} is not a list of texts", 'write paths = ["data/states/XAA/**"]'
        )
    return Ignore(code, reason, tuple(paths), span)


def _spans(text: str, count: int) -> list[Span | None]:
    """Where the code of each `[[ignore]]` stands; all None where the file is written in some other way that TOML allows."""
    sections: list[Span | None] = []
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(_HEADER, line):
            sections.append(Span(number, 1, number, 1 + len(line.rstrip())))
        elif sections and (code := re.match(_CODE, line)):
            sections[-1] = Span(number, code.start("value") + 1, number, code.end("value") + 1)
    return sections if len(sections) == count else [None] * count
