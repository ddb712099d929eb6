"""A record read state by state, for what must see every answer and cannot hold them all.

This module alone knows how a large record is gone through: what every state is measured by is read once (plan, indicators,
sources, treaties, profiles), a state's own files are read, looked at and forgotten.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from workplan_cli.checking.context import gather
from workplan_cli.checking.outcome import Progress
from workplan_cli.checking.verification import verifier
from workplan_cli.checking.workers import spread
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.register import TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.storage.loader import ARCHIVE, Loaded, load
from workplan_cli.storage.record import damaged, no_plan
from workplan_cli.storage.tree import Entry, Tree

Made = TypeVar("Made")


@dataclass(frozen=True)
class Unread:
    """The files, by path below `data/`, that are left out, and those of which a part is."""

    out: tuple[str, ...] = ()
    part: tuple[str, ...] = ()

    def __add__(self, other: "Unread") -> "Unread":
        return Unread((*self.out, *other.out), (*self.part, *other.part))

    def __bool__(self) -> bool:
        return bool(self.out or self.part)


@dataclass(frozen=True)
class Part:
    """One state's part of a record: `record` has no other state's answers. `files` are the state's own, by path below `data/`."""

    state: str
    record: Record
    files: Mapping[str, Loaded]
    verified: Callable[[Evidence], bool]


@dataclass(frozen=True)
class Looked(Generic[Made]):
    """What was made of one state's part, and what of it could not be read."""

    state: str
    made: Made
    unread: Unread


@dataclass(frozen=True)
class Survey:
    """A record opened. `record` holds everything but answers; `sheets` are the paths of each state's answers."""

    tree: Tree
    record: Record
    verified: Callable[[Evidence], bool]
    sheets: Mapping[str, tuple[str, ...]]
    unread: Unread = field(default_factory=Unread)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state that has a profile or answers, by code."""
        return tuple(self.sheets)

    def voices(self, rounds: Sequence[str]) -> tuple[str, ...]:
        """The voices that have a sheet on any state in some rounds, the state's own first, then by name."""
        found = {voice for paths in self.sheets.values() for path in paths for voice in _voice(path, rounds)}
        return tuple(sorted(found, key=lambda voice: (voice != "state", voice)))

    def each(
        self, states: Sequence[str], work: Callable[[Part], Made], jobs: int = 1, progress: Progress | None = None
    ) -> Iterator[Looked[Made]]:
        """What `work` makes of each state's part, in the order of `states`."""

        def look(state: str) -> Looked[Made]:
            loaded = tuple(load(self.tree, path) for path in self.sheets[state])
            documents = tuple(one.document for one in loaded if one.document is not None)
            part = Part(state, _with(self.record, state, documents), {one.path: one for one in loaded}, self.verified)
            return Looked(state, work(part), Unread(*damaged(loaded)))

        return spread(look, states, jobs, progress)


def open_survey(tree: Tree, entries: Sequence[Entry] | None = None) -> Survey:
    """Open the record in a tree. Raises WorkplanError where there is no plan that can be read."""
    entries = tree.entries() if entries is None else entries
    refused = tuple(entry.path for entry in entries if entry.refusal is not None)
    readable = [entry.path for entry in entries if entry.refusal is None]
    ground = gather(tree, readable, None, refused)
    if ground.context is None:
        raise no_plan(Plan.location in refused or any(one.path == Plan.location for one in ground.loaded))
    places = {path: place for path in readable if not path.startswith(ARCHIVE) and (place := document_at(path)) is not None}
    apart = tuple(load(tree, path) for path, (document, _) in places.items() if document in (State, TreatyRegister))
    loaded = (*ground.loaded, *apart)
    record = Record.of(ground.context.plan, tuple(one.document for one in loaded if one.document is not None))
    sheets: dict[str, list[str]] = {}
    for path in readable:
        state = _state(path, places)
        if state is not None:
            sheets.setdefault(state, [])
            if path not in places or issubclass(places[path][0], AnswerSheet):
                sheets[state].append(path)
    by_state = {state: tuple(paths) for state, paths in sorted(sheets.items())}
    return Survey(tree, record, verifier(ground.context), by_state, Unread(refused) + Unread(*damaged(loaded)))


def _state(path: str, places: Mapping[str, tuple[type[Document], dict[str, str]]]) -> str | None:
    """The state a file below `states/` belongs to; a file of no known kind belongs to the state whose folder it lies in, where
    there is one.
    """
    if not path.startswith("states/"):
        return None
    if path in places:
        return places[path][1].get("state")
    folder = path.split("/")[1]
    return folder if f"states/{folder}/state.yaml" in places else None


def _voice(path: str, rounds: Sequence[str]) -> Iterator[str]:
    found = document_at(path)
    if found is not None and issubclass(found[0], AnswerSheet) and found[1]["round"] in rounds:
        yield "/".join(filter(None, (found[0].voice, found[1].get("org"))))


def _with(record: Record, state: str, documents: tuple[Document, ...]) -> Record:
    """A record with one state's profile and answers, and no other's."""
    return Record(
        plan=record.plan,
        tables=record.tables,
        states={state: record.states[state]} if state in record.states else {},
        sheets=tuple(document for document in documents if isinstance(document, AnswerSheet)),
        treaties=record.treaties,
        sources=record.sources,
    )
