"""A record read whole, for what must see all of it at once: a report.

This module alone knows how that is done with one reading. Every file is read once and kept, so that what is printed, what is
verified and the revision are all of the very same bytes, whatever happens to the files meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from workplan_cli.checking.context import gather
from workplan_cli.checking.survey import Unread
from workplan_cli.checking.verification import locator, verifier
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record
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
    """Every file below `data/` as it was read."""
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
    files = Memory({entry.path: entry.refusal or tree.read(entry.path) for entry in entries})
    refusals = tuple(path for path, data in files.files.items() if isinstance(data, Refusal))
    readable = [path for path in files.files if path not in refusals]
    ground = gather(files, readable, None, refusals)
    if ground.context is None:
        raise no_plan(Plan.location in refusals or any(one.path == Plan.location for one in ground.loaded))
    known = {one.path: one for one in ground.loaded}
    loaded = tuple(known.get(path) or load(files, path) for path in _documents(readable))
    return Whole(
        record=Record.of(ground.context.plan, tuple(one.document for one in loaded if one.document is not None)),
        revision=revision_of(files),
        verified=verifier(ground.context),
        located=locator(ground.context),
        files=files,
        unread=Unread(refusals) + Unread(*damaged(loaded)),
    )


def _documents(paths: Sequence[str]) -> list[str]:
    return [path for path in sorted(paths) if not path.startswith(ARCHIVE)]
