"""An import proposes what a table says, loses nobody's words, and says what it leaves out and why."""

import csv
import difflib
import os
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.checking.intake import open_intake
from workplan_cli.cli import app
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports import edits, importer, sieve
from workplan_cli.exchange.imports.columns import columns_needed
from workplan_cli.exchange.imports.proposals import Imported, Proposal, propose
from workplan_cli.exchange.imports.remains import kept
from workplan_cli.exchange.imports.tables import read_table
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.submission import Absence, AnswerSheet, Result
from workplan_cli.storage.loader import parse
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory, Memory

ROOT = Path(__file__).parent.parent
EXAMPLE = "community-accidents-2018"
ARCHIVED = f"data/sources/archive/{EXAMPLE}.csv"

FRAME = """
title: A table made for a test
voice: desk-review
state: {column: state}
round: {column: year, words: {"2015": 2015-2016, "2016": 2015-2016, "2017": 2017-2018, "2018": 2017-2018}}
year: {column: year}
dimensions: {sex: {column: sex, words: {f: female, m: male}, total: [all]}}
clean: {marks: "*†‡", thousands: ",", missing: [N/A]}
status: final
"""
INJURED = FRAME + "readings: [{indicator: g07-injured, value: n, by: [sex]}]\n"
LAW = FRAME + (
    "readings:\n"
    "  - indicator: g05-fees\n"
    "    where: {ask: [Fees forbidden?]}\n"
    "    result:\n"
    "      column: says\n"
    "      words: {Yes: implemented, Yes*: partial, No: not-implemented, Unknown: no-information, N/A: not-applicable}\n"
    "    reason: {en: The source calls it not applicable.}\n"
)


@cache
def record() -> Record:
    return load_record(Directory(resources.example() / "data"))[0]


def mapping(text: str, name: str = EXAMPLE) -> ImportMap:
    path = f"imports/{name}.yaml"
    place = document_at(path)
    assert place is not None
    loaded = parse(path, text.encode(), *place)
    assert loaded.diagnostics == ()
    assert isinstance(loaded.document, ImportMap)
    return loaded.document


def imported(map_: str, table: str, name: str = "table.csv") -> Imported:
    read = mapping(map_)
    return propose(read, read_table(table.encode(), name, read.layout, columns_needed(read)), record())


def figures(made: Imported) -> list[str]:
    """Each figure in words: `XAA 2016 female 12`."""
    return [
        " ".join(map(str, (one.state, value.year, *value.dimensions.values(), value.value)))
        for one in made.proposals
        for value in one.answer.values
    ]


def reasons(made: Imported) -> Counter[str]:
    return Counter(one.reason for one in made.dropped)


# What a table says.


def test_figures_are_read_by_state_round_year_and_dimension() -> None:
    made = imported(INJURED, 'state,year,sex,n\nXAB,2017,f,12*\nXAB,2017,m,"1,204"\nXAA,2016,all,0\nXAB,2018,f,<5\n')
    assert figures(made) == ["XAA 2016 0", "XAB 2017 female 12", "XAB 2017 male 1204", "XAB 2018 female <5"]
    assert [(one.state, one.round) for one in made.proposals] == [("XAA", "2015-2016"), ("XAB", "2017-2018")]
    assert made.dropped == ()


def test_an_answer_says_what_it_answers_and_cites_row_and_cell_as_they_stand() -> None:
    (one,) = imported(INJURED, "state,year,sex,n\nXAB,2017,f,12*\nXAC,2017,m,9\n").proposals[:1]
    assert one.answer.model_dump(exclude_unset=True) == {
        "revision": record().indicators["g07-injured"].revision,
        "status": "final",
        "values": ({"year": 2017, "sex": "female", "value": 12, "evidence": "g07-injured.2017.female"},),
    }
    piece = one.evidence["g07-injured.2017.female"]
    assert piece.model_dump(exclude_unset=True) == {
        "source": EXAMPLE,
        "row": {"state": "XAB"},  # the smallest key: one column tells the two rows apart
        "column": "n",
        "cell": "12*",
        "access": "public",
    }


