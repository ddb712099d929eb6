"""From the cells of a questionnaire that came back to answers.

This module alone decides what a changed cell means. A cell that is as it was packed means nothing: the record may say more than
a sheet can show. What cannot be read is said with the cell's place, and its answer is left out whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from workplan_cli.exchange.imports.proposals import Proposal
from workplan_cli.exchange.questionnaire import amounts, days, words
from workplan_cli.exchange.questionnaire.citing import Citing
from workplan_cli.exchange.questionnaire.counted import figure_in
from workplan_cli.exchange.questionnaire.dropdowns import options
from workplan_cli.exchange.questionnaire.form import Form, Key, Kind, figure_of, is_plain
from workplan_cli.exchange.questionnaire.problems import Problem, problem
from workplan_cli.exchange.questionnaire.returned import Line, Returned, Typed, clean
from workplan_cli.exchange.questionnaire.vocabulary import Vocabulary
from workplan_cli.exchange.questionnaire.words import N_, Column, Tongue, folded
from workplan_cli.model.indicator import (
    PERSONS,
    ChoiceIndicator,
    DateIndicator,
    ImplementationIndicator,
    Indicator,
    NumberIndicator,
    RateIndicator,
    TextIndicator,
)
from workplan_cli.model.submission import Answer, Value

_MAIN = {"implementation": "result", "date": "date", "text": "text", "choice": "choice"}
_READ = (*words.INPUT, Column.QUESTION)

NO_OPTION = N_('"%(cell)s" is not an option; there are: %(there)s')
EMPTIED = N_('"%(cell)s" was taken out; an answer that was given is not dropped by leaving a cell empty')
NO_ANSWER = N_('"%(cell)s" is no answer to this question')
NO_TICK = N_('"%(cell)s" is neither yes nor no')
NO_NEED = N_('"%(cell)s" is no kind of help; there are: %(there)s')
NO_FIGURE = N_('"%(cell)s" does not say what the figure counts: write the year and the words, as in 2017; female')
NO_OFFICE = N_("say on the first sheet which office answers, and the date, where an answer is as in the last round")
NO_LAST = N_("there is no answer of the last round that still holds")
DOUBLED = N_('the line is there twice, and says "%(cell)s" and "%(other)s"')
NO_QUESTION = N_('"%(cell)s" is no question of this questionnaire')
NO_STATUS = N_('"%(cell)s" is neither draft nor final')


@dataclass(frozen=True)
class Read:
    """An answer that a sheet proposes, and the cells that it was read from, by column."""

    proposal: Proposal
    places: Mapping[str, Typed] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the answer stands."""
        found = self.places.get(Column.ANSWER.value) or next(iter(self.places.values()), None)
        return found.place if found is not None else ""


@dataclass(frozen=True)
class Reading:
    """All that a sheet says. `base` are the answers as they were packed."""

    returned: Returned
    form: Form
    citing: Citing
    answers: tuple[Read, ...]
    base: Mapping[str, Answer | None]
    problems: tuple[Problem, ...]


def read(returned: Returned, form: Form, vocabulary: Vocabulary, tongue: Tongue) -> Reading:
    """Read a sheet against the record's form of the same questionnaire."""
    reader = _Reader(returned, form, vocabulary, tongue)
    answers = tuple(reader.answers())
    base = {id_: _packed(returned.base["answers"].get(id_)) for id_ in returned.base["revisions"]}
    return Reading(returned, form, reader.citing, answers, base, tuple(reader.problems))


def _packed(content: Any) -> Answer | None:
    try:
        return Answer.model_validate(content) if content else None
    except ValidationError:
        return None


class _Unread(Exception):
    """An answer that is left out; the problem is noted."""


