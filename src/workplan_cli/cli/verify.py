"""`workplan verify`: a round and its report held against their seal.

This module alone knows from which record a sealed report is made anew: the one that is here, if it is the same, or else that of
a commit that holds it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.seal import Seal
    from workplan_cli.settings import Settings
    from workplan_cli.storage.tree import Tree

HELP = """Verify a seal: are the files of the round those that were sealed, and does the record make that report?

\b
  workplan verify                          every seal in seals/
  workplan verify 2015-2016                the seal of one round
  workplan verify 2015-2016 --report DIR   and a copy of the report

\b
Exit codes: 0 all is as it was sealed · 1 something differs · 2 wrong use
"""


def verify(
    seal_: Annotated[
        str | None, typer.Argument(metavar="[SEAL]", help="A round, or a file; all in seals/ when not given.", show_default=False)
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="DIR", help="A copy of the report to look at too.")] = None,
    root: RootOption = None,
) -> None:
    """Read, look at the round, make the report anew, look at the copy."""
    from workplan_cli.checking.seal import FOLDER, read_seal
    from workplan_cli.cli import options, terminal
    from workplan_cli.cli.sealing import folder_of, many, told
    from workplan_cli.settings import open_repository

    settings = open_repository(root, options.here())
    there = sorted((settings.root / FOLDER).glob("*.txt"))
    if seal_ is not None and ("/" in seal_ or seal_.endswith(".txt")):
        paths = [options.here() / seal_]
    else:
        paths = [one for one in there if seal_ is None or one.stem == seal_]
    if not paths:
        what = f"seal of the round '{visible(seal_)}'" if seal_ is not None else "seal in seals/"
        known = ", ".join(one.stem for one in there)
        raise WorkplanError(f"there is no {what}", f"there are: {visible(known)}" if known else "make one: workplan seal ROUND")
    if report is not None and len(paths) > 1:
        raise WorkplanError(
            f"there are {len(paths)} seals, and one report", "name the round it is on: workplan verify ROUND --report DIR"
        )
    of_report = folder_of(options.here() / report) if report is not None else None
    bad = 0
    for path in paths:
        sealed = read_seal(options.text_of(path, "seal", "see which there are: seals/"), path.name)
        if of_report is not None and of_report.keys().isdisjoint(sealed.of_report):
            raise WorkplanError(
                f"'{visible(str(report))}' holds no page of the sealed report", "name the folder with its index.html"
            )
        found = _differences(settings, sealed, of_report, str(report))
        bad += told(found)
        if not found:
            what = f"{many(len(sealed.of_round), 'file')} of the round and {many(len(sealed.of_report), 'file')} of the report"
            terminal.emit(f"{terminal.glyphs().clean} {visible(path.name)}: {what} are as they were sealed\n")
    raise typer.Exit(1 if bad else 0)


def _differences(settings: "Settings", sealed: "Seal", of_report: dict[str, str] | None, copy: str) -> list[str]:
    """What is not as it was sealed, by name."""
    from workplan_cli import __version__
    from workplan_cli.checking.seal import apart, apart_anew, report_inputs, round_files
    from workplan_cli.cli import edition, terminal
    from workplan_cli.cli.report import formats_of
    from workplan_cli.cli.sealing import made_anew
    from workplan_cli.storage.tree import Directory

    found = list(apart(sealed.of_round, round_files(Directory(settings.data), sealed.round)))
    if sealed.tool != __version__:
        terminal.say(
            f"the seal was made with workplan {sealed.tool}, and this is {__version__}: pages may differ for that alone",
            f"what differs here may be the same with that version: install workplan-cli {sealed.tool}, and verify again",
        )
    then, why = _record_then(settings, sealed)
    inputs = list(apart(sealed.inputs, report_inputs(settings.root, sealed.round))) if sealed.inputs else []
    if then is None:
        found += [why, *inputs]
    else:
        wanted = edition.Wanted(sealed.period, (), sealed.as_of, sealed.languages)
        _, pages = made_anew(then, settings, wanted, formats_of(sealed.formats))
        others = list(apart_anew(sealed.of_report, pages))
        if others:
            how = f"{sealed.period} as of {sealed.as_of}, in {', '.join(sealed.languages)}, as {', '.join(sealed.formats)}"
            terminal.say(visible(f"the report was made anew as the seal says: {how}"))
            # The record is that of the seal; what the pages are made with is what is here.
            others = [one for one in inputs if not one.startswith("data/")] + others
        found += others
    if of_report is not None:
        found += apart(sealed.of_report, of_report, f"{copy}: ")
    return found


def _record_then(settings: "Settings", sealed: "Seal") -> "tuple[Tree | None, str]":
    """The record as it was sealed: the one that is here, or that of the commit; None, and why, where neither is it."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.sealing import committed
    from workplan_cli.storage.git import repository
    from workplan_cli.storage.revision import revision_of
    from workplan_cli.storage.tree import Directory

    here = Directory(settings.data)
    revision = revision_of(here)
    if revision == sealed.revision:
        return here, ""
    changed = f"the record is another now: revision {revision}, and {visible(sealed.revision)} was sealed"
    git = repository(settings.root)
    for name in (sealed.commit, "HEAD"):
        if git is None or name is None or not git.knows(name):
            continue
        then = committed(git, name)
        if then is not None and revision_of(then[1]) == sealed.revision:
            terminal.say(f"the record has changed since; the report is made from the commit {then[0][:12]}")
            return then[1], ""
    hint = "; this clone has only the last commits: git fetch --unshallow" if git is not None and git.shallow else ""
    return None, f"{changed}; no commit is here that holds it, and its report cannot be made anew{hint}"
