"""The tables of the open data: their columns, what each means, and what they refer to.

This module alone knows them. Columns stay; new ones come at the end. Of what is restricted no table holds more than the title
and the custodian.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import Standing, Verified
from workplan_cli.exchange.cells import COLUMNS as CELLS
from workplan_cli.exchange.cells import rows_of
from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.indicator import ChoiceIndicator, NumberIndicator, RateIndicator
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Absence, Answer, AnswerSheet, ReplyAnswer, Result, voice_of
from workplan_cli.model.submission import Value as Figure

Value = str | int | float | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """One column: its name, its type (`string`, `integer`, `number`, `boolean`, `date`, `object`), and what it holds."""

    name: str
    type: str
    about: str
    codes: tuple[str, ...] = ()
    """The only words it holds, where they are few."""


@dataclass(frozen=True)
class Table:
    """One table. `refers` are its foreign keys: columns here, the other table, columns there."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


def _text(name: str, about: str, *codes: str) -> Column:
    return Column(name, "string", about, codes)


_STATE = _text("state", "ISO 3166-1 alpha-3 code of the state")
_INDICATOR = _text("indicator", "id of the indicator")
_ROUND = _text("round", "id of the round")
_VOICE = _text("voice", "whose words: state, desk-review, assessment, reply, civil-society/<org>; never mixed in a figure")
_CELL = (_STATE, _INDICATOR, _ROUND, _VOICE)
_KEY = ("state", "indicator", "round", "voice")
_OF_CELL = ((_KEY, "cells", _KEY),)
_ABOUT: dict[str, Column] = {
    "state": _STATE,
    "chapter": _text("chapter", "id of the chapter of the plan"),
    "guideline": _text("guideline", "id of the guideline under which the indicator counts"),
    "strength": _text("strength", "how strongly the guideline binds, by its verb", "firm", "hortatory"),
    "indicator": _INDICATOR,
    "type": _text("type", "how the indicator is answered"),
    "kind": _text("kind", "what it looks at, after OHCHR", "structural", "process", "outcome"),
    "asked_if": _text("asked_if", "the indicators on whose answers it depends whether this one is asked, parted by a space"),
    "round": _ROUND,
    "voice": _VOICE,
    "sheet": Column("sheet", "boolean", "whether the voice has a file on the state in the round at all"),
    "standing": _text(
        "standing", "where the cell stands; absences and silence have words of their own", *(one.value for one in Standing)
    ),
    "draft": Column("draft", "boolean", "the answer is a draft"),
    "unverified": Column("unverified", "boolean", "a claim for which no evidence was found by program"),
    "outdated": Column("outdated", "boolean", "it answers a text whose meaning has changed since"),
    "expired": Column("expired", "boolean", "what it says had ended by as_of"),
    "late": Column("late", "boolean", "handed in after the deadline"),
    "stands": Column("stands", "boolean", "this is the one cell of several rounds that stands for all"),
    "status": _text("status", "how far the answer has come", "draft", "final", "carried"),
    "revision": Column("revision", "integer", "the revision of the guideline's text that is answered"),
    "carried_from": _text("carried_from", "the round that the answer was carried from"),
    "choice": _text("choice", "the options chosen, parted by a space"),
    "date": _text("date", "the date answered, as far as it is known: 2014, 2014-03 or 2014-03-07"),
    "figures": Column("figures", "integer", "how many figures the answer has; they are in the table figures"),
    "valid_from": _text("valid_from", "since when it holds, as far as it is known"),
    "valid_to": _text("valid_to", "until when it holds, as far as it is known"),
    "needs": _text("needs", "the kinds of help asked for, parted by a space"),
    "evidence": Column("evidence", "integer", "how many pieces of evidence are cited"),
    "verified": Column("verified", "integer", "how many of them were verified by program"),
    "as_of": Column("as_of", "date", "the day in the world that expired speaks of"),
}

