"""`workplan answer`: one answer by command, or a walk through the questions. This module alone knows how it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.cli.amending import Sitting
    from workplan_cli.model.evidence import Evidence
    from workplan_cli.model.indicator import Indicator
    from workplan_cli.model.submission import Answer

HELP = """Answer a question, or walk through those that wait for an answer.

\b
  workplan answer XAA                                        ask me, one question after the other
  workplan answer XAA g08-line implemented --evidence e1     on the scale, citing what the file has
  workplan answer XAA g04-recruiters 2017=44 2018=47         figures by year
  workplan answer XAA g07-inspected 2018=210/350             a part of a whole
  workplan answer XAA g08-languages es,en                    options
  workplan answer XAA g05-fees not-applicable --reason "…"   an absence, and why
  workplan answer XAA g08-line partial --source ID --quotation "…" --pinpoint "art. 3"
  workplan answer XAA g08-line --voice reply --reply-to assessment --note "We accept this."

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
        str | None, typer.Option("--reply-to", metavar="VOICE", help="For a reply: whom it answers; the only one who spoke.")
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


@dataclass(frozen=True)
class Typed:
    """What the options say beside the answer itself."""

    evidence: tuple[str, ...] = ()
    source: str | None = None
    pinpoint: str | None = None
    quotation: str | None = None
    quoted_in: str | None = None
    note: str | None = None
    reason: str | None = None
    needs: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    draft: bool = False
    reply_to: str | None = None


def compose(
    sitting: "Sitting", indicator: "Indicator", words: Sequence[str], typed: Typed, language: str
) -> "tuple[Answer, Mapping[str, Evidence]]":
    """The answer that words and options make of the one that stands, and the evidence that is new in the file."""
    from workplan_cli.cli import given
    from workplan_cli.cli.amending import home_of
    from workplan_cli.model.submission import Reply
    from workplan_cli.storage import spelling

    page = sitting.page()
    old = page.answer(indicator.id)
    data: dict[str, Any] = dict(spelling.given(old)) if old is not None else {}
    for name in (*(given.FIELDS if words else ()), "carried_from", "confirmed"):
        data.pop(name, None)
    data |= given.said(indicator, words, language) if words else {}
    if sitting.voice == Reply.voice:
        data = {"to": addressee(sitting, indicator, typed.reply_to or data.get("to")), **data}
    elif typed.reply_to is not None:
        raise WorkplanError("only a reply is to another voice", "say that it is one: --voice reply")
    data |= {"revision": home_of(indicator, sitting.desk).revision, "status": "draft" if typed.draft else "final"}
    cited, pieces = _cited(sitting, page.evidence, tuple(data.get("evidence", ())), typed)
    for name, said in (("note", typed.note), ("reason", typed.reason)):
        if said is not None:
            data[name] = {**(data.get(name) or {}), language: said}
    for name, listed in (("needs", typed.needs), ("evidence", cited)):
        if listed:
            data[name] = list(listed)
    valid = {key: said for key, said in (("from", typed.since), ("to", typed.until)) if said is not None}
    if valid:
        data["valid"] = {**(data.get("valid") or {}), **valid}
    return given.answer_of(data, indicator.id), pieces


def addressee(sitting: "Sitting", indicator: "Indicator", named: str | None) -> str:
    """The voice that a reply on an indicator is to: the one that is named, or the only one that answered it."""
    there = sitting.desk.replied_to(sitting.state, sitting.round)
    spoke = [voice for voice, sheet in there.items() if indicator.id in sheet.answers]
    if not spoke:
        whose = ", ".join(there) or "an assessment, nor a parallel report"
        raise WorkplanError(
            f"there is nothing on {indicator.id} to reply to in the round {sitting.round}: it is not answered by {whose}",
            "name another question, or another --round",
        )
    if named in spoke:
        return named
    if named is not None:
        raise WorkplanError(
            f"'{visible(named)}' says nothing on {indicator.id} in the round {sitting.round}",
            did_you_mean(named, spoke, f"reply to: {', '.join(spoke)}"),
        )
    if len(spoke) > 1:
        raise WorkplanError(f"{' and '.join(spoke)} both answer {indicator.id}", f"say whom you reply to: --reply-to {spoke[0]}")
    return spoke[0]


def _cited(
    sitting: "Sitting", there: "Mapping[str, Evidence]", standing: tuple[str, ...], typed: Typed
) -> "tuple[tuple[str, ...], Mapping[str, Evidence]]":
    """The ids that are cited, and the evidence to be put into the file for one of them."""
    from itertools import count

    from workplan_cli.model.evidence import Evidence

    for id_ in typed.evidence:
        if id_ not in there:
            otherwise = f"it has: {', '.join(there)}" if there else "it has none yet: cite a source with --source"
            raise WorkplanError(f"the file has no evidence '{visible(id_)}'", did_you_mean(id_, there, otherwise))
    cited = typed.evidence or standing
    if typed.source is None:
        if typed.pinpoint or typed.quotation or typed.quoted_in:
            raise WorkplanError("a pinpoint or quotation is given, and no source", "name it: --source ID")
        return cited, {}
    known = sitting.desk.context.source_ids
    if typed.source not in known:
        hint = did_you_mean(typed.source, known, f"write data/sources/{visible(typed.source)}.yaml first")
        raise WorkplanError(f"there is no source '{visible(typed.source)}'", hint)
    language = typed.quoted_in or getattr(sitting.desk.record.sources.get(typed.source), "language", None)
    fields = {"source": typed.source, "pinpoint": typed.pinpoint, "quotation": typed.quotation}
    fields |= {"language": language if typed.quotation else None}
    piece = Evidence.model_validate({key: said for key, said in fields.items() if said})
    same = next((id_ for id_, one in there.items() if one == piece), None)
    id_ = same or next(name for number in count(1) if (name := f"e{number}") not in there)
    return tuple(dict.fromkeys((*cited, id_))), {} if same else {id_: piece}


def _language(written: str | None, sitting: "Sitting") -> str:
    plan = sitting.desk.record.plan
    if written is not None and written not in plan.languages:
        raise WorkplanError(f"'{visible(written)}' is no language of the record", f"there are: {', '.join(plan.languages)}")
    used = sitting.page().language
    return written or (used if used in plan.languages else plan.languages[0])
