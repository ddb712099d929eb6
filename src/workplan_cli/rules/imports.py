"""Import maps: what a map names is there, so that an import says what is wrong before it reads a row.

This module alone knows what a map owes the record. What it owes the table shows only when there is one.
"""

from collections.abc import Iterable, Iterator

from workplan_cli.diagnostics import Code, Pointer, did_you_mean, visible
from workplan_cli.model.indicator import (
    ChoiceIndicator,
    ImplementationIndicator,
    Indicator,
    NumberIndicator,
    RateIndicator,
    TreatyIndicator,
)
from workplan_cli.model.listing import listings
from workplan_cli.model.mapping import ImportMap, Reading, RegisterReading
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
    A register is one that is kept by state, and has the keys that the map fills.
    """
    if document.source not in context.source_ids:
        otherwise = f"write data/sources/{document.source}.yaml, or name the file after its source"
        hint = did_you_mean(document.source, context.source_ids, otherwise)
        yield Found((), f"the map is of the source '{document.source}', which the record lacks", hint)
    if document.readings and document.voice is None:
        yield Found(("readings",), "the map does not say whose words the answers are", "write voice: desk-review", True)
    if not document.readings and not document.registers:
        yield Found((), "the map reads neither answers nor entries of registers", "write readings: or registers:")
    yield from _frame(document, context)
    for number, register in enumerate(document.registers):
        yield from _register(register, ("registers", number))
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
        if name == "round" and column is None and given is None and not document.readings:
            continue
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


def _register(reading: RegisterReading, place: Pointer) -> Iterator[Found]:
    """A register that there is, its entries named in one way, and keys that they have."""
    listing = listings().get(reading.register_name)
    if listing is None:
        hint = did_you_mean(reading.register_name, listings(), f"kept by state are: {', '.join(listings())}")
        yield Found((*place, "register"), f"there is no register '{reading.register_name}' that is kept by state", hint)
        return
    if (reading.id is None) is (reading.phrases is None):
        hint = "write id: {column: …}, or phrases: with the phrases of a text"
        how = "both by an id and by phrases" if reading.id else "neither by an id nor by phrases"
        yield Found(place, f"the entries of {listing.name} are named {how}", hint)
    into = {reading.phrases.into: reading.phrases.column} if reading.phrases and reading.phrases.into else {}
    for key, value in reading.given.items():
        if fault := listing.fault(key, value):
            found = f"an entry of {listing.name} cannot have '{visible(str(value))}' as its {key}: {fault}"
            known = f"its keys are {', '.join(listing.keys)}"
            hint = "write what may stand there" if listing.has(key) else did_you_mean(key, listing.keys, known)
            yield Found((*place, "given", key), found, hint)
    for where, keys in (("keys", reading.keys), ("phrases", into), ("match", reading.match)):
        for number, key in enumerate(keys):
            if not listing.has(key):
                step = number if where == "match" else "into" if where == "phrases" else key
                hint = did_you_mean(key, listing.keys, f"its keys are {', '.join(listing.keys)}")
                yield Found((*place, where, step), f"an entry of {listing.name} has no key '{key}' that a cell can fill", hint)
    for key, column in reading.keys.items():
        for word, meant in column.words.items():
            if listing.has(key) and (fault := listing.fault(key, meant)):
                found = f"'{word}' means '{meant}', which no {key} of {listing.name} can be: {fault}"
                yield Found((*place, "keys", key, "words", word), found, "write a word that may stand there")


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
