"""What is said of changes, in one language. This module alone knows how a value of the record is said in a line."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.changes.veil import Veil
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.submission import Value
from workplan_cli.model.text import Text, in_language
from workplan_cli.model.time import Interval, Validity
from workplan_cli.reports import labels
from workplan_cli.reports.catalogue import Words

MOST = 4
"""So many things of one kind are named in a line."""
LONG = 160
"""Characters of a value that stand in a line; a longer one is cut."""


@dataclass(frozen=True)
class Tongue:
    """One language, and what may be shown."""

    words: Words
    veil: Veil

    def gettext(self, message: str) -> str:
        """One of the tool's own messages."""
        return self.words.translations.gettext(message)

    def ngettext(self, one: str, more: str, number: int) -> str:
        """A message about a number of things."""
        return self.words.translations.ngettext(one, more, number) % {"num": number}

    def text(self, text: Text | None) -> str:
        """A text of the record; one that is not in this language is marked with its own."""
        words, language = in_language(text, self.words.language)
        return words if not words or language == self.words.language else f"[{language}] {words}"

    def voice(self, voice: str) -> str:
        """A voice in words."""
        word, organisation = labels.voice_word(voice)
        return f"{self.gettext(word)}: {organisation}" if organisation else self.gettext(word)

    def several(self, things: list[str]) -> str:
        """Things one after the other, and how many more there are."""
        more = len(things) - MOST
        if more <= 1:
            return "; ".join(things)
        return "; ".join(things[:MOST]) + "; " + self.ngettext("and %(num)s more", "and %(num)s more", more)

    def piece(self, piece: Evidence, hidden: bool = False) -> str:
        """A piece of evidence by the title of its source and the place in it; a restricted one by title and custodian."""
        source = self.veil.sources.get(piece.source)
        title = source.title if source is not None else piece.source
        if hidden or self.veil.hides(piece):
            keeper = source.custodian if source is not None else None
            kept = self.gettext("kept by %(custodian)s") % {"custodian": keeper} if keeper else ""
            return f"{title} ({', '.join(filter(None, (self.gettext('restricted'), kept)))})"
        return ", ".join(filter(None, (title, piece.pinpoint, ", ".join(piece.row.values()))))

    def value(self, value: Any) -> str:
        """Any value of the record, on one line and no longer than a line bears."""
        words = self._value(value)
        return words if len(words) <= LONG else words[: LONG - 1] + "…"

    def _value(self, value: Any) -> str:
        if value is None or value == () or value == {}:
            return self.gettext("none")
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, Evidence):
            return self.piece(value)
        if isinstance(value, Value):
            return figure(value)
        if isinstance(value, Validity):
            return f"{value.since or '…'} – {value.until or '…'}"
        if isinstance(value, Interval):
            return f"{value.after or '…'} – {value.before or '…'}"
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()) and self._is_text(value):
            return self.text(value)
        if isinstance(value, dict):
            return "; ".join(f"{key}: {self._value(one)}" for key, one in value.items())
        if isinstance(value, tuple):
            return "; ".join(self._value(one) for one in value)
        if isinstance(value, BaseModel):
            return self._value({key: one for key, one in self.veil.plain(value).items() if key != "id"})
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _is_text(self, value: dict[Any, str]) -> bool:
        return all(len(str(key)) <= 3 for key in value)


def amount(value: Value) -> str:
    """How much: a count, or a part of its whole."""
    return str(value.value) if value.value is not None else f"{value.part if value.part is not None else '?'}/{value.whole}"


def figure(value: Value) -> str:
    """One figure with what it counts: `2016 female: <5`."""
    what = " ".join(filter(None, (str(value.year or ""), *value.dimensions.values())))
    return f"{what}: {amount(value)}" if what else amount(value)
