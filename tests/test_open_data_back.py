"""Our own export read back: unchanged it proposes nothing, and what it proposes is what was written."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workplan_cli.checking.desk import open_desk
from workplan_cli.cli import app
from workplan_cli.cli.readback import compared
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports.edits import content_of
from workplan_cli.exchange.open.tables import TEXTS
from workplan_cli.exchange.open.writers import as_csv, bare
from workplan_cli.model.evidence import Access
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.storage import yaml
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory

ROOT = Path(__file__).resolve().parent.parent
ARCADIA = ROOT / "examples" / "arcadia"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Arcadia with its first round open, and its export beside it."""
    there = shutil.copytree(ARCADIA, tmp_path / "arcadia")
    (there / "data" / "rounds" / "2015-2016.yaml").unlink()
    assert run(there, "export", "package", str(there / "open")).exit_code == 0
    return there


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--root", str(root)])


def sheets(root: Path) -> dict[str, AnswerSheet]:
    found, _ = load_record(Directory(root / "data"))
    return {one.path: one for one in found.sheets}


def put(root: Path, table: str, wanted: dict[str, str], column: str, word: str) -> None:
    """Write a word into the first row of a table that has some other words."""
    path = root / "open" / f"{table}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    row = next(one for one in rows if all(one[name] == there for name, there in wanted.items()))
    row[column] = word
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("repository", [ARCADIA, ROOT], ids=["arcadia", "shipped"])
def test_an_export_read_back_proposes_no_change(repository: Path, tmp_path: Path) -> None:
    run(repository, "export", "package", str(tmp_path / "open"))
    result = run(repository, "import", str(tmp_path / "open" / "datapackage.json"))
    assert result.exit_code == 0, result.output
    count = len((tmp_path / "open" / "answers.csv").read_text().splitlines()) - 1
    assert result.output == f"0 answers proposed for 0 files; {count:,} there already\n"


def test_every_answer_comes_back_as_it_was_written(root: Path) -> None:
    before = sheets(root)
    for path in before:
        file = root / "data" / path
        head = {key: words for key, words in yaml.read(file.read_bytes()).items() if key not in ("answers", "evidence")}
        file.write_text("".join(f"{key}: {words!s}\n" for key, words in head.items()) + "answers: {}\n")
    result = run(root, "import", str(root / "open"), "--write")
    assert result.exit_code == 0, result.output
    after = sheets(root)
    assert after.keys() == before.keys()
    compared = 0
    for path, sheet in before.items():
        assert after[path].answers.keys() == sheet.answers.keys()
        for id_, answer in sheet.answers.items():
            pieces = [sheet.evidence[name] for name in answer.evidence]
            if all(one.access is Access.PUBLIC for one in pieces):
                assert content_of(after[path].answers[id_], after[path].evidence) == content_of(answer, sheet.evidence), id_
                compared += 1
    assert compared > 30
    assert run(root, "import", str(root / "open")).output.startswith("0 answers proposed")


def test_one_word_that_differs_is_shown_and_taken_when_asked_for(root: Path) -> None:
    put(root, "answers", {"state": "XAB", "indicator": "g01-law", "round": "2017-2018"}, "result", "implemented")
    assert run(root, "import", str(root / "open"), "--state", "XAA").exit_code == 0
    path = root / "data" / "states" / "XAB" / "2017-2018" / "submission.yaml"
    before = path.read_text()
    result = run(root, "import", str(root / "open"))
    assert result.exit_code == 1
    assert "XAB g01-law: left as it is: - partial\n" in result.output
    assert "XAB g01-law: left as it is: + implemented\n" in result.output
    result = run(root, "import", str(root / "open"), "--replace", "--write")
    assert result.exit_code == 0, result.output
    assert "1 answer written to 1 file" in result.output
    assert "result: implemented" in path.read_text()
    assert path.read_text().splitlines()[0] == before.splitlines()[0]
    assert run(root, "import", str(root / "open")).exit_code == 0


