"""What every command on registers takes and writes: a register by its name, and a table in the form that is asked for."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.analysis.entries import Kept
    from workplan_cli.cli.page import Page
    from workplan_cli.model.entry import Register


class Form(StrEnum):
    """How a register is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The register, as `workplan registers` names it.")]
FormOption = Annotated[Form, typer.Option("--format", help="How it is written.")]
LanguageOption = Annotated[str | None, typer.Option("--lang", metavar="LANG", help="The language of the texts.")]


def register_named(name: str) -> "type[Register]":
    """The register of a name. Raises WorkplanError where there is none."""
    from workplan_cli.diagnostics import did_you_mean, visible
    from workplan_cli.model.registers import REGISTER_BY_NAME

    if name not in REGISTER_BY_NAME:
        hint = did_you_mean(name, REGISTER_BY_NAME, f"there are: {', '.join(REGISTER_BY_NAME)}")
        raise WorkplanError(f"there is no register '{visible(name)}'", hint)
    return REGISTER_BY_NAME[name]


def tabled(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], form: Form, page: "Page") -> None:
    """A table in the form that is asked for."""
    from workplan_cli.cli import listing
    from workplan_cli.cli.lists import Listing

    if form is Form.MARKDOWN:
        from workplan_cli.cli.markdown import MarkdownPage

        made = MarkdownPage(page.language)
        made.table(columns, rows)
        made.finish()
    else:
        listing.write(Listing(columns, rows), listing.Form(form.value))


def called(one: "Kept") -> str:
    """An entry by its holder, its register and its id."""
    return f"{one.register.kept_by} {one.register.register()} {one.entry.id}"
