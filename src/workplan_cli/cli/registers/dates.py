"""`workplan registers calendar`: the days of the registers, for programs that keep calendars."""

from workplan_cli.cli.registers.asked import LanguageOption
from workplan_cli.cli.scope import RootOption

CALENDAR = """Write meetings, what follows from them, reports due and days kept as a calendar (.ics)."""


def calendar(language: LanguageOption = None, root: RootOption = None) -> None:
    """Read, write."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.exchange.calendar import as_calendar, happenings

    reading = read(root)
    terminal.emit_bytes(as_calendar(reading.record.plan, happenings(reading.record), language_of(reading, language)))
