"""One answer put into a file of answers, shown before it is written: what `answer` and `confirm` have in common.

This module alone knows how a change of an answer is shown, key by key, and how it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan_cli.checking import amend
from workplan_cli.checking.amend import Page
from workplan_cli.cli import terminal
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.storage import spelling
from workplan_cli.storage.tree import Directory
from workplan_cli.storage.write import change

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.model.evidence import Evidence
    from workplan_cli.model.indicator import Indicator
    from workplan_cli.model.plan import Provision
    from workplan_cli.model.submission import Answer


@dataclass(frozen=True)
class Sitting:
    """Whose answers are written where. `root` is the repository."""

    root: Path
    desk: "Desk"
    state: str
    round: str
    voice: str

    @property
    def earlier(self) -> tuple[str, ...]:
        """The rounds before it, in their order."""
        rounds = self.desk.record.plan.round_ids
        return rounds[: rounds.index(self.round)] if self.round in rounds else ()

    def page(self) -> Page:
        """The answers as they are now."""
        return amend.open_page(self.desk, self.state, self.round, self.voice)

    def again(self) -> "Sitting":
        """The same with the record as it is now."""
        from workplan_cli.checking.desk import open_desk

        return Sitting(self.root, open_desk(Directory(self.root / "data")), self.state, self.round, self.voice)


def open_sitting(root: Path | None, state: str, round_: str | None, voice: str) -> Sitting:
    """Open the record for one voice's answers on a state. Raises WorkplanError where a word means nothing."""
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.cli.options import here
    from workplan_cli.cli.pack import state_of
    from workplan_cli.settings import open_repository

    settings = open_repository(root, here())
    desk = open_desk(Directory(settings.data))
    return Sitting(settings.root, desk, state_of(state, desk), round_that_is_open(round_, desk), voice_of(voice))


def voice_of(written: str) -> str:
    """The voice that is meant. Raises WorkplanError for one that has no file of answers on a state."""
    from workplan_cli.checking.desk import VOICES

    kinds = [one.voice for one in VOICES]
    kind, slash, org = written.partition("/")
    if kind not in kinds or (kind == "civil-society") != bool(slash and org):
        hint = "there are: " + ", ".join("civil-society/<org>" if one == "civil-society" else one for one in kinds)
        raise WorkplanError(f"there is no voice '{visible(written)}'", did_you_mean(kind, kinds, hint) if not slash else hint)
    return written


def indicator_of(word: str, desk: "Desk") -> "Indicator":
    """The indicator that is meant. Raises WorkplanError, with the nearest, where there is none."""
    there = desk.record.indicators
    if word not in there:
        hint = did_you_mean(word, there, "see which there are: workplan list indicators")
        raise WorkplanError(f"there is no indicator '{visible(word)}'", hint)
    if not there[word].answered_in:
        raise WorkplanError(
            f"{word} is read from the register of treaties and never asked", "correct the register: data/registers/treaties/"
        )
    return there[word]


def home_of(indicator: "Indicator", desk: "Desk") -> "Provision":
    """The guideline whose text an indicator asks about."""
    home = desk.record.plan.guidelines.get(indicator.guideline)
    if home is None:
        raise WorkplanError(
            f"{indicator.id} is of guideline '{indicator.guideline}', which the plan does not have", "run: workplan validate"
        )
    return home


def put(sitting: Sitting, page: Page, answers: "Mapping[str, Answer]", evidence: "Mapping[str, Evidence]", dry_run: bool) -> int:
    """Show some answers beside those that are there, check what they make of the file, and write it. Returns how many differ."""
    changed = {id_: one for id_, one in answers.items() if _data(page.answer(id_)) != _data(one)}
    if not changed:
        terminal.emit(f"data/{page.path} says so already; nothing to write\n")
        return 0
    data = amend.written(sitting.desk, page, changed, evidence)
    found = amend.found_anew(sitting.desk, {page.path: data})
    amend.refuse_errors(found)
    terminal.emit(
        f"data/{page.path}{'' if page.data is not None else ' (new)'}\n" + _told(sitting.state, page, changed, evidence)
    )
    for one in found:
        terminal.say(f"{one.code.id} {one.message}", one.hint)
    if dry_run:
        terminal.emit("nothing is written: --dry-run\n")
        return len(changed)
    change(sitting.root, [(f"data/{page.path}", data, page.data)])
    terminal.emit(f"written: {len(changed)} {'answer' if len(changed) == 1 else 'answers'}\n")
    return len(changed)


def _told(state: str, page: Page, answers: "Mapping[str, Answer]", evidence: "Mapping[str, Evidence]") -> str:
    """Each key that goes with `-`, each that comes with `+`."""
    lines = []
    for id_, answer in answers.items():
        old, new = _data(page.answer(id_)), _data(answer)
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                lines += [f"- {name}: {spelling.flow(old[name])}"] if name in old else []
                lines += [f"+ {name}: {spelling.flow(new[name])}"] if name in new else []
        lines = [line if line.startswith("  ") else f"  {state} {id_}: {line}" for line in lines]
    lines += [f"  + {id_}: {spelling.flow(spelling.given(one))}" for id_, one in evidence.items()]
    return "".join(f"{visible(line)}\n" for line in lines)


def _data(answer: "Answer | None") -> dict[str, Any]:
    return spelling.given(answer) if answer is not None else {}


def round_that_is_open(written: str | None, desk: "Desk") -> str:
    """The round that is named, or the only one that is open."""
    from workplan_cli.cli import named
    from workplan_cli.model.register import RoundState

    plan, closings = desk.record.plan, desk.record.rounds
    if written is not None:
        return named.round_of(written, plan)
    open_ = [one for one in plan.round_ids if one not in closings or closings[one].state is RoundState.OPEN]
    if len(open_) == 1:
        return open_[0]
    if not open_:
        raise WorkplanError("no round is open", "open one: workplan round open ID")
    raise WorkplanError(f"{len(open_)} rounds are open: {', '.join(open_)}", f"name one: --round {open_[-1]}")
