"""What `workplan diff` is asked to compare: words made into two trees.

This module alone knows what a word may mean there: a revision, a folder, `A..B`, `A...B`, or nothing, which is the working tree.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.storage.git import Repository
    from workplan_cli.storage.tree import Tree

WORKING = "the working tree"
_SHORT = 7


@dataclass(frozen=True)
class Compared:
    """Two trees, each with what it is called."""

    before: "tuple[str, Tree]"
    after: "tuple[str, Tree]"


def sides(words: Sequence[str], root: Path | None, here: Path) -> Compared:
    """The two trees that words name. Raises WorkplanError for a word that names none."""
    from workplan_cli.storage.git import repository

    folder = _folder(root, here)
    git = repository(folder)
    first, second, from_base = _split(words, git, here)
    if from_base:
        assert git is not None
        base = git.merge_base(first, second or "HEAD")
        tree = git.tree(base)
        return Compared(
            (f"{_shown(first)}...{_shown(second or 'HEAD')} ({base[:_SHORT]})", tree), _tree(second or "HEAD", git, here)
        )
    return Compared(_tree(first, git, here), _tree(second, git, here) if second is not None else _working(root, here))


def _folder(root: Path | None, here: Path) -> Path:
    """Where git is asked: the repository's root; the folder as it is where it is none, as a bare repository."""
    from workplan_cli.settings import find_root

    if root is not None and not os.path.isdir(here / root):
        raise WorkplanError(
            f"there is no folder '{visible(str(root))}'", "name the folder that holds data/, or a bare repository"
        )
    if root is not None:
        return here / root
    try:
        return find_root(here)
    except WorkplanError:
        return here


def _split(words: Sequence[str], git: "Repository | None", here: Path) -> tuple[str, str | None, bool]:
    """The first word, the second where there is one, and whether the first is to be where the two parted."""
    if len(words) > 2:
        raise WorkplanError(f"{len(words)} things cannot be compared", "name two: workplan diff A B")
    if not words and git is None:
        raise WorkplanError("this is no git repository, so there is no last commit", "name two folders: workplan diff A B")
    if len(words) != 1 or _is_path(words[0]) or os.path.isdir(here / words[0]):
        return (words[0] if words else "HEAD"), (words[1] if len(words) == 2 else None), False
    for dots in ("...", ".."):
        first, found, second = words[0].partition(dots)
        if found and not second.startswith("."):
            if git is None:
                raise WorkplanError(f"'{visible(words[0])}' names revisions, and this is no git repository", "name two folders")
            return first or "HEAD", second or "HEAD", dots == "..."
    return words[0], None, False


def _tree(word: str, git: "Repository | None", here: Path) -> "tuple[str, Tree]":
    """The tree that one word names."""
    from workplan_cli.settings import named_root
    from workplan_cli.storage.tree import Directory

    is_revision = git is not None and git.knows(word)
    is_folder = os.path.isdir(here / word)
    is_path = _is_path(word)
    if is_revision and is_folder and not is_path:
        raise WorkplanError(
            f"'{_shown(word)}' is a revision and a folder",
            f"name the folder as ./{_shown(word)}, or the revision in full: refs/heads/…",
        )
    if is_folder and (is_path or not is_revision):
        return f"'{_shown(word)}'", Directory(named_root(here / word) / "data")
    if is_path:
        raise WorkplanError(f"there is no folder '{_shown(word)}'", "name a folder that holds data/, or a revision")
    if git is None:
        raise WorkplanError(
            f"there is no folder '{_shown(word)}', and this is no git repository", "name a folder that holds data/"
        )
    tree = git.tree(word)
    return (_shown(word) if tree.commit.startswith(word) else f"{_shown(word)} ({tree.commit[:_SHORT]})"), tree


def _working(root: Path | None, here: Path) -> "tuple[str, Tree]":
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    return WORKING, Directory(open_repository(root, here).data)


def _is_path(word: str) -> bool:
    """Whether a word can only be meant as a folder."""
    return word in (".", "..") or word.startswith(("./", "../", "/", "~/"))


def _shown(word: str) -> str:
    return visible(word)
