"""`workplan registers confirm`: the sheet that asks a state whether what is entered of it still holds."""

from typing import Annotated

import typer

from workplan_cli.cli.scope import RootOption

CONFIRM = """Write what to ask a state to confirm: its authorities and services, as Markdown to send.

\b
  workplan registers confirm XAA               in the languages of its own authorities
  workplan registers confirm XAA --lang es > XAA.md

Boxes are there to be ticked; a forge shows them as boxes.
"""


def confirm(
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state, by code or name.")],
    language: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="One language of the plan, and no other.")
    ] = None,
    root: RootOption = None,
) -> None:
    """Read, find, write as Markdown."""
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli import named, terminal
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.reports.catalogue import words
    from workplan_cli.reports.confirming import confirmation, languages_of

    reading = read(root)
    (code,) = named.ids((state,), Kind.STATE, reading.record, reading.states)
    wanted = (language_of(reading, language),) if language is not None else languages_of(reading.record, code)
    sheets = (confirmation(reading.record, code, one, words(one).translations.gettext) for one in wanted)
    terminal.emit("\n".join(sheets))
