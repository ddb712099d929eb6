"""Import maps: what a map names is there, so that an import says what is wrong before it reads a row.

This module alone knows what a map owes the record. What it owes the table shows only when there is one.
"""

from collections.abc import Iterable, Iterator

from workplan_cli.diagnostics import Code, Pointer, did_you_mean
from workplan_cli.model.indicator import (
    ChoiceIndicator,
    ImplementationIndicator,
    Indicator,
    NumberIndicator,
    RateIndicator,
    TreatyIndicator,
)
from workplan_cli.model.mapping import ImportMap, Reading
from workplan_cli.model.submission import Absence, Result
from workplan_cli.rules.rule import Context, Found, Rule

_SAID = tuple(one.value for one in (*Result, *Absence))
_OWES_REASON = (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED)
_TAKES = {
    "implementation": ("result",),
    "number": ("value",),
    "rate": ("part", "whole"),
    "choice": ("choice",),
    "date": ("date",),
    "text": ("text",),
}
"""The fields of a reading that an indicator of each type takes."""
_FIELDS = tuple(dict.fromkeys(name for names in _TAKES.values() for name in names))


def import_does_not_fit(document: ImportMap, context: Context) -> Iterator[Found]:
    """A map that names what the record lacks would drop every row without a fault of the table.

    The file is named after a source. Readings are of indicators of the record, in the fields that their type takes, by
    dimensions that the map defines and the indicator asks for; the words of a result are results and absences, those of a
    choice its options. State and round come from a column or are fixed, and so does the year where an indicator asks for it.
    """
    if document.source not in context.source_ids:
        otherwise = f"write data/sources/{document.source}.yaml, or name the file after its source"
        hint = did_you_mean(document.source, context.source_ids, otherwise)
        yield Found((), f"the map is of the source '{document.source}', which the record lacks", hint)
    yield from _frame(document, context)
    if context.unread_indicators:
        return
    for number, reading in enumerate(document.readings):
        place: Pointer = ("readings", number)
        indicator = context.indicators.get(reading.indicator)
        if indicator is None:
            hint = did_you_mean(reading.indicator, context.indicators, "see which there are: workplan list indicators")
            yield Found((*place, "indicator"), f"reading {number + 1} is of '{reading.indicator}', which is no indicator", hint)
            continue
        yield from _fields(reading, indicator, place)
        yield from _dimensions(reading, indicator, document, place)
        yield from _words(reading, indicator, place)


def _frame(document: ImportMap, context: Context) -> Iterator[Found]:
    """State, round and year: from one place each, and of the record."""
    fixed = document.fixed
    asked = [context.indicators[one.indicator] for one in document.readings if one.indicator in context.indicators]
    by_year = any(isinstance(one, NumberIndicator | RateIndicator) and "year" in one.by for one in asked)
    for name, column, given in (
        ("state", document.state, fixed.state),
        ("round", document.round, fixed.round),
        ("year", document.year, fixed.year),
    ):
        if (column is None) is (given is None) and (name != "year" or column is not None or by_year):
            what = "neither from a column nor fixed" if column is None else "from a column, and fixed as well"
            yield Found(
                (name,) if column else (),
                f"the {name} comes {what}",
                f"write {name}: {{column: …}}, or fixed: {{{name}: …}}",
                bool(column),
            )
    rounds = context.plan.round_ids
    named: list[tuple[Pointer, str]] = [(("fixed", "round"), fixed.round)] if fixed.round else []
    named += [(("round", "words", word), meant) for word, meant in (document.round.words if document.round else {}).items()]
    for place, round_ in named:
        if "rounds" not in context.unread_plan and round_ not in rounds:
            yield Found(place, f"there is no round '{round_}'", did_you_mean(round_, rounds, f"there are: {', '.join(rounds)}"))
    if fixed.state is not None and fixed.state not in context.states:
        yield Found(("fixed", "state"), f"there is no state '{fixed.state}'", did_you_mean(fixed.state, context.states))
    if not document.layout.header or 0 in document.layout.header:
        yield Found(("layout", "header"), "the lines of the column names count from 1", "write header: [1]", True)
    for number, level in enumerate(document.protect.keep):
        yield from _unknown(level, document.dimensions, ("protect", "keep", number), "the level names the dimension")
    for number, group in enumerate(document.protect.together):
        of_map = [one.indicator for one in document.readings]
        yield from _unknown(group, of_map, ("protect", "together", number), "no reading is of the indicator")


