"""From what was typed to what it means: places, days, lists of codes.

This module alone reads the words of options that several commands share; each that cannot be read is said so before any work is
done.
"""

import datetime
import os
import re
from collections.abc import Iterable
from pathlib import Path

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError


def here() -> Path:
    """The current folder."""
    try:
        return Path.cwd()
    except OSError:
        raise WorkplanError("the current folder is not there any more", "go into a repository, or name one with --root") from None


def day(written: str | None) -> datetime.date | None:
    """A day, written as 2018-12-31."""
    if written is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.A):
            return datetime.date.fromisoformat(written)
    except ValueError:
        pass
    raise WorkplanError(f"'{visible(written)}' is not a day", "write it as 2018-12-31")


def words(written: Iterable[str]) -> list[str]:
    """`--select WP5,WP204 --select WP7` is three words."""
    return [visible(word.strip()) for one in written for word in one.split(",") if word.strip()]


def place(root: Path, path: Path) -> str:
    """A file or folder by its path from the root of the repository, with `/`; `.` is the root itself."""
    for read in (os.path.abspath, os.path.realpath):
        typed, base = Path(read(path)), Path(read(root))
        if typed.is_relative_to(base):
            if not os.path.lexists(typed):
                raise WorkplanError(f"there is no '{visible(str(path))}'", "name a file or a folder of the record")
            return typed.relative_to(base).as_posix()
    raise WorkplanError(f"'{visible(str(path))}' is not in the repository", "name a file or a folder of the record")


def text_of(path: Path, what: str, hint: str) -> str:
    """The text of a file that an option names; `what` says what it is, `hint` what to do when it is not there."""
    from workplan_cli.storage.tree import Directory, Refusal

    shown = visible(str(path))
    data = Directory(path.parent).read(path.name)  # of a pipe or a device, which may never end, nothing is read
    if isinstance(data, Refusal):
        if data.reason == "gone":
            raise WorkplanError(f"there is no {what} '{shown}'", hint)
        raise WorkplanError(f"the {what} '{shown}' cannot be read: {data.found}", "name a file that can be read")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise WorkplanError(f"the {what} '{shown}' is not UTF-8", "name a text file") from None
