"""The tool's own words in the language of a report. This module alone knows gettext.

Catalogues ship in `locale/<language>.po` and are read as they are, without a compiled copy beside them. English needs none: a
message is its own English. A repository may put words otherwise, or add a language, in `data/i18n/<language>.po`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from babel.messages import Catalog, Message

Forms = str | tuple[str, ...] | list[str] | None
"""A message or its translation; several where it has a plural, None where there is none."""
LOCALE = Path(__file__).resolve().parent.parent / "locale"
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?(?:.|$)", re.S)
_LINE = re.compile(r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"\s*)?')
"""A line of a catalogue; anything else Babel would read as something that nobody wrote."""


@dataclass(frozen=True)
class Words:
    """The words of one language. `strangers` are messages that a repository translates and no report says."""

    language: str
    translations: NullTranslations
    strangers: tuple[str, ...] = ()
    owed: int = 0
    """Messages of a language without a shipped catalogue that a repository has not translated; they print in English."""


def languages() -> tuple[str, ...]:
    """The languages that the tool speaks."""
    return ("en", *sorted(path.stem for path in LOCALE.glob("*.po")))


def words(language: str, otherwise: str | None = None, also: frozenset[str] = frozenset()) -> Words:
    """The words of a language; `otherwise` is the text of a repository's own catalogue, which goes before the shipped one.
    `also` are words of the record itself that it may translate.

    Raises WorkplanError where that cannot be used.
    """
    shipped = LOCALE / f"{language}.po"
    if otherwise is None and not shipped.is_file():
        return Words(language, NullTranslations())
    catalogue = _read(shipped.read_text(encoding="utf-8"), language) if shipped.is_file() else None
    if otherwise is None:
        assert catalogue is not None
        return Words(language, _compiled(catalogue))
    place = f"data/i18n/{language}.po"
    wrong = next((number for number, line in enumerate(otherwise.splitlines(), 1) if not _LINE.fullmatch(line)), None)
    if wrong is not None:
        raise WorkplanError(
            f"line {wrong} of {place} is none of a catalogue", "write msgid and msgstr, each with its words in quotes"
        )
    try:
        return _put_otherwise(language, catalogue, _read(otherwise, language), place, also)
    except WorkplanError:
        raise
    except Exception as error:  # Babel has no one error for all that can be wrong with a catalogue
        said = " ".join(str(error).split()) or type(error).__name__
        raise WorkplanError(f"{place} is not a catalogue: {said}", "see docs/report.md for what one looks like") from None


def _put_otherwise(language: str, catalogue: "Catalog | None", own: "Catalog", place: str, also: frozenset[str]) -> Words:
    """The words of a catalogue, with a repository's own before them; its own alone where none is shipped."""
    known = catalogue or _all_messages()
    strangers, said = [], set()
    for message in _said(own):
        if message.id not in known and message.id not in also:
            strangers.append(_singular(message.id))
            continue
        _fit(message, place)
        said.add(message.id)
        if catalogue is not None and message.id in known:
            known[message.id].string = message.string
        elif catalogue is not None:
            catalogue.add(message.id, message.string)
    is_whole = catalogue is not None or language == "en"
    owed = 0 if is_whole else sum(bool(message.id) and message.id not in said for message in known)
    return Words(language, _compiled(catalogue or own), tuple(strangers), owed)


def fits(message: Forms, string: Forms) -> bool:
    """Whether a translation has the placeholders of its message: every form those of one of the message's forms."""
    wanted = [_placeholders(one) for one in _forms(message)]
    return all(_placeholders(one) in wanted for one in _forms(string))


def _read(text: str, language: str) -> "Catalog":
    from babel.messages.pofile import read_po

    return read_po(BytesIO(text.encode()), locale=language, abort_invalid=True)


def _compiled(catalogue: "Catalog") -> NullTranslations:
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _all_messages() -> "Catalog":
    """Every message there is, as any shipped catalogue has them."""
    path = next(iter(sorted(LOCALE.glob("*.po"))))
    return _read(path.read_text(encoding="utf-8"), path.stem)


def _said(catalogue: "Catalog") -> "Iterator[Message]":
    """The messages that are translated."""
    for message in catalogue:
        if message.id and any(_forms(message.string)) and not message.fuzzy:
            yield message


def _fit(message: "Message", place: str) -> None:
    if not fits(message.id, message.string):
        wanted = " ".join(sorted(_placeholders(_singular(message.id)))) or "none"
        raise WorkplanError(
            f"{place} translates '{_singular(message.id)}' with other placeholders than it has",
            f"keep these as they are: {wanted}",
        )


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(found.group() for found in _PLACEHOLDER.finditer(text))


def _forms(text: Forms) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _singular(id_: Forms) -> str:
    return _forms(id_)[0]