STATES = Table(
    "states",
    "The states, with their names in the languages of the record",
    (_STATE, *(_text(f"name_{one}", f"its name in '{one}'") for one in ("en", "es", "pt", "fr"))),
    ("state",),
)
INDICATORS = Table(
    "indicators",
    "The questions, in the order of the plan",
    (
        _INDICATOR,
        *(_ABOUT[one] for one in ("chapter", "guideline", "type", "kind")),
        _text("unit", "what its figures count"),
        _text("dimensions", "by what its figures are divided, parted by a space"),
        Column("revision", "integer", "the revision of the guideline's text that the question was written for"),
        *(_text(f"question_{one}", f"the question in '{one}'") for one in ("en", "es", "pt", "fr")),
    ),
    ("indicator",),
)
OPTIONS = Table(
    "options",
    "The options of the questions that have some",
    (
        _INDICATOR,
        _text("option", "id of the option"),
        *(_text(f"label_{one}", f"its words in '{one}'") for one in ("en", "es", "pt", "fr")),
    ),
    ("indicator", "option"),
    ((("indicator",), "indicators", ("indicator",)),),
)
CELL_TABLE = Table(
    "cells",
    "One row for each state, indicator, round and voice, silence included",
    tuple(_ABOUT[name] for name in CELLS),
    _KEY,
    ((("state",), "states", ("state",)), (("indicator",), "indicators", ("indicator",))),
)
ANSWERS = Table(
    "answers",
    "Answers as they were given: one row for each, none for silence; what follows from them is in the table cells",
    (
        *_CELL,
        *(_ABOUT[one] for one in ("status", "revision", "carried_from")),
        _text("result", "how far it is carried out", *(one.value for one in Result)),
        _text("absence", "why there is no result", *(one.value for one in Absence)),
        *(_ABOUT[one] for one in ("choice", "date", "valid_from", "valid_to", "needs")),
        Column("confirmed_on", "date", "when an unchanged answer was confirmed"),
        _text("confirmed_by", "the office that confirmed it"),
        _text("to", "the voice that a reply is to"),
    ),
    _KEY,
    _OF_CELL,
)
FIGURES = Table(
    "figures",
    "The figures of answers; <5 stands for one to four persons and is no number",
    (
        *_CELL,
        Column("place", "integer", "the place of the figure in the answer, from 1"),
        Column("year", "integer", "the year it is of"),
        _text("dimensions", "what it counts, as name=word parted by a space"),
        *(
            _text(one, f"{what}; a number, or <5")
            for one, what in (("value", "the figure"), ("part", "the part"), ("whole", "the whole"))
        ),
        _text("evidence", "id of the evidence that this one figure cites"),
    ),
    (*_KEY, "place"),
    _OF_CELL,
)
TEXTS = Table(
    "texts",
    "What answers say in prose",
    (
        *_CELL,
        _text("field", "which text it is", "text", "reason", "note"),
        _text("language", "its language"),
        _text("words", "the text"),
    ),
    (*_KEY, "field", "language"),
    _OF_CELL,
)
SOURCES = Table(
    "sources",
    "The documents that are cited; of restricted ones the title and the custodian",
    (
        _text("source", "id of the source"),
        *(_text(one, f"its {one}") for one in ("title", "publisher", "date", "language", "url", "licence")),
        _text("access", "who may see it", "public", "restricted"),
        _text("custodian", "who keeps a restricted one"),
    ),
    ("source",),
)
CITED = Table(
    "evidence",
    "The evidence that answers cite",
    (
        *_CELL,
        _text("evidence", "id of the piece within its file"),
        _text("source", "id of its source"),
        *(
            _text(one, what)
            for one, what in (
                ("pinpoint", "the place in the document"),
                ("quotation", "its words there"),
                ("language", "their language"),
                ("cell", "what stands in the table that is cited"),
            )
        ),
        _text("access", "who may see it", "public", "restricted"),
        Column("verified", "boolean", "a program found it in the archived copy"),
        Column("place", "integer", "its place in the answer, from 1; nothing where a figure alone cites it"),
        Column("row", "object", "what picks out the row of a table that is cited, column by column"),
        _text("column", "the column of that table, where it is not the source's own"),
        _text("url", "where this place can be opened"),
        Column("note", "object", "a note on it, in each language"),
    ),
    (*_KEY, "evidence"),
    (*_OF_CELL, (("source",), "sources", ("source",))),
)

TABLES = (STATES, INDICATORS, OPTIONS, SOURCES, CELL_TABLE, ANSWERS, FIGURES, TEXTS, CITED)
"""Every table; each refers to those before it."""
OF_STATE = (CELL_TABLE, ANSWERS, FIGURES, TEXTS, CITED)
"""Those that are filled state by state."""
GIVEN = (ANSWERS, FIGURES, TEXTS, CITED)
"""Those that hold what was written into answers, and nothing that follows from it."""

_LANGUAGES = ("en", "es", "pt", "fr")


