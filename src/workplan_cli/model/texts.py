"""Where a document holds texts in languages: found from the models themselves, so that no list of fields can be forgotten.

This module alone knows how to walk a model for its texts.
"""

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from workplan_cli.diagnostics import Pointer
from workplan_cli.model.text import Text, field_names

Way = str | tuple[str, Any] | None
"""How a value leads to texts: it is one, it is a model, it is a list or mapping of such values, or it leads to none."""


def texts(noun: BaseModel) -> Iterator[tuple[Pointer, Text]]:
    """Every text in `noun`, with its place, in the order of the fields."""
    for attribute, key, way in _ways(type(noun)):
        value = getattr(noun, attribute)
        if value and way == "text":
            yield (key,), value
        elif value:
            yield from _follow(way, value, (key,))


def _follow(way: Way, value: Any, place: Pointer) -> Iterator[tuple[Pointer, Text]]:
    if way == "text":
        yield place, value
    elif way == "model":
        if isinstance(value, BaseModel):
            yield from ((place + rest, text) for rest, text in texts(value))
    elif isinstance(way, tuple):
        each = enumerate(value) if way[0] == "list" else value.items()
        for key, child in each:
            yield from _follow(way[1], child, (*place, key))


@cache
def _ways(model: type[BaseModel]) -> tuple[tuple[str, str, Way], ...]:
    attributes = {field.alias or name: name for name, field in model.model_fields.items()}
    found = ((attributes[key], key, _way(field.annotation)) for key, field in field_names(model).items())
    return tuple(one for one in found if one[2] is not None)


def _way(annotation: Any) -> Way:
    if annotation == Text:
        return "text"
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return next((way for way in map(_way, arguments) if way is not None), None)
    if origin in (tuple, dict):
        kind, inner = ("list", _way(arguments[0])) if origin is tuple else ("mapping", _way(arguments[1]))
        return (kind, inner) if inner is not None else None
    return "model" if isinstance(annotation, type) and issubclass(annotation, BaseModel) and _ways(annotation) else None
