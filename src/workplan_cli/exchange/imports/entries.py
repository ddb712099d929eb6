"""What an import would change in a register: entries compared, key by key, with those that are there.

This module alone decides when an entry says as much as the table already. Whoever wrote a key has the word: what it says is
never changed unasked. Keys that nobody wrote may be added.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workplan_cli.exchange.imports.edits import Fate
from workplan_cli.exchange.imports.enrolment import Entry
from workplan_cli.model.listing import CITATIONS
from workplan_cli.model.text import Model


@dataclass(frozen=True)
class EntryChange:
    """A proposed entry, what becomes of it, and the difference in words, each with `+` or `-`.

    `keys` are those to be written into the entry that is there, each with all that it will say.
    """

    entry: Entry
    fate: Fate
    id: str
    """Of the entry that is there, which may have another id; else the proposed one."""
    words: tuple[tuple[str, str], ...] = ()
    keys: Mapping[str, Any] = field(default_factory=dict)


def compare_entries(entries: Iterable[Entry], there: Sequence[Model], replace: bool) -> list[EntryChange]:
    """What becomes of the entries proposed for one file, given those that it holds."""
    held = {said["id"]: said for said in map(_said, there)}
    return [_change(one, held, replace) for one in entries]


def _said(noun: Model) -> dict[str, Any]:
    """What an entry says, its keys in the order in which a file has them."""
    said = noun.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    first = [key for key in noun.key_order if key in said]
    return {key: said[key] for key in (*first, *(key for key in said if key not in first))}


def _change(entry: Entry, held: Mapping[str, dict[str, Any]], replace: bool) -> EntryChange:
    new = _said(entry.noun)
    old = held.get(_meant(entry, new, held))
    if old is None:
        return EntryChange(entry, Fate.NEW, entry.id, tuple(("+", line) for line in _lines(_without(new, *CITATIONS))))
    merged: dict[str, Any] = {}
    more: list[tuple[str, str]] = []
    other: list[tuple[str, str]] = []
    for key, value in _without(new, "id", *CITATIONS, *entry.unread).items():
        merged[key], gone, come = _merged(old.get(key), value, key)
        (other if gone else more).extend((*(("-", one) for one in gone), *(("+", one) for one in come)))
    uncited = not any(old.get(key) for key in CITATIONS)
    if not more and not other and not uncited:
        return EntryChange(entry, Fate.SAME, old["id"])
    if other and not replace:
        return EntryChange(entry, Fate.CONFLICT, old["id"], tuple(other))
    for key in CITATIONS:
        if key in new:
            merged[key], _, come = _merged(old.get(key), new[key], key)
            more += [("+", f"{key} from the table")] if come and uncited else []
    keys = {key: value for key, value in merged.items() if old.get(key) != value}
    return EntryChange(entry, Fate.REPLACED if other else Fate.CHANGED, old["id"], (*other, *more), keys)


def _meant(entry: Entry, new: Mapping[str, Any], held: Mapping[str, dict[str, Any]]) -> str:
    """The id of the entry that is meant: the same, or of the only one that has the same words where the map says to look."""
    if entry.id in held or not entry.match:
        return entry.id
    wanted = [_words(_at(new, place)) for place in entry.match]
    alike = [id_ for id_, said in held.items() if all(wanted) and [_words(_at(said, one)) for one in entry.match] == wanted]
    return alike[0] if len(alike) == 1 else entry.id


def _at(said: Mapping[str, Any], place: str) -> Any:
    key, _, inner = place.partition(".")
    found = said.get(key)
    return found.get(inner) if inner and isinstance(found, dict) else found


def _words(value: Any) -> str:
    return " ".join(str(value or "").casefold().split())


def _merged(old: Any, new: Any, place: str) -> tuple[Any, list[str], list[str]]:
    """What a key will say, and the words that go and come. Lists and mappings grow; of two words, the new one stands."""
    if old is None:
        return new, [], list(_lines(new, place))
    if isinstance(old, dict) and isinstance(new, dict):
        parts = {key: _merged(old.get(key), value, f"{place}.{key}") for key, value in new.items()}
        whole = {**old, **{key: part[0] for key, part in parts.items()}}
        return whole, [line for part in parts.values() for line in part[1]], [line for part in parts.values() for line in part[2]]
    if isinstance(old, list) and isinstance(new, list):
        added = [one for one in new if one not in old]
        return [*old, *added], [], [line for one in added for line in _lines(one, place)]
    if _folded(old) == _folded(new):
        return old, [], []
    return new, list(_lines(old, place)), list(_lines(new, place))


def _folded(value: Any) -> str:
    return " ".join(str(value).split())


def _lines(value: Any, place: str = "") -> Iterator[str]:
    """A value in words, a line for each key: `title.en Act No. 3`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lines(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        yield f"{place} {', '.join(map(str, value))}"
    elif place != "id":
        yield f"{place} {value}"


def _without(said: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in keys}
