"""Entries of registers: narrowed to what someone asks about, counted, and matched with one another.

This module alone knows which entry of one holder fits which of another. A match is a proposal for people to look at, and never a
judgement: order is by holder and id.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.record import Record
from workplan_cli.model.registers import (
    Material,
    MaterialRegister,
    Training,
    TrainingKind,
    TrainingRegister,
)
from workplan_cli.model.time import Validity


@dataclass(frozen=True)
class Kept:
    """An entry, and where it stands in its holder's file."""

    register: Register
    place: int
    entry: Entry


@dataclass(frozen=True)
class Narrowed:
    """What is asked about; empty for all."""

    holders: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()
    topic: str | None = None
    as_of: datetime.date | None = None
    """Only what had begun and not ended on this day, as far as is known."""


@dataclass(frozen=True)
class Pair:
    """What one asks for, what another has, and in what they meet."""

    asks: Kept
    has: Kept
    because: tuple[str, ...]


def kept(record: Record, name: str, narrowed: Narrowed | None = None) -> Iterator[Kept]:
    """The entries of a register, by holder and in the order of each file."""
    narrowed = narrowed or Narrowed()
    for register in record.kept(name):
        for place, entry in enumerate(register.entries):
            if _fits(register, entry, narrowed):
                yield Kept(register, place, entry)


def published(record: Record, name: str, narrowed: Narrowed | None = None) -> Iterator[Kept]:
    """The entries of a register that may go out of the repository."""
    return (one for one in kept(record, name, narrowed) if one.entry.is_published)


def held_back(record: Record, name: str) -> int:
    """How many entries of a register are not published."""
    return sum(not one.entry.is_published for one in kept(record, name))


def _fits(register: Register, entry: Entry, narrowed: Narrowed) -> bool:
    return (
        (not narrowed.holders or register.kept_by in narrowed.holders)
        and (not narrowed.guidelines or not frozenset(narrowed.guidelines).isdisjoint(entry.covers))
        and (narrowed.topic is None or narrowed.topic in getattr(entry, "topics", ()))
        and (narrowed.as_of is None or entry.valid is None or _holds(entry.valid, narrowed.as_of))
    )


def _holds(valid: Validity, day: datetime.date) -> bool:
    return not valid.expired(day) and (valid.since is None or valid.since.earliest <= day)


def coverage_of_materials(record: Record) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """For each audience of the plan, how many materials there are in each of its languages; zero is a gap."""
    found = [one.entry for one in kept(record, MaterialRegister.register()) if isinstance(one.entry, Material)]

    def number(audience: str, language: str) -> int:
        return sum(audience in one.audiences and language in one.languages for one in found)

    return tuple(
        (audience, tuple(number(audience, language) for language in record.plan.languages)) for audience in record.plan.audiences
    )


def shared_training(record: Record) -> tuple[Pair, ...]:
    """The programmes sought, each with those that others offer and that fit."""
    return tuple(_training(tuple(kept(record, TrainingRegister.register()))))


def _training(found: Sequence[Kept]) -> Iterator[Pair]:
    """Programmes sought, each with those offered by others: a common audience, topic and language, dates that meet, and a place
    that can be reached: online, or with whoever offers."""
    for asks in found:
        for has in found:
            sought, offered = asks.entry, has.entry
            if not isinstance(sought, Training) or not isinstance(offered, Training):
                continue
            if sought.kind is not TrainingKind.SOUGHT or offered.kind is not TrainingKind.OFFERED:
                continue
            common = [
                tuple(word for word in getattr(sought, key) if word in getattr(offered, key))
                for key in ("audiences", "topics", "languages")
            ]
            is_reached = offered.online or not sought.places or not set(sought.places).isdisjoint(_places(has))
            if (
                asks.register.kept_by != has.register.kept_by
                and all(common)
                and is_reached
                and _meet(sought.valid, offered.valid)
            ):
                yield Pair(asks, has, (*(word for words in common for word in words), *(("online",) if offered.online else ())))


def _places(one: Kept) -> tuple[str, ...]:
    own = (one.register.state_code,) if one.register.state_code else ()
    places: tuple[str, ...] = getattr(one.entry, "places", ())
    return places or own


def _meet(one: Validity | None, other: Validity | None) -> bool:
    """Whether two times may meet: an end that nobody knows forbids nothing."""
    for first, second in ((one, other), (other, one)):
        begins = first.since if first is not None else None
        ends = second.until if second is not None else None
        if begins is not None and ends is not None and ends.latest < begins.earliest:
            return False
    return True
