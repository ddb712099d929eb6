"""Translations: what the repository says, it says in every language it promised, and says what each text is worth.

This module alone knows which texts are owed in which languages.
"""

from collections.abc import Iterable, Iterator

from workplan_cli.diagnostics import Code, Pointer, Severity, did_you_mean
from workplan_cli.model.document import Document
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, IndicatorTable, RateIndicator
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Plan
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.model.text import Text, Translation
from workplan_cli.model.texts import texts
from workplan_cli.rules.places import answers_of, provisions
from workplan_cli.rules.rule import Context, Found, Rule

_SLIPS = {"sp": "es", "spa": "es", "esp": "es", "po": "pt", "por": "pt", "br": "pt", "eng": "en", "fra": "fr", "fre": "fr"}
"""Codes people write for a language that has another."""


def translation_owed(document: Plan | IndicatorTable | State, context: Context) -> Iterator[Found]:
    """A focal point who cannot read the question cannot answer it.

    The repository's own words are owed in each of the plan's `languages`: questions, guidance, options, the names of parts and
    wholes, the names of states, addressees, needs, chapters, groups and action plans, and notices. The plan's own text is
    not: nobody here may translate it. A language that a table of indicators marks `missing` is a known debt and not repeated
    text by text.
    """
    owed = context.plan.languages
    if isinstance(document, IndicatorTable):
        owed = tuple(language for language in owed if document.translation.get(language) is not Translation.MISSING)
        own = _own_of_table(document)
    else:
        own = _own_of_plan(document) if isinstance(document, Plan) else _own_of_state(document)
    for place, subject, text in own:
        lacking = [language for language in owed if language not in text]
        if lacking:
            yield Found(place, f"the {subject} lacks {_and(lacking)}", f"write it in {_and(lacking)}", on_key=True)


def _own_of_table(table: IndicatorTable) -> Iterator[tuple[Pointer, str, Text]]:
    if table.notice:
        yield ("notice",), "notice", table.notice
    for row, indicator in enumerate(table.indicators):
        for keys, subject, text in _own_of_indicator(indicator):
            yield ("indicators", row, *keys), f"{subject} of {indicator.id}", text


def _own_of_indicator(indicator: Indicator) -> Iterator[tuple[Pointer, str, Text]]:
    yield ("question",), "question", indicator.question
    yield ("guidance",), "guidance", indicator.guidance
    if isinstance(indicator, ChoiceIndicator):
        for option, label in indicator.options.items():
            yield ("options", option), f"option '{option}'", label
    elif isinstance(indicator, RateIndicator):
        yield ("of", "part"), "part", indicator.of.part
        yield ("of", "whole"), "whole", indicator.of.whole


def _own_of_plan(plan: Plan) -> Iterator[tuple[Pointer, str, Text]]:
    if plan.notice:
        yield ("notice",), "notice", plan.notice
    for key, subject, named in (
        ("addressees", "addressee", plan.addressees),
        ("needs", "need", plan.needs),
        ("audiences", "audience", plan.audiences),
        ("topics", "topic", plan.topics),
    ):
        for id_, name in named.items():
            yield (key, id_), f"name of {subject} '{id_}'", name
    for id_, group in plan.groups.items():
        yield ("groups", id_, "title"), f"title of group '{id_}'", group.title
    if plan.action_plans is not None:
        yield ("action_plans", "title"), "title of action_plans", plan.action_plans.title
    for row, chapter in enumerate(plan.chapters):
        if chapter.name:
            yield ("chapters", row, "name"), f"name of chapter '{chapter.id}'", chapter.name


def _own_of_state(state: State) -> Iterator[tuple[Pointer, str, Text]]:
    yield ("names",), f"name of {state.state}", state.names


def unexpected_language(document: Document, context: Context) -> Iterator[Found]:
    """A text under a code that is no language of the plan is never shown to anyone.

    Every text, note and reason is written under one of the plan's `languages`: `es`, not `sp`. The words of a quotation are in
    whatever language the source has; this is about the keys.
    """
    allowed = frozenset(context.plan.languages)
    if isinstance(document, AnswerSheet | MandateSheet):
        key, answers = answers_of(document)
        for id_, answer in answers.items():
            if (
                (answer.note and not allowed.issuperset(answer.note))
                or (answer.reason and not allowed.issuperset(answer.reason))
                or (answer.text and not allowed.issuperset(answer.text))
                or key == "mandates"
            ):
                yield from _strange(texts(answer), allowed, (key, id_))
        for id_, piece in document.evidence.items():
            if piece.note and not allowed.issuperset(piece.note):
                yield from _strange([(("note",), piece.note)], allowed, ("evidence", id_))
        return
    yield from _strange(texts(document), allowed)
    if isinstance(document, Plan | IndicatorTable):
        yield from _strange([(("translation",), dict.fromkeys(document.translation, ""))], allowed)


def _strange(found: Iterable[tuple[Pointer, Text]], allowed: frozenset[str], holder: Pointer = ()) -> Iterator[Found]:
    for place, text in found:
        for language in text:
            if language not in allowed:
                slip = _SLIPS.get(language, "")
                guess = f"did you mean '{slip}'?" if slip in allowed else did_you_mean(language, allowed)
                message = f"'{language}' is not a language of the plan: {', '.join(sorted(allowed))}"
                hint = guess or "write it in one of them, or add the language to the plan"
                yield Found((*holder, *place, language), message, hint, on_key=True)


def text_without_status(document: Plan | IndicatorTable, context: Context) -> Iterator[Found]:
    """A reader must be able to tell the authentic text from a translation made here.

    Each language that the plan's text, or a table's questions, are written in has its status under `translation`:
    authoritative, official or unofficial. Said once a file and language.
    """
    written = _text_of_plan(document) if isinstance(document, Plan) else (indicator.question for indicator in document.indicators)
    for language in dict.fromkeys(language for text in written for language in text if language in context.plan.languages):
        status = document.translation.get(language)
        if status is None or status is Translation.MISSING:
            says = f"calls it '{status}'" if status else "does not say what it is worth"
            message = f"there is text in '{language}', and translation {says}"
            hint = f"write {language}: unofficial, or official or authoritative where it is"
            yield Found(("translation", language), message, hint, on_key=status is None)


def _text_of_plan(plan: Plan) -> Iterator[Text]:
    for passage in (*plan.preamble, *plan.definition, *plan.aims.items, *plan.principles.items):
        yield passage.text
    for chapter in plan.chapters:
        yield chapter.heading
    for _, _, provision in provisions(plan):
        yield provision.text
        yield from (part.text for part in provision.parts)


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


RULES = (
    Rule(Code("WP801", "translation-owed", Severity.WARNING), translation_owed, on=(Plan, IndicatorTable, State)),
    Rule(Code("WP802", "unexpected-language"), unexpected_language, on=(Document,)),
    Rule(Code("WP803", "text-without-status", Severity.WARNING), text_without_status, on=(Plan, IndicatorTable)),
)
