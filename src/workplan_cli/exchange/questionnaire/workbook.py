"""A questionnaire as an .xlsx file. This module alone knows XlsxWriter, and how the sheets look.

The same form gives the same bytes. Every text is written as text, so that nothing in it becomes a formula.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.asking import formula, is_asked
from workplan_cli.exchange.questionnaire.form import FORMAT, Form, Key, Kind, Piece
from workplan_cli.exchange.questionnaire.instructions import instructions
from workplan_cli.exchange.questionnaire.looks import Looks, height
from workplan_cli.exchange.questionnaire.words import CITED, HEADINGS, HIDDEN, INPUT, Cited, Column, Tongue
from workplan_cli.exchange.questionnaire.written import (
    cells_of,
    evidence_cells,
    is_carried,
    is_open,
    label,
    summary,
)
from workplan_cli.model.indicator import (
    PERSONS,
    ChoiceIndicator,
    DateIndicator,
    ImplementationIndicator,
    Indicator,
    NumberIndicator,
    RateIndicator,
)
from workplan_cli.model.submission import Absence, Result

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MARK = "workplan:"
"""What the first cell of a sheet's hidden line begins with; what it is of follows."""
BASE = "workplan"
"""The hidden sheet that says what was packed."""
SPARE = 30
"""Empty lines for further evidence."""
FIRST = 3
"""The line below the headings, counted from 0."""
_MADE = datetime(2000, 1, 1)
_PIECE = 30_000

WIDTHS: dict[Column, float] = {
    Column.NUMBER: 6,
    Column.GUIDELINE: 34,
    Column.QUESTION: 38,
    Column.GUIDANCE: 38,
    Column.LAST: 18,
    Column.ANSWER: 22,
    Column.REASON: 26,
    Column.NOTE: 34,
    Column.EVIDENCE: 11,
    Column.NEEDS: 18,
    Column.SINCE: 12,
    Column.UNTIL: 12,
}
_EVIDENCE_WIDTHS: dict[Cited, float] = {
    Cited.NUMBER: 6,
    Cited.DOCUMENT: 40,
    Cited.KEEPER: 28,
    Cited.PINPOINT: 20,
    Cited.LINK: 34,
    Cited.QUOTATION: 60,
    Cited.LANGUAGE: 12,
    Cited.ACCESS: 14,
}


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
    lists = _Lists(book.add_worksheet("lists"))
    sheet = _Answers(answers, form, tongue, looks, filled)
    sheet.write(lists)
    _evidence(evidence, form, tongue, looks, filled, lists)
    instructions(first, form, tongue, looks, filled, sheet.counter(tongue), lists.of, about)
    lists.sheet.very_hidden()
    _base(book, form, base)
    first.activate()
    book.close()
    return data.getvalue()


class _Lists:
    """The hidden sheet that holds the words of every drop-down: lists in a cell's own validation end at 255 characters."""

    def __init__(self, sheet: "Worksheet") -> None:
        self.sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}

    def of(self, options: Sequence[str]) -> str:
        """Where a list stands."""
        import xlsxwriter.utility as place

        key = tuple(options)
        if key not in self._known:
            column = len(self._known)
            for row, word in enumerate(key):
                self.sheet.write_string(row, column, word)
            self._known[key] = f"=lists!{place.xl_range_abs(0, column, len(key) - 1, column)}"
        return self._known[key]


