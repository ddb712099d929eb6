"""Entries put into a list that someone else keeps: what is not theirs stays byte for byte as it is.

This module alone changes a list of entries with ids. It writes between the lines of the others, or the keys of one entry, then
reads the file again, and unless it says just what it is meant to say, and has lost no comment, nothing is made of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from workplan_cli.errors import WorkplanError
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.graft import Section, Splice, comments_of, is_flow
from workplan_cli.storage.sourcemap import Node, SourceMap


def new_list(key: str, entries: Mapping[str, BaseModel]) -> bytes:
    """A file that holds a list of entries and nothing else."""
    return (f"{key}:\n" + "".join(spelling.item(one, spelling.STEP) for one in entries.values())).encode()


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
    text = data.decode()
    ending = "\r\n" if "\r\n" in text else "\n"
    text = text if text.endswith("\n") else text + ending
    source = SourceMap(text)
    if source.problem is not None or len(source.roots) != 1 or is_flow(source.roots[0], text):
        raise _refusal(path, key)
    splices = list(_splices(source, key, new, changed, order))
    after = text
    for _, (start, end, words) in sorted(enumerate(splices), key=lambda one: (*one[1][:2], one[0]), reverse=True):
        after = after[:start] + words.replace("\n", ending) + after[end:]
    made = after.encode()
    if _read(made) != _meant(data, key, new, changed) or Counter(comments_of(SourceMap(after))) != Counter(comments_of(source)):
        raise _refusal(path, key)
    return made


def _splices(
    source: SourceMap, key: str, new: Mapping[str, BaseModel], changed: Mapping[str, Mapping[str, Any]], order: tuple[str, ...]
) -> Iterator[Splice]:
    root = Section(source, source.roots[0])
    listed = root.node.children[root.names.index(key)] if key in root.names else None
    if listed is None or not listed.children:
        yield from root.put(key, {id_: spelling.item(one, spelling.STEP) for id_, one in new.items()}, (), ())
        return
    if is_flow(listed, source.text):
        return  # it leaves no place: the proof fails, and the file is refused
    ids = [_id(one) for one in listed.children]
    pad = " " * _column(source, listed.children[0])
    for id_, keys in changed.items():
        node = listed.children[ids.index(id_)]
        if not is_flow(node, source.text):
            written = {name: spelling.part(name, value, spelling.STEP) for name, value in keys.items()}
            section = Section(source, node)
            yield from section.mend(written, (), order, section.begin(0))
    for id_, one in new.items():
        before = [place for place, there in enumerate(ids) if there < id_] if ids == sorted(ids) else [len(ids) - 1]
        place = _end(source, listed.children, before[-1]) if before else _line(source, listed.children[0])
        yield place, place, spelling.item(one, pad)


def _end(source: SourceMap, items: list[Node], number: int) -> int:
    """Where the line after an item begins, with the comments that belong to it."""
    if not is_flow(items[number], source.text) and items[number].keys:
        section = Section(source, items[number])
        return section.end(len(section.names) - 1)
    return source.text.find("\n", items[number].end) + 1


def _line(source: SourceMap, item: Node) -> int:
    """Where the line of an item begins."""
    return source.text.rfind("\n", 0, item.start) + 1


def _id(node: Node) -> str:
    return next((value.value for key, value in zip(node.keys, node.children, strict=True) if key.value == "id"), "")


def _column(source: SourceMap, item: Node) -> int:
    """The column of the dash before an item."""
    start = source.text.rfind("\n", 0, item.start) + 1
    return source.text.find("-", start) - start


def _meant(data: bytes, key: str, new: Mapping[str, BaseModel], changed: Mapping[str, Mapping[str, Any]]) -> Any:
    """What the file is to say, in whatever order the new entries stand."""
    wanted = yaml.read(data) or {}
    there = wanted.get(key) or []
    after = [{**one, **_plain(changed.get(one["id"], {}))} for one in there]
    added = [yaml.read(spelling.item(one, "").encode())[0] for one in new.values()]
    ids = [one["id"] for one in there]
    whole = [*after, *added]
    return {**wanted, key: sorted(whole, key=lambda one: str(one["id"])) if ids == sorted(ids) else whole}


def _plain(keys: Mapping[str, Any]) -> Any:
    """Keys as YAML gives them back."""
    return yaml.read("".join(spelling.part(name, value, "") for name, value in keys.items()).encode()) if keys else {}


def _read(data: bytes) -> Any:
    try:
        return yaml.read(data)
    except yaml.YamlProblem:
        return None


def _refusal(path: str, key: str) -> WorkplanError:
    return WorkplanError(
        f"data/{path} is laid out in a way that leaves no place for entries; nothing in it was changed",
        f"write {key}: with one entry below the other, each behind a hyphen, and import again",
    )
