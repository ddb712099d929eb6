"""The first sheet of a questionnaire: what it is about, how far it is, how it is filled in, and who answers.

This module alone decides what a focal point reads first.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.filled import Filled
from workplan_cli.exchange.questionnaire.form import Form
from workplan_cli.exchange.questionnaire.looks import Looks, height
from workplan_cli.exchange.questionnaire.words import Tongue
from workplan_cli.model.submission import Absence, Result

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEAD = {"office": words.OFFICE, "day": words.DAY, "status": words.STATUS}
"""What is filled in here, by the key in the hidden first column."""
_WIDE = 92.0


def instructions(
    sheet: "Worksheet",
    form: Form,
    tongue: Tongue,
    looks: Looks,
    filled: Filled,
    counter: tuple[str, str],
    list_of: Callable[[Sequence[str]], str],
    about: Mapping[str, str],
) -> None:
    """Fill the sheet. `about` is who and what it is for, by the keys of `words.SUBJECT`."""
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, _WIDE)
    sheet.write_string(0, 0, "workplan:instructions")
    sheet.set_row(0, 6)
    sheet.hide_gridlines(2)
    line = 1
    sheet.write_string(line, 1, tongue.say(words.TITLE), looks.title)
    sheet.set_row(line, 26)
    title = tongue.of(form.plan.title)
    sheet.merge_range(line + 1, 1, line + 1, 2, title, looks.bold)
    sheet.set_row(line + 1, height([(title, _WIDE + 30)]) + 4)
    line += 3
    for key, message in words.SUBJECT.items():
        if key == "done":
            sheet.write_string(line, 1, tongue.say(message), looks.bold)
            sheet.write_formula(line, 2, counter[0], looks.counter, counter[1])
            sheet.set_row(line, 24)
        elif about.get(key):
            sheet.write_string(line, 1, tongue.say(message), looks.bold)
            sheet.write_string(line, 2, about[key], looks.plain)
        else:
            continue
        line += 1
    line += 1
    if filled.marks:
        told = tongue.say(words.TO_CORRECT)
        sheet.write_string(line, 2, told, looks.wrong)
        sheet.set_row(line, height([(told, _WIDE)]))
        line += 2
    for number, step in enumerate(words.STEPS, 1):
        sheet.write_string(line, 1, f"{number}.", looks.right)
        sheet.write_string(line, 2, tongue.say(step), looks.plain)
        sheet.set_row(line, height([(tongue.say(step), _WIDE)]))
        line += 1
    line += 1
    for one in (*Result, *Absence):
        sheet.write_string(line, 1, tongue.word(one.value), looks.bold)
        sheet.write_string(line, 2, tongue.say(words.MEANINGS[one.value]), looks.plain)
        line += 1
    line += 1
    for key, message in HEAD.items():
        mark = filled.marks.get(("instructions", key, key))
        sheet.write_string(line, 0, key)
        sheet.write_string(line, 1, tongue.say(message), looks.bold)
        sheet.write_string(line, 2, filled.head.get(key, ""), looks.wrong if mark else looks.text)
        if mark:
            sheet.write_comment(line, 2, mark, {"x_scale": 2, "author": "workplan"})
        if key == "status":
            choice = list_of((tongue.say(words.DRAFT), tongue.say(words.FINAL)))
            sheet.data_validation(line, 2, line, 2, {"validate": "list", "source": choice})
        elif key == "day":
            sheet.data_validation(line, 2, line, 2, {"validate": "any", "input_message": "2018-11-12"})
        line += 1
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_landscape()
