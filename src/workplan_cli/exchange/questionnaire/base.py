"""The hidden sheet that says what was packed, so that a file that comes back is compared with it. This module alone writes it."""

import json
from typing import TYPE_CHECKING

from workplan_cli.exchange.questionnaire.filled import Filled
from workplan_cli.exchange.questionnaire.form import BASE, FORMAT, Form

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_PIECE = 30_000
"""Characters that a cell holds in every program."""


def write_base(book: "Workbook", form: Form, base: Filled) -> None:
    """The hidden sheet: what was packed, in pieces that a cell can hold, so that a sheet that comes back is compared with it."""
    sheet = book.add_worksheet(BASE)
    sheet.very_hidden()
    subject = form.subject
    meta = {
        "format": FORMAT,
        "state": subject.state,
        "round": subject.round,
        "voice": subject.voice,
        "language": subject.language,
        "only": subject.only,
        "revision": subject.revision,
        "last": form.last.round if form.last is not None else "",
    }
    for line, (name, said) in enumerate(meta.items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, said)
    answers = {one.id: form.answer(one.id) for one in form.indicators}
    content = {
        "rows": base.rows,
        "evidence": {str(number): cells for number, cells in base.evidence.items()},
        "answers": {
            id_: one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for id_, one in answers.items() if one
        },
        "pieces": {
            piece.id: piece.evidence.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for piece in form.pieces()
            if not piece.is_restricted
        },
        "revisions": {one.id: form.plan.guidelines[one.guideline].revision for one in form.indicators},
    }
    written = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    for place, begin in enumerate(range(0, len(written), _PIECE)):
        sheet.write_string(len(meta) + place, 0, "base")
        sheet.write_string(len(meta) + place, 1, written[begin : begin + _PIECE])
