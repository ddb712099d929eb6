"""How what was answered looks in the cells of a questionnaire. This module alone writes an answer as cells."""

from collections.abc import Mapping

from workplan_cli.exchange.questionnaire.form import Form, Key, Kind, Piece, figure_of, is_plain
from workplan_cli.exchange.questionnaire.words import PUBLIC, RESTRICTED, YES, Cited, Column, Tongue
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, NumberIndicator, RateIndicator
from workplan_cli.model.submission import Answer, Status

LONGEST = 32_000
"""Characters that a cell holds; Excel takes 32,767."""

Cells = dict[Column, str]


def is_too_long(answer: Answer | None) -> bool:
    """Whether an answer has a text that no cell holds."""
    texts = [one for text in (answer.text, answer.reason, answer.note) if text for one in text.values()] if answer else []
    return any(len(one) > LONGEST for one in texts)


def is_open(form: Form, indicator: Indicator) -> bool:
    """Whether the answer to a question can be changed in a sheet at all."""
    answer = form.answer(indicator.id)
    by = indicator.by if isinstance(indicator, NumberIndicator | RateIndicator) else ()
    return answer is None or (is_plain(answer, by) and not is_too_long(answer))


def cells_of(form: Form, tongue: Tongue, pieces: tuple[Piece, ...]) -> dict[Key, Cells]:
    """Every row of a form, with what its cells hold already."""
    numbers = {piece.id: piece.number for piece in pieces}
    found: dict[Key, Cells] = {}
    for indicator in form.indicators:
        answer = form.answer(indicator.id)
        standing = None if answer is not None and is_carried(answer) else answer
        for key in form.rows(indicator):
            found[key] = _row(key, indicator, standing, tongue, numbers) if standing is not None else {}
            if standing is not None and standing.needs and key.kind is Kind.QUESTION:
                found[key][Column.NEEDS] = "; ".join(tongue.of(form.plan.needs.get(one)) or one for one in standing.needs)
    return found


def is_carried(answer: Answer) -> bool:
    """Whether it was carried from the last round and awaits confirmation, so that no cell may show it as an answer."""
    return answer.status is Status.CARRIED and answer.confirmed is None


def _row(key: Key, indicator: Indicator, answer: Answer, tongue: Tongue, numbers: Mapping[str, int]) -> Cells:
    if key.kind is Kind.OPTION:
        return {Column.ANSWER: tongue.say(YES)} if key.option in answer.choice else {}
    if key.kind is Kind.FIGURE:
        return _figure(key, indicator, answer, numbers)
    if key.kind is Kind.OPEN:
        return {}
    since, until = (answer.valid.since, answer.valid.until) if answer.valid is not None else (None, None)
    cells = {
        Column.ANSWER: said(indicator, answer, tongue),
        Column.REASON: tongue.of(answer.reason),
        Column.NOTE: tongue.of(answer.note),
        Column.EVIDENCE: ", ".join(str(numbers[id_]) for id_ in answer.evidence if id_ in numbers),
        Column.SINCE: str(since or ""),
        Column.UNTIL: str(until or ""),
    }
    return {column: words[:LONGEST] for column, words in cells.items() if words}


def said(indicator: Indicator, answer: Answer, tongue: Tongue) -> str:
    """What the answer cell of a question holds."""
    if answer.absence is not None:
        return tongue.word(answer.absence.value)
    if answer.result is not None:
        return tongue.word(answer.result.value)
    if answer.date is not None:
        return str(answer.date)
    if isinstance(indicator, ChoiceIndicator) and not indicator.many:
        return "; ".join(tongue.of(indicator.options[one]) if one in indicator.options else one for one in answer.choice)
    return tongue.of(answer.text)


def _figure(key: Key, indicator: Indicator, answer: Answer, numbers: Mapping[str, int]) -> Cells:
    assert isinstance(indicator, NumberIndicator | RateIndicator)
    value = next((one for one in answer.values if figure_of(one, indicator.by) == key.figure), None)
    if value is None:
        return {}
    amount = getattr(value, key.field)
    cells = {Column.ANSWER: "" if amount is None else str(amount)}
    if value.evidence is not None and value.evidence in numbers and key.field != "whole":
        cells[Column.EVIDENCE] = str(numbers[value.evidence])
    return {column: words for column, words in cells.items() if words}


def label(key: Key, indicator: Indicator, tongue: Tongue) -> str:
    """The words that stand before an option or a figure."""
    if key.kind is Kind.OPTION and isinstance(indicator, ChoiceIndicator):
        return tongue.of(indicator.options[key.option])
    words = ", ".join(word if name == "year" else tongue.word(word) for name, word in key.figure)
    of = tongue.of(getattr(indicator.of, key.field)) if isinstance(indicator, RateIndicator) else ""
    return ": ".join(filter(None, (words, of))) or tongue.word("total")


def summary(indicator: Indicator, answer: Answer, tongue: Tongue) -> str:
    """An answer in a few lines: what is shown of the last round."""
    if isinstance(indicator, NumberIndicator | RateIndicator) and answer.values:
        lines = []
        for value in answer.values[:12]:
            words = ", ".join(w if n == "year" else tongue.word(w) for n, w in figure_of(value, indicator.by))
            amount = f"{value.part} / {value.whole}" if value.value is None else str(value.value)
            lines.append(f"{words}: {amount}" if words else amount)
        return "\n".join((*lines, *(("…",) if len(answer.values) > 12 else ())))
    if isinstance(indicator, ChoiceIndicator) and answer.choice:
        return "; ".join(tongue.of(indicator.options[one]) if one in indicator.options else one for one in answer.choice)
    return said(indicator, answer, tongue)[:1500]


def evidence_cells(piece: Piece, tongue: Tongue) -> dict[Cited, str]:
    """What the cells of a piece of evidence hold; of a restricted one its title and its custodian, and nothing else."""
    evidence, source = piece.evidence, piece.source
    title = source.title if source is not None else evidence.source
    cells = {Cited.DOCUMENT: title}
    if piece.is_restricted:
        custodian = source.custodian if source is not None else None
        return {**cells, Cited.KEEPER: custodian or "", Cited.ACCESS: tongue.say(RESTRICTED)}
    row = "; ".join(f"{name}: {word}" for name, word in evidence.row.items())
    cells |= {
        Cited.KEEPER: (source.publisher if source is not None else None) or "",
        Cited.PINPOINT: evidence.pinpoint or row,
        Cited.LINK: evidence.url or (source.url if source is not None else None) or "",
        Cited.QUOTATION: evidence.quotation or evidence.cell or "",
        Cited.LANGUAGE: evidence.language or "",
        Cited.ACCESS: tongue.say(PUBLIC),
    }
    return {column: words[:LONGEST] for column, words in cells.items() if words}
