"""Answers: each says one thing, and says it in the form its question asks for.

This module alone knows how an answer fits an indicator. Every function here is one loop that leaves an answer without fault as
soon as it can: a large record has hundreds of thousands.
"""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Pointer, Severity, did_you_mean
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, NumberIndicator
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.submission import Absence, Answer, AnswerSheet, Reply, Result, Status, Value
from workplan_cli.rules.places import Sheet, answers_of, fields_asked
from workplan_cli.rules.rule import Context, Found, Rule

_FIELDS = ("result", "values", "choice", "date", "text")
_OTHERS = {field: frozenset(_FIELDS) - {field} for field in _FIELDS}
_RESULTS = ", ".join(result.value for result in Result)
_ABSENCES = ", ".join(absence.value for absence in Absence)
_WRITE = {
    "implementation": f"write result: with one of {_RESULTS}",
    "number": "write values: [{year: 2016, value: 12}]",
    "rate": "write values: [{year: 2016, part: 30, whole: 40}]",
    "date": "write date: 2014, 2014-03 or 2014-03-07",
    "text": "write text: {en: …}",
}
_ASKS = {
    "implementation": "a result",
    "number": "values",
    "rate": "values with part and whole",
    "date": "a date",
    "choice": "a choice",
    "text": "a text",
}


def answer_does_not_fit(sheet: Sheet, context: Context) -> Iterator[Found]:
    """An answer in another form than the question's is counted by nothing.

    An indicator is answered with the field of its type: implementation with `result`, number and rate with `values`, date with
    `date`, choice with `choice`, text with `text`. A mandate is answered with `result`. Each of the values of a number has
    `value`; of a rate, `part` and `whole`.
    """
    key, answers = answers_of(sheet)
    fields, others = fields_asked(sheet, context), _OTHERS
    for id_, answer in answers.items():
        field = fields.get(id_)
        if field is None:
            continue
        if not others[field].isdisjoint(answer.__pydantic_fields_set__):
            yield from _not_fitting((key, id_), answer, context.indicators.get(id_) if key == "answers" else None)
        if field == "values" and answer.values:
            yield from _figures((key, id_), answer.values, context.indicators[id_])


def _not_fitting(place: Pointer, answer: Answer, indicator: Indicator | None) -> Iterator[Found]:
    """The first field of another form; `indicator` is None for a mandate."""
    asker, type_, own = (
        ("indicator", indicator.type, indicator.answered_in) if indicator else ("mandate", "implementation", "result")
    )
    for given in _FIELDS:
        if given != own and getattr(answer, given):
            message = f"answer {place[1]} gives '{given}'; the {asker} asks for {_ASKS[type_]}"
            yield Found((*place, given), message, _write(indicator) if indicator else _WRITE["implementation"], on_key=True)
            return


def _figures(place: Pointer, values: tuple[Value, ...], indicator: Indicator) -> Iterator[Found]:
    is_number = isinstance(indicator, NumberIndicator)
    for row, value in enumerate(values):
        # A number has a value and no part and no whole; a rate has none and both.
        if is_number is (value.value is not None) is (value.part is None) is (value.whole is None):
            continue
        given = [f"'{name}'" for name in ("value", "part", "whole") if getattr(value, name) is not None]
        wanted = "'value'" if is_number else "'part' and 'whole'"
        message = f"figure {row + 1} of {place[1]} gives {' and '.join(given) or 'no number'}; the indicator asks for {wanted}"
        hint = f"write {'value:' if is_number else 'part: and whole:'}, and no other number"
        yield Found((*place, "values", row), message, hint)


def _write(indicator: Indicator) -> str:
    if isinstance(indicator, ChoiceIndicator):
        return f"write choice: [{next(iter(indicator.options), '')}], from: {', '.join(indicator.options)}"
    return _WRITE[indicator.type]


def says_nothing_or_both(sheet: Sheet, context: Context) -> Iterator[Found]:
    """An answer that says nothing looks like an answer and is none; one that says two things is read as either.

    Exactly one of two: what the indicator asks for, or an `absence` (not-applicable, not-pursued, no-information, withheld). A
    reply may also be a `note` alone.
    """
    key, answers = answers_of(sheet)
    fields = fields_asked(sheet, context)
    for id_, answer in answers.items():
        field = fields.get(id_)
        if field is None:
            continue
        if getattr(answer, field):
            if answer.absence is not None:
                message = f"answer {id_} gives '{field}' and 'absence'"
                yield Found((key, id_, "absence"), message, "keep the one that holds, delete the other", on_key=True)
        elif answer.absence is None and not _says_otherwise(sheet, answer):
            hint = f"give '{field}', or absence: with one of {_ABSENCES}"
            yield Found((key, id_), f"answer {id_} says nothing", hint, on_key=True)


