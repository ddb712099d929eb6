"""The words of drop-downs, in every language a sheet may come back in. This module alone knows which word means what.

A word is known however it was typed: with other capitals, without its accents, with a space too many.
"""

from collections.abc import Mapping, Sequence

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.words import Tongue, folded
from workplan_cli.model.indicator import ChoiceIndicator
from workplan_cli.model.plan import Plan
from workplan_cli.model.submission import Absence, Result

_TICKS = ("x", "✓", "✔", "☑", "1", "true", "verdadero", "verdadeiro", "vrai", "si", "s", "y")
_CROSSES = ("0", "false", "falso", "faux", "-", "n")


class Vocabulary:
    """What the words of a sheet mean; the sheet's own language goes before the others."""

    def __init__(self, tongues: Sequence[Tongue], plan: Plan) -> None:
        self.tongues, self.plan = tuple(tongues), plan
        self.results = self._of({one.value: one.value for one in Result})
        self.absences = self._of({one.value: one.value for one in Absence})
        self.as_last = self._said(words.AS_LAST)
        self.statuses = {**self._marked(words.DRAFT, "draft"), **self._marked(words.FINAL, "final")}
        self.access = {**self._marked(words.PUBLIC, "public"), **self._marked(words.RESTRICTED, "restricted")}
        self.ticks = {**dict.fromkeys(_TICKS, True), **dict.fromkeys(_CROSSES, False)}
        self.ticks |= {**dict.fromkeys(self._said(words.YES), True), **dict.fromkeys(self._said(words.NO), False)}
        self.needs = {folded(word): id_ for id_, text in plan.needs.items() for word in (id_, *text.values())}

    def option(self, text: str, indicator: ChoiceIndicator) -> str | None:
        """The option that words mean."""
        known = {folded(word): id_ for id_, label in indicator.options.items() for word in (id_, *label.values())}
        return known.get(folded(text))

    def dimension(self, text: str, known: Sequence[str]) -> str | None:
        """Which of the known words of a dimension is meant."""
        return self._of({one: one for one in known}).get(folded(text))

    def _of(self, ids: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for tongue in self.tongues:
            for id_, meaning in ids.items():
                for word in (tongue.word(id_), id_, id_.replace("-", " ")):
                    found.setdefault(folded(word), meaning)
        return found

    def _said(self, message: str) -> frozenset[str]:
        return frozenset(folded(tongue.say(message)) for tongue in self.tongues)

    def _marked(self, message: str, meaning: str) -> dict[str, str]:
        return {**dict.fromkeys(self._said(message), meaning), meaning: meaning}