class _Answers:
    """The sheet of answers."""

    def __init__(self, sheet: "Worksheet", form: Form, tongue: Tongue, looks: Looks, filled: Filled) -> None:
        self.sheet, self.form, self.tongue, self.looks, self.filled = sheet, form, tongue, looks, filled
        self.columns = {column: place for place, column in enumerate(Column)}
        self.lines: dict[str, int] = {}
        line = FIRST
        for chapter in form.plan.chapters:
            asked = [one for one in form.indicators if form.plan.chapter_of[one.guideline].id == chapter.id]
            if asked:
                self.lines[f"chapter:{chapter.id}"] = line
                line += 1
            for indicator in asked:
                for key in form.rows(indicator):
                    self.lines[str(key)] = line
                    line += 1
        self.end = line - 1

    def range(self, column: Column) -> str:
        """All cells of a column, as a formula names them."""
        import xlsxwriter.utility as place

        return str(place.xl_range_abs(FIRST, self.columns[column], self.end, self.columns[column]))

    def counter(self, tongue: Tongue) -> tuple[str, str]:
        """How many questions are answered of those that are asked: a formula, and what it comes to now."""
        import xlsxwriter.utility as place

        name = place.quote_sheetname(tongue.say(words.ANSWERS))
        done, asked = (f"{name}!{self.range(one)}" for one in (Column.DONE, Column.ASKED))
        of = tongue.say(words.OF)
        now = [(self._done(one), is_asked(one, self.form)) for one in self.form.indicators]
        value = f"{sum(d and a for d, a in now)} {of} {sum(a for _, a in now)}"
        return f'=SUMPRODUCT({done},{asked})&" {of} "&SUM({asked})', value

    def write(self, lists: _Lists) -> None:
        """Fill the sheet."""
        sheet, tongue = self.sheet, self.tongue
        for column, place in self.columns.items():
            sheet.write_string(0, place, MARK + "answers" if column is Column.ID else column.value)
            if column in HIDDEN:
                sheet.set_column(place, place, 3, None, {"hidden": True})
            else:
                sheet.set_column(place, place, WIDTHS[column])
                sheet.write_string(FIRST - 1, place, tongue.say(HEADINGS[column]), self.looks.heading)
        sheet.set_row(0, None, None, {"hidden": True})
        subject = self.form.subject
        name = tongue.of(self.form.plan.title)
        sheet.set_row(1, 22)
        sheet.write_string(1, self.columns[Column.NUMBER], f"{subject.state} · {subject.round} · {name}", self.looks.title)
        sheet.set_row(FIRST - 1, 44)
        shown: set[str] = set()
        for chapter in self.form.plan.chapters:
            line = self.lines.get(f"chapter:{chapter.id}")
            if line is not None:
                self._band(line, f"{chapter.number.rstrip(chr(46))}. {tongue.of(chapter.heading)}")
        for indicator in self.form.indicators:
            for key in self.form.rows(indicator):
                self._row(key, indicator, lists, indicator.guideline not in shown)
                shown.add(indicator.guideline)
        self._around()

    def _band(self, line: int, heading: str) -> None:
        self.sheet.set_row(line, 20)
        for column, place in self.columns.items():
            if column not in HIDDEN:
                self.sheet.write_string(line, place, heading if column is Column.NUMBER else "", self.looks.band)

    def _around(self) -> None:
        sheet, last = self.sheet, len(self.columns) - 1
        sheet.freeze_panes(FIRST, self.columns[Column.GUIDANCE])
        sheet.autofilter(FIRST - 1, self.columns[Column.NUMBER], self.end, last)
        asked = f"${_letter(self.columns[Column.ASKED])}{FIRST + 1}"
        rule = {"type": "formula", "criteria": f'=AND({asked}<>"",{asked}=0)', "format": self.looks.void}
        sheet.conditional_format(FIRST, self.columns[Column.NUMBER], self.end, last, rule)
        allowed = ("format_columns", "format_rows", "format_cells", "sort", "autofilter", "insert_columns", "select_locked_cells")
        sheet.protect("", dict.fromkeys(allowed, True))
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST - 1)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        sheet.print_area(1, self.columns[Column.NUMBER], self.end, last)
        sheet.outline_settings(True, False, True, False)

    def _row(self, key: Key, indicator: Indicator, lists: _Lists, with_text: bool) -> None:
        line, tongue, sheet, put = self.lines[str(key)], self.tongue, self.sheet, self.columns
        home, is_first = self.form.plan.guidelines[indicator.guideline], key.kind is Kind.QUESTION
        sheet.write_string(line, put[Column.ID], str(key))
        sheet.write_string(line, put[Column.OF], indicator.id)
        self._counted(key, indicator, line)
        text = {
            Column.NUMBER: home.number if is_first else "",
            Column.GUIDELINE: tongue.of(home.text) if is_first and with_text else "",
            Column.QUESTION: tongue.of(indicator.question) if is_first else label(key, indicator, tongue),
            Column.GUIDANCE: self._guidance(indicator) if is_first else "",
            Column.LAST: self._last(indicator) if is_first else "",
        }
        cells = self.filled.rows.get(str(key), {})
        if key.kind is Kind.OPEN:
            text[Column.QUESTION] = cells.get(Column.QUESTION.value, "")
        for column, said in text.items():
            grey = column in (Column.GUIDELINE, Column.GUIDANCE, Column.LAST)
            look = self.looks.grey if grey else self.looks.question if is_first else self.looks.label
            sheet.write_string(line, put[column], said, look)
        if key.kind is Kind.OPEN:
            self._input(key, line, Column.QUESTION, cells.get(Column.QUESTION.value, ""))
            sheet.data_validation(
                line,
                put[Column.QUESTION],
                line,
                put[Column.QUESTION],
                {"validate": "any", "input_message": tongue.say(words.OPEN_ROW)},
            )
        closed = not is_open(self.form, indicator)
        for column in INPUT:
            open_here = not closed and (is_first or column is Column.ANSWER or (column is Column.EVIDENCE and _cites(key)))
            said = cells.get(column.value, "")
            if open_here:
                self._input(key, line, column, said)
            else:
                sheet.write_string(line, put[column], said, self.looks.locked)
        if not closed:
            self._validate(key, indicator, line, lists)
        tall = [(said, WIDTHS[column]) for column, said in text.items()]
        tall += [(cells.get(column.value, ""), WIDTHS[column]) for column in INPUT]
        sheet.set_row(line, height(tall), None, {} if is_first else {"level": 1})

    def _input(self, key: Key, line: int, column: Column, said: str) -> None:
        mark = self.filled.marks.get(("answers", str(key), column.value))
        look = self.looks.wrong if mark else self.looks.given if column is Column.ANSWER else self.looks.text
        figure = key.kind in (Kind.FIGURE, Kind.OPEN) and column is Column.ANSWER
        if figure and said.isdigit() and len(said) < 15:
            self.sheet.write_number(line, self.columns[column], int(said), look if mark else self.looks.number)
        else:
            self.sheet.write_string(line, self.columns[column], said, self.looks.number if figure and not mark else look)
        if mark:
            self.sheet.write_comment(line, self.columns[column], mark, {"x_scale": 2, "y_scale": 1.2, "author": "workplan"})

    def _counted(self, key: Key, indicator: Indicator, line: int) -> None:
        """Whether a question is asked and answered, as formulas over the other cells."""
        if key.kind is not Kind.QUESTION:
            return
        asked = int(is_asked(indicator, self.form))
        criteria = formula(indicator, self.form, self.tongue, self.range(Column.ID), self.range(Column.ANSWER))
        sheet = self.sheet
        if criteria is None:
            sheet.write_number(line, self.columns[Column.ASKED], asked)
        else:
            sheet.write_formula(line, self.columns[Column.ASKED], criteria, None, asked)
        of = f"${_letter(self.columns[Column.OF])}{line + 1}"
        count = f'COUNTIFS({self.range(Column.OF)},{of},{self.range(Column.ANSWER)},"<>")'
        sheet.write_formula(line, self.columns[Column.DONE], f"=IF({count}>0,1,0)", None, int(self._done(indicator)))

    def _done(self, indicator: Indicator) -> bool:
        keys = self.form.rows(indicator)
        return any(self.filled.rows.get(str(key), {}).get(Column.ANSWER.value) for key in keys)

    def _guidance(self, indicator: Indicator) -> str:
        tongue = self.tongue
        parts = [tongue.of(indicator.guidance)]
        if isinstance(indicator, NumberIndicator | RateIndicator):
            parts.append(tongue.say(words.FIGURE_BELOW))
            parts += [tongue.say(words.PERSONS)] if indicator.unit == PERSONS else []
        elif isinstance(indicator, ChoiceIndicator) and indicator.many:
            parts.append(tongue.say(words.OPTIONS_BELOW))
        elif isinstance(indicator, DateIndicator):
            parts.append(tongue.say(words.A_DATE))
        for other, wanted in indicator.asked_if.items():
            question = tongue.of(self.form.every[other].question) if other in self.form.every else other
            choices = f" {tongue.say(words.OR)} ".join(_option(self.form.every.get(other), one, tongue) for one in wanted)
            parts.append(f"{tongue.say(words.ONLY_IF)}: {question} {choices}.")
        if not is_open(self.form, indicator):
            parts.append(tongue.say(words.TOO_LONG))
        return "\n".join(parts)

    def _last(self, indicator: Indicator) -> str:
        before, now = self.form.before(indicator.id), self.form.answer(indicator.id)
        if before is None and now is not None and is_carried(now):
            before = now
        return summary(indicator, before, self.tongue) if before is not None else ""

    def _validate(self, key: Key, indicator: Indicator, line: int, lists: _Lists) -> None:
        place, tongue = self.columns[Column.ANSWER], self.tongue
        if key.kind is Kind.OPTION:
            rule: dict[str, Any] = {"validate": "list", "source": lists.of((tongue.say(words.YES), tongue.say(words.NO)))}
        elif key.kind in (Kind.FIGURE, Kind.OPEN):
            cell = f"{_letter(place)}{line + 1}"
            is_persons = isinstance(indicator, NumberIndicator | RateIndicator) and indicator.unit == PERSONS
            number = f"AND(ISNUMBER({cell}),{cell}>=0" + (f",OR({cell}=0,{cell}>=5),{cell}=INT({cell}))" if is_persons else ")")
            rule = {"validate": "custom", "value": f'=OR({cell}="<5",{number})'}
            rule |= {"input_message": tongue.say(words.PERSONS)} if is_persons else {}
        else:
            rule = {"validate": "list", "source": lists.of(options(indicator, self.form, tongue))}
            if indicator.type in ("text", "date"):
                rule |= {"error_type": "information"}
                rule |= {"show_error": False}
        self.sheet.data_validation(line, place, line, place, rule)
        if key.kind is Kind.QUESTION and self.form.plan.needs:
            needs = [tongue.of(one) for one in self.form.plan.needs.values()]
            rule = {"validate": "list", "source": lists.of(needs), "show_error": False}
            self.sheet.data_validation(line, self.columns[Column.NEEDS], line, self.columns[Column.NEEDS], rule)