def _says_otherwise(sheet: Sheet, answer: Answer) -> bool:
    """Whether it says something in another form, which is found there, or is a reply in words."""
    return any(getattr(answer, field) for field in _FIELDS) or (isinstance(sheet, Reply) and bool(answer.note))


def absence_without_reason(sheet: Sheet, context: Context) -> Iterator[Found]:
    """The plan leaves each guideline to the state's discretion; a reader is owed the reason.

    An answer `not-applicable` or `not-pursued` has a `reason`. One that is still a draft owes none yet.
    """
    key, answers = answers_of(sheet)
    for id_, answer in answers.items():
        absence = answer.absence
        if absence is None or answer.reason or answer.status is Status.DRAFT:
            continue
        if absence is Absence.NOT_APPLICABLE or absence is Absence.NOT_PURSUED:
            message = f"answer {id_} is '{absence}' and gives no reason"
            yield Found((key, id_, "absence"), message, "add reason: {en: …}: why it does not apply, or is not pursued")


def not_asked(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """Two answers that exclude each other: one of them is a slip.

    An indicator with `asked_if` is not asked when the indicator named there is answered otherwise in the same file; then it is
    left out, or answered with an absence. An indicator named there that is not answered excludes nothing.
    """
    answers = sheet.answers
    if context.unread_indicators:
        return
    for id_, asked_if in context.conditions.items():
        answer = answers.get(id_)
        if answer is None or answer.absence is not None:
            continue
        for other, words in asked_if.items():
            first = answers.get(other)
            said = () if first is None else first.choice or ((first.result,) if first.result else ())
            if said and not any(word in words for word in said):
                message = f"answer {id_} is given, though {other} is answered '{', '.join(said)}'"
                hint = f"it is asked only when {other} is {' or '.join(words)}: correct one of the two"
                yield Found(("answers", id_), message, hint, on_key=True)
                break


def treaty_answered(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """Who is a party to a treaty is read from the register of its depositary's acts, never asked.

    An indicator of type treaty has no answer in any file; what a state says of it belongs in a note on another answer, what is
    known in the register.
    """
    for id_, treaty in context.treaty_of.items():
        if id_ in sheet.answers:
            message = f"answer {id_} is given, and the indicator is read from the register of {treaty}"
            hint = f"delete it; if the register is wrong, correct registers/treaties/{treaty}.yaml"
            yield Found(("answers", id_), message, hint, on_key=True)


def unknown_option(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """A choice that the question does not offer is counted under nothing.

    Each word under `choice` is an option of the indicator, given once; only an indicator with `many: true` takes more than one.
    """
    if context.unread_indicators:
        return
    for id_, answer in sheet.answers.items():
        choice = answer.choice
        if not choice:
            continue
        indicator = context.indicators.get(id_)
        if isinstance(indicator, ChoiceIndicator) and not (len(choice) == 1 and choice[0] in indicator.options):
            yield from _choice(id_, choice, indicator)


def _choice(id_: str, choice: tuple[str, ...], indicator: ChoiceIndicator) -> Iterator[Found]:
    place = ("answers", id_, "choice")
    if len(choice) > 1 and not indicator.many:
        yield Found(place, f"answer {id_} gives {len(choice)} choices, and the indicator takes one", "keep one", on_key=True)
        return
    for position, option in enumerate(choice):
        if option not in indicator.options:
            hint = did_you_mean(option, indicator.options, f"options: {', '.join(indicator.options)}")
            yield Found((*place, position), f"choice '{option}' is no option of {id_}", hint)
        elif option in choice[:position]:
            yield Found((*place, position), f"choice '{option}' of {id_} is given twice", "delete one of the two")


_SHEETS = (AnswerSheet, MandateSheet)

RULES = (
    Rule(Code("WP401", "answer-does-not-fit"), answer_does_not_fit, on=_SHEETS),
    Rule(Code("WP402", "says-nothing-or-both"), says_nothing_or_both, on=_SHEETS),
    Rule(Code("WP403", "absence-without-reason"), absence_without_reason, on=_SHEETS),
    Rule(Code("WP408", "not-asked", Severity.WARNING), not_asked, on=(AnswerSheet,)),
    Rule(Code("WP410", "treaty-answered"), treaty_answered, on=(AnswerSheet,)),
    Rule(Code("WP411", "unknown-option"), unknown_option, on=(AnswerSheet,)),
)
