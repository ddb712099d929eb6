"""Personal data in free text: a telephone number or a mailbox that leads to one person.

This module alone knows where a file holds free text, and what in it is nobody's business. No message here repeats what was found.
"""

import re
from collections.abc import Callable, Iterator

from workplan_cli.diagnostics import Code, Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import Source
from workplan_cli.model.mandate import MandateAnswer, MandateSheet, SecretariatReview
from workplan_cli.model.register import RoundClosing, TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.model.submission import Answer, AnswerSheet, DeskReview, ParallelReport
from workplan_cli.model.text import Model, Text
from workplan_cli.model.texts import texts
from workplan_cli.rules.places import answers_of
from workplan_cli.rules.rule import Context, Found, Rule

Test = Callable[[str], bool]

_IN_NUMBERS = bytes(chr(byte) in "0123456789 .()-" for byte in range(256))
_RUN = b"\x01" * 7
"""A run of characters that numbers are written with, each translated to 1: found faster than any pattern."""
_DIGITS = re.compile(r"[0-9][-0-9 .()]{5,}[0-9]")
"""What every telephone number holds, and little else."""
_INTRODUCED = re.compile(
    r"\b(?:tel|tels|telf|tlf|tfno|t[eé]l[eéè]?(?:fono|fone|phone)s?|phones?|cel|celular(?:es)?|whats ?app|fax)\b"
    r"[^0-9+(\n]{0,10}(\(?\+?[0-9][-0-9 .()]{5,}[0-9])",
    re.I,
)
"""A number after a word that announces one, within a few letters of it."""
_DATES = re.compile(r"(?:19|20)[0-9]{2}(?:\W+(?:19|20)[0-9]{2}|(?:-[0-9]{2}){2})?|[0-9]{1,2}[.-][0-9]{1,2}[.-](?:19|20)[0-9]{2}")
_FREE_LINE = re.compile(r"^\D*(?:[01]\D*)?8(?:00|33|44|55|66|77|88)\D")
"""Numbers that cost nothing are a service's, never a person's."""
_TRIES = 100
"""In how many places of one text a number is looked for: more than a note holds, and few enough for a text made to be slow."""
_MAILBOX = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,}")


def phone_number(document: Document, context: Context) -> Iterator[Found]:
    """A number in a note rings at someone's desk, for as long as git keeps the note.

    Free text (notes, reasons, prose) holds no telephone number: none with a country code, and none after a word such as tel.
    or WhatsApp. Lines that are free to call may stand, and so may short ones.
    """
    yield from _holding(
        document, _may_call, _calls, "a telephone number", "delete it, and name the office; a free public line may stand"
    )


def personal_email(document: Document, context: Context) -> Iterator[Found]:
    """A mailbox in a note is a person's, or will be taken for one, for as long as git keeps the note.

    Free text (notes, reasons, prose) holds no e-mail address, not even an office's: those change, and the office's name does not.
    """
    yield from _holding(document, _may_mail, _mails, "an e-mail address", "delete it, and name the office")


def _holding(document: Document, may: Test, holds: Test, what: str, hint: str) -> Iterator[Found]:
    """The texts that hold something. Of answers, which are many, all texts are looked at together first."""
    if isinstance(document, AnswerSheet) and not may(_all_words(document)):
        return
    for pointer, words in free_text(document):
        if may(words) and holds(words):
            yield Found(pointer, f"{_subject(pointer)} holds {what}", hint)


def _all_words(sheet: AnswerSheet) -> str:
    texts: list[str] = []
    for answer in sheet.answers.values():
        if answer.note:
            texts += answer.note.values()
        if answer.reason:
            texts += answer.reason.values()
        if answer.text:
            texts += answer.text.values()
        if answer.confirmed:
            texts.append(answer.confirmed.role)
    for piece in sheet.evidence.values():
        if piece.note:
            texts += piece.note.values()
    texts += (words for _, words in _other_words(sheet))
    return "\n".join(texts)


