"""Entries put into a list that someone else keeps: what is not theirs stays as it is.

This module alone knows how a list of entries with ids is laid out, and where in it a new one goes.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from workplan_cli.errors import WorkplanError
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.splice import Edit, Insert, Put, spliced


def new_list(key: str, entries: Mapping[str, BaseModel]) -> bytes:
    """A file that holds a list of entries and nothing else."""
    return spelling.spread(key, [spelling.given(one) for one in entries.values()], "", 2).encode()


def enlist(
    path: str,
    data: bytes,
    key: str,
    new: Mapping[str, BaseModel],
    changed: Mapping[str, Mapping[str, Any]],
    order: tuple[str, ...],
) -> bytes:
    """The bytes of a sound file with entries put into the list under `key`, and with keys of other entries written anew.

    A new entry goes where the ids stay in order, if they are; else to the end. `order` is the order of an entry's keys. Raises
    WorkplanError where the file at `path` is laid out in a way that leaves no place for them.
    """
    ids = _ids(path, data, key)
    edits: list[Edit] = [
        Put((key, ids.index(id_), name), value, order, spelling.rows(value))
        for id_, keys in changed.items()
        for name, value in keys.items()
    ]
    sort = ids == sorted(ids)
    for id_, one in new.items():
        place = bisect_left(ids, id_) if sort else len(ids)
        ids.insert(place, id_)
        edits.append(Insert((key, place), spelling.given(one), depth=1))
    return spliced(path, data, edits)


def enlisted(path: str, data: bytes, key: str, id_: str, entry: Mapping[str, Any]) -> bytes:
    """The same with one new entry, given as plain data: it may have keys that still wait for their words."""
    ids = _ids(path, data, key)
    place = bisect_left(ids, id_) if ids == sorted(ids) else len(ids)
    return spliced(path, data, [Insert((key, place), entry, depth=1)])


def _ids(path: str, data: bytes, key: str) -> list[str]:
    try:
        return [str(one["id"]) for one in yaml.read(data).get(key) or ()]
    except (yaml.YamlProblem, AttributeError, KeyError, TypeError):
        raise WorkplanError(
            f"data/{path} is laid out in a way that leaves no place for entries; nothing in it was changed",
            f"write {key}: with one entry below the other, each with its id, and try again",
        ) from None
