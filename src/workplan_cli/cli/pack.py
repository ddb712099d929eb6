"""`workplan pack`: the questions as a spreadsheet. This module alone knows how a questionnaire is asked for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.model.indicator import Indicator

HELP = """Write the questions of a round to one state as a spreadsheet, to be filled in and read back.

\b
  workplan pack XAA --round 2017-2018                    XAA-2017-2018.xlsx, in this folder
  workplan pack XAA --round 2018 --lang es               in Spanish
  workplan pack XAA --round 2018 --only labour           the questions that one institution answers
  workplan pack XAA --round 2018 --only g08,prevention   of a guideline, and of a chapter

What is answered already stands in the sheet, and last round's answers in grey beside it.
workplan unpack reads it back; docs/spreadsheets.md says more.

\b
Exit codes: 0 written · 2 wrong use
"""


def pack(
    state: Annotated[str, typer.Argument(metavar="STATE", help="The state, by code or name.", show_default=False)],
    round_: Annotated[str | None, typer.Option("--round", help="The round; the last that is open when not given.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="Whose words: state, desk-review, assessment, …")] = "state",
    lang: Annotated[str | None, typer.Option("--lang", help="The language; the record's first when not given.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="WHAT", help="An institution of the state, or chapters, guidelines, indicators."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file; else named after the state.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    root: RootOption = None,
) -> None:
    """Open, ask, write."""
    import os

    from workplan_cli.checking.desk import open_desk
    from workplan_cli.cli import terminal
    from workplan_cli.cli.options import here, words
    from workplan_cli.cli.tongues import about, tongue
    from workplan_cli.exchange.questionnaire.form import Subject, form_of
    from workplan_cli.exchange.questionnaire.workbook import workbook
    from workplan_cli.exchange.questionnaire.written import is_carried
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory
    from workplan_cli.storage.write import replace

    settings = open_repository(root, here())
    desk = open_desk(Directory(settings.data))
    code = state_of(state, desk)
    chosen_round = _round(round_, desk)
    named = words(only or ())
    indicators = _asked(named, code, desk)
    spoken = tongue(lang, desk)
    sheet = desk.sheet(desk.path(code, chosen_round, voice_of(voice)), chosen_round)
    if sheet.refusal:
        raise WorkplanError(f"data/{sheet.path} cannot be asked for, {sheet.refusal}", "name another round: --round")
    if sheet.document is None and voice.startswith("civil-society"):
        raise WorkplanError(f"there is no data/{sheet.path}", "make it with its 'organisation' first, and pack again")
    subject = Subject(code, chosen_round, voice, spoken.language, ",".join(named), desk.revision)
    form = form_of(subject, desk.record, indicators, sheet.document, desk.before(code, chosen_round, voice))
    target = out or Path("-".join(filter(None, (code, chosen_round, *named))).replace("/", "-") + ".xlsx")
    free(target, force, settings.data)
    data = workbook(form, spoken, about(form, spoken, desk))
    replace(target.parent, target.name, data)
    counted = sum((there := form.answer(one.id)) is not None and not is_carried(there) for one in form.indicators)
    questions = "1 question" if len(form.indicators) == 1 else f"{len(form.indicators)} questions"
    terminal.emit(f"wrote {visible(os.path.relpath(target))}: {questions}, {counted} with an answer\n")


def state_of(written: str, desk: "Desk") -> str:
    """The code of the state that is meant."""
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli import named

    found = named.ids((written,), Kind.STATE, desk.record, tuple(sorted(desk.record.states)))
    if len(found) != 1:
        raise WorkplanError("a questionnaire is to one state", "name one: workplan pack XAA")
    return found[0]


def _round(written: str | None, desk: "Desk") -> str:
    from workplan_cli.cli import named
    from workplan_cli.model.register import RoundState

    plan = desk.record.plan
    if written is not None:
        return named.round_of(written, plan)
    open_ = [one for one in plan.round_ids if one not in desk.record.rounds or desk.record.rounds[one].state is RoundState.OPEN]
    if not open_:
        raise WorkplanError("no round is open", "see the rounds: workplan list rounds")
    return open_[-1]


def voice_of(written: str) -> str:
    """The voice that is meant. Raises WorkplanError for one that no questionnaire is to."""
    from workplan_cli.checking.desk import SHEETS

    kinds = [one.voice for one in SHEETS]
    kind, slash, org = written.partition("/")
    if kind not in kinds or (kind == "civil-society") != bool(slash and org):
        hint = "there are: " + ", ".join("civil-society/<org>" if one == "civil-society" else one for one in kinds)
        if kind == "reply":
            hint = "a reply says to whom it replies: workplan answer STATE INDICATOR --voice reply"
        hint = hint if kind == "reply" else did_you_mean(kind, kinds, hint)
        raise WorkplanError(f"no questionnaire is to the voice '{visible(written)}'", hint)
    return written


def _asked(named: list[str], state: str, desk: "Desk") -> "tuple[Indicator, ...]":
    """The indicators that are asked, in the order of the plan."""
    from workplan_cli.model.indicator import TreatyIndicator

    plan, profile = desk.record.plan, desk.record.states[state]
    asked = [one for one in desk.record.indicators.values() if not isinstance(one, TreatyIndicator)]
    asked = [one for one in asked if one.guideline in plan.guidelines]
    if not named:
        return tuple(asked)
    wanted: set[str] = set()
    for word in named:
        wanted |= set(profile.institutions[word].answers) if word in profile.institutions else {word}
    chapter = {one.id: plan.chapter_of[one.guideline].id for one in asked}
    known = {*(one.id for one in asked), *plan.guidelines, *(one.id for one in plan.chapters)}
    for word in named:
        if word not in profile.institutions and word not in known:
            there = ", ".join(profile.institutions)
            hint = f"its institutions are: {there}" if there else "name a chapter, a guideline or an indicator"
            raise WorkplanError(
                f"'{word}' is no institution of {state}, nor a chapter, guideline or indicator",
                did_you_mean(word, (*profile.institutions, *known), hint),
            )
    lost = sorted(wanted - known - set(profile.institutions))
    if lost:
        raise WorkplanError(
            f"data/states/{state}/state.yaml names '{lost[0]}', which is no chapter, guideline or indicator asked",
            did_you_mean(lost[0], known, "correct it under institutions:"),
        )
    found = tuple(one for one in asked if wanted & {one.id, one.guideline, chapter[one.id]})
    if not found:
        raise WorkplanError(f"'{', '.join(named)}' is asked nothing", "name another: workplan list indicators")
    return found


def free(target: Path, force: bool, data: Path) -> None:
    """Raise WorkplanError where a questionnaire may not be written."""
    import os

    shown = visible(str(target))
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(data)):
        raise WorkplanError(f"'{shown}' lies in the record, and a questionnaire is none of it", "name a file outside data/")
    if target.suffix.casefold() != ".xlsx":
        raise WorkplanError(f"'{shown}' is not named as a spreadsheet", "name a file that ends in .xlsx")
    if not os.path.isdir(target.parent):
        raise WorkplanError(f"there is no folder '{visible(str(target.parent))}'", "make it first")
    if os.path.lexists(target) and not force:
        raise WorkplanError(
            f"'{shown}' is there already, and may hold somebody's answers", "name another: --out; or write over it: --force"
        )
