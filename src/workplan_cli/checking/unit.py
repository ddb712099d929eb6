"""Checking one unit: the files that are read together and forgotten together.

A unit is one state's folder, or one file elsewhere. This module alone knows how rules meet documents; memory follows the
largest unit."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workplan_cli.checking.owed import owing
from workplan_cli.diagnostics import Diagnostic, clipped
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.register import MeasureRegister
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.rules import RULES
from workplan_cli.rules.rule import Context, Found, Rule, Scope
from workplan_cli.storage.loader import Loaded, load, resolve
from workplan_cli.storage.tree import Tree

STATES = "states/"


@dataclass(frozen=True)
class Checked:
    """What a unit gave: its findings, and what the whole record is to know of it."""

    diagnostics: tuple[Diagnostic, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    """How many files of each kind, and how many answers of each voice and texts that lack a language, for the summary."""
    hashes: dict[str, str] = field(default_factory=dict)
    """The sha256 of the very bytes that were checked, by path."""


def unit_of(path: str) -> str:
    """The unit a file belongs to."""
    if path.startswith(STATES):
        return "/".join(path.split("/")[:2])
    return path


def check_unit(tree: Tree, paths: Sequence[str], context: Context | None, ground: dict[str, Loaded] | None = None) -> Checked:
    """Load every file of a unit and run the rules on each, then those on all together. Without a context only shapes are
    checked."""
    loaded = [ground[path] if ground and path in ground else load(tree, path) for path in paths]
    of_all = _state_rules(loaded, context) if context is not None else {}
    found: list[Diagnostic] = []
    for one in loaded:
        diagnostics = list(one.diagnostics)
        if context is not None and one.document is not None:
            diagnostics += _apart((*check_document(one, context), *of_all.get(one.path, ())), one)
        found += resolve(tuple(diagnostics), one.data)
    documents = [one.document for one in loaded if one.document is not None]
    languages = context.plan.languages if context is not None else ()
    return Checked(tuple(found), {**counts(documents), **owing(documents, languages)}, hashes(loaded))


def hashes(loaded: Iterable[Loaded]) -> dict[str, str]:
    """The sha256 of each file's bytes."""
    return {one.path: hashlib.sha256(one.data).hexdigest() for one in loaded if one.data}


def check_document(loaded: Loaded, context: Context) -> Iterator[Diagnostic]:
    """The findings of every file rule that speaks of this document."""
    if loaded.document is None:
        return
    for rule in rules_for(type(loaded.document), context.as_of is not None):
        if not (rule.needs_whole and loaded.damaged):
            for found in rule.check(loaded.document, context):
                yield diagnostic(rule, loaded.path, found)


_BY_CLASS: dict[tuple[type[Document], bool], tuple[Rule, ...]] = {}


def rules_for(document: type[Document], with_day: bool) -> tuple[Rule, ...]:
    """The file rules that speak of a class of document."""
    key = (document, with_day)
    if key not in _BY_CLASS:
        _BY_CLASS[key] = tuple(
            rule
            for rule in RULES
            if rule.scope is Scope.FILE and issubclass(document, rule.on) and (with_day or not rule.needs_day)
        )
    return _BY_CLASS[key]


def diagnostic(rule: Rule, path: str, found: Found) -> Diagnostic:
    """A rule's finding as a diagnostic of a file."""
    return Diagnostic(rule.code, path, clipped(found.message), clipped(found.hint), found.pointer, found.on_key)


def _apart(diagnostics: Iterable[Diagnostic], loaded: Loaded) -> Iterator[Diagnostic]:
    """Without what follows from an entry that is already known to be broken: one defect, one finding. What must not be made
    public follows from nothing else, and is said all the same."""
    damaged = frozenset(loaded.damaged)
    for one in diagnostics:
        if one.code.confidential or not any(one.pointer[:steps] in damaged for steps in range(len(one.pointer) + 1)):
            yield one


def _state_rules(loaded: list[Loaded], context: Context) -> dict[str, list[Diagnostic]]:
    """The findings of the rules that see a unit's documents together, by the file they are about."""
    documents = tuple(one.document for one in loaded if one.document is not None)
    by_path: dict[str, list[Diagnostic]] = {}
    for rule in RULES:
        if rule.scope is not Scope.STATE or (rule.needs_day and context.as_of is None):
            continue
        if rule.needs_whole and any(one.damaged or one.document is None for one in loaded):
            continue
        for document, found in rule.check(documents, context):
            by_path.setdefault(document.path, []).append(diagnostic(rule, document.path, found))
    return by_path


def counts(documents: Iterable[Document]) -> dict[str, int]:
    """How many documents of each kind, and answers of each voice."""
    tally: dict[str, int] = {}
    for document in documents:
        kind = type(document).__name__
        tally[kind] = tally.get(kind, 0) + 1
        if isinstance(document, AnswerSheet):
            voice = f"answers:{document.voice}"
            tally[voice] = tally.get(voice, 0) + len(document.answers)
        elif isinstance(document, Register):
            key = "measures" if isinstance(document, MeasureRegister) else "entries"
            tally[key] = tally.get(key, 0) + len(document.entries)
        elif isinstance(document, IndicatorTable):
            tally["indicators"] = tally.get("indicators", 0) + len(document.indicators)
    return tally
