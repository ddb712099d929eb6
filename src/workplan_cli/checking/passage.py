"""A piece of a report's narrative begun: which file it is, and whether the report has such a place.

This module alone knows what a new passage needs. It is prose, so that it goes in as it was given.
"""

from workplan_cli.checking.amend import found_in_all, refuse_errors
from workplan_cli.checking.desk import Desk
from workplan_cli.checking.draft import Draft
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.narrative import NARRATIVE, places

WORD = "narrative"
NAMES = ("period", "place")


def places_of(desk: Desk) -> tuple[str, ...]:
    """Every place of a report that takes words of human hand."""
    return places(desk.record.plan, desk.record.states)


def begun(desk: Desk, period: str, place: str, words: str, language: str | None) -> Draft:
    """A passage with its words; in one language, or where `language` is None for every one that has none of its own.

    Raises WorkplanError where a report has no such place, where it has words there already, or where a rule stands against it.
    """
    periods = [one.id for one in desk.record.plan.periods]
    for what, name, there in (("period", period, periods), ("place of a report", place, places_of(desk))):
        if name not in there:
            raise WorkplanError(
                f"there is no {what} '{visible(name)}'", did_you_mean(name, there, f"there are: {', '.join(there) or 'none'}")
            )
    path = f"{NARRATIVE}{period}/{place}{f'.{language}' if language else ''}.md"
    if path in desk.paths:
        raise WorkplanError(f"data/{path} is there already", "open it; a file that is there is never overwritten")
    data = f"{words.strip()}\n".encode()
    found = found_in_all(desk, {path: data})
    refuse_errors(found)
    return Draft(path, data, None, (), found)
