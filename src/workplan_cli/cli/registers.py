"""`workplan registers`: what there is in the registers, entry by entry, and who could help whom."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan_cli.cli.scope import DayOption, RootOption, StateOption
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.entries import Kept
    from workplan_cli.analysis.scope import Scope
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.pages.reading import Reading
    from workplan_cli.model.entry import Register

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
LIST = """List the entries of a register, a row each, by holder.

\b
  workplan registers list materials --topic wages
  workplan registers list practices --guideline g07 --format md
  workplan registers list measures --state XAA --as-of 2018-12-31
"""
SHOW = (
    """Show one entry with all that is written of it, and where. Several holders may have the same id: name one with --state."""
)
EXPORT = """Write a register as CSV, with every column; words of one cell are parted by "; "."""
MATCH = """Propose who could help whom: `training` sought and offered, `assistance` asked for and offered.

A match is for people to look at; nobody is ranked. Help is asked for in the register and in
answers (needs). Proposed are open offers of it, others' practices for the guideline, and
states that report the same thing implemented with evidence that was found.
"""
DEMAND = """Show what help is asked for, by guideline and kind: in answers that stand, and in open requests."""
CALENDAR = """Write meetings, what follows from them, reports due and days kept as a calendar (.ics)."""
CONFIRM = """Write what to ask a state to confirm: its authorities and services, as Markdown to send."""

MATCHED = ("training", "assistance")

app = typer.Typer(help=HELP, rich_markup_mode=None, invoke_without_command=True)


class Form(StrEnum):
    """How a register is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The register, as `workplan registers` names it.")]
FormOption = Annotated[Form, typer.Option("--format", help="How it is written.")]
LanguageOption = Annotated[str | None, typer.Option("--lang", metavar="LANG", help="The language of the texts.")]


@app.callback()
def registers(context: typer.Context, root: RootOption = None) -> None:
    """Read, count, show."""
    if context.invoked_subcommand is not None:
        return
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.model.registers import REGISTERS

    reading = read(root)
    page = Page(language_of(reading, None))
    page.table(("register", "files", "entries", "for"), [_counted(one, reading) for one in REGISTERS], 0)
    page.finish()


def _counted(one: "type[Register]", reading: "Reading") -> tuple[str, ...]:
    files = reading.record.kept(one.register())
    plan = reading.record.plan
    served = [
        id_
        for provisions in (plan.mandate_by_id, plan.guidelines)
        for id_, provision in provisions.items()
        if one.register() in provision.registers
    ]
    return one.register(), str(len(files)), str(sum(len(file.entries) for file in files)), ", ".join(served)


@app.command("list", help=LIST)
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
    document = _named(name)
    record = reading.record
    holders = named.ids(tuple(state or ()), Kind.STATE, record, reading.states)
    guidelines = named.ids(tuple(guideline or ()), Kind.GUIDELINE, record, tuple(record.plan.guidelines))
    if topic is not None and topic not in record.plan.topics:
        raise WorkplanError(f"there is no topic '{topic}'", "there are: " + (", ".join(record.plan.topics) or "none"))
    found = tuple(kept(record, name, Narrowed(tuple(holders), tuple(guidelines), topic, options.day(as_of))))
    _write(document, found, form, Page(language_of(reading, language)))


@app.command(help=EXPORT)
def export(name: NameArgument, language: LanguageOption = None, root: RootOption = None) -> None:
    """Read, leave out what may not go out, write."""
    from workplan_cli.analysis.entries import kept, published
    from workplan_cli.cli import terminal
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    reading = read(root)
    document = _named(name)
    found = tuple(published(reading.record, name))
    held_back = sum(1 for _ in kept(reading.record, name)) - len(found)
    if held_back:
        terminal.say(f"left out: {held_back} without consent", "see which: workplan validate --select WP615")
    _write(document, found, Form.CSV, Page(language_of(reading, language)))


