"""Evidence: every claim can be followed to words or numbers that someone else published, and nothing restricted is shown on
the way.

This module alone knows what a citation owes a reader. Whether the words are really there is the business of `quotations`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from workplan_cli.diagnostics import Code, Pointer, Severity, did_you_mean
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.indicator import Owed
from workplan_cli.model.mandate import MandateAnswer, MandateSheet
from workplan_cli.model.submission import Answer, AnswerSheet, Status
from workplan_cli.rules.places import Sheet, answers_of
from workplan_cli.rules.rule import Context, Found, Rule

LONGEST_QUOTATION = 300
"""Characters. Enough for the sentence that proves a claim; beyond it, a copy of the document."""

HOLDING = (AnswerSheet, MandateSheet, Register)
"""The documents that hold evidence."""

_MAY_BE_KNOWN = ("source", "title", "access", "custodian")
"""What the record may hold of a restricted source."""
_GIT_KEEPS = "if it was committed before, it is still in git's history"


def claim_without_evidence(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """A claim that nothing proves is a claim nobody can check.

    An answer `implemented` or `partial` to an indicator whose evidence is required cites at least one piece. An honest "no"
    and a plan owe none. An answer that is still a draft, or carried and not yet confirmed, owes none yet.
    """
    for indicator_id, answer in sheet.answers.items():
        if answer.evidence or not answer.is_claim or answer.status is not Status.FINAL:
            continue
        indicator = context.indicators.get(indicator_id)
        if indicator is not None and indicator.evidence is Owed.REQUIRED:
            yield Found(
                ("answers", indicator_id, "result"),
                f"answer {indicator_id} claims '{answer.result}' and cites no evidence",
                "cite an id from evidence:, or answer 'planned'",
            )


def unknown_evidence(sheet: Sheet, context: Context) -> Iterator[Found]:
    """A citation of nothing looks like proof and is none.

    An answer, a value or an activity cites only ids that `evidence:` in the same file defines.
    """
    defined = sheet.evidence
    key, answers = answers_of(sheet)
    has_activities = isinstance(sheet, MandateSheet)
    for id_, answer in answers.items():
        for cited in answer.evidence:
            if cited not in defined:
                yield _unknown((key, id_, "evidence", answer.evidence.index(cited)), f"answer {id_}", cited, defined)
        if answer.values or has_activities:
            for pointer, subject, cited in _inner_citations(key, id_, answer):
                if cited not in defined:
                    yield _unknown(pointer, subject, cited, defined)


def uncited_evidence(sheet: Sheet, context: Context) -> Iterator[Found]:
    """A piece of evidence that no answer cites was collected for a claim that does not know of it.

    Every id that `evidence:` defines is cited by an answer, a value or an activity of the file. Silent where the file cites
    an id that is not defined: that slip is reported already, and may be the reason.
    """
    cited: set[str] = set()
    key, answers = answers_of(sheet)
    has_activities = isinstance(sheet, MandateSheet)
    for id_, answer in answers.items():
        if answer.evidence:
            cited.update(answer.evidence)
        if answer.values or has_activities:
            cited.update(inner for _, _, inner in _inner_citations(key, id_, answer))
    if cited <= sheet.evidence.keys():
        for id_ in sheet.evidence:
            if id_ not in cited:
                yield Found(
                    ("evidence", id_),
                    f"evidence {id_} is cited by no answer",
                    f"cite it (evidence: [{id_}]), or delete it",
                    on_key=True,
                )


def restricted_disclosed(document: Document, context: Context) -> Iterator[Found]:
    """What is restricted must not be in a public repository, not even for a day: git keeps it.

    Of a restricted source the record holds the title and the custodian, nothing else. Evidence that is restricted, or of a
    restricted source, has no quotation, cell, row or url.
    """
    if isinstance(document, Source):
        if document.access is Access.RESTRICTED:
            shown = [field for field in Source.model_fields if field in document.model_fields_set and field not in _MAY_BE_KNOWN]
            if shown:
                message = f"the source is restricted and gives its {_listed(shown)}"
                yield Found((shown[0],), message, f"keep only title and custodian; {_GIT_KEEPS}", on_key=True)
        return
    for key, piece in pieces(document):
        if (piece.quotation or piece.cell or piece.url or piece.row) and restricted(piece, context):
            shown = [field for field in ("quotation", "cell", "row", "url") if getattr(piece, field)]
            yield Found(
                (*place(document, key), shown[0]),
                f"{name(key)} is restricted and gives its {_listed(shown)}",
                f"keep only source and pinpoint; {_GIT_KEEPS}",
                on_key=True,
            )


def quotation_too_long(document: Document, context: Context) -> Iterator[Found]:
    """A quotation proves one claim; a page of one is a copy, and nobody finds the words that matter in it.

    A quotation has at most 300 characters.
    """
    for key, piece in pieces(document):
        if piece.quotation and len(piece.quotation) > LONGEST_QUOTATION:
            yield Found(
                (*place(document, key), "quotation"),
                f"the quotation of {name(key)} has {len(piece.quotation)} characters; the most is {LONGEST_QUOTATION}",
                "keep the sentence that proves the claim, or make two pieces of evidence of it",
                on_key=True,
            )


def pieces(document: Document) -> Iterable[tuple[Any, Evidence]]:
    """Every piece of evidence of a document, each with a key that `place` and `name` understand."""
    if isinstance(document, AnswerSheet | MandateSheet):
        return document.evidence.items()
    if isinstance(document, Register):
        return [
            ((number, position, f"{document.noun} {entry.id}"), piece)
            for number, entry in enumerate(document.entries)
            for position, piece in enumerate(entry.evidence)
        ]
    return ()


def place(document: Document, key: Any) -> Pointer:
    """Where a piece of evidence stands."""
    return (document.register(), key[0], "evidence", key[1]) if isinstance(document, Register) else ("evidence", key)


def name(key: Any) -> str:
    """What a piece of evidence is called in a sentence."""
    return f"evidence {key}" if isinstance(key, str) else f"evidence {key[1] + 1} of {key[2]}"


def restricted(piece: Evidence, context: Context) -> bool:
    """Whether nothing of a piece of evidence may be shown: it is restricted itself, or its source is."""
    source = context.sources.get(piece.source)
    return piece.access is Access.RESTRICTED or (source is not None and source.access is Access.RESTRICTED)


def _inner_citations(key: str, id_: str, answer: Answer) -> Iterator[tuple[Pointer, str, str]]:
    for number, value in enumerate(answer.values):
        if value.evidence is not None:
            yield (key, id_, "values", number, "evidence"), f"value {number + 1} of {id_}", value.evidence
    if isinstance(answer, MandateAnswer):
        for number, activity in enumerate(answer.activities):
            for position, cited in enumerate(activity.evidence):
                yield (key, id_, "activities", number, "evidence", position), f"activity {activity.id} of {id_}", cited


def _unknown(pointer: Pointer, subject: str, cited: str, defined: Iterable[str]) -> Found:
    hint = did_you_mean(cited, defined, f"define {cited} under evidence:, with its source")
    return Found(pointer, f"{subject} cites '{cited}', which evidence: does not define", hint)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


_CITING = (AnswerSheet, MandateSheet)

RULES = (
    Rule(Code("WP501", "claim-without-evidence"), claim_without_evidence, on=(AnswerSheet,)),
    Rule(Code("WP502", "unknown-evidence"), unknown_evidence, on=_CITING, needs_whole=True),
    Rule(Code("WP503", "uncited-evidence", Severity.WARNING), uncited_evidence, on=_CITING, needs_whole=True),
    Rule(Code("WP510", "restricted-disclosed", confidential=True), restricted_disclosed, on=(*HOLDING, Source)),
    Rule(Code("WP511", "quotation-too-long", Severity.WARNING), quotation_too_long, on=HOLDING),
)
