"""A file of the record changed in a few places: whatever is not meant stays byte for byte as it is.

This module alone changes a part of a file. It writes between the lines of the others, then reads the file again, and unless
it says just what it is meant to say, and has lost no comment, nothing is made of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workplan_cli.diagnostics import Key, Pointer, pointer_text
from workplan_cli.errors import WorkplanError
from workplan_cli.model.record import document_at
from workplan_cli.model.text import field_names
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.annotations import model_at
from workplan_cli.storage.brackets import Brackets
from workplan_cli.storage.gaps import comments
from workplan_cli.storage.seams import Lines, Splice, fill, is_flow
from workplan_cli.storage.sourcemap import Node, SourceMap
from workplan_cli.storage.yaml_libyaml import plain


@dataclass(frozen=True)
class Put:
    """Let a key of a mapping, or an item of a list by its number, have a value, given as plain data.

    A key that is new goes behind the last of those that stand before it in `order`; without one, where its model has it, else at
    the end. The mappings above it are made where they are not there. The item behind the last is a new one. `depth` says how many
    levels of the value have entries on lines of their own; None: as its neighbours have.
    """

    pointer: Pointer
    value: Any
    order: Sequence[str] = ()
    depth: int | None = None


@dataclass(frozen=True)
class Append:
    """Let a list have one more item; the list is made where it is not there."""

    pointer: Pointer
    value: Any
    depth: int | None = None


@dataclass(frozen=True)
class Insert:
    """Let a list have one more item, before the one that has its number now, or behind the last."""

    pointer: Pointer
    value: Any
    depth: int | None = None


@dataclass(frozen=True)
class Remove:
    """Take a key, or an item by its number, away with all below it. Its comments stay."""

    pointer: Pointer


Edit = Put | Append | Insert | Remove


def spliced(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of the file at `path`, below `data/`, with the edits made in their order.

    Raises WorkplanError where the file is laid out in a way that leaves no place for one of them; nothing is made then.
    """
    edits = tuple(edits)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise _refusal(path, edits, "it is not UTF-8") from None
    ending = "\r\n" if "\r\n" in text else "\n"
    added = "" if text.endswith("\n") or not text else ending
    before = SourceMap(text)
    wanted = _read(data) if before.roots else {}
    text += added
    for batch in _batches(edits):
        try:
            wanted = _meant(wanted, batch)
            splices = list(_splices(path, text, batch, wanted))
        except (LookupError, TypeError, ValueError):
            raise _refusal(path, batch, _unsound(text)) from None
        for _, (start, end, words) in sorted(enumerate(splices), key=lambda one: (*one[1][:2], one[0]), reverse=True):
            if end >= len(text):
                added = ""
            text = text[:start] + words.replace("\n", ending) + text[end:]
    made = text.removesuffix(added).encode() if added else text.encode()
    after = SourceMap(text)
    if not same(_read(made), wanted):
        raise _refusal(path, edits, _unsound(data.decode()) or "written there, it would change what else the file says")
    if Counter(_comments(after)) != Counter(_comments(before)):
        raise _refusal(path, edits, "written there, it would take a comment away")
    return made


def edits_between(old: Any, new: Any, pointer: Pointer = (), order: Sequence[str] = ()) -> Iterator[Edit]:
    """The edits that make `new` of `old`, both plain data: key by key in mappings, and no more than differs."""
    if not isinstance(old, dict) or not isinstance(new, dict) or not new:
        if not same(old, new):
            yield Put(pointer, new, order)
        return
    for key in old:
        if key not in new:
            yield Remove((*pointer, key))
    for key, value in new.items():
        if key in old:
            yield from edits_between(old[key], value, (*pointer, key))
        else:
            yield Put((*pointer, key), value, order)


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of plain data are equal, and of equal types: `true` is not 1."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or bool(one != one and other != other)