@app.command(help=SHOW)
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
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.diagnostics import did_you_mean, visible

    reading = read(root)
    _named(name)
    every = tuple(kept(reading.record, name))
    found = [one for one in every if one.entry.id == entry and state in (None, one.register.kept_by)]
    if not found:
        hint = did_you_mean(entry, {one.entry.id for one in every}, f"see which there are: workplan registers list {name}")
        raise WorkplanError(f"there is no entry '{visible(entry)}' in {name}", hint)
    page = Page(language_of(reading, language))
    for one in found:
        page.heading(f"{one.register.kept_by} {one.entry.id}", page.say(one.entry.title))
        keys = [key for key in type(one.entry).model_fields if key not in ("id", "title", "evidence")]
        page.fields((key, said(getattr(one.entry, key), page)) for key in _order(one.register, keys))
        for piece in one.entry.evidence:
            words = "restricted" if reading.is_restricted(piece) else f"“{piece.quotation}”" if piece.quotation else piece.cell
            page.fields([("evidence", reading.cited(piece)), ("", words or "")])
        page.quiet(reading.place(one.register, (name, one.place)))
    page.finish()


@app.command(help=MATCH)
def match(
    name: NameArgument,
    as_of: DayOption = None,
    form: FormOption = Form.TEXT,
    language: LanguageOption = None,
    root: RootOption = None,
) -> None:
    """Read, match, show."""
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.diagnostics import visible

    if name not in MATCHED:
        raise WorkplanError(f"'{visible(name)}' is not matched", f"allowed: {', '.join(MATCHED)}")
    reading = read(root)
    page = Page(language_of(reading, language))
    rows = tuple(_programmes(reading) if name == "training" else _helps(reading, as_of))
    _tabled(("asked for", "could help", "in common"), rows, form, page)


@app.command(help=DEMAND)
def demand(
    as_of: DayOption = None, form: FormOption = Form.TEXT, language: LanguageOption = None, root: RootOption = None
) -> None:
    """Read, gather, show."""
    from workplan_cli.analysis.demand import askings
    from workplan_cli.analysis.demand import demand as gathered
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    reading = read(root)
    page = Page(language_of(reading, language))
    cells, scope = _standing(reading, as_of)
    needs = reading.record.plan.needs
    rows = tuple(
        (one.guideline or "not named", page.say(needs.get(one.need), one.need), one.voice, ", ".join(one.holders))
        for one in gathered(askings(cells, scope, cells.voices), scope)
    )
    _tabled(("guideline", "help", "voice", "asked for by"), rows, form, page)


def _programmes(reading: "Reading") -> Iterator[tuple[str, str, str]]:
    from workplan_cli.analysis.entries import shared_training

    for one in shared_training(reading.record):
        yield _called(one.asks), _called(one.has), ", ".join(one.because)


def _helps(reading: "Reading", as_of: str | None) -> Iterator[tuple[str, str, str]]:
    from workplan_cli.analysis.demand import helps
    from workplan_cli.analysis.gaps import Example
    from workplan_cli.cli.named import ANSWERING

    cells, scope = _standing(reading, as_of)
    for one in helps(cells, scope, tuple(voice for voice in ANSWERING if voice in cells.voices)):
        asks = _called(one.asking.entry) if one.asking.entry else f"{one.asking.holder} answer {one.asking.indicator}"
        has = (
            f"{one.has.state} {one.has.voice}: {one.has.indicator} implemented"
            if isinstance(one.has, Example)
            else _called(one.has)
        )
        yield asks, has, ", ".join(one.because)


