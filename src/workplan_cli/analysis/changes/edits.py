"""A document as pieces, and the edits that make one document of another.

This module alone knows how a document is cut: a field is a piece; so is each entry of a mapping or list whose members are models
with an id, wherever it lies in the sections that do nothing but hold them. Edits are complete: `apply` makes the second of the
first, and `reverse` the first of the second. Documents are equal when their content is, whatever their files look like.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pydantic import BaseModel

from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.plan import Chapter, Mandates, Plan, Statements
from workplan_cli.model.record import document_at

Documents = Mapping[str, Document]
"""Documents by their path below `data/`."""

_SECTIONS: Mapping[str, type[BaseModel]] = {
    "chapters": Chapter,
    "mandates": Mandates,
    "aims": Statements,
    "principles": Statements,
}
"""The fields of the plan whose models hold entries and are none themselves: a changed guideline is no change of its chapter."""


class Absent(Enum):
    """There is no such piece. It is not the same as a field that is null."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


class Order(tuple[str, ...]):
    """The ids of a list, in its order: a piece of its own, so that an entry that moves is not one that is rewritten."""

    __slots__ = ()


@dataclass(frozen=True)
class Edit:
    """One piece of one document, before and after."""

    path: str
    pointer: Pointer
    before: Any
    after: Any

    def reversed(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.path, self.pointer, self.after, self.before)


def edits(before: Documents, after: Documents) -> Iterator[Edit]:
    """What makes `after` of `before`, by path, then in the order of the pieces."""
    for path in sorted({*before, *after}):
        one, other = before.get(path), after.get(path)
        if one is other or one == other:
            continue
        old = pieces(one) if one is not None else {}
        new = pieces(other) if other is not None else {}
        for pointer in (*new, *(pointer for pointer in old if pointer not in new)):
            was, is_ = old.get(pointer, ABSENT), new.get(pointer, ABSENT)
            if type(was) is not type(is_) or was != is_:
                yield Edit(path, pointer, was, is_)


def apply(made: Iterable[Edit], documents: Documents) -> dict[str, Document]:
    """The documents with edits made. Raises ValueError for an edit that does not find what it is to change."""
    by_path: dict[str, list[Edit]] = {}
    for edit in made:
        by_path.setdefault(edit.path, []).append(edit)
    found = dict(documents)
    for path, some in by_path.items():
        there = pieces(found[path]) if path in found else {}
        for edit in some:
            was = there.get(edit.pointer, ABSENT)
            if was != edit.before:
                raise ValueError(f"{path}: {edit.pointer} is not what the edit expects")
            if edit.after is ABSENT:
                del there[edit.pointer]
            else:
                there[edit.pointer] = edit.after
        if there:
            found[path] = _put_together(path, there)
        else:
            del found[path]
    return found


def pieces(document: Document) -> dict[Pointer, Any]:
    """Every piece of a document by its place."""
    return dict(_pieces(document, (), frozenset(document.identity())))


def _pieces(model: BaseModel, place: Pointer, without: frozenset[str] = frozenset()) -> Iterator[tuple[Pointer, Any]]:
    for name, field in type(model).model_fields.items():
        value, here = getattr(model, name), (*place, name)
        if name in without or (value == {} and field.get_default() == {}):
            continue
        is_section = name in _SECTIONS
        if is_section and isinstance(value, BaseModel):
            yield from _pieces(value, here)
        elif isinstance(value, dict) and value and all(isinstance(one, BaseModel) for one in value.values()):
            yield from (((*here, key), one) for key, one in value.items())
        elif isinstance(value, tuple) and _have_ids(value):
            yield here, Order(one.id for one in value)
            for one in value:
                yield from _pieces(one, (*here, one.id)) if is_section else (((*here, one.id), one),)
        else:
            yield here, value


def _have_ids(value: tuple[Any, ...]) -> bool:
    """Whether a list is one of entries, each with an id of its own."""
    ids = [getattr(one, "id", None) if isinstance(one, BaseModel) else None for one in value]
    return bool(ids) and all(isinstance(id_, str) for id_ in ids) and len(set(ids)) == len(ids)


def _put_together(path: str, there: Mapping[Pointer, Any]) -> Document:
    """The document that pieces make. Each was read by its model, and is not read again."""
    place = document_at(path)
    if place is None:
        raise ValueError(f"{path} is no place of a document")
    model, identity = place
    values: dict[str, Any] = {**_values(there, (), _SECTIONS if model is Plan else {}), **identity}
    return model.model_construct(None, **values)


def _values(there: Mapping[Pointer, Any], place: Pointer, sections: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    """The fields of the model at a place."""
    depth = len(place)
    below: dict[str, dict[Pointer, Any]] = {}
    for pointer, piece in there.items():
        if len(pointer) > depth and pointer[:depth] == place:
            below.setdefault(str(pointer[depth]), {})[pointer] = piece
    return {name: _value(some, (*place, name), sections) for name, some in below.items()}


def _value(there: Mapping[Pointer, Any], here: Pointer, sections: Mapping[str, type[BaseModel]]) -> Any:
    """The value of the field at a place: as it is, or the list, the mapping or the section that its pieces make."""
    section, whole = sections.get(str(here[-1])), there.get(here, ABSENT)
    if isinstance(whole, Order):
        if section is not None:
            return tuple(section.model_construct(None, **_values(there, (*here, id_), sections)) for id_ in whole)
        return tuple(there[(*here, id_)] for id_ in whole)
    if whole is not ABSENT:
        return whole
    if section is not None:
        return section.model_construct(None, **_values(there, here, sections))
    return {str(pointer[-1]): piece for pointer, piece in there.items()}