def test_the_key_of_a_row_is_as_small_as_the_table_allows() -> None:
    table = "state,year,sex,n\nXAB,2017,f,12\nXAB,2018,f,9\nXAC,2017,f,8\nXAC,2018,f,7\n"
    keys = {tuple(piece.row) for one in imported(INJURED, table).proposals for piece in one.evidence.values()}
    assert keys == {("state", "year")}


def test_the_year_comes_from_a_column_whatever_the_file_is_called() -> None:
    assert figures(imported(INJURED, "state,year,sex,n\nXAB,2017,all,12\n", "injured-2016.csv")) == ["XAB 2017 12"]


def test_what_is_the_same_in_the_whole_file_is_fixed_in_the_map() -> None:
    fixed = (
        "title: T\nvoice: desk-review\nfixed: {state: XAB, round: 2017-2018, year: 2018}\n"
        "readings: [{indicator: g07-injured, value: n}]\n"
    )
    assert figures(imported(fixed, "n\n12\n")) == ["XAB 2018 12"]


def test_a_missing_year_is_a_gap_and_nought_is_nought() -> None:
    made = imported(INJURED, "state,year,sex,n\nXAB,2017,all,0\nXAB,2018,all,\nXAC,2017,all,N/A†\n")
    assert figures(made) == ["XAB 2017 0"]
    assert reasons(made) == {importer.NOTHING: 2}


def test_a_count_of_one_to_four_persons_is_never_written() -> None:
    made = imported(INJURED, "state,year,sex,n\nXAB,2017,all,3\nXAB,2018,all,4*\nXAC,2017,all,5\n")
    assert figures(made) == ["XAB 2017 <5", "XAB 2018 <5", "XAC 2017 5"]


def test_unknown_is_not_no() -> None:
    made = imported(LAW, "state,year,ask,says\nXAA,2017,Fees forbidden?,No\nXAB,2017,Fees forbidden?,Unknown\n")
    assert [(one.state, one.answer.result, one.answer.absence) for one in made.proposals] == [
        ("XAA", Result.NOT_IMPLEMENTED, None),
        ("XAB", None, Absence.NO_INFORMATION),
    ]


def test_words_mean_what_the_map_says_and_no_other_word_means_anything() -> None:
    table = (
        "state,year,ask,says\nXAA,2017,Fees forbidden?,Yes*\nXAB,2017,Fees forbidden?,Yes‡\nXAC,2017,Fees forbidden?,Perhaps\n"
    )
    made = imported(LAW, table)
    assert [one.answer.result for one in made.proposals] == [Result.PARTIAL, Result.IMPLEMENTED]
    assert [one.evidence[one.indicator].cell for one in made.proposals] == ["Yes*", "Yes‡"]
    assert reasons(made) == {importer.NO_RESULT: 1}


def test_an_absence_that_owes_a_reason_has_the_maps() -> None:
    (one,) = imported(LAW, "state,year,ask,says\nXAA,2017,Fees forbidden?,N/A†\n").proposals
    assert (one.answer.absence, one.answer.reason) == (Absence.NOT_APPLICABLE, {"en": "The source calls it not applicable."})


def test_every_type_of_answer_can_be_read() -> None:
    readings = (
        "readings:\n"
        "  - {indicator: g01-since, date: since}\n"
        "  - {indicator: g05-sanctions, choice: {column: sanction, words: {Fine: fine, Licence: licence}}}\n"
        "  - {indicator: g07-inspected, part: seen, whole: there}\n"
        "  - {indicator: g10-lessons, text: {en: remark}}\n"
    )
    table = "state,year,sex,since,sanction,seen,there,remark\nXAB,2017,all,2014-03,Fine,12,80,Once  a year.\n"
    made = {one.indicator: one for one in imported(FRAME + readings, table).proposals}
    assert str(made["g01-since"].answer.date) == "2014-03"
    assert made["g05-sanctions"].answer.choice == ("fine",)
    assert [(value.part, value.whole) for value in made["g07-inspected"].answer.values] == [(12, 80)]
    assert made["g07-inspected"].answer.evidence == ("g07-inspected.2017.seen", "g07-inspected.2017.there")
    assert made["g10-lessons"].answer.text == {"en": "Once a year."}


