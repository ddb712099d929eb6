"""The page of a round, and that of a state in a round. This module alone knows what belongs on them."""

from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.indicator import show_sheet
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.cli.pages.state import sheet_rows
from workplan_cli.model.submission import voice_of


def show_round(subject: Subject, reading: Reading, page: Page) -> None:
    """Its dates, and who has spoken in it."""
    plan = reading.record.plan
    round_ = next(one for one in plan.rounds if one.id == subject.id)
    closing = reading.record.rounds.get(round_.id)
    page.heading(f"Round {round_.id}")
    page.fields(
        [
            ("opens", sayings.day(round_.opens)),
            ("deadline", sayings.day(round_.deadline)),
            ("closes", sayings.day(round_.closes)),
            ("state", closing.state.value if closing is not None else "not closed"),
            *(
                ("log", " ".join(filter(None, (str(act.on), act.act, act.reason))))
                for act in (closing.log if closing is not None else ())
            ),
            ("files kept", str(len(closing.files)) if closing is not None else ""),
            ("periods", ", ".join(one.id for one in plan.periods if round_.id in one.rounds)),
            ("note", page.say(round_.note)),
        ]
    )
    rows = [(state, *row[1:]) for state in reading.states for row in sheet_rows(state, reading, page) if row[0] == round_.id]
    page.section("Voices")
    page.table(("state", "voice", "answers", "handed in"), rows)


def show_state_in_round(state: str, round_: str, reading: Reading, page: Page) -> None:
    """All that is said of a state in a round, each voice for itself."""
    profile = reading.record.states.get(state)
    page.heading(f"{state}  {round_}", page.say(profile.names) if profile is not None else "")
    for voice in reading.cells.voices:
        sheet = reading.cells.sheet(state, round_, voice)
        if sheet is not None:
            page.section(voice_of(sheet))
            show_sheet(sheet, reading, page)
            page.quiet(reading.place(sheet))
    if reading.cells.sheet(state, round_, "state") is None:
        page.section("state")
        page.words(f"{page.mark('unanswered')}: no submission in this round")
