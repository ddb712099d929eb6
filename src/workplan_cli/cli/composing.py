"""An answer made of the one that stands, of words, and of what was typed beside them: its evidence, note, reason, dates.

This module alone knows what stays of an answer in the place of which another one is put.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from workplan_cli.cli import given
from workplan_cli.cli.amending import Sitting, home_of
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.submission import Answer, Reply
from workplan_cli.storage import spelling


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
    sitting: Sitting, indicator: Indicator, words: Sequence[str], typed: Typed, language: str
) -> tuple[Answer, Mapping[str, Evidence]]:
    """The answer that words and options make of the one that stands, and the evidence that is new in the file."""
    page = sitting.page()
    old = page.answer(indicator.id)
    data: dict[str, Any] = dict(spelling.given(old)) if old is not None else {}
    for name in (*(given.FIELDS if words else ()), "carried_from", "confirmed"):
        data.pop(name, None)
    data |= given.said(indicator, words, language) if words else {}
    if sitting.voice == Reply.voice:
        data["to"] = addressee(sitting, indicator, typed.reply_to or data.get("to"))
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


def addressee(sitting: Sitting, indicator: Indicator, named: str | None) -> str:
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
    sitting: Sitting, there: Mapping[str, Evidence], standing: tuple[str, ...], typed: Typed
) -> tuple[tuple[str, ...], Mapping[str, Evidence]]:
    """The ids that are cited, and the evidence to be put into the file for one of them."""
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
