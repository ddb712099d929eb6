"""What the rules need to know before the first answer is read: the plan, its indicators, which states, sources and treaties there are.

This module alone knows how a `Context` is gathered from a tree.
"""

import csv
import datetime
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from workplan_cli.diagnostics import Code, Diagnostic
from workplan_cli.model.evidence import Media, Source
from workplan_cli.model.indicator import Indicator, IndicatorTable
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import document_at
from workplan_cli.model.state import State
from workplan_cli.model.register import TreatyRegister
from workplan_cli.rules.rule import Archive, Context
from workplan_cli.rules.text import fold
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
    return found is not None and issubclass(found[0], Plan | IndicatorTable | Source)


def gather(tree: Tree, paths: Iterable[str], as_of: datetime.date | None = None) -> Ground:
    """Read the plan, the tables of indicators and the sources; take states and treaties from their paths."""
    paths = list(paths)
    loaded = tuple(load(tree, path) for path in paths if is_ground(path))
    documents = [one.document for one in loaded if one.document is not None]
    plan = next((document for document in documents if isinstance(document, Plan)), None)
    if plan is None:
        missing = None
        if not any(one.path == Plan.location for one in loaded):
            missing = Diagnostic(
                NO_PLAN, Plan.location, "there is no plan", "write data/guidelines.yaml, or run: workplan init DIR"
            )
        return Ground(None, loaded, missing)
    sources = {document.source: document for document in documents if isinstance(document, Source)}
    tables = [document for document in documents if isinstance(document, IndicatorTable)]
    indicators: dict[str, Indicator] = {indicator.id: indicator for table in tables for indicator in table.indicators}
    unread = any(one.document is None or one.damaged for one in loaded if one.path.startswith("indicators/"))
    identities = [found for path in paths if (found := document_at(path)) is not None]
    context = Context(
        plan=plan,
        indicators=indicators,
        unread_indicators=unread,
        states=frozenset(identity["state"] for document, identity in identities if document is State),
        sources=sources,
        source_ids=frozenset(identity["source"] for document, identity in identities if document is Source),
        treaties=frozenset(identity["treaty"] for document, identity in identities if document is TreatyRegister),
        archive=archives(tree, {source.archived: source.media for source in sources.values() if source.archived}),
        as_of=as_of,
    )
    return Ground(context, loaded)


def archives(tree: Tree, media: dict[str, Media]) -> Callable[[str], Archive | None]:
    """A reader of archived copies that keeps the last few: a state's answers mostly cite one or two."""

    @lru_cache(maxsize=4)
    def read(path: str) -> Archive | None:
        data = tree.read(ARCHIVE + path)
        if isinstance(data, Refusal):
            return None
        text = data.decode(errors="replace")
        rows = tuple(csv.DictReader(io.StringIO(text))) if media.get(path) is Media.TABLE else ()
        return Archive(hashlib.sha256(data).hexdigest(), fold(text) if not rows else "", rows)

    return read
