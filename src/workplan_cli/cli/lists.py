"""The lists of `workplan list`: the columns of each, and a row for each thing.

This module alone knows what a list shows and by what it can be narrowed. Rows stand in the record's own order, or by id where it
has none; never by a value.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from workplan_cli.analysis.entries import kept
from workplan_cli.cli.page import Page
from workplan_cli.cli.sayings import UNKNOWN, day, field, validity
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.entry import Register
from workplan_cli.model.record import Record
from workplan_cli.model.register import MeasureKind, MeasureRegister
from workplan_cli.model.registers import REGISTERS

Row = tuple[str, ...]
Narrowed = Mapping[str, str]
"""The words that a list is narrowed by, by the name of the option."""


@dataclass(frozen=True)
class Kind:
    """A list of one kind of thing: its columns, the options that narrow it, and how its rows are found."""

    columns: Row
    options: tuple[str, ...]
    rows: Callable[[Record, Narrowed, Page], Iterator[Row]]


@dataclass(frozen=True)
class Listing:
    """A list: its columns, and a row for each thing."""

    columns: Row
    rows: tuple[Row, ...]


def listed(what: str, record: Record, narrowed: Narrowed, page: Page) -> Listing:
    """The list of one kind. Raises WorkplanError for an option that it does not take, and for a word that there is not."""
    kind = KINDS[what]
    there = _there(what, record)
    for option, word in narrowed.items():
        if option not in kind.options:
            taken = " and ".join(f"--{one}" for one in kind.options)
            raise WorkplanError(f"list {what} takes no --{option}", f"it takes {taken}" if taken else "it lists all of them")
        if word not in there[option]:
            hint = did_you_mean(word, there[option], "there are: " + (", ".join(there[option]) or "none"))
            raise WorkplanError(f"there is no {option} '{visible(word)}'", hint)
    return Listing(kind.columns, tuple(kind.rows(record, narrowed, page)))


def _there(what: str, record: Record) -> dict[str, tuple[str, ...]]:
    types = tuple(dict.fromkeys(one.type for one in record.indicators.values()))
    return {
        "chapter": tuple(chapter.id for chapter in record.plan.chapters),
        "guideline": tuple(record.plan.guidelines),
        "type": types if what == "indicators" else tuple(kind.value for kind in MeasureKind),
        "state": tuple(sorted(record.states)),
        "group": tuple(record.plan.groups),
    }


def _indicators(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    chapter_of = record.plan.chapter_of
    for one in record.indicators.values():
        chapter = chapter_of[one.guideline].id if one.guideline in chapter_of else ""
        if _fits(narrowed, chapter=(chapter,), guideline=(one.guideline, *one.also), type=(one.type,)):
            yield one.id, one.type, one.kind.value, page.say(one.question)


def _states(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    for code, one in sorted(record.states.items()):
        if _fits(narrowed, group=tuple(one.groups)):
            yield code, page.say(one.names), ", ".join(one.groups)


def _guidelines(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    for chapter in record.plan.chapters:
        if _fits(narrowed, chapter=(chapter.id,)):
            yield from ((one.id, chapter.id, one.strength.value, page.say(one.text)) for one in chapter.guidelines)


def _mandates(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    for one in record.plan.mandate_by_id.values():
        yield one.id, one.strength.value, page.say(one.text)


def _rounds(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    for one in record.plan.rounds:
        closing = record.rounds.get(one.id)
        state = closing.state.value if closing is not None else "not closed"
        yield one.id, day(one.opens), day(one.deadline), day(one.closes), state


def _treaties(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    home = {part.id: guideline.id for guideline in record.plan.guidelines.values() for part in guideline.parts}
    for id_, one in sorted(record.treaties.items()):
        part = one.part or ""
        if _fits(narrowed, guideline=(home.get(part, part),)):
            yield id_, part, page.say(one.title)


def _sources(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    for id_, one in sorted(record.sources.items()):
        yield id_, day(one.date), one.access.value, one.title


def _measures(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    for state, register in sorted(record.measures.items()):
        for one in register.measures:
            if _fits(narrowed, state=(state,), type=(one.kind.value,), guideline=one.covers):
                yield state, one.id, one.kind.value, validity(one.valid) or UNKNOWN, page.say(one.title)


def _registers(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
    plan = record.plan
    for one in REGISTERS:
        files = record.kept(one.register())
        served = [
            id_
            for provisions in (plan.mandate_by_id, plan.guidelines)
            for id_, provision in provisions.items()
            if one.register() in provision.registers
        ]
        yield one.register(), str(len(files)), str(sum(len(file.entries) for file in files)), ", ".join(served)


def _entries(document: type[Register]) -> Kind:
    """The list of a register: its entries by holder, each with the first of its fields."""
    name, columns = document.register(), document.columns[:3]

    def rows(record: Record, narrowed: Narrowed, page: Page) -> Iterator[Row]:
        for one in kept(record, name):
            entry, holder = one.entry, one.register.kept_by
            if _fits(narrowed, state=(holder,), guideline=entry.covers):
                said = (field(getattr(entry, column), page) for column in columns)
                yield holder, entry.id, *said, page.say(entry.title)

    return Kind(("holder", "id", *columns, "title"), ("state", "guideline"), rows)


def _fits(narrowed: Narrowed, **has: Iterable[str]) -> bool:
    return all(word in has[option] for option, word in narrowed.items())


KINDS: dict[str, Kind] = {
    "indicators": Kind(("id", "type", "kind", "question"), ("chapter", "guideline", "type"), _indicators),
    "states": Kind(("state", "name", "groups"), ("group",), _states),
    "guidelines": Kind(("id", "chapter", "strength", "text"), ("chapter",), _guidelines),
    "mandates": Kind(("id", "strength", "text"), (), _mandates),
    "rounds": Kind(("id", "opens", "deadline", "closes", "state"), (), _rounds),
    "treaties": Kind(("id", "part", "title"), ("guideline",), _treaties),
    "sources": Kind(("id", "date", "access", "title"), (), _sources),
    "measures": Kind(("state", "id", "kind", "valid", "title"), ("state", "type", "guideline"), _measures),
    "registers": Kind(("register", "files", "entries", "for"), (), _registers),
    **{one.register(): _entries(one) for one in REGISTERS if one is not MeasureRegister},
}
