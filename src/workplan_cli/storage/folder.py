"""Replacing a folder of made files whole: a report that fails half-way leaves the last one standing.

This module alone writes folders that the tool makes. A folder it did not make is never touched: the ones it made carry a marker.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from workplan_cli.errors import WorkplanError

MARKER = ".made-by-workplan"


def replace_folder(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Make `target` hold just `files`, given by path within it; returns how many they are.

    Raises WorkplanError where the target is something else than a folder made before, or cannot be written; it is then as it was.
    """
    target = Path(os.path.abspath(target))
    try:
        _refuse_foreign(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp"))
    except OSError as error:
        raise _refusal(target, error) from None
    try:
        number = _fill(made, files)
        _take_place(made, target)
    except OSError as error:
        raise _refusal(target, error) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return number


def _refuse_foreign(target: Path) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_dir() or target.is_symlink():
        raise WorkplanError(f"'{target}' is not a folder", "name another folder with --out")
    if any(target.iterdir()) and not (target / MARKER).is_file():
        raise WorkplanError(
            f"'{target}' holds files that no report made", "name an empty folder, or one that is not there yet, with --out"
        )


def _fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    number = 0
    for path, content in files:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        number += 1
    (folder / MARKER).write_bytes(b"")
    folder.chmod(0o755)
    return number


def _take_place(made: Path, target: Path) -> None:
    """Put the new folder where the old one was; the old one goes only when the new one stands."""
    if not target.exists():
        os.rename(made, target)
        return
    old = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".old"))
    os.rename(target, old / "report")
    try:
        os.rename(made, target)
    except OSError:
        os.rename(old / "report", target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _refusal(target: Path, error: OSError) -> WorkplanError:
    reason = (error.strerror or str(error)).lower()
    return WorkplanError(
        f"the folder '{target}' cannot be written: {reason}; it is as it was", "free some space, or name another with --out"
    )
