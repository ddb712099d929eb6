"""What a questionnaire asks: one row for each question, and below it one for each option or figure.

This module alone decides which rows there are. A row is known by its key, which is all that a sheet must not lose.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from urllib.parse import quote, unquote

from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Answer, AnswerSheet, Value

FORMAT = "1"
"""The version of the layout; a file of another is refused."""
MARK = "workplan:"
"""What the first cell of a sheet's hidden line begins with; what it is of follows."""
BASE = "workplan"
"""The hidden sheet that says what was packed."""
FIRST = 3
"""The line below the headings of a sheet, counted from 0."""

_SPLIT: Mapping[str, tuple[str, ...]] = {"sex": ("female", "male"), "age": ("adult", "child")}
"""The words of the dimensions that every record shares; those of others are taken from what is answered already."""
_SPARE = 3
"""Lines for figures whose words nobody has used yet."""


class Kind(StrEnum):
    """What a row is for."""

    QUESTION = "question"
    OPTION = "option"
    FIGURE = "figure"
    OPEN = "open"
    """A figure whose year or words are written by who answers."""


@dataclass(frozen=True)
class Key:
    """What a row is about. `option`, `figure` and `field` are those of an option or a figure; `spare` counts open lines."""

    indicator: str
    kind: Kind = Kind.QUESTION
    option: str = ""
    figure: tuple[tuple[str, str], ...] = ()
    """The dimensions, the year among them, in the order of the question."""
    field: str = ""
    spare: int = 0

    def __str__(self) -> str:
        if self.kind is Kind.OPTION:
            return f"{self.indicator}#{self.option}"
        if self.kind is Kind.FIGURE:
            words = ";".join(f"{quote(name)}={quote(word)}" for name, word in self.figure)
            return f"{self.indicator}#{words}#{self.field}"
        return f"{self.indicator}#+{self.spare}#{self.field}" if self.kind is Kind.OPEN else self.indicator

    @classmethod
    def read(cls, written: str) -> "Key | None":
        """The key in a cell; None where there is none."""
        indicator, *rest = written.strip().split("#")
        if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", indicator) or len(rest) > 2:
            return None
        if not rest:
            return cls(indicator)
        if len(rest) == 1:
            return cls(indicator, Kind.OPTION, option=rest[0])
        spare = re.fullmatch(r"\+([0-9]{1,3})", rest[0])
        if spare:
            return cls(indicator, Kind.OPEN, field=rest[1], spare=int(spare[1]))
        pairs = [one.partition("=") for one in rest[0].split(";") if one]
        return cls(indicator, Kind.FIGURE, figure=tuple((unquote(a), unquote(b)) for a, _, b in pairs), field=rest[1])


@dataclass(frozen=True)
class Piece:
    """A piece of evidence by the number it has in the sheet."""

    number: int
    id: str
    evidence: Evidence
    source: Source | None

    @property
    def is_restricted(self) -> bool:
        """Whether only its title and its custodian may be shown."""
        return self.evidence.access is Access.RESTRICTED or (self.source is not None and self.source.access is Access.RESTRICTED)

    @property
    def is_table(self) -> bool:
        """Whether it cites a cell of a table, which no sheet can change."""
        return bool(self.evidence.row) or self.evidence.cell is not None


@dataclass(frozen=True)
class Subject:
    """What a questionnaire is about, as it stands in the file."""

    state: str
    round: str
    voice: str
    language: str
    only: str = ""
    revision: str = ""