class _Reader:
    def __init__(self, returned: Returned, form: Form, vocabulary: Vocabulary, tongue: Tongue) -> None:
        self.returned, self.form, self.words, self.tongue = returned, form, vocabulary, tongue
        self.problems: list[Problem] = []
        self.citing = Citing(returned, form, vocabulary, self.problems)
        for one, other in returned.doubled:
            self._say("answers", one, DOUBLED, other=other.text)
        head = returned.head.get("status")
        said = vocabulary.statuses.get(folded(head.text)) if head is not None and head.text else "draft"
        if said is None and head is not None:
            self._say("instructions", head, NO_STATUS, key="status", column="status")
        self.status = said or "draft"

    def answers(self) -> Iterator[Read]:
        """The answers that the sheet changes, in the order of the form."""
        lines: dict[str, list[tuple[Key, Line]]] = {}
        for written, line in self.returned.rows.items():
            key = Key.read(written)
            if key is None or key.indicator not in self.returned.base["revisions"] or key.indicator not in self.form.every:
                if any(line[one.value].text for one in words.INPUT if one.value in line):
                    where = line.get(Column.ID.value) or next(iter(line.values()))
                    self._say("answers", Typed(where.place, written), NO_QUESTION, key=written, column=Column.ANSWER.value)
                continue
            lines.setdefault(key.indicator, []).append((key, line))
        broken = {one.key.partition("#")[0] for one in self.problems if one.sheet == "answers"}
        for indicator in self.form.indicators:
            if indicator.id not in broken:
                try:
                    found = self._answer(indicator, lines.get(indicator.id, []))
                except _Unread:
                    continue
                if found is not None:
                    yield found

    def _answer(self, indicator: Indicator, lines: Sequence[tuple[Key, Line]]) -> Read | None:
        """The answer to one question, None where the sheet changes nothing of it."""
        changed = [(key, self._changed(key, line)) for key, line in lines]
        now = self.form.answer(indicator.id)
        promoted = self.status == "final" and now is not None and now.status == "draft"
        if not any(cells for _, cells in changed) and not promoted:
            return None
        content: dict[str, Any] = now.model_dump(by_alias=True, exclude_unset=True) if now is not None else {}
        if any(cells for _, cells in changed):
            if content.get("status") == "carried":
                content = {}
            content |= {"revision": self.returned.base["revisions"][indicator.id]}
            content = {name: one for name, one in content.items() if name not in ("carried_from", "confirmed")}
        content["status"] = self.status
        for key, cells in changed:
            if key.kind is Kind.QUESTION:
                content = self._question(indicator, content, cells, key)
        self._options(indicator, content, changed)
        self._figures(indicator, content, changed)
        places = {**_places(lines), **{column: one for _, cells in changed for column, one in cells.items()}}
        if len(content) == 2:
            self._emptied(indicator, lines)
        answer = self._valid(content, places, indicator)
        cited = {*answer.evidence, *(value.evidence for value in answer.values if value.evidence)}
        evidence = {id_: self.citing.piece(id_) for id_ in sorted(cited)}
        known = {id_: piece for id_, piece in evidence.items() if piece is not None}
        subject = self.form.subject
        return Read(Proposal(subject.state, subject.round, indicator.id, answer, known), places)

    def _changed(self, key: Key, line: Line) -> dict[str, Typed]:
        base = self.returned.base["rows"].get(str(key), {})
        columns = _READ if key.kind is Kind.OPEN else words.INPUT
        return {
            column.value: line[column.value]
            for column in columns
            if column.value in line and line[column.value].text != clean(str(base.get(column.value, "")))
        }

    def _question(self, indicator: Indicator, content: dict[str, Any], cells: Mapping[str, Typed], key: Key) -> dict[str, Any]:
        typed = cells.get(Column.ANSWER.value)
        if typed is not None:
            content = self._given(indicator, content, typed)
        for column, name in ((Column.REASON, "reason"), (Column.NOTE, "note")):
            typed = cells.get(column.value)
            if typed is not None:
                content.pop(name, None)
                content |= {name: {self.form.subject.language: typed.text}} if typed.text else {}
        typed = cells.get(Column.EVIDENCE.value)
        if typed is not None:
            content["evidence"] = self._cited(typed, key, None)
        typed = cells.get(Column.NEEDS.value)
        if typed is not None:
            content["needs"] = tuple(self._needs(typed, key))
        valid = dict(content.get("valid") or {})
        for column in (Column.SINCE, Column.UNTIL):
            typed = cells.get(column.value)
            if typed is not None:
                valid.pop(column.value, None)
                valid |= {column.value: str(self._day(typed, key, column))} if typed.text else {}
        content.pop("valid", None)
        return {**content, **({"valid": valid} if valid else {})}

    def _given(self, indicator: Indicator, content: dict[str, Any], typed: Typed) -> dict[str, Any]:
        """What the answer cell of a question comes to."""
        name, word = _MAIN.get(indicator.type, ""), folded(typed.text)
        is_many = isinstance(indicator, ChoiceIndicator) and indicator.many
        if not typed.text:
            if "absence" in content and (is_many or not name):
                return {key: one for key, one in content.items() if key not in ("absence", "reason")}
            was = Typed(typed.place, clean(self.returned.base["rows"].get(indicator.id, {}).get("answer", "")))
            self._say("answers", was, EMPTIED, key=indicator.id, column="answer")
            raise _Unread
        own = self._own(indicator, typed)
        if own is None and word in self.words.as_last:
            return self._as_last(indicator, typed)
        rest = {key: one for key, one in content.items() if key not in ("absence", *((name,) if not is_many else ()))}
        if own is not None:
            rest.pop("reason", None)
            return {**rest, name: own}
        if word in self.words.absences and not (isinstance(indicator, TextIndicator) and len(word) > 40):
            return {**rest, "absence": self.words.absences[word]}
        if isinstance(indicator, TextIndicator):
            return {**rest, name: {self.form.subject.language: typed.text}}
        if isinstance(indicator, DateIndicator):
            return {**rest, name: str(self._day(typed, Key(indicator.id), Column.ANSWER))}
        self._say("answers", typed, NO_OPTION, key=indicator.id, column="answer", there=self._there(indicator))
        raise _Unread

    def _own(self, indicator: Indicator, typed: Typed) -> Any:
        """The result or the option that a cell names; None for another word."""
        if isinstance(indicator, ImplementationIndicator):
            return self.words.results.get(folded(typed.text))
        if isinstance(indicator, ChoiceIndicator) and not indicator.many:
            option = self.words.option(typed.text, indicator)
            return (option,) if option is not None else None
        return None

    def _there(self, indicator: Indicator) -> str:
        return ", ".join(options(indicator, self.form, self.tongue))

    def _as_last(self, indicator: Indicator, typed: Typed) -> dict[str, Any]:
        """Last round's answer, confirmed by the office and on the day that the first sheet names."""
        before, last = self.form.before(indicator.id), self.form.last
        if before is None or last is None or not self.form.still_holds(indicator):
            self._say("answers", typed, NO_LAST, key=indicator.id, column="answer")
            raise _Unread
        office, on = self.returned.head.get("office"), self.returned.head.get("day")
        if office is None or on is None or not office.text or not on.text:
            self._say("answers", typed, NO_OFFICE, key=indicator.id, column="answer")
            raise _Unread
        day = self._day(on, Key("day"), None)
        if day.day is None:
            problem_ = problem("instructions", "day", "day", on, days.NOT_A_DATE)
            self.problems += [problem_] if problem_ not in self.problems else []
            raise _Unread
        content = before.model_dump(by_alias=True, exclude_unset=True)
        names = {id_: self.citing.carried(id_, last.evidence[id_]) for id_ in _cited_by(before) if id_ in last.evidence}
        content["evidence"] = tuple(names[id_] for id_ in before.evidence if id_ in names)
        content["values"] = tuple(
            {**one, "evidence": names[one["evidence"]]} if one.get("evidence") in names else one
            for one in content.get("values", ())
        )
        content |= {"status": self.status, "carried_from": last.round, "confirmed": {"on": str(day), "role": office.text}}
        return {name: one for name, one in content.items() if one not in ((), None)}

    def _options(self, indicator: Indicator, content: dict[str, Any], changed: Sequence[tuple[Key, Mapping[str, Typed]]]) -> None:
        if not (isinstance(indicator, ChoiceIndicator) and indicator.many):
            return
        chosen = set(content.get("choice", ()))
        for key, cells in changed:
            typed = cells.get(Column.ANSWER.value)
            if key.kind is Kind.OPTION and typed is not None:
                tick = self.words.ticks.get(folded(typed.text)) if typed.text else False
                if tick is None or key.option not in indicator.options:
                    self._say("answers", typed, NO_TICK, key=str(key), column="answer")
                    raise _Unread
                chosen = chosen | {key.option} if tick else chosen - {key.option}
        if chosen != set(content.get("choice", ())):
            content["choice"] = tuple(one for one in indicator.options if one in chosen)
        if not content.get("choice"):
            content.pop("choice", None)

    def _figures(self, indicator: Indicator, content: dict[str, Any], changed: Sequence[tuple[Key, Mapping[str, Typed]]]) -> None:
        if not isinstance(indicator, NumberIndicator | RateIndicator):
            return
        now = _packed(content) if content.get("values") else None
        if now is not None and not is_plain(now, indicator.by):
            return
        values = {figure_of(one, indicator.by): one.model_dump(exclude_unset=True) for one in (now.values if now else ())}
        for key, cells in changed:
            if not cells or key.kind not in (Kind.FIGURE, Kind.OPEN):
                continue
            figure = key.figure if key.kind is Kind.FIGURE else self._open(key, indicator)
            value = values.setdefault(figure, {name: int(word) if name == "year" else word for name, word in figure})
            typed = cells.get(Column.ANSWER.value)
            if typed is not None:
                value.pop(key.field, None)
                value |= {key.field: self._amount(typed, key, indicator)} if typed.text else {}
            typed = cells.get(Column.EVIDENCE.value)
            if typed is not None:
                value.pop("evidence", None)
                several = self._cited(typed, key, 1)
                value |= {"evidence": several[0]} if several else {}
        kept = [one for one in values.values() if any(name in one for name in ("value", "part", "whole"))]
        content.pop("values", None)
        if kept:
            content["values"] = tuple(kept)

    def _open(self, key: Key, indicator: NumberIndicator | RateIndicator) -> tuple[tuple[str, str], ...]:
        """What the figure of an open line counts, by the words before it."""
        first = Key(key.indicator, Kind.OPEN, field="part", spare=key.spare) if key.field == "whole" else key
        line = self.returned.rows.get(str(first), {})
        typed = line.get(Column.QUESTION.value) or Typed("", "")
        found = figure_in(typed.text, indicator, self.words, self._values(indicator))
        if not found:
            self._say("answers", typed, NO_FIGURE, key=str(key), column="question")
            raise _Unread
        return found

    def _values(self, indicator: Indicator) -> Iterator[Value]:
        for answer in (self.form.answer(indicator.id), self.form.before(indicator.id)):
            yield from answer.values if answer is not None else ()

    def _amount(self, typed: Typed, key: Key, indicator: NumberIndicator | RateIndicator) -> int | float | str:
        try:
            return amounts.amount(typed.text, indicator.unit == PERSONS)
        except amounts.Unreadable as why:
            self._say("answers", typed, str(why), key=str(key), column="answer")
            raise _Unread from None

    def _day(self, typed: Typed, key: Key, column: Column | None) -> Any:
        try:
            return days.day(typed.text)
        except amounts.Unreadable as why:
            sheet, name = ("answers", column.value) if column is not None else ("instructions", "day")
            self._say(sheet, typed, str(why), key=str(key), column=name)
            raise _Unread from None

    def _needs(self, typed: Typed, key: Key) -> Iterator[str]:
        for part in filter(None, (one.strip() for one in re.split(r"[;\n]", typed.text))):
            id_ = self.words.needs.get(folded(part))
            if id_ is None:
                there = ", ".join(self.tongue.of(one) for one in self.form.plan.needs.values())
                self._say("answers", Typed(typed.place, part), NO_NEED, key=str(key), column="needs", there=there)
                raise _Unread
            yield id_

    def _cited(self, typed: Typed, key: Key, most: int | None) -> tuple[str, ...]:
        found = self.citing.cited(typed, str(key), most)
        if found is None:
            raise _Unread
        return found

    def _emptied(self, indicator: Indicator, lines: Sequence[tuple[Key, Line]]) -> None:
        if self.form.answer(indicator.id) is None:  # typed and taken out again, or only an evidence left empty
            raise _Unread
        typed = _places(lines).get(Column.ANSWER.value, Typed("", ""))
        self._say("answers", typed, EMPTIED, key=indicator.id, column="answer")
        raise _Unread

    def _valid(self, content: dict[str, Any], places: Mapping[str, Typed], indicator: Indicator) -> Answer:
        try:
            return Answer.model_validate(content)
        except ValidationError:
            typed = places.get(Column.ANSWER.value) or next(iter(places.values()))
            self._say("answers", typed, NO_ANSWER, key=indicator.id)
            raise _Unread from None

    def _say(self, sheet: str, typed: Typed, message: str, key: str = "", column: str = "answer", **more: str) -> None:
        self.problems.append(problem(sheet, key, column, typed, message, **more).said(self.tongue))


def _cited_by(answer: Answer) -> Iterator[str]:
    yield from answer.evidence
    yield from (value.evidence for value in answer.values if value.evidence is not None)


def _places(lines: Sequence[tuple[Key, Line]]) -> dict[str, Typed]:
    return next((dict(line) for key, line in lines if key.kind is Kind.QUESTION), {})
