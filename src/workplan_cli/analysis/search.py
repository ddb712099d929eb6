"""Words looked for in a document: in every text that it holds, whatever the case, the accents and the signs between them.

This module alone knows what of a document can be found, and what it is to be found. Of what is restricted, only titles and
custodians can.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.subjects import folded
from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import document_at
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.model.text import field_names
from workplan_cli.model.texts import texts

_ESCAPE = re.compile(r"\\[xuUN_LP\n]")
_SIGN = re.compile(r"[\W_]")
_ACCENT = re.compile("[\u0300-\u036f]")
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


class Part(StrEnum):
    """Where in the record to look, in the order in which what is found is shown."""

    TEXT = "text"
    ANSWERS = "answers"
    REGISTERS = "registers"
    SOURCES = "sources"


@dataclass(frozen=True)
class Passage:
    """A piece of text in a document; `language` is empty where it is written in no certain one."""

    pointer: Pointer
    names: tuple[str, ...]
    """The pointer for a reader: what lies in a list is named by its id, where it has one."""
    words: str
    language: str = ""


@dataclass(frozen=True)
class Found:
    """A passage that holds all that is looked for; `spans` are the places of it in the words."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: each phrase must begin where a word begins, and all must stand in one passage."""

    phrases: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "Wanted":
        """`police "safe house"` is a word and a phrase."""
        pieces = (folded(quoted or word) for quoted, word in _PHRASE.findall(written))
        return cls(tuple(dict.fromkeys(piece for piece in pieces if piece)))

    def may_be_in(self, text: str) -> bool:
        """Whether a file, or a passage of one, may hold it: a cheap look at its text, that errs on this side only."""
        if _ESCAPE.search(text):
            return True
        plain = (text if text.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", text))).casefold()
        return all(word in plain for phrase in self.phrases for word in phrase.split())

    def spans(self, words: str) -> tuple[tuple[int, int], ...]:
        """Where the phrases stand in some words; empty unless all do."""
        if not self.may_be_in(words):
            return ()
        plain, places = _mapped(words)
        found: list[tuple[int, int]] = []
        for phrase in self.phrases:
            starts = [match.start() for match in re.finditer(rf"(?<!\S){re.escape(phrase)}", plain)]
            if not starts:
                return ()
            found += [(places[start], places[start + len(phrase) - 1] + 1) for start in starts]
        return tuple(sorted(found))


def part_of(path: str) -> Part | None:
    """The part of the record that a file below `data/` belongs to; None for one in which nothing is looked for."""
    place = document_at(path)
    if place is None:
        return None
    document = place[0]
    if issubclass(document, Plan | IndicatorTable):
        return Part.TEXT
    if issubclass(document, AnswerSheet | MandateSheet):
        return Part.ANSWERS
    if issubclass(document, Source):
        return Part.SOURCES
    return Part.REGISTERS if path.startswith("registers/") else None


def search(document: Document, wanted: Wanted, language: str | None, is_restricted: Callable[[str], bool]) -> Iterator[Found]:
    """What a document holds of what is looked for, in the order of its fields.

    `language` leaves out texts in other languages; what is in no certain one stays.
    """
    for passage in passages(document, is_restricted):
        if language is None or passage.language in ("", language):
            spans = wanted.spans(passage.words)
            if spans:
                yield Found(passage, spans)


def passages(document: Document, is_restricted: Callable[[str], bool]) -> Iterator[Passage]:
    """Every text that may be found in a document. `is_restricted` says of a source by its id whether it is."""
    in_languages = frozenset(place for place, _ in texts(document))
    return _Walk(in_languages, is_restricted).model(document, (), ())


@dataclass(frozen=True)
class _Walk:
    """A way through a document, text by text."""

    in_languages: frozenset[Pointer]
    is_restricted: Callable[[str], bool]

    def model(self, model: BaseModel, place: Pointer, names: tuple[str, ...]) -> Iterator[Passage]:
        fields = {field.alias or name: name for name, field in type(model).model_fields.items()}
        without = model.identity() if isinstance(model, Document) else ()
        keys = [key for key in field_names(type(model)) if key in fields and fields[key] not in without]
        if isinstance(model, Source) and model.access is Access.RESTRICTED:
            keys = [key for key in keys if key in ("title", "custodian")]
        if isinstance(model, Evidence) and (model.access is Access.RESTRICTED or self.is_restricted(model.source)):
            keys = []
        for key in keys:
            yield from self.value(getattr(model, fields[key]), (*place, key), (*names, key))

    def value(self, value: Any, place: Pointer, names: tuple[str, ...]) -> Iterator[Passage]:
        if isinstance(value, BaseModel):
            yield from self.model(value, place, names)
        elif isinstance(value, dict):
            is_text = place in self.in_languages
            for key, one in value.items():
                if is_text:
                    yield Passage((*place, key), (*names, key), one, key)
                else:
                    yield from self.value(one, (*place, key), (*names, str(key)))
        elif isinstance(value, tuple):
            for number, one in enumerate(value):
                yield from self.value(one, (*place, number), (*names, str(getattr(one, "id", number))))
        elif isinstance(value, str) and not isinstance(value, Enum):
            yield Passage(place, names, value)


def _mapped(words: str) -> tuple[str, list[int]]:
    """Words as `folded` makes them, and for each letter of that the place in the words that it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(words):
        for letter in unicodedata.normalize("NFKD", sign).casefold():
            if unicodedata.combining(letter):
                continue
            plain = " " if _SIGN.match(letter) else letter
            if plain != " " or (letters and letters[-1] != " "):
                letters.append(plain)
                places.append(place)
    return "".join(letters), places
