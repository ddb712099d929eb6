"""The page of an indicator, and that of a cell. This module alone knows what belongs on them."""

from workplan_cli.analysis.standing import Cell
from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.guideline import asks, show_answers
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.cli.pages.register import ratification_rows
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, RateIndicator, TreatyIndicator
from workplan_cli.model.submission import Answer, AnswerSheet, ReplyAnswer


def show_indicator(subject: Subject, reading: Reading, page: Page) -> None:
    """Its question, what counts, and who has answered what."""
    indicator = reading.record.indicators[subject.id]
    page.heading(indicator.id, asks(indicator))
    show_question(indicator, reading, page)
    page.quiet(page.say(indicator.guidance))
    if isinstance(indicator, ChoiceIndicator):
        page.fields((option, page.say(label)) for option, label in indicator.options.items())
    elif isinstance(indicator, RateIndicator):
        page.fields([("part", page.say(indicator.of.part)), ("whole", page.say(indicator.of.whole))])
    page.fields(
        [
            ("also", ", ".join(indicator.also)),
            ("asked if", "; ".join(f"{other} is {' or '.join(words)}" for other, words in indicator.asked_if.items())),
            ("written for", f"revision {indicator.revision} of {indicator.guideline}"),
        ]
    )
    if isinstance(indicator, TreatyIndicator):
        register = reading.record.treaties.get(indicator.treaty)
        page.section("As checked")
        page.table(("state", "standing", "act", "checked"), ratification_rows(register, page) if register else ())
    else:
        show_answers([indicator], reading, page)


def show_question(indicator: Indicator, reading: Reading, page: Page) -> None:
    """The question, and the guideline it belongs to."""
    page.words(page.say(indicator.question))
    guideline = reading.record.plan.guidelines.get(indicator.guideline)
    if guideline is not None:
        page.fields([(guideline.id, page.say(guideline.text))])


def show_cells(state: str, indicators: list[Indicator], reading: Reading, page: Page) -> None:
    """One state's answer to each of some indicators, in every round and voice."""
    profile = reading.record.states.get(state)
    page.heading(state, page.say(profile.names) if profile is not None else "")
    for indicator in indicators:
        page.section(indicator.id)
        show_question(indicator, reading, page)
        if isinstance(indicator, TreatyIndicator):
            register = reading.record.treaties.get(indicator.treaty)
            rows = [row for row in ratification_rows(register, page) if row[0] == state] if register is not None else []
            page.table(("state", "standing", "act", "checked"), rows)
            if register is not None:
                page.quiet(reading.place(register, ("states", state)))
            continue
        for round_ in reading.record.plan.round_ids:
            for cell in reading.voiced(state, indicator, round_):
                show_cell(cell, reading, page)


def show_cell(cell: Cell, reading: Reading, page: Page) -> None:
    """What one voice says, with all that belongs to it."""
    answer = cell.answer
    reply = f" to {answer.to}" if isinstance(answer, ReplyAnswer) else ""
    page.words(f"{cell.round}  {cell.voice}{reply}: {sayings.standing(cell, page)}")
    if answer is None or cell.sheet is None:
        return
    show_answer(answer, cell.indicator, reading, page)
    show_evidence(answer, cell.sheet.evidence, reading, page)
    page.quiet(reading.place(cell.sheet, ("answers", cell.indicator.id)), 2)


def show_answer(answer: Answer, indicator: Indicator | None, reading: Reading, page: Page) -> None:
    """The fields of an answer that a standing does not tell."""
    needs = reading.record.plan.needs
    confirmed = answer.confirmed
    page.fields(
        [
            ("status", f"{answer.status.value}, to revision {answer.revision}"),
            (
                "figures",
                sayings.said(indicator, answer, page, 1000)
                if indicator is not None and len(answer.values) > sayings.MOST
                else "",
            ),
            ("reason", page.say(answer.reason)),
            ("valid", sayings.validity(answer.valid)),
            ("needs", ", ".join(page.say(needs.get(need), need) for need in answer.needs)),
            ("carried from", answer.carried_from or ""),
            ("confirmed", f"{confirmed.on}, {confirmed.role}" if confirmed is not None else ""),
            ("note", page.say(answer.note)),
        ],
        2,
    )


def show_evidence(answer: Answer, evidence: dict[str, Evidence], reading: Reading, page: Page) -> None:
    """What an answer cites: source, place, and the words or the cell."""
    ids = dict.fromkeys((*answer.evidence, *(value.evidence for value in answer.values if value.evidence)))
    fields: list[tuple[str, str]] = []
    for id_ in ids:
        piece = evidence.get(id_)
        if piece is None:
            fields.append((id_, "not in this file"))
            continue
        fields.append((id_, reading.cited(piece)))
        source = reading.record.sources.get(piece.source)
        if reading.is_restricted(piece):
            custodian = source.custodian if source is not None else None
            fields.append(("", "restricted" + (f"; ask {custodian}" if custodian else "")))
            continue
        if piece.quotation:
            fields.append(("", f"“{piece.quotation}”" + (f" [{piece.language}]" if piece.language else "")))
        if piece.cell:
            fields.append(("", f"cell: {piece.cell}"))
        if source is not None and source.custodian:
            fields.append(("", f"{source.access.value}; ask {source.custodian}"))
        elif piece.url or (source is not None and source.url):
            fields.append(("", piece.url or (source.url if source is not None else None) or ""))
        fields.append(("", page.say(piece.note)))
    page.fields(fields, 2)


def show_sheet(sheet: AnswerSheet, reading: Reading, page: Page) -> None:
    """Every answer of one sheet, briefly."""
    rows = []
    for id_ in sheet.answers:
        indicator = reading.record.indicators.get(id_)
        if indicator is not None:
            voice = next(voice for voice in reading.cells.voices if reading.cells.sheet(sheet.state, sheet.round, voice) is sheet)
            rows.append((id_, sayings.standing(reading.cells.at(sheet.state, indicator, sheet.round, voice), page)))
        else:
            rows.append((id_, "no such indicator"))
    page.table(("indicator", "answer"), rows)
