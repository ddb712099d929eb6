"""From what rows say to answers with their evidence.

This module alone decides how a cell of a table is cited, and what an answer made of rows looks like.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from workplan_cli.exchange.imports.enrolment import Enrolment, Entry, enrolled
from workplan_cli.exchange.imports.importer import Dropped, Importer, Said
from workplan_cli.exchange.imports.lines import Row
from workplan_cli.exchange.imports.sieve import Sieve, citable, harmless, row_key, standing
from workplan_cli.exchange.imports.tables import Table
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Absence, Answer, Result
from workplan_cli.model.time import PartialDate


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
    """What a table comes to: answers, and entries of registers. `rows` are those that evidence cites, in their order."""

    proposals: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...] = ()
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()


def propose(mapping: ImportMap, table: Table, record: Record) -> Imported:
    """The answers and the entries of registers that a table gives by a map."""
    importer = Importer(mapping, table, record)
    sieve = Sieve(importer)
    said = standing(importer.said(), sieve)
    entered = Enrolment(importer).entered()
    key = row_key(mapping, table, [*(one.row for one in said), *(one.row for one in entered)])
    said = citable(said, key, sieve)
    said = harmless(said, sieve)
    proposals = tuple(_answers(said, key, mapping, table, record))
    entries = enrolled(entered, key, importer)
    rows = {one.row.line: one.row for one in said} | {row.line: row for one in entries for row in one.rows}
    dropped = sorted((*importer.dropped, *sieve.dropped), key=lambda one: one.line)
    return Imported(proposals, tuple(dropped), tuple(rows[line] for line in sorted(rows)), entries)


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
