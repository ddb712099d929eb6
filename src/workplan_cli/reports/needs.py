"""What help states ask for, guideline by guideline. This module alone gathers it: those who can help find those who ask."""

from dataclasses import dataclass

from workplan_cli.model.plan import Provision
from workplan_cli.model.state import State
from workplan_cli.model.text import Text
from workplan_cli.reports.view import Report


@dataclass(frozen=True)
class NeedLine:
    """One kind of help, asked for with one guideline, by some states in one voice."""

    guideline: Provision
    id: str
    need: Text
    voice: str
    states: tuple[State, ...]


def need_lines(report: Report) -> tuple[NeedLine, ...]:
    """The help that is asked for in the answers that stand, in the order of the plan."""
    found: dict[tuple[str, str, str], list[State]] = {}
    for voice in report.voices:
        for state in report.states:
            for cell in report.over(state.state, voice):
                for need in dict.fromkeys(cell.answer.needs if cell.answer is not None else ()):
                    states = found.setdefault((cell.indicator.guideline, need, voice), [])
                    if state not in states:
                        states.append(state)
    order = list(report.plan.guidelines)
    keys = sorted(found, key=lambda key: (order.index(key[0]), key[1], report.voices.index(key[2])))
    return tuple(
        NeedLine(
            report.plan.guidelines[guideline],
            need,
            report.plan.needs.get(need, {"": need}),
            voice,
            tuple(found[guideline, need, voice]),
        )
        for guideline, need, voice in keys
    )
