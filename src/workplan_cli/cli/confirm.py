"""`workplan confirm`: what was carried from the last round still holds. This module alone knows how that is asked for."""

import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.cli.amending import Sitting
    from workplan_cli.model.submission import Answer

HELP = """Confirm answers that were carried from the last round and still hold.

\b
  workplan confirm XAA                                show those that wait
  workplan confirm XAA g02-focal --role "Work Unit"   confirm one, as of today
  workplan confirm XAA --all-shown --role "…"         confirm all that can be
  workplan confirm XAA g05-fees --seen 2 --role "…"   revision 2 has been read

A text that has changed in meaning since is shown in both versions and must be confirmed with
--seen; an answer whose validity has run out is answered anew instead. The role
is an office, never a person's name. docs/writing.md

\b
Exit codes: 0 done · 1 some were not confirmed · 2 wrong use
"""


def confirm(
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state, by code or name.", show_default=False)],
    indicators: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INDICATOR]…", help="The answers; shown when none is given.", show_default=False),
    ] = None,
    all_shown: Annotated[bool, typer.Option("--all-shown", help="Every carried answer that may be confirmed.")] = False,
    role: Annotated[str | None, typer.Option("--role", help="The office that answers for it.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today when not given.")] = None,
    seen: Annotated[
        int | None, typer.Option("--seen", metavar="REVISION", help="The revision of the text that was read.")
    ] = None,
    round_: Annotated[str | None, typer.Option("--round", help="The round; the one that is open when not given.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="Whose words: state, desk-review, assessment, reply, …")] = "state",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the change and write nothing.")] = False,
    root: RootOption = None,
) -> None:
    """Open, look whether each may be confirmed, show, write."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.amending import indicator_of, open_sitting, put
    from workplan_cli.cli.confirming import confirmed, hindrance
    from workplan_cli.cli.options import day
    from workplan_cli.model.submission import Status

    sitting = open_sitting(root, state, round_, voice)
    page = sitting.page()
    carried = [id_ for id_, one in (page.document.answers if page.document else {}).items() if one.status is Status.CARRIED]
    if not indicators and not all_shown:
        _show(sitting, carried)
        return
    if not role:
        raise WorkplanError("the office that confirms is not given", 'name it: --role "Head of the Seasonal Work Unit"')
    if on is None:
        terminal.say(f"confirmed on {datetime.date.today()}, the day of this computer; another: --on 2018-11-12")
    today = day(on) or datetime.date.today()
    chosen = [
        indicator_of(word, sitting.desk) for word in indicators or carried if word in sitting.desk.record.indicators or indicators
    ]
    made: dict[str, Answer] = {}
    refused = 0
    for one in chosen:
        answer = page.answer(one.id)
        against = hindrance(sitting, one, answer, today, seen)
        if against is not None:
            refused += 1
            texts = "".join(f"{text}\n" for text in against.texts)
            terminal.emit(f"{texts}{sitting.state} {one.id}: not confirmed, {against.why}\n  {against.hint}\n")
        elif answer is not None:
            made[one.id] = confirmed(sitting, one, answer, today, role)
    if made:
        put(sitting, page, made, {}, dry_run)
    raise typer.Exit(1 if refused else 0)


def _show(sitting: "Sitting", carried: list[str]) -> None:
    from workplan_cli.cli import terminal
    from workplan_cli.cli.question import asking

    for id_ in carried:
        one = sitting.desk.record.indicators.get(id_)
        if one is not None:
            terminal.emit(f"{id_}\n{asking(sitting, one, sitting.desk.record.plan.languages[0])}")
    left = f"{len(carried)} carried {'answer waits' if len(carried) == 1 else 'answers wait'} to be confirmed or answered anew\n"
    terminal.emit(left if carried else "no carried answer waits to be confirmed\n")
