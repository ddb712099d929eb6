"""An import writes entries of registers that are kept by state, and overwrites nobody."""

import difflib
import shutil
from pathlib import Path

import pytest
from test_import import ROOT, mapping, record
from typer.testing import CliRunner

from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.cli import app
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports import enrolment, importer, sieve
from workplan_cli.exchange.imports.columns import columns_needed
from workplan_cli.exchange.imports.proposals import Imported, propose
from workplan_cli.exchange.imports.tables import read_table
from workplan_cli.model.listing import listings
from workplan_cli.model.register import Measure
from workplan_cli.storage.enlist import enlist
from workplan_cli.storage.tree import Directory

DIGEST = "community-law-digest-2018"
TABLE = f"data/sources/archive/{DIGEST}.csv"
LAWS = "ilab-law-citations"

FRAME = """
title: A table made for a test
state: {column: state}
row: [state, no]
clean: {marks: "*", missing: [n/a]}
registers:
  - register: measures
    id: {column: no}
    match: [number]
    given: {kind: law, voice: desk-review}
    keys: {title.en: {column: title}, number: {column: no}, adopted: {column: date}}
"""
CITED = """
title: A table made for a test
state: {column: state}
row: [state, year]
registers:
  - register: measures
    given: {kind: law, covers: [g05], voice: desk-review}
    phrases:
      column: cites
      into: title.en
      ids: {XAA: {Season Act: season-act, Season Act (Amendment) Law: amendment, Code: code}}
      others: {Constitution: the constitution is no measure}
"""


def imported(map_: str, table: str) -> Imported:
    read = mapping(map_, DIGEST)
    return propose(read, read_table(table.encode(), "table.csv", read.layout, columns_needed(read)), record())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(resources.example(), tmp_path / "r")
    return tmp_path / "r"


def run(root: Path, *options: str, table: str = TABLE) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["import", str(root / table), "--map", DIGEST, "--root", str(root), *options])
    if isinstance(result.exception, WorkplanError):
        return 2, f"{result.exception.message}; {result.exception.hint}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def register(root: Path, state: str) -> Path:
    return root / f"data/registers/measures/{state}.yaml"


def test_a_row_is_an_entry_with_the_keys_that_its_cells_fill() -> None:
    made = imported(FRAME, "state,no,title,date\nXAB,3 of 2016*,Season Act,2016-05-02\n")
    (one,) = made.entries
    assert one.noun == Measure.model_validate(
        {
            "id": "3-of-2016",
            "kind": "law",
            "title": {"en": "Season Act"},
            "number": "3 of 2016",
            "adopted": "2016-05-02",
            "voice": "desk-review",
            "sources": [DIGEST],
            "evidence": [{"source": DIGEST, "row": {"state": "XAB", "no": "3 of 2016*"}, "column": "no", "cell": "3 of 2016*"}],
        }
    )
    assert made.dropped == ()


def test_what_a_cell_does_not_say_is_left_out_and_what_an_entry_owes_keeps_it_out() -> None:
    table = "state,no,title,date\nXAB,1,Season Act,soon\nXAB,2,n/a,2016\nXAZ,3,Other Act,2016\nXAB,¡,Third Act,2016\n"
    made = imported(FRAME, table)
    assert [one.id for one in made.entries] == ["1"]
    assert [(one.line, one.column, one.reason) for one in made.dropped] == [
        (2, "date", "the cell cannot be its adopted: is not a date"),
        (3, "title", importer.NOTHING),
        (3, "no", f"{enrolment.LACKS}: title"),
        (4, "no", importer.NO_STATE),
        (5, "no", enrolment.NO_ID),
    ]


def test_a_table_may_stand_below_lines_of_title() -> None:
    made = imported(FRAME + "layout: {header: [3]}\n", "Laws,,,\n,,,\nstate,no,title,date\nXAB,1,Season Act,2016\n")
    assert [one.rows[0].line for one in made.entries] == [4]


def test_an_entry_of_another_id_with_the_words_to_match_is_the_one(root: Path) -> None:
    assert "XAA 12-of-2013" not in run(root)[1]  # act-12-2013 has that number
    path = root / f"data/imports/{DIGEST}.yaml"
    path.write_text(path.read_text().replace("    match: [number]\n", ""))
    assert "XAA 12-of-2013 (new): + number 12 of 2013\n" in run(root)[1]


