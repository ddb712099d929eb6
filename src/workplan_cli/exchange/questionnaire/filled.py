"""What stands in the cells of a questionnaire: what the record holds, or what somebody typed, with remarks on single cells.

This module alone knows that a sheet is filled from either in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.form import Form
from workplan_cli.exchange.questionnaire.words import Tongue
from workplan_cli.exchange.questionnaire.written import cells_of, evidence_cells


@dataclass(frozen=True)
class Filled:
    """What stands in the cells of a form: what was packed, or what somebody typed; and remarks on single cells."""

    rows: Mapping[str, Mapping[str, str]]
    evidence: Mapping[int, Mapping[str, str]]
    head: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """A remark by sheet (`answers`, `evidence`, `instructions`), key of the row, and column."""


def packed(form: Form, tongue: Tongue) -> Filled:
    """A form with the answers that the record holds."""
    pieces = form.pieces()
    rows = {
        str(key): {column.value: said for column, said in cells.items()} for key, cells in cells_of(form, tongue, pieces).items()
    }
    evidence = {piece.number: {column.value: said for column, said in evidence_cells(piece, tongue).items()} for piece in pieces}
    return Filled(rows, evidence, {"status": tongue.say(words.DRAFT)})
