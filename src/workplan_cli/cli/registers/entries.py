"""`workplan registers list` and `export`: the entries of a register, a row each."""

from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.registers.asked import Form, FormOption, LanguageOption, NameArgument, register_named, tabled
from workplan_cli.cli.scope import RootOption, StateOption
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan_cli.analysis.entries import Kept
    from workplan_cli.cli.page import Page
    from workplan_cli.model.entry import Register

LIST = """List the entries of a register, a row each, by holder.

\b
  workplan registers list materials --topic wages
  workplan registers list practices --guideline g07 --format md
  workplan registers list measures --state XAA --as-of 2018-12-31
"""
EXPORT = """Write a register as CSV, with every column; words of one cell are parted by "; "."""


def list_(
    name: NameArgument,
    state: StateOption = None,
    guideline: Annotated[list[str] | None, typer.Option("--guideline", help="Only what answers these guidelines.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="Only what is about this.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Only what held on this day.")] = None,
    form: FormOption = Form.TEXT,
    language: LanguageOption = None,
    root: RootOption = None,
) -> None:
    """Read, narrow, write."""
    from workplan_cli.analysis.entries import Narrowed, kept
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli import named, options
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    reading = read(root)
    document = register_named(name)
    record = reading.record
    holders = named.ids(tuple(state or ()), Kind.STATE, record, reading.states)
    guidelines = named.ids(tuple(guideline or ()), Kind.GUIDELINE, record, tuple(record.plan.guidelines))
    if topic is not None and topic not in record.plan.topics:
        raise WorkplanError(f"there is no topic '{topic}'", "there are: " + (", ".join(record.plan.topics) or "none"))
    found = tuple(kept(record, name, Narrowed(tuple(holders), tuple(guidelines), topic, options.day(as_of))))
    _write(document, found, form, Page(language_of(reading, language)))


def export(name: NameArgument, language: LanguageOption = None, root: RootOption = None) -> None:
    """Read, write. What waits for consent is left out, and said on the error stream."""
    from workplan_cli.analysis.entries import held_back, published
    from workplan_cli.cli import terminal
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    reading = read(root)
    document = register_named(name)
    _write(document, tuple(published(reading.record, name)), Form.CSV, Page(language_of(reading, language)))
    left = held_back(reading.record, name)
    if left:
        said = "1 entry is left out" if left == 1 else f"{left} entries are left out"
        terminal.say(f"{said}: 'consent' is not given", "see which: workplan validate --select WP615")


def _write(document: "type[Register]", found: "Sequence[Kept]", form: Form, page: "Page") -> None:
    from workplan_cli.cli import sayings

    columns = document.columns[:3] if form is Form.TEXT else (*document.columns, *_others(document))
    rows = tuple(
        (
            *(one.register.kept_by, one.entry.id),
            *(sayings.field(getattr(one.entry, column), page) for column in columns),
            page.say(one.entry.title),
        )
        for one in found
    )
    tabled(("holder", "id", *columns, "title"), rows, form, page)


def _others(document: "type[Register]") -> tuple[str, ...]:
    """The fields that every entry has and that no table of this register shows."""
    return tuple(key for key in ("valid", "covers", "voice", "sources", "note") if key not in document.columns)
