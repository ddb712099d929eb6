"""`workplan registers show`: one entry of a register, with all that is written of it."""

from typing import Annotated

import typer

from workplan_cli.cli.registers.asked import LanguageOption, NameArgument, register_named
from workplan_cli.cli.scope import RootOption
from workplan_cli.errors import WorkplanError

SHOW = (
    """Show one entry with all that is written of it, and where. Several holders may have the same id: name one with --state."""
)


def show(
    name: NameArgument,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The id of the entry.")],
    state: Annotated[str | None, typer.Option("--state", metavar="HOLDER", help="The state or other holder.")] = None,
    language: LanguageOption = None,
    root: RootOption = None,
) -> None:
    """Read, find, show."""
    from workplan_cli.analysis.entries import kept
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.pages.register import show_kept
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.diagnostics import did_you_mean, visible

    reading = read(root)
    register_named(name)
    every = tuple(kept(reading.record, name))
    found = [one for one in every if one.entry.id == entry and state in (None, one.register.kept_by)]
    if not found:
        hint = did_you_mean(entry, {one.entry.id for one in every}, f"see which there are: workplan registers list {name}")
        raise WorkplanError(f"there is no entry '{visible(entry)}' in {name}", hint)
    page = Page(language_of(reading, language))
    for one in found:
        show_kept(one, reading, page)
    page.finish()
