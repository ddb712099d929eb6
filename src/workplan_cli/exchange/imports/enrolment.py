"""From the rows of a table to entries of registers that are kept by state.

This module alone applies what a map says of registers to rows. Whatever it leaves out goes to the importer's `dropped`.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workplan_cli.exchange.imports.importer import NOTHING, Importer, Left
from workplan_cli.exchange.imports.lines import Row, squeezed
from workplan_cli.exchange.imports.sieve import LATER, NOT_ALONE, alone, rank
from workplan_cli.exchange.imports.written import amount, says_nothing, word
from workplan_cli.model.listing import CITATIONS, Listing, listings
from workplan_cli.model.mapping import RegisterReading
from workplan_cli.model.text import Model, field_names

NO_ID = "no id can be made of the cell"
NO_PHRASE = "no phrase of the map stands in the cell"
NO_WORD = "its word is none of the map"
DIFFERS = "several rows say different things of the entry"
LACKS = "the entry would lack a key that it owes"


@dataclass(frozen=True)
class Entered:
    """What one row says of one entry: its keys by their places (`title.en`), each with the column it was read from."""

    state: str
    reading: RegisterReading
    id: str
    row: Row
    column: str
    """The column that names the entry, which evidence cites."""
    keys: Mapping[str, tuple[Any, str]]

    @property
    def about(self) -> str:
        """What it is of, in words."""
        return f"{self.state} {self.id}"


@dataclass(frozen=True)
class Entry:
    """An entry that is proposed for the register of one state."""

    state: str
    listing: Listing
    noun: Model
    match: tuple[str, ...]
    rows: tuple[Row, ...]
    unread: frozenset[str] = frozenset()
    """The keys that the map gives and no cell: they say nothing about an entry that is there."""

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.noun.id)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Enrolment:
    """The registers of an import map put to work on one table."""

    importer: Importer

    def entered(self) -> list[Entered]:
        """What the rows say of entries, in their order."""
        importer = self.importer
        rows = [row for row in importer.table.rows if importer.mapping.registers and not importer.skipped(row)]
        return [
            one
            for row in rows
            for reading in importer.mapping.registers
            if importer.fits(row, reading.where)
            for one in self._read(row, reading)
        ]

    def _read(self, row: Row, reading: RegisterReading) -> Iterator[Entered]:
        named = reading.id or reading.phrases
        assert named is not None
        try:
            state = self.importer.state(row)
            keys = dict(self._keys(row, reading, state))
            if reading.phrases is None:
                yield Entered(state, reading, self._id(row, reading), row, named.column, keys)
                return
            for phrase, id_ in self._phrases(row, reading, state):
                into = {reading.phrases.into: (phrase, named.column)} if reading.phrases.into else {}
                yield Entered(state, reading, id_, row, named.column, {**keys, **into})
        except Left as left:
            self.importer.drop(row, (named.column,), str(left), reading.register_name)

    def _id(self, row: Row, reading: RegisterReading) -> str:
        assert reading.id is not None
        found = word(self.importer.table.cell(row, reading.id.column), reading.id, self.importer.mapping.clean)
        made = found if reading.id.words else slug(found or "")
        if not made:
            raise Left(NO_ID)
        return made

    def _phrases(self, row: Row, reading: RegisterReading, state: str) -> list[tuple[str, str]]:
        """The phrases of the map that stand in the cell, each with its id; the longer one where two overlap."""
        phrases = reading.phrases
        assert phrases is not None
        cell = squeezed(self.importer.table.cell(row, phrases.column))
        ids, found = phrases.ids.get(state, {}), []
        for phrase in sorted({*ids, *phrases.others}, key=lambda one: (-len(one), one)):
            if (place := cell.find(phrase)) < 0:
                continue
            cell = cell.replace(phrase, "\0" * len(phrase))
            if phrase in ids:
                found.append((place, phrase))
            else:
                self.importer.drop(row, (phrases.column,), phrases.others[phrase], f"{state} '{phrase}'")
        if not found:
            raise Left(NO_PHRASE)
        return [(phrase, ids[phrase]) for _, phrase in sorted(found)]

    def _keys(self, row: Row, reading: RegisterReading, state: str) -> Iterator[tuple[str, tuple[Any, str]]]:
        listing, clean = listings()[reading.register_name], self.importer.mapping.clean
        for key, column in reading.keys.items():
            cell = self.importer.table.cell(row, column.column)
            found = word(cell, column, clean)
            reason = NOTHING if says_nothing(cell, clean) else NO_WORD if not found else ""
            value = amount(cell, clean) if listing.fault(key, found) and not column.words else found
            if not reason and (fault := listing.fault(key, found if value is None else value)):
                reason = f"the cell cannot be its {key}: {fault}"
            if reason:
                self.importer.drop(row, (column.column,), reason, state)
            else:
                yield key, (value, column.column)


def enrolled(entered: Sequence[Entered], key: Sequence[str], importer: Importer) -> tuple[Entry, ...]:
    """One entry of all that rows say of it, by state, register and id."""
    lines = alone(importer.table, key, {one.row.line for one in entered})
    groups: dict[tuple[str, str, str], list[Entered]] = {}
    for one in entered:
        if one.row.line not in lines:
            importer.drop(one.row, (one.column,), NOT_ALONE, one.about)
        else:
            groups.setdefault((one.state, one.reading.register_name, one.id), []).append(one)
    made = (_entry(_latest(groups[place], importer), key, importer) for place in sorted(groups))
    return tuple(one for one in made if one is not None)


def _latest(group: list[Entered], importer: Importer) -> list[Entered]:
    """Of several rows for one entry, those that the map says stand: all of them where it does not say."""
    column = importer.mapping.latest
    if column is None:
        return group
    top = max(rank(importer.table.cell(one.row, column)) for one in group)
    for one in group:
        if rank(importer.table.cell(one.row, column)) < top:
            importer.drop(one.row, (one.column,), LATER, one.about)
    return [one for one in group if rank(importer.table.cell(one.row, column)) == top]


def _entry(group: Sequence[Entered], key: Sequence[str], importer: Importer) -> Entry | None:
    """An entry with its citations; None where something that it owes is missing."""
    first = group[0]
    listing = listings()[first.reading.register_name]
    content: dict[str, Any] = {"id": first.id}
    for place, value in first.reading.given.items():
        _put(content, place, value)
    for place in dict.fromkeys(name for one in group for name in one.keys):
        said = {one.keys[place][0] for one in group if place in one.keys}
        if len(said) > 1:
            for one in group:
                if place in one.keys:
                    importer.drop(one.row, (one.keys[place][1],), DIFFERS, f"{one.about} {place}")
            continue
        _put(content, place, said.pop())
    names = field_names(listing.entry)
    if missing := [name for name, field in names.items() if field.is_required() and name not in content]:
        for one in group:
            importer.drop(one.row, (one.column,), f"{LACKS}: {', '.join(missing)}", one.about)
        return None
    sources, evidence = CITATIONS
    if sources in names:
        content[sources] = (importer.mapping.source,)
    if evidence in names:
        content[evidence] = tuple(_citation(one, key, importer) for one in group)
    rows = tuple({one.row.line: one.row for one in group}.values())
    unread = {place.partition(".")[0] for place in first.reading.given}
    unread -= {place.partition(".")[0] for one in group for place in one.keys}
    noun = listing.entry.model_validate(content)
    return Entry(first.state, listing, noun, first.reading.match, rows, frozenset(unread))


def _put(content: dict[str, Any], place: str, value: Any) -> None:
    name, _, inner = place.partition(".")
    content[name] = {**(content.get(name) or {}), inner: value} if inner else value


def _citation(one: Entered, key: Sequence[str], importer: Importer) -> dict[str, Any]:
    """The cell that names the entry, as evidence."""
    table, source = importer.table, importer.record.sources.get(importer.mapping.source)
    cited: dict[str, Any] = {
        "source": importer.mapping.source,
        "row": {name: table.cell(one.row, name) for name in key},
        "column": one.column,
        "cell": table.cell(one.row, one.column),
        "access": "public",
    }
    if source is not None and source.column == one.column:
        del cited["column"]
    return cited


def slug(words: str) -> str:
    """An id made of words: small letters and figures without accents, hyphens between."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return "-".join("".join(one if one.isascii() and one.isalnum() else " " for one in bare).split())
