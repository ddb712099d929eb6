"""A new thing of the record as a drafter begins it: what was said of it, and an empty key for what must still be said.

This module alone knows how words become the values of a model that is not complete yet, and where the new thing goes. An empty
key is written as `null`, which `validate` reports until it is filled.
"""

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from workplan_cli.checking.amend import found_in_all, open_page, refuse_errors
from workplan_cli.checking.desk import Desk
from workplan_cli.checking.kinds import Kind, goes_without_saying
from workplan_cli.diagnostics import Diagnostic, did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.plan import Plan
from workplan_cli.model.text import Text, field_names
from workplan_cli.model.time import PartialDate
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.annotations import models, within
from workplan_cli.storage.enlist import enlisted
from workplan_cli.storage.order import permutation
from workplan_cli.storage.shape import EMPTY_VALUE
from workplan_cli.storage.splice import Put, spliced


@dataclass(frozen=True)
class Draft:
    """A file with the new thing in it. `waiting` are the keys that must still be filled, `found` what else the rules remark."""

    path: str
    data: bytes
    before: bytes | None
    waiting: tuple[Diagnostic, ...]
    found: tuple[Diagnostic, ...]


def model_of(kind: Kind, said: Mapping[str, str]) -> type[BaseModel]:
    """The class of what is made; where there are several, the one that `type` names."""
    options = list(models(kind.model, None))
    if len(options) == 1:
        return options[0]
    types_ = [typing.get_args(one.model_fields["type"].annotation)[0] for one in options]
    if said.get("type") not in types_:
        what = (
            f"'{visible(said['type'])}' is no type of {kind.word}"
            if "type" in said
            else f"the type of the {kind.word} is not given"
        )
        hint = did_you_mean(said.get("type", ""), types_, f"write --set type= and one of {', '.join(types_)}")
        raise WorkplanError(what, hint)
    return options[types_.index(said["type"])]


def drafted(desk: Desk, kind: Kind, names: Sequence[str], said: Mapping[str, str], language: str, page: tuple[str, str]) -> Draft:
    """A new thing by its names, with what was said of it. `page` is the round and the voice, which evidence alone asks for.

    Raises WorkplanError where there is one of that name, where a word means nothing, or where a rule stands against it.
    """
    model = model_of(kind, said)
    values = _values(kind, model, names, said, language)
    owed = [name for name, value in values.items() if value is None]
    if owed and kind.document is Plan:
        hint = f"without it nothing could be read any more; name it: --set {owed[0]}=…"
        raise WorkplanError(f"a {kind.word} of the plan must have {', '.join(owed)}", hint)
    path, data, before = _placed(desk, kind, names, values, page)
    found = found_in_all(desk, {path: data})
    waiting = tuple(one for one in found if one.code == EMPTY_VALUE and one.path == path)
    refuse_errors(tuple(one for one in found if one not in waiting))
    if waiting:
        _refuse_what_would_be_wrong(desk, path, _placed(desk, kind, names, _filled(model, values, language), page)[1])
    return Draft(path, data, before, waiting, tuple(one for one in found if one not in waiting))


def _placed(
    desk: Desk, kind: Kind, names: Sequence[str], values: dict[str, Any], page: tuple[str, str]
) -> tuple[str, bytes, bytes | None]:
    """The path of the file, its bytes with the new thing in it, and those it has now."""
    if kind.model is Evidence:
        return _cited(desk, names, values, page)
    path = kind.document.location.format(**dict(zip(kind.document.identity(), names, strict=False)))
    if path not in desk.paths:
        return path, _begun(desk, kind, values), None
    if not kind.key:
        raise WorkplanError(f"data/{path} is there already", "open it; a file that is there is never overwritten")
    before = desk.content(path)
    if names[-1] in _listed(before, kind.key):
        raise WorkplanError(
            f"data/{path} has the {kind.word} '{visible(names[-1])}' already", "choose another id, or open it there"
        )
    return path, enlisted(path, before, kind.key, names[-1], values), before


def _begun(desk: Desk, kind: Kind, values: dict[str, Any]) -> bytes:
    """A file that is not there yet."""
    if not kind.key:
        return _file(values)
    translation = dict.fromkeys(desk.record.plan.translation, "unofficial")
    head = {"table": "working", "translation": translation} if kind.document is IndicatorTable else {}
    return _file(head) + spelling.spread(kind.key, [values], "", 2).encode()


def _refuse_what_would_be_wrong(desk: Desk, path: str, data: bytes) -> None:
    """The rules pass over an entry that lacks a key; with the key filled for a trial, they say what else is wrong with it."""
    refuse_errors(tuple(one for one in found_in_all(desk, {path: data}) if one.code != EMPTY_VALUE))


