"""What there is to ask about: everything in a record that has an id, with the names it goes by.

This module alone knows how a name that a reader types is matched. Accents, case and punctuation do not count: `peru` is Perú.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from workplan_cli.diagnostics import closest
from workplan_cli.model.record import Record
from workplan_cli.model.register import MeasureRegister
from workplan_cli.model.text import Text


class Kind(StrEnum):
    """What a subject is, in the order in which candidates are listed."""

    STATE = "state"
    GUIDELINE = "guideline"
    CHAPTER = "chapter"
    MANDATE = "mandate"
    INDICATOR = "indicator"
    TREATY = "treaty"
    ROUND = "round"
    MEASURE = "measure"
    SOURCE = "source"
    ENTRY = "entry"


@dataclass(frozen=True)
class Subject:
    """One thing to ask about: `id` is unique within its kind, for a measure within its `state`, for an entry within its
    `register` and its holder, whom `state` names."""

    kind: Kind
    id: str
    title: Text
    names: tuple[str, ...] = ()
    """Other names that mean it and nothing beside it: a number, a code, a title in another language."""
    state: str | None = None
    register: str | None = None


def subjects(record: Record) -> tuple[Subject, ...]:
    """Everything in the record that can be asked about."""
    return tuple(_subjects(record))


def find(words: str, among: Iterable[Subject]) -> tuple[Subject, ...]:
    """The subjects that `words` may mean: by id, as written or folded; else by another name; else by words that begin words of
    its id or a name. Empty for none."""
    wanted = folded(words)
    if not wanted:
        return ()
    among = tuple(among)
    for same in (lambda id_: id_ == words, lambda id_: folded(id_) == wanted):
        by_id = tuple(subject for subject in among if same(subject.id))
        if by_id:
            return by_id
    by_name = tuple(subject for subject in among if any(folded(name) == wanted for name in _names(subject)))
    return by_name or tuple(
        subject for subject in among if any(_holds(folded(name), wanted) for name in (subject.id, *_names(subject)))
    )


def nearest(words: str, among: Iterable[Subject]) -> str | None:
    """The id or name nearest to words that mean nothing, as it is written in the record."""
    written: dict[str, str] = {}
    for subject in among:
        for name in (subject.id, *_names(subject)):
            written.setdefault(folded(name), name)
    found = closest(folded(words), written)
    return written[found] if found is not None else None


def folded(words: str) -> str:
    """Words without accents, case and punctuation: `Côte-d'Or` and `cote d or` are the same."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


def _names(subject: Subject) -> tuple[str, ...]:
    return (*subject.title.values(), *subject.names)


def _holds(name: str, wanted: str) -> bool:
    """Whether every word wanted begins a word of the name."""
    parts = name.split()
    return all(any(part.startswith(word) for part in parts) for word in wanted.split())


def _subjects(record: Record) -> Iterator[Subject]:
    plan = record.plan
    for state in sorted(record.states.values(), key=lambda state: state.state):
        yield Subject(Kind.STATE, state.state, state.names, (*filter(None, (state.iso2,)), *state.formal.values()))
    for chapter in plan.chapters:
        for guideline in chapter.guidelines:
            names = (guideline.number.rstrip(". "), *(part.id for part in guideline.parts))
            yield Subject(Kind.GUIDELINE, guideline.id, guideline.text, names)
        yield Subject(
            Kind.CHAPTER, chapter.id, chapter.name or chapter.heading, (chapter.number.rstrip(". "), *chapter.heading.values())
        )
    for mandate in plan.mandate_by_id.values():
        yield Subject(Kind.MANDATE, mandate.id, mandate.text, (mandate.number.rstrip(". "),))
    for indicator in record.indicators.values():
        yield Subject(Kind.INDICATOR, indicator.id, indicator.question)
    for id_, register in sorted(record.treaties.items()):
        yield Subject(Kind.TREATY, id_, register.title, tuple(filter(None, (register.symbol,))))
    for round_ in plan.rounds:
        yield Subject(Kind.ROUND, round_.id, round_.note or {}, (round_.id.replace("-", "–"),))
    for code, measures in sorted(record.measures.items()):
        for measure in measures.measures:
            yield Subject(Kind.MEASURE, measure.id, measure.title, tuple(filter(None, (measure.number,))), code)
    for id_, source in sorted(record.sources.items()):
        yield Subject(Kind.SOURCE, id_, {source.language or plan.languages[0]: source.title})
    for kept in record.registers:
        if not isinstance(kept, MeasureRegister):
            for entry in kept.entries:
                yield Subject(Kind.ENTRY, entry.id, entry.title, state=kept.kept_by, register=kept.register())
