"""Words in several languages, and the small types that everything else is written in.

This module alone knows what a language, an id, and a piece of text are.
"""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Model(BaseModel):
    """A noun of the record: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    key_order: ClassVar[tuple[str, ...]] = ()
    """The keys that a file writes first, where the order of the fields is not the order to read them in; the others follow."""


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
"""A word of small letters, digits, dots and hyphens: `g17.i`, `g22-hotline`, `ilab-2016-xaa`."""

Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]
"""An id that keeps the capitals of the thing it names: `UNTOC`, `ilab-2016-PER`."""

StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3. `XAA` to `XZZ` are user-assigned, for fictional states."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639 code of a language: `en`, `es`."""

Line = Annotated[str, StringConstraints(min_length=1)]
"""Text that is not empty."""

YesNo = Annotated[bool, Field(strict=True)]
"""`true` or `false`, and no other word for them."""

LARGEST = 10**15
"""No number of the record is larger: beyond it, two numbers have run together. Up to it, JSON keeps every whole number."""

Whole = Annotated[int, Field(strict=True, ge=0, le=LARGEST)]
"""A whole number, zero or more, written without quotes."""

Revision = Annotated[int, Field(strict=True, ge=1, le=999)]
"""The revision of a text; counts from 1 and moves by one."""

Text = dict[Language, Line]
"""One text in one or more languages: `{en: "…", es: "…"}`."""


class Translation(StrEnum):
    """What a text in one language is worth."""

    AUTHORITATIVE = "authoritative"
    OFFICIAL = "official"
    UNOFFICIAL = "unofficial"
    MISSING = "missing"


Translations = dict[Language, Translation]
"""The status of a document's texts, language by language."""


def in_language(text: Text | None, language: str) -> tuple[str, str]:
    """The words of `text` in `language`, or in the first language it has, with the language they are really in.

    Returns `("", language)` for no text. The caller marks a text whose language is not the one asked for; nothing is
    translated in silence.
    """
    if not text:
        return "", language
    if language in text:
        return text[language], language
    first = next(iter(text))
    return text[first], first


def field_names(model: type[BaseModel]) -> dict[str, Any]:
    """The names a model's fields have in YAML (`from`, not `since`), in order."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
