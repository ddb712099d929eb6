"""`workplan list`: all things of one kind, a row each. This module alone knows how a list is written."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workplan_cli.cli.lists import Listing

HELP = """List the indicators, states, guidelines, mandates, rounds, treaties, sources, or the entries of a register.

\b
  workplan list indicators --guideline g01
  workplan list states --lang es
  workplan list measures --state XAA --format csv
  workplan list registers
  workplan list practices --guideline g07

On a screen long texts wrap; in a pipe each row is one line. Nothing is ever ranked.
"""


class What(StrEnum):
    """What can be listed: the keys of `lists.KINDS`, here so that `--help` need not wait for it."""

    INDICATORS = "indicators"
    STATES = "states"
    GUIDELINES = "guidelines"
    MANDATES = "mandates"
    ROUNDS = "rounds"
    TREATIES = "treaties"
    SOURCES = "sources"
    MEASURES = "measures"
    REGISTERS = "registers"
    PRACTICES = "practices"
    MATERIALS = "materials"
    ACADEMIES = "academies"
    TRAINING = "training"
    ROUTES = "routes"
    AUTHORITIES = "authorities"
    REPORTS = "reports"
    MEETINGS = "meetings"
    ASSISTANCE = "assistance"
    OBSERVANCES = "observances"
    SERVICES = "services"


class Form(StrEnum):
    """How a list is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def listing(
    what: Annotated[What, typer.Argument(help="What to list.", show_default=False)],
    chapter: Annotated[str | None, typer.Option("--chapter", help="Only this chapter's.")] = None,
    guideline: Annotated[str | None, typer.Option("--guideline", help="Only what belongs to this guideline.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Only indicators of this type, or measures of this kind.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Only this state's.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Only states in this group.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.TEXT,
    language: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="The language of the texts.")] = None,
    root: Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")] = None,
) -> None:
    """Read, narrow, write."""
    from workplan_cli.cli.lists import listed
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    options = {"chapter": chapter, "guideline": guideline, "type": type_, "state": state, "group": group}
    reading = read(root)
    page = Page(language_of(reading, language))
    write(listed(what.value, reading.record, {name: word for name, word in options.items() if word is not None}, page), form)


def write(found: "Listing", form: Form) -> None:
    """Write a list. As text it wraps on a screen; in a pipe each row is one line."""
    from workplan_cli.cli import terminal

    if form is Form.TEXT:
        from workplan_cli.cli.page import LONG, Page

        page = Page("", terminal.width() or LONG)
        page.table(found.columns, found.rows, 0)
        page.finish()
    else:
        text = _json(found) if form is Form.JSON else _csv(found)
        terminal.emit_bytes(text.encode("utf-8", "backslashreplace"))


def _json(found: "Listing") -> str:
    import json

    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _csv(found: "Listing") -> str:
    """Comma-separated, lines ended by LF. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row])
    return text.getvalue()
