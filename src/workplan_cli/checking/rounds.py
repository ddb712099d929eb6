"""Rounds opened, closed, locked and opened again: which files such an act writes, and with what.

This module alone knows what an act on a round makes of the files. The file of the round itself comes last: an act that was cut
short is done by doing it again.
"""

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from workplan_cli.checking.amend import Page, found_anew, refuse_errors, written
from workplan_cli.checking.desk import Desk
from workplan_cli.diagnostics import Severity
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.plan import Plan
from workplan_cli.model.register import RoundState
from workplan_cli.model.submission import Absence, Answer, Status, Submission
from workplan_cli.rules.closings import round_of_path
from workplan_cli.storage import spelling
from workplan_cli.storage.loader import ARCHIVE, load
from workplan_cli.storage.splice import Append, Edit, Put, spliced

_HEAD = """\
# Written by `workplan round`: the state of the round, what was done to it and when, and, once it is closed, the sha256 of the
# bytes of every file in it. From then on a file that differs is a finding, until the round is reopened with a reason.
"""
_STATE_AFTER = {"open": RoundState.OPEN, "reopen": RoundState.OPEN, "close": RoundState.CLOSED, "lock": RoundState.LOCKED}
_OPEN_ENDED = (Absence.NO_INFORMATION, Absence.WITHHELD)
"""Absences that are asked anew in every round."""


@dataclass(frozen=True)
class FileChange:
    """A file with its new content; `before` is None where there is none yet."""

    path: str
    data: bytes
    before: bytes | None


@dataclass(frozen=True)
class Act:
    """One act on a round, made ready: the files it writes in their order, and how many answers it carries into each."""

    files: tuple[FileChange, ...]
    carried: Mapping[str, int]


def opened(desk: Desk, round_: str, on: datetime.date, dates: Mapping[str, datetime.date]) -> Act:
    """A round opened: its dates in the plan, last round's answers carried into each state's submission."""
    there = desk.record.rounds.get(round_)
    if there is not None:
        hint = "nothing is to be done" if there.state is RoundState.OPEN else f'workplan round reopen {round_} --reason "…"'
        raise WorkplanError(f"the round {round_} is {there.state} already", hint)
    plan_change = _dated(desk, round_, {**({"opens": on} if _date(desk, round_, "opens") is None else {}), **dates})
    pages: list[FileChange] = []
    carried: dict[str, int] = {}
    for state in sorted(desk.record.states):
        change, number = _carried(desk, state, round_)
        if change is not None:
            pages.append(change)
            carried[change.path] = number
    closing = _log(desk, round_, on, "open", "")
    return Act((*pages, *((plan_change,) if plan_change else ()), closing), carried)


def closed(desk: Desk, round_: str, on: datetime.date) -> Act:
    """A round closed: the hash of every file in it. Raises WorkplanError while one of them has errors."""
    _expect(desk, round_, (RoundState.OPEN, None), "closed")
    paths = files_of(desk, round_)
    for path in paths:
        errors = [one for one in load(desk.tree, path).diagnostics if one.code.severity is Severity.ERROR]
        if errors:
            raise WorkplanError(
                f"data/{path} has errors: {errors[0].message}", "correct it before the round closes: workplan validate"
            )
    plan_change = _dated(desk, round_, {"closes": on}) if _date(desk, round_, "closes") is None else None
    return Act((*((plan_change,) if plan_change else ()), _log(desk, round_, on, "close", "")), {})


def locked(desk: Desk, round_: str, on: datetime.date) -> Act:
    """A closed round locked: its report is published."""
    _expect(desk, round_, (RoundState.CLOSED,), "locked")
    return Act((_log(desk, round_, on, "lock", ""),), {})


def reopened(desk: Desk, round_: str, on: datetime.date, reason: str) -> Act:
    """A closed or locked round opened again, for a reason."""
    _expect(desk, round_, (RoundState.CLOSED, RoundState.LOCKED), "reopened")
    if not reason.strip():
        raise WorkplanError(
            "a round is not reopened without a reason", 'say what has to change and at whose request: --reason "…"'
        )
    return Act((_log(desk, round_, on, "reopen", reason),), {})


def files_of(desk: Desk, round_: str) -> list[str]:
    """Every file of a round, by path below `data/`."""
    return sorted(path for path in desk.paths if not path.startswith(ARCHIVE) and round_of_path(path) == round_)


def _expect(desk: Desk, round_: str, states: tuple[RoundState | None, ...], wanted: str) -> None:
    closing = desk.record.rounds.get(round_)
    state = closing.state if closing is not None else None
    if state not in states:
        hint = f"open it first: workplan round open {round_}" if state is None else f"see it: workplan round status {round_}"
        raise WorkplanError(f"the round {round_} is {state or 'not open yet'} and cannot be {wanted}", hint)


