"""What is wrong with a cell of a questionnaire, with its place. This module alone knows how that is said."""

from dataclasses import dataclass, field, replace

from workplan_cli.exchange.questionnaire.returned import Typed
from workplan_cli.exchange.questionnaire.words import Tongue

_LONGEST = 60


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be taken. `sheet`, `key` and `column` say which it is, `place` how a person finds it."""

    sheet: str
    key: str
    column: str
    place: str
    message: str
    words: tuple[tuple[str, str], ...] = field(default=())

    def said(self, tongue: Tongue) -> "Problem":
        """The same, in the language of the sheet."""
        if not self.words:
            return self
        return replace(self, message=tongue.say(self.message) % dict(self.words), words=())


def problem(sheet: str, key: str, column: str, typed: Typed, message: str, **more: str) -> Problem:
    """A problem with what somebody typed."""
    cell = " ".join(typed.text.split())
    cell = cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…"
    return Problem(sheet, key, column, typed.place, message, (("cell", cell), *more.items()))
