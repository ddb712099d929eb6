"""What the rules find in an answer that a sheet proposes, as remarks on cells in the language of the sheet.

This module alone knows which cell a finding is about, and what the rules that a focal point can meet say there. Any other
finding is announced in the language of the sheet, with the rule's own words behind it.
"""

from collections.abc import Iterator, Mapping

from workplan_cli.diagnostics import Diagnostic, visible
from workplan_cli.exchange.questionnaire import amounts
from workplan_cli.exchange.questionnaire.citing import RESTRICTED_TOLD, WAITS
from workplan_cli.exchange.questionnaire.form import Key, Kind, figure_of
from workplan_cli.exchange.questionnaire.merging import Said
from workplan_cli.exchange.questionnaire.problems import Problem, problem
from workplan_cli.exchange.questionnaire.returned import Typed
from workplan_cli.exchange.questionnaire.words import N_, Cited, Column
from workplan_cli.model.indicator import NumberIndicator, RateIndicator

SAID: Mapping[str, str] = {
    "WP402": N_("the answer says two things, or nothing: keep one"),
    "WP403": N_('write here the reason for "%(cell)s"; without one the answer stays a draft'),
    "WP404": N_("the part is more than the whole: correct one of the two, or exchange them"),
    "WP405": N_("it ends before it begins: correct one of the two dates"),
    "WP407": N_("the text of the guideline is another one by now: ask for a new questionnaire"),
    "WP409": N_("this figure is there twice, or is divided in a way that is not asked for"),
    "WP501": N_('"%(cell)s" needs evidence: write here the number of a document, or answer otherwise'),
    "WP504": N_("these words are not in the document that was archived: copy them as they stand there"),
    "WP509": N_('"%(cell)s" is no address: write it as the browser shows it, with https://'),
    "WP510": RESTRICTED_TOLD,
    "WP701": amounts.SMALL,
    "WP702": N_("the count that is written <5 can be worked out from the total and the other parts: leave out one of them"),
    "WP703": N_("here is a telephone number, which would be published: take it out"),
    "WP704": N_("here is the e-mail address of a person, which would be published: take it out"),
}
"""What a focal point is told, by the code of the rule."""
OTHER = N_("the record does not take this, by rule %(code)s: %(why)s")

_OF_ANSWERS = {
    "reason": Column.REASON,
    "note": Column.NOTE,
    "evidence": Column.EVIDENCE,
    "needs": Column.NEEDS,
    "valid": Column.UNTIL,
}
_OF_EVIDENCE = {
    "source": Cited.DOCUMENT,
    "title": Cited.DOCUMENT,
    "publisher": Cited.KEEPER,
    "custodian": Cited.KEEPER,
    "pinpoint": Cited.PINPOINT,
    "url": Cited.LINK,
    "quotation": Cited.QUOTATION,
    "language": Cited.LANGUAGE,
    "access": Cited.ACCESS,
}


def remarks(found: Diagnostic, id_: str, said: Said) -> Iterator[Problem]:
    """The remarks that a finding makes on the cells of an answer: where the document is wrong that it rests on, one there and one
    beside the answer."""
    number = _number(found, said)
    if number is None:
        yield _beside(found, id_, said)
        return
    line = said.reading.returned.evidence.get(number, {})
    column = _OF_EVIDENCE.get(str(found.pointer[-1]) if found.pointer else "", Cited.DOCUMENT)
    typed = line.get(column.value) or next(iter(line.values()))
    yield _said(found, said, "evidence", str(number), column.value, typed, typed)
    waits = said.reading.returned.rows.get(id_, {}).get(Column.EVIDENCE.value) or Typed(said.read.place, "")
    waiting = problem("answers", id_, Column.EVIDENCE.value, waits, WAITS, number=str(number))
    yield waiting.said(said.reading.citing.tongue)


def _beside(found: Diagnostic, id_: str, said: Said) -> Problem:
    """The remark on a cell of the answers."""
    key, column = _cell(found, id_, said)
    rows, places = said.reading.returned.rows, said.read.places
    typed = rows.get(key, {}).get(column.value) or places.get(column.value) or Typed(said.read.place, "")
    answer = rows.get(id_, {}).get(Column.ANSWER.value) or typed
    return _said(found, said, "answers", key, column.value, typed, answer)


def _cell(found: Diagnostic, id_: str, said: Said) -> tuple[str, Column]:
    """The key of the row, and the column."""
    field = str(found.pointer[2]) if len(found.pointer) > 2 and found.pointer[0] == "answers" else ""
    if found.code.id == "WP403":
        return id_, Column.REASON
    if found.code.id == "WP501":
        return id_, Column.EVIDENCE
    if field == "values" and len(found.pointer) > 3 and isinstance(found.pointer[3], int):
        return _figure(found, id_, said), Column.ANSWER
    return id_, _OF_ANSWERS.get(field, Column.ANSWER)


def _figure(found: Diagnostic, id_: str, said: Said) -> str:
    """The key of the row of a figure; of the question where the figure has none of its own."""
    indicator, row = said.reading.form.every[id_], found.pointer[3]
    values = said.read.proposal.answer.values
    if not isinstance(indicator, NumberIndicator | RateIndicator) or not isinstance(row, int) or row >= len(values):
        return id_
    own = "value" if isinstance(indicator, NumberIndicator) else "part"
    field = str(found.pointer[4]) if len(found.pointer) > 4 else own
    figure = figure_of(values[row], indicator.by)
    key = str(Key(id_, Kind.FIGURE, figure=figure, field=field if field in ("value", "part", "whole") else own))
    return key if key in said.reading.returned.rows else id_


def _number(found: Diagnostic, said: Said) -> int | None:
    """The number of the document that a finding is about, None where it is about the answer itself."""
    names = {id_: number for number, id_ in said.reading.citing.numbers.items()}
    if found.pointer[:1] == ("evidence",) and len(found.pointer) > 1:
        return names.get(str(found.pointer[1]))
    cited = said.read.proposal.evidence.items()
    return next((names[id_] for id_, one in cited if found.path.endswith(f"/{one.source}.yaml") and id_ in names), None)


def _said(found: Diagnostic, said: Said, sheet: str, key: str, column: str, place: Typed, typed: Typed) -> Problem:
    known = SAID.get(found.code.id)
    about = Typed(place.place or said.read.place, "" if found.code.confidential else typed.text)
    why = found.message if found.code.confidential else visible(found.message)
    more = {"code": found.code.id, "why": f"{why}; {found.hint}" if found.hint else why}
    return problem(sheet, key, column, about, known or OTHER, **more).said(said.reading.citing.tongue)
