"""Time in answers: which text an answer answers, and how long what it says holds.

This module alone knows when an answer is out of date. Of several rounds, the latest answer of a voice stands; only what stands
can be out of date.
"""

from collections.abc import Iterator
from itertools import pairwise

from workplan_cli.diagnostics import Code, Pointer, Severity
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.register import RoundState
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet, voice_of
from workplan_cli.model.time import PartialDate
from workplan_cli.rules.places import Sheet, answers_of, texts_answered
from workplan_cli.rules.rule import Context, Found, Rule, Scope


def dates_reversed(document: Sheet | Register | State | Plan, context: Context) -> Iterator[Found]:
    """What ends before it begins was written the wrong way round.

    `valid` of an answer or of an entry in a register, `since` and `until` of a membership, and a round's `opens`, `deadline`
    and `closes` are in order. Dates known only in part are reported only where no reading of them is in order.
    """
    if isinstance(document, AnswerSheet | MandateSheet):
        key, answers = answers_of(document)
        for id_, answer in answers.items():
            valid = answer.valid
            if valid is not None and valid.until is not None and valid.reversed:
                yield _reversed((key, id_, "valid", "to"), f"answer {id_}", valid.since, valid.until)
    elif isinstance(document, Register):
        for row, entry in enumerate(document.entries):
            if entry.valid is not None and entry.valid.reversed:
                place = (document.register(), row, "valid", "to")
                yield _reversed(place, f"{document.noun} {entry.id}", entry.valid.since, entry.valid.until)
    elif isinstance(document, State):
        for row, stay in enumerate(document.membership):
            if stay.since is not None and stay.until is not None and stay.until.latest < stay.since.earliest:
                yield _reversed(("membership", row, "until"), f"membership {row + 1}", stay.since, stay.until)
    else:
        yield from _rounds(document)


def _reversed(place: Pointer, subject: str, since: PartialDate | None, until: PartialDate | None) -> Found:
    return Found(place, f"{subject} ends '{until}', before it begins '{since}'", "exchange the two dates, or correct one")


def _rounds(plan: Plan) -> Iterator[Found]:
    for row, round_ in enumerate(plan.rounds):
        dates = (("opens", round_.opens), ("deadline", round_.deadline), ("closes", round_.closes))
        known = [(name, day) for name, day in dates if day is not None]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                message = f"round {round_.id} has '{later}' {second}, before '{earlier}' {first}"
                yield Found(("rounds", row, later), message, "write opens, deadline and closes in order")


def outdated_answer(documents: tuple[Document, ...], context: Context) -> Iterator[tuple[Document, Found]]:
    """An answer to a text that has since changed in meaning may no longer be true.

    `revision` of an answer is not older than the last change of meaning of its guideline or mandate. Asked only of a voice's
    latest answer.
    """
    for sheet in _sheets(documents):
        key, answers = answers_of(sheet)
        homes = texts_answered(sheet, context)
        for id_, answer in answers.items():
            home = homes.get(id_)
            if home is None or answer.revision >= home.meaning or _replaced(sheet, id_, documents, context):
                continue
            message = (
                f"answer {id_} answers revision {answer.revision} of {home.id}; its meaning changed in revision {home.meaning}"
            )
            closing = context.closings.get(sheet.round)
            is_open = closing is None or closing.state is RoundState.OPEN
            then = f"if the answer holds, write revision: {home.revision}" if is_open else "then answer in a round that is open"
            hint = f"read both texts (workplan show {home.id}); {then}"
            yield sheet, Found((key, id_, "revision"), message, hint)


def expired_answer(documents: tuple[Document, ...], context: Context) -> Iterator[tuple[Document, Found]]:
    """A plan or a law that has run out is still written down as if it held.

    `valid.to` of an answer lies before the as-of date. Asked only of a voice's latest answer, and only with `--as-of`.
    """
    if context.as_of is None:
        return
    for sheet in _sheets(documents):
        key, answers = answers_of(sheet)
        for id_, answer in answers.items():
            valid = answer.valid
            if valid is None or not valid.expired(context.as_of) or _replaced(sheet, id_, documents, context):
                continue
            message = f"answer {id_} is valid to '{valid.until}', which is past on {context.as_of}"
            hint = "if it was renewed, correct valid:; if it was replaced, answer with what replaced it"
            yield sheet, Found((key, id_, "valid", "to"), message, hint)


def revision_ahead(sheet: Sheet, context: Context) -> Iterator[Found]:
    """Nobody can answer a text that is not there yet.

    `revision` of an answer is at most the revision of its guideline or mandate.
    """
    key, answers = answers_of(sheet)
    homes = texts_answered(sheet, context)
    for id_, answer in answers.items():
        home = homes.get(id_)
        if home is not None and answer.revision > home.revision:
            message = f"answer {id_} answers revision {answer.revision} of {home.id}, which is at revision {home.revision}"
            yield Found((key, id_, "revision"), message, f"write revision: {home.revision}, if that is the text you read")


def _sheets(documents: tuple[Document, ...]) -> Iterator[Sheet]:
    return (document for document in documents if isinstance(document, AnswerSheet | MandateSheet))


def _replaced(sheet: Sheet, id_: str, documents: tuple[Document, ...], context: Context) -> bool:
    """Whether the same voice answered the same question in a later round."""
    rounds = context.plan.round_ids
    if sheet.round not in rounds:
        return False
    later = rounds[rounds.index(sheet.round) + 1 :]
    others = (other for other in _sheets(documents) if other.round in later and _voice(other) == _voice(sheet))
    return any(id_ in answers_of(other)[1] for other in others)


def _voice(sheet: Sheet) -> str:
    return voice_of(sheet) if isinstance(sheet, AnswerSheet) else sheet.voice


_SHEETS = (AnswerSheet, MandateSheet)

RULES = (
    Rule(Code("WP405", "dates-reversed"), dates_reversed, on=(*_SHEETS, Register, State, Plan)),
    Rule(Code("WP406", "outdated-answer", Severity.WARNING), outdated_answer, scope=Scope.STATE, needs_whole=True),
    Rule(Code("WP407", "revision-ahead"), revision_ahead, on=_SHEETS),
    Rule(Code("WP412", "expired-answer", Severity.WARNING), expired_answer, scope=Scope.STATE, needs_whole=True, needs_day=True),
)
