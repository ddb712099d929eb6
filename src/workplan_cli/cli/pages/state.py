"""The page of a state. This module alone knows what belongs on it."""

from collections.abc import Iterator

from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.model.state import Membership, State
from workplan_cli.model.submission import AnswerSheet, Assessment, DeskReview, ParallelReport, Reply, Status, Submission


def show_state(subject: Subject, reading: Reading, page: Page) -> None:
    """Its profile, its treaties and measures, and who has spoken of it in which round."""
    state = reading.record.states[subject.id]
    page.heading(state.state, page.say(state.names))
    _show_profile(state, reading, page)
    page.section("Treaties, as checked")
    rows = [
        (id_, page.mark(sayings.as_checked(entry).value), sayings.act(entry), sayings.day(entry.checked))
        for id_, register in sorted(reading.record.treaties.items())
        if (entry := register.states.get(state.state)) is not None
    ]
    page.table(("treaty", "standing", "act", "checked"), rows)
    measures = reading.record.measures.get(state.state)
    if measures is not None and measures.measures:
        page.section("Measures")
        page.table(
            ("id", "kind", "valid", "title"),
            (
                (one.id, one.kind.value, sayings.validity(one.valid) or sayings.UNKNOWN, page.say(one.title))
                for one in measures.measures
            ),
        )
    page.section("Answers")
    page.table(("round", "voice", "answers", "handed in"), sheet_rows(state.state, reading, page))


def _show_profile(state: State, reading: Reading, page: Page) -> None:
    groups = reading.record.plan.groups
    others = dict.fromkeys(name for name in state.names.values() if name != state.names.get(page.language))
    focal = state.focal
    page.fields(
        [
            ("also called", ", ".join(others)),
            ("formal name", page.say(state.formal)),
            (
                "groups",
                ", ".join(
                    f"{page.say(groups[id_].title) if id_ in groups else id_} ({role})" for id_, role in state.groups.items()
                ),
            ),
            *((one.status, _stretch(one)) for one in state.membership),
            (
                "focal point",
                ", ".join(filter(None, (page.say(focal.institution), page.say(focal.role)))) if focal else sayings.UNKNOWN,
            ),
            ("note", state.note or ""),
            ("sources", ", ".join(state.sources)),
        ]
    )


def _stretch(membership: Membership) -> str:
    until = f" to {membership.until}" if membership.until is not None else ""
    note = f": {membership.note}" if membership.note else ""
    return f"since {sayings.day(membership.since)}{until}{note}" if not until else f"{sayings.day(membership.since)}{until}{note}"


def sheet_rows(state: str, reading: Reading, page: Page) -> Iterator[tuple[str, str, str, str]]:
    """Round, voice, number of answers and the day they were handed in; silence in a round has a row that says so."""
    for round_ in reading.record.plan.rounds:
        own = reading.cells.sheet(state, round_.id, "state")
        if own is None:
            yield round_.id, "state", page.mark("unanswered"), "no submission"
        for voice in reading.cells.voices:
            sheet = reading.cells.sheet(state, round_.id, voice)
            if sheet is not None:
                late = (
                    " (late)"
                    if sheet is own and round_.deadline and (on := _handed_in(sheet)) and on > str(round_.deadline)
                    else ""
                )
                yield round_.id, voice, _counted(sheet), (_handed_in(sheet) or "not yet") + late


def _counted(sheet: AnswerSheet) -> str:
    """How many answers there are; drafts among them, and beside them what is carried and not confirmed, which is no answer."""
    carried = sum(1 for one in sheet.answers.values() if one.status is Status.CARRIED and one.confirmed is None)
    drafts = sum(1 for one in sheet.answers.values() if one.status is Status.DRAFT)
    words = [str(len(sheet.answers) - carried)]
    if drafts:
        words.append(f"{drafts} in draft")
    if carried:
        words.append(f"{carried} carried")
    return ", ".join(words)


def _handed_in(sheet: AnswerSheet) -> str:
    """The day on which a sheet was handed in, compiled or issued; nothing where it was not yet."""
    if isinstance(sheet, Submission | ParallelReport):
        found = sheet.submitted
    elif isinstance(sheet, DeskReview):
        found = sheet.compiled
    else:
        found = sheet.issued if isinstance(sheet, Assessment | Reply) else None
    return str(found) if found is not None else ""
