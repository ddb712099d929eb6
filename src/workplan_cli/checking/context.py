"""What the rules need to know before the first answer is read: the plan, its indicators, which states, sources and treaties
there are.

This module alone knows how a `Context` is gathered from a tree.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workplan_cli.diagnostics import Code, Diagnostic
from workplan_cli.model.evidence import Media, Source
from workplan_cli.model.indicator import Indicator, IndicatorTable
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import document_at
from workplan_cli.model.register import RoundClosing, TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.rules.archive import Archive
from workplan_cli.rules.rule import Context
from workplan_cli.storage.loader import ARCHIVE, Loaded, load
from workplan_cli.storage.tree import Refusal, Tree

NO_PLAN = Code("WP118", "no-plan")


@dataclass(frozen=True)
class Ground:
    """The context, and the files it was made of; `context` is None where there is no plan that can be read."""

    context: Context | None
    loaded: tuple[Loaded, ...]
    missing: Diagnostic | None = None


def is_ground(path: str) -> bool:
    """Whether a file is part of what every other file is checked against."""
    found = document_at(path)
    return found is not None and issubclass(found[0], Plan | IndicatorTable | Source | RoundClosing)


def gather(
    tree: Tree,
    paths: Iterable[str],
    as_of: datetime.date | None = None,
    refused: Iterable[str] = (),
    read: Callable[[str], Loaded] | None = None,
) -> Ground:
    """Read the plan, the tables of indicators, the sources and the closings of rounds; take states and treaties from their paths.

    `paths` are all files below `data/` that can be read, and `refused` those that cannot. `read` gives a file where it was read
    before.
    """
    refused = frozenset(refused)
    readable = frozenset(path for path in paths if path.startswith(ARCHIVE))
    paths = [path for path in paths if path not in readable]
    loaded = tuple(read(path) if read else load(tree, path) for path in paths if is_ground(path))
    documents = [one.document for one in loaded if one.document is not None]
    plan = next((document for document in documents if isinstance(document, Plan)), None)
    if plan is None:
        missing = None
        if Plan.location not in refused and not any(one.path == Plan.location for one in loaded):
            missing = Diagnostic(
                NO_PLAN, Plan.location, "there is no plan", "write data/guidelines.yaml, or run: workplan init DIR"
            )
        return Ground(None, loaded, missing)
    sources = {document.source: document for document in documents if isinstance(document, Source)}
    tables = [document for document in documents if isinstance(document, IndicatorTable)]
    indicators: dict[str, Indicator] = {}
    for table in tables:
        for indicator in table.indicators:
            indicators.setdefault(indicator.id, indicator)  # of two with one id, which is a finding, the first is meant
    unread = any(one.document is None or one.damaged for one in loaded if one.path.startswith("indicators/"))
    identities = [found for path in paths if (found := document_at(path)) is not None]
    unread_plan = (str(pointer[0]) for one in loaded if one.path == Plan.location for pointer in one.damaged)
    context = Context(
        plan=plan,
        unread_plan=frozenset(unread_plan),
        tables=tuple(tables),
        indicators=indicators,
        unread_indicators=unread,
        states=frozenset(identity["state"] for document, identity in identities if document is State),
        sources=sources,
        source_ids=frozenset(identity["source"] for document, identity in identities if document is Source),
        treaties=frozenset(identity["treaty"] for document, identity in identities if document is TreatyRegister),
        unread_sources=any(one.document is None or one.damaged for one in loaded if one.path.startswith("sources/")),
        archive_paths=frozenset(path.removeprefix(ARCHIVE) for path in (*readable, *refused) if path.startswith(ARCHIVE)),
        archive_refused=frozenset(path.removeprefix(ARCHIVE) for path in refused if path.startswith(ARCHIVE)),
        archive=archives(tree, readable, {source.archived: source.media for source in sources.values() if source.archived}),
        closings={
            one.document.round: one.document for one in loaded if isinstance(one.document, RoundClosing) and not one.damaged
        },
        as_of=as_of,
    )
    return Ground(context, loaded)


_KEPT = 8_000_000
"""Characters of archived text kept at hand: a state's answers mostly cite a few copies, over and over."""


def archives(tree: Tree, readable: frozenset[str], media: dict[str, Media]) -> Callable[[str], Archive | None]:
    """A reader of archived copies. It opens only files of the listing, so that no source's word leads out of the folder."""
    kept: dict[str, Archive] = {}

    def read(path: str) -> Archive | None:
        if path in kept:
            return kept[path]
        data = tree.read(ARCHIVE + path) if ARCHIVE + path in readable else None
        if data is None or isinstance(data, Refusal):
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = None
        archive = Archive(hashlib.sha256(data).hexdigest(), text, media.get(path, Media.TEXT))
        while kept and sum(len(one.text or "") for one in kept.values()) + len(data) > _KEPT:
            kept.pop(next(iter(kept)))
        kept[path] = archive
        return archive

    return read