def ground(record: Record, scope: Scope) -> dict[str, list[Row]]:
    """The tables that no state's answers are in."""
    states: list[Row] = []
    for code in scope.states:
        names = record.states[code].names if code in record.states else {}
        states.append((code, *(names.get(one) for one in _LANGUAGES)))
    indicators: list[Row] = []
    options: list[Row] = []
    for one in scope.indicators:
        figures = one if isinstance(one, NumberIndicator | RateIndicator) else None
        chapter = scope.plan.chapter_of[one.guideline].id
        unit, by = (figures.unit, " ".join(figures.by)) if figures is not None else (None, None)
        said = (one.question.get(language) for language in _LANGUAGES)
        indicators.append((one.id, chapter, one.guideline, one.type, one.kind.value, unit, by, one.revision, *said))
        if isinstance(one, ChoiceIndicator):
            options += [(one.id, id_, *(text.get(tongue) for tongue in _LANGUAGES)) for id_, text in one.options.items()]
    return {
        "states": states,
        "indicators": indicators,
        "options": options,
        "sources": [_source(one) for _, one in sorted(record.sources.items())],
    }


def of_state(cells: Cells, state: str, voices: Sequence[str], scope: Scope) -> dict[str, list[Row]]:
    """The tables of one state's answers."""
    sheets = [cells.sheet(state, round_, voice) for voice in voices for round_ in scope.rounds]
    asked = {one.id for one in scope.indicators}
    found: dict[str, list[Row]] = {
        "cells": [tuple(None if one == "" else one for one in row) for row in rows_of(cells, state, voices, scope)],
        **{table.name: [] for table in GIVEN},
    }
    for sheet in sheets:
        for id_ in sheet.answers if sheet is not None else ():
            if sheet is not None and id_ in asked:
                for name, rows in given(sheet, id_, cells.record.sources, cells.verified).items():
                    found[name] += rows
    return found


def given(sheet: AnswerSheet, id_: str, sources: Mapping[str, Source], verified: Verified) -> dict[str, list[Row]]:
    """The rows of one answer in the tables that hold what was written."""
    key, answer = (sheet.state, id_, sheet.round, voice_of(sheet)), sheet.answers[id_]
    return {
        "answers": [(*key, *_answer(answer))],
        "figures": [(*key, place, *_figure(one)) for place, one in enumerate(answer.values, 1)],
        "texts": [
            (*key, name, language, words)
            for name in ("text", "reason", "note")
            for language, words in (getattr(answer, name) or {}).items()
        ],
        "evidence": [(*key, *row) for row in _cited(answer, sheet, sources, verified)],
    }


def _answer(one: Answer) -> Row:
    since, until = (one.valid.since, one.valid.until) if one.valid is not None else (None, None)
    confirmed = (one.confirmed.on, one.confirmed.role) if one.confirmed is not None else (None, None)
    to = one.to if isinstance(one, ReplyAnswer) else None
    words = (one.result, one.absence, " ".join(one.choice), one.date, since, until, " ".join(one.needs), *confirmed, to)
    return (one.status.value, one.revision, one.carried_from, *(str(word) if word else None for word in words))


def _figure(one: Figure) -> Row:
    dimensions = " ".join(f"{name}={word}" for name, word in sorted(one.dimensions.items()))
    amounts = (None if amount is None else str(amount) for amount in (one.value, one.part, one.whole))
    return (one.year, dimensions, *amounts, one.evidence)


def _cited(answer: Answer, sheet: AnswerSheet, sources: Mapping[str, Source], verified: Verified) -> Iterator[Row]:
    named = (*answer.evidence, *(one.evidence for one in answer.values if one.evidence is not None))
    for name in dict.fromkeys(named):
        piece = sheet.evidence.get(name)
        if piece is not None:
            place = answer.evidence.index(name) + 1 if name in answer.evidence else None
            known, *said, access, row, column, url, note = _piece(piece, sources.get(piece.source))
            yield (name, known, *said, access, int(verified(piece)), place, row, column, url, note)


def _piece(piece: Evidence, source: Source | None) -> Row:
    known = piece.source if source is not None else None
    if piece.access is Access.RESTRICTED or (source is not None and source.access is Access.RESTRICTED):
        return known, None, None, None, None, Access.RESTRICTED.value, None, None, None, None
    said = (piece.pinpoint, piece.quotation, piece.language, piece.cell, piece.access.value)
    return known, *said, _object(piece.row), piece.column, piece.url, _object(piece.note)


def _object(one: Mapping[str, str] | None) -> str | None:
    return json.dumps(dict(one), ensure_ascii=False) if one else None


def _source(one: Source) -> Row:
    if one.access is Access.RESTRICTED:
        return one.source, one.title, None, None, None, None, None, one.access.value, one.custodian
    date = str(one.date) if one.date is not None else None
    return one.source, one.title, one.publisher, date, one.language, one.url, one.licence, one.access.value, None
