"""The sheet of evidence: a line a document, those that are cited already and room for more. This module alone lays it out."""

from typing import TYPE_CHECKING

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.dropdowns import Lists
from workplan_cli.exchange.questionnaire.filled import Filled
from workplan_cli.exchange.questionnaire.form import FIRST, MARK, Form, Piece
from workplan_cli.exchange.questionnaire.looks import Looks, height
from workplan_cli.exchange.questionnaire.words import CITED, Cited, Tongue

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SPARE = 30
"""Empty lines for further evidence."""
WIDTHS: dict[Cited, float] = {
    Cited.NUMBER: 6,
    Cited.DOCUMENT: 40,
    Cited.KEEPER: 28,
    Cited.PINPOINT: 20,
    Cited.LINK: 34,
    Cited.QUOTATION: 60,
    Cited.LANGUAGE: 12,
    Cited.ACCESS: 14,
}


def documents(sheet: "Worksheet", form: Form, tongue: Tongue, looks: Looks, filled: Filled, lists: Lists) -> None:
    """The sheet of evidence: what is cited already, and lines for more."""
    columns = {column: place for place, column in enumerate(Cited)}
    for column, place in columns.items():
        sheet.write_string(0, place, MARK + "evidence" if column is Cited.ID else column.value)
        if column is Cited.ID:
            sheet.set_column(place, place, 3, None, {"hidden": True})
        else:
            sheet.set_column(place, place, WIDTHS[column])
            sheet.write_string(FIRST - 1, place, tongue.say(CITED[column]), looks.heading)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, columns[Cited.NUMBER], tongue.say(words.EVIDENCE), looks.title)
    sheet.set_row(1, 22)
    sheet.set_row(FIRST - 1, 44)
    pieces: dict[int, Piece] = {piece.number: piece for piece in form.pieces()}
    total = max((len(pieces) + SPARE, *filled.evidence), default=SPARE)
    for number in range(1, total + 1):
        line, piece, cells = FIRST + number - 1, pieces.get(number), filled.evidence.get(number, {})
        sheet.write_string(line, columns[Cited.ID], piece.id if piece is not None else f"+{number}")
        sheet.write_number(line, columns[Cited.NUMBER], number, looks.question)
        locked = piece is not None and (piece.is_restricted or piece.is_table)
        for column in list(Cited)[2:]:
            said = cells.get(column.value, "")
            fixed = locked or (piece is not None and column in (Cited.DOCUMENT, Cited.KEEPER))
            mark = filled.marks.get(("evidence", str(number), column.value))
            look = looks.wrong if mark else looks.locked if fixed else looks.text
            sheet.write_string(line, columns[column], said, look)
            if mark:
                sheet.write_comment(line, columns[column], mark, {"x_scale": 2, "author": "workplan"})
        tall = [(cells.get(column.value, ""), width) for column, width in WIDTHS.items()]
        sheet.set_row(line, height(tall))
    end = FIRST + total - 1
    access = lists.of((tongue.say(words.PUBLIC), tongue.say(words.RESTRICTED)))
    sheet.data_validation(FIRST, columns[Cited.ACCESS], end, columns[Cited.ACCESS], {"validate": "list", "source": access})
    tongues = {
        "validate": "list",
        "source": lists.of(tuple(dict.fromkeys((*form.plan.languages, "en", "es", "pt", "fr")))),
        "show_error": False,
    }
    sheet.data_validation(FIRST, columns[Cited.LANGUAGE], end, columns[Cited.LANGUAGE], tongues)
    sheet.freeze_panes(FIRST, columns[Cited.KEEPER])
    sheet.protect("", dict.fromkeys(("format_columns", "format_rows", "format_cells", "sort", "autofilter"), True))
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST - 1)