def options(indicator: Indicator, form: Form, tongue: Tongue) -> tuple[str, ...]:
    """The words of the drop-down beside a question."""
    own: tuple[str, ...] = ()
    if isinstance(indicator, ImplementationIndicator):
        own = tuple(tongue.word(one.value) for one in Result)
    elif isinstance(indicator, ChoiceIndicator) and not indicator.many:
        own = tuple(tongue.of(one) for one in indicator.options.values())
    as_last = (tongue.say(words.AS_LAST),) if form.still_holds(indicator) else ()
    return (*own, *as_last, *(tongue.word(one.value) for one in Absence))


def _option(indicator: Indicator | None, id_: str, tongue: Tongue) -> str:
    if isinstance(indicator, ChoiceIndicator) and id_ in indicator.options:
        return tongue.of(indicator.options[id_])
    return tongue.word(id_)


def _cites(key: Key) -> bool:
    return key.kind in (Kind.FIGURE, Kind.OPEN) and key.field != "whole"


def _letter(column: int) -> str:
    import xlsxwriter.utility as place

    return str(place.xl_col_to_name(column))


def _evidence(sheet: "Worksheet", form: Form, tongue: Tongue, looks: Looks, filled: Filled, lists: _Lists) -> None:
    """The sheet of evidence: what is cited already, and lines for more."""
    columns = {column: place for place, column in enumerate(Cited)}
    for column, place in columns.items():
        sheet.write_string(0, place, MARK + "evidence" if column is Cited.ID else column.value)
        if column is Cited.ID:
            sheet.set_column(place, place, 3, None, {"hidden": True})
        else:
            sheet.set_column(place, place, _EVIDENCE_WIDTHS[column])
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
        tall = [(cells.get(column.value, ""), width) for column, width in _EVIDENCE_WIDTHS.items()]
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


def _base(book: "Workbook", form: Form, base: Filled) -> None:
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