def _unknown(words: Iterable[str], known: Iterable[str], place: Pointer, sentence: str) -> Iterator[Found]:
    known = tuple(known)
    for position, word in enumerate(words):
        if word not in known:
            hint = did_you_mean(word, known, f"the map has: {', '.join(known) or 'none'}")
            yield Found((*place, position), f"{sentence} '{word}'", hint)


def _fields(reading: Reading, indicator: Indicator, place: Pointer) -> Iterator[Found]:
    if isinstance(indicator, TreatyIndicator):
        hint = "write what the table says into the register of the treaty"
        yield Found((*place, "indicator"), f"{indicator.id} is read from the register of treaties, and never answered", hint)
        return
    takes = _TAKES[indicator.type]
    lacks = [name for name in takes if not getattr(reading, name)]
    other = [name for name in _FIELDS if getattr(reading, name) and name not in takes]
    if lacks or other:
        found = f"is read from {' and '.join(other)}" if other else f"lacks {' and '.join(lacks)}"
        pointer = (*place, other[0]) if other else (*place, "indicator")
        yield Found(
            pointer,
            f"{indicator.id} is of type {indicator.type} and {found}",
            f"write {' and '.join(f'{name}:' for name in takes)}",
            bool(other),
        )


def _dimensions(reading: Reading, indicator: Indicator, document: ImportMap, place: Pointer) -> Iterator[Found]:
    asked = indicator.by if isinstance(indicator, NumberIndicator | RateIndicator) else ()
    for position, name in enumerate(reading.by):
        if name not in document.dimensions:
            hint = did_you_mean(name, document.dimensions, f"define it under dimensions: {name}: {{column: …}}")
            yield Found(
                (*place, "by", position), f"the figures of {indicator.id} are by '{name}', which the map does not define", hint
            )
        elif name not in asked or name == "year":
            asked_for = ", ".join(one for one in asked if one != "year") or "nothing"
            hint = did_you_mean(name, [one for one in asked if one != "year"], f"it is asked by: {asked_for}")
            yield Found((*place, "by", position), f"{indicator.id} is not asked by '{name}'", hint)


def _words(reading: Reading, indicator: Indicator, place: Pointer) -> Iterator[Found]:
    on_scale = reading.result if isinstance(indicator, ImplementationIndicator) else None
    for word, meant in (on_scale.words if on_scale else {}).items():
        if meant not in _SAID:
            message = f"'{word}' means '{meant}' for {indicator.id}, which is no result or absence"
            yield Found((*place, "result", "words", word), message, did_you_mean(meant, _SAID, f"allowed: {', '.join(_SAID)}"))
        elif meant in _OWES_REASON and not reading.reason:
            message = f"'{word}' means '{meant}' for {indicator.id}, which owes a reason"
            yield Found((*place, "result", "words", word), message, "add reason: {en: …} to the reading")
    if reading.choice and isinstance(indicator, ChoiceIndicator):
        for word, meant in reading.choice.words.items():
            if meant not in indicator.options:
                hint = did_you_mean(meant, indicator.options, f"its options are {', '.join(indicator.options)}")
                yield Found(
                    (*place, "choice", "words", word), f"'{word}' means '{meant}', which is no option of {indicator.id}", hint
                )


RULES = (Rule(Code("WP316", "import-does-not-fit"), import_does_not_fit, on=(ImportMap,), needs_whole=True),)
