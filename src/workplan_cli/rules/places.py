"""Where things stand in a document, as pointers. This module alone knows how the rules walk through one."""

from collections.abc import Iterator, Mapping

from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan, Provision
from workplan_cli.model.register import TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.model.submission import Answer, AnswerSheet
from workplan_cli.rules.rule import Context

Sheet = AnswerSheet | MandateSheet
"""A file of answers: of a state's indicators, or of the secretariat's mandates."""


def answers_of(sheet: Sheet) -> tuple[str, Mapping[str, Answer]]:
    """The key under which a sheet's answers stand, and the answers."""
    return ("mandates", sheet.mandates) if isinstance(sheet, MandateSheet) else ("answers", sheet.answers)


def texts_answered(sheet: Sheet, context: Context) -> Mapping[str, Provision]:
    """The guideline or mandate that each answer of a sheet answers, by the answer's key."""
    return context.mandates if isinstance(sheet, MandateSheet) else context.homes


def fields_asked(sheet: Sheet, context: Context) -> Mapping[str, str]:
    """The field that each answer of a sheet is to be given in, by the answer's key. A mandate is answered with a result."""
    if isinstance(sheet, MandateSheet):
        return dict.fromkeys(context.plan.mandate_by_id, "result")
    return context.answered_in


def provisions(plan: Plan) -> Iterator[tuple[Pointer, str, Provision]]:
    """Every guideline and mandate, with its place and its name in a sentence."""
    for row, chapter in enumerate(plan.chapters):
        for number, guideline in enumerate(chapter.guidelines):
            yield ("chapters", row, "guidelines", number), f"guideline {guideline.id}", guideline
    for number, mandate in enumerate(plan.mandates.items if plan.mandates else ()):
        yield ("mandates", "items", number), f"mandate {mandate.id}", mandate


def citations(document: Document) -> Iterator[tuple[Pointer, str]]:
    """Every source that a document cites, with the place of the citation."""
    if isinstance(document, AnswerSheet | MandateSheet):
        for id_, piece in document.evidence.items():
            yield ("evidence", id_, "source"), piece.source
    elif isinstance(document, TreatyRegister):
        for state, ratification in document.states.items():
            yield from _listed(ratification.sources, "states", state)
    elif isinstance(document, Register):
        for number, entry in enumerate(document.entries):
            yield from _listed(entry.sources, document.register(), number)
            yield from _cited(entry.evidence, document.register(), number)
    elif isinstance(document, State):
        yield from _listed(document.sources)
        for number, membership in enumerate(document.membership):
            yield from _listed(membership.sources, "membership", number)
        if document.focal:
            yield from _listed(document.focal.sources, "focal")
    elif isinstance(document, Plan):
        yield from _listed(document.sources)
        for number, version in enumerate(document.versions):
            yield from _listed(version.sources, "versions", number)
        for id_, group in document.groups.items():
            yield from _listed(group.sources, "groups", id_)


def _listed(sources: tuple[str, ...], *holder: str | int) -> Iterator[tuple[Pointer, str]]:
    for position, source in enumerate(sources):
        yield (*holder, "sources", position), source


def _cited(evidence: tuple[Evidence, ...], *holder: str | int) -> Iterator[tuple[Pointer, str]]:
    for position, piece in enumerate(evidence):
        yield (*holder, "evidence", position, "source"), piece.source
