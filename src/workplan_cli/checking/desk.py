"""A record made ready for a questionnaire: what it asks, which file the answers are of, and whether that may change.

This module alone decides which file a questionnaire may fill, and looks at the result before anything is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workplan_cli.checking.context import gather
from workplan_cli.checking.unit import check_document
from workplan_cli.diagnostics import Diagnostic, Severity
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence, Source
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.register import RoundState
from workplan_cli.model.state import State
from workplan_cli.model.submission import Answer, AnswerSheet, Assessment, DeskReview, ParallelReport, Reply, Submission, voice_of
from workplan_cli.rules.rule import Context
from workplan_cli.storage.graft import graft, new_sheet
from workplan_cli.storage.loader import load, parse
from workplan_cli.storage.record import no_plan
from workplan_cli.storage.revision import revision_of
from workplan_cli.storage.spelling import flow, scalar
from workplan_cli.storage.tree import Entry, Refusal, Tree

SHEETS: tuple[type[AnswerSheet], ...] = (Submission, DeskReview, Assessment, ParallelReport)
"""The files that a questionnaire may fill. A reply says to whom it replies, which no sheet asks."""
VOICES: tuple[type[AnswerSheet], ...] = (*SHEETS, Reply)
"""The files of answers that a command may write."""


@dataclass(frozen=True)
class Sheet:
    """A file of answers. `document` and `data` are None where it is not there yet."""

    path: str
    document: AnswerSheet | None = None
    data: bytes | None = None
    refusal: str = ""
    """Why it must stay as it is; empty where it may change."""


@dataclass(frozen=True)
class Desk:
    """A record opened for questionnaires. `record` holds no answers."""

    tree: Tree
    entries: tuple[Entry, ...]
    record: Record
    context: Context

    @property
    def revision(self) -> str:
        """The revision of the record."""
        return revision_of(self.tree, self.entries)

    @property
    def paths(self) -> frozenset[str]:
        """Every file below `data/`."""
        return frozenset(entry.path for entry in self.entries)

    def content(self, path: str) -> bytes:
        """What a file holds. Raises WorkplanError where it cannot be read."""
        data = self.tree.read(path)
        if isinstance(data, Refusal):
            raise WorkplanError(f"data/{path} cannot be read: {data.found}", "put a readable file there")
        return data

    def path(self, state: str, round_: str, voice: str) -> str:
        """Where a voice's answers on a state in a round are."""
        kind, _, org = voice.partition("/")
        found = next(one for one in VOICES if one.voice == kind)
        return found.location.format(state=state, round=round_, org=org)

    def sheet(self, path: str, round_: str) -> Sheet:
        """A file of answers, and why it must stay as it is, if it must."""
        closing = self.record.rounds.get(round_)
        refusal = f"because the round {round_} is {closing.state}" if closing and closing.state is not RoundState.OPEN else ""
        if path not in self.paths:
            return Sheet(path, refusal=refusal)
        loaded = load(self.tree, path)
        errors = any(one.code.severity is Severity.ERROR for one in loaded.diagnostics)
        if errors or loaded.damaged or not isinstance(loaded.document, AnswerSheet):
            return Sheet(path, refusal="because it has errors; see which: workplan validate")
        return Sheet(path, loaded.document, loaded.data, refusal)

    def answers(self, path: str) -> AnswerSheet | None:
        """A file of answers, as far as it can be read; None where it is not there."""
        document = load(self.tree, path).document if path in self.paths else None
        return document if isinstance(document, AnswerSheet) else None

    def replied_to(self, state: str, round_: str) -> dict[str, AnswerSheet]:
        """What a state may reply to in a round: the assessment and the parallel reports on it, by voice."""
        found: dict[str, AnswerSheet] = {}
        for path in sorted(self.paths):
            kind, identity = document_at(path) or (None, {})
            if kind in (Assessment, ParallelReport) and (identity["state"], identity["round"]) == (state, round_):
                sheet = self.answers(path)
                found |= {voice_of(sheet): sheet} if sheet is not None else {}
        return found

    def before(self, state: str, round_: str, voice: str) -> AnswerSheet | None:
        """The same voice's answers in the round before, where there are any that can be read."""
        rounds = self.record.plan.round_ids
        place = rounds.index(round_) if round_ in rounds else 0
        for earlier in reversed(rounds[:place]):
            found = self.sheet(self.path(state, earlier, voice), earlier).document
            if isinstance(found, AnswerSheet):
                return found
        return None

    def made(self, sheet: Sheet, answers: Mapping[str, Answer], evidence: Mapping[str, Evidence]) -> bytes:
        """The bytes of a file with answers and evidence put in. Raises WorkplanError where there is no place for them."""
        if sheet.data is None:
            return new_sheet({}, answers, evidence)
        return graft(sheet.path, sheet.data, answers, evidence, (), tuple(self.record.indicators))

    def wrong(self, path: str, data: bytes, sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
        """The errors that `validate` would find in a file of answers, were the new sources there."""
        place = document_at(path)
        assert place is not None
        context = replace(
            self.context,
            sources={**self.context.sources, **sources},
            source_ids=self.context.source_ids | frozenset(sources),
        )
        loaded = parse(path, data, *place)
        found = (*loaded.diagnostics, *check_document(loaded, context))
        return tuple(one for one in found if one.code.severity is Severity.ERROR)

    def wrong_source(self, source: Source) -> Diagnostic | None:
        """The first error that `validate` would find in a new source."""
        place = document_at(source.path)
        assert place is not None
        loaded = parse(source.path, source_file(source), *place)
        found = (*loaded.diagnostics, *check_document(loaded, self.context))
        return next((one for one in found if one.code.severity is Severity.ERROR), None)


def source_file(source: Source) -> bytes:
    """A new source as a file."""
    given = source.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True, exclude={"source"})
    return "".join(f"{scalar(key)}: {flow(value)}\n" for key, value in given.items()).encode()


def open_desk(tree: Tree) -> Desk:
    """Open the record in a tree. Raises WorkplanError where there is no plan that can be read."""
    entries = tuple(tree.entries())
    refused = tuple(entry.path for entry in entries if entry.refusal is not None)
    readable = [entry.path for entry in entries if entry.refusal is None]
    ground = gather(tree, readable, None, refused)
    if ground.context is None:
        raise no_plan(Plan.location in refused or any(one.path == Plan.location for one in ground.loaded))
    states = tuple(load(tree, one) for one in readable if (place := document_at(one)) is not None and place[0] is State)
    documents = tuple(one.document for one in (*ground.loaded, *states) if one.document is not None)
    return Desk(tree, entries, Record.of(ground.context.plan, documents), ground.context)


def own_words(tree: Tree, language: str) -> str | None:
    """The text of a repository's own catalogue of a language."""
    data = tree.read(f"i18n/{language}.po")
    if isinstance(data, Refusal):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WorkplanError(f"data/i18n/{language}.po is not UTF-8", "save it as UTF-8") from None