def test_a_closed_round_stays_as_it_is(root: Path) -> None:
    shutil.copy(ARCADIA / "data" / "rounds" / "2015-2016.yaml", root / "data" / "rounds")
    put(root, "answers", {"state": "XAA", "round": "2015-2016", "status": "final"}, "valid_from", "2001")
    result = run(root, "import", str(root / "open"), "--replace", "--write")
    assert result.exit_code == 1
    assert "left alone, because the round 2015-2016 is " in result.output
    assert "0 answers written to 0 files" in result.output


def test_sorted_rows_and_another_separator_mean_nothing(root: Path) -> None:
    for path in (root / "open").glob("*.csv"):
        header, *rows = csv.reader(io.StringIO(path.read_text()))
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file, delimiter=";").writerows([header, *reversed(rows)])
    result = run(root, "import", str(root / "open"))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("0 answers proposed")


@pytest.mark.parametrize(
    ("table", "wanted", "column", "word", "said"),
    [
        ("answers", {}, "state", "XAD", "there is no state 'XAD'"),
        ("answers", {}, "indicator", "g01-lore", "there is no indicator 'g01-lore'"),
        (
            "answers",
            {"state": "XAB", "indicator": "g08-line", "round": "2017-2018"},
            "voice",
            "ministry",
            "there is no voice 'ministry'",
        ),
        ("answers", {"result": "partial"}, "result", "parcial", "result 'parcial'"),
        ("answers", {}, "revision", "two", "revision 'two' is no whole number"),
        ("figures", {}, "indicator", "g01-law", "of an answer that answers.csv does not have"),
        ("figures", {}, "value", "many", "value 'many'"),
        ("figures", {}, "evidence", "e9", "has no row in evidence.csv"),
        ("evidence", {}, "row", "{", "row '{' is no JSON"),
        ("answers", {}, "valid_from", "long ago", "valid_from 'long ago' is not a date"),
        ("answers", {}, "confirmed_by", "the Ministry", "confirmed_on is empty"),
        ("answers", {"voice": "state"}, "to", "assessment", "to 'assessment' belongs to a reply"),
        ("figures", {}, "dimensions", "value=3", "dimensions 'value=3' do not name each dimension once"),
        ("figures", {}, "dimensions", "sex=female sex=male", "do not name each dimension once"),
        ("figures", {}, "dimensions", "=1", "do not name each dimension once"),
        ("texts", {}, "language", "English", "language 'English' is no code of a language"),
        ("texts", {}, "words", "", "there are no words"),
        ("evidence", {}, "source", "", "source is empty"),
        ("evidence", {}, "evidence", "", "evidence is empty"),
        ("evidence", {}, "language", "x" * 3000, "is not written as the column asks"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(
    root: Path, table: str, wanted: dict[str, str], column: str, word: str, said: str
) -> None:
    put(root, table, wanted, column, word)
    if said.startswith("of an answer"):
        put(root, table, {"indicator": "g01-law"}, "voice", "assessment")
    result = run(root, "import", str(root / "open"), "--write", "--replace")
    assert isinstance(result.exception, WorkplanError)
    assert said in str(result.exception)
    assert f"{table}.csv:" in str(result.exception)
    assert not re.search(r"Input should|String should|pattern|None", str(result.exception))


def test_what_is_missing_is_said(root: Path) -> None:
    (root / "open" / "texts.csv").unlink()
    for arguments, said in (
        (("open",), "texts.csv is missing beside datapackage.json"),
        (("open", "--map", "x"), "an export of ours takes no --map"),
        (("open", "--state", "XAD"), "there is no state 'XAD'"),
        (("open/answers.csv",), "'answers.csv' needs an import map"),
    ):
        file, *options = arguments
        assert said in str(run(root, "import", str(root / file), *options).exception)


@pytest.mark.parametrize("words", ["=1", "'=1", "' =1", "''x", "'x", "-", " +1", "a'=1", "\t=1", "＝1"])
def test_a_text_comes_back_without_the_apostrophe_that_was_put_before_it(words: str) -> None:
    row = ("XAA", "g01", "2018", "state", "note", "en", words)
    cell = list(csv.reader(io.StringIO(as_csv(TEXTS, [row]).decode(), newline="")))[1][-1]
    assert bare(cell) == words


EDITS = {
    "a result": ("answers", {"state": "XAB", "indicator": "g01-law", "round": "2017-2018"}, "result", "planned"),
    "a status": ("answers", {"result": "partial", "status": "final"}, "status", "draft"),
    "a day": ("answers", {"state": "XAA", "indicator": "g01-law"}, "valid_from", "2014-04"),
    "an option": ("answers", {"choice": "en es"}, "choice", "en"),
    "a figure": ("figures", {"value": "38"}, "value", "39"),
    "a suppressed figure": ("figures", {"value": "38"}, "value", "<5"),
    "a part": ("figures", {"part": "210"}, "part", "211"),
    "a note": ("texts", {"field": "note"}, "words", "=not a formula; \n a # second line"),
    "the language of a note": ("texts", {"field": "note", "language": "en"}, "language", "fr"),
    "a pinpoint": ("evidence", {"place": "1", "access": "public"}, "pinpoint", "arts. 5 and 6"),
    "an address": ("evidence", {"place": "1", "access": "public"}, "url", "https://example.org/a?b=c"),
    "a note on evidence": ("evidence", {"place": "1", "access": "public"}, "note", '{"en": "see also art. 7"}'),
}


@pytest.mark.parametrize("case", EDITS)
def test_one_cell_that_is_edited_is_proposed_and_nothing_else(root: Path, case: str) -> None:
    """The export of what was written is the export that was edited, cell for cell."""
    table, wanted, column, word = EDITS[case]
    before = {path.name: path.read_text() for path in (root / "open").glob("*.csv")}
    put(root, table, wanted, column, word)
    edited = (root / "open" / f"{table}.csv").read_text()
    assert edited != before[f"{table}.csv"]
    shown = run(root, "import", str(root / "open"), "--replace")
    assert shown.output.splitlines()[-2] == "1 answer proposed for 1 file; 42 there already", shown.output
    files = {path: path.read_bytes() for path in (root / "data").rglob("*.yaml")}
    assert run(root, "import", str(root / "open"), "--replace", "--write").exit_code == 0
    assert sum(path.read_bytes() != data for path, data in files.items()) == 1
    assert run(root, "export", "package", str(root / "again")).exit_code == 0
    for name in (one for one in before if one in ("answers.csv", "figures.csv", "texts.csv", "evidence.csv")):
        again = (root / "again" / name).read_text()
        assert rows(again) == rows(edited if name == f"{table}.csv" else before[name])


def rows(text: str) -> list[tuple[str, ...]]:
    """The rows of a table without what a program finds out, and without the names of pieces: a shared one that is edited in one
    answer gets a name of its own."""
    found = csv.DictReader(io.StringIO(text, newline=""))
    return sorted(tuple(bare(word) for name, word in one.items() if name not in ("verified", "evidence")) for one in found)


def test_every_cell_that_is_spoilt_is_read_or_refused_by_its_line(root: Path) -> None:
    spoilt = ("", "zzz", "-1", "9" * 30, "true", "{}", "null", "a=b", "\x00", "\u202e", "x" * 5000)
    desk = open_desk(Directory(root / "data"))
    files = {path.name: path.read_bytes() for path in (root / "open").glob("*.csv")}
    refused: list[str] = []
    for name in ("answers.csv", "figures.csv", "texts.csv", "evidence.csv"):
        header, *lines = csv.reader(io.StringIO(files[name].decode(), newline=""))
        for place in range(len(header)):
            for number, word in enumerate(spoilt):
                row = (place * 7 + number) % len(lines)
                written = [[*line[:place], word, *line[place + 1 :]] if at == row else line for at, line in enumerate(lines)]
                text = io.StringIO()
                csv.writer(text, lineterminator="\n").writerows([header, *written])
                try:
                    compared({**files, name: text.getvalue().encode()}, desk, frozenset(), False)
                except WorkplanError as error:
                    refused.append(str(error))
    assert len(refused) > 100
    assert [one for one in refused if not re.match(r"[a-z]+\.csv:[0-9]+: ", one)] == []
    assert [one for one in refused if len(one) > 300 or re.search(r"Input should|String should|should match|required", one)] == []
