"""Documents that hold, for one state, a list of things with ids: a register kept by state.

This module alone knows how such a register is told from the other documents. Nothing here names one: a document class with the
right shape is one.
"""

import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workplan_cli.model.document import Document
from workplan_cli.model.record import DOCUMENTS
from workplan_cli.model.text import Model, field_names

_KEPT_BY = (("state",), ("holder",))
"""Whom a register's file is named after, alone: a state, or a holder, who may be one."""
CITATIONS = ("sources", "evidence")
"""The keys of an entry that say where it was read, if it has them."""


@dataclass(frozen=True)
class Listing:
    """A register kept by state: its document class, the key under which the list stands, and the class of an entry."""

    document: type[Document]
    key: str
    entry: type[Model]

    @property
    def name(self) -> str:
        """Its folder below `registers/`."""
        return self.document.location.split("/")[-2]

    def path(self, state: str) -> str:
        """The file of one state, below `data/`."""
        return self.document.location.format(**dict.fromkeys(self.document.identity(), state))

    def entries(self, document: Document) -> tuple[Model, ...]:
        """The entries of one file."""
        return tuple(getattr(document, self.key))

    def ids(self, document: Document) -> tuple[str, ...]:
        """The ids of the entries of one file."""
        return tuple(one.id for one in self.entries(document))  # type: ignore[attr-defined]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of an entry that a map may fill."""
        return tuple(name for name in field_names(self.entry) if name not in ("id", *CITATIONS))

    def has(self, place: str) -> bool:
        """Whether an entry has a place such as `number` or `title.en`, for a word to stand at."""
        key, _, inner = place.partition(".")
        field = field_names(self.entry).get(key)
        if field is None or key not in self.keys:
            return False
        kinds = [one for one in (field.annotation, *typing.get_args(field.annotation)) if one is not type(None)]
        models = [one for one in kinds if isinstance(one, type) and issubclass(one, Model)]
        if models or any(typing.get_origin(one) is dict for one in kinds):
            return bool(inner) and (not models or inner in field_names(models[0]))
        return not inner and not any(typing.get_origin(one) is tuple for one in kinds)

    def fault(self, place: str, value: Any) -> str:
        """What is wrong with a value at a place such as `number` or `title.en`, in a few words; empty where it may stand."""
        key, _, inner = place.partition(".")
        field = field_names(self.entry).get(key)
        if field is None:
            return "there is no such key"
        try:
            kind: Any = typing.Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            TypeAdapter(kind).validate_python({inner: value} if inner else value)
        except ValidationError as error:
            return error.errors()[0]["msg"].replace("Input should be", "it is to be")
        return ""


@cache
def listings() -> dict[str, Listing]:
    """Every register kept by state, by its name."""
    found = [one for document in DOCUMENTS if document.identity() in _KEPT_BY for one in _lists_in(document)]
    return {one.name: one for one in found}


def _lists_in(document: type[Document]) -> list[Listing]:
    if not document.location.startswith("registers/"):
        return []
    found = []
    for key, field in field_names(document).items():
        inner = typing.get_args(field.annotation)
        if typing.get_origin(field.annotation) is tuple and isinstance(inner[0], type) and issubclass(inner[0], Model):
            found += [Listing(document, key, inner[0])] if "id" in inner[0].model_fields else []
    return found
