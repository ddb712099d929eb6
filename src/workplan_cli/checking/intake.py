"""What an import needs to know of a record before it may propose anything: a sound map, and the files that it speaks of.

This module alone decides which files an import may touch: sound ones, of rounds that are not closed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workplan_cli.checking.context import gather
from workplan_cli.checking.unit import check_document
from workplan_cli.diagnostics import Severity
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.register import RoundState
from workplan_cli.model.state import State
from workplan_cli.model.submission import Answer, AnswerSheet, Assessment, DeskReview, ParallelReport, Submission
from workplan_cli.rules.rule import Context
from workplan_cli.storage.graft import graft, new_sheet
from workplan_cli.storage.loader import load, parse, resolve
from workplan_cli.storage.record import no_plan
from workplan_cli.storage.tree import Tree

_SHEETS: tuple[type[AnswerSheet], ...] = (Submission, DeskReview, Assessment, ParallelReport)
"""The files that an import may fill."""


@dataclass(frozen=True)
class Sheet:
    """A file that an import speaks of. `document` and `data` are None where it is not there yet."""

    path: str
    document: AnswerSheet | None = None
    data: bytes | None = None
    refusal: str = ""
    """Why it must stay as it is; empty where it may change."""


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
        voice, _, org = self.mapping.voice.partition("/")
        kind = next(one for one in _SHEETS if one.voice == voice)
        path = kind.location.format(state=state, round=round_, org=org)
        closing = self.record.rounds.get(round_)
        if closing is not None and closing.state is RoundState.CLOSED:
            return Sheet(path, refusal=f"because the round {round_} is closed")
        if path not in self.paths:
            return Sheet(path)
        loaded = load(self.tree, path)
        errors = [one for one in loaded.diagnostics if one.code.severity is Severity.ERROR]
        if errors or loaded.damaged or not isinstance(loaded.document, AnswerSheet):
            return Sheet(path, refusal="because it has errors; see which: workplan validate")
        return Sheet(path, loaded.document, loaded.data)

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
        place = document_at(sheet.path)
        assert place is not None
        loaded = parse(sheet.path, data, *place)
        ruled = [
            one for one in check_document(loaded, self.context) if one.pointer[1:2] and one.pointer[1] in {*answers, *evidence}
        ]
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
