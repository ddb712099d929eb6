"""`workplan answer`: one answer by command, or a walk through the questions. This module alone knows how it is asked for."""

from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.cli.amending import Sitting

HELP = """Answer a question, or walk through those that wait for an answer.

\b
  workplan answer XAA                                     ask me, one by one
  workplan answer XAA g08-line implemented --evidence e1  on the scale
  workplan answer XAA g04-recruiters 2017=44 2018=47      figures by year
  workplan answer XAA g07-inspected 2018=210/350          a part of a whole
  workplan answer XAA g08-languages es,en                 options
  workplan answer XAA g05-fees not-applicable --reason "…"
  workplan answer XAA g08-line partial --source ID --quotation "…"
  workplan answer XAA g08-line --voice reply --note "…"   a reply in words

The change is shown, checked as validate would, and written; --dry-run only shows it. An answer
that would make the file fail is refused. What is not named stays as it is. docs/writing.md

\b
Exit codes: 0 done · 2 wrong use, or a rule stands against it
"""


def answer(
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state, by code or name.", show_default=False)],
    indicator: Annotated[
        str | None,
        typer.Argument(metavar="[INDICATOR]", help="The question; each that waits when not given.", show_default=False),
    ] = None,
    value: Annotated[
        list[str] | None, typer.Argument(metavar="[VALUE]…", help="The answer; asked for when not given.", show_default=False)
    ] = None,
    round_: Annotated[str | None, typer.Option("--round", help="The round; the one that is open when not given.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="Whose words: state, desk-review, assessment, reply, …")] = "state",
    reply_to: Annotated[
        str | None, typer.Option("--reply-to", metavar="VOICE", help="For a reply: to whom; not needed where only one spoke.")
    ] = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="ID", help="Cite evidence of the file, in place of what is cited.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Cite a source anew, beside what is cited.")
    ] = None,
    pinpoint: Annotated[str | None, typer.Option("--pinpoint", help="Where in the source.")] = None,
    quotation: Annotated[str | None, typer.Option("--quotation", help="Its words there, verbatim.")] = None,
    quoted_in: Annotated[str | None, typer.Option("--quoted-in", metavar="LANG", help="The language of the quotation.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark beside the answer.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why it does not apply, or is not pursued.")] = None,
    needs: Annotated[list[str] | None, typer.Option("--need", metavar="WHAT", help="Help that is needed.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Since when it holds.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Until when.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Not final yet.")] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="The language of text, note and reason, and of the walk; that of the file when not given."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the change and write nothing.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.")] = False,
    root: RootOption = None,
) -> None:
    """Open, read, show, check, write; or ask."""
    import sys

    from workplan_cli.cli import terminal, walk
    from workplan_cli.cli.amending import indicator_of, open_sitting, put
    from workplan_cli.cli.composing import Typed, compose

    sitting = open_sitting(root, state, round_, voice)
    language = _language(lang, sitting)
    typed = Typed(
        *(tuple(evidence or ()), source, pinpoint, quotation, quoted_in, note, reason, tuple(needs or ()), since, until, draft),
        reply_to,
    )
    if indicator is not None and (value or (voice == "reply" and note)):  # a reply may be in words alone
        one = indicator_of(indicator, sitting.desk)
        page = sitting.page()
        made, pieces = compose(sitting, one, value or (), typed, language)
        put(sitting, page, {one.id: made}, pieces, dry_run)
        return
    if no_input or not terminal.is_screen(sys.stdin):
        what = f"the answer to {visible(indicator)}" if indicator else "an indicator and its answer"
        raise WorkplanError(f"{what} is not given, and there is nobody to ask", "name it: workplan answer STATE INDICATOR VALUE")
    chosen = (indicator_of(indicator, sitting.desk),) if indicator is not None else walk.waiting(sitting)
    walk.walk(sitting, chosen, language, typed, dry_run)


def _language(written: str | None, sitting: "Sitting") -> str:
    plan = sitting.desk.record.plan
    if written is not None and written not in plan.languages:
        raise WorkplanError(f"'{visible(written)}' is no language of the record", f"there are: {', '.join(plan.languages)}")
    used = sitting.page().language
    return written or (used if used in plan.languages else plan.languages[0])
