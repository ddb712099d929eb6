"""A whole new folder of files, put in place at once or not at all.

This module alone makes folders. The files are written beside their place and then renamed into it, so that what fails half-way
leaves nothing behind.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError


def plant(target: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder `target`, with the folders above it, and write `files` (by path below it).

    Raises WorkplanError, with nothing changed, where something lies in the way or cannot be written.
    """
    target = Path(os.path.abspath(target))
    _refuse_what_is_there(target)
    ground = target
    while not os.path.lexists(ground):
        ground = ground.parent
    nursery = None
    planted: list[Path] = []
    try:
        nursery = Path(tempfile.mkdtemp(prefix=".workplan-", dir=ground))
        _write(nursery / "new" / target.relative_to(ground), files)
        # Where the folder is there already (it may be where the user stands), its contents are moved into it one by one.
        for child in sorted((nursery / "new").iterdir(), key=lambda child: child.name == "data"):
            os.rename(child, ground / child.name)
            planted.append(ground / child.name)
    except BaseException as error:
        for path in planted:
            _remove(path)
        if not isinstance(error, OSError):
            raise
        reason = (error.strerror or str(error)).lower()
        raise WorkplanError(
            f"'{visible(str(target))}' cannot be made: {reason}", "nothing was changed; name another folder"
        ) from None
    finally:
        if nursery is not None:
            shutil.rmtree(nursery, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _refuse_what_is_there(target: Path) -> None:
    shown = visible(str(target))
    try:
        if os.path.lexists(target) and not target.is_dir():
            raise WorkplanError(f"'{shown}' is there and is no folder", "name a folder that is not there yet")
        if os.path.lexists(target) and any(target.iterdir()):
            raise WorkplanError(f"'{shown}' is not empty", "name a folder that is not there yet, or an empty one")
    except OSError as error:
        raise WorkplanError(
            f"'{shown}' cannot be read: {(error.strerror or str(error)).lower()}", "name another folder"
        ) from None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(place, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
