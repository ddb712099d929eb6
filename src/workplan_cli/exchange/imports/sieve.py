"""What of the rows may stand: one of several for the same, none that cannot be cited, none that tell a hidden count.

This module alone chooses among rows. What goes comes back with its reason.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workplan_cli.exchange.imports.columns import columns_needed, columns_of_ids, columns_read
from workplan_cli.exchange.imports.disclosure import Level, level_of, safe_levels
from workplan_cli.exchange.imports.importer import FIGURES, Dropped, Importer, Said
from workplan_cli.exchange.imports.lines import Row
from workplan_cli.exchange.imports.tables import Table
from workplan_cli.model.indicator import PERSONS, ChoiceIndicator, NumberIndicator, RateIndicator
from workplan_cli.model.mapping import ImportMap

LATER = "a later row says it anew"
SEVERAL = "several rows are for the same"
NOT_ALONE = "evidence cannot pick out the row: another has the same words"
TELLS = "with others it would tell a count of fewer than five persons"


@dataclass
class Sieve:
    """What rows said, passed from hand to hand; what is left out is written down."""

    importer: Importer
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, said: Iterable[Said], reason: str) -> None:
        """Leave something out."""
        table = self.importer.table
        for one in said:
            self.dropped += [Dropped(one.row.line, name, table.cell(one.row, name), reason, one.about) for name in one.columns]


def standing(said: Sequence[Said], sieve: Sieve) -> list[Said]:
    """What stands where several rows are for the same: the latest, where the map says so; else none, because nothing tells
    which."""
    mapping, table = sieve.importer.mapping, sieve.importer.table
    groups: dict[object, list[Said]] = {}
    for one in said:
        groups.setdefault((one.state, one.round, one.reading.indicator, one.year, one.cell), []).append(one)
    kept = []
    for group in groups.values():
        if mapping.latest is not None:
            top = max(rank(table.cell(one.row, mapping.latest)) for one in group)
            sieve.drop([one for one in group if rank(table.cell(one.row, mapping.latest)) < top], LATER)
            group = [one for one in group if rank(table.cell(one.row, mapping.latest)) == top]
        indicator = sieve.importer.indicators[group[0].reading.indicator]
        if len(group) > 1 and not (isinstance(indicator, ChoiceIndicator) and indicator.many):
            sieve.drop(group, SEVERAL)
        else:
            kept += group
    return sorted(kept, key=lambda one: one.row.line)


def rank(cell: str) -> tuple[bool, int, str]:
    """Numbers by their size, then words by their letters."""
    words = " ".join(cell.split())
    is_number = words.isascii() and words.isdigit()
    return not is_number, int(words[:40]) if is_number else 0, words


def row_key(mapping: ImportMap, table: Table, rows: Iterable[Row]) -> tuple[str, ...]:
    """The columns that pick out the rows: the map's own, else as few as will do of those that it reads, in the table's order."""
    if mapping.row:
        return mapping.row
    read = set(columns_read(mapping.readings, table.places, mapping.registers)) - set(columns_of_ids(mapping))
    key = tuple(name for name in table.columns if name in set(columns_needed(mapping)) - read)
    wanted = {row.line for row in rows}
    for name in key[::-1]:
        fewer = tuple(one for one in key if one != name)
        if fewer and alone(table, fewer, wanted) == alone(table, key, wanted):
            key = fewer
    return key


def alone(table: Table, key: Sequence[str], wanted: set[int]) -> set[int]:
    """Those of the wanted lines that no other row is like."""
    places = [table.places[name] for name in key]
    times = Counter(tuple(row.cells[place] for place in places) for row in table.rows)
    return {row.line for row in table.rows if row.line in wanted and times[tuple(row.cells[place] for place in places)] == 1}


def citable(said: Sequence[Said], key: Sequence[str], sieve: Sieve) -> list[Said]:
    """Without the rows that evidence cannot pick out by the columns of `key`."""
    single = alone(sieve.importer.table, key, {one.row.line for one in said})
    sieve.drop([one for one in said if one.row.line not in single], NOT_ALONE)
    return [one for one in said if one.row.line in single]


def harmless(said: Sequence[Said], sieve: Sieve) -> list[Said]:
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