@dataclass(frozen=True)
class Form:
    """A questionnaire before it is written: its questions in the order of the plan, and what was answered so far."""

    subject: Subject
    plan: Plan
    indicators: tuple[Indicator, ...]
    every: Mapping[str, Indicator]
    """Every indicator of the record, for the questions that others depend on."""
    now: AnswerSheet | None
    last: AnswerSheet | None
    sources: Mapping[str, Source] = field(default_factory=dict)

    def answer(self, id_: str) -> Answer | None:
        """The answer there is."""
        return self.now.answers.get(id_) if self.now is not None else None

    def before(self, id_: str) -> Answer | None:
        """What was answered in the last round."""
        return self.last.answers.get(id_) if self.last is not None else None

    def pieces(self) -> tuple[Piece, ...]:
        """The evidence of the answers that are asked for, numbered in the order of the file."""
        if self.now is None:
            return ()
        asked = {one.id for one in self.indicators}
        cited = {name for id_, one in self.now.answers.items() if id_ in asked for name in cited_by(one)}
        there = [(id_, one) for id_, one in self.now.evidence.items() if id_ in cited]
        return tuple(Piece(place, id_, one, self.sources.get(one.source)) for place, (id_, one) in enumerate(there, 1))

    def still_holds(self, indicator: Indicator) -> bool:
        """Whether one may say "as in the last round": there is an answer, to a text whose meaning has not changed since."""
        before, guideline = self.before(indicator.id), self.plan.guidelines.get(indicator.guideline)
        if before is None or guideline is None:
            return False
        return before.revision >= guideline.meaning and not (before.status == "carried" and before.confirmed is None)

    def rows(self, indicator: Indicator) -> tuple[Key, ...]:
        """The rows of one question."""
        first = Key(indicator.id)
        if isinstance(indicator, ChoiceIndicator) and indicator.many:
            return (first, *(Key(indicator.id, Kind.OPTION, option=one) for one in indicator.options))
        if isinstance(indicator, NumberIndicator | RateIndicator):
            return (first, *self._figures(indicator))
        return (first,)

    def _figures(self, indicator: NumberIndicator | RateIndicator) -> Iterator[Key]:
        fields = ("value",) if isinstance(indicator, NumberIndicator) else ("part", "whole")
        now, before = self.answer(indicator.id), self.before(indicator.id)
        years = years_of(self.subject.round) if "year" in indicator.by else ()
        others = [name for name in indicator.by if name != "year"]
        used = [value for one in (now, before) if one is not None for value in one.values]
        words = {name: _words(name, used) for name in others}
        grid = list(_combined(others, words))
        figures = [(*((("year", str(year)),) if year else ()), *cell) for year in (years or (None,)) for cell in grid]
        there = [figure_of(value, indicator.by) for value in (now.values if now is not None else ())]
        for figure in dict.fromkeys((*figures, *there) if years or "year" not in indicator.by else there):
            yield from (Key(indicator.id, Kind.FIGURE, figure=figure, field=one) for one in fields)
        if any(name not in _SPLIT for name in others) or ("year" in indicator.by and not years):
            for spare in range(1, _SPARE + 1):
                yield from (Key(indicator.id, Kind.OPEN, field=one, spare=spare) for one in fields)


def form_of(
    subject: Subject, record: Record, indicators: Sequence[Indicator], now: AnswerSheet | None, last: AnswerSheet | None
) -> Form:
    """A questionnaire about a part of a record: the indicators in the order of the plan."""
    order = {id_: place for place, id_ in enumerate(record.plan.guidelines)}
    asked = tuple(sorted(indicators, key=lambda one: order[one.guideline]))
    return Form(subject, record.plan, asked, record.indicators, now, last, record.sources)


def years_of(round_: str) -> tuple[int, ...]:
    """The years in the name of a round: `2017-2018` is both; a name without years has none."""
    found = [int(one) for one in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", round_)]
    return tuple(range(min(found), max(found) + 1)) if found and max(found) - min(found) < 10 else ()


def figure_of(value: Value, by: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What a figure counts: its year and its words, in the order of the question."""
    given = {**({"year": str(value.year)} if value.year is not None else {}), **value.dimensions}
    order = (*(name for name in by if name in given), *sorted(name for name in given if name not in by))
    return tuple((name, given[name]) for name in order)


def is_plain(answer: Answer, by: Sequence[str]) -> bool:
    """Whether no two figures of an answer count the same, so that each has a line of its own."""
    figures = [figure_of(value, by) for value in answer.values]
    return len(set(figures)) == len(figures)


def cited_by(answer: Answer) -> Iterator[str]:
    """The ids of the evidence that an answer or one of its figures cites."""
    yield from answer.evidence
    yield from (value.evidence for value in answer.values if value.evidence is not None)


def _words(name: str, used: Sequence[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_SPLIT.get(name, ()), *(one.dimensions[name] for one in used if name in one.dimensions))))


def _combined(names: Sequence[str], words: Mapping[str, Sequence[str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """The undivided figure, then by one dimension, then by two, and so on."""
    choices = [(None, *words[name]) for name in names]
    cells = [tuple((n, w) for n, w in zip(names, cell, strict=True) if w is not None) for cell in product(*choices)]
    yield from sorted(cells, key=lambda cell: (len(cell), [names.index(name) for name, _ in cell]))
