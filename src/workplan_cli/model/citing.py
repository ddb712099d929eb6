"""Where a document holds evidence: found from the models themselves, so that no kind of document can be forgotten.

This module alone knows how to walk a model for it.
"""

import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from workplan_cli.model.evidence import Evidence


def evidence_in(noun: BaseModel) -> Iterator[Evidence]:
    """Every piece of evidence in `noun`, in the order of the fields."""
    if isinstance(noun, Evidence):
        yield noun
        return
    for name in _ways(type(noun)):
        yield from _within(getattr(noun, name))


def _within(value: Any) -> Iterator[Evidence]:
    if isinstance(value, BaseModel):
        yield from evidence_in(value)
    elif isinstance(value, dict | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _within(one)


@cache
def _ways(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that lead to evidence."""
    return tuple(name for name, field in model.model_fields.items() if _leads(field.annotation))


def _leads(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return issubclass(annotation, Evidence) or bool(_ways(annotation))
    return any(_leads(one) for one in typing.get_args(annotation))