def _date(desk: Desk, round_: str, name: str) -> datetime.date | None:
    found = next((one for one in desk.record.plan.rounds if one.id == round_), None)
    value: datetime.date | None = getattr(found, name, None)
    return value


def _dated(desk: Desk, round_: str, dates: Mapping[str, datetime.date]) -> FileChange | None:
    """The plan with a round's dates, and with the round where it has none of that id."""
    data = desk.content(Plan.location)
    place = next((place for place, one in enumerate(desk.record.plan.rounds) if one.id == round_), None)
    said = {name: day.isoformat() for name, day in dates.items()}
    edits: list[Edit] = (
        [Append(("rounds",), {"id": round_, **said})]
        if place is None
        else [Put(("rounds", place, name), day) for name, day in said.items()]
    )
    made = spliced(Plan.location, data, edits)
    refuse_errors(found_anew(desk, {Plan.location: made}))
    return FileChange(Plan.location, made, data) if made != data else None


def _log(desk: Desk, round_: str, on: datetime.date, act: str, reason: str) -> FileChange:
    """The file of a round with one act more."""
    path = f"rounds/{round_}.yaml"
    entry = {"on": on.isoformat(), "act": act, **({"reason": reason} if reason else {})}
    state = _STATE_AFTER[act]
    hashes = {one: hashlib.sha256(desk.content(one)).hexdigest() for one in files_of(desk, round_)} if act == "close" else None
    if path not in desk.paths:
        text = _HEAD + spelling.within({"state": state.value, "log": [entry]}, "", 2)
        text += spelling.spread("files", hashes, "", 1) if hashes else ""
        return FileChange(path, text.encode(), None)
    data = desk.content(path)
    log = desk.record.rounds[round_].log if round_ in desk.record.rounds else ()
    if log and on < log[-1].on:
        raise WorkplanError(f"{on} is before the last act on the round {round_}, of {log[-1].on}", "name a later day: --on")
    edits: list[Edit] = [Put(("state",), state.value), Append(("log",), entry)]
    edits += [Put(("files",), hashes, depth=1)] if hashes else []
    return FileChange(path, spliced(path, data, edits), data)


def _carried(desk: Desk, state: str, round_: str) -> tuple[FileChange | None, int]:
    """A state's submission with last round's answers carried into it, and how many they are."""
    path = Submission.location.format(state=state, round=round_)
    before = _last(desk, state, round_)
    loaded = load(desk.tree, path) if path in desk.paths else None
    if before is None or (loaded is not None and not isinstance(loaded.document, Submission)):
        return None, 0
    document = loaded.document if loaded is not None else None
    page = Page(state, round_, path, document if isinstance(document, Submission) else None, loaded.data if loaded else None)
    answers: dict[str, Answer] = {}
    evidence: dict[str, Evidence] = {}
    for id_, old in before.answers.items():
        if page.answer(id_) is not None or not _is_carried(old) or id_ not in desk.record.indicators:
            continue
        names = {}
        for name in old.evidence:
            if name in before.evidence:
                names[name] = _named(name, before.evidence[name], {**page.evidence, **evidence})
                evidence[names[name]] = before.evidence[name]
        data = {**spelling.given(old), "status": "carried"}
        data["carried_from"] = old.carried_from if old.status is Status.CARRIED else before.round
        data.pop("confirmed", None)
        if old.evidence:
            data["evidence"] = [names.get(name, name) for name in old.evidence]
        answers[id_] = Answer.model_validate(data, by_alias=True, by_name=False)
    if not answers:
        return None, 0
    new = {name: piece for name, piece in evidence.items() if page.evidence.get(name) != piece}
    return FileChange(path, written(desk, page, answers, new), page.data), len(answers)


def _last(desk: Desk, state: str, round_: str) -> Submission | None:
    """What a state handed in last before a round; the round may be one that the plan does not have yet."""
    ids = desk.record.plan.round_ids
    for earlier in reversed(ids[: ids.index(round_)] if round_ in ids else ids):
        path = Submission.location.format(state=state, round=earlier)
        document = load(desk.tree, path).document if path in desk.paths else None
        if isinstance(document, Submission):
            return document
    return None


def _is_carried(answer: Answer) -> bool:
    """Whether an answer is carried: figures are of their years, and what was not known or not told is asked anew."""
    return not answer.values and answer.absence not in _OPEN_ENDED


def _named(name: str, piece: Evidence, taken: Mapping[str, Evidence]) -> str:
    """The name under which a piece of evidence comes into a file: its own, unless another one has it."""
    names: Iterator[str] = (f"e{number}" for number in count(1))
    return name if taken.get(name, piece) == piece else next(one for one in names if taken.get(one, piece) == piece)
