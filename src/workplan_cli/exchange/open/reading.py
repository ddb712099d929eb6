"""Open data of ours read back: the rows of answers, and the answers they make where they say something else than the record.

This module alone knows the way from rows to answers. An answer whose rows are as the record's would be means nothing, so that
what the tables do not show (restricted documents) stays as it is.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports.proposals import Proposal
from workplan_cli.exchange.open.tables import ANSWERS, CITED, FIGURES, GIVEN, TEXTS, Table, given
from workplan_cli.exchange.open.writers import bare
from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Answer, AnswerSheet, Reply, ReplyAnswer, Value
from workplan_cli.model.text import Model

Key = tuple[str, str, str, str]
"""State, indicator, round, voice."""
Noun = TypeVar("Noun", bound=Model)

_LONGEST = 80
_FIELDS = ("text", "reason", "note")
_PIECE = ("source", "pinpoint", "quotation", "language", "cell", "access", "row", "column", "url", "note")


@dataclass(frozen=True)
class Told:
    """One row of a table: its line, and what stands in it by column."""

    table: str
    line: int
    words: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """The cell that it is of."""
        return self.words["state"], self.words["indicator"], self.words["round"], self.words["voice"]

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.table}.csv:{self.line}"

    @property
    def compared(self) -> str:
        """What has to be the same for the row to mean nothing; whether a program found a quotation is none of it."""
        return repr([word for name, word in self.words.items() if name != "verified"])


@dataclass(frozen=True)
class Returned:
    """The rows of one answer, by table."""

    answer: Told
    rows: dict[str, list[Told]] = field(default_factory=dict)

    def of(self, table: str) -> list[Told]:
        """Its rows in one table."""
        return self.rows.get(table, [])


def read_back(files: Mapping[str, bytes], record: Record) -> dict[Key, Returned]:
    """The answers in the files of a package, by name. Raises WorkplanError with what is wrong, and where."""
    tables = {table.name: _rows(table, files.get(f"{table.name}.csv")) for table in GIVEN}
    found: dict[Key, Returned] = {}
    for told in tables[ANSWERS.name]:
        known: dict[str, Collection[str]] = {
            "state": record.states,
            "indicator": record.indicators,
            "round": record.plan.round_ids,
        }
        for what, there in known.items():
            word = told.words[what] or ""
            if word not in there:
                _refuse(told, f"there is no {what} {_quoted(word)}", did_you_mean(word, there))
        if told.key in found:
            _refuse(told, f"the same answer as line {found[told.key].answer.line}", "delete one of the two")
        found[told.key] = Returned(told)
    for name in (table.name for table in GIVEN if table is not ANSWERS):
        for told in tables[name]:
            if told.key not in found:
                _refuse(
                    told, f"of an answer that {ANSWERS.name}.csv does not have", "correct its state, indicator, round or voice"
                )
            found[told.key].rows.setdefault(name, []).append(told)
    return found


def proposal(returned: Returned, sheet: AnswerSheet | None, sources: Mapping[str, Source]) -> Proposal | None:
    """The answer that some rows make; None where they are those of the answer that is there."""
    state, indicator, round_, voice = returned.answer.key
    now = _now(sheet, indicator, sources)
    said = {table.name: returned.of(table.name) if table is not ANSWERS else [returned.answer] for table in GIVEN}
    if all(sorted(one.compared for one in said[name]) == sorted(one.compared for one in now[name]) for name in said):
        return None
    there = {told.words["evidence"]: told for told in now[CITED.name]}
    evidence: dict[str, Evidence] = {}
    for told in returned.of(CITED.name):
        name = told.words["evidence"]
        if name is None:
            _refuse(told, "evidence is empty", "give it an id, as in e1")
        if name in evidence:
            _refuse(told, f"the answer has evidence {_quoted(name)} already", "give it an id of its own, or delete the row")
        if name in there and sheet is not None and _piece(there[name]) == _piece(told):
            evidence[name] = sheet.evidence[name]
        else:
            evidence[name] = _evidence(told)
    answer = _answer(returned, ReplyAnswer if voice == Reply.voice else Answer)
    for told in returned.of(FIGURES.name):
        name = told.words["evidence"]
        if name is not None and name not in evidence:
            _refuse(told, f"evidence {_quoted(name)} has no row in {CITED.name}.csv", "add one")
    return Proposal(state, round_, indicator, answer, evidence)


def _now(sheet: AnswerSheet | None, indicator: str, sources: Mapping[str, Source]) -> dict[str, list[Told]]:
    """The rows of the answer that is there."""
    if sheet is None or indicator not in sheet.answers:
        return {table.name: [] for table in GIVEN}
    rows = given(sheet, indicator, sources, lambda piece: False)
    return {
        table.name: [
            Told(table.name, 0, {name: None if word == "" else word for name, word in zip(table.names, row, strict=True)})
            for row in rows[table.name]
        ]
        for table in GIVEN
    }


def _rows(table: Table, data: bytes | None) -> list[Told]:
    name = f"{table.name}.csv"
    if data is None:
        raise WorkplanError(f"{name} is missing beside datapackage.json", "bring the whole folder of the export back")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WorkplanError(f"{name}:{line} is not UTF-8", "save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = next(reader, [])
        for column in table.names:
            if column not in header:
                hint = did_you_mean(column, header, "leave the columns of the export as they are")
                raise WorkplanError(f"{name} has no column '{column}'", hint)
        places = [(column, header.index(column.name)) for column in table.columns]
        found = []
        line = reader.line_num
        for cells in reader:
            line, told = reader.line_num, Told(table.name, line + 1, {})
            if any(cells) and len(cells) != len(header):
                _refuse(told, f"{len(cells)} cells under {len(header)} columns", "quote a cell that holds the sign between cells")
            if any(cells):
                words = {column.name: _word(told, column.name, column.type, cells[place]) for column, place in places}
                found.append(Told(table.name, told.line, words))
    except csv.Error as error:
        raise WorkplanError(f"{name}:{reader.line_num} is no CSV: {error}", "save it as CSV UTF-8") from None
    return found


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _word(told: Told, column: str, type_: str, cell: str) -> Any:
    if cell == "":
        return None
    if type_ not in ("integer", "boolean"):
        return bare(cell)
    if not (cell.isascii() and cell.isdigit() and len(cell) < 16):
        _refuse(told, f"{column} {_quoted(cell)} is no whole number", "write digits only")
    return int(cell)


def _answer(returned: Returned, kind: type[Answer]) -> Answer:
    words = returned.answer.words
    content: dict[str, Any] = {
        name: words[name] for name in ("revision", "status", "carried_from", "result", "absence", "date", "to")
    }
    content |= {name: tuple((words[name] or "").split()) for name in ("choice", "needs")}
    content["valid"] = {end: words[f"valid_{end}"] for end in ("from", "to") if words[f"valid_{end}"]}
    content["confirmed"] = {
        name: words[column] for name, column in (("on", "confirmed_on"), ("role", "confirmed_by")) if words[column]
    }
    for told in returned.of(TEXTS.name):
        content.setdefault(_field(told), {})[_language(told, content)] = told.words["words"]
    content["values"] = tuple(_figure(one) for one in sorted(returned.of("figures"), key=lambda one: one.words["place"] or 0))
    cited = [one for one in returned.of(CITED.name) if one.words["place"]]
    content["evidence"] = tuple(one.words["evidence"] for one in sorted(cited, key=lambda one: one.words["place"]))
    return _valid(kind, content, returned.answer)


def _field(told: Told) -> str:
    """Which text of an answer a row holds."""
    field, words = told.words["field"] or "", told.words["words"]
    if field not in _FIELDS:
        _refuse(told, f"field {_quoted(field)} is no text of an answer", f"there are: {', '.join(_FIELDS)}")
    if words is None:
        _refuse(told, "there are no words", "write them, or delete the row")
    return str(field)


def _language(told: Told, content: Mapping[str, Any]) -> str:
    """The language of a text, which no row before it has given."""
    language = told.words["language"] or ""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        _refuse(told, f"language {_quoted(language)} is no code of a language", "write en, es, pt, fr or another")
    if language in content.get(told.words["field"], {}):
        _refuse(told, f"the answer has a {told.words['field']} in '{language}' already", "delete one of the two rows")
    return str(language)


def _figure(told: Told) -> Value:
    words = told.words
    dimensions: dict[str, str] = {}
    name = ""
    for part in (words["dimensions"] or "").split(" "):
        dimension, sign, word = part.partition("=")
        if sign and (not dimension or not word or dimension in dimensions or dimension in Value.model_fields):
            written = _quoted(words["dimensions"])
            _refuse(
                told, f"dimensions {written} do not name each dimension once, and no other column", "write sex=female age=child"
            )
        if sign:
            name, dimensions[dimension] = dimension, word
        elif part and name:
            dimensions[name] += f" {part}"
        elif part:
            _refuse(told, f"dimensions {_quoted(words['dimensions'])} are not written as name=word", "write sex=female age=child")
    figure: dict[str, Any] = {name: words[name] for name in ("year", "evidence") if words[name] is not None}
    figure |= {key: _amount(words[key]) for key in ("value", "part", "whole") if words[key] is not None}
    return _valid(Value, {**figure, **dimensions}, told)


def _amount(word: str) -> Any:
    try:
        return int(word) if word.isdigit() else float(word)
    except ValueError:
        return word


def _evidence(told: Told) -> Evidence:
    if told.words["access"] == Access.RESTRICTED:
        return _valid(Evidence, {"source": told.words["source"], "access": Access.RESTRICTED}, told)
    content = {name: told.words[name] for name in _PIECE}
    for name in ("row", "note"):
        try:
            content[name] = json.loads(content[name]) if content[name] else None
        except (ValueError, RecursionError):
            _refuse(told, f"{name} {_quoted(content[name])} is no JSON", 'write {"column": "cell"}')
    return _valid(Evidence, content, told)


def _piece(told: Told) -> list[Any]:
    return [told.words[name] for name in _PIECE]


def _valid(kind: type[Noun], content: Mapping[str, Any], told: Told) -> Noun:
    """The noun that a row makes. Raises WorkplanError with the first thing that is wrong with it."""
    try:
        return kind.model_validate({name: word for name, word in content.items() if word not in (None, (), {})})
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(str(one) for one in first["loc"] if isinstance(one, str))
        column = _COLUMNS.get(".".join(place[:2])) or (place[0] if place else "")
        what, hint = _WRONG.get(first["type"], (first["msg"], _CODEBOOK))
        if first["type"] == "missing":
            _refuse(told, f"{column} is empty", hint)
        if first["type"] == "enum":
            hint = f"there are: {first['ctx']['expected'].replace(chr(39), '').replace(' or ', ', ')}"
        _refuse(told, f"{column} {_quoted(str(first['input']))} {what}", hint)


_CODEBOOK = "datapackage.json says what the column takes"
_COLUMNS = {
    "valid.from": "valid_from",
    "valid.to": "valid_to",
    "confirmed.on": "confirmed_on",
    "confirmed.role": "confirmed_by",
}
"""Columns that are not named as the keys of an answer are."""
_WRONG = {
    "enum": ("is none of the words there are", _CODEBOOK),
    "string_pattern_mismatch": ("is not written as the column asks", "small letters and digits, parted by - or ."),
    "int_type": ("is no number", 'write digits, or "<5"'),
    "dict_type": ("is no object of JSON", 'write {"column": "cell"}'),
    "less_than_equal": ("is more than any there is", "write it with fewer digits"),
    "greater_than_equal": ("is less than any there is", "write a whole number, zero or more"),
    "extra_forbidden": ("belongs to a reply", "leave the column empty in the rows of other voices"),
    "missing": ("is empty", _CODEBOOK),
}
"""What is said of a word, and the next thing to do, by the kind of fault."""


def _quoted(text: str) -> str:
    """What somebody wrote, as far as a line bears it."""
    shown = visible(text)
    return f"'{shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + '…'}'"


def _refuse(told: Told, what: str, hint: str = "") -> NoReturn:
    raise WorkplanError(f"{told.place}: {what}", hint or "nothing was written")
