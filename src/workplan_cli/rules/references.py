"""References: every id that one file writes stands in the file it means.

This module alone knows what points to what. A reference to nothing is a slip that would drop an answer, a source or a question
without a word.
"""

from collections import Counter
from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Pointer, did_you_mean
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.indicator import IndicatorTable, TreatyIndicator
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import document_at
from workplan_cli.model.register import TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.rules.places import citations, provisions
from workplan_cli.rules.rule import Context, Facts, Found, Rule, Scope

_GUIDELINES = "see which there are: workplan list guidelines"
_INDICATORS = "see which there are: workplan list indicators"


def unknown_guideline(document: Plan | IndicatorTable | Register | TreatyRegister, context: Context) -> Iterator[Found]:
    """What belongs to no guideline is counted nowhere.

    An indicator's `guideline`, `part` and `also`, an entry's `covers`, a treaty register's `part` and what the plan's
    `action_plans` cover name guidelines of the plan, or parts of them. A table of indicators is named after a chapter, and its
    indicators belong to guidelines of that chapter.
    """
    if "chapters" in context.unread_plan:
        return
    if isinstance(document, Plan):
        for position, id_ in enumerate(document.action_plans.covers if document.action_plans else ()):
            if id_ not in document.guidelines:
                yield _no_guideline(("action_plans", "covers", position), "action_plans covers", id_, document)
    elif isinstance(document, IndicatorTable):
        yield from _guidelines_of_table(document, context.plan)
    elif isinstance(document, Register):
        for number, entry in enumerate(document.entries):
            for position, id_ in enumerate(entry.covers):
                if id_ not in context.plan.guidelines:
                    place = (document.register(), number, "covers", position)
                    yield _no_guideline(place, f"{document.noun} {entry.id} covers", id_, context.plan)
    elif document.part is not None and document.part not in {*context.plan.guidelines, *_parts(context.plan)}:
        yield _no_guideline(("part",), f"the register of {document.treaty} names", document.part, context.plan, parts=True)


def _guidelines_of_table(table: IndicatorTable, plan: Plan) -> Iterator[Found]:
    chapters = {chapter.id for chapter in plan.chapters}
    if table.chapter not in chapters:
        hint = did_you_mean(table.chapter, chapters, "name the file after one of: " + ", ".join(sorted(chapters)))
        yield Found((), f"the file is named after chapter '{table.chapter}', which the plan does not have", hint)
    for number, indicator in enumerate(table.indicators):
        place, home = ("indicators", number), plan.guidelines.get(indicator.guideline)
        if home is None:
            yield _no_guideline((*place, "guideline"), f"indicator {indicator.id} belongs to", indicator.guideline, plan)
        elif table.chapter in chapters and plan.chapter_of[home.id].id != table.chapter:
            yield Found(
                (*place, "guideline"),
                f"indicator {indicator.id} belongs to guideline '{home.id}', which is not of chapter {table.chapter}",
                f"move it to indicators/{plan.chapter_of[home.id].id}.yaml",
            )
        if home is not None and indicator.part is not None and not any(part.id == indicator.part for part in home.parts):
            parts = [part.id for part in home.parts]
            hint = did_you_mean(indicator.part, parts, f"parts of {home.id}: {', '.join(parts)}" if parts else "delete 'part'")
            yield Found(
                (*place, "part"), f"indicator {indicator.id} names part '{indicator.part}', which {home.id} does not have", hint
            )
        for position, id_ in enumerate(indicator.also):
            if id_ not in plan.guidelines:
                yield _no_guideline((*place, "also", position), f"indicator {indicator.id} also bears on", id_, plan)


def _no_guideline(place: Pointer, subject: str, id_: str, plan: Plan, parts: bool = False) -> Found:
    known = [*plan.guidelines, *(_parts(plan) if parts else ())]
    return Found(place, f"{subject} guideline '{id_}', which the plan does not have", did_you_mean(id_, known, _GUIDELINES))


