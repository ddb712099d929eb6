"""A tree of files by path: a directory on disk, or one in memory.

This module alone touches the file system to read. Whatever a directory may hold (a link that leads out, a pipe, a folder
named `x.yaml`, a file that vanishes between listing and reading) becomes a `Refusal`, a value; reading never raises for it.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MAX_BYTES = 32 * 1024 * 1024
"""A larger file is refused unread; the largest file of the shipped record is under 1 MB."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a path could not be read: `link`, `kind`, `unreadable`, `gone`, `size`, with what was found in words."""

    reason: str
    found: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the listing saw it. `signature` changes whenever the content may have changed; empty where there is none."""

    path: str
    size: int = 0
    signature: tuple[int, ...] = ()
    refusal: Refusal | None = None


class Tree(Protocol):
    """Files by path, with `/` between names, relative to the tree's own root."""

    def entries(self) -> list[Entry]:
        """Every file, sorted by path; hidden ones left out."""
        ...

    def read(self, path: str) -> bytes | Refusal:
        """The bytes of one file."""
        ...


@dataclass(frozen=True)
class Memory:
    """A tree held in memory: for tests, for the example, for a revision already read."""

    files: Mapping[str, bytes | Refusal]

    def entries(self) -> list[Entry]:
        """Every file, sorted by path."""
        return [
            Entry(path, refusal=data) if isinstance(data, Refusal) else Entry(path, len(data))
            for path, data in sorted(self.files.items())
        ]

    def read(self, path: str) -> bytes | Refusal:
        """The bytes of one file."""
        return self.files.get(path, Refusal("gone", "there is no such file"))


@dataclass(frozen=True)
class Overlay:
    """A tree with other content for some of its files, and some more files: to look at what a change would make of it."""

    under: Tree
    files: Mapping[str, bytes]

    def entries(self) -> list[Entry]:
        """Every file, sorted by path."""
        kept = [entry for entry in self.under.entries() if entry.path not in self.files]
        return sorted((*kept, *(Entry(path, len(data)) for path, data in self.files.items())), key=lambda entry: entry.path)

    def read(self, path: str) -> bytes | Refusal:
        """The bytes of one file."""
        return self.files[path] if path in self.files else self.under.read(path)


@dataclass(frozen=True)
class Directory:
    """A tree on disk. Links are followed only while they stay inside it."""

    root: Path

    def entries(self) -> list[Entry]:
        """Every file, sorted by path; hidden ones and what they hold left out."""
        found: list[Entry] = []
        self._walk(str(self.root), "", found)
        found.sort(key=lambda entry: entry.path)
        return found

    def _walk(self, folder: str, prefix: str, found: list[Entry]) -> None:
        try:
            with os.scandir(folder) as children:
                for child in children:
                    if child.name.startswith("."):
                        continue
                    path = f"{prefix}{child.name}"
                    if child.is_dir(follow_symlinks=False):
                        if child.name.endswith((".yaml", ".yml")):
                            found.append(Entry(path, refusal=Refusal("kind", "it is a folder")))
                        else:
                            self._walk(child.path, f"{path}/", found)
                    else:
                        found.append(self._entry(child, path))
        except OSError as error:
            found.append(Entry(prefix.rstrip("/") or ".", refusal=Refusal("unreadable", _reason(error))))

    def _entry(self, child: "os.DirEntry[str]", path: str) -> Entry:
        try:
            if child.is_symlink():
                target = Path(child.path).resolve()
                if not target.is_relative_to(self.root.resolve()):
                    return Entry(path, refusal=Refusal("link", "it is a link that leads out of the repository"))
            status = child.stat()
        except FileNotFoundError:
            return Entry(path, refusal=Refusal("link", "it is a link to nothing"))
        except (OSError, RuntimeError) as error:
            return Entry(path, refusal=Refusal("unreadable", _reason(error)))
        if stat.S_ISDIR(status.st_mode):
            return Entry(path, refusal=Refusal("link", "it is a link to a folder"))
        if not stat.S_ISREG(status.st_mode):
            return Entry(path, refusal=Refusal("kind", f"it is {_kind(status.st_mode)}"))
        signature = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        return Entry(path, status.st_size, signature)

    def read(self, path: str) -> bytes | Refusal:
        """The bytes of one file; a file larger than MAX_BYTES is not read."""
        try:
            # O_NONBLOCK: a pipe put in the file's place after the listing must not make the tool wait.
            handle = os.open(self.root / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        except FileNotFoundError:
            return Refusal("gone", "it was there a moment ago and is gone")
        except (OSError, ValueError) as error:
            return Refusal("unreadable", _reason(error))
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):  # asked before it is opened as a file, which a folder cannot be
            os.close(handle)
            return Refusal("kind", f"it is {_kind(status.st_mode)}")
        with os.fdopen(handle, "rb") as file:
            if status.st_size > MAX_BYTES:
                return Refusal("size", f"it has {status.st_size:,} bytes")
            try:
                return file.read(MAX_BYTES + 1)
            except OSError as error:
                return Refusal("unreadable", _reason(error))


def _reason(error: BaseException) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error).lower()


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"