# What is left out, and why.


def test_every_cell_that_is_left_out_has_its_reason() -> None:
    skip = INJURED + 'skip: [{where: {sex: [x]}, because: "not told apart"}]\n'
    table = "state,year,sex,n\nXZZ,2017,all,9\nXAA,1999,all,9\nXAA,2017,z,9\nXAA,2017,x,9\nXAA,2017,all,18/16\nXAB,2017,all,9,9\n"
    made = imported(skip, table)
    assert made.proposals == ()
    assert [(one.line, one.cell, one.reason) for one in made.dropped] == [
        (2, "9", importer.NO_STATE),
        (3, "9", importer.NO_ROUND),
        (4, "9", "its word is none of sex"),
        (5, "9", "not told apart"),
        (6, "18/16", importer.NO_FIGURE),
        (7, "9", importer.TOO_LONG),
    ]


def test_a_row_that_no_reading_takes_is_counted() -> None:
    assert reasons(imported(LAW, "state,year,ask,says\nXAA,2017,Something else?,Yes\n")) == {importer.UNTAKEN: 1}


def test_of_several_rows_for_the_same_none_is_chosen() -> None:
    made = imported(INJURED, "state,year,sex,n,note\nXAB,2017,f,12,a\nXAB,2017,f,13,b\nXAB,2018,f,7,a\nXAB,2018,f,7,b\n")
    assert made.proposals == ()
    assert reasons(made) == {sieve.SEVERAL: 4}


def test_the_latest_stands_where_the_map_says_so() -> None:
    table = "state,year,sex,n,edition\nXAB,2017,f,12,2018\nXAB,2017,f,13,2019\nXAC,2017,f,8,2019\nXAC,2017,f,9,2019\n"
    made = imported(INJURED + "latest: edition\n", table)
    assert figures(made) == ["XAB 2017 female 13"]
    assert reasons(made) == {sieve.LATER: 1, sieve.SEVERAL: 2}


def test_a_row_that_evidence_cannot_pick_out_is_not_cited() -> None:
    made = imported(INJURED + "row: [state, year]\n", "state,year,sex,n\nXAB,2017,f,12\nXAB,2017,x,9\nXAC,2017,f,8\n")
    assert figures(made) == ["XAC 2017 female 8"]
    assert reasons(made) == {sieve.NOT_ALONE: 1, "its word is none of sex": 1}


def test_figures_that_would_tell_a_hidden_count_are_left_out_together() -> None:
    made = imported(INJURED, "state,year,sex,n\nXAB,2017,all,16\nXAB,2017,f,<5\nXAB,2017,m,14\n")
    assert figures(made) == ["XAB 2017 16"]
    assert reasons(made) == {sieve.TELLS: 2}


def test_the_map_says_which_figures_are_wanted_most() -> None:
    made = imported(
        INJURED + "protect: {keep: [[sex], []]}\n", "state,year,sex,n\nXAB,2017,all,16\nXAB,2017,f,<5\nXAB,2017,m,14\n"
    )
    assert figures(made) == ["XAB 2017 female <5", "XAB 2017 male 14"]


