"""Tables that other people made: what is read out of them, and what is refused, in words."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.imports.tables import Table, read_table
from workplan_cli.exchange.imports.written import amount, bare, says_nothing, word
from workplan_cli.model.mapping import Cleaning, Column, Layout

CLEAN = Cleaning(
    marks="*†‡",
    thousands=",",
    currency=("$", "US$"),
    multiples={"million": 1_000_000},
    suppressed=("<5", "< 5"),
    missing=("N/A", "NA"),
)


def read(data: bytes | str, wanted: tuple[str, ...] = ("state", "n"), name: str = "accidents.csv", **layout: object) -> Table:
    return read_table(data.encode() if isinstance(data, str) else data, name, Layout.model_validate(layout), wanted)


def rows(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def refusal(data: bytes | str, **layout: object) -> str:
    with pytest.raises(WorkplanError) as error:
        read(data, **layout)  # type: ignore[arg-type]
    assert error.value.hint
    return f"{error.value.message}; {error.value.hint}"


# Cells.


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("0", 0),
        ("84,474‡", 84_474),
        ("$4.4 million", 4_400_000),
        ("US$ 0.3 million*", 300_000),
        ("1.5", 1.5),
        ("2.0", 2),
        ("12\u00a0*", 12),
        ("<5", "<5"),
        ("< 5†", "<5"),
    ],
)
def test_a_figure_is_read_through_its_dirt(cell: str, figure: object) -> None:
    assert amount(cell, CLEAN) == figure


@pytest.mark.parametrize(
    "cell", ["18/16", "1,23", "-3", "=1+1", "12 persons", "about 5", "1e5", "٣", "²", "<6", "4.4.4", "9" * 40]
)
def test_what_cannot_be_read_whole_is_no_figure(cell: str) -> None:
    assert amount(cell, CLEAN) is None


def test_a_comma_is_a_decimal_sign_where_the_map_says_so() -> None:
    assert amount("1.204,5", Cleaning(thousands=".", decimal=",")) == 1204.5
    assert amount("1,204", Cleaning()) is None


def test_an_empty_cell_and_a_word_for_it_say_nothing() -> None:
    assert [says_nothing(cell, CLEAN) for cell in ("", " ", "*", "N/A†", "NA", "Unknown", "0")] == [True] * 5 + [False] * 2


def test_a_word_is_looked_up_with_its_footnote_mark_and_then_without() -> None:
    column = Column(column="a", words={"Yes": "implemented", "Yes*": "partial"})
    assert [word(cell, column, CLEAN) for cell in ("Yes", "Yes*", "Yes†", "yes")] == [
        "implemented",
        "partial",
        "implemented",
        None,
    ]
    assert bare("  not \n known‡ ", CLEAN) == "not known"


# Text files.


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_the_columns(delimiter: str) -> None:
    assert rows(read(f"state{delimiter}n\nXAA{delimiter}12\n")) == [("XAA", "12")]


def test_a_declared_delimiter_stands() -> None:
    assert rows(read("state:n\nXAA:12\n", delimiter=":")) == [("XAA", "12")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    assert rows(read("state,n\nPérou,1\n".encode(encoding))) == [("Pérou", "1")]


def test_another_encoding_is_declared_and_never_guessed() -> None:
    data = "state,n\nPérou,1\n".encode("cp1252")
    said = refusal(data)
    assert "'accidents.csv' is not UTF-8: line 2 holds the byte 0xE9, 'é' in Windows-1252" in said
    assert "layout: {encoding: cp1252}" in said
    assert rows(read(data, encoding="cp1252")) == [("Pérou", "1")]
    assert "is no encoding" in refusal(data, encoding="latin-nought")


def test_a_cell_may_hold_line_ends_and_a_row_remembers_its_line_and_text() -> None:
    table = read('state,n\r\n"X\r\nAA",1\r\n\r\nXAB,2\r\n')
    assert [(row.line, row.raw) for row in table.rows] == [(2, '"X\r\nAA",1\r\n'), (5, "XAB,2\r\n")]


def test_short_rows_are_filled_and_long_ones_marked() -> None:
    table = read("state,n\nXAA\nXAB,1,2\nXAC,1,\n")
    assert [(row.cells, row.is_too_long) for row in table.rows] == [
        (("XAA", ""), False),
        (("XAB", "1"), True),
        (("XAC", "1"), False),
    ]


def test_two_lines_of_names_are_joined_as_merged_cells_mean_them() -> None:
    table = read("Accidents,,,\nstate,2016,,2017\n,women,men,women\nXAA,1,2,3\n", ("state", "2017 / women"), header=[2, 3])
    assert table.columns == ("state", "2016 / women", "2016 / men", "2017 / women")
    assert rows(table) == [("XAA", "1", "2", "3")]


def test_a_missing_column_is_named_with_the_closest() -> None:
    assert "has no column 'state'; did you mean 'States'?" in refusal("States,n\nXAA,1\n")
    assert "has no column 'state'; its columns are 'a', 'b'" in refusal("a,b\n1,2\n")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "is empty"),
        (b"\xef\xbb\xbf \n", "has no column 'state'"),
        ("state,n,n\nXAA,1,2\n", "has 2 columns named 'n'"),
        ('state,n\nXAA,"1\nXAB,2\n', "opens a quote in line 2 that is never closed"),
        ('state,n\nXAA,"1"2\n', "cannot be read as a table from line 2 on"),
        ("state,n\nXAA," + "x" * 200_000 + "\n", "has a cell of more than 131,072 characters in line 2"),
        (b"state,n\n\xff\xfe\n", "is not UTF-8"),
        (b"\xff\xfea", "is not UTF-16"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes | str, words: str) -> None:
    assert words in refusal(data)


DIRT = st.binary(max_size=300) | st.text(alphabet='state,n\n\r";\t \u00a01', max_size=80).map(str.encode)


@given(DIRT, st.booleans())
def test_no_bytes_do_more_than_be_refused(data: bytes, packed: bool) -> None:
    try:
        table = read(b"PK\x03\x04" + data if packed else b"state,n\n" + data)
    except WorkplanError:
        return
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_a_header_beyond_the_file_is_refused() -> None:
    assert "lacks a line of column names" in refusal("state,n\n", header=[7])


# Spreadsheets.


def spreadsheet(*lines: tuple[object, ...], sheet: str = "Data", extra: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """The smallest .xlsx with one sheet. A text that begins with `=` is a formula with the value that follows `→`."""

    def cell(place: str, value: object) -> str:
        if isinstance(value, str) and value.startswith("="):
            formula, _, shown = value[1:].partition("→")
            return f'<c r="{place}"><f>{escape(formula)}</f><v>{shown}</v></c>'
        if isinstance(value, int | float):
            return f'<c r="{place}"><v>{value}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'

    rows_ = "".join(
        f'<row r="{number}">' + "".join(cell(f"{'ABCDEFG'[place]}{number}", value) for place, value in enumerate(line)) + "</row>"
        for number, line in enumerate(lines, 1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    named = f'<sheet name="{sheet}" sheetId="1" r:id="r1"/>'

    def related(kind: str, target: str) -> str:
        one = f'<Relationship Id="r1" Type="{relations}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}">{one}</Relationships>'

    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relations}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows_}{extra}</sheetData></worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**{name: text.encode() for name, text in files.items()}, **(more or {})}.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_spreadsheet_is_read_as_text_and_a_formula_as_what_it_came_to() -> None:
    table = read(spreadsheet(("state", "n", "m"), ("XAA", 84474, 12.5), ("XAB", "=1+1→2", "007")), name="a.xlsx")
    assert rows(table) == [("XAA", "84474", "12.5"), ("XAB", "2", "007")]
    assert table.rows[0].raw == "XAA,84474,12.5\n"


def test_a_sheet_is_named_and_misnamed() -> None:
    data = spreadsheet(("state", "n"), ("XAA", 1), sheet="Respuestas")
    assert rows(read(data, sheet="Respuestas")) == [("XAA", "1")]
    assert "has no sheet 'Respuesta'; did you mean 'Respuestas'?" in refusal(data, sheet="Respuesta")


def test_merged_names_of_a_spreadsheet_are_joined() -> None:
    data = spreadsheet(("", "2016", ""), ("state", "women", "men"), ("XAA", 1, 2))
    assert read(data, ("state", "2016 / men"), header=[1, 2]).columns == ("state", "2016 / women", "2016 / men")


def test_a_spreadsheet_made_to_exhaust_the_machine_is_refused() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "has a sheet of more than 5,000,000 cells" in refusal(spreadsheet(("state", "n"), extra=far))
    data = bytearray(spreadsheet(("state", "n")))
    size = data.rindex(b"PK\x01\x02") + 24  # where the directory says how long the sheet is when unpacked
    data[size : size + 4] = (2**30).to_bytes(4, "little")
    assert "has more than 268,435,456 bytes when unpacked" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "cannot be read as a spreadsheet"),
        (spreadsheet(("state", "n"))[:-40], "cannot be read as a spreadsheet"),
        (spreadsheet(("state", "n"), more={"xl/workbook.xml": b"<workbook"}), "cannot be read as a spreadsheet"),
        (spreadsheet(("state", "n"), ("x" * 200_000, 1)), "has a cell of more than 131,072 characters in line 2"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_broken_spreadsheet_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_another_archive_is_no_spreadsheet() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert "is no spreadsheet that can be read" in refusal(packed.getvalue())
