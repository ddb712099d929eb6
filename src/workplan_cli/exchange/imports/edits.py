"""What an import would change in the files of a record: answers compared with those that are there.

This module alone decides when an answer is the import's own, and when someone's work would be lost. Whatever else a file
holds is not looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workplan_cli.exchange.imports.proposals import Proposal, free_id
from workplan_cli.model.evidence import Access, Evidence
from workplan_cli.model.submission import Answer, AnswerSheet, Confirmation, Value
from workplan_cli.model.time import Validity


class Fate(StrEnum):
    """What becomes of a proposed answer."""

    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"
    """There is another answer, which stays."""
    REPLACED = "replaced"
    """There is another answer, which goes because that was asked for."""
    CHANGED = "changed"
    """An entry of a register is there, which says less: something is added to it."""


@dataclass(frozen=True)
class Change:
    """A proposed answer, what becomes of it, and the difference in words, each with `+` or `-`."""

    proposal: Proposal
    fate: Fate
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SheetEdit:
    """What is to be put into one file, and the evidence that goes from it because nothing cites it any more."""

    answers: Mapping[str, Answer]
    evidence: Mapping[str, Evidence]
    without: frozenset[str] = frozenset()


def compare(proposals: Iterable[Proposal], sheet: AnswerSheet | None, replace: bool) -> list[Change]:
    """What becomes of the answers proposed for one file, given what it holds."""
    return [_change(one, sheet, replace) for one in proposals]


def edit(changes: Iterable[Change], sheet: AnswerSheet | None) -> SheetEdit:
    """What is to be written for the answers that are new or replaced."""
    put = [one.proposal for one in changes if one.fate in (Fate.NEW, Fate.REPLACED)]
    others = {
        id_: answer for id_, answer in (sheet.answers if sheet else {}).items() if id_ not in {one.indicator for one in put}
    }
    there = dict(sheet.evidence) if sheet else {}
    cited = {name for answer in others.values() for name in cited_by(answer)}
    ours = {piece.source for one in put for piece in one.evidence.values()}
    dropped = {name for one in put if sheet and (old := sheet.answers.get(one.indicator)) for name in cited_by(old)}
    without = {name for name in dropped - cited if name in there and there[name].source in ours}
    taken = {name: piece for name, piece in there.items() if name not in without}
    answers: dict[str, Answer] = {}
    evidence: dict[str, Evidence] = {}
    for one in put:
        names = {}
        for name, piece in one.evidence.items():
            names[name] = name if taken.get(name) == piece else free_id(name, {**taken, **evidence})
            evidence[names[name]] = piece
        answers[one.indicator] = _citing(one.answer, names)
    evidence = {name: piece for name, piece in evidence.items() if taken.get(name) != piece}
    return SheetEdit(answers, evidence, frozenset(without))


def cited_by(answer: Answer) -> Iterator[str]:
    """The ids of the evidence that an answer or one of its figures cites."""
    yield from answer.evidence
    yield from (value.evidence for value in answer.values if value.evidence is not None)


def _citing(answer: Answer, names: Mapping[str, str]) -> Answer:
    """The answer with other ids for its evidence."""
    values = tuple(
        value.model_copy(update={"evidence": names[value.evidence]}) if value.evidence else value for value in answer.values
    )
    update = {
        name: given for name, given in (("values", values), ("evidence", tuple(names[id_] for id_ in answer.evidence))) if given
    }
    return answer.model_copy(update=update)


def _change(proposal: Proposal, sheet: AnswerSheet | None, replace: bool) -> Change:
    old = sheet.answers.get(proposal.indicator) if sheet else None
    new_words = words_of(proposal.answer)
    if old is None or sheet is None:
        return Change(proposal, Fate.NEW, tuple(("+", words) for words in new_words))
    if content_of(old, sheet.evidence) == content_of(proposal.answer, proposal.evidence):
        return Change(proposal, Fate.SAME)
    old_words = words_of(old)
    fields_gone, fields_come = _fields(old, proposal.answer)
    gone, come = [*_besides(old_words, new_words), *fields_gone], [*_besides(new_words, old_words), *fields_come]
    if not gone and not come:
        cited, cites = _pieces(old, sheet.evidence), _pieces(proposal.answer, proposal.evidence)
        gone, come = _besides(cited, cites), _besides(cites, cited)
    words = (*(("-", words) for words in gone), *(("+", words) for words in come))
    return Change(proposal, Fate.REPLACED if replace else Fate.CONFLICT, words)


def content_of(answer: Answer, evidence: Mapping[str, Evidence]) -> dict[str, Any]:
    """All that an answer says, its evidence written out, so that names of evidence and the order of figures do not matter."""
    content = answer.model_dump(exclude_defaults=True, by_alias=True)
    content["evidence"] = sorted(repr(evidence.get(name)) for name in answer.evidence)
    content["values"] = sorted(repr((_figure(value), evidence.get(value.evidence or ""))) for value in answer.values)
    return content


def _figure(value: Value) -> tuple[Any, ...]:
    return value.year, value.value, value.part, value.whole, *sorted(value.dimensions.items())


def words_of(answer: Answer) -> list[str]:
    """What an answer says, a line for each figure."""
    if answer.values:
        return [_figure_words(value) for value in answer.values]
    said = [str(one) for one in (answer.result, answer.absence, answer.date, ", ".join(answer.choice)) if one]
    return [*said, *(f"{language}: {text}" for language, text in (answer.text or {}).items())]


def told(answer: Answer, evidence: Mapping[str, Evidence]) -> list[str]:
    """All that an answer says and cites, in words, but for its revision and whether it is a draft."""
    none = Answer(revision=answer.revision, status=answer.status)
    return [*words_of(answer), *_fields(none, answer)[1], *_pieces(answer, evidence)]


def _figure_words(value: Value) -> str:
    amounts = [str(value.value)] if value.value is not None else []
    if value.part is not None and value.whole is not None:
        amounts.append(f"{value.part} of {value.whole}")
    else:
        amounts += [f"{name} {given}" for name in ("part", "whole") if (given := getattr(value, name)) is not None]
    year = [str(value.year)] if value.year is not None else []
    return " ".join((*year, *value.dimensions.values(), *amounts))


def _besides(words: Sequence[str], others: Sequence[str]) -> list[str]:
    return [one for one in words if one not in others]


def _fields(old: Answer, new: Answer) -> tuple[list[str], list[str]]:
    """The other fields in which two answers differ, in words."""
    gone, come = [], []
    for name in _FIELDS:
        was, will = getattr(old, name, None), getattr(new, name, None)
        if was != will:
            gone += [f"{name} {_said(was)}"] if was else []
            come += [f"{name} {_said(will)}"] if will else []
    return gone, come


_FIELDS = ("to", "revision", "status", "carried_from", "valid", "needs", "reason", "note", "confirmed")


def _pieces(answer: Answer, evidence: Mapping[str, Evidence]) -> list[str]:
    """What an answer cites, a line for each document; of a restricted one its id."""
    found = []
    for piece in filter(None, (evidence.get(name) for name in dict.fromkeys(cited_by(answer)))):
        parts = (piece.source, piece.pinpoint, piece.quotation, *(f"{name}: {cell}" for name, cell in piece.row.items()))
        parts = (*parts, piece.column, piece.cell, piece.language, piece.url, *(piece.note or {}).values())
        is_open = piece.access is Access.PUBLIC
        found.append(f"evidence {'; '.join(filter(None, parts)) if is_open else f'{piece.source}; restricted'}")
    return found


def _said(given: Any) -> str:
    if isinstance(given, dict):
        return next(iter(given.values())) if len(given) == 1 else "; ".join(f"{name}: {words}" for name, words in given.items())
    if isinstance(given, Validity):
        ends = (("from", given.since), ("to", given.until))
        return " ".join(f"{name} {day}" for name, day in ends if day is not None)
    if isinstance(given, Confirmation):
        return f"on {given.on} by {given.role}"
    return ", ".join(map(str, given)) if isinstance(given, tuple) else str(given)
