"""A record opened to be gone through state by state. This module alone puts settings and survey together for other programs."""

from pathlib import Path

from workplan_cli.checking.survey import Survey, open_survey
from workplan_cli.settings import open_repository
from workplan_cli.storage.revision import revision_of
from workplan_cli.storage.tree import Directory


def open_at(root: Path | None) -> tuple[Survey, str]:
    """The record at or above a folder, and its revision. Raises WorkplanError where there is none."""
    tree = Directory(open_repository(root, Path.cwd()).data)
    entries = tree.entries()
    return open_survey(tree, entries), revision_of(tree, entries)
