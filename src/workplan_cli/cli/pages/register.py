"""The pages of the registers: a treaty, a measure, an entry of any other. This module alone knows what belongs on them."""

from collections.abc import Iterator

from workplan_cli.analysis.entries import Kept, kept
from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.model.register import TreatyRegister


def show_treaty(subject: Subject, reading: Reading, page: Page) -> None:
    """Where every state stands towards it, as checked."""
    register = reading.record.treaties[subject.id]
    page.heading(register.treaty, page.say(register.title))
    page.fields(
        [
            ("symbol", register.symbol or ""),
            ("named in", register.part or ""),
            ("depositary", register.depositary or sayings.UNKNOWN),
            ("note", register.note or ""),
        ]
    )
    page.section("As checked")
    page.table(("state", "standing", "act", "checked"), ratification_rows(register, page))
    absent = [state for state in reading.states if state not in register.states]
    page.fields([("no entry", ", ".join(absent))])
    page.quiet(reading.place(register))


def ratification_rows(register: TreatyRegister, page: Page) -> Iterator[tuple[str, str, str, str]]:
    """State, standing, act and day checked of each entry, states by code."""
    for state, ratification in sorted(register.states.items()):
        standing = page.mark(sayings.as_checked(ratification).value)
        yield state, standing, sayings.act(ratification), sayings.day(ratification.checked)


def show_measure(subject: Subject, reading: Reading, page: Page) -> None:
    """A law, policy, programme or action plan."""
    register = reading.record.measures[subject.state or ""]
    row, measure = next((row, one) for row, one in enumerate(register.measures) if one.id == subject.id)
    page.heading(f"{subject.state} {measure.id}", page.say(measure.title))
    page.fields(
        [
            ("kind", measure.kind.value),
            ("number", measure.number or ""),
            ("adopted", sayings.day(measure.adopted)),
            ("valid", sayings.validity(measure.valid) or sayings.UNKNOWN),
            ("replaces", ", ".join(measure.replaces)),
            ("replaced by", ", ".join(one.id for one in register.measures if measure.id in one.replaces)),
            ("amends", ", ".join(measure.amends)),
            ("covers", ", ".join(measure.covers)),
            ("voice", measure.voice),
            ("sources", ", ".join(measure.sources)),
            ("note", page.say(measure.note)),
        ]
    )
    for piece in measure.evidence:
        words = "restricted" if reading.is_restricted(piece) else f"“{piece.quotation}”" if piece.quotation else piece.cell or ""
        page.fields([("evidence", reading.cited(piece)), ("", words)])
    page.quiet(reading.place(register, ("measures", row)))


def show_entry(subject: Subject, reading: Reading, page: Page) -> None:
    """One entry of a register: found by its holder and its id."""
    for one in kept(reading.record, subject.register or ""):
        if (one.register.kept_by, one.entry.id) == (subject.state, subject.id):
            show_kept(one, reading, page)


def show_kept(one: Kept, reading: Reading, page: Page) -> None:
    """All that is written of an entry, its register's own fields first, and where."""
    entry, columns = one.entry, one.register.columns
    page.heading(f"{one.register.kept_by} {entry.id}", page.say(entry.title))
    shared = [key for key in type(entry).model_fields if key not in ("id", "title", "evidence", *columns)]
    own = [key for key in columns if key in type(entry).model_fields]
    page.fields((key, sayings.field(getattr(entry, key), page)) for key in (*own, *shared))
    for piece in entry.evidence:
        words = "restricted" if reading.is_restricted(piece) else f"“{piece.quotation}”" if piece.quotation else piece.cell
        page.fields([("evidence", reading.cited(piece)), ("", words or "")])
    if not entry.is_published:
        page.quiet("left out of what is published: 'consent' is not given")
    page.quiet(reading.place(one.register, (one.register.register(), one.place)))
