"""Two trees read side by side, as far as they differ.

This module alone knows what has to be read of two records to tell them apart: the plan and its questions, every file that is not
the same in both, and the answers of the states that have such a file. A file that is the same in both is read once or not at all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workplan_cli.checking.context import gather
from workplan_cli.checking.survey import Unread
from workplan_cli.checking.verification import verifier
from workplan_cli.errors import WorkplanError
from workplan_cli.model.citing import evidence_in
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.storage.git import Revision, content_id
from workplan_cli.storage.loader import ARCHIVE, Loaded, load, refused
from workplan_cli.storage.record import damaged
from workplan_cli.storage.tree import Entry, Refusal, Tree

_Memo = dict[tuple[str, str], Loaded]
"""What was read, by path and by the id of its content: what both sides have is read once."""


@dataclass(frozen=True)
class Side:
    """One of two trees. `name` is what it is called in a message, `ids` the id of each file's content."""

    name: str
    tree: Tree
    entries: Mapping[str, Entry]
    ids: Mapping[str, str]
    _memo: _Memo
    _read: dict[str, Loaded] = field(default_factory=dict)

    def load(self, path: str) -> Loaded:
        """One file, read at most once."""
        if path not in self._read:
            entry, key = self.entries[path], (path, self.ids[path])
            if entry.refusal is not None:
                self._memo[key] = Loaded(path, None, (refused(path, entry.refusal),))
            elif key not in self._memo:
                self._memo[key] = load(self.tree, path)
            self._read[path] = self._memo[key]
        return self._read[path]

    @property
    def unread(self) -> Unread:
        """What of the files that were read could not be, or not whole."""
        return Unread(*damaged(tuple(self._read.values())))

    def text(self, path: str) -> str | None:
        """The words of a file; the id of its content where it is no text, None where there is none."""
        if path not in self.entries:
            return None
        data = self.tree.read(path) if self.entries[path].refusal is None and not path.startswith(ARCHIVE) else b"\xff"
        try:
            return self.ids[path] if isinstance(data, Refusal) else data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.ids[path]

    def verified(self, cited: Iterable[str]) -> Callable[[Evidence], bool]:
        """Whether a piece of evidence is verified, for evidence that cites some sources."""
        sources = {f"sources/{source}.yaml" for source in cited}
        paths = [
            path
            for path, entry in self.entries.items()
            if entry.refusal is None and (not path.startswith("sources/") or path.startswith(ARCHIVE) or path in sources)
        ]
        refusals = [path for path, entry in self.entries.items() if entry.refusal is not None]
        context = gather(self.tree, paths, None, refusals, self.load).context
        return verifier(context) if context is not None else lambda piece: False


@dataclass(frozen=True)
class Sides:
    """Two trees opened. `differing` are the paths of files that are not the same in both; `touched` the states with such a file,
    or all of them where the plan or its questions differ.
    """

    before: Side
    after: Side
    differing: tuple[str, ...]
    touched: tuple[str, ...]
    _documents: tuple[str, ...] = ()

    @cached_property
    def records(self) -> tuple[Record, Record]:
        """Both records, as far as they had to be read. A file that cannot be read on one side is left out of both."""
        broken = set((self.before.unread + self.after.unread).out)
        return _record(self.before, self._documents, broken), _record(self.after, self._documents, broken)

    @property
    def files(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """The files that differ and are no documents: path, and the words before and after."""
        paths = [path for path in self.differing if document_at(path) is None]
        return tuple((path, self.before.text(path), self.after.text(path)) for path in paths)


def open_pair(before: tuple[str, Tree], after: tuple[str, Tree], with_profiles: bool = False) -> Sides:
    """Two trees with their names, read as far as they differ; `with_profiles` also every state's profile, to know it by name.

    Raises WorkplanError where one has no plan that can be read.
    """
    algorithm = next((tree.repository.algorithm for _, tree in (before, after) if isinstance(tree, Revision)), "sha1")
    memo: _Memo = {}
    old, new = (_side(name, tree, algorithm, memo) for name, tree in (before, after))
    paths = sorted({*old.ids, *new.ids})
    differing = tuple(path for path in paths if old.ids.get(path) != new.ids.get(path))
    for side in (old, new):
        _plan(side)
    wanted = {path for path in paths if _is(path, Plan, IndicatorTable)} | {*differing}
    is_moved = any(_is(path, Plan, IndicatorTable) and _load(old, path) != _load(new, path) for path in differing)
    states = {path.split("/")[1] for path in (paths if is_moved else differing) if path.startswith("states/")}
    kinds = (AnswerSheet, State, *((MandateSheet,) if is_moved else ()))
    wanted |= {path for path in paths if _is(path, *kinds) and (path.split("/")[1] in states or not path.startswith("states/"))}
    if any(path.startswith("secretariat/") for path in differing):
        wanted |= {path for path in paths if _is(path, MandateSheet)}
    if with_profiles or any(path.startswith("registers/") for path in differing):
        wanted |= {path for path in paths if _is(path, State)}
    documents = sorted(path for path in wanted if document_at(path) is not None)
    loaded = [_load(side, path) for side in (old, new) for path in documents]
    cited = {f"sources/{source}.yaml" for document in loaded for source in sources_of(document)}
    return Sides(old, new, differing, tuple(sorted(states)), tuple(dict.fromkeys((*documents, *sorted(cited & {*paths})))))


def sources_of(document: Document | None) -> frozenset[str]:
    """The sources that the evidence of a document cites."""
    return frozenset(piece.source for piece in evidence_in(document)) if document is not None else frozenset()


def _side(name: str, tree: Tree, algorithm: str, memo: _Memo) -> Side:
    entries = {entry.path: entry for entry in tree.entries()}
    return Side(name, tree, entries, {path: _id(tree, entry, algorithm) for path, entry in entries.items()}, memo)


def _id(tree: Tree, entry: Entry, algorithm: str) -> str:
    """The id of a file's content; what stands for it where it cannot be read."""
    if entry.refusal is not None:
        return f"refused: {entry.refusal.reason}"
    if isinstance(tree, Revision):
        return tree.id_of(entry.path) or "none"
    data = tree.read(entry.path)
    return f"refused: {data.reason}" if isinstance(data, Refusal) else content_id(data, algorithm)


def _plan(side: Side) -> None:
    if Plan.location not in side.entries:
        raise WorkplanError(f"there is no data/{Plan.location} in {side.name}", "name a revision or a folder that has a record")
    if side.load(Plan.location).document is None:
        raise WorkplanError(f"data/{Plan.location} cannot be read in {side.name}", "see what is wrong with it: workplan validate")


def _is(path: str, *kinds: type[Document]) -> bool:
    found = document_at(path)
    return found is not None and issubclass(found[0], kinds)


def _load(side: Side, path: str) -> Document | None:
    return side.load(path).document if path in side.entries else None


def _record(side: Side, paths: Iterable[str], without: set[str]) -> Record:
    documents = [found for path in paths if path not in without and (found := _load(side, path)) is not None]
    plan = next(document for document in documents if isinstance(document, Plan))
    return Record.of(plan, tuple(documents))
