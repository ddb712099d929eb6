"""Questionnaires as spreadsheets: packed, filled in as people fill in sheets, and read back."""

import datetime
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sheets import fill

from workplan_cli.exchange.imports.spreadsheet import MAX_UNPACKED
from workplan_cli.exchange.questionnaire.amounts import Unreadable, amount
from workplan_cli.exchange.questionnaire.days import day
from workplan_cli.exchange.questionnaire.form import Key, years_of
from workplan_cli.exchange.questionnaire.returned import clean

ROOT = Path(__file__).resolve().parent.parent
SUBMISSION = "data/states/XAA/2017-2018/submission.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "arcadia", tmp_path / "arcadia")
    return tmp_path / "arcadia"


def workplan(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "workplan_cli", *arguments]
    environment = {
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "PATH": "/usr/bin:/bin",
        "XDG_CACHE_HOME": str(folder.parent),
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def pack(folder: Path, *more: str) -> Path:
    code, said = workplan(folder, "pack", "XAA", "--round", "2017-2018", "--out", "q.xlsx", *more)
    assert code == 0, said
    return folder / "q.xlsx"


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_what_was_packed_and_not_touched_proposes_nothing(folder: Path, language: str) -> None:
    fill(pack(folder, "--lang", language), folder / "b.xlsx")
    assert workplan(folder, "unpack", "q.xlsx", "b.xlsx", "--write") == (
        0,
        "0 answers proposed for 0 files\n".replace("proposed for", "written to"),
    )
    assert (folder / SUBMISSION).read_bytes() == (ROOT / "examples/arcadia" / SUBMISSION).read_bytes()


def test_two_packings_are_the_same_bytes(folder: Path) -> None:
    first = pack(folder).read_bytes()
    assert pack(folder, "--force").read_bytes() == first


def test_a_second_unpacking_changes_nothing(folder: Path) -> None:
    typed = {
        "g08-line": "Implementado",
        "g08-line@evidence": "9",
        "g08-languages#es": "x",
        "g05-fees": " PARCIAL ",
        "g05-fees@evidence": 9,
    }
    piece = {"document": "Orden 3 de 2015", "pinpoint": "art.\u00a01", "quotation": "La línea es gratuita", "language": "español"}
    fill(pack(folder, "--lang", "es"), folder / "b.xlsx", typed, evidence={9: piece})
    code, said = workplan(folder, "unpack", "b.xlsx", "--write")
    assert code == 0, said
    assert "3 answers written to 1 file" in said
    written = (folder / SUBMISSION).read_bytes()
    assert b"pinpoint: art. 1" in written
    assert (
        folder / "data/sources/xaa-orden-3-de-2015.yaml"
    ).read_text() == "title: Orden 3 de 2015\nlanguage: es\naccess: public\n"
    assert workplan(folder, "unpack", "b.xlsx", "--write") == (0, "0 answers written to 0 files\n")
    assert (folder / SUBMISSION).read_bytes() == written
    assert "error" not in workplan(folder, "validate")[1]


def test_a_wrong_cell_is_named_in_the_language_of_the_sheet_and_the_others_are_taken(folder: Path) -> None:
    fill(pack(folder, "--lang", "es"), folder / "b.xlsx", {"g05-fees": "Quizás", "g08-line": "previsto"})
    code, said = workplan(folder, "unpack", "b.xlsx", "--marked", "m.xlsx")
    assert code == 1
    assert 'Respuestas!J13: "Quizás" no es una opción' in said
    assert "g08-line: + planned" in said
    cell = openpyxl.load_workbook(folder / "m.xlsx")["Respuestas"]["J13"]
    assert cell.value == "Quizás"
    assert "no es una opción" in cell.comment.text


@pytest.mark.parametrize("typed", ["implemented", "Implementado", "implementado ", "IMPLEMENTADO", "mis\u00a0en œuvre"])
def test_a_word_is_known_in_every_language_and_however_it_is_typed(folder: Path, typed: str) -> None:
    fill(pack(folder, "--lang", "pt"), folder / "b.xlsx", {"g08-line": typed, "g08-line@evidence": "1"})
    assert "g08-line: + implemented" in workplan(folder, "unpack", "b.xlsx")[1]


def test_two_ministries_that_differ_are_both_named_and_neither_is_taken(folder: Path) -> None:
    fill(pack(folder), folder / "labour.xlsx", {"g08-line": "planned"})
    fill(folder / "q.xlsx", folder / "health.xlsx", {"g08-line": "not implemented", "g05-fees": "planned"})
    code, said = workplan(folder, "unpack", "labour.xlsx", "health.xlsx", "--write")
    assert code == 1
    assert "g08-line: the sheets differ, and none is taken" in said
    assert "labour.xlsx Answers!J" in said
    assert "health.xlsx Answers!J" in said
    written = (folder / SUBMISSION).read_text()
    assert "g08-line" not in written
    assert "g05-fees" in written


def test_an_answer_that_the_record_changed_meanwhile_stays_unless_it_is_to_be_replaced(folder: Path) -> None:
    fill(pack(folder), folder / "b.xlsx", {"g07-lodgings": "planned"})
    path = folder / SUBMISSION
    packed = "g07-lodgings: {revision: 1, status: final, result: partial"
    assert packed in path.read_text()
    path.write_text(path.read_text().replace(packed, packed.replace("partial", "implemented")))
    code, said = workplan(folder, "unpack", "b.xlsx", "--write")
    assert code == 1
    assert "g07-lodgings: left as it is" in said
    assert "result: implemented, evidence: [e7]" in path.read_text()
    assert workplan(folder, "unpack", "b.xlsx", "--write", "--replace")[0] == 0
    assert "g07-lodgings: {revision: 1, status: draft, result: planned, " in path.read_text()


def test_a_comment_inside_an_answer_that_is_changed_stays_where_it_is(folder: Path) -> None:
    path = folder / SUBMISSION
    there = "  g07-lodgings:\n    revision: 1 # the text of 2015\n    # to be asked again in May\n    status: final   # signed\n"
    there += "    result: partial # of 12 provinces\n    evidence: [e7]\n    needs: [funding] # see e7\n"
    before = re.sub(r"  g07-lodgings: .*\n", there, path.read_text())
    path.write_text(before)
    fill(pack(folder), folder / "b.xlsx", {"g07-lodgings": "planned"})
    assert workplan(folder, "unpack", "b.xlsx", "--write")[0] == 0
    wanted = there.replace("partial #", "planned #").replace("final   #", "draft   #")
    assert path.read_text() == before.replace(there, wanted)


def test_an_emptied_cell_drops_no_answer(folder: Path) -> None:
    fill(pack(folder), folder / "b.xlsx", {"g07-lodgings": None})
    code, said = workplan(folder, "unpack", "b.xlsx", "--write")
    assert code == 1
    assert 'Answers!J19: "partial" was taken out' in said
    assert (folder / SUBMISSION).read_bytes() == (ROOT / "examples/arcadia" / SUBMISSION).read_bytes()


def test_figures_come_back_and_small_counts_do_not(folder: Path) -> None:
    typed = {
        "g07-injured#year=2017;sex=female#value": "<5",
        "g07-injured#year=2018;sex=male#value": 3,
        "g09-trained#year=2017#part": "1\u00a0204",
        "g09-trained#year=2017#whole": "2 000",
    }
    fill(pack(folder), folder / "b.xlsx", typed)
    code, said = workplan(folder, "unpack", "b.xlsx")
    assert code == 1
    assert "a count of one to four persons is written <5" in said
    assert "g09-trained: + 2017 1204 of 2000" in said
    assert "g07-injured" not in said


def test_as_in_the_last_round_is_one_confirmed_act(folder: Path) -> None:
    fill(pack(folder), folder / "b.xlsx", {"g08-line": "as in the last round"})
    code, said = workplan(folder, "unpack", "b.xlsx")
    assert code == 1
    assert "which office answers" in said
    head = {"office": "Seasonal Work Unit", "day": datetime.date(2018, 11, 12), "status": "final"}
    fill(folder / "b.xlsx", folder / "c.xlsx", head=head)
    assert workplan(folder, "unpack", "c.xlsx", "--write")[0] == 0
    written = (folder / SUBMISSION).read_text()
    assert "confirmed: {on: 2018-11-12, role: Seasonal Work Unit}" in written
    assert "carried_from: 2015-2016\n    result: implemented" in written
    assert workplan(folder, "unpack", "c.xlsx")[1] == "0 answers proposed for 0 files\n"


def test_of_a_restricted_document_nothing_but_title_and_custodian_is_taken(folder: Path) -> None:
    piece = {"document": "Internal circular", "keeper": "Ministry", "access": "restricted", "quotation": "the secret words"}
    fill(pack(folder), folder / "b.xlsx", {"g08-line": "partial", "g08-line@evidence": 9}, evidence={9: piece})
    code, said = workplan(folder, "unpack", "b.xlsx", "--write")
    assert code == 1
    assert "only its title and who keeps it" in said
    fill(folder / "b.xlsx", folder / "c.xlsx", evidence={9: {"quotation": None}})
    assert workplan(folder, "unpack", "c.xlsx", "--write")[0] == 0
    source = (folder / "data/sources/xaa-internal-circular.yaml").read_text()
    assert source == "title: Internal circular\naccess: restricted\ncustodian: Ministry\n"
    everything = b"".join(path.read_bytes() for path in (folder / "data").rglob("*") if path.is_file())
    assert b"the secret words" not in everything


def test_lines_may_be_sorted_and_columns_added(folder: Path) -> None:
    pack(folder)
    book = openpyxl.load_workbook(folder / "q.xlsx")
    sheet = book.worksheets[1]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    next(row for row in rows if row[0] == "g08-line")[columns["answer"] - 1] = "planned"
    for number, row in enumerate(sorted(rows, key=lambda row: str(row[6]), reverse=True), 6):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    for row in (4, 5):
        for column in range(1, len(columns) + 1):
            sheet.cell(row, column).value = None
    sheet.insert_cols(8)
    sheet.cell(7, 8).value = "our own remark"
    book.save(folder / "b.xlsx")
    code, said = workplan(folder, "unpack", "b.xlsx")
    assert code == 0, said
    assert "  XAA g08-line: + planned\n1 answer proposed for 1 file\n" in said


def test_macros_and_other_files_are_refused_by_name(folder: Path) -> None:
    pack(folder)
    with zipfile.ZipFile(folder / "q.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "text.xlsx").write_text("a,b\n")
    shutil.copy(folder / "q.xlsx", folder / "q.xlsm")
    said = {
        "q.xlsx": "'q.xlsx' holds macros",
        "q.xlsm": "'q.xlsm' is a .xlsm file",
        "old.xls": "'old.xls' is an .xls file",
        "text.xlsx": "'text.xlsx' is no spreadsheet",
    }
    for name, words in said.items():
        code, told = workplan(folder, "unpack", name)
        assert (code, words in told) == (2, True), told


def test_text_in_a_questionnaire_is_never_a_formula(folder: Path) -> None:
    path = folder / SUBMISSION
    path.write_text(path.read_text().replace("needs: [funding]", 'needs: [funding], note: {en: "=1+1"}'))
    pack(folder)
    values = [cell for row in openpyxl.load_workbook(folder / "q.xlsx").worksheets[1] for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in values] == ["s"] or "<f>1+1</f>" not in str(
        zipfile.ZipFile(folder / "q.xlsx").read("xl/worksheets/sheet2.xml")
    )


def test_an_institution_is_asked_what_it_answers(folder: Path) -> None:
    state = folder / "data/states/XAA/state.yaml"
    state.write_text(
        state.read_text() + 'institutions:\n  labour: {name: {en: "Ministry of Labour"}, answers: [g08, g09-trained]}\n'
    )
    code, said = workplan(folder, "pack", "XAA", "--only", "labour")
    assert (code, said) == (0, "wrote XAA-2017-2018-labour.xlsx: 4 questions, 1 with an answer\n")
    assert workplan(folder, "pack", "XAA", "--only", "labor")[1].endswith("did you mean 'labour'?\n")


@pytest.mark.parametrize(
    ("typed", "persons", "meant"),
    [
        ("12", True, 12),
        ("<5", True, "<5"),
        ("1.204", True, 1204),
        ("1,204,000", False, 1204000),
        ("12.5", False, 12.5),
        ("0", True, 0),
        ("menos de 5", True, "<5"),
        ("Moins de\u00a0cinq", True, "<5"),
        ("< 5", True, "<5"),
        ("2.000,0", True, 2000),
    ],
)
def test_a_figure_is_read_as_it_is_typed(typed: str, persons: bool, meant: object) -> None:
    assert amount(typed, persons) == meant


@pytest.mark.parametrize(
    ("typed", "persons"), [("1.204", False), ("30%", True), ("4", True), ("-3", False), ("many", True), ("12.5", True)]
)
def test_a_figure_that_may_be_two_is_none(typed: str, persons: bool) -> None:
    with pytest.raises(Unreadable):
        amount(typed, persons)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("41699", "2014-03-01"),
        ("2014", "2014"),
        ("25/12/2018", "2018-12-25"),
        ("12 de noviembre de 2018", "2018-11-12"),
        ("1º de março de 2018", "2018-03-01"),
        ("1er août 2014", "2014-08-01"),
        ("Mars 2014", "2014-03"),
        ("diciembre del 2017", "2017-12"),
        ("March 7, 2014", "2014-03-07"),
        ("2014/3/7", "2014-03-07"),
    ],
)
def test_a_date_is_read_as_it_is_typed(typed: str, meant: str) -> None:
    assert str(day(typed)) == meant


