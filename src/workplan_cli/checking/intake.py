"""What an import needs to know of a record before it may propose anything: a sound map, and the files that it speaks of.

This module alone decides which files an import may touch: sound ones, of rounds that are not closed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from workplan_cli.checking.context import gather
from workplan_cli.checking.unit import check_document
from workplan_cli.diagnostics import Pointer, Severity
from workplan_cli.errors import WorkplanError
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.listing import Listing
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.register import RoundState
from workplan_cli.model.state import State
from workplan_cli.model.submission import Answer, AnswerSheet, Assessment, DeskReview, ParallelReport, Submission
from workplan_cli.model.text import Model, field_names
from workplan_cli.rules.rule import Context
from workplan_cli.storage.enlist import enlist, new_list
from workplan_cli.storage.graft import graft, new_sheet
from workplan_cli.storage.loader import Loaded, load, parse, resolve
from workplan_cli.storage.record import no_plan
from workplan_cli.storage.tree import Tree

_SHEETS: tuple[type[AnswerSheet], ...] = (Submission, DeskReview, Assessment, ParallelReport)
"""The files that an import may fill."""


Kind = TypeVar("Kind", bound=Document)


@dataclass(frozen=True)
class File(Generic[Kind]):
    """A file that an import speaks of. `document` and `data` are None where it is not there yet."""

    path: str
    document: Kind | None = None
    data: bytes | None = None
    refusal: str = ""
    """Why it must stay as it is; empty where it may change."""


Sheet = File[AnswerSheet]
RegisterFile = File[Document]


@dataclass(frozen=True)
class Intake:
    """A record made ready for an import."""

    tree: Tree
    record: Record
    mapping: ImportMap
    context: Context
    paths: frozenset[str]
    """Every file below `data/`."""

    def sheet(self, state: str, round_: str) -> Sheet:
        """The file that holds what the map's voice says of a state in a round."""
        voice, _, org = (self.mapping.voice or "").partition("/")
        kind = next(one for one in _SHEETS if one.voice == voice)
        path = kind.location.format(state=state, round=round_, org=org)
        closing = self.record.rounds.get(round_)
        if closing is not None and closing.state is RoundState.CLOSED:
            return Sheet(path, refusal=f"because the round {round_} is closed")
        return self._sound(path, AnswerSheet)

    def register(self, listing: Listing, state: str) -> RegisterFile:
        """The file of one state in a register that is kept by state."""
        return self._sound(listing.path(state), listing.document)

    def _sound(self, path: str, kind: type[Kind]) -> File[Kind]:
        if path not in self.paths:
            return File(path)
        loaded = load(self.tree, path)
        errors = [one for one in loaded.diagnostics if one.code.severity is Severity.ERROR]
        if errors or loaded.damaged or not isinstance(loaded.document, kind):
            return File(path, refusal="because it has errors; see which: workplan validate")
        return File(path, loaded.document, loaded.data)

    def enlisted(
        self, sheet: RegisterFile, listing: Listing, new: Mapping[str, Model], changed: Mapping[str, Mapping[str, Any]]
    ) -> bytes:
        """The bytes of a register's file with entries put in, and keys of others written anew.

        Raises WorkplanError where there is no place for them, or where `validate` would refuse what was put in.
        """
        if sheet.data is None:
            data = new_list(listing.key, new)
        else:
            data = enlist(sheet.path, sheet.data, listing.key, new, changed, tuple(field_names(listing.entry)))
        document = self._parsed(sheet.path, data).document
        touched = {place for place, id_ in enumerate(listing.ids(document) if document else ()) if id_ in {*new, *changed}}
        return self._proven(sheet, data, lambda pointer: pointer[:1] == (listing.key,) and not touched.isdisjoint(pointer[1:2]))

    def made(
        self, sheet: Sheet, answers: Mapping[str, Answer], evidence: Mapping[str, Evidence], without: Collection[str]
    ) -> bytes:
        """The bytes of a file with answers and evidence put in.

        Raises WorkplanError where there is no place for them, or where `validate` would refuse what was put in.
        """
        if sheet.data is None:
            data = new_sheet(self.mapping.head, answers, evidence)
        else:
            data = graft(sheet.path, sheet.data, answers, evidence, without, tuple(self.record.indicators))
        return self._proven(sheet, data, lambda pointer: bool(pointer[1:2]) and pointer[1] in {*answers, *evidence})

    def _parsed(self, path: str, data: bytes) -> Loaded:
        place = document_at(path)
        assert place is not None
        return parse(path, data, *place)

    def _proven(self, sheet: File[Any], data: bytes, put_in: Callable[[Pointer], bool]) -> bytes:
        """The bytes, if they can be read and what was put in has no error."""
        loaded = self._parsed(sheet.path, data)
        ruled = [one for one in check_document(loaded, self.context) if put_in(one.pointer)]
        for one in (*loaded.diagnostics, *ruled):
            if one.code.severity is Severity.ERROR:
                why = f"data/{sheet.path} would have an error, {one.code.id}: {one.message}"
                raise WorkplanError(why, f"nothing was written; {one.hint or 'see the map'}")
        return data


def open_intake(tree: Tree, path: str) -> Intake:
    """Make a record ready for the map at `path`, below `data/`. Raises WorkplanError where the plan cannot be read or the map has
    errors."""
    entries = tree.entries()
    refused = tuple(entry.path for entry in entries if entry.refusal is not None)
    readable = [entry.path for entry in entries if entry.refusal is None]
    ground = gather(tree, readable, None, refused)
    if ground.context is None:
        raise no_plan(Plan.location in refused or any(one.path == Plan.location for one in ground.loaded))
    loaded = load(tree, path)
    found = [*loaded.diagnostics]
    if isinstance(loaded.document, ImportMap) and not loaded.damaged:
        found += check_document(loaded, ground.context)
    errors = [one for one in resolve(tuple(found), loaded.data) if one.code.severity is Severity.ERROR]
    if errors or not isinstance(loaded.document, ImportMap):
        first = min(errors, key=lambda one: one.sort_key)
        line = f":{first.span.line}" if first.span else ""
        raise WorkplanError(f"data/{path}{line}: {first.message}", first.hint or "see what is wrong with it: workplan validate")
    states = tuple(load(tree, one) for one in readable if (place := document_at(one)) is not None and place[0] is State)
    documents = tuple(one.document for one in (*ground.loaded, *states) if one.document is not None)
    return Intake(
        tree,
        Record.of(ground.context.plan, documents),
        loaded.document,
        ground.context,
        frozenset(entry.path for entry in entries),
    )
