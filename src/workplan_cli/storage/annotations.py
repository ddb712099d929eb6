"""Which model or type a place in a document is meant to have.

This module alone walks the models' annotations along a pointer.
"""

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from workplan_cli.diagnostics import Key, Pointer
from workplan_cli.model.text import field_names


def model_at(model: type[BaseModel], tree: Any, pointer: Pointer) -> type[BaseModel] | None:
    """The model that describes the mapping a pointer leads to."""
    annotation, here = _follow(model, tree, pointer)
    return next(models(annotation, here), None)


def means(model: type[BaseModel], tree: Any, pointer: Pointer, wanted: Any) -> bool:
    """Whether the place a pointer leads to is meant to have a type, alone or among others."""
    annotation, _ = _follow(model, tree, pointer)
    return _has(annotation, wanted)


def words_at(model: type[BaseModel], tree: Any, pointer: Pointer) -> list[str]:
    """The words that may stand at the place a pointer leads to, beside what else may."""
    annotation, _ = _follow(model, tree, pointer)
    return list(_words(annotation))


def _words(annotation: Any) -> Iterator[str]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from (word for word in typing.get_args(annotation) if isinstance(word, str))
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        for member in typing.get_args(annotation):
            yield from _words(member)


def _has(annotation: Any, wanted: Any) -> bool:
    if annotation == wanted:
        return True
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        return any(_has(member, wanted) for member in typing.get_args(annotation))
    return False


def _follow(model: type[BaseModel], tree: Any, pointer: Pointer) -> tuple[Any, Any]:
    """What is meant to be at a pointer, and what is."""
    annotation: Any = model
    here = tree
    for step in pointer:
        annotation = within(annotation, here, step)
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        if annotation is None:
            break
    return annotation, here


def within(annotation: Any, here: Any, step: Key) -> Any:
    """What is meant to be one step down from a place that holds `here`; None where no model says."""
    options = list(models(annotation, here))
    return _inner(options, step) if options else _element(annotation)


def _inner(options: list[type[BaseModel]], step: Key) -> Any:
    for option in options:
        field = field_names(option).get(str(step))
        if field is not None:
            return field.annotation
    return None


def models(annotation: Any, here: Any) -> Iterator[type[BaseModel]]:
    """The models an annotation may mean; with a `type` in the document, the member of a union that it names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        found = [model for member in typing.get_args(annotation) for model in models(member, here)]
        if isinstance(here, dict) and len(found) > 1:
            named = [
                m for m in found if here.get("type") in typing.get_args(getattr(m.model_fields.get("type"), "annotation", None))
            ]
            found = named or found
        yield from found


def _element(annotation: Any) -> Any:
    """What a container holds: the values of a dict, the items of a tuple."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is dict:
        return arguments[1]
    if origin in (tuple, list):
        return arguments[0]
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return next((found for member in arguments if (found := _element(member)) is not None), None)
    return None
