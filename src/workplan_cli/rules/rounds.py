"""Rounds: what is said in one round leans on another round, or on another voice of the same round.

This module alone knows what carrying and replying need.
"""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code, did_you_mean
from workplan_cli.model.document import Document
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import document_at
from workplan_cli.model.submission import AnswerSheet, Assessment, ParallelReport, Reply, Status, voice_of
from workplan_cli.rules.places import answers_of
from workplan_cli.rules.rule import Context, Facts, Found, Rule, Scope


def unknown_round(plan: Plan, context: Context) -> Iterator[Found]:
    """A period is made of rounds that the plan has.

    Each id under `rounds` of a period is the id of a round.
    """
    for row, period in enumerate(plan.periods):
        for position, id_ in enumerate(period.rounds):
            if id_ not in plan.round_ids:
                message = f"period {period.id} has round '{id_}', which the plan does not have"
                yield Found(("periods", row, "rounds", position), message, did_you_mean(id_, plan.round_ids, _rounds(plan)))


def folder_of_no_round(facts: Facts, context: Context) -> Iterator[tuple[str, Found]]:
    """Answers in a folder whose name is no round would be counted in none.

    The folder of a state's or the secretariat's files, and the name of a file in `rounds/`, is the id of a round of the plan.
    Said once a folder.
    """
    seen: set[str] = set()
    for path in sorted(facts.paths):
        folder, name = _round_folder(path)
        if name and name not in context.plan.round_ids and folder not in seen and document_at(path) is not None:
            seen.add(folder)
            hint = did_you_mean(name, context.plan.round_ids, _rounds(context.plan))
            yield path, Found((), f"the folder is named after round '{name}', which the plan does not have", hint)


def _round_folder(path: str) -> tuple[str, str]:
    steps = path.split("/")
    if steps[0] == "states" and len(steps) > 3:
        return "/".join(steps[:3]), steps[2]
    if steps[0] == "secretariat" and len(steps) > 2:
        return "/".join(steps[:2]), steps[1]
    if steps[0] == "rounds" and len(steps) == 2:
        return path, steps[1].removesuffix(".yaml")
    return "", ""


def _rounds(plan: Plan) -> str:
    return "rounds of the plan: " + ", ".join(plan.round_ids)


def carried_from_nowhere(sheet: AnswerSheet | MandateSheet, context: Context) -> Iterator[Found]:
    """A carried answer is last round's answer, waiting to be confirmed: it says which round that was.

    An answer with `status: carried` has `carried_from`, the id of a round before its own.
    """
    key, answers = answers_of(sheet)
    for id_, answer in answers.items():
        if answer.status is not Status.CARRIED:
            continue
        if answer.carried_from is None:
            earlier = ", ".join(_earlier(sheet.round, context))
            hint = (
                f"add carried_from:, one of: {earlier}" if earlier else "there is no earlier round: answer it here, status: final"
            )
            yield Found((key, id_, "status"), f"answer {id_} is carried, and does not say from which round", hint)
        elif answer.carried_from not in _earlier(sheet.round, context) and "rounds" not in context.unread_plan:
            earlier = ", ".join(_earlier(sheet.round, context)) or "none"
            message = f"answer {id_} is carried from '{answer.carried_from}', which is no round before {sheet.round}"
            yield Found((key, id_, "carried_from"), message, f"rounds before it: {earlier}")


def nothing_to_carry(documents: tuple[Document, ...], context: Context) -> Iterator[tuple[Document, Found]]:
    """What is carried was once said.

    The same voice answered the same indicator in the round that `carried_from` names.
    """
    sheets = {(document.round, voice_of(document)): document for document in documents if isinstance(document, AnswerSheet)}
    for (_, voice), sheet in sheets.items():
        for id_, answer in sheet.answers.items():
            if answer.status is not Status.CARRIED or answer.carried_from not in _earlier(sheet.round, context):
                continue
            source = sheets.get((answer.carried_from, voice))
            if source is None or id_ not in source.answers:
                message = f"answer {id_} is carried from {answer.carried_from}, where voice {voice} did not answer it"
                yield (
                    sheet,
                    Found(("answers", id_, "carried_from"), message, "answer it here: status: final, without carried_from"),
                )


def _earlier(round_: str, context: Context) -> tuple[str, ...]:
    rounds = context.plan.round_ids
    return rounds[: rounds.index(round_)] if round_ in rounds else rounds


def reply_to_nothing(documents: tuple[Document, ...], context: Context) -> Iterator[tuple[Document, Found]]:
    """A reply without the words it replies to cannot be printed beside them.

    `to` is `assessment` or `civil-society/<org>`, and that voice answered the same indicator in the same round.
    """
    for reply in documents:
        if not isinstance(reply, Reply):
            continue
        voices = {
            voice_of(document): document
            for document in documents
            if isinstance(document, Assessment | ParallelReport) and document.round == reply.round
        }
        for id_, answer in reply.answers.items():
            place = ("answers", id_, "to")
            if answer.to not in voices:
                otherwise = f"voices of this round one can reply to: {', '.join(voices) or 'none'}"
                hint = did_you_mean(answer.to, voices, otherwise)
                yield reply, Found(place, f"the reply on {id_} is to '{answer.to}', which has no file in this round", hint)
            elif id_ not in voices[answer.to].answers:
                message = f"the reply on {id_} is to '{answer.to}', which does not answer {id_} in this round"
                yield reply, Found(place, message, "correct 'to', or move the reply to what it answers")


_UNKNOWN_ROUND = Code("WP303", "unknown-round")
_CARRIED = Code("WP309", "carried-from-nowhere")

RULES = (
    Rule(_UNKNOWN_ROUND, unknown_round, on=(Plan,)),
    Rule(_UNKNOWN_ROUND, folder_of_no_round, scope=Scope.RECORD),
    Rule(_CARRIED, carried_from_nowhere, on=(AnswerSheet, MandateSheet)),
    Rule(_CARRIED, nothing_to_carry, scope=Scope.STATE, needs_whole=True),
    Rule(Code("WP310", "reply-to-nothing"), reply_to_nothing, scope=Scope.STATE, needs_whole=True),
)
