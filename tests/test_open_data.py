"""The record as open data: whole, the same twice, sound by its own codebook, and silent on what is restricted."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from workplan_cli import open_record
from workplan_cli.api import OpenRecord
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.open.frames import frame
from workplan_cli.exchange.open.tables import TABLES
from workplan_cli.exchange.open.writers import as_csv, as_json, as_sqlite, package

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def record() -> OpenRecord:
    return open_record(ROOT / "examples" / "arcadia")


def test_every_state_indicator_round_and_voice_has_one_row(record: OpenRecord) -> None:
    cells = record.cells()
    assert len(cells) == 3 * 16 * 2 * cells.voice.nunique()
    assert not cells.duplicated(["state", "indicator", "round", "voice"]).any()
    assert {"unanswered", "withheld", "not-asked", "carried"} <= set(cells.standing)


def test_the_same_record_gives_the_same_bytes(record: OpenRecord) -> None:
    again = open_record(ROOT / "examples" / "arcadia")
    assert package(record.tables, record.about) == package(again.tables, again.about)
    assert as_sqlite(record.tables, record.about) == as_sqlite(again.tables, again.about)
    assert as_json(record.tables, record.about) == as_json(again.tables, again.about)


def test_the_database_keeps_its_foreign_keys(record: OpenRecord) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(as_sqlite(record.tables, record.about))
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            assert database.execute(f"SELECT count(*) FROM {table.name}").fetchone() == (len(record.tables[table.name]),)
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("UPDATE cells SET standing = 'perhaps'")


def test_a_row_that_refers_to_nothing_has_no_place_in_the_database(record: OpenRecord) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(as_sqlite(record.tables, record.about))
        database.execute("PRAGMA foreign_keys = ON")
        for change in (
            "UPDATE answers SET state = 'XZZ' WHERE rowid = 1",
            "UPDATE evidence SET source = 'nowhere'",
            "DELETE FROM indicators",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
                database.execute(change)


def test_a_column_has_one_type_whatever_stands_in_it(record: OpenRecord) -> None:
    for table in TABLES:
        whole = record.table(table.name).dtypes.to_dict()
        types = {column.name: column.type for column in table.columns}
        assert {str(one) for one in whole.values()} <= {"string", "Int64", "Float64", "boolean"}
        assert all(str(whole[name]) == "string" for name in types if types[name] in ("string", "date", "object"))
        assert frame(table, []).dtypes.to_dict() == whole
        assert frame(table, record.tables[table.name][:1]).dtypes.to_dict() == whole


def test_the_codebook_speaks_of_every_column(record: OpenRecord) -> None:
    files = package(record.tables, record.about)
    descriptor = json.loads(files["datapackage.json"])
    for resource in descriptor["resources"]:
        header, *rows = csv.reader(io.StringIO(files[resource["path"]].decode()))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum")
            place = header.index(field["name"])
            assert allowed is None or {row[place] for row in rows} <= {*allowed, ""}


def test_the_descriptor_is_as_the_official_profile_asks(record: OpenRecord) -> None:
    descriptor = json.loads(package(record.tables, record.about)["datapackage.json"])
    validator = Draft7Validator(json.loads((ROOT / "tests" / "schemas" / "data-package-2-0.json").read_text()))
    assert [error.message for error in validator.iter_errors(descriptor)] == []
    del descriptor["resources"][0]["name"]
    descriptor["resources"][1]["schema"]["fields"][0]["type"] = "word"
    assert len(list(validator.iter_errors(descriptor))) >= 2


def test_a_restricted_document_is_known_by_title_and_custodian_alone(record: OpenRecord) -> None:
    sources = record.table("sources").set_index("source")
    restricted = sources[sources.access == "restricted"]
    assert len(restricted) == 1
    assert restricted[["publisher", "url", "date"]].isna().all(axis=None)
    cited = record.table("evidence")
    assert cited[cited.source.isin(restricted.index)][["pinpoint", "quotation", "cell"]].isna().all(axis=None)


def test_a_text_is_no_formula_in_csv() -> None:
    texts = next(table for table in TABLES if table.name == "texts")
    row = ("XAA", "g01", "2018", "state", "note", "en", "=1+1")
    assert as_csv(texts, [row]).decode().splitlines()[1].endswith(",'=1+1")


def test_a_figure_of_one_to_four_persons_stays_one(record: OpenRecord) -> None:
    assert "<5" in set(record.table("figures").value.dropna())


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(WorkplanError, match="no period '1999'"):
        open_record(ROOT / "examples" / "arcadia", "1999")
