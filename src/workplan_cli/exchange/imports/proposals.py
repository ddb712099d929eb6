"""From what rows say to answers with their evidence: the second half of an import.

This module alone decides what stands where rows say several things of one, which figures must not stand together, and how a
cell of the table is cited.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from workplan_cli.exchange.imports.disclosure import Level, level_of, safe_levels
from workplan_cli.exchange.imports.importer import FIGURES, Dropped, Importer, Said, columns_needed, columns_read
from workplan_cli.exchange.imports.tables import Row, Table
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import PERSONS, ChoiceIndicator, NumberIndicator, RateIndicator
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Absence, Answer, Result
from workplan_cli.model.time import PartialDate

LATER = "a later row says it anew"
SEVERAL = "several rows are for the same"
NOT_ALONE = "evidence cannot pick out the row: another has the same words"
TELLS = "with others it would tell a count of fewer than five persons"


@dataclass(frozen=True)
class Proposal:
    """The answer to one indicator, of one state in one round, with the evidence it cites by its id."""

    state: str
    round: str
    indicator: str
    answer: Answer
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True)
class Imported:
    """What a table comes to. `rows` are those that evidence cites, in the order of the table."""

    proposals: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass
class _Sieve:
    """What rows said, passed from hand to hand; what is left out is written down."""

    importer: Importer
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, said: Iterable[Said], reason: str) -> None:
        table = self.importer.table
        for one in said:
            self.dropped += [Dropped(one.row.line, name, table.cell(one.row, name), reason, one.about) for name in one.columns]


def propose(mapping: ImportMap, table: Table, record: Record) -> Imported:
    """The answers that a table gives by a map."""
    importer = Importer(mapping, table, record)
    sieve = _Sieve(importer)
    said = _standing(importer.said(), sieve)
    key = _row_key(mapping, table, said)
    said = _citable(said, key, sieve)
    said = _harmless(said, sieve)
    proposals = tuple(_answers(said, key, mapping, table, record))
    rows = {one.row.line: one.row for one in said}
    dropped = sorted((*importer.dropped, *sieve.dropped), key=lambda one: one.line)
    return Imported(proposals, tuple(dropped), tuple(rows[line] for line in sorted(rows)))


def _standing(said: Sequence[Said], sieve: _Sieve) -> list[Said]:
    """What stands where several rows are for the same: the latest, where the map says so; else none, because nothing tells
    which."""
    mapping, table = sieve.importer.mapping, sieve.importer.table
    groups: dict[object, list[Said]] = {}
    for one in said:
        groups.setdefault((one.state, one.round, one.reading.indicator, one.year, one.cell), []).append(one)
    kept = []
    for group in groups.values():
        if mapping.latest is not None:
            top = max(_rank(table.cell(one.row, mapping.latest)) for one in group)
            sieve.drop([one for one in group if _rank(table.cell(one.row, mapping.latest)) < top], LATER)
            group = [one for one in group if _rank(table.cell(one.row, mapping.latest)) == top]
        indicator = sieve.importer.indicators[group[0].reading.indicator]
        if len(group) > 1 and not (isinstance(indicator, ChoiceIndicator) and indicator.many):
            sieve.drop(group, SEVERAL)
        else:
            kept += group
    return sorted(kept, key=lambda one: one.row.line)


def _rank(cell: str) -> tuple[bool, int, str]:
    """Numbers by their size, then words by their letters."""
    words = " ".join(cell.split())
    is_number = words.isascii() and words.isdigit()
    return not is_number, int(words[:40]) if is_number else 0, words


def _row_key(mapping: ImportMap, table: Table, said: Sequence[Said]) -> tuple[str, ...]:
    """The columns that pick out a row: the map's own, else as few as will do of those that it reads, in the table's order."""
    if mapping.row:
        return mapping.row
    read = set(columns_read(mapping.readings, table))
    key = tuple(name for name in table.columns if name in set(columns_needed(mapping)) - read)
    wanted = {one.row.line for one in said}
    for name in key[::-1]:
        fewer = tuple(one for one in key if one != name)
        if fewer and _alone(table, fewer, wanted) == _alone(table, key, wanted):
            key = fewer
    return key


def _alone(table: Table, key: Sequence[str], wanted: set[int]) -> set[int]:
    """Those of the wanted lines that no other row is like."""
    places = [table.places[name] for name in key]
    times = Counter(tuple(row.cells[place] for place in places) for row in table.rows)
    return {row.line for row in table.rows if row.line in wanted and times[tuple(row.cells[place] for place in places)] == 1}


def _citable(said: Sequence[Said], key: Sequence[str], sieve: _Sieve) -> list[Said]:
    alone = _alone(sieve.importer.table, key, {one.row.line for one in said})
    sieve.drop([one for one in said if one.row.line not in alone], NOT_ALONE)
    return [one for one in said if one.row.line in alone]


def _harmless(said: Sequence[Said], sieve: _Sieve) -> list[Said]:
    """Without the levels of figures that, with those the map wants more, would tell a hidden count."""
    importer, protect = sieve.importer, sieve.importer.mapping.protect
    group_of = {indicator: group for group in protect.together for indicator in group}
    tables: dict[object, list[Said]] = {}
    kept = []
    for one in said:
        indicator = importer.indicators[one.reading.indicator]
        if isinstance(indicator, NumberIndicator | RateIndicator) and indicator.unit == PERSONS:
            tables.setdefault((one.state, one.year, group_of.get(indicator.id, indicator.id)), []).append(one)
        else:
            kept.append(one)
    wanted = [frozenset(level) for level in protect.keep]
    for figures in tables.values():
        safe = _safe(figures, wanted)
        sieve.drop([one for one in figures if level_of(one.cell) not in safe], TELLS)
        kept += [one for one in figures if level_of(one.cell) in safe]
    return sorted(kept, key=lambda one: one.row.line)


def _safe(figures: Sequence[Said], wanted: Sequence[Level]) -> frozenset[Level]:
    """The levels that are safe in each of the amounts that the figures have."""
    safe = frozenset(level_of(one.cell) for one in figures)
    for quantity in FIGURES:
        amounts = {one.cell: one.figure[quantity] for one in figures if one.figure and quantity in one.figure}
        if amounts:
            safe &= safe_levels(amounts, wanted)
    return safe


def _answers(said: Sequence[Said], key: Sequence[str], mapping: ImportMap, table: Table, record: Record) -> Iterator[Proposal]:
    """The answers, by state, round and the order of the indicators."""
    order = {id_: place for place, id_ in enumerate(record.indicators)}
    rounds = {id_: place for place, id_ in enumerate(record.plan.round_ids)}
    groups: dict[tuple[str, str, str], list[Said]] = {}
    for one in said:
        groups.setdefault((one.state, one.round, one.reading.indicator), []).append(one)
    source = record.sources.get(mapping.source)
    own_column = source.column if source else None
    for state, round_, id_ in sorted(groups, key=lambda group: (group[0], rounds[group[1]], order[group[2]])):
        group = groups[state, round_, id_]
        evidence: dict[str, Evidence] = {}
        cited: list[list[str]] = []
        for one in sorted(group, key=_reading_order):
            cited.append([])
            for column in one.columns:
                piece = _evidence(one, column, key, mapping, table, own_column)
                words = (*one.words, *((column,) if len(one.columns) > 1 else ()))
                name = free_id(".".join((id_, *map(_slug, words))), evidence)
                evidence[name] = piece
                cited[-1].append(name)
        answer = _answer(sorted(group, key=_reading_order), cited, mapping, record.indicators[id_].revision)
        yield Proposal(state, round_, id_, answer, evidence)


def _reading_order(one: Said) -> tuple[int, int, tuple[str, ...], int]:
    """The undivided figure first, then the others, the coarser first; as the rows stand where they are no figures."""
    return one.year or 0, len(one.cell), tuple(sorted(name for name, _ in one.cell)), one.row.line


def free_id(name: str, taken: Container[str]) -> str:
    """An id that is not taken: the name itself, or with a number behind it."""
    return next(free for free in chain((name,), (f"{name}-{number}" for number in count(2))) if free not in taken)


def _slug(words: str) -> str:
    """Words as part of an id."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in words.casefold())
    return "-".join(letters.split()) or "x"


