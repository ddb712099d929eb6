"""Replacing a file whole: after it the file has its new content or its old one, never a part of either.

This module alone writes to a repository that is there. The new content goes to a temporary file beside the old one and takes
its name when it is on the disk.
"""

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workplan_cli.errors import WorkplanError


@dataclass
class _Ready:
    """A file that is to take the place of another. `old` holds what that one has, beside it, until all have their names."""

    path: str
    target: Path
    made: Path
    before: bytes | None
    mode: int | None
    """The permissions of the file there is; None where there is none."""
    old: Path | None = None


def replace(root: Path, path: str, data: bytes, before: bytes | None = None) -> None:
    """Give the file at `path`, relative to `root`, the content `data`; a file that is not there yet is made, and its folder
    too.

    `before` is the content that `data` was made from: when the file no longer has it, it is not written. Raises WorkplanError
    when the file cannot be written; it is then as it was.
    """
    replace_all(root, [(path, data, before)])


def replace_all(root: Path, files: Iterable[tuple[str, bytes, bytes | None]]) -> None:
    """Give several files their new content, each as `replace` does: path, content, and what it was made from.

    All are on the disk before the first takes its name, in the order given, and so is what each had: where one cannot be
    written, or the person stops the program, all are as they were. Where even that fails, the error says which is not.
    """
    ready: list[_Ready] = []
    folders: list[Path] = []
    try:
        for path, data, before in files:
            with _said(path):
                target = _target(root, path, folders)
                mode = _mode(target, path)
                ready.append(_Ready(path, target, _beside(target, data, mode), before, mode))
        for one in ready:
            with _said(one.path):
                if one.before is not None and one.target.read_bytes() != one.before:
                    raise _refusal(one.path, "it was changed by another program in the meantime", "run the command again")
                if len(ready) > 1 and one.mode is not None:
                    one.old = _beside(one.target, one.target.read_bytes(), one.mode)
        for one in ready:
            with _said(one.path):
                os.replace(one.made, one.target)
    except BaseException as error:
        _put_back(ready, error)
        raise
    finally:
        for one in ready:
            for left in (one.made, one.old):
                with suppress(OSError):
                    if left is not None:
                        left.unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()  # goes only where nothing is in it
    for folder in dict.fromkeys(one.target.parent for one in ready):
        _flush_folder(folder)


def change(root: Path, files: Iterable[tuple[str, bytes, bytes | None]]) -> None:
    """Give several files that were read before their new content, as `replace_all` does. None as what a file was made from says
    that there was none: one that has come since stays, and nothing is written."""
    files = tuple(files)
    for path, _, before in files:
        if before is None and os.path.lexists(root / path):
            raise WorkplanError(f"{path} was made by another program in the meantime", "run the command again")
    replace_all(root, files)


def _put_back(ready: Iterable[_Ready], error: BaseException) -> None:
    """Let each file that has its new content already have its old one. Raises WorkplanError where one cannot."""
    lost = []
    for one in ready:
        if one.made.exists():  # it has not taken its name
            continue
        try:
            if one.mode is None:
                one.target.unlink(missing_ok=True)
            elif one.old is not None:
                os.replace(one.old, one.target)
        except OSError:
            kept = f", and what it was is in {one.old.name} beside it" if one.old is not None else ""
            lost.append(f"{one.path} could not be put back and has its new content{kept}")
            one.old = None
    if lost:
        why = error.message if isinstance(error, WorkplanError) else "the command was stopped"
        raise WorkplanError(f"{why}; but {'; '.join(lost)}", "see what is there: git status; git diff") from None


@contextmanager
def _said(path: str) -> Iterator[None]:
    """What the system says against writing a file, as a sentence about it."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, (error.strerror or str(error)).lower()) from None
    except (ValueError, RuntimeError) as error:  # a name that no file can have; links in a circle
        raise _refusal(path, str(error).lower()) from None


def _target(root: Path, path: str, folders: list[Path]) -> Path:
    """The real place of a file, its folder made; a link is followed as long as it stays in the repository. Which folders were
    made is put down in `folders`."""
    top = root.resolve(strict=True)
    target = (top / path).resolve()
    if target == top or not target.is_relative_to(top):
        raise _refusal(path, "it leads out of the repository", "put the file itself here")
    folders += [top / one for one in reversed(target.relative_to(top).parents) if not (top / one).exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _mode(target: Path, path: str) -> int | None:
    """The permissions of the file, None where there is no file yet."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a named pipe" if stat.S_ISFIFO(status.st_mode) else "a device"
        raise _refusal(path, f"it is {kind}", "name a file")
    if not os.access(target, os.W_OK):
        raise _refusal(path, "it is read-only", "make it writable, if it is meant to change")
    return stat.S_IMODE(status.st_mode)


def _beside(target: Path, data: bytes, mode: int | None) -> Path:
    """A file beside `target` with what it is to hold, on the disk."""
    # The name is hidden, so that what a killed process leaves behind is no file of the record.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.chmod(name, mode if mode is not None else 0o666 & ~_umask())
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _flush_folder(folder: Path) -> None:
    """Put the new name on the disk, where the system lets one ask for it. The file is whole already: failing here loses
    nothing."""
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refusal(path: str, why: str, hint: str = "") -> WorkplanError:
    hint = hint or "see that there is room and that you may write there"
    return WorkplanError(f"{path} cannot be written: {why}; nothing in it was changed", hint)
