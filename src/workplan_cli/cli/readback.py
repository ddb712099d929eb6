"""Open data of ours that comes back to `workplan import`. This module alone knows how it is compared."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.checking.intake import Sheet
    from workplan_cli.exchange.imports.edits import Change

DESCRIPTOR = "datapackage.json"


def is_export(file: Path) -> bool:
    """Whether a path names a Data Package: its descriptor, or the folder that it lies in."""
    return file.name == DESCRIPTOR or os.path.isfile(file / DESCRIPTOR)


def read_back(
    file: Path, data: Path, states: frozenset[str], replace: bool, put: "Callable[[Sequence[tuple[Sheet, bytes]]], None] | None"
) -> tuple[str, bool]:
    """What a package would change, in words, and whether something was left as it is; with `put`, it is written."""
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.cli import proposed
    from workplan_cli.storage.tree import Directory

    desk = open_desk(Directory(data))
    for word in sorted(states - desk.record.states.keys()):
        hint = did_you_mean(word, desk.record.states, "see which there are: workplan list states")
        raise WorkplanError(f"there is no state '{visible(word)}'", hint)
    changes = compared(_files(file if os.path.isdir(file) else file.parent), desk, states, replace)
    made = [(sheet, made_of(sheet, found, desk)) for sheet, found in changes if not sheet.refusal]
    if put is not None:
        put([(sheet, content) for sheet, content in made if content is not None])
    told = proposed.answers([(sheet, found) for sheet, found in changes if not sheet.refusal or _differs(found)])
    return told + proposed.summary(changes, [], [], put is not None, False), proposed.stays(
        [(sheet, found) for sheet, found in changes if _differs(found)], []
    )


def compared(files: dict[str, bytes], desk: "Desk", states: frozenset[str], replace: bool) -> "list[tuple[Sheet, list[Change]]]":
    """Each file of answers that a package speaks of, with what becomes of its answers there."""
    from workplan_cli.exchange.imports.edits import Change, Fate, compare
    from workplan_cli.exchange.imports.proposals import Proposal
    from workplan_cli.exchange.open import reading

    found: dict[str, tuple[Sheet, list[Change]]] = {}
    for (state, indicator, round_, voice), returned in reading.read_back(files, desk.record).items():
        if states and state not in states:
            continue
        sheet = _sheet(desk, state, round_, voice, returned.answer.place)
        changes = found.setdefault(sheet.path, (sheet, []))[1]
        one = reading.proposal(returned, sheet.document, desk.record.sources)
        if one is not None:
            changes += compare([one], sheet.document, replace and not sheet.refusal)
        elif sheet.document is not None:
            changes.append(Change(Proposal(state, round_, indicator, sheet.document.answers[indicator], {}), Fate.SAME))
    return list(found.values())


def made_of(sheet: "Sheet", changes: "list[Change]", desk: "Desk") -> bytes | None:
    """What a file is to hold; None where it stays. Raises WorkplanError where `validate` would refuse what was put in."""
    from workplan_cli.exchange.imports.edits import edit
    from workplan_cli.storage.graft import graft, new_sheet

    wanted = edit(changes, sheet.document)
    if not wanted.answers:
        return None
    if sheet.data is None:
        data = new_sheet({}, wanted.answers, wanted.evidence)
    else:
        order = tuple(desk.record.indicators)
        data = graft(sheet.path, sheet.data, wanted.answers, wanted.evidence, wanted.without, order)
    put = {*wanted.answers, *wanted.evidence}
    for one in desk.wrong(sheet.path, data, {}):
        if not one.pointer or one.pointer[-1] in put or (len(one.pointer) > 1 and one.pointer[1] in put):
            why = f"data/{sheet.path} would have an error, {one.code.id}: {one.message}"
            raise WorkplanError(why, f"nothing was written; {one.hint or 'correct the package'}")
    return data


def _differs(changes: "list[Change]") -> bool:
    from workplan_cli.exchange.imports.edits import Fate

    return any(one.fate is not Fate.SAME for one in changes)


def _sheet(desk: "Desk", state: str, round_: str, voice: str, place: str) -> "Sheet":
    from workplan_cli.checking.intake import File
    from workplan_cli.model.record import document_at
    from workplan_cli.model.submission import AnswerSheet, Assessment, DeskReview, ParallelReport, Reply, Submission

    name, _, org = (voice or "").partition("/")
    kinds: tuple[type[AnswerSheet], ...] = (Submission, DeskReview, Assessment, Reply, ParallelReport)
    kind = next((one for one in kinds if one.voice == name), None)
    path = kind.location.format(state=state, round=round_, org=org) if kind is not None else ""
    if document_at(path) is None:
        there = ", ".join((*(one.voice for one in kinds[:-1]), "civil-society/<org>"))
        raise WorkplanError(f"{place}: there is no voice '{visible(voice or '')}'", f"there are: {there}")
    sheet = desk.sheet(path, round_)
    if kind is ParallelReport and sheet.data is None and not sheet.refusal:
        raise WorkplanError(f"{place}: there is no data/{path}", "write it first, with its 'organisation'")
    return File(path, sheet.document, sheet.data, sheet.refusal)


def _files(folder: Path) -> dict[str, bytes]:
    from workplan_cli.storage.tree import Directory, Refusal

    files: dict[str, bytes] = {}
    for name in sorted(one.name for one in folder.glob("*.csv")):
        data = Directory(folder).read(name)
        if isinstance(data, Refusal):
            raise WorkplanError(f"'{visible(name)}' cannot be read: {data.found}", "name a folder whose files can be read")
        files[name] = data
    return files
