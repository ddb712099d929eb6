"""`workplan seal`: a closed round and the report on it, put under hashes. This module alone knows how that is asked for."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import DayOption, RootOption
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.settings import Settings

HELP = """Seal a closed round and the report on it: the sha256 of every file, in seals/ROUND.txt.

\b
  workplan seal 2015-2016                             the report by default
  workplan seal 2015-2016 --report report/2015-2018   this very copy of it
  workplan seal 2015-2016 --lang en,es --format html,pdf

Commit the record first, and the seal after it: the seal names the commit, from which
`workplan verify` makes the report anew on any clone. docs/rounds.md

\b
Exit codes: 0 sealed · 1 errors in the record, another report · 2 wrong use
"""


def seal(
    round_: Annotated[str, typer.Argument(metavar="ROUND", help="The round.", show_default=False)],
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="DIR", help="The report to be published: it must be the one that is sealed."),
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="The period of the report; the one that holds the round.")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="NAMES", help="As of `report`; those in DIR when not given.")
    ] = None,
    as_of: DayOption = None,
    lang: Annotated[list[str] | None, typer.Option("--lang", metavar="LANGS", help="As of `report`.")] = None,
    anew: Annotated[
        bool, typer.Option("--replace", help="In the place of the seal there is, when a round was reopened.")
    ] = False,
    root: RootOption = None,
) -> None:
    """Look, make, compare, write."""
    from workplan_cli import __version__
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.checking.seal import FOLDER, Seal, apart, closed_files, report_inputs
    from workplan_cli.cli import edition, named, options, terminal
    from workplan_cli.cli.report import formats_of
    from workplan_cli.cli.sealing import folder_of, made_anew, many, told
    from workplan_cli.cli.validate import errors
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory
    from workplan_cli.storage.write import replace

    settings = open_repository(root, options.here())
    desk = open_desk(Directory(settings.data))
    id_ = named.round_of(round_, desk.record.plan)
    files = closed_files(desk, id_)
    of_report = folder_of(options.here() / report) if report is not None else None
    kinds = formats_of(formats or _formats_in(of_report or {}))
    if errors(settings):
        terminal.say("the record has errors and is not sealed", "see what is wrong: workplan validate")
        raise typer.Exit(1)
    chosen = named.when(period, None if period else id_, None, desk.record.plan)[1].id
    wanted = edition.Wanted(chosen, (), options.day(as_of), tuple(options.words(lang or ())))
    made, pages = made_anew(Directory(settings.data), settings, wanted, kinds)
    if of_report is not None and told(list(apart(pages, of_report, f"{report}: "))):
        terminal.say(
            "the report is not the one that the record makes",
            "name how it was made: --period, --as-of, --lang, --format; or make it anew",
        )
        raise typer.Exit(1)
    site = made.sites[0]
    text = Seal(
        round=id_,
        tool=__version__,
        revision=made.whole.revision,
        commit=_commit(settings, made.whole.revision),
        period=site.report.period.id,
        as_of=site.report.as_of,
        languages=tuple(one.renderer.language for one in made.sites),
        formats=tuple(one.value for one in kinds),
        files={**files, **{f"report/{made.name}/{path}": sha256 for path, sha256 in pages.items()}},
        inputs=report_inputs(settings.root, id_),
    ).text()
    path = f"{FOLDER}/{id_}.txt"
    before = _bytes(settings.root / path)
    if before == text.encode():
        terminal.emit(f"{path} says so already; nothing to write\n")
        return
    if before is not None and not anew:
        raise WorkplanError(
            f"{path} is there, and seals something else",
            f"see what: workplan verify {id_}; to seal anew what was reopened: --replace",
        )
    replace(settings.root, path, text.encode(), before)
    sealed = f"{many(len(files), 'file')} of the round, {many(len(pages), 'file')} of the report"
    terminal.emit(f"{path}{'' if before is not None else ' (new)'}: {sealed}\n")
    terminal.emit(f"  sha256 {hashlib.sha256(text.encode()).hexdigest()}\n")
    if "\n# commit: " not in text:
        terminal.say(
            "the record as it is has not been committed, so that only a folder that is just the same can be verified",
            "commit it, and seal it again: --replace",
        )


def _commit(settings: "Settings", revision: str) -> str | None:
    """The last commit, if it holds the record just as it is."""
    from workplan_cli.cli.sealing import committed
    from workplan_cli.storage.git import repository
    from workplan_cli.storage.revision import revision_of

    git = repository(settings.root)
    last = committed(git, "HEAD") if git is not None and git.knows("HEAD") else None
    return last[0] if last is not None and revision_of(last[1]) == revision else None


def _formats_in(of_report: dict[str, str]) -> list[str]:
    """The formats of a report by the endings of its files."""
    endings = {Path(path).suffix.removeprefix(".") for path in of_report}
    return [one for one in ("html", "md", "pdf", "docx") if one in endings]


def _bytes(path: Path) -> bytes | None:
    from workplan_cli.storage.tree import Directory, Refusal

    data = Directory(path.parent).read(path.name)
    if isinstance(data, Refusal) and data.reason != "gone":
        raise WorkplanError(f"{path.parent.name}/{path.name} cannot be read: {data.found}", "move it away")
    return None if isinstance(data, Refusal) else data
