"""`workplan validate`: check the record and say what is wrong, where, and what to do."""

import datetime
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli import options, output, terminal
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.choice import Baseline, Chosen, Wish
    from workplan_cli.checking.outcome import Outcome
    from workplan_cli.cli.authors import Change
    from workplan_cli.diagnostics import Diagnostic
    from workplan_cli.exchange.result import Findings
    from workplan_cli.settings import Settings

HELP = """Check every file of the record, and say what is wrong, where, and what to do.

\b
  workplan validate                             all of it
  workplan validate data/states/XAA             all is checked, this is shown
  workplan validate --select WP5 --ignore WP503
  workplan validate --output-file sarif=findings.sarif
  workplan validate --changed-since main        show what is in the files that changed
  workplan validate --changed-since main --as state:XAA    and nothing else was touched?

\b
Exit codes: 0 no errors · 1 errors, or with --strict warnings too · 2 wrong use
            3 the tool broke · 130 interrupted

It reads and never writes to the record. What a code means: workplan explain rule CODE
"""


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATHS", help="Show only what is in these files and folders.")
    ] = None,
    root: Annotated[
        Path | None, typer.Option("--root", metavar="DIR", help="The repository; found from here upwards when not given.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE", help="Show only these: WP501, WP5, a name.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE", help="Do not show these.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="Hide the findings it knows.")] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="NAME", help="text, json, github, gitlab, sarif or junit.")
    ] = None,
    output_file: Annotated[
        list[str] | None, typer.Option("--output-file", metavar="FORMAT=PATH", help="Write a file besides; baseline=PATH too.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    most: Annotated[int | None, typer.Option("--max", min=0, metavar="N", help="Show at most N findings in text.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Also run the rules that need a day.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, metavar="N", help="Processes; chosen by size when not given.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read everything again.")] = False,
    since: Annotated[
        str | None, typer.Option("--changed-since", metavar="REV", help="Show only what is in files changed since.")
    ] = None,
    author: Annotated[
        str | None,
        typer.Option("--as", metavar="WHO", help="Show all, and what of the change is not theirs: state:XAA, a role, @handle."),
    ] = None,
) -> None:
    """Check, choose, show."""
    from workplan_cli.settings import open_repository

    settings = open_repository(root, options.here())
    changed = _change(settings, since, author)
    wanted = output.plan(formats or (), output_file or (), settings.data, os.environ)
    day = options.day(as_of)
    files = frozenset(changed.files) if changed is not None and author is None else None
    wish = _wish(settings.root, paths or (), options.words(select or ()), options.words(ignore or ()), files)
    known = _baseline(settings.root, baseline) if baseline is not None else None
    outcome = _check(settings, day, jobs, no_cache)
    found = _from_root(outcome)
    chosen = _choose(found, settings, known, wish, day, changed.strangers if changed is not None else ())
    findings = _result(chosen, outcome, settings.root, wanted, day)
    if wanted.is_text_only and not findings.shown:
        terminal.emit(_all_well(findings))
    else:
        output.deliver(findings, wanted, lambda to_file: _text(findings, settings.root, found, most, to_file))
    if changed is not None and changed.remark:
        terminal.say(changed.remark)
    raise typer.Exit(_exit_code(findings, strict))


def _change(settings: "Settings", since: str | None, author: str | None) -> "Change | None":
    """The change that the findings are narrowed to, or held against its author; None where none is named."""
    if since is None:
        if author is not None:
            raise WorkplanError("--as says who made a change, and none is named", "name where it began: --changed-since main")
        return None
    from workplan_cli.cli.authors import change

    return change(settings, since, author)


def errors(settings: "Settings") -> int:
    """How many errors of a record stand, as this command would show them: what the settings ignore does not count."""
    from workplan_cli.diagnostics import Severity

    found = _from_root(_check(settings, None, None, no_cache=False))
    chosen = _choose(found, settings, None, None, None)
    return sum(one.code.severity is Severity.ERROR for one in chosen.shown) if chosen is not None else 0


def _check(settings: "Settings", day: datetime.date | None, jobs: int | None, no_cache: bool) -> "Outcome":
    from workplan_cli.checking.cache import Cache
    from workplan_cli.checking.cachekey import cache_file, own_key
    from workplan_cli.checking.recall import check_or_recall
    from workplan_cli.storage.tree import Directory

    cache = Cache.none() if no_cache else Cache.open(cache_file(settings.root, day), own_key())
    with terminal.progress("checking") as progress:
        return check_or_recall(Directory(settings.data), cache, day, jobs, progress)