def free_text(document: Document) -> Iterator[tuple[Pointer, str]]:
    """Every text in which a drafter writes what comes to mind, with its place. Quotations are a source's words, not theirs."""
    if isinstance(document, AnswerSheet | MandateSheet):
        key, answers = answers_of(document)
        for id_, answer in answers.items():
            yield from _answer_words(answer, (key, id_))
        for id_, piece in document.evidence.items():
            yield from _texts(piece.note, "evidence", id_, "note")
    yield from _other_words(document)


def _answer_words(answer: Answer, here: Pointer) -> Iterator[tuple[Pointer, str]]:
    for field, text in (("note", answer.note), ("reason", answer.reason), ("text", answer.text)):
        yield from _texts(text, *here, field)
    if answer.confirmed is not None:
        yield (*here, "confirmed", "role"), answer.confirmed.role
    if isinstance(answer, MandateAnswer):
        for number, activity in enumerate(answer.activities):
            yield from _texts(activity.title, *here, "activities", number, "title")
            for position, words in enumerate(activity.outputs):
                yield (*here, "activities", number, "outputs", position), words


def _other_words(document: Document) -> Iterator[tuple[Pointer, str]]:
    if isinstance(document, Source):
        yield from _lines(document, ("note", "limits", "found_at", "custodian"))
    elif isinstance(document, State):
        yield from _lines(document, ("note",))
        for number, membership in enumerate(document.membership):
            yield from _lines(membership, ("note",), "membership", number)
        if document.focal is not None:
            yield from _texts(document.focal.institution, "focal", "institution")
            yield from _texts(document.focal.role, "focal", "role")
    elif isinstance(document, TreatyRegister):
        yield from _lines(document, ("note",))
        for state, row in document.states.items():
            yield from _lines(row, ("note",), "states", state)
    elif isinstance(document, Register):
        for place, text in texts(document):
            yield from _texts(text, *place)
    elif isinstance(document, RoundClosing):
        for number, act in enumerate(document.log):
            yield from _lines(act, ("reason",), "log", number)
    elif isinstance(document, DeskReview | SecretariatReview):
        yield from _lines(document, ("compiler",))
    elif isinstance(document, ParallelReport):
        yield from _lines(document, ("organisation",))


def _texts(text: Text | None, *here: str | int) -> Iterator[tuple[Pointer, str]]:
    for language, words in (text or {}).items():
        yield (*here, language), words


def _lines(holder: Model, fields: tuple[str, ...], *here: str | int) -> Iterator[tuple[Pointer, str]]:
    for field in fields:
        words: str | None = getattr(holder, field)
        if words is not None:
            yield (*here, field), words


def _subject(pointer: Pointer) -> str:
    """A place in words: `note (es) of g22-hotline`."""
    *holder, last = pointer
    if holder and holder[-1] in ("note", "reason", "text", "title", "institution", "role"):
        last = f"{holder.pop()} ({last})"
    names = [str(step) for step in holder if isinstance(step, str) and step not in ("answers", "mandates", "states")]
    owner = " ".join(names[-2:]) if "evidence" in names else names[-1] if names else ""
    number = next((f" {step + 1}" for step in reversed(holder) if isinstance(step, int)), "")
    return f"{last} of {owner}{number}" if owner else str(last)


def _may_call(words: str) -> bool:
    return _RUN in words.encode(errors="replace").translate(_IN_NUMBERS) and _DIGITS.search(words) is not None


def _calls(words: str) -> bool:
    for match in _INTRODUCED.finditer(words):
        number = match[1]
        if sum(letter.isdigit() for letter in number) >= 7 and not _DATES.fullmatch(number) and not _FREE_LINE.match(number):
            return True
    if "+" not in words:
        return False
    from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type

    free = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN)
    matches = PhoneNumberMatcher(words, None, Leniency.VALID, max_tries=_TRIES)
    return any(number_type(match.number) not in free for match in matches)


def _may_mail(words: str) -> bool:
    return "@" in words


def _mails(words: str) -> bool:
    return _MAILBOX.search(words) is not None


_WITH_WORDS = (AnswerSheet, MandateSheet, Source, State, TreatyRegister, Register, RoundClosing)

RULES = (
    Rule(Code("WP703", "phone-number", confidential=True), phone_number, on=_WITH_WORDS),
    Rule(Code("WP704", "personal-email", confidential=True), personal_email, on=_WITH_WORDS),
)
