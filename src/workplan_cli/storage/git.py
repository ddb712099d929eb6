"""A tree of files as git keeps it at a revision, read without a checkout.

This module alone runs git, and only its plumbing: `rev-parse`, `merge-base`, `for-each-ref`, `ls-tree`, and one `cat-file
--batch` that reads what is asked for. Nothing that a repository configures is run: no hook, no filter, no fetch, no pager. A
name of a revision is never taken for an option.
"""

import hashlib
import os
import posixpath
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.storage.tree import MAX_BYTES, Entry, Refusal

_QUIET = {
    "GIT_ALLOW_PROTOCOL": "none",  # nothing is fetched, even where a clone lacks an object
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_LINK, _SUBMODULE = b"120000", b"160000"
_ACTS = {"A": "added", "D": "deleted"}
"""What git says of a file between two trees; all else is an edit: of its content, its kind or its mode."""
_CHUNK = 1 << 20
_DEEPEN = "this clone has only the last commits; fetch the others: git fetch --unshallow"
_NOT_A_NAME = re.compile(r"^-|^$|[\x00-\x1f\x7f]")
"""What begins like an option, is empty, or has a character in it that no name of a revision may have."""


@dataclass(frozen=True)
class Repository:
    """A git repository. `folder` is where the record's repository lies, `prefix` its path within git's: empty, or ending in
    `/`.
    """

    folder: Path
    prefix: str = ""
    algorithm: str = "sha1"
    shallow: bool = False

    def commit(self, name: str) -> str:
        """The id of the commit that a name means. Raises WorkplanError for a name that means none."""
        found = (
            None if _NOT_A_NAME.search(name) else _asked(self.folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        )
        if not found:
            raise self._unknown(name)
        return found.split("\n")[0]

    def knows(self, name: str) -> bool:
        """Whether a name means a commit."""
        return not _NOT_A_NAME.search(name) and bool(
            _asked(self.folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        )

    def merge_base(self, one: str, other: str) -> str:
        """The id of the commit from which two have parted. Raises WorkplanError where there is none."""
        found = _asked(self.folder, "merge-base", self.commit(one), self.commit(other))
        if not found:
            hint = _DEEPEN if self.shallow else f"compare them as they are: {one} {other}"
            raise WorkplanError(f"'{visible(one)}' and '{visible(other)}' have no commit in common", hint)
        return found.split("\n")[0]

    def tree(self, name: str) -> "Revision":
        """The record as it stood at a revision. Raises WorkplanError where there is no such revision, or no record in it."""
        commit = self.commit(name)
        listed = _run(self.folder, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:{self.prefix}data")
        if listed.returncode:
            raise WorkplanError(
                f"there is no {visible(self.prefix)}data/ at '{visible(name)}'", "name a revision that has a record"
            )
        return Revision(self, name, commit, _parsed(listed.stdout))

    def changed_since(self, commit: str) -> dict[str, str]:
        """What differs between a commit and the working tree: `added`, `edited` or `deleted`, by the path of each file from the
        top of git's repository. Nothing is called renamed: that is a file deleted and one added. A new file that git does not
        know yet counts where it lies in the record.
        """
        options = ("--no-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=none")
        listed = _run(self.folder, "diff", "--name-status", "-z", *options, commit, "--")
        others = _run(self.folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", "data")
        if listed.returncode or others.returncode:
            raise WorkplanError(f"git cannot tell what changed since {commit[:7]}", "see what git says: git status")
        words = os.fsdecode(listed.stdout).split("\0")[:-1]
        new = dict.fromkeys(os.fsdecode(others.stdout).split("\0")[:-1], "added")
        return new | {path: _ACTS.get(act, "edited") for act, path in zip(words[::2], words[1::2], strict=True)}

    def text(self, commit: str, path: str) -> bytes | None:
        """The bytes of a file at a commit, by its path from the top of git's repository; None where there is none."""
        done = _run(self.folder, "cat-file", "blob", f"{commit}:{path}")
        return done.stdout if done.returncode == 0 else None

    def _unknown(self, name: str) -> WorkplanError:
        kinds = ("refs/heads", "refs/tags", "refs/remotes")
        names = (_asked(self.folder, "for-each-ref", "--format=%(refname:short)", *kinds) or "").split()
        otherwise = _DEEPEN if self.shallow else "see what there is: git log, git tag, git branch"
        is_counted = re.search(r"[~^@:]", name) is not None  # HEAD~9 is no slip of HEAD
        hint = otherwise if is_counted else did_you_mean(name, (*names, "HEAD"), otherwise)
        return WorkplanError(f"there is no revision '{visible(name)}'", hint)


def repository(folder: Path) -> Repository | None:
    """The git repository in which a folder lies; None where it lies in none. Raises WorkplanError where git cannot be used."""
    done = _run(folder, "rev-parse", "--show-prefix", "--show-object-format", "--is-shallow-repository")
    if done.returncode == 0:
        prefix, algorithm, shallow = os.fsdecode(done.stdout).split("\n")[:3]
        return Repository(folder, prefix, algorithm, shallow == "true")
    said = done.stderr.decode(errors="replace").strip()
    if "not a git repository" in said:
        return None
    reason = visible(said.splitlines()[0]) if said else "it does not say why"
    raise WorkplanError(f"git cannot read this repository: {reason}", "see what git says: git status")


@dataclass(frozen=True)
class _Blob:
    """A file of a listing: its mode and the id of its content."""

    mode: bytes
    id: str


@dataclass(frozen=True)
class Revision:
    """A tree at a revision. Links are followed only to files within it."""

    repository: Repository
    name: str
    commit: str
    blobs: Mapping[str, _Blob]
    _process: "list[_Batch]" = field(default_factory=list, repr=False, compare=False)

    def entries(self) -> list[Entry]:
        """Every file, sorted by path; hidden ones and what they hold left out."""
        found = {}
        for path, blob in self.blobs.items():
            names = path.split("/")
            if any(name.startswith(".") for name in names):
                continue
            folder = next((place for place, name in enumerate(names[:-1], 1) if name.endswith((".yaml", ".yml"))), None)
            if folder is not None:
                held = "/".join(names[:folder])
                found[held] = Entry(held, refusal=Refusal("kind", "it is a folder"))
            else:
                content = self._content(path, blob)
                found[path] = Entry(path, refusal=content) if isinstance(content, Refusal) else Entry(path)
        return [found[path] for path in sorted(found)]

    def read(self, path: str) -> bytes | Refusal:
        """The bytes of one file; a file larger than MAX_BYTES is not read."""
        blob = self.blobs.get(path)
        if blob is None:
            return Refusal("gone", "there is no such file")
        content = self._content(path, blob)
        return content if isinstance(content, Refusal) else self._batch().read(content)

    def id_of(self, path: str) -> str | None:
        """The id of a file's content; None for what is no file."""
        blob = self.blobs.get(path)
        content = self._content(path, blob) if blob is not None else None
        return content if isinstance(content, str) else None

    def close(self) -> None:
        """End the process that reads, where one was begun."""
        while self._process:
            self._process.pop().close()

    def _content(self, path: str, blob: _Blob) -> str | Refusal:
        """The id of what stands at a path, a link followed."""
        if blob.mode == _SUBMODULE:
            return Refusal("kind", "it is a repository within the repository")
        if blob.mode != _LINK:
            return blob.id
        target = self._batch().read(blob.id)
        if isinstance(target, Refusal):
            return target
        leads = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(target)))
        if leads.startswith(("/", "..")):
            return Refusal("link", "it is a link that leads out of the repository")
        found = self.blobs.get(leads)
        if found is None or found.mode in (_LINK, _SUBMODULE):
            return Refusal("link", "it is a link to nothing" if found is None else "it is a link to a link")
        return found.id

    def _batch(self) -> "_Batch":
        if not self._process:
            self._process.append(_Batch(self.repository.folder))
        return self._process[0]


class _Batch:
    """The one process that gives the content of blobs."""

    def __init__(self, folder: Path) -> None:
        self._process = _start(folder, "cat-file", "--batch")

    def read(self, id_: str) -> bytes | Refusal:
        """The bytes of a blob."""
        given, taken = self._process.stdin, self._process.stdout
        assert given is not None
        assert taken is not None
        try:
            given.write(f"{id_}\n".encode())
            given.flush()
            words = taken.readline().split()
        except OSError:
            words = []
        if len(words) != 3 or words[1] != b"blob":
            return Refusal("unreadable", "git does not have its content")
        size = int(words[2])
        if size > MAX_BYTES:
            _skip(taken, size + 1)
            return Refusal("size", f"it has {size:,} bytes")
        data = taken.read(size)
        taken.read(1)
        return data if len(data) == size else Refusal("unreadable", "git broke off")

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._process.communicate(timeout=5)


def content_id(data: bytes, algorithm: str) -> str:
    """The id that git would give to a file's bytes."""
    made = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()


def _parsed(listing: bytes) -> dict[str, _Blob]:
    found = {}
    for line in listing.split(b"\0"):
        if line:
            head, _, path = line.partition(b"\t")
            mode, _, id_ = head.split()
            found[os.fsdecode(path)] = _Blob(mode, id_.decode())
    return found


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0 and (piece := stream.read(min(size, _CHUNK))):
        size -= len(piece)


def _asked(folder: Path, *arguments: str) -> str | None:
    """What git answers; None where it says no."""
    done = _run(folder, *arguments)
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else None


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    process = _start(folder, *arguments, stderr=subprocess.PIPE)
    out, error = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, error)


def _start(folder: Path, *arguments: str, stderr: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    command: Sequence[str] = ("git", "--no-pager", "-c", "core.fsmonitor=false", *arguments)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _QUIET
    try:
        return subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr
        )
    except FileNotFoundError:
        raise WorkplanError("git is not installed here, or not on the path", "install git, or compare two folders") from None
    except OSError as error:
        raise WorkplanError(f"git cannot be run: {(error.strerror or str(error)).lower()}", "compare two folders") from None