def _filled(model: type[BaseModel], values: dict[str, Any], language: str) -> dict[str, Any]:
    """The values with words for a trial in the empty keys that take a text or one of some words."""
    trial = dict(values)
    for name, field in field_names(model).items():
        if name in trial and trial[name] is None:
            leaves = tuple(_leaves(field.annotation))
            words = [one.value for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Enum) for one in leaf]
            trial[name] = {language: "…"} if any(leaf == Text for leaf in leaves) else words[0] if words else None
    return trial


def _cited(desk: Desk, names: Sequence[str], data: dict[str, Any], page: tuple[str, str]) -> tuple[str, bytes, bytes]:
    """The file of answers with a piece of evidence more."""
    state, id_ = names
    found = open_page(desk, state, *page)
    if found.data is None:
        raise WorkplanError(f"there is no data/{found.path} yet", f"it begins with an answer: workplan answer {state}")
    if id_ in found.evidence:
        raise WorkplanError(f"data/{found.path} has evidence '{visible(id_)}' already", "choose another id, or open it there")
    return found.path, spliced(found.path, found.data, [Put(("evidence", id_), data, depth=0)]), found.data


def _values(kind: Kind, model: type[BaseModel], names: Sequence[str], said: Mapping[str, str], language: str) -> dict[str, Any]:
    """What was said, what goes without saying, and None for what must still be said, in the order to write it."""
    fields = field_names(model)
    fixed = set(kind.document.identity()) if not kind.key else {"id"}
    data: dict[str, Any] = {"id": names[-1]} if "id" in fields and kind.key else {}
    data |= goes_without_saying(kind, names)
    for key, words in said.items():
        first = key.partition(".")[0]
        if first in fixed or first not in fields:
            allowed = [name for name in fields if name not in fixed]
            hint = did_you_mean(first, allowed, f"it has: {', '.join(allowed)}")
            raise WorkplanError(f"a {kind.word} has no '{visible(first)}' to set", hint)
        _put(data, key.split("."), model, words, language)
    data |= {name: None for name, field in fields.items() if field.is_required() and name not in data and name not in fixed}
    keys = list(data)
    return {keys[place]: data[keys[place]] for place in permutation(model, keys, data.get("type"))}


def _put(data: dict[str, Any], steps: list[str], annotation: Any, words: str, language: str) -> None:
    """A value under a key with dots: `title.es`, `valid.from`."""
    inner = within(annotation, data, steps[0])
    if inner is None:
        raise WorkplanError(f"'{visible('.'.join(steps))}' leads nowhere", "name a key, or a key in a key: valid.from=2016")
    if len(steps) == 1:
        value = _value(inner, words, language)
        there = data.get(steps[0])
        data[steps[0]] = {**there, **value} if isinstance(there, dict) and isinstance(value, dict) else value
        return
    below = data.setdefault(steps[0], {})
    if not isinstance(below, dict):
        raise WorkplanError(f"'{visible(steps[0])}' is set twice", "set it once, or key by key")
    _put(below, steps[1:], inner, words, language)


def _value(annotation: Any, words: str, language: str) -> Any:
    """Words as the value that a place is meant to have. What they cannot be is left as it is, and the rules say so."""
    leaves = tuple(_leaves(annotation))
    if any(leaf == Text for leaf in leaves):
        return {language: words}
    if words[:1] in ("[", "{") and any(not isinstance(leaf, type) or issubclass(leaf, BaseModel) for leaf in leaves):
        try:
            return yaml.read(words.encode())
        except yaml.YamlProblem:
            raise WorkplanError(f"'{visible(words)}' cannot be read", "write it as {key: value}, or [one, another]") from None
    for leaf in leaves:
        if typing.get_origin(leaf) is tuple:
            return [_value(typing.get_args(leaf)[0], one.strip(), language) for one in words.split(",") if one.strip()]
    if bool in leaves and words in ("true", "false"):
        return words == "true"
    if (int in leaves or PartialDate in leaves) and words.isascii() and words.isdigit() and len(words) < 20:
        return int(words)
    return words


def _leaves(annotation: Any) -> Iterator[Any]:
    """What a place may be, without what is said beside it."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _leaves(typing.get_args(annotation)[0])
    elif origin in (typing.Union, types.UnionType):
        for one in typing.get_args(annotation):
            yield from _leaves(one)
    else:
        yield annotation


def _file(data: Mapping[str, Any]) -> bytes:
    return "".join(spelling.spread(key, value, "", spelling.rows(value)) for key, value in data.items()).encode()


def _listed(data: bytes, key: str) -> list[str]:
    try:
        content = yaml.read(data)
    except yaml.YamlProblem:
        return []
    entries = content.get(key) if isinstance(content, dict) else None
    return [str(one["id"]) for one in entries or () if isinstance(one, dict) and "id" in one]