def _batches(edits: Iterable[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Runs of edits that are made in one go."""
    batch: list[Edit] = []
    for edit in edits:
        if batch and not _beside(batch, edit):
            yield tuple(batch)
            batch = []
        batch.append(edit)
    if batch:
        yield tuple(batch)


def _beside(batch: Sequence[Edit], edit: Edit) -> bool:
    """Whether an edit can be made in one go with others: new values for other keys of the same mapping."""
    return all(
        isinstance(one, Put)
        and isinstance(edit, Put)
        and not isinstance(edit.pointer[-1], int)
        and one.pointer[:-1] == edit.pointer[:-1]
        and one.pointer != edit.pointer
        and one.order == edit.order
        for one in batch
    )


def _order(edit: Edit) -> Sequence[str]:
    return edit.order if isinstance(edit, Put) else ()


def _meant(content: Any, batch: Iterable[Edit]) -> Any:
    """What the file is to say after some edits. Raises LookupError where there is nothing to take away or to put into."""
    for edit in batch:
        content = _changed(content, edit.pointer, edit)
    return content


def _changed(content: Any, steps: Pointer, edit: Edit) -> Any:
    if not steps:
        if isinstance(edit, Append):
            if content is not None and not isinstance(content, list):
                raise LookupError(edit.pointer)
            return [*(content or []), edit.value]
        return edit.value if isinstance(edit, Put) else None
    step, rest = steps[0], steps[1:]
    if isinstance(edit, Insert) and not rest:
        held = content or []
        if not isinstance(held, list) or not isinstance(step, int) or not 0 <= step <= len(held):
            raise LookupError(edit.pointer)
        return [*held[:step], edit.value, *held[step:]]
    if isinstance(step, int) and isinstance(content, list):
        if not 0 <= step < len(content) + (isinstance(edit, Put) and not rest):
            raise LookupError(edit.pointer)
        inner = (
            [] if isinstance(edit, Remove) and not rest else [_changed(content[step : step + 1] and content[step], rest, edit)]
        )
        return [*content[:step], *inner, *content[step + 1 :]]
    content = {} if content is None and not isinstance(edit, Remove) else content
    if not isinstance(content, dict) or (isinstance(edit, Remove) and step not in content):
        raise LookupError(edit.pointer)
    if isinstance(edit, Remove) and not rest:
        return {key: value for key, value in content.items() if key != step}
    return {**content, step: _changed(content.get(step), rest, edit)}


def _splices(path: str, text: str, batch: tuple[Edit, ...], wanted: Any) -> Iterator[Splice]:
    """What is to be put where, for edits of one parent."""
    source = SourceMap(text)
    if source.problem is not None or len(source.roots) > 1:
        raise ValueError(path)
    first = batch[0]
    parent = first.pointer if isinstance(first, Append) else first.pointer[:-1]
    way = _way(source, parent)
    if len(way) <= len(parent):  # the parent itself is not there: the whole of it is put under the last that is
        whole = parent[: len(way)]
        depth = max((one.depth or 0 for one in batch if not isinstance(one, Remove)), default=0) + len(parent) - len(whole) + 1
        yield from _splices(path, text, (Put(whole, _at(wanted, whole), _model_order(path, wanted, whole[:-1]), depth),), wanted)
        return
    key, node = way[-1]
    if node.kind != "scalar" and is_flow(node, text) and node.children:
        yield from _in_brackets(path, text, node, batch, wanted)
    elif not node.children:
        yield from _into_nothing(source, way, batch, wanted)
    else:
        yield from _in_lines(path, Lines(source, node, key.end if key is not None else None), batch, wanted, way, parent)


def _way(source: SourceMap, pointer: Pointer) -> list[tuple[Node | None, Node]]:
    """The keys and nodes from the top down to where a pointer leads, as far as they are there."""
    if not source.roots:
        return [(None, Node("mapping", len(source.text), len(source.text)))]
    way: list[tuple[Node | None, Node]] = [(None, source.roots[0])]
    for step in pointer:
        node = way[-1][1]
        place = _number(node, step)
        if place is None:
            break
        way.append((node.keys[place] if node.kind == "mapping" else None, node.children[place]))
    return way


def _number(node: Node, step: Key) -> int | None:
    """The place of a key or item among those of a node, None where it is not there."""
    if node.kind == "list":
        return step if isinstance(step, int) and 0 <= step < len(node.children) else None
    for place, key in enumerate(node.keys):
        if (plain(key.value) if key.is_plain else key.value) == step:
            return place
    return None


def _in_brackets(path: str, text: str, node: Node, batch: tuple[Edit, ...], wanted: Any) -> Iterator[Splice]:
    here = Brackets(text, node)
    for edit in batch:
        number = None if isinstance(edit, Append) else _number(node, edit.pointer[-1])
        if isinstance(edit, Remove):
            assert number is not None
            yield from here.removed(number)
        elif isinstance(edit, Insert) and number is not None:
            yield here.insert(number, spelling.flow(edit.value))
        elif number is not None:
            yield here.value(number, spelling.flow(edit.value))
        elif node.kind == "list":
            yield here.append(spelling.flow(edit.value))
        else:
            name = edit.pointer[-1]
            order = _order(edit) or _model_order(path, wanted, edit.pointer[:-1])
            yield here.put(str(name), f"{spelling.name(name)}: {spelling.flow(edit.value)}", order)


def _into_nothing(
    source: SourceMap, way: list[tuple[Node | None, Node]], batch: tuple[Edit, ...], wanted: Any
) -> Iterator[Splice]:
    """Put the first entries into a mapping or list that has none."""
    node, text = way[-1][1], source.text
    first = batch[0]
    value = _at(wanted, first.pointer if isinstance(first, Append) else first.pointer[:-1])
    depth = max(one.depth if one.depth is not None else spelling.rows(one.value) for one in batch if not isinstance(one, Remove))
    if node.start < node.end and node.kind == "scalar" and text[node.start : node.end] not in ("~", "null", "Null", "NULL"):
        raise LookupError(first.pointer)
    if any(is_flow(above, text) for _, above in way[:-1]) or (isinstance(value, list) and not isinstance(value[0], dict)):
        lead = " " if node.start == node.end and text[node.start - 1 : node.start] == ":" else ""
        yield node.start, node.end, lead + spelling.flow(value)
        return
    if len(way) == 1:
        written = spelling.within(value, "", depth + 1)
        yield (node.start, node.end, written.removesuffix("\n")) if node.start < node.end else (len(text), len(text), written)
        return
    above = Lines(source, way[-2][1])
    yield from fill(source, node, spelling.within(value, above.pad + above.step, depth + 1, above.step))


def _in_lines(
    path: str,
    here: Lines,
    batch: tuple[Edit, ...],
    wanted: Any,
    way: list[tuple[Node | None, Node]],
    parent: Pointer,
) -> Iterator[Splice]:
    if not _at(wanted, parent):  # nothing is left of it
        empty = spelling.flow(_at(wanted, parent))
        yield from _in_parent(here.source, way, parent[-1], empty) if len(way) > 1 else here.replaced(0, f"{empty}\n")
        return
    new: dict[str, str] = {}
    for edit in batch:
        number = None if isinstance(edit, Append) else _number(here.node, edit.pointer[-1])
        if isinstance(edit, Remove):
            assert number is not None
            yield from here.replaced(number, "")
        elif isinstance(edit, Insert) and number is not None:
            yield here.insert(number, here.pad + spelling.item(edit.value, here.pad, _depth(here, edit), here.step))
        elif number is not None:
            yield from _instead(here, number, edit)
        elif here.node.kind == "list":
            depth = _depth(here, edit)
            yield here.append(here.pad + spelling.item(edit.value, here.pad, depth, here.step))
        else:
            name = edit.pointer[-1]
            new[str(name)] = spelling.spread(name, edit.value, here.pad, _depth(here, edit), here.step)
    if new:
        yield from here.put(new, _order(batch[0]) or _model_order(path, wanted, parent))


def _in_parent(source: SourceMap, way: list[tuple[Node | None, Node]], step: Key, written: str) -> Iterator[Splice]:
    above = Lines(source, way[-2][1])
    number = _number(above.node, step)
    assert number is not None
    name = f"{above.pad}{spelling.name(step)}: " if above.node.kind == "mapping" else f"{above.pad}- "
    yield from above.replaced(number, f"{name}{written}\n")


def _instead(here: Lines, number: int, edit: Put | Append | Insert) -> Iterator[Splice]:
    """Put a value where another one is, in the style of that one."""
    old = here.node.children[number]
    in_lines = bool(old.children) and not is_flow(old, here.text)
    depth = edit.depth if edit.depth is not None else max(spelling.rows(edit.value), 1) if in_lines else 0
    if not in_lines and not old.is_block and (not depth or not isinstance(edit.value, dict | list)):
        yield from here.value(number, spelling.flow(edit.value))
    elif here.node.kind == "list":
        yield from here.replaced(number, here.pad + spelling.item(edit.value, here.pad, depth, here.step))
    else:
        name = edit.pointer[-1]
        yield from here.replaced(number, spelling.spread(name, edit.value, here.pad, depth, here.step))


def _depth(here: Lines, edit: Put | Append | Insert) -> int:
    """How a new value is spread: as was asked, or as the last neighbour of its kind is."""
    if edit.depth is not None:
        return edit.depth
    kind = "mapping" if isinstance(edit.value, dict) else "list" if isinstance(edit.value, list) else "scalar"
    alike = [child for child in here.node.children if child.kind == kind and child.children]
    if not alike:
        return spelling.rows(edit.value)
    if is_flow(alike[-1], here.text):
        return 0
    inner = [child for child in alike[-1].children if child.children]
    return 1 + any(not is_flow(child, here.text) and child.kind == "mapping" for child in inner)


def _at(content: Any, pointer: Pointer) -> Any:
    for step in pointer:
        content = content[step]
    return content


def _model_order(path: str, content: Any, pointer: Pointer) -> Sequence[str]:
    """The keys of the mapping that a pointer leads to, as its model has them."""
    place = document_at(path)
    model = model_at(place[0], content, pointer) if place is not None else None
    if model is None:
        return ()
    leading = tuple(getattr(model, "key_order", ()))
    return (*leading, *(name for name in field_names(model) if name not in leading))


def _comments(source: SourceMap) -> list[str]:
    return [words for _, words in comments(source)]


def _read(data: bytes) -> Any:
    try:
        return yaml.read(data)
    except yaml.YamlProblem:
        return None


def _unsound(text: str) -> str:
    """What is wrong with a file in which nothing can be changed at all; empty where nothing is."""
    try:
        yaml.read(text.encode())
    except yaml.EmptyDocument:
        return ""
    except yaml.YamlProblem as error:
        return f"line {error.line}: {error.message}" if error.line else error.message
    return ""


def _refusal(path: str, edits: Sequence[Edit], why: str) -> WorkplanError:
    first = pointer_text(edits[0].pointer) if edits else ""
    because = f": {why}" if why else ""
    return WorkplanError(
        f"data/{path} is laid out in a way that leaves no place for a change at {first}{because}; nothing in it was changed",
        f"see whether it is sound, give it its usual form, and try again: workplan validate; workplan fmt data/{path}",
    )
