"""The words of a questionnaire. This module alone knows them; a word is a message id, and the catalogues have its translations.

Words of results and absences are those of the record, written with spaces.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from workplan_cli.model.text import Text, in_language


def N_(message: str) -> str:
    """Mark a message for the catalogues."""
    return message


@dataclass(frozen=True)
class Tongue:
    """A language, and the tool's words in it."""

    language: str
    say: Callable[[str], str]

    def of(self, text: Text | None) -> str:
        """A text of the record, in this language where it has it."""
        return in_language(text, self.language)[0]

    def word(self, id_: str) -> str:
        """A word of the record: `not-implemented` is said as the catalogues say it, or as it is with spaces."""
        own = self.say(id_)
        return own if own != id_ else self.say(id_.replace("-", " "))


class Column(StrEnum):
    """The columns of the answers. Their names stand in a hidden line of the sheet, so that a column may move."""

    ID = "id"
    OF = "of"
    ASKED = "asked"
    DONE = "done"
    NUMBER = "number"
    GUIDELINE = "guideline"
    QUESTION = "question"
    GUIDANCE = "guidance"
    LAST = "last"
    ANSWER = "answer"
    REASON = "reason"
    NOTE = "note"
    EVIDENCE = "evidence"
    NEEDS = "needs"
    SINCE = "from"
    UNTIL = "to"


class Cited(StrEnum):
    """The columns of the evidence."""

    ID = "id"
    NUMBER = "number"
    DOCUMENT = "document"
    KEEPER = "keeper"
    PINPOINT = "pinpoint"
    LINK = "link"
    QUOTATION = "quotation"
    LANGUAGE = "language"
    ACCESS = "access"


HIDDEN = (Column.ID, Column.OF, Column.ASKED, Column.DONE)
INPUT = (Column.ANSWER, Column.REASON, Column.NOTE, Column.EVIDENCE, Column.NEEDS, Column.SINCE, Column.UNTIL)
"""The columns that are filled in."""

HEADINGS: dict[Column, str] = {
    Column.NUMBER: N_("Number"),
    Column.GUIDELINE: N_("Guideline"),
    Column.QUESTION: N_("Question"),
    Column.GUIDANCE: N_("How to answer"),
    Column.LAST: N_("Last round"),
    Column.ANSWER: N_("Answer"),
    Column.REASON: N_("Reason, where it does not apply or is not pursued"),
    Column.NOTE: N_("Note"),
    Column.EVIDENCE: N_("Evidence, by its number"),
    Column.NEEDS: N_("Help needed"),
    Column.SINCE: N_("In force from"),
    Column.UNTIL: N_("In force to"),
}
CITED: dict[Cited, str] = {
    Cited.NUMBER: N_("Number"),
    Cited.DOCUMENT: N_("Document: its title"),
    Cited.KEEPER: N_("Published by; of a restricted one, who keeps it"),
    Cited.PINPOINT: N_("Article, page or paragraph"),
    Cited.LINK: N_("Link"),
    Cited.QUOTATION: N_("The words it rests on, as they stand there"),
    Cited.LANGUAGE: N_("Language of these words"),
    Cited.ACCESS: N_("Public or restricted"),
}
INSTRUCTIONS, ANSWERS, EVIDENCE = N_("Instructions"), N_("Answers"), N_("Evidence")
"""The sheets that are seen."""
YES, NO = N_("yes"), N_("no")
AS_LAST = N_("as in the last round")
DRAFT, FINAL = N_("draft"), N_("final")
PUBLIC, RESTRICTED = N_("public"), N_("restricted")
OFFICE, DAY, STATUS = N_("Office that answers"), N_("Date"), N_("These answers are")
SUBJECT: dict[str, str] = {
    "state": N_("State"),
    "round": N_("Round"),
    "voice": N_("Whose words"),
    "institution": N_("Institution"),
    "deadline": N_("Deadline"),
    "revision": N_("Record as of revision"),
    "done": N_("Answered"),
}
UNKNOWN = N_("unknown")
OF = N_("of")
TITLE = N_("Questionnaire")
ONLY_IF = N_("Asked only if")
OR = N_("or")
FIGURE_BELOW = N_("Write the figures in the lines below; here only why there are none.")
OPTIONS_BELOW = N_("Choose yes in the lines below; here only why there is no answer.")
OPEN_ROW = N_("another figure: write here what it counts, as in 2017; female")
PERSONS = N_("One to four persons are written <5.")
A_DATE = N_("Write 2014, 2014-03 or 2014-03-07, as far as it is known.")
TOO_LONG = N_("This text is too long for a sheet: it is changed in the file of the record only.")
TO_CORRECT = N_("The red cells could not be taken: the remark on each says why. Correct them and send the file back.")
STEPS = (
    N_("Fill in the yellow cells of the sheet of answers, from top to bottom. Leave empty what you cannot answer yet."),
    N_("Most answers are chosen from a list: the arrow beside the cell opens it. An honest no is a full answer."),
    N_("The grey column shows what was said in the last round. Where that still holds, choose: as in the last round."),
    N_("A grey line is not asked, because of what was answered before."),
    N_("Describe each document once in the sheet of evidence, and write its number beside every answer that rests on it."),
    N_("Of a restricted document write only its title and who keeps it: what comes back is published."),
    N_("Write no names of persons, no telephone numbers and no private addresses."),
    N_("You may sort, add columns and widen lines. What is typed outside the yellow cells is not read."),
    N_("When all is agreed, choose final below, save the file as .xlsx, and send it back."),
)
MEANINGS: dict[str, str] = {
    "implemented": N_("it is done"),
    "partial": N_("a part of it is done"),
    "planned": N_("it is decided, and not yet done"),
    "not-implemented": N_("it is not done"),
    "not-applicable": N_("the question does not concern the state; say why"),
    "not-pursued": N_("the state has chosen another way; say why"),
    "no-information": N_("nobody could find out"),
    "withheld": N_("it is known, and not made public"),
}


def folded(text: str) -> str:
    """Words as they are compared: however they were typed, accented or spaced."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'")).casefold()
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split()).strip(" .;:")