def _parts(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Every part of a guideline, with the treaties it names."""
    return {part.id: part.treaties for guideline in plan.guidelines.values() for part in guideline.parts}


def unknown_indicator(document: AnswerSheet | IndicatorTable, context: Context) -> Iterator[Found]:
    """An answer to a question that nobody asks is lost.

    Each key under `answers`, and each key of an indicator's `asked_if`, is the id of an indicator.
    """
    known = context.indicators
    if context.unread_indicators:
        return
    if isinstance(document, AnswerSheet):
        if not document.answers.keys() <= known.keys():
            for id_ in document.answers.keys() - known.keys():
                yield Found(
                    ("answers", id_),
                    f"answer '{id_}' is to no indicator",
                    did_you_mean(id_, known, _INDICATORS),
                    on_key=True,
                )
        return
    for number, indicator in enumerate(document.indicators):
        for id_ in indicator.asked_if:
            if id_ not in known:
                place = ("indicators", number, "asked_if", id_)
                message = f"indicator {indicator.id} is asked after '{id_}', which is no indicator"
                yield Found(place, message, did_you_mean(id_, known, _INDICATORS), on_key=True)


def unknown_source(document: Document, context: Context) -> Iterator[Found]:
    """A citation is worth what a reader can find of it.

    `source` of a piece of evidence, and everything listed under `sources`, is the name of a file in `data/sources/`, without
    `.yaml`. One finding a file for each name that is not there, at its first place.
    """
    known = context.source_ids
    if isinstance(document, AnswerSheet | MandateSheet) and all(piece.source in known for piece in document.evidence.values()):
        return
    unknown = [(place, source) for place, source in citations(document) if source not in known]
    times = Counter(source for _, source in unknown)
    for place, source in unknown:
        if times[source]:
            often = f" (cited {times[source]} times in this file)" if times[source] > 1 else ""
            otherwise = f"write data/sources/{source}.yaml: title, publisher, date, where it was read"
            yield Found(place, f"source '{source}' is not in data/sources/{often}", did_you_mean(source, known, otherwise))
            times[source] = 0


def unknown_treaty(document: Plan | IndicatorTable | TreatyRegister, context: Context) -> Iterator[Found]:
    """Who is a party to a treaty is read from its register, so there is one of that name.

    `treaty` of an indicator and `treaties` of a guideline's part name files in `data/registers/treaties/`. An indicator and a
    register that name a part name one that names their treaty.
    """
    if isinstance(document, Plan):
        for place, _, provision in provisions(document):
            for row, part in enumerate(provision.parts):
                for position, treaty in enumerate(part.treaties):
                    if treaty not in context.treaties:
                        yield _no_register((*place, "parts", row, "treaties", position), f"part {part.id} names", treaty, context)
    elif isinstance(document, IndicatorTable):
        for number, indicator in enumerate(document.indicators):
            if isinstance(indicator, TreatyIndicator):
                place = ("indicators", number, "treaty")
                if indicator.treaty not in context.treaties:
                    if not any(indicator.treaty in treaties for treaties in _parts(context.plan).values()):  # said there
                        yield _no_register(place, f"indicator {indicator.id} asks for", indicator.treaty, context)
                else:
                    yield from _other_part(place, f"indicator {indicator.id}", indicator.treaty, indicator.part, context)
    else:
        yield from _other_part(("part",), f"the register of {document.treaty}", document.treaty, document.part, context)


def _no_register(place: Pointer, subject: str, treaty: str, context: Context) -> Found:
    named = f"treaties with a register: {', '.join(sorted(context.treaties))}; or " if context.treaties else ""
    otherwise = f"{named}write data/registers/treaties/{treaty}.yaml"
    return Found(place, f"{subject} treaty '{treaty}', which has no register", did_you_mean(treaty, context.treaties, otherwise))


def _other_part(place: Pointer, subject: str, treaty: str, part: str | None, context: Context) -> Iterator[Found]:
    treaties = _parts(context.plan).get(part) if part else None
    if treaties is not None and treaty not in treaties and context.treaties.issuperset(treaties):
        named = ", ".join(treaties) or "none"
        message = f"{subject} names part {part} with treaty {treaty}; the treaties of that part: {named}"
        yield Found(place, message, "correct the part or the treaty")


def unknown_duty(state: State, context: Context) -> Iterator[Found]:
    """A question that an institution answers under a name nobody asks by is packed for nobody.

    What an institution `answers` are chapters, guidelines and indicators of the plan.
    """
    if "chapters" in context.unread_plan or context.unread_indicators:
        return
    chapters = {chapter.id for chapter in context.plan.chapters}
    known = {*chapters, *context.plan.guidelines, *context.indicators}
    for name, institution in state.institutions.items():
        for position, id_ in enumerate(institution.answers):
            if id_ not in known:
                place = ("institutions", name, "answers", position)
                hint = did_you_mean(id_, known, f"chapters: {', '.join(sorted(chapters))}; {_GUIDELINES}")
                yield Found(place, f"institution {name} answers '{id_}', which is no chapter, guideline or indicator", hint)


def unknown_state(document: TreatyRegister | Register, context: Context) -> Iterator[Found]:
    """A register that speaks of a state the record does not know speaks to nobody.

    A row of a treaty register, and any other register whose file a state names, is of a state that has a
    `states/<ISO3>/state.yaml`.
    """
    if isinstance(document, Register):
        if document.state_code is not None and document.state_code not in context.states:
            yield _no_state((), document.state_code, context, "rename the file")
    elif not document.states.keys() <= context.states:
        for state in document.states.keys() - context.states:
            yield _no_state(("states", state), state, context, "correct the code")


def state_without_profile(facts: Facts, context: Context) -> Iterator[tuple[str, Found]]:
    """A folder of answers whose state has no profile has no name to print and no place in any table.

    Each folder `states/<ISO3>/` with a file of the record in it has a `state.yaml`. Said once a folder.
    """
    seen = set(context.states)
    for path in sorted(facts.paths):
        folder, _, rest = path.partition("/")
        state = rest.partition("/")[0]
        if folder == "states" and state not in seen and document_at(path) is not None:
            seen.add(state)
            yield path, _no_state((), state, context, "rename the folder")


def _no_state(place: Pointer, state: str, context: Context, otherwise: str) -> Found:
    guess = did_you_mean(state, context.states)
    hint = (
        f"{guess} else write data/states/{state}/state.yaml" if guess else f"write data/states/{state}/state.yaml, or {otherwise}"
    )
    return Found(place, f"state '{state}' has no state.yaml", hint, on_key=True)


_UNKNOWN_STATE = Code("WP314", "unknown-state")

RULES = (
    Rule(Code("WP301", "unknown-guideline"), unknown_guideline, on=(Plan, IndicatorTable, Register, TreatyRegister)),
    Rule(Code("WP302", "unknown-indicator"), unknown_indicator, on=(AnswerSheet, IndicatorTable)),
    Rule(Code("WP304", "unknown-source"), unknown_source, on=(Document,)),
    Rule(Code("WP306", "unknown-treaty"), unknown_treaty, on=(Plan, IndicatorTable, TreatyRegister)),
    Rule(_UNKNOWN_STATE, unknown_state, on=(TreatyRegister, Register)),
    Rule(Code("WP317", "unknown-duty"), unknown_duty, on=(State,)),
    Rule(_UNKNOWN_STATE, state_without_profile, scope=Scope.RECORD),
)
