"""`workplan round`: a round opened, looked at, closed, locked and reopened. This module alone knows how that is asked for."""

import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.checking.rounds import Act

app = typer.Typer(
    no_args_is_help=True,
    help="""Open a round, see how far it is, close it.

\b
  workplan round status 2017-2018 --as-of 2018-12-01    who has started, how far, who is late
  workplan round open 2019-2020 --deadline 2021-01-31   last round's answers are carried, to be confirmed
  workplan round close 2017-2018                        the hash of every file is kept
  workplan round lock 2017-2018                         its report is published
  workplan round reopen 2017-2018 --reason "…"          dated, with its reason

docs/rounds.md says more.
""",
)

IdArgument = Annotated[str, typer.Argument(metavar="ROUND", help="The round.", show_default=False)]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the act; today when not given.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]


class Form(StrEnum):
    """How the board is written."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"
    CALENDAR = "ics"


@app.command("open")
def open_(
    round_: IdArgument,
    on: OnOption = None,
    deadline: Annotated[str | None, typer.Option("--deadline", metavar="DATE", help="When answers are due.")] = None,
    closes: Annotated[str | None, typer.Option("--closes", metavar="DATE", help="When it is to close.")] = None,
    dry_run: DryOption = False,
    root: RootOption = None,
) -> None:
    """Open a round: its dates go into the plan, and each state's submission is pre-filled with last round's answers.

    What is carried is no answer until it is confirmed (workplan confirm) or answered anew. Figures are of their years and are
    not carried; nor is what was not known or not told.
    """
    from workplan_cli.checking import rounds
    from workplan_cli.cli.options import day

    base, desk = _opened(root)
    if round_ not in desk.record.plan.round_ids:
        _fit(round_)
    dates = {name: found for name, found in (("deadline", day(deadline)), ("closes", day(closes))) if found is not None}
    _do(base, rounds.opened(desk, round_, _today(on), dates), f"the round {round_} is open", dry_run)


@app.command()
def close(round_: IdArgument, on: OnOption = None, dry_run: DryOption = False, root: RootOption = None) -> None:
    """Close a round: the sha256 of every file in it is kept, and a file that differs from then on is a finding."""
    from workplan_cli.checking import rounds

    base, desk = _opened(root)
    id_ = _known(round_, desk)
    act = rounds.closed(desk, id_, _today(on))
    _say_what_is_unfinished(desk, id_)
    _do(base, act, f"the round {id_} is closed with {len(rounds.files_of(desk, id_))} files", dry_run)


@app.command()
def lock(round_: IdArgument, on: OnOption = None, dry_run: DryOption = False, root: RootOption = None) -> None:
    """Lock a closed round: its report is published."""
    from workplan_cli.checking import rounds

    base, desk = _opened(root)
    id_ = _known(round_, desk)
    _do(base, rounds.locked(desk, id_, _today(on)), f"the round {id_} is locked", dry_run)


@app.command()
def reopen(
    round_: IdArgument,
    reason: Annotated[str, typer.Option("--reason", help="What has to change, and at whose request.", show_default=False)],
    on: OnOption = None,
    dry_run: DryOption = False,
    root: RootOption = None,
) -> None:
    """Open a closed or locked round again: a dated entry in its log, with the reason."""
    from workplan_cli.checking import rounds

    base, desk = _opened(root)
    id_ = _known(round_, desk)
    _do(base, rounds.reopened(desk, id_, _today(on), reason), f"the round {id_} is open again", dry_run)


@app.command()
def status(
    round_: Annotated[
        str | None, typer.Argument(metavar="[ROUND]", help="The round; the last when not given.", show_default=False)
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day from which days are counted.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How it is written; md: a reminder to each state.")] = Form.TEXT,
    root: RootOption = None,
) -> None:
    """Show who has started, how far each state has come, who is late, and the days that are left."""
    from workplan_cli.cli import board
    from workplan_cli.cli.options import day

    _, desk = _opened(root)
    ids = desk.record.plan.round_ids
    if round_ is None and not ids:
        raise WorkplanError("the plan has no round", "open one: workplan round open 2019-2020")
    board.write(desk, _known(round_, desk) if round_ is not None else ids[-1], day(as_of), form.value)


def _opened(root: Path | None) -> "tuple[Path, Desk]":
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.cli.options import here
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    settings = open_repository(root, here())
    return settings.root, open_desk(Directory(settings.data))


def _known(written: str, desk: "Desk") -> str:
    from workplan_cli.cli import named

    return named.round_of(written, desk.record.plan)


def _fit(round_: str) -> None:
    import re

    from workplan_cli.model.document import PATTERNS

    if not re.fullmatch(PATTERNS["round"], round_):
        raise WorkplanError(
            f"'{visible(round_)}' cannot be the id of a round", "write small letters, digits and hyphens: 2019-2020"
        )


def _today(on: str | None) -> datetime.date:
    from workplan_cli.cli import terminal
    from workplan_cli.cli.options import day

    found = day(on)
    if found is None:
        terminal.say(f"dated {datetime.date.today()}, the day of this computer; another: --on 2018-10-01")
    return found or datetime.date.today()


def _say_what_is_unfinished(desk: "Desk", id_: str) -> None:
    """Who closes a round knows whose answers are still drafts in it, and who never handed in."""
    from workplan_cli.cli import board, terminal

    rows = board.rows(desk, id_)
    silent = [row.state for row in rows if row.submitted is None]
    drafts = [f"{row.state} {row.drafts}" for row in rows if row.drafts]
    carried = [f"{row.state} {row.carried}" for row in rows if row.carried]
    if silent:
        terminal.say(f"not handed in by {len(silent)} of {len(rows)} states: {', '.join(silent)}")
    if drafts:
        terminal.say(f"answers that stay drafts: {', '.join(drafts)}")
    if carried:
        terminal.say(f"carried answers that stay unconfirmed, and so are no answers: {', '.join(carried)}")


def _do(root: Path, act: "Act", words: str, dry_run: bool) -> None:
    """Show what an act writes, and write it; the file of the round comes last."""
    from workplan_cli.cli import terminal
    from workplan_cli.storage.write import change

    for one in act.files:
        number = act.carried.get(one.path, 0)
        more = f": {number} {'answer' if number == 1 else 'answers'} carried" if number else ""
        terminal.emit(f"data/{one.path}{'' if one.before is not None else ' (new)'}{more}\n")
    if not dry_run:
        change(root, [(f"data/{one.path}", one.data, one.before) for one in act.files])
    terminal.emit("nothing is written: --dry-run\n" if dry_run else f"{words}\n")
