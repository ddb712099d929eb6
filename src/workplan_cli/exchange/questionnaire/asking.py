"""Which questions of a questionnaire are put, while it is filled in. This module alone writes that as a formula.

It says what `analysis.asking` says of a record: a question is void when the answer that it depends on is another one, or when
that question is itself void and not answered.
"""

from dataclasses import dataclass

from workplan_cli.analysis.asking import tells
from workplan_cli.analysis.standing import asked
from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.form import Form, Key, Kind
from workplan_cli.exchange.questionnaire.words import Tongue
from workplan_cli.model.indicator import ChoiceIndicator, ImplementationIndicator, Indicator
from workplan_cli.model.submission import Absence, Answer, Result

_LONGEST = 8_000
"""Characters of a formula that every spreadsheet reads."""


def is_asked(indicator: Indicator, form: Form) -> bool:
    """Whether the record's answers leave a question open."""
    return form.now is None or asked(indicator, form.now, form.every)


def formula(indicator: Indicator, form: Form, tongue: Tongue, ids: str, answers: str) -> str | None:
    """1 while a question is put and 0 where an answer makes it void; None where that does not depend on the sheet.

    `ids` and `answers` are the ranges of the keys and of the answers: a line is found by its key, so that it may move.
    """
    sheet = _Sheet(form, tongue, ids, answers)
    written = f"=IF({_any(sheet.voids(indicator, frozenset()))},0,1)"
    return written if sheet.here & set(_above(indicator, form, frozenset())) and len(written) < _LONGEST else None


@dataclass(frozen=True)
class _Sheet:
    """The answers of a sheet, as conditions of a formula."""

    form: Form
    tongue: Tongue
    ids: str
    answers: str

    @property
    def here(self) -> set[str]:
        """The indicators that the sheet asks."""
        return {one.id for one in self.form.indicators}

    def voids(self, indicator: Indicator, seen: frozenset[str]) -> list[str]:
        """The conditions of which one is enough to make a question void."""
        found = []
        for other, wanted in indicator.asked_if.items():
            if other in seen:  # a circle, which a rule reports
                continue
            before = self.form.every.get(other)
            above = _any(self.voids(before, seen | {other})) if before is not None else "FALSE"
            if before is None or other not in self.here:
                found.append(self._recorded(other, wanted, above))
            else:
                found += self._excluding(before, wanted)
                found += [f"AND({','.join((*self._unanswered(before), above))})"] if above != "FALSE" else []
        return [one for one in found if one != "FALSE"]

    def _recorded(self, other: str, wanted: tuple[str, ...], above: str) -> str:
        """What an answer that the sheet does not ask for comes to."""
        answer = self.form.answer(other)
        if answer is None or not tells(answer):
            return above
        return "TRUE" if _excludes(answer, wanted) else "FALSE"

    def _excluding(self, other: Indicator, wanted: tuple[str, ...]) -> list[str]:
        settled = [self.tongue.word(one.value) for one in (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED)]
        before = self.form.before(other.id)
        if before is not None and _excludes(before, wanted):
            settled.append(self.tongue.say(words.AS_LAST))
        if isinstance(other, ImplementationIndicator):
            settled += [self.tongue.word(one.value) for one in Result if one.value not in wanted]
        elif isinstance(other, ChoiceIndicator) and not other.many:
            settled += [self.tongue.of(text) for id_, text in other.options.items() if id_ not in wanted]
        said = [f"{self._cell(Key(other.id))}={_text(one)}" for one in settled]
        if isinstance(other, ChoiceIndicator) and other.many:
            fitting = _any([one for id_ in other.options if id_ in wanted for one in self._ticked(other, id_)])
            others = _any([one for id_ in other.options if id_ not in wanted for one in self._ticked(other, id_)])
            said.append(f"AND({others},NOT({fitting}))")
        return said

    def _unanswered(self, other: Indicator) -> list[str]:
        empty = [f'{self._cell(Key(other.id))}=""']
        if isinstance(other, ChoiceIndicator) and other.many:
            empty += [f"NOT({one})" for id_ in other.options for one in self._ticked(other, id_)]
        return empty

    def _ticked(self, other: Indicator, option: str) -> list[str]:
        """An option is chosen where anything but no stands beside it."""
        cell = self._cell(Key(other.id, Kind.OPTION, option=option))
        return [f'AND({cell}<>"",{cell}<>{_text(self.tongue.say(words.NO))})']

    def _cell(self, key: Key) -> str:
        return f"INDEX({self.answers},MATCH({_text(str(key))},{self.ids},0))"


def _above(indicator: Indicator, form: Form, seen: frozenset[str]) -> list[str]:
    """The questions that one depends on, by whatever way."""
    found = []
    for other in indicator.asked_if:
        if other not in seen and other in form.every:
            found += [other, *_above(form.every[other], form, seen | {other})]
    return found


def _any(conditions: list[str]) -> str:
    return f"OR({','.join(conditions)})" if len(conditions) > 1 else conditions[0] if conditions else "FALSE"


def _text(words_: str) -> str:
    doubled = words_.replace('"', '""')
    return f'"{doubled}"'


def _excludes(answer: Answer, wanted: tuple[str, ...]) -> bool:
    if answer.absence is not None:
        return answer.absence in (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED)
    said = (answer.result.value,) if answer.result is not None else answer.choice
    return bool(said) and not any(one in wanted for one in said)
