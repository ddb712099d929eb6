"""What a rule is. This module alone knows how a rule is declared; the rules themselves are plain functions, one module a family."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workplan_cli.diagnostics import Code, Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Source
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says: a place in the document, a sentence, and the next thing to do."""

    pointer: Pointer
    message: str
    hint: str = ""
    on_key: bool = False


@dataclass(frozen=True)
class Archive:
    """An archived copy as the rules see it: its hash, and its words with white space folded and line-end hyphens joined."""

    sha256: str
    folded: str
    rows: tuple[Mapping[str, str], ...] = ()
    """For a table: its rows, by column."""


@dataclass(frozen=True)
class Context:
    """What a rule may know beyond the document before it. Ids of files that exist but could not be read count as known, so that
    one broken file does not make findings in others."""

    plan: Plan
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    unread_indicators: bool = False
    """Whether a table of indicators could not be read whole: then an unknown indicator may well exist."""
    states: frozenset[str] = frozenset()
    sources: Mapping[str, Source] = field(default_factory=dict)
    source_ids: frozenset[str] = frozenset()
    treaties: frozenset[str] = frozenset()
    archive: Callable[[str], Archive | None] = lambda path: None
    """The archived copy at a path below `sources/archive/`, or None when there is none."""
    as_of: datetime.date | None = None


class Scope(StrEnum):
    """How much a rule sees: one file, the files of one state, or facts gathered from the whole record."""

    FILE = "file"
    STATE = "state"
    RECORD = "record"


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its function, and the documents it speaks of.

    A `file` rule is `check(document, context)` and yields `Found`. A `state` rule is `check(documents, context)` and yields `(document, Found)`. A
    `record` rule is `check(facts, context)` and yields `(path, Found)`.
    """

    code: Code
    check: Callable[[Any, Context], Iterator[Any]]
    on: tuple[type[Document], ...] = ()
    scope: Scope = Scope.FILE
    needs_whole: bool = False
    """Not run on a file that had entries left out, because it would take their absence for a finding."""
    needs_day: bool = False
    """Run only with an as-of date."""

    @property
    def purpose(self) -> str:
        """The first line of the function's docstring."""
        return (self.check.__doc__ or "").strip().partition("\n")[0]


@dataclass(frozen=True)
class Facts:
    """What the whole record is asked about, gathered file by file so that no rule needs every document at once."""

    paths: frozenset[str] = frozenset()
    """Every file below `data/`."""
    cited: frozenset[str] = frozenset()
    """The sources cited anywhere."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """sha256 of each file of a round that is closed."""
