"""The compendium: laws, policies, programmes, migration controls and good practices by theme, by guideline and by state.

This module alone knows which registers it compiles. What no office has agreed to is not in it: it is made of the registers' own
pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workplan_cli.model.plan import Chapter, Plan, Provision
from workplan_cli.model.text import Text
from workplan_cli.reports.labels import N_
from workplan_cli.reports.registers import WORDS, EntryView, RegisterView

COMPILED = ("measures", "practices")
PRACTICE = N_("good practice")


@dataclass(frozen=True)
class CompiledEntry:
    """An entry with the register it is from, and what it is in a word."""

    register: str
    kind: str
    number: str | None
    row: EntryView


@dataclass(frozen=True)
class Theme:
    """A chapter of the plan, and of each of its guidelines what the registers have."""

    chapter: Chapter
    guidelines: tuple[tuple[Provision, tuple[CompiledEntry, ...]], ...]

    @property
    def states(self) -> int:
        """How many holders have an entry for it."""
        return len({tuple(one.row.holder.items()) for _, entries in self.guidelines for one in entries})


@dataclass(frozen=True)
class Compendium:
    """The same entries three times: by theme and guideline, by holder, and those that name no guideline."""

    themes: tuple[Theme, ...]
    holders: tuple[tuple[Text, tuple[CompiledEntry, ...]], ...]
    apart: tuple[CompiledEntry, ...]
    held_back: int
    """How many entries are not shown, because whoever keeps them has not agreed."""
    registers: tuple[tuple[str, str], ...]
    """What it is made of: names and titles."""

    @property
    def entries(self) -> int:
        """How many entries there are, each counted once."""
        return sum(len(entries) for _, entries in self.holders)


def compendium(plan: Plan, registers: Iterable[RegisterView]) -> Compendium:
    """What the registers of measures and practices hold, put together."""
    compiled = [one for one in registers if one.name in COMPILED]
    entries = tuple(
        CompiledEntry(one.name, _kind(row), getattr(row.entry, "number", None), row) for one in compiled for row in one.rows
    )
    holders: dict[tuple[tuple[str, str], ...], list[CompiledEntry]] = {}
    for entry in sorted(entries, key=lambda one: next(iter(one.row.holder.values()), "")):
        holders.setdefault(tuple(entry.row.holder.items()), []).append(entry)
    return Compendium(
        themes=tuple(
            Theme(
                chapter,
                tuple(
                    (guideline, tuple(entry for entry in entries if guideline.id in entry.row.entry.covers))
                    for guideline in chapter.guidelines
                ),
            )
            for chapter in plan.chapters
        ),
        holders=tuple((dict(holder), tuple(found)) for holder, found in holders.items()),
        apart=tuple(entry for entry in entries if plan.guidelines.keys().isdisjoint(entry.row.entry.covers)),
        held_back=sum(one.held_back for one in compiled),
        registers=tuple((one.name, one.title) for one in compiled),
    )


def _kind(row: EntryView) -> str:
    kind = getattr(row.entry, "kind", None)
    return WORDS[kind.value] if kind is not None else PRACTICE