@pytest.mark.parametrize(
    "typed", ["12/11/2018", "31 de junio de 2018", "12 brumaire 2018", "spring 2018", "12 de 2018", "2018 mars"]
)
def test_a_date_that_may_be_two_or_is_none_is_not_read(typed: str) -> None:
    with pytest.raises(Unreadable):
        day(typed)


def test_a_key_is_read_as_it_is_written() -> None:
    for key in (
        Key("g08-line"),
        Key.read("g08-languages#es"),
        Key.read("g39#year=2017;form=a%3Bb#value"),
        Key.read("g39#+2#part"),
    ):
        assert key is not None
        assert Key.read(str(key)) == key
    assert years_of("2017-2018") == (2017, 2018)
    assert years_of("first") == ()


def test_text_from_a_word_processor_is_what_it_shows() -> None:
    assert clean("a\u00a0b\tc\u200b\r\nd\u00ad_x000D_  ") == "a b c\nd"


FAULTS = {
    "a claim without evidence": (
        {"g08-line": "Implementado"},
        {},
        ("Respuestas", "g08-line", "evidence", '"Implementado" requiere una prueba: escriba aquí el número'),
    ),
    "an absence without a reason": (
        {"g05-fees": "no se aplica"},
        {},
        ("Respuestas", "g05-fees", "reason", 'escriba aquí el motivo de "no se aplica"'),
    ),
    "a part that exceeds its whole": (
        {"g09-trained#year=2017#part": 50, "g09-trained#year=2017#whole": 40},
        {},
        ("Respuestas", "g09-trained#year=2017#part", "answer", "la parte es mayor que el total"),
    ),
    "a telephone number": (
        {"g05-fees": "previsto", "g05-fees@note": "Llame a la señora Pérez, +1 202 555 0143"},
        {},
        ("Respuestas", "g05-fees", "note", "aquí hay un número de teléfono"),
    ),
    "an address that is none": (
        {"g08-line": "parcial", "g08-line@evidence": 9},
        {9: {"document": "Orden 4", "link": "ministerio/orden 4"}},
        ("Pruebas", "9", "link", '"ministerio/orden 4" no es una dirección'),
    ),
    "dates in another order": (
        {"g05-fees": "previsto", "g05-fees@from": "2018", "g05-fees@to": "2016"},
        {},
        ("Respuestas", "g05-fees", "to", "termina antes de empezar"),
    ),
    "two numbers that have run together": (
        {"g09-trained#year=2017#part": "12345678901234567890", "g09-trained#year=2017#whole": 40},
        {},
        ("Respuestas", "g09-trained#year=2017#part", "answer", '"12345678901234567890" es más de lo que puede ser una cifra'),
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_a_rule_finds_is_said_in_the_language_of_the_sheet_and_marked_in_its_cell(folder: Path, case: str) -> None:
    answers, evidence, (sheet, key, column, words) = FAULTS[case]
    fill(pack(folder, "--lang", "es"), folder / "b.xlsx", answers, {"status": "definitivo"}, evidence)
    code, said = workplan(folder, "unpack", "b.xlsx", "--write", "--marked", "m.xlsx")
    assert code == 1, said
    book = openpyxl.load_workbook(folder / "m.xlsx")
    columns = {cell.value: cell.column for cell in book[sheet][1]}
    lines = {str(book[sheet].cell(row, 1 if sheet == "Respuestas" else 2).value): row for row in range(4, 200)}
    cell = book[sheet].cell(lines[key], columns[column])
    assert f"{sheet}!{cell.coordinate}: {words}" in said
    assert words in cell.comment.text
    assert "0143" not in cell.comment.text
    marked = {(one.title, there.coordinate) for one in book for row in one for there in row if there.comment}
    beside = {(sheet, cell.coordinate)} | ({("Respuestas", "M16")} if sheet == "Pruebas" else set())
    assert len(marked) == len(beside), marked
    assert not any(word in said for word in ("hint", "the ", " is ")), said


def test_every_rule_that_is_told_in_its_own_words_is_a_rule() -> None:
    from workplan_cli.exchange.questionnaire.remarks import SAID
    from workplan_cli.rules import RULES

    assert set(SAID) <= {rule.code.id for rule in RULES}


@pytest.mark.parametrize("typed", ["nº 1 y 3", "1 et 3", "n°1, n°3", "ver 1; 3", "1/3", "1 & 3 (1)"])
def test_documents_are_cited_as_people_write_numbers(folder: Path, typed: str) -> None:
    fill(pack(folder), folder / "b.xlsx", {"g08-line": "partial", "g08-line@evidence": typed})
    assert workplan(folder, "unpack", "b.xlsx", "--write")[0] == 0
    written = (folder / SUBMISSION).read_text()
    assert re.search(r"g08-line:\n(    .*\n)*    evidence: \[e1, e3\]", written), written


def test_a_marked_copy_says_what_it_is_and_is_taken_when_it_is_corrected(folder: Path) -> None:
    fill(pack(folder, "--lang", "fr"), folder / "b.xlsx", {"g05-fees": "peut-être", "g08-line": "prévu"})
    assert workplan(folder, "unpack", "b.xlsx", "--marked", "m.xlsx")[0] == 1
    first = openpyxl.load_workbook(folder / "m.xlsx").worksheets[0]
    assert any(str(cell.value).startswith("Les cellules rouges") for row in first for cell in row)
    assert not any(
        str(cell.value).startswith("Les cellules")
        for row in openpyxl.load_workbook(folder / "b.xlsx").worksheets[0]
        for cell in row
    )
    fill(folder / "m.xlsx", folder / "c.xlsx", {"g05-fees": "non retenu"})
    code, said = workplan(folder, "unpack", "c.xlsx")
    assert code == 0, said
    assert "g05-fees: + not-pursued" in said
    assert "g08-line: + planned" in said
    assert said.startswith("data/")


def test_two_sheets_that_differ_only_in_what_they_cite_are_told_with_it(folder: Path) -> None:
    fill(pack(folder), folder / "a.xlsx", {"g08-line": "partial", "g08-line@evidence": 1})
    fill(folder / "q.xlsx", folder / "b.xlsx", {"g08-line": "partial", "g08-line@evidence": 3})
    code, said = workplan(folder, "unpack", "a.xlsx", "b.xlsx")
    assert code == 1
    assert "a.xlsx Answers!J33: partial; evidence xaa-act-12-2013; arts. 5 to 14;" in said
    assert "b.xlsx Answers!J33: partial; evidence xaa-inspectorate-2018; para. 1;" in said


def test_cells_that_were_merged_say_what_the_first_of_them_says(folder: Path) -> None:
    pack(folder)
    book = openpyxl.load_workbook(folder / "q.xlsx")
    sheet = book.worksheets[1]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
    row, question = rows["g08-languages#es"], rows["g08-languages"]
    sheet.cell(row, columns["answer"]).value = "yes"
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=columns["answer"], end_column=columns["answer"])
    sheet.cell(question, columns["note"]).value = "one note over two columns"
    sheet.merge_cells(start_row=question, end_row=question, start_column=columns["note"], end_column=columns["evidence"])
    book.save(folder / "b.xlsx")
    code, said = workplan(folder, "unpack", "b.xlsx", "--write")
    assert code == 0, said
    options = [str(sheet.cell(one, 1).value).rpartition("#")[2] for one in (row, row + 1)]
    written = (folder / SUBMISSION).read_text()
    assert f"choice: [{', '.join(options)}]" in written
    assert "note: {en: one note over two columns}" in written


def test_what_another_program_saved_is_read_as_it_was_typed(folder: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    typed = {
        "g08-line": "previsto",
        "g08-line@from": "2018-03",
        "g09-trained#year=2017#part": 12,
        "g09-trained#year=2017#whole": 40,
    }
    fill(pack(folder, "--lang", "pt"), folder / "b.xlsx", {**typed, "g05-fees": "talvez"})
    (folder / "saved").mkdir()
    command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", "saved", "b.xlsx"], cwd=folder, capture_output=True, timeout=180, check=True)
    assert (folder / "saved/b.xlsx").read_bytes() != (folder / "b.xlsx").read_bytes()
    assert workplan(folder, "unpack", "saved/b.xlsx") == workplan(folder, "unpack", "b.xlsx")
    code, said = workplan(folder, "unpack", "saved/b.xlsx", "--write")
    assert code == 1
    assert 'Respostas!J13: "talvez"' in said
    assert "2 answers written to 1 file; 1 cell not taken" in said
    assert "valid: {from: 2018-03}" in (folder / SUBMISSION).read_text()


def rezipped(source: Path, target: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """A copy of a file with one of its parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))


def test_a_file_that_would_not_fit_into_memory_is_refused_before_it_is_opened(folder: Path) -> None:
    pack(folder)
    sheet = "xl/worksheets/sheet2.xml"
    rezipped(folder / "q.xlsx", folder / "bomb.xlsx", sheet, lambda data: data + b" " * MAX_UNPACKED)
    assert (folder / "bomb.xlsx").stat().st_size < 1_000_000
    rezipped(folder / "q.xlsx", folder / "far.xlsx", sheet, lambda data: data.replace(b"</row>", b'<c r="XFD1048576"/></row>', 1))
    lying = bytearray((folder / "bomb.xlsx").read_bytes())
    place = lying.rindex(b"PK\x01\x02", 0, lying.rindex(sheet.encode()))
    lying[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    (folder / "lying.xlsx").write_bytes(lying)
    said = {
        "bomb.xlsx": "has more than 268,435,456 bytes when unpacked",
        "far.xlsx": "has a sheet of more than 5,000,000 cells",
        "lying.xlsx": "cannot be read as a spreadsheet",
    }
    for name, words in said.items():
        code, told = workplan(folder, "unpack", name)
        assert (code, words in told) == (2, True), told


def test_a_questionnaire_that_lost_what_it_is_found_by_is_refused_in_words(folder: Path) -> None:
    pack(folder)
    for name, change, words in (
        ("base.xlsx", lambda book: book.remove(book["workplan"]), "is no questionnaire of this tool"),
        ("keys.xlsx", lambda book: book["Answers"].delete_rows(1), "has lost the hidden line of its answers"),
        ("format.xlsx", lambda book: book["workplan"].__setitem__("B1", "9"), "is a questionnaire of the format 9"),
        ("torn.xlsx", lambda book: book["workplan"].__setitem__("B9", "{"), "has lost what was packed into it"),
        ("other.xlsx", lambda book: book["workplan"].__setitem__("B2", "XZZ"), "is of the state 'XZZ'"),
    ):
        book = openpyxl.load_workbook(folder / "q.xlsx")
        change(book)
        book.save(folder / name)
        code, told = workplan(folder, "unpack", name)
        assert (code, words in told) == (2, True), told


CHAIN = {
    "nothing": ({}, (1, 1, 1)),
    "the line is not there": ({"g08-line": "not implemented"}, (1, 0, 0)),
    "the line is there": ({"g08-line": "partial"}, (1, 1, 1)),
    "a language that fits, among others": (
        {"g08-line": "partial", "g08-languages#en": "yes", "g08-languages#es": "x"},
        (1, 1, 1),
    ),
    "only a language that does not": ({"g08-line": "partial", "g08-languages#en": "yes", "g08-languages#es": "no"}, (1, 1, 0)),
    "no language is known": ({"g08-line": "partial", "g08-languages": "no information"}, (1, 1, 1)),
    "languages do not apply": ({"g08-line": "partial", "g08-languages": "not applicable"}, (1, 1, 0)),
    "the middle is answered, though void": ({"g08-line": "planned", "g08-languages#es": "yes"}, (1, 0, 1)),
}


def test_a_question_turns_grey_along_a_chain_and_below_options(folder: Path) -> None:
    """The formulas, as another program computes them, say what the record says once the answers are in."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    table = folder / "data/indicators/assistance.yaml"
    head, free, rest = table.read_text().partition("  - id: g08-free\n")
    rest = rest.replace("asked_if: {g08-line: [implemented, partial]}", "asked_if: {g08-languages: [es, pt]}", 1)
    table.write_text(head + free + rest)
    pack(folder)
    (folder / "computed").mkdir()
    names = {case: f"{number}.xlsx" for number, case in enumerate(CHAIN)}
    for case, (typed, _) in CHAIN.items():
        fill(folder / "q.xlsx", folder / names[case], typed)
    command = [office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "xlsx"]
    done = [*command, "--outdir", "computed", *names.values()]
    subprocess.run(done, cwd=folder, capture_output=True, timeout=240, check=True)
    for case, (typed, wanted) in CHAIN.items():
        sheet = openpyxl.load_workbook(folder / "computed" / names[case], data_only=True).worksheets[1]
        columns = {cell.value: cell.column for cell in sheet[1]}
        rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
        computed = tuple(sheet.cell(rows[id_], columns["asked"]).value for id_ in ("g08-line", "g08-languages", "g08-free"))
        assert computed == wanted, (case, typed)


def test_a_figure_that_has_no_line_of_its_own_is_known_by_the_words_before_it() -> None:
    from workplan_cli.exchange.questionnaire.counted import figure_in
    from workplan_cli.exchange.questionnaire.vocabulary import Vocabulary
    from workplan_cli.exchange.questionnaire.words import Tongue
    from workplan_cli.model.indicator import NumberIndicator
    from workplan_cli.model.submission import Value
    from workplan_cli.storage.record import load_record
    from workplan_cli.storage.tree import Directory

    record, _ = load_record(Directory(ROOT / "examples" / "arcadia" / "data"))
    base = next(one for one in record.indicators.values() if isinstance(one, NumberIndicator))
    divided = base.model_copy(update={"by": ("year", "sex", "form")})
    known = Vocabulary([Tongue("en", lambda word: word)], record.plan)
    used = (Value.model_validate({"year": 2016, "form": "forced-labour", "value": 7}),)
    meant = {
        "2017; female": (("year", "2017"), ("sex", "female")),
        "Male, 2018": (("year", "2018"), ("sex", "male")),
        "2017\nforced labour": (("year", "2017"), ("form", "forced-labour")),
        "2017; Domestic  work": (("year", "2017"), ("form", "domestic-work")),
        "female": (),
        "2017; 2018": (),
        "2017; female; male": (),
        "": (),
    }
    assert {text: figure_in(text, divided, known, used) for text in meant} == meant
    assert figure_in("2017; somewhere", base.model_copy(update={"by": ("year", "sex")}), known, ()) == ()
