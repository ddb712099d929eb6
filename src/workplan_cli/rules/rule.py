"""What a rule is. This module alone knows how a rule is declared; the rules themselves are plain functions, one module a
family."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from workplan_cli.diagnostics import Code, Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Source
from workplan_cli.model.indicator import PERSONS, Indicator, IndicatorTable, NumberIndicator, RateIndicator, TreatyIndicator
from workplan_cli.model.plan import Plan, Provision
from workplan_cli.model.register import RoundClosing
from workplan_cli.rules.archive import Archive


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says: a place in the document, a sentence, and the next thing to do."""

    pointer: Pointer
    message: str
    hint: str = ""
    on_key: bool = False


@dataclass(frozen=True)
class Context:
    """What a rule may know beyond the document before it. Ids of files that exist but could not be read count as known, so that
    one broken file does not make findings in others."""

    plan: Plan
    unread_plan: frozenset[str] = frozenset()
    """The keys of the plan's file under which something could not be read: what is not found there may well exist."""
    tables: tuple[IndicatorTable, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    unread_indicators: bool = False
    """Whether a table of indicators could not be read whole: then an unknown indicator may well exist."""
    states: frozenset[str] = frozenset()
    sources: Mapping[str, Source] = field(default_factory=dict)
    source_ids: frozenset[str] = frozenset()
    treaties: frozenset[str] = frozenset()
    unread_sources: bool = False
    """Whether a source could not be read whole: then a copy that no source names may well be named by it."""
    archive_paths: frozenset[str] = frozenset()
    """Every file below `sources/archive/`, by its path there."""
    archive_refused: frozenset[str] = frozenset()
    """Those of them that the listing showed to be no readable files; said where they lie."""
    archive: Callable[[str], Archive | None] = lambda path: None
    """The archived copy at one of `archive_paths`, or None when it cannot be read."""
    closings: Mapping[str, RoundClosing] = field(default_factory=dict)
    """What was written when a round was closed, by round."""
    as_of: datetime.date | None = None

    @cached_property
    def homes(self) -> Mapping[str, Provision]:
        """The home guideline of each indicator. Those whose revisions are not in order are left out, so that this is found
        once and not again in every answer."""
        homes = ((id_, self.plan.guidelines.get(indicator.guideline)) for id_, indicator in self.indicators.items())
        return {id_: home for id_, home in homes if home is not None and home.is_in_order}

    @cached_property
    def mandates(self) -> Mapping[str, Provision]:
        """Each mandate whose revisions are in order."""
        return {id_: mandate for id_, mandate in self.plan.mandate_by_id.items() if mandate.is_in_order}

    @cached_property
    def answered_in(self) -> Mapping[str, str]:
        """The field that answers each indicator that is asked."""
        return {id_: indicator.answered_in for id_, indicator in self.indicators.items() if indicator.answered_in}

    @cached_property
    def measured(self) -> Mapping[str, NumberIndicator | RateIndicator]:
        """The indicators that are answered with figures."""
        return {id_: one for id_, one in self.indicators.items() if isinstance(one, NumberIndicator | RateIndicator)}

    @cached_property
    def counting_persons(self) -> tuple[str, ...]:
        """The indicators whose figures count persons."""
        return tuple(id_ for id_, one in self.measured.items() if one.unit == PERSONS)

    @cached_property
    def conditions(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """What each indicator that is not always asked waits for."""
        return {id_: indicator.asked_if for id_, indicator in self.indicators.items() if indicator.asked_if}

    @cached_property
    def treaty_of(self) -> Mapping[str, str]:
        """The treaty of each indicator that is read from a register and never asked."""
        return {id_: indicator.treaty for id_, indicator in self.indicators.items() if isinstance(indicator, TreatyIndicator)}


class Scope(StrEnum):
    """How much a rule sees: one file, the files of one state, or facts gathered from the whole record."""

    FILE = "file"
    STATE = "state"
    RECORD = "record"


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its function, and the documents it speaks of.

    A `file` rule is `check(document, context)` and yields `Found`. A `state` rule is `check(documents, context)` and yields
    `(document, Found)`. A `record` rule is `check(facts, context)` and yields `(path, Found)`."""

    code: Code
    check: Callable[[Any, Context], Iterator[Any]]
    on: tuple[type[Document], ...] = ()
    scope: Scope = Scope.FILE
    needs_whole: bool = False
    """Not run on a file that had entries left out, because it would take their absence for a finding."""
    needs_day: bool = False
    """Run only with an as-of date."""


@dataclass(frozen=True)
class Facts:
    """What the whole record is asked about, gathered file by file so that no rule needs every document at once."""

    paths: frozenset[str] = frozenset()
    """Every file below `data/`."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """sha256 of each file that the closing of a round lists and that can be read."""