def _from_root(outcome: "Outcome") -> "list[Diagnostic]":
    """The findings with paths from the root of the repository instead of from `data/`."""
    from dataclasses import replace

    return [replace(one, path=f"data/{one.path}") for one in outcome.diagnostics]


def _wish(
    root: Path, paths: Iterable[Path], select: Sequence[str], ignore: Sequence[str], files: frozenset[str] | None
) -> "Wish | None":
    """What is to be shown; None for everything, which needs no list of codes."""
    places = tuple(options.place(root, path) for path in paths)
    if not (select or ignore or places) and files is None:
        return None
    from workplan_cli.checking.choice import Wish, codes_of

    if not (select or ignore):
        return Wish(paths=places, files=files)
    from workplan_cli.checking.catalogue import CODES

    return Wish(codes_of(select, CODES) if select else None, codes_of(ignore, CODES), places, files)


def _baseline(root: Path, path: Path) -> "Baseline":
    from workplan_cli.checking.choice import Baseline
    from workplan_cli.exchange.findings.baseline import read

    text = options.text_of(path, "baseline", f"write one: workplan validate --output-file baseline={path}")
    absolute, base = Path(os.path.abspath(path)), Path(os.path.abspath(root))
    name = absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else str(path)
    return Baseline(name, read(text, str(path)))


def _choose(
    found: "Sequence[Diagnostic]",
    settings: "Settings",
    known: "Baseline | None",
    wish: "Wish | None",
    day: datetime.date | None,
    always: "Sequence[Diagnostic]" = (),
) -> "Chosen | None":
    """What to show; None where nothing was found and nothing hides. The rules and their codes are asked for only where there is
    something to hold against them."""
    if not found and not settings.ignores and known is None and not always:
        return None
    from workplan_cli.checking.choice import choose

    if not settings.ignores and known is None:
        return choose(found, wish=wish, always=always)
    from workplan_cli.checking.catalogue import CODES
    from workplan_cli.rules import RULES

    asleep = frozenset(rule.code.id for rule in RULES if rule.needs_day and day is None)
    return choose(found, CODES, settings.ignores, known, wish, asleep, always)


def _result(
    chosen: "Chosen | None", outcome: "Outcome", root: Path, wanted: output.Output, day: datetime.date | None
) -> "Findings":
    from workplan_cli import __version__
    from workplan_cli.exchange.result import Findings

    result = Findings(
        files=outcome.files, counts=outcome.counts, as_of=day, version=__version__, folder=output.folder(root, os.environ)
    )
    if chosen is None:
        return result
    from dataclasses import replace

    from workplan_cli.cli.explain import first_paragraphs

    pages = first_paragraphs() if wanted.names("sarif") else {}
    return replace(result, shown=chosen.shown, known=chosen.known, hidden=chosen.hidden, pages=pages)


def _text(findings: "Findings", root: Path, found: "Iterable[Diagnostic]", most: int | None, to_file: bool) -> Iterator[str]:
    from workplan_cli.cli.findings import Paper, confidential_lines, render
    from workplan_cli.storage.tree import Directory, Refusal

    def read(path: str) -> str | None:
        data = Directory(root).read(path)
        return None if isinstance(data, Refusal) else data.decode(errors="replace")

    columns = None if to_file else terminal.width()
    paper = Paper(terminal.console(columns, plain=to_file), terminal.Glyphs() if to_file else terminal.glyphs(), columns)
    return render(findings, paper, read, confidential_lines(found), None if to_file else most)


def _all_well(findings: "Findings") -> str:
    """The text of a clean check, without what Rich would cost."""
    from workplan_cli.exchange.result import headline, inventory, not_shown

    lines = [f"{terminal.styled(terminal.glyphs().clean, '1;32')} {terminal.styled(headline(findings), '1')}"]
    lines += [f"  checked: {inventory(findings)}"] if inventory(findings) else []
    lines += [f"  not shown: {not_shown(findings)}"] if findings.hidden else []
    return "".join(f"{line}\n" for line in lines)


def _exit_code(findings: "Findings", strict: bool) -> int:
    from workplan_cli.diagnostics import Severity

    return int(any(strict or one.code.severity is Severity.ERROR for one in findings.shown))
