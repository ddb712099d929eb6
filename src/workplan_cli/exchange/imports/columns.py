"""Which columns of a table an import map names. This module alone goes through a map for them."""

from collections.abc import Mapping

from workplan_cli.model.mapping import ImportMap, Reading, RegisterReading


def columns_read(
    readings: tuple[Reading, ...], places: Mapping[str, int], registers: tuple[RegisterReading, ...] = ()
) -> tuple[str, ...]:
    """The columns that answers and entries of registers are read from, in the order of their places in the table."""
    named: set[str] = set()
    for reading in readings:
        named |= {
            column for column in (reading.value, reading.part, reading.whole, reading.date, *reading.text.values()) if column
        }
        named |= {column.column for column in (reading.result, reading.choice) if column}
    named |= {column for register in registers for column in _of_register(register)}
    return tuple(sorted(named, key=lambda column: places[column]))


def columns_needed(mapping: ImportMap) -> list[str]:
    """Every column that a map names."""
    used = [mapping.dimensions[name] for reading in mapping.readings for name in reading.by]
    named = [column.column for column in (mapping.state, mapping.round, mapping.year, *used) if column]
    named += [column for skipped in mapping.skip for column in skipped.where]
    for reading in mapping.readings:
        named += [*reading.where, *reading.text.values()]
        named += [column for column in (reading.value, reading.part, reading.whole, reading.date) if column]
        named += [column.column for column in (reading.result, reading.choice) if column]
    for register in mapping.registers:
        named += [*register.where, *_of_register(register)]
    return [*named, *mapping.row, *([mapping.latest] if mapping.latest else [])]


def _of_register(register: RegisterReading) -> list[str]:
    named = [one.column for one in (register.id, register.phrases) if one]
    return [*named, *(column.column for column in register.keys.values())]


def columns_of_ids(mapping: ImportMap) -> list[str]:
    """The columns that hold ids of entries."""
    return [one.id.column for one in mapping.registers if one.id]
