"""Vocabulary: the words that the plan itself defines, and everything else uses.

This module alone knows which words those are.
"""

from collections.abc import Iterable, Iterator

from workplan_cli.diagnostics import Code, Pointer, did_you_mean
from workplan_cli.model.entry import Register
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.registers import REGISTER_BY_NAME
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.rules.places import answers_of, provisions
from workplan_cli.rules.rule import Context, Found, Rule


def not_in_plan(document: Plan | State | Register | AnswerSheet | MandateSheet, context: Context) -> Iterator[Found]:
    """A word of the plan's own vocabulary is defined there once, with its names in every language.

    The `addressee` of a guideline, the `version` of a wording, the `groups` of a state, the `needs` of an answer, the
    `mandates` of the secretariat's files; `audiences`, `topics` and `needs` of an entry in a register. The `registers` of a
    provision are registers that there are.
    """
    plan = context.plan
    if isinstance(document, Plan):
        yield from _words_of_plan(document, context)
    elif isinstance(document, State):
        if "groups" not in context.unread_plan:
            for group in document.groups.keys() - plan.groups.keys():
                yield _undefined(
                    ("groups", group), f"group '{group}' of {document.state}", group, plan.groups, "groups", on_key=True
                )
    elif isinstance(document, Register):
        yield from _words_of_register(document, context)
    else:
        yield from _words_of_answers(document, context)


def _words_of_register(register: Register, context: Context) -> Iterator[Found]:
    plan = context.plan
    for key, noun, known in (
        ("audiences", "audience", plan.audiences),
        ("topics", "topic", plan.topics),
        ("needs", "need", plan.needs),
    ):
        if key in context.unread_plan or key not in register.entry.model_fields:
            continue
        for number, entry in enumerate(register.entries):
            for position, word in enumerate(getattr(entry, key)):
                if word not in known:
                    place = (register.register(), number, key, position)
                    yield _undefined(place, f"{noun} '{word}' of {register.noun} {entry.id}", word, known, key)


def _words_of_answers(sheet: AnswerSheet | MandateSheet, context: Context) -> Iterator[Found]:
    known = context.plan.mandate_by_id
    if isinstance(sheet, MandateSheet) and "mandates" not in context.unread_plan:
        for id_ in sheet.mandates.keys() - known.keys():
            yield _undefined(("mandates", id_), f"mandate '{id_}'", id_, known, "mandates", on_key=True)
    if "needs" in context.unread_plan:
        return
    key, answers = answers_of(sheet)
    for id_, answer in answers.items():
        if answer.needs:
            for position, need in enumerate(answer.needs):
                if need not in context.plan.needs:
                    yield _undefined((key, id_, "needs", position), f"need '{need}' of {id_}", need, context.plan.needs, "needs")


def _words_of_plan(plan: Plan, context: Context) -> Iterator[Found]:
    versions = {version.id for version in plan.versions}
    for place, subject, provision in provisions(plan):
        for position, name in enumerate(provision.registers):
            if name not in REGISTER_BY_NAME:
                hint = did_you_mean(name, REGISTER_BY_NAME, "see which there are: workplan registers")
                yield Found((*place, "registers", position), f"{subject} names register '{name}', which there is not", hint)
        if provision.addressee not in plan.addressees and "addressees" not in context.unread_plan:
            message = f"addressee '{provision.addressee}' of {subject}"
            yield _undefined((*place, "addressee"), message, provision.addressee, plan.addressees, "addressees")
        for number, wording in enumerate(provision.history):
            if wording.version is not None and wording.version not in versions and "versions" not in context.unread_plan:
                message = f"version '{wording.version}' of {subject}"
                yield _undefined((*place, "history", number, "version"), message, wording.version, versions, "versions")


def _undefined(place: Pointer, subject: str, word: str, known: Iterable[str], key: str, on_key: bool = False) -> Found:
    words = sorted(known)
    otherwise = f"defined there: {', '.join(words)}" if 0 < len(words) < 13 else f"define it in guidelines.yaml under {key}:"
    return Found(place, f"{subject} is not defined in the plan", did_you_mean(word, words, otherwise), on_key)


RULES = (Rule(Code("WP312", "not-in-plan"), not_in_plan, on=(Plan, State, Register, AnswerSheet, MandateSheet)),)
