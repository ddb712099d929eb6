"""What the shell offers after `workplan show`. This module alone knows how to find ids without the models.

It reads the names of files and, of the plan and the indicators, the plain YAML. Whatever is wrong, it offers nothing: a shell
that is asked to complete a word must never print an error.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer


def complete_subject(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The ids that begin with what is typed, each with a word on what it is. After a state: what can be asked about it."""
    try:
        root = _root(context.params.get("root"))
        found = dict(_offered(root, with_all=not context.params.get("what")))
        return [(id_, word) for id_, word in found.items() if id_.casefold().startswith(incomplete.casefold())]
    except Exception:  # the reason is for `validate` to tell; here it would garble the prompt
        return []


def _root(named: Any) -> Path:
    from workplan_cli.settings import find_root

    return Path(named) if named else find_root(Path.cwd())


def _offered(root: Path, with_all: bool) -> Iterator[tuple[str, str]]:
    """Ids, each with what it is; without `with_all` only those that may follow a state."""
    plan = _read(root / "data" / "guidelines.yaml")
    if with_all:
        yield from ((name, "state") for name in _names(root, "states"))
    for chapter in _each(plan, "chapters"):
        yield from ((id_, "guideline") for id_ in _ids(chapter, "guidelines"))
    for name in _names(root, "indicators"):
        yield from ((id_, "indicator") for id_ in _ids(_read(root / "data" / "indicators" / name), "indicators"))
    yield from ((id_, "round") for id_ in _ids(plan, "rounds"))
    if with_all:
        yield from ((id_, "mandate") for id_ in _ids(plan.get("mandates"), "items"))
        yield from ((name.removesuffix(".yaml"), "treaty") for name in _names(root, "registers/treaties"))


def _ids(holder: Any, key: str) -> list[str]:
    return [one["id"] for one in _each(holder, key) if isinstance(one.get("id"), str)]


def _each(holder: Any, key: str) -> list[dict[str, Any]]:
    """The mappings in a list of a mapping, as far as there is one."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _names(root: Path, folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(root / "data" / folder) if not name.startswith("."))
    except OSError:
        return []


def _read(path: Path) -> dict[str, Any]:
    from workplan_cli.storage import yaml
    from workplan_cli.storage.tree import Directory, Refusal

    data = Directory(path.parent).read(path.name)
    try:
        content = None if isinstance(data, Refusal) else yaml.read(data)
    except yaml.YamlProblem:
        return {}
    return content if isinstance(content, dict) else {}
