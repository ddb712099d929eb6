"""Which questions of a questionnaire are put, while it is filled in. This module alone writes that as a formula."""

from workplan_cli.analysis.standing import asked
from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.form import Form
from workplan_cli.exchange.questionnaire.words import Tongue
from workplan_cli.model.indicator import ChoiceIndicator, ImplementationIndicator, Indicator
from workplan_cli.model.submission import Absence, Answer, Result


def is_asked(indicator: Indicator, form: Form) -> bool:
    """Whether the record's answers leave a question open."""
    return form.now is None or asked(indicator, form.now, form.every)


def formula(indicator: Indicator, form: Form, tongue: Tongue, ids: str, answers: str) -> str | None:
    """1 while a question is put and 0 where an answer makes it void; None where that does not depend on the sheet.

    `ids` and `answers` are the ranges of the keys and of the answers: a line is found by its key, so that it may move.
    """
    here = {one.id for one in form.indicators}
    parts = []
    for other, wanted in indicator.asked_if.items():
        void = _excluding(form.every.get(other), wanted, form, tongue)
        if other in here and void:
            said = f'INDEX({answers},MATCH("{other}",{ids},0))'
            parts += [f'{said}="{one.replace(chr(34), chr(34) * 2)}"' for one in void]
    return f"=IF(OR({','.join(parts)}),0,1)" if parts else None


def _excluding(other: Indicator | None, wanted: tuple[str, ...], form: Form, tongue: Tongue) -> list[str]:
    """The words in the other question's cell that make this one void."""
    settled = [tongue.word(one.value) for one in (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED)]
    if isinstance(other, ImplementationIndicator):
        found = [tongue.word(one.value) for one in Result if one.value not in wanted]
    elif isinstance(other, ChoiceIndicator) and not other.many:
        found = [tongue.of(text) for id_, text in other.options.items() if id_ not in wanted]
    else:
        return []
    before = form.before(other.id)
    as_last = [tongue.say(words.AS_LAST)] if before is not None and _excludes(before, wanted) else []
    return [*found, *settled, *as_last]


def _excludes(answer: Answer, wanted: tuple[str, ...]) -> bool:
    if answer.absence is not None:
        return answer.absence in (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED)
    said = (answer.result.value,) if answer.result is not None else answer.choice
    return bool(said) and not any(one in wanted for one in said)