# The command.


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the example, in which nothing is imported yet."""
    shutil.copytree(resources.example(), tmp_path / "arcadia")
    return tmp_path / "arcadia"


def run(root: Path, file: Path | str = ARCHIVED, *options: str, map_: str = EXAMPLE) -> tuple[int, str]:
    """The exit code and what was said."""
    arguments = ["import", str(root / file), "--map", map_, "--root", str(root), *options]
    result = CliRunner().invoke(app, arguments, env={"NO_COLOR": "1"})
    if isinstance(result.exception, WorkplanError):
        return 2, f"{result.exception.message}; {result.exception.hint}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


REVIEW = "data/states/XAC/2017-2018/desk-review.yaml"


def test_edits_are_shown_answer_by_answer_and_nothing_is_written(root: Path) -> None:
    before = files(root)
    code, said = run(root)
    assert code == 0
    assert f"{REVIEW}\n  XAC g07-injured: + 2017 male 1204\n  XAC g07-injured: + 2018 1087\n" in said
    assert "data/states/XAB/2017-2018/desk-review.yaml (new)\n" in said
    assert said.endswith("nothing is written yet; to write it: --write\n")
    assert files(root) == before


def test_what_is_written_is_sound_and_a_second_run_proposes_nothing(root: Path) -> None:
    assert run(root, ARCHIVED, "--write")[0] == 0
    written = files(root)
    assert (
        check(
            Memory({path.removeprefix("data/"): data for path, data in written.items() if path.startswith("data/")})
        ).diagnostics
        == ()
    )
    code, said = run(root, ARCHIVED, "--write")
    assert (code, said.splitlines()[0]) == (0, "0 answers written to 0 files; 2 there already")
    assert files(root) == written


def test_comments_and_every_line_of_others_stay(root: Path) -> None:
    before = (root / REVIEW).read_text()
    run(root, ARCHIVED, "--write")
    after = (root / REVIEW).read_text()
    assert "# What published sources establish" in before
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert [line for line in lines if line.startswith("- ")] == []
    assert len([line for line in lines if line.startswith("+ ")]) == 9


def test_an_answer_that_someone_edited_stays_and_is_shown(root: Path) -> None:
    run(root, ARCHIVED, "--write")
    path = root / REVIEW
    edited = (
        path.read_text()
        .replace("sex: male, value: 1204", "sex: male, value: 1200 # recounted\n       ")
        .replace(" # recounted\n       ", "")
    )
    path.write_text(edited)
    code, said = run(root, ARCHIVED, "--write")
    assert code == 1
    assert "  XAC g07-injured: left as it is: - 2017 male 1200\n  XAC g07-injured: left as it is: + 2017 male 1204\n" in said
    assert "to take the import's answers in place of those: --replace" in said
    assert path.read_text() == edited
    code, said = run(root, ARCHIVED, "--write", "--replace")
    assert (code, said.splitlines()[1:3]) == (0, ["  XAC g07-injured: - 2017 male 1200", "  XAC g07-injured: + 2017 male 1204"])
    assert path.read_text() == edited.replace("1200", "1204")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "As counted by the Secretariat",
            "Recounted by the Secretariat",
            "+ note As counted by the Secretariat of the Community.",
        ),
        ("    status: final\n    values", "    status: draft\n    values", "- status draft"),
        ('cell: "1,204"', 'cell: "1,204", note: {en: "See the annex."}', "- evidence community-accidents-2018; "),
    ],
)
def test_an_edit_beside_the_figures_is_someones_work_too(root: Path, old: str, new: str, said: str) -> None:
    run(root, ARCHIVED, "--write")
    text = (root / REVIEW).read_text()
    assert text.count(old) == 1
    (root / REVIEW).write_text(text.replace(old, new))
    code, told = run(root)
    assert code == 1
    assert f"XAC g07-injured: left as it is: {said}" in told


def test_names_of_evidence_and_the_order_of_figures_are_nobodys_edit(root: Path) -> None:
    run(root, ARCHIVED, "--write")
    text = (root / REVIEW).read_text().replace("g07-injured.2018", "e7")
    first, second = (line for line in text.splitlines(keepends=True) if "- {year" in line)
    (root / REVIEW).write_text(text.replace(first + second, second + first))
    assert run(root)[1].splitlines()[0] == "0 answers proposed for 0 files; 2 there already"


def test_evidence_of_a_replaced_answer_goes_and_another_of_its_name_stays(root: Path) -> None:
    proposal = imported(INJURED, "state,year,sex,n\nXAC,2018,all,12\nXAB,2018,all,9\n").proposals[1]
    assert proposal.state == "XAC"
    text = (
        "answers:\n"
        "  g07-injured: {revision: 1, status: final, values: [{year: 2018, value: 11, evidence: old}]}\n"
        "  g09-trained: {revision: 1, status: final, absence: no-information, evidence: [g07-injured.2018]}\n"
        f"evidence:\n  old: {{source: {EXAMPLE}}}\n  g07-injured.2018: {{source: plan-2014}}\n"
    )
    place = document_at("states/XAC/2017-2018/desk-review.yaml")
    assert place is not None
    sheet = parse("states/XAC/2017-2018/desk-review.yaml", text.encode(), *place).document
    assert isinstance(sheet, AnswerSheet)
    edit = edits.edit(edits.compare([proposal], sheet, replace=True), sheet)
    assert edit.without == {"old"}
    assert list(edit.evidence) == ["g07-injured.2018-2"]
    assert [value.evidence for value in edit.answers["g07-injured"].values] == ["g07-injured.2018-2"]


def test_only_the_states_that_are_named_are_touched(root: Path) -> None:
    before = files(root)
    code, said = run(root, ARCHIVED, "--state", "XAB", "--write")
    assert (code, "XAC" in said) == (0, False)
    assert set(files(root)) - set(before) == {"data/states/XAB/2017-2018/desk-review.yaml"}
    assert (root / REVIEW).read_bytes() == before[REVIEW]
    assert run(root, ARCHIVED, "--state", "XAD") == (2, "there is no state 'XAD'; see which there are: workplan list states")


def test_a_closed_round_is_left_alone_and_named(root: Path) -> None:
    path = root / f"data/imports/{EXAMPLE}.yaml"
    path.write_text(path.read_text().replace('{"2017"', '{"2016": 2015-2016, "2017"').replace('Year: ["2016"]', 'Year: ["1"]'))
    code, said = run(root, ARCHIVED, "--write")
    assert code == 1
    assert "data/states/XAB/2015-2016/desk-review.yaml: left alone, because the round 2015-2016 is closed\n" in said
    assert not (root / "data/states/XAB/2015-2016/desk-review.yaml").exists()


def test_a_file_with_errors_is_left_alone_and_named_and_the_others_are_written(root: Path) -> None:
    (root / REVIEW).write_text((root / REVIEW).read_text().replace("partial", "partly", 1))
    before = (root / REVIEW).read_bytes()
    code, said = run(root, ARCHIVED, "--write")
    assert code == 1
    assert f"{REVIEW}: left alone, because it has errors; see which: workplan validate\n" in said
    assert (root / REVIEW).read_bytes() == before
    assert (root / "data/states/XAB/2017-2018/desk-review.yaml").exists()


def test_what_validate_would_refuse_is_not_written(root: Path) -> None:
    path = root / f"data/imports/{EXAMPLE}.yaml"
    before = files(root)
    path.write_text(path.read_text().replace('compiled: "2019-04-01"', "compiled: soon"))
    code, said = run(root, ARCHIVED, "--write")
    assert code == 2
    assert "data/states/XAB/2017-2018/desk-review.yaml would have an error, WP205" in said
    assert set(files(root)) == set(before)


def test_evidence_that_the_archived_copy_does_not_bear_out_is_not_written(root: Path) -> None:
    table = root / "other.csv"
    table.write_text((root / ARCHIVED).read_text().replace("1,204", "1,205"))
    code, said = run(root, table, "--write")
    assert code == 2
    assert "WP506" in said
    assert not (root / "data/states/XAB/2017-2018").joinpath("desk-review.yaml").exists()


def test_what_was_left_out_is_listed_and_no_cell_acts_as_a_formula(root: Path, tmp_path: Path) -> None:
    table, listed = root / "dirt.csv", tmp_path / "left.csv"
    table.write_text("State code,Year,Group,Injured\nXAB,2017,all,=HYPERLINK(0)\nXAB,2018,all,-3\n")
    code, said = run(root, table, "--dropped", str(listed), "--verbose")
    assert code == 0
    assert "line 2, Injured '=HYPERLINK(0)', of XAB g07-injured" in said
    assert list(csv.reader(listed.read_text().splitlines())) == [
        ["line", "column", "cell", "reason", "of"],
        ["2", "Injured", "'=HYPERLINK(0)", importer.NO_FIGURE, "XAB g07-injured"],
        ["3", "Injured", "'-3", importer.NO_FIGURE, "XAB g07-injured"],
    ]


def test_the_rows_that_are_cited_can_be_kept_as_they_stand(root: Path, tmp_path: Path) -> None:
    run(root, ARCHIVED, "--keep", str(tmp_path / "kept.csv"))
    lines = (root / ARCHIVED).read_text().splitlines(keepends=True)
    assert (tmp_path / "kept.csv").read_text() == "".join(lines[number] for number in (0, 2, 3, 4, 5, 9, 10))


def test_rows_are_kept_below_one_line_of_names() -> None:
    read_as = mapping(INJURED.replace("n, by", "2017 / n, by") + "layout: {header: [1, 2]}\n")
    table = read_table(b",,,2017\nstate,year,sex,n\nXAB,2017,f,12\n", "t.csv", read_as.layout, columns_needed(read_as))
    assert kept(table, table.rows) == b"state,year,sex,2017 / n\nXAB,2017,f,12\n"


def test_a_table_in_another_encoding_with_another_delimiter_says_the_same(root: Path) -> None:
    table = root / "accidents.txt"
    text = (root / ARCHIVED).read_text().replace('"1,204"', "1204").replace('"1,087"', "1087").replace(",", ";")
    table.write_bytes(text.replace("Borduria", "Bordurié").encode("utf-16"))
    assert run(root, table)[1].splitlines()[:8] == run(root)[1].splitlines()[:8]


# What is refused.


def test_a_missing_table_or_map_is_named(root: Path) -> None:
    assert run(root, "no.csv")[1].startswith(f"there is no file '{root / 'no.csv'}'")
    assert run(root, "data")[1].startswith(f"'{root / 'data'}' cannot be read: ")
    assert "did you mean 'community-accidents-2018'?" in run(root, map_="community-accidents-2017")[1]
    assert "is no import map of the record" in run(root, map_=str(root / "data/guidelines.yaml"))[1]
    assert run(root, map_=str(root / f"data/imports/{EXAMPLE}.yaml"))[0] == 0


def test_a_pipe_and_a_huge_file_are_refused_unread(root: Path, tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        assert "it is a named pipe" in run(root, tmp_path / "pipe.csv")[1]
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert "it has 104,857,600 bytes; the most is 33,554,432" in run(root, tmp_path / "huge.csv")[1]


def test_a_map_with_errors_is_refused_before_a_row_is_read(root: Path) -> None:
    path = root / f"data/imports/{EXAMPLE}.yaml"
    text = path.read_text()
    path.write_text(text.replace("g07-injured", "g07-injurd"))
    assert run(root)[1].endswith("which is no indicator; did you mean 'g07-injured'?")
    path.write_text(text.replace("voice: desk-review", "voice: gossip"))
    assert f"data/imports/{EXAMPLE}.yaml:5: voice 'gossip'" in run(root)[1]
    path.write_text("{")
    assert run(root)[0] == 2


# The shipped record.


@cache
def shipped() -> tuple[Imported, int]:
    """What the archived table comes to, and how many rows it has."""
    intake = open_intake(Directory(ROOT / "data"), "imports/glotip-2025-10.yaml")
    data = (ROOT / "data/sources/archive/unodc/glotip-oas-2015-2018.csv").read_bytes()
    table = read_table(data, "glotip.csv", intake.mapping.layout, columns_needed(intake.mapping))
    return propose(intake.mapping, table, intake.record), len(table.rows)


def test_the_archived_table_holds_the_rows_that_answers_cite_and_no_others() -> None:
    made, rows = shipped()
    assert made.dropped == ()
    assert len(made.rows) == rows == sum(len(one.evidence) for one in made.proposals)


def test_the_shipped_answers_are_what_the_archived_table_says() -> None:
    intake = open_intake(Directory(ROOT / "data"), "imports/glotip-2025-10.yaml")
    by_place: dict[tuple[str, str], list[Proposal]] = {}
    for one in shipped()[0].proposals:
        by_place.setdefault((one.state, one.round), []).append(one)
    fates: Counter[edits.Fate] = Counter()
    for place, several in by_place.items():
        fates.update(change.fate for change in edits.compare(several, intake.sheet(*place).document, replace=False))
    assert fates[edits.Fate.CONFLICT] == 0
    assert fates[edits.Fate.SAME] > 0
