"""The tool's own words: whole in every language, with the same placeholders, and nothing in a report is left in English."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from editions import Page, edition, example, pages, record

from workplan_cli.cli.edition import Format
from workplan_cli.errors import WorkplanError
from workplan_cli.reports.catalogue import LOCALE, fits, languages, words

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = [path.stem for path in sorted(LOCALE.glob("*.po"))]
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}

Id = str | tuple[str, ...]


@pytest.fixture(scope="module")
def messages() -> set[Id]:
    """Every message in the templates and in the code, as babel.cfg says where they stand."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        mapping, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        ROOT, mapping, options, keywords=KEYWORDS, directory_filter=lambda folder: Path(folder).name[0] != "."
    )
    return {tuple(id_) if isinstance(id_, tuple | list) else id_ for _, _, id_, _, _ in found}


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO((LOCALE / f"{language}.po").read_bytes()), locale=language, abort_invalid=True)


def said(language: str) -> Iterator[Message]:
    """The messages of a catalogue, without its head."""
    return (message for message in catalogue(language) if message.id)


def test_spanish_portuguese_and_french_are_there() -> None:
    assert languages() == ("en", "es", "fr", "pt")


def test_the_search_for_messages_sees_those_of_templates_and_code(messages: set[Id]) -> None:
    assert {"Skip to content", "implemented", "none", "in force", ("%(num)s state", "%(num)s states")} <= messages
    assert len(messages) > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_message_and_no_other(language: str, messages: set[Id]) -> None:
    known = {tuple(message.id) if isinstance(message.id, tuple | list) else message.id for message in said(language)}
    assert messages - known == set(), "translate these: see docs/report.md"
    assert known - messages == set(), "no template and no code says these"
    assert dict(catalogue(language).obsolete) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_a_guess(language: str) -> None:
    for message in said(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"{language} owes {message.id}"
        assert not message.fuzzy, f"{language} guesses {message.id}"
        assert len(forms) == (catalogue(language).num_plurals if message.pluralizable else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    assert [message.id for message in said(language) if not fits(message.id, message.string)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_message_does(language: str) -> None:
    for message in said(language):
        ids, strings = (one if isinstance(one, tuple) else (one,) for one in (message.id, message.string))
        for one, other in zip(ids, strings, strict=True):
            assert other == other.strip()
            assert (one[-1] in ":.") == (other[-1] in ":."), f"{language}: {other}"


def test_no_message_holds_mark_up_that_a_translator_could_break(messages: set[Id]) -> None:
    for message in messages:
        for one in message if isinstance(message, tuple) else (message,):
            assert not re.search(r"<[a-z/]|&\w+;|`|\*|%%", one), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_of_none_and_of_one_is_that_of_the_language(language: str) -> None:
    said = words(language).translations
    forms = [said.ngettext("%(num)s state", "%(num)s states", number) for number in (0, 1, 2)]
    assert [form.endswith("s") for form in forms] == [language == "es", False, True]


# A page says nothing in English that has a translation.


def english_words(language: str) -> set[str]:
    """The messages that are no word of the other language too, cut at their placeholders."""
    others = " ".join(
        one for message in said(language) for one in ([message.string] if isinstance(message.string, str) else message.string)
    )
    found: set[str] = set()
    for message in said(language):
        for one in [message.id] if isinstance(message.id, str) else message.id:
            found |= {piece.strip(" :.,;()") for piece in re.split(r"%\(\w+\)s", one)}
    return {piece for piece in found if len(piece) > 7 and " " in piece and piece not in others}


def foreign_text(page: str) -> str:
    """The words of a page that are not marked as being in another language, and are not quoted from a source."""
    page = re.sub(r'<(span|blockquote|ol|div|a)\b[^>]* lang="\w+"[^>]*>.*?</\1>', " ", page, flags=re.S)
    return Page(re.sub(r"<cite>.*?</cite>", " ", page, flags=re.S)).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("files", [example, record], ids=["example", "shipped"])
def test_no_page_has_a_message_in_english_where_another_language_is_asked_for(language: str, files: type) -> None:
    made = pages(files(), language)
    owed = re.compile(
        "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in sorted(english_words(language), key=len, reverse=True))
    )
    looked = 0
    for path, text in made.items():
        if path.endswith(".html") and not path.startswith("sources/"):
            assert f'<html lang="{language}">' in text
            found = owed.search(foreign_text(text))
            assert not found, f"{path}: {found[0] if found else ''}"
            looked += 1
        elif path.endswith(".md"):
            first = owed.search(text.splitlines()[0])
            assert not first, f"{path}: {first[0] if first else ''}"
    assert looked >= 15


def test_the_search_for_english_words_would_find_some() -> None:
    english = pages(example(), "en")["index.html"]
    assert all(re.search("|".join(map(re.escape, english_words(language))), Page(english).text) for language in LANGUAGES)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_no_page_shows_a_raw_key_or_an_unfilled_placeholder(language: str) -> None:
    for path, text in pages(example(), language).items():
        if path.endswith((".html", ".md")):
            shown = Page(text).text if path.endswith(".html") else text
            assert not re.search(r"%\(\w+\)|\{\{|\}\}|Undefined|Markup\(|Standing\.|\bNone\b", shown), path


@pytest.mark.parametrize("files", [example, record], ids=["example", "shipped"])
def test_a_text_without_a_translation_carries_its_language_and_is_counted(files: type) -> None:
    made = edition(files(), "pt")
    texts = {path: content.decode() for path, content in made.files((Format.HTML,), alone=True)}
    assert made.foreign
    for _, words_, language in sorted(made.foreign)[:200]:
        escaped = (
            words_.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
        )
        mark = re.compile(
            rf'lang="{language}">{re.escape(escaped)} <small class="tongue">\[{language}\]|{re.escape(escaped)} \[{language}\]'
        )
        assert any(mark.search(text) for text in texts.values()), words_


def test_names_of_dimensions_are_translated_by_the_record_s_own_catalogue() -> None:
    made = pages(record(), "es")
    assert "forma: trabajo forzoso" in made["states/CAN.html"] or "forma: explotación sexual" in made["states/CAN.html"]
    without = {path: data for path, data in record().items() if not path.startswith("i18n/")}
    assert re.search(r'forma: <span lang="en">[a-z ]+ <small class="tongue">\[en\]', pages(without, "es")["states/CAN.html"])


# A repository's own words.

OWN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def with_words(language: str, text: str) -> dict[str, bytes]:
    return {**example(), f"i18n/{language}.po": (OWN + text).encode()}


def test_a_repository_puts_single_words_otherwise() -> None:
    made = pages(with_words("es", 'msgid "desk review"\nmsgstr "revisión de gabinete"\n'), "es")
    assert "Revisión de gabinete: " in made["index.html"]
    assert "Ir al contenido" in made["index.html"]


def test_a_repository_adds_a_language_and_what_it_owes_is_counted() -> None:
    made = edition(with_words("nl", 'msgid "Guidelines"\nmsgstr "Richtlijnen"\n'), "nl")
    index = dict(made.files((Format.HTML,), alone=True))["index.html"].decode()
    assert '<html lang="nl">' in index
    assert ">Richtlijnen</a>" in index
    assert made.sites[0].renderer.words.owed == len(list(said("es"))) - 1


def test_a_message_that_no_report_says_is_passed_over_and_named() -> None:
    made = edition(with_words("es", 'msgid "desk riview"\nmsgstr "x"\n'), "es")
    assert made.sites[0].renderer.words.strangers == ("desk riview",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('msgid "as of %(day)s"\nmsgstr "al %(dia)s"\n', "translates 'as of %(day)s' with other placeholders than it has"),
        ('msgid "as of %(day)s"\nmsgstr "al día"\n', "translates 'as of %(day)s' with other placeholders than it has"),
        ('msgid "state"\nmsgstr "100 %"\n', "translates 'state' with other placeholders than it has"),
        ('msgid "state"\nmsgstr Estado\n', "line 5 of data/i18n/es.po is none of a catalogue"),
        ("not a catalogue at all\n", "line 4 of data/i18n/es.po is none of a catalogue"),
        ('msgid "state"\n"\n', "line 5 of data/i18n/es.po is none of a catalogue"),
        ('msgid "%(num)s state"\nmsgid_plural "%(num)s states"\nmsgstr[7] "x"\n', "data/i18n/es.po is not a catalogue"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_told_with_its_place(text: str, says: str) -> None:
    with pytest.raises(WorkplanError) as refused:
        edition(with_words("es", text), "es")
    assert says in refused.value.message


def test_a_translation_is_text_and_not_mark_up() -> None:
    made = pages(with_words("es", 'msgid "Cite this"\nmsgstr "<script>alert(1)</script>"\n'), "es")
    assert "<script>alert" not in made["index.html"]
    assert "&lt;script&gt;alert(1)" in made["index.html"]
    assert "\\<script>" in made["index.md"]
