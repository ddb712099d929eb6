"""What help is asked for, guideline by guideline, as a report shows it. This module alone gathers it: those who can help find
those who ask."""

from dataclasses import dataclass

from workplan_cli.analysis.demand import askings, demand
from workplan_cli.model.plan import Provision
from workplan_cli.model.state import State
from workplan_cli.model.text import Text
from workplan_cli.reports.view import Report


@dataclass(frozen=True)
class NeedLine:
    """One kind of help, asked for with one guideline, by some states in one voice; without a guideline where none is named."""

    guideline: Provision | None
    id: str
    need: Text
    voice: str
    states: tuple[State, ...]
    others: tuple[str, ...] = ()
    """Those who ask and are no state of the report: an organisation, the secretariat."""


def need_lines(report: Report) -> tuple[NeedLine, ...]:
    """The help that is asked for in the answers that stand and in open requests, in the order of the plan."""
    by_code = {state.state: place for place, state in enumerate(report.states)}
    return tuple(
        NeedLine(
            report.plan.guidelines.get(one.guideline or ""),
            one.need,
            report.plan.needs.get(one.need, {"": one.need}),
            one.voice,
            tuple(report.states[place] for place in sorted(by_code[code] for code in one.holders if code in by_code)),
            tuple(holder for holder in one.holders if holder not in by_code),
        )
        for one in demand(askings(report.cells, report.scope, report.voices), report.scope)
    )
