"""What of a change may be shown: of a restricted thing the title and the custodian, whichever side says that it is restricted.

This module alone turns pieces of the record into plain values for showing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.changes.compare import documents_of
from workplan_cli.model.citing import evidence_in
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.record import Record
from workplan_cli.model.text import field_names

SHOWN = ("title", "custodian", "access")
"""What of a restricted source may be shown."""


@dataclass(frozen=True)
class Veil:
    """The sources of two records, and what they keep back."""

    before: Record
    after: Record

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source of either, as it is now, or was."""
        return {**self.before.sources, **self.after.sources}

    @cached_property
    def _restricted(self) -> frozenset[str]:
        both = (*self.before.sources.values(), *self.after.sources.values())
        return frozenset(source.source for source in both if source.access is Access.RESTRICTED)

    @cached_property
    def _kept_back(self) -> frozenset[object]:
        """What restricted pieces of evidence tell: it is not told by the side on which they are public either."""
        documents = (document for record in (self.before, self.after) for document in documents_of(record).values())
        pieces = (piece for document in documents for piece in evidence_in(document))
        return frozenset(_told(piece) for piece in pieces if piece.access is Access.RESTRICTED)

    def hides(self, thing: object) -> bool:
        """Whether a piece of evidence or a source is restricted."""
        if isinstance(thing, Evidence):
            return thing.access is Access.RESTRICTED or thing.source in self._restricted or _told(thing) in self._kept_back
        return isinstance(thing, Source) and thing.source in self._restricted

    def plain(self, value: Any, hidden: bool = False) -> Any:
        """A value as JSON has them: models as mappings without what they leave out, dates and words as text. `hidden` says that
        the thing is to be taken for restricted, because its other side is.
        """
        if isinstance(value, Evidence):
            return self._evidence(value) if hidden or self.hides(value) else self._model(value)
        if isinstance(value, Source) and self.hides(value):
            return {name: getattr(value, name) for name in SHOWN if getattr(value, name) is not None}
        if isinstance(value, BaseModel):
            return self._model(value)
        if isinstance(value, dict):
            return {str(key): self.plain(one, hidden) for key, one in value.items()}
        if isinstance(value, tuple | list):
            return [self.plain(one, hidden) for one in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        return str(value)

    def _evidence(self, piece: Evidence) -> dict[str, Any]:
        source = self.sources.get(piece.source)
        said = {"source": piece.source, "access": "restricted", "title": source.title if source else None}
        return {**said, **({"custodian": source.custodian} if source and source.custodian else {})}

    def _model(self, model: BaseModel) -> dict[str, Any]:
        without = model.identity() if isinstance(model, Document) else ()
        names = {field.alias or name: name for name, field in type(model).model_fields.items() if name not in without}
        found = {
            key: self.plain(getattr(model, names[key]))
            for key in field_names(type(model))
            if key in names
            and getattr(model, names[key]) != type(model).model_fields[names[key]].get_default(call_default_factory=True)
        }
        return {**found, **{key: self.plain(value) for key, value in (model.__pydantic_extra__ or {}).items()}}


def _told(piece: Evidence) -> object:
    return piece.source, piece.pinpoint, piece.quotation, piece.cell, tuple(piece.row.items()), piece.url