def _evidence(one: Said, column: str, key: Sequence[str], mapping: ImportMap, table: Table, own_column: str | None) -> Evidence:
    cited: dict[str, Any] = {"source": mapping.source, "row": {name: table.cell(one.row, name) for name in key}}
    if column != own_column:
        cited["column"] = column
    return Evidence.model_validate({**cited, "cell": table.cell(one.row, column), "access": "public"})


def _answer(group: Sequence[Said], cited: Sequence[Sequence[str]], mapping: ImportMap, revision: int) -> Answer:
    first = group[0]
    fields: dict[str, Any] = {"revision": revision, "status": mapping.status}
    if first.figure is not None:
        fields["values"] = tuple(_value(one, names) for one, names in zip(group, cited, strict=True))
        several = [name for names in cited if len(names) > 1 for name in names]
        fields |= {"evidence": tuple(several)} if several else {}
    else:
        fields |= _said(group)
        fields["evidence"] = tuple(name for names in cited for name in names)
    if fields.get("absence") in (Absence.NOT_APPLICABLE, Absence.NOT_PURSUED) and first.reading.reason:
        fields["reason"] = first.reading.reason
    note = first.reading.note or mapping.note
    return Answer.model_validate({**fields, **({"note": note} if note else {})})


def _value(one: Said, names: Sequence[str]) -> dict[str, Any]:
    by = dict(one.cell)
    figure: dict[str, Any] = {"year": one.year} if one.year is not None else {}
    figure |= {name: by[name] for name in one.reading.by if name in by}
    return {**figure, **(one.figure or {}), **({"evidence": names[0]} if len(names) == 1 else {})}


def _said(group: Sequence[Said]) -> dict[str, Any]:
    content = group[0].content
    if isinstance(content, Result):
        return {"result": content}
    if isinstance(content, Absence):
        return {"absence": content}
    if isinstance(content, PartialDate):
        return {"date": content}
    if isinstance(content, str):
        return {"choice": tuple(dict.fromkeys(one.content for one in group))}
    return {"text": content}
