"""The open data as files: CSV with a Data Package, JSON, SQLite. This module alone knows these formats.

The same tables give the same bytes. A text that a spreadsheet would take for a formula has an apostrophe before it in CSV; in
JSON and SQLite it is as it was written.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from workplan_cli.exchange.open.tables import TABLES, Column, Row, Table

Filled = Mapping[str, Sequence[Row]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SQL = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


def as_csv(table: Table, rows: Sequence[Row]) -> bytes:
    """One table: UTF-8, lines ended by LF, nothing in a cell without a value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows([_harmless(one) for one in row] for row in rows)
    return text.getvalue().encode()


def as_json(filled: Filled, about: Mapping[str, str]) -> bytes:
    """Every table as a list of objects."""
    content = {
        **about,
        **{table.name: [_named(table, row) for row in filled[table.name]] for table in TABLES},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _named(table: Table, row: Row) -> dict[str, Any]:
    objects = {one.name for one in table.columns if one.type == "object"}
    named = zip(table.names, row, strict=True)
    return {name: json.loads(str(word)) if word is not None and name in objects else word for name, word in named}


def package(filled: Filled, about: Mapping[str, str]) -> dict[str, bytes]:
    """A Data Package (version 2): its descriptor with the codebook, and a CSV file for each table."""
    files = {f"{table.name}.csv": as_csv(table, filled[table.name]) for table in TABLES}
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about["name"],
        "title": about["title"],
        "version": about["revision"],
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in TABLES],
    }
    return {"datapackage.json": (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode(), **files}


def as_sqlite(filled: Filled, about: Mapping[str, str]) -> bytes:
    """A database with the tables, their keys and their foreign keys."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, words TEXT NOT NULL)")
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        database.execute(
            "CREATE TABLE codebook (table_name TEXT, column_name TEXT, about TEXT, PRIMARY KEY (table_name, column_name))"
        )
        for table in TABLES:
            database.execute(_create(table))
            holders = ", ".join("?" * len(table.columns))
            database.executemany(f"INSERT INTO {table.name} VALUES ({holders})", filled[table.name])
            database.executemany(
                "INSERT INTO codebook VALUES (?, ?, ?)", [(table.name, one.name, one.about) for one in table.columns]
            )
        database.commit()
        return database.serialize()
    finally:
        database.close()


def _create(table: Table) -> str:
    lines = [f'"{one.name}" {_SQL.get(one.type, "TEXT")}{_check(one)}' for one in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [f"FOREIGN KEY ({_names(here)}) REFERENCES {other} ({_names(there)})" for here, other, there in table.refers]
    return f"CREATE TABLE {table.name} ({', '.join(lines)})"


def _check(column: Column) -> str:
    words = ", ".join(f"'{one}'" for one in column.codes)
    return f' CHECK ("{column.name}" IN ({words}))' if words else ""


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{one}"' for one in names)


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    import hashlib

    schema: dict[str, Any] = {"fields": [_field(one) for one in table.columns], "primaryKey": list(table.key)}
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": list(here), "reference": {"resource": other, "fields": list(there)}} for here, other, there in table.refers
        ]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"lineTerminator": "\n"},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.about}
    if column.type == "boolean":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    return {**field, **({"constraints": {"enum": list(column.codes)}} if column.codes else {})}


def _harmless(value: Any) -> Any:
    """A value for CSV; `bare` takes the apostrophe off again."""
    if isinstance(value, str) and value.lstrip(" '")[:1] in _FORMULA:
        return f"'{value}"
    return "" if value is None else value


def bare(cell: str) -> str:
    """A cell of our CSV without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip(" '")[:1] in _FORMULA else cell
