"""The plan: ids that mean one text, a history one can follow, a question for every guideline.

This module alone knows what makes a plan whole. It knows no plan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workplan_cli.diagnostics import Code, Key, Pointer, Severity
from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.indicator import Indicator, IndicatorTable
from workplan_cli.model.mandate import Activity, MandateSheet
from workplan_cli.model.plan import Change, Plan, Provision
from workplan_cli.rules.places import provisions
from workplan_cli.rules.rule import Context, Found, Rule

Named = tuple[Pointer, str, str]
"""Where an id stands, the id, and what it is the id of."""


def duplicate_id(document: Plan | IndicatorTable | Register | MandateSheet, context: Context) -> Iterator[Found]:
    """An id means one thing, or nobody can tell which of the two an answer is about.

    Ids are given once: among all texts of the plan; among its chapters, versions, rounds and periods each; among all indicators
    of all tables; among the entries of a file of a register; among the activities of one mandate. The second one is reported.
    """
    if isinstance(document, Plan):
        yield from _taken(_texts(document))
        for key in ("chapters", "versions", "rounds", "periods"):
            yield from _taken(_listed(getattr(document, key), f"another of the {key}", key))
    elif isinstance(document, IndicatorTable):
        before: dict[str, str] = {}
        for table in context.tables:
            if table.chapter == document.chapter:
                break
            before |= dict.fromkeys((indicator.id for indicator in table.indicators), f"an indicator of {table.path}")
        yield from _taken(_listed(document.indicators, "another indicator of this file", "indicators"), before)
    elif isinstance(document, Register):
        yield from _taken(_listed(document.entries, f"another {document.noun} of this file", document.register()))
    else:
        for id_, answer in document.mandates.items():
            yield from _taken(_listed(answer.activities, f"another activity of {id_}", "mandates", id_, "activities"))


def _taken(named: Iterable[Named], before: Mapping[str, str] | None = None) -> Iterator[Found]:
    owners = dict(before or {})
    for place, id_, owner in named:
        if id_ in owners:
            yield Found(place, f"the id '{id_}' is taken: {owners[id_]} has it", "give it an id of its own")
        owners.setdefault(id_, owner)


def _listed(nouns: Sequence[Indicator | Entry | Activity], owner: str, *holder: Key) -> Iterator[Named]:
    for number, noun in enumerate(nouns):
        yield (*holder, number, "id"), noun.id, owner


def _texts(plan: Plan) -> Iterator[Named]:
    sections = {
        ("preamble",): plan.preamble,
        ("definition",): plan.definition,
        ("aims", "items"): plan.aims.items,
        ("principles", "items"): plan.principles.items,
    }
    for holder, passages in sections.items():
        for number, passage in enumerate(passages):
            yield (*holder, number, "id"), passage.id, f"number {number + 1} of the {holder[0]}"
    for place, subject, provision in provisions(plan):
        yield (*place, "id"), provision.id, f"{subject.partition(' ')[0]} '{provision.number}'"
        for number, part in enumerate(provision.parts):
            yield (*place, "parts", number, "id"), part.id, f"part '{part.number}' of {subject}"


def guideline_without_indicator(plan: Plan, context: Context) -> Iterator[Found]:
    """A guideline that no question asks about can be neither met nor missed.

    Every guideline is the home (`guideline`) of at least one indicator; being named under `also` is not enough.
    """
    if context.unread_indicators:
        return
    homes = {indicator.guideline for table in context.tables for indicator in table.indicators}
    for place, _, provision in provisions(plan):
        if provision.id in plan.guidelines and provision.id not in homes:
            chapter = plan.chapter_of[provision.id].id
            hint = f"write one in indicators/{chapter}.yaml with guideline: {provision.id}"
            yield Found((*place, "id"), f"guideline {provision.id} has no indicator", hint)


def revision_history(plan: Plan, context: Context) -> Iterator[Found]:
    """An answer says which revision of the text it answers, so every revision must be there to read.

    The history of a guideline or mandate counts 1, 2, 3; the first is `initial`, and no other is; `revision` is the last of
    them.
    """
    for place, subject, provision in provisions(plan):
        yield from _history(place, subject, provision)


def _history(place: Pointer, subject: str, provision: Provision) -> Iterator[Found]:
    if not provision.history:
        yield Found((*place, "history"), f"the history of {subject} is empty", "write its text as revision 1, change: initial")
        return
    for number, wording in enumerate(provision.history, 1):
        here = (*place, "history", number - 1)
        if wording.revision != number:
            message = f"revision {wording.revision} of {subject} stands where revision {number} belongs"
            yield Found((*here, "revision"), message, "count 1, 2, 3 from the oldest; delete no revision that was answered")
            return
        if (wording.change is Change.INITIAL) is not (number == 1):
            hint = "the first is initial" if number == 1 else "say what changed: editorial, or meaning"
            yield Found((*here, "change"), f"revision {number} of {subject} is called '{wording.change}'", hint)
    if provision.revision != len(provision.history):
        message = f"{subject} is at revision {provision.revision}, and its history ends with {len(provision.history)}"
        yield Found((*place, "revision"), message, f"write revision: {len(provision.history)}, or add the text that is missing")


RULES = (
    Rule(Code("WP305", "duplicate-id"), duplicate_id, on=(Plan, IndicatorTable, Register, MandateSheet)),
    Rule(Code("WP307", "guideline-without-indicator", Severity.WARNING), guideline_without_indicator, on=(Plan,)),
    Rule(Code("WP308", "revision-history"), revision_history, on=(Plan,)),
)
