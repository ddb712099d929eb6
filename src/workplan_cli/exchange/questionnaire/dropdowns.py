"""The drop-downs of a questionnaire. This module alone knows which words each of them offers, and where a sheet keeps them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workplan_cli.exchange.questionnaire import words
from workplan_cli.exchange.questionnaire.form import Form
from workplan_cli.exchange.questionnaire.words import Tongue
from workplan_cli.model.indicator import ChoiceIndicator, ImplementationIndicator, Indicator
from workplan_cli.model.submission import Absence, Result

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


class Lists:
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


def options(indicator: Indicator, form: Form, tongue: Tongue) -> tuple[str, ...]:
    """The words of the drop-down beside a question."""
    own: tuple[str, ...] = ()
    if isinstance(indicator, ImplementationIndicator):
        own = tuple(tongue.word(one.value) for one in Result)
    elif isinstance(indicator, ChoiceIndicator) and not indicator.many:
        own = tuple(tongue.of(one) for one in indicator.options.values())
    as_last = (tongue.say(words.AS_LAST),) if form.still_holds(indicator) else ()
    return (*own, *as_last, *(tongue.word(one.value) for one in Absence))
