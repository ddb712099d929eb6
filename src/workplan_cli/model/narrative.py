"""Words of human hand beside the record: a report's narrative, and the tool's own words put otherwise.

This module alone knows where such files lie and what their names mean. They are no documents: nothing in them is data.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workplan_cli.model.plan import Plan

NARRATIVE = "narrative/"
"""Below `data/`: `narrative/<period>/<place>.md`, or `<place>.<language>.md` for one language."""

_NARRATIVE = re.compile(r"narrative/(?P<period>[a-z0-9]+(?:[.-][a-z0-9]+)*)/(?P<name>[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)\.md")
_WORDS = re.compile(r"i18n/(?P<language>[a-z]{2,3})\.po")
_PLACES = ("opening", "treaties", "measures", "mandates", "closing")


@dataclass(frozen=True)
class Passage:
    """A file of a narrative. `language` is None for the one that stands where a language has none of its own."""

    path: str
    period: str
    place: str
    language: str | None = None


def is_narrative(path: str) -> bool:
    """Whether a file below `data/` is part of a narrative."""
    return _NARRATIVE.fullmatch(path) is not None


def words_language(path: str) -> str | None:
    """The language whose words a catalogue `i18n/<language>.po` puts otherwise; None for any other path."""
    found = _WORDS.fullmatch(path)
    return found["language"] if found else None


def places(plan: Plan, states: Iterable[str]) -> tuple[str, ...]:
    """Every place of a report that takes words of human hand, in the order of the report."""
    return (
        *_PLACES,
        *(f"chapter-{chapter.id}" for chapter in plan.chapters),
        *(f"guideline-{guideline}" for guideline in plan.guidelines),
        *(f"state-{state}" for state in sorted(states)),
    )


def passage_at(path: str, plan: Plan, states: Iterable[str]) -> Passage | None:
    """What a path below `data/` gives words for; None where no report of this plan has such a place."""
    found = _NARRATIVE.fullmatch(path)
    if found is None or all(period.id != found["period"] for period in plan.periods):
        return None
    known = places(plan, states)
    if found["name"] in known:
        return Passage(path, found["period"], found["name"])
    place, _, language = found["name"].rpartition(".")
    return Passage(path, found["period"], place, language) if place in known and re.fullmatch("[a-z]{2,3}", language) else None
