"""What the sheets that came back would change in one file of answers.

This module alone decides between several sheets, and between a sheet and a record that moved on since it was packed. Nobody wins
in silence: where two say different things, neither is taken, and both are named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workplan_cli.exchange.imports.edits import Change, Fate, compare, content_of
from workplan_cli.exchange.questionnaire.reading import Read, Reading
from workplan_cli.model.evidence import Evidence, Source
from workplan_cli.model.submission import AnswerSheet


@dataclass(frozen=True)
class Said:
    """What one sheet says: its file, the answer, and the sheet as a whole."""

    reading: Reading
    read: Read


@dataclass(frozen=True)
class Merged:
    """What becomes of the answers of some sheets. `clashes` are those on which sheets differ, by indicator."""

    changes: tuple[Change, ...]
    said: Mapping[str, Said]
    """Where each answer was read, by indicator."""
    clashes: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    edits: Mapping[str, Evidence] = field(default_factory=dict)
    """Pieces of evidence that were there and are now put otherwise."""
    edit_clashes: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


def merge(readings: Sequence[Reading], now: AnswerSheet | None, replace: bool) -> Merged:
    """What the readings of one state, round and voice come to, given the file that they are for."""
    by_indicator: dict[str, list[Said]] = {}
    for reading in readings:
        for one in reading.answers:
            by_indicator.setdefault(one.proposal.indicator, []).append(Said(reading, one))
    clashes, said, changes = {}, {}, []
    order = {one.id: place for place, one in enumerate(readings[0].form.every.values())} if readings else {}
    for id_ in sorted(by_indicator, key=lambda one: order.get(one, len(order))):
        several = by_indicator[id_]
        if len({repr(content_of(one.read.proposal.answer, one.read.proposal.evidence)) for one in several}) > 1:
            clashes[id_] = several
            continue
        first = several[0]
        (change,) = compare([first.read.proposal], now, replace or not _moved(id_, first.reading, now))
        said[id_] = first
        changes.append(change)
    edits, edit_clashes = _edits(readings, now, replace)
    sources = {id_: source for reading in readings for id_, source in reading.citing.sources.items()}
    return Merged(tuple(changes), said, clashes, edits, edit_clashes, sources)


def _moved(id_: str, reading: Reading, now: AnswerSheet | None) -> bool:
    """Whether the record's answer is another one than that which was packed."""
    there, base = now.answers.get(id_) if now is not None else None, reading.base.get(id_)
    if there is None or base is None:
        return there is not base
    return there != base and there.model_dump(exclude_defaults=True) != base.model_dump(exclude_defaults=True)


def _edits(readings: Iterable[Reading], now: AnswerSheet | None, replace: bool) -> tuple[dict[str, Evidence], tuple[str, ...]]:
    """The changed pieces of evidence; those that were changed in two ways, or in the record meanwhile, apart."""
    found: dict[str, list[tuple[Reading, Evidence]]] = {}
    for reading in readings:
        for id_, (piece, _) in reading.citing.edits.items():
            found.setdefault(id_, []).append((reading, piece))
    taken, clashes = {}, []
    for id_, several in found.items():
        reading, piece = several[0]
        there = now.evidence.get(id_) if now is not None else None
        base = reading.returned.base["pieces"].get(id_)
        as_packed = there is not None and there.model_dump(mode="json", by_alias=True, exclude_defaults=True) == base
        if any(other != piece for _, other in several) or not (as_packed or replace):
            clashes.append(id_)
        else:
            taken[id_] = piece
    return taken, tuple(clashes)


def puts(merged: Merged) -> tuple[Change, ...]:
    """The changes that are to be written."""
    return tuple(one for one in merged.changes if one.fate in (Fate.NEW, Fate.REPLACED))
