"""`workplan report`: the report on a period, as pages and as Markdown."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import DayOption, PeriodOption, RootOption, StateOption
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.cli.edition import Edition, Format
    from workplan_cli.settings import Settings

HELP = """Write the report on a period: one on all states, with a page for each state and guideline.

\b
  workplan report                              the latest period, into report/2015-2018
  workplan report --lang es --lang fr          in two languages, a folder each
  workplan report --state XAA --format html    the page of one state alone
  workplan report --format pdf                 one document to print or to send
  workplan report --format docx                one to edit in Word, on your letterhead
  workplan report --open                       and look at it

The record is checked first. One with errors is not published, unless --despite-errors
says so, and then the first page says it too. The same data gives the same bytes.

\b
Exit codes: 0 written · 1 the record has errors · 2 wrong use · 3 the tool broke
"""
_KINDS = (
    (".html", "page", "HTML"),
    (".md", "document", "Markdown"),
    (".pdf", "document", "PDF"),
    (".docx", "document", "Word"),
    (".csv", "table", "CSV"),
)


def report(
    period: PeriodOption = None,
    state: StateOption = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="NAMES", help="html, md, pdf, docx; html and md when not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The folder; report/PERIOD when not given.")] = None,
    as_of: DayOption = None,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", metavar="LANGS", help="en, es, pt, fr; the record's first when not given.")
    ] = None,
    despite_errors: Annotated[
        bool, typer.Option("--despite-errors", help="Publish a record with errors, and say so in it.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    root: RootOption = None,
) -> None:
    """Check, read, write, say where."""
    from workplan_cli.cli import edition, options, terminal
    from workplan_cli.cli.validate import errors
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.folder import replace_folder
    from workplan_cli.storage.tree import Directory

    settings = open_repository(root, options.here())
    kinds = _formats(formats or ())
    wanted = edition.Wanted(period, tuple(state or ()), options.day(as_of), tuple(options.words(lang or ())))
    problems = errors(settings)
    if problems and not despite_errors:
        many = "an error" if problems == 1 else f"{problems} errors"
        hint = "see what is wrong: workplan validate; publish it all the same, and say so in it: --despite-errors"
        terminal.say(f"the record has {many} and is not published", hint)
        raise typer.Exit(1)
    made = edition.prepare(Directory(settings.data), edition.folders(settings), wanted, problems)
    target = _outside(settings, options.here() / out if out is not None else settings.root / "report" / made.name)
    paths: list[str] = []
    with terminal.progress("writing") as progress:
        replace_folder(target, _noted(made.files(kinds, progress), paths))
    first = target / (paths[0] if kinds[0] in edition.DOCUMENTS else f"{made.first}.{kinds[0].value}")
    terminal.emit(_written(target, first, paths))
    remark(made)
    if open_:
        _open(first)


def _noted(files: Iterable[tuple[str, bytes]], paths: list[str]) -> Iterator[tuple[str, bytes]]:
    """The files as they come, their paths noted."""
    for path, content in files:
        paths.append(path)
        yield path, content


def remark(made: "Edition") -> None:
    """Say on the error stream what a reader of the report should know of its making."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.scope import complain

    complain(made.whole.unread)
    for site in made.sites:
        words, language = site.renderer.words, site.renderer.language
        if words.strangers:
            first = visible(words.strangers[0])
            terminal.say(
                f"data/i18n/{language}.po has {_many(len(words.strangers), 'message')} that no report says, such as '{first}'"
            )
        if words.owed:
            terminal.say(f"{_many(words.owed, 'message')} of the tool are not in data/i18n/{language}.po and stand in English")
        foreign = sum(one[0] == language for one in made.foreign)
        if foreign:
            are = "is" if foreign == 1 else "are"
            terminal.say(
                f"{_many(foreign, 'text')} of the record {are} not in '{language}': printed in another language, and marked so"
            )


def _formats(written: Iterable[str]) -> "tuple[Format, ...]":
    from workplan_cli.cli import options
    from workplan_cli.cli.edition import PAGES, Format

    known = tuple(one.value for one in Format)
    chosen = options.words(written)
    for word in chosen:
        if word not in known:
            raise WorkplanError(f"'{word}' is no format of a report", did_you_mean(word, known, f"allowed: {', '.join(known)}"))
    if Format.PDF.value in chosen:
        from workplan_cli.reports.pdf import require as require_pdf

        require_pdf()
    if Format.DOCX.value in chosen:
        from workplan_cli.reports.word import require as require_word

        require_word()
    return tuple(one for one in Format if one.value in chosen) or PAGES


def _outside(settings: "Settings", target: Path) -> Path:
    """The folder of a report, which is never in the record."""
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(settings.data)):
        raise WorkplanError(
            f"'{visible(str(target))}' lies in the record, and a report is none of it", "name a folder outside data/"
        )
    return target


def _written(target: Path, first: Path, paths: Iterable[str]) -> str:
    """Where the report is, and how much of it there is."""
    endings = [Path(path).suffix for path in paths]
    parts = [f"{_many(endings.count(ending), what)} ({kind})" for ending, what, kind in _KINDS if ending in endings]
    return f"wrote {_shown(target)}: {', '.join(parts)}\n  begin with {_shown(first)}\n"


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    here = os.path.relpath(path)
    return visible(str(path) if here.startswith(os.pardir) else here)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _open(page: Path) -> None:
    import webbrowser

    from workplan_cli.cli import terminal

    if not webbrowser.open(Path(os.path.abspath(page)).as_uri()):
        terminal.say("there is no browser to open it with", f"open {_shown(page)} by hand")