def test_rows_that_contradict_each_other_give_no_word_and_the_others_stand() -> None:
    rows = "state,no,title,date,part\nXAB,1,Season Act,2016,a\nXAB,1,Season Act,2017,b\n"
    made = imported(FRAME.replace("row: [state, no]", "row: [state, no, part]"), rows)
    assert made.entries[0].noun.model_dump(mode="json", exclude_unset=True, exclude={"evidence", "sources"}) == {
        "id": "1",
        "kind": "law",
        "title": {"en": "Season Act"},
        "number": "1",
        "voice": "desk-review",
    }
    assert [(one.line, one.column, one.reason) for one in made.dropped] == [
        (2, "date", enrolment.DIFFERS),
        (3, "date", enrolment.DIFFERS),
    ]
    assert [one.reason for one in imported(FRAME, rows).dropped] == [sieve.NOT_ALONE] * 2


def test_one_citation_names_several_laws_and_the_longer_phrase_goes_first() -> None:
    table = (
        "state,year,cites\n"
        "XAA,2015,Article 3 of the Season Act; Article 1 of the Constitution\n"
        "XAA,2016,The Code and the Season Act (Amendment) Law\n"
        "XAA,2017,Nothing that is known\n"
    )
    made = imported(CITED, table)
    assert [(one.id, [row.line for row in one.rows]) for one in made.entries] == [
        ("amendment", [3]),
        ("code", [3]),
        ("season-act", [2]),
    ]
    assert [(one.line, one.reason) for one in made.dropped] == [
        (2, "the constitution is no measure"),
        (4, enrolment.NO_PHRASE),
    ]


