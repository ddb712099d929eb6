"""The shape of a line of a diff: what it is about, what stood there, what stands there now, and what to look at.

This module alone knows it, and how two values of a field are told apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.changes.marking import Marked, marked
from workplan_cli.model.text import Text
from workplan_cli.reports.changes.tongue import Tongue
from workplan_cli.reports.labels import Label


class Tone(StrEnum):
    """What a change is at a glance."""

    NEW = "new"
    GONE = "gone"
    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"


@dataclass(frozen=True)
class Side:
    """What stood, or stands, there: words, with a sign before them where there is one."""

    words: str
    label: Label | None = None


@dataclass(frozen=True)
class Versions:
    """Two versions of a text, marked word by word. `name` is the key it has in the file, with the language."""

    name: str
    pieces: Marked


@dataclass(frozen=True)
class Line:
    """One change in words. `was` and `now` are None where nothing stood there, or where nothing can be said by them."""

    subject: str
    tone: Tone
    was: Side | None = None
    now: Side | None = None
    parts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a reviewer must look at."""
    versions: tuple[Versions, ...] = ()


def tone_of(before: object, after: object) -> Tone:
    """New, gone or changed."""
    return Tone.NEW if before is None else Tone.GONE if after is None else Tone.CHANGED


def versions(name: str, before: Text | None, after: Text | None) -> tuple[Versions, ...]:
    """Both versions of a text in each of its languages, where they differ."""
    old, new = before or {}, after or {}
    return tuple(
        Versions(f"{name} [{language}]", marked(old.get(language, ""), new.get(language, "")))
        for language in dict.fromkeys((*new, *old))
        if old.get(language) != new.get(language)
    )


def are_texts(before: Any, after: Any) -> bool:
    """Whether two values are texts in languages, one of which may be missing."""
    return (
        (is_text(before) or not before) and (is_text(after) or not after) and bool(before or after) and is_text(before or after)
    )


def is_text(value: Any) -> bool:
    """Whether a value is a text in languages."""
    return isinstance(value, dict) and bool(value) and all(isinstance(one, str) and len(key) <= 3 for key, one in value.items())


def fields(
    before: BaseModel, after: BaseModel, tongue: Tongue, without: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[Versions, ...]]:
    """What differs between two models, field by field: short values in a line, texts marked."""
    parts: list[str] = []
    texts: list[Versions] = []
    names = {**dict.fromkeys(type(after).model_fields), **dict.fromkeys(type(before).model_fields)}
    for name in names:
        was, is_ = getattr(before, name, None), getattr(after, name, None)
        if was == is_ or name in without:
            continue
        field = type(after).model_fields.get(name)
        key = (field.alias if field is not None else None) or name
        if are_texts(was, is_):
            texts += versions(key, was, is_)
        else:
            parts.append(f"{key}: {pair(was, is_, tongue)}")
    return tuple(parts), tuple(texts)


def pair(was: Any, is_: Any, tongue: Tongue) -> str:
    """Two values; where both would be cut to the same words, or one of a list is what differs, only what differs."""
    if isinstance(was, tuple) and isinstance(is_, tuple):
        gone = [f"−{tongue.value(one)}" for one in was if one not in is_]
        new = [f"+{tongue.value(one)}" for one in is_ if one not in was]
        return tongue.several([*gone, *new]) or tongue.gettext("another order")
    old, new_ = tongue.value(was), tongue.value(is_)
    return f"{old} → {new_}" if old != new_ else tongue.gettext("altered")
