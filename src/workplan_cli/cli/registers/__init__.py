"""`workplan registers`: what there is in the registers, entry by entry, and who could help whom."""

import typer

from workplan_cli.cli.registers.confirming import CONFIRM, confirm
from workplan_cli.cli.registers.dates import CALENDAR, calendar
from workplan_cli.cli.registers.entries import EXPORT, LIST, export, list_
from workplan_cli.cli.registers.matching import DEMAND, MATCH, demand, match
from workplan_cli.cli.registers.showing import SHOW, show
from workplan_cli.cli.scope import RootOption

HELP = """Look into the registers: practices, authorities, meetings, services and the others.

\b
  workplan registers                           which there are, and for which mandate
  workplan registers list practices            the entries of one
  workplan registers show meetings second-meeting
  workplan registers export authorities > authorities.csv
  workplan registers match training            who offers what another looks for
  workplan registers match assistance          who could help with what is asked for
  workplan registers demand                    what help is asked for, by guideline and kind
  workplan registers confirm XAA               what to ask a state to confirm
  workplan registers calendar > dates.ics      meetings and due dates
"""

app = typer.Typer(help=HELP, rich_markup_mode=None, invoke_without_command=True)
app.command("list", help=LIST)(list_)
app.command(help=EXPORT)(export)
app.command(help=SHOW)(show)
app.command(help=MATCH)(match)
app.command(help=DEMAND)(demand)
app.command(help=CALENDAR)(calendar)
app.command(help=CONFIRM)(confirm)


@app.callback()
def registers(context: typer.Context, root: RootOption = None) -> None:
    """Read, count, show."""
    if context.invoked_subcommand is not None:
        return
    from workplan_cli.cli.lists import listed
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    reading = read(root)
    page = Page(language_of(reading, None))
    found = listed("registers", reading.record, {}, page)
    page.table(found.columns, found.rows, 0)
    page.finish()