def test_entries_are_shown_key_by_key_and_nothing_is_written(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    code, output = run(root)
    assert code == 1
    assert "XAC 18-011 (new): + adopted 2018\n" in output
    assert "XAC decree-17-204: left as it is: - adopted 2017-06-12\n" in output
    assert "XAC decree-17-204: left as it is: + adopted 2017-06-13\n" in output
    assert "3 entries proposed for 2 files; 1 there already; 1 left as they are, which say something else\n" in output
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_is_written_is_sound_and_a_second_run_proposes_nothing(root: Path) -> None:
    assert "3 entries written to 2 files" in run(root, "--write")[1]
    assert "0 entries proposed for 0 files; 4 there already" in run(root)[1]
    assert not check(Directory(root / "data")).diagnostics
    assert "0 entries proposed for 0 files; 5 there already" in (run(root, "--write", "--replace"), run(root))[1][1]
    assert "adopted: 2017-06-13\n" in register(root, "XAC").read_text()
    assert not check(Directory(root / "data")).diagnostics


def test_comments_and_every_line_of_others_stay(root: Path) -> None:
    before = register(root, "XAC").read_text().replace("measures:\n", "# Kept by hand.\nmeasures:\n") + "  # the end\n"
    register(root, "XAC").write_text(before)
    run(root, "--write")
    changed = list(difflib.ndiff(before.splitlines(), register(root, "XAC").read_text().splitlines()))
    assert not [line for line in changed if line.startswith("-")]
    assert next(line for line in changed if line.startswith("+")) == "+   - id: 18-011"


def test_a_key_that_nobody_wrote_is_added_and_its_comments_stay(root: Path) -> None:
    text = register(root, "XAC").read_text().replace("    adopted: 2017-06-12\n", "    # no date yet\n")
    register(root, "XAC").write_text(text)
    code, output = run(root, "--write")
    assert code == 0
    assert "  XAC decree-17-204: + adopted 2017-06-13\n" in output
    assert "(1 of them changed)" in output
    after = register(root, "XAC").read_text()
    assert "    # no date yet\n" in after
    assert "adopted: 2017-06-13\n" in after
    assert f"sources: [xac-gazette-88-2017, {DIGEST}]\n" in after
    assert "0 entries proposed for 0 files; 5 there already" in run(root)[1]
    assert not check(Directory(root / "data")).diagnostics


def test_a_word_that_someone_wrote_since_stays_and_is_shown(root: Path) -> None:
    run(root, "--write")
    edited = register(root, "XAB").read_text().replace("Seasonal Recruitment Act", "Recruitment Act")
    register(root, "XAB").write_text(edited)
    code, output = run(root, "--write")
    assert code == 1
    assert "  XAB 3-of-2016: left as it is: - title.en Recruitment Act\n" in output
    assert register(root, "XAB").read_text() == edited


def test_a_file_with_errors_is_left_alone_and_named(root: Path) -> None:
    broken = register(root, "XAC").read_text().replace("kind: law", "kind: lawe")
    register(root, "XAC").write_text(broken)
    code, output = run(root, "--write")
    assert code == 1
    assert "data/registers/measures/XAC.yaml: left alone, because it has errors; see which: workplan validate\n" in output
    assert register(root, "XAC").read_text() == broken
    assert register(root, "XAB").exists()


def test_a_list_in_brackets_takes_entries_inside_them(root: Path) -> None:
    flow = "measures: [{id: x, kind: law, title: {fr: X}, voice: state}] # ours\n"
    register(root, "XAC").write_text(flow)
    run(root, "--write")
    after = register(root, "XAC").read_text()
    assert after.startswith("measures: [{id: ")
    assert after.endswith("{id: x, kind: law, title: {fr: X}, voice: state}] # ours\n")
    assert register(root, "XAB").exists()


def test_lines_that_end_as_on_windows_and_an_empty_list_take_entries() -> None:
    one = Measure.model_validate({"id": "b", "kind": "law", "title": {"en": "B"}, "voice": "state"})
    item = "  - id: b\r\n    kind: law\r\n    title: {en: B}\r\n    voice: state\r\n"
    assert enlist("p", b"measures: []\r\n", "measures", {"b": one}, {}, ()).decode() == f"measures:\r\n{item}"
    held = "measures:\r\n  - {id: a, kind: law, title: {en: A}, voice: state} # short\r\n"
    assert enlist("p", held.encode(), "measures", {"b": one}, {}, ()).decode() == held + item


def test_only_the_states_that_are_named_are_touched(root: Path) -> None:
    assert "XAC" not in run(root, "--state", "XAB", "--write")[1]
    assert register(root, "XAB").exists()


def test_a_map_that_no_register_bears_is_refused(root: Path) -> None:
    path = root / f"data/imports/{DIGEST}.yaml"
    for old, new, why in (
        ("register: measures", "register: measure", "there is no register 'measure' that is kept by state"),
        ("kind: law", "kind: lawe", "cannot have 'lawe' as its kind"),
        ("title.en:", "titel.en:", "has no key 'titel.en' that a cell can fill"),
        ("match: [number]", "match: [nummer]", "has no key 'nummer' that a cell can fill"),
        ("    id: {column: Number}\n", "", "are named neither by an id nor by phrases"),
    ):
        sound = path.read_text()
        path.write_text(sound.replace(old, new, 1))
        code, output = run(root)
        assert code == 2, why
        assert why in " ".join(output.split())
        path.write_text(sound)


def test_every_register_of_one_holder_is_known_by_its_shape_and_its_numbers_are_read() -> None:
    places = {name: (one.key, one.path("XAA")) for name, one in listings().items()}
    assert places["measures"] == ("measures", "registers/measures/XAA.yaml")
    assert places["materials"] == ("materials", "registers/materials/XAA.yaml")
    assert "treaties" not in places
    taught = (
        "title: T\nstate: {column: s}\nclean: {thousands: ','}\nregisters:\n  - register: academies\n    id: {column: topic}\n"
        "    given: {academy.en: Harbour School, voice: state}\n    keys: {title.en: {column: topic}, hours: {column: h}}\n"
    )
    made = imported(taught, "s,topic,h\nXAA,Wages,1,\n".replace("1,\n", '"1,200"\n') + "XAB,Lodgings,many\n")
    assert [one.noun.model_dump()["hours"] for one in made.entries] == [1200, None]
    assert [(one.line, one.column) for one in made.dropped] == [(3, "h")]


def test_the_laws_of_the_shipped_register_are_those_that_the_archived_table_cites(tmp_path: Path) -> None:
    table = ROOT / "data/sources/archive/ilab/trafficking-law-citations.csv"
    arguments = ["import", str(table), "--map", LAWS, "--root", str(ROOT)]
    result = CliRunner().invoke(app, arguments)
    assert result.output.startswith("0 entries proposed for 0 files; 42 there already\n")
    assert result.exit_code == 0
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.rmtree(tmp_path / "data/registers/measures")
    assert "42 entries written to 26 files" in CliRunner().invoke(app, [*arguments[:-1], str(tmp_path), "--write"]).output
    assert "0 entries proposed for 0 files; 42 there already" in CliRunner().invoke(app, [*arguments[:-1], str(tmp_path)]).output
