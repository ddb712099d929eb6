"""`--changed-since REV --as WHO`: words made into the files of a change, and what is said of whose they are.

This module alone knows where the answer is read: the files that differ from where the change parted from REV, and the owners in
the `workplan.toml` of REV itself. What the change makes of `workplan.toml` counts for nothing.
"""

import posixpath
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.diagnostics import Diagnostic
    from workplan_cli.settings import Settings
    from workplan_cli.storage.git import Repository


@dataclass(frozen=True)
class Change:
    """What a change does. `files` are what was done to each file, by its path from the root of the repository."""

    files: Mapping[str, str]
    strangers: "tuple[Diagnostic, ...]" = ()
    """A finding for each file, or entry of a register, that is not the author's."""
    remark: str = ""
    """What whoever ran the command should know of the answer."""


def change(settings: "Settings", since: str, author: str | None) -> Change:
    """The change since a revision, held against its author where one is named."""
    from workplan_cli.storage.git import repository

    git = repository(settings.root)
    if git is None:
        raise WorkplanError("this is no git repository, so nothing tells what changed", "leave out --changed-since")
    commit = git.commit(since)
    base = git.merge_base(commit, "HEAD")
    files = {_from_root(path, git.prefix): act for path, act in git.changed_since(base).items()}
    if author is None:
        return Change(files)
    roles, remark = _roles(author, settings, git, commit, since)
    if roles is None:
        return Change(files, remark=remark)
    from workplan_cli.checking.authorship import Author, not_its_authors
    from workplan_cli.storage.tree import Directory

    with closing(git.tree(base)) as before:
        found = tuple(not_its_authors(files, Author(visible(author), roles), before, Directory(settings.data)))
    return Change(files, found, remark)


def _roles(author: str, settings: "Settings", git: "Repository", commit: str, since: str) -> tuple[tuple[str, ...] | None, str]:
    """The roles of who made the change; None, with a remark, where the owners that would tell are not configured."""
    from workplan_cli.settings import role

    if "@" not in author:
        _known_state(role(author), git, commit, since)
        return (author,), ""
    owners = _owners(settings, git, commit, since)
    if not owners:
        return None, f"workplan.toml at {visible(since)} has no [owners]: whose the changed files are was not checked"
    wanted = author.casefold()
    roles = tuple(word for word, handles in owners.items() if wanted in [one.casefold() for one in handles])
    return roles, "" if roles else f"{visible(author)} is nobody's handle in [owners] of workplan.toml at {visible(since)}"


def _owners(settings: "Settings", git: "Repository", commit: str, since: str) -> Mapping[str, tuple[str, ...]]:
    """The owners as they were at a commit."""
    from workplan_cli.settings import CONFIG, parse_settings

    data = git.text(commit, f"{git.prefix}{CONFIG}")
    if data is None:
        return {}
    try:
        return parse_settings(settings.root, data.decode()).owners
    except UnicodeDecodeError:
        raise WorkplanError(f"at {visible(since)}, {CONFIG} is not UTF-8", "correct it there first") from None
    except WorkplanError as error:
        raise WorkplanError(f"at {visible(since)}, {error.message}", error.hint) from None


def _known_state(word: str, git: "Repository", commit: str, since: str) -> None:
    kind, _, code = word.partition(":")
    if kind != "state":
        return
    states = sorted({path.split("/")[1] for path in git.tree(commit).blobs if path.startswith("states/")})
    if code not in states:
        guess = did_you_mean(code, states)
        hint = guess or f"states there: {', '.join(states)}"
        raise WorkplanError(f"there is no state '{code}' at {visible(since)}", hint)


def _from_root(path: str, prefix: str) -> str:
    """A path from the top of git's repository as one from the root of the record's."""
    return path.removeprefix(prefix) if path.startswith(prefix) else posixpath.relpath(path, prefix)
