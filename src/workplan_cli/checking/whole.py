"""A record read whole, for what must see all of it at once: a report.

This module alone knows how that is done with one reading. Every file is read once, so that what is printed, what is verified and
the revision are all of the very same bytes, whatever happens to the files meanwhile; and it is kept once, as bytes or as what was
read in them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from workplan_cli.checking.context import gather
from workplan_cli.checking.survey import Unread
from workplan_cli.checking.verification import locator, verifier
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.storage.loader import ARCHIVE, load
from workplan_cli.storage.record import damaged, no_plan
from workplan_cli.storage.revision import revision_of
from workplan_cli.storage.tree import Memory, Refusal, Tree


@dataclass(frozen=True)
class Whole:
    """A record, and what a reader of it may ask."""

    record: Record
    revision: str
    verified: Callable[[Evidence], bool]
    located: Callable[[Evidence], tuple[int, int] | None]
    """The first and the last line of the archived copy in which a quotation stands."""
    files: Memory
    """Every file below `data/` that is no document, as it was read."""
    unread: Unread = field(default_factory=Unread)

    def text(self, path: str) -> str | None:
        """The words of a file below `data/`; None where it is not there or is not UTF-8."""
        data = self.files.read(path)
        if isinstance(data, Refusal):
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def copy(self, path: str) -> str | None:
        """The words of an archived copy, by its path below `sources/archive/`."""
        return self.text(ARCHIVE + path)


def read_whole(tree: Tree) -> Whole:
    """Everything in a tree. Raises WorkplanError where there is no plan that can be read."""
    entries = tree.entries()
    content = {entry.path: entry.refusal or tree.read(entry.path) for entry in entries}
    files = Memory(content)
    revision = revision_of(files)
    refusals = tuple(path for path, data in files.files.items() if isinstance(data, Refusal))
    readable = [path for path in files.files if path not in refusals]
    ground = gather(files, readable, None, refusals)
    if ground.context is None:
        raise no_plan(Plan.location in refusals or any(one.path == Plan.location for one in ground.loaded))
    known = {one.path: one for one in ground.loaded}
    said: dict[frozenset[str], set[str]] = {}
    loaded = []
    for path in _documents(readable):
        one = known.get(path) or load(files, path)
        if one.document is not None:
            _share(one.document, said)
            del content[path]
            one = replace(one, data=b"")
        loaded.append(one)
    return Whole(
        record=Record.of(ground.context.plan, tuple(one.document for one in loaded if one.document is not None)),
        revision=revision,
        verified=verifier(ground.context),
        located=locator(ground.context),
        files=files,
        unread=Unread(refusals) + Unread(*damaged(tuple(loaded))),
    )


def _share(document: Document, said: dict[frozenset[str], set[str]]) -> None:
    """Let what was written with the same keys hold one set of them, for no document ever changes: a set for each would be nearly
    half of a large record.
    """
    if isinstance(document, AnswerSheet):
        for one in (*document.answers.values(), *document.evidence.values()):
            keys = one.__pydantic_fields_set__
            object.__setattr__(one, "__pydantic_fields_set__", said.setdefault(frozenset(keys), keys))


def _documents(paths: Sequence[str]) -> list[str]:
    return [path for path in sorted(paths) if not path.startswith(ARCHIVE)]