def _standing(reading: "Reading", as_of: str | None) -> "tuple[Cells, Scope]":
    """The answers that stand in the latest period, on its day or another."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.scope import narrow
    from workplan_cli.cli import named, options

    plan, day = reading.record.plan, options.day(as_of)
    _, period = named.when(None, None, day, plan)
    scope = narrow(plan, reading.record.indicators, period, reading.states, as_of=day)
    return Cells(reading.record, reading.verified, scope.as_of), scope


def _tabled(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], form: Form, page: "Page") -> None:
    from workplan_cli.cli import listing
    from workplan_cli.cli.lists import Listing

    if form is Form.MARKDOWN:
        from workplan_cli.cli.markdown import MarkdownPage

        made = MarkdownPage(page.language)
        made.table(columns, rows)
        made.finish()
    else:
        listing.write(Listing(columns, rows), listing.Form(form.value))


@app.command(help=CALENDAR)
def calendar(language: LanguageOption = None, root: RootOption = None) -> None:
    """Read, write."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.exchange.calendar import as_calendar, happenings

    reading = read(root)
    terminal.emit_bytes(as_calendar(reading.record.plan, happenings(reading.record), language_of(reading, language)))


@app.command(help=CONFIRM)
def confirm(
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state, by code or name.")],
    language: LanguageOption = None,
    root: RootOption = None,
) -> None:
    """Read, find, write as Markdown."""
    from workplan_cli.analysis.entries import Narrowed, kept
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli import named
    from workplan_cli.cli.markdown import MarkdownPage
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.model.registers import AuthorityRegister, ServiceRegister

    reading = read(root)
    (code,) = named.ids((state,), Kind.STATE, reading.record, reading.states)
    page = MarkdownPage(language_of(reading, language))
    profile = reading.record.states.get(code)
    page.heading(f"{code}", page.say(profile.names) if profile is not None else "")
    page.words("Please say of each line whether it still holds, or write what holds now, and the day.")
    for document, key in ((AuthorityRegister, "confirmed"), (ServiceRegister, "checked")):
        found = tuple(kept(reading.record, document.register(), Narrowed(holders=(code,))))
        page.section(document.register().capitalize())
        if not found:
            page.words("Nothing is entered. Please name what there is.")
        for one in found:
            page.caption(page.say(one.entry.title))
            page.fields((field, said(getattr(one.entry, field), page)) for field in document.columns)
            page.words(f"Last {key}: {said(getattr(one.entry, key), page) or 'never'}. Still so? [ ] yes  [ ] no, now:")
    page.finish()


def _named(name: str) -> "type[Register]":
    from workplan_cli.diagnostics import did_you_mean, visible
    from workplan_cli.model.registers import REGISTER_BY_NAME

    if name not in REGISTER_BY_NAME:
        hint = did_you_mean(name, REGISTER_BY_NAME, f"there are: {', '.join(REGISTER_BY_NAME)}")
        raise WorkplanError(f"there is no register '{visible(name)}'", hint)
    return REGISTER_BY_NAME[name]


def _write(document: "type[Register]", found: "Sequence[Kept]", form: Form, page: "Page") -> None:
    columns = document.columns[:3] if form is Form.TEXT else (*document.columns, *_others(document))
    rows = tuple(
        (
            *(one.register.kept_by, one.entry.id),
            *(said(getattr(one.entry, column), page) for column in columns),
            page.say(one.entry.title),
        )
        for one in found
    )
    _tabled(("holder", "id", *columns, "title"), rows, form, page)


def _others(document: "type[Register]") -> tuple[str, ...]:
    """The fields that every entry has and that no table of this register shows."""
    return tuple(key for key in ("valid", "covers", "voice", "sources", "note") if key not in document.columns)


def _order(register: "Register", keys: Iterable[str]) -> list[str]:
    """A register's own columns first."""
    keys = list(keys)
    own = [key for key in register.columns if key in keys]
    return own + [key for key in keys if key not in own]


def _called(one: "Kept") -> str:
    return f"{one.register.kept_by} {one.register.register()} {one.entry.id}"


def said(value: Any, page: "Page") -> str:
    """What a field says, on one line; nothing for what is not there."""
    from workplan_cli.cli import sayings
    from workplan_cli.model.text import Model
    from workplan_cli.model.time import Validity

    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Validity():
            return sayings.validity(value)
        case dict():
            return page.say(value)
        case tuple():
            return "; ".join(said(one, page) for one in value)
        case Model():
            return ", ".join(filter(None, (said(part, page) for key, part in value if key != "id")))
        case _:
            return str(value)
