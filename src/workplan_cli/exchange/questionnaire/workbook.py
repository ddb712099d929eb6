"""A questionnaire as an .xlsx file: its sheets, in their order. This module alone makes a file of them, with XlsxWriter.

The same form gives the same bytes. Every text is written as text, so that nothing in it becomes a formula.
"""

import io
from collections.abc import Mapping
from datetime import datetime

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.base import write_base
from workplan_cli.exchange.questionnaire.documents import documents
from workplan_cli.exchange.questionnaire.dropdowns import Lists
from workplan_cli.exchange.questionnaire.filled import Filled, packed
from workplan_cli.exchange.questionnaire.form import Form
from workplan_cli.exchange.questionnaire.instructions import instructions
from workplan_cli.exchange.questionnaire.looks import Looks
from workplan_cli.exchange.questionnaire.questions import Questions
from workplan_cli.exchange.questionnaire.words import Tongue

_MADE = datetime(2000, 1, 1)


def workbook(form: Form, tongue: Tongue, about: Mapping[str, str], filled: Filled | None = None) -> bytes:
    """The file. `about` is what its first sheet says of it; `filled` is what its cells are to hold where that is not what the
    record holds."""
    import xlsxwriter

    base = packed(form, tongue)
    filled = filled or base
    data = io.BytesIO()
    book = xlsxwriter.Workbook(
        data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    title = f"{tongue.say(words.TITLE)} {form.subject.state} {form.subject.round}"
    book.set_properties({"title": title, "created": _MADE, "author": "", "comments": ""})
    book.set_size(24_000, 14_000)
    looks = Looks(book)
    first, answers, evidence = (
        book.add_worksheet(tongue.say(one)) for one in (words.INSTRUCTIONS, words.ANSWERS, words.EVIDENCE)
    )
    lists = Lists(book.add_worksheet("lists"))
    sheet = Questions(answers, form, tongue, looks, filled)
    sheet.write(lists)
    documents(evidence, form, tongue, looks, filled, lists)
    instructions(first, form, tongue, looks, filled, sheet.counter(tongue), lists.of, about)
    lists.sheet.very_hidden()
    write_base(book, form, base)
    first.activate()
    book.close()
    return data.getvalue()
