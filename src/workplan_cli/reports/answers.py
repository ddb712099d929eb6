"""One answer as a page shows it: what was said, by whom, on what it rests.

This module alone knows the stable addresses of answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workplan_cli.analysis.standing import Cell, Flag
from workplan_cli.model.indicator import ChoiceIndicator
from workplan_cli.model.submission import ReplyAnswer, Value
from workplan_cli.model.text import Text
from workplan_cli.reports.sources import Citations, Shelf


@dataclass(frozen=True)
class AnswerView:
    """One cell with its evidence. `anchor` is its stable address within the state's page."""

    anchor: str
    cell: Cell
    flags: tuple[Flag, ...] = ()
    chosen: tuple[Text, ...] = ()
    values: tuple[Value, ...] = ()
    needs: tuple[Text, ...] = ()
    to: str | None = None
    """The voice that a reply replies to."""
    evidence: Citations = field(default_factory=Citations)


def anchor_of(indicator: str, round_: str, voice: str) -> str:
    """The stable address of an answer on its state's page: `g22-hotline.2015-2016.desk-review`."""
    return f"{indicator}.{round_}.{voice.replace('/', '-')}"


def answer_view(cell: Cell, shelf: Shelf, needs: Mapping[str, Text]) -> AnswerView:
    """What to show of a cell; `needs` are the kinds of help that the plan has words for."""
    answer, sheet = cell.answer, cell.sheet
    anchor = anchor_of(cell.indicator.id, cell.round, cell.voice)
    if answer is None or sheet is None:
        return AnswerView(anchor, cell)
    options = cell.indicator.options if isinstance(cell.indicator, ChoiceIndicator) else {}
    keys = dict.fromkeys((*answer.evidence, *(value.evidence for value in answer.values if value.evidence)))
    return AnswerView(
        anchor,
        cell,
        flags=tuple(flag for flag in Flag if flag in cell.flags),
        chosen=tuple(options.get(word, {"": word}) for word in answer.choice),
        values=answer.values,
        needs=tuple(needs.get(word, {"": word}) for word in answer.needs),
        to=answer.to if isinstance(answer, ReplyAnswer) else None,
        evidence=shelf.citations(sheet.evidence[key] for key in keys if key in sheet.evidence),
    )
