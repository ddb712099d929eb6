"""A comparison as JSON, for programs. This module alone knows its keys, which docs/diff.md describes.

A key is never renamed or given another meaning under one `format`; a reader passes over keys that it does not know.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from workplan_cli.analysis.asking import counts
from workplan_cli.analysis.changes.compare import state_of, voice_of_change
from workplan_cli.analysis.changes.figures import Figured
from workplan_cli.analysis.changes.kinds import (
    AnswerChange,
    Change,
    DocumentChange,
    EntryChange,
    FieldChange,
    FileChange,
    IndicatorChange,
    OrderChange,
    Outdated,
    ProvisionChange,
)
from workplan_cli.analysis.changes.veil import SHOWN, Veil
from workplan_cli.analysis.coverage import Share, Tally
from workplan_cli.analysis.standing import RESULTS, Standing
from workplan_cli.model.submission import Answer, ReplyAnswer

FORMAT = "workplan-diff/1"
KINDS: dict[type[Any], str] = {
    AnswerChange: "answer",
    Outdated: "outdated",
    ProvisionChange: "provision",
    IndicatorChange: "indicator",
    DocumentChange: "file",
    EntryChange: "entry",
    FieldChange: "field",
    OrderChange: "order",
    FileChange: "text",
}
"""What each kind of change is called."""
_RANK = {standing.value: place for place, standing in enumerate(reversed(RESULTS))}


def as_json(
    before: str,
    after: str,
    changes: Iterable[Change],
    figured: Figured | None,
    veil: Veil,
    unreadable: Iterable[tuple[str, str, bool]] = (),
    outside: int = 0,
) -> str:
    """The whole comparison."""
    content = {
        "format": FORMAT,
        "before": before,
        "after": after,
        "changes": [_change(change, veil) for change in changes],
        "outside": outside,
        "coverage": _coverage(figured),
        "unreadable": [{"side": side, "path": f"data/{path}", "in_part": in_part} for side, path, in_part in unreadable],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change, veil: Veil) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": KINDS[type(change)],
        "path": f"data/{change.path}",
        "state": state_of(change),
        "voice": voice_of_change(change),
        **dict(_subject(change)),
    }
    if isinstance(change, Outdated):
        return {**found, "provision": change.provision, "revision": change.revision}
    if isinstance(change, OrderChange):
        return {**found, "moved": change.moved}
    hidden = veil.hides(change.before) or veil.hides(change.after) or veil.hides(getattr(change, "within", None))
    place = getattr(change, "place", ("",))
    if hidden and isinstance(change, FieldChange) and place[0] not in ("title", "custodian", "access"):
        return {**found, "act": "changed", "restricted": True}
    found |= {"act": "added" if change.before is None else "removed" if change.after is None else "changed"}
    if isinstance(change, DocumentChange):
        return {**found, "fields": _fields(change, veil)}
    found |= {"before": veil.plain(change.before, hidden), "after": veil.plain(change.after, hidden)}
    return {**found, **dict(_of_answer(change, veil))} if isinstance(change, AnswerChange) else found


def _fields(change: DocumentChange, veil: Veil) -> dict[str, Any]:
    """The fields of a file that came or went; its entries are changes of their own."""
    there = change.after if change.after is not None else change.before
    fields = {".".join(map(str, edit.pointer)): edit.after if change.before is None else edit.before for edit in change.edits}
    return {name: veil.plain(value) for name, value in fields.items() if not veil.hides(there) or name in SHOWN}


def _subject(change: Change) -> Iterator[tuple[str, Any]]:
    """What in the file it is about."""
    if isinstance(change, AnswerChange | Outdated):
        yield from (("round", change.round), ("question", change.question))
    elif isinstance(change, ProvisionChange | IndicatorChange):
        yield "id", change.id
    elif isinstance(change, EntryChange | FieldChange | OrderChange):
        yield "place", list(change.place)


def _of_answer(change: AnswerChange, veil: Veil) -> Iterator[tuple[str, Any]]:
    """What happened to the standing of an answer and to its evidence, and what a reviewer must look at."""
    was, is_ = _standing(change.before), _standing(change.after)
    yield "standing", {"before": was, "after": is_}
    rest = change.evidence
    yield (
        "evidence",
        {
            "added": [veil.plain(piece) for piece in rest.added],
            "removed": [veil.plain(piece) for piece in rest.removed],
            "changed": [
                {
                    "before": veil.plain(old, veil.hides(old) or veil.hides(new)),
                    "after": veil.plain(new, veil.hides(old) or veil.hides(new)),
                }
                for old, new in rest.changed
            ],
        },
    )
    earlier = change.earlier
    yield "earlier", {"round": earlier[0], "standing": _standing(earlier[1])} if earlier is not None else None
    reference = was if was is not None else _standing(earlier[1]) if earlier is not None else None
    yield "went_back", reference in _RANK and is_ in _RANK and _RANK[is_ or ""] < _RANK[reference or ""]
    yield "outdated", change.is_outdated


def _standing(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    if not counts(answer):
        return Standing.CARRIED.value
    said = answer.absence or answer.result
    if said is not None:
        return said.value
    says = isinstance(answer, ReplyAnswer) or answer.values or answer.choice or answer.date is not None or answer.text
    return (Standing.REPORTED if says else Standing.UNANSWERED).value


def _coverage(figured: Figured | None) -> dict[str, Any] | None:
    if figured is None:
        return None
    rows = [
        {"voice": row.voice, "chapter": row.chapter, "before": _measures(row.before), "after": _measures(row.after)}
        for row in figured.rows
    ]
    return {"period": figured.period, "states": list(figured.states), "rows": rows}


def _measures(tally: Tally) -> dict[str, dict[str, int]]:
    shares = {"reporting": tally.reporting, "implementation": tally.implementation(), "evidence": tally.evidence}
    return {name: _share(share) for name, share in shares.items()}


def _share(share: Share) -> dict[str, int]:
    return {"part": share.part, "whole": share.whole}
