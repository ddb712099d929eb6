"""Evidence and what a program can verify of it, in the cases that the pages do not show."""

import pytest
from casebook import base, found

SUBMISSION = "data/states/XAA/2015-2016/submission.yaml"


def said(evidence: str, more: dict[str, str] | None = None) -> list[str]:
    answer = "g01-law: {revision: 2, status: final, result: implemented, evidence: [e1]}"
    files = {SUBMISSION: f"answers:\n  {answer}\nevidence:\n  e1: {{{evidence}}}\n", **(more or {})}
    return [one.message for one in found({**base(), **{path: content.encode() for path, content in files.items()}})]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("www.law.example/12", "url of evidence e1 'www.law.example/12' does not begin with https://"),
        ("https://law.example/a b", "url of evidence e1 'https://law.example/a b' has a space in it"),
        ("javascript:alert(1)", "url of evidence e1 'javascript:alert(1)' is a 'javascript' address, which no reader can open"),
        ("https://", "url of evidence e1 'https://' names no host"),
        ("http://[", "url of evidence e1 'http://[' names no host"),
        ("https://clerk:secret@law.example/", "url of evidence e1 holds the name of a user"),
    ],
)
def test_an_address_that_no_reader_can_open_is_named(url: str, problem: str) -> None:
    assert said(f"source: xaa-law, url: '{url}'") == [problem]


@pytest.mark.parametrize(
    "url", ["https://law.example/xaa/12?lang=es#art.7", "HTTP://Law.example:8080", "https://law.example/@me"]
)
def test_an_address_that_opens_is_fine(url: str) -> None:
    assert said(f"source: xaa-law, url: '{url}'") == []


@pytest.mark.parametrize(
    ("evidence", "problem"),
    [
        ("source: xaa-table, row: {state: XAA, sex: Total}", "evidence e1 cites the table xaa-table and gives no cell"),
        ("source: xaa-table, quotation: Total", "evidence e1 cites the table xaa-table and gives no row"),
        (
            "source: xaa-table, row: {state: XAA, sex: Femal}, cell: '<5'",
            "the row of evidence e1 picks no row of xaa-table: none has sex 'Femal'",
        ),
        (
            "source: xaa-table, row: {land: XAA}, cell: '120'",
            "evidence e1 names the column 'land', which xaa-table lacks",
        ),
        (
            "source: xaa-table, row: {state: XAB}, column: total, cell: '0'",
            "evidence e1 names the column 'total', which xaa-table lacks",
        ),
        (
            "source: xaa-table, row: {state: XAB}, cell: '0.0'",
            "evidence e1 says '0.0', and xaa-table has '0' in that row and column",
        ),
        ("source: xaa-law, row: {state: XAB}, cell: '0'", "evidence e1 gives a cell, and xaa-law is archived as a text"),
    ],
)
def test_a_cell_is_cited_by_one_row_one_column_and_its_very_characters(evidence: str, problem: str) -> None:
    assert said(evidence) == [problem]


def test_a_cell_is_read_from_the_column_that_evidence_names() -> None:
    assert said("source: xaa-table, row: {state: XAB, sex: Total}, column: year, cell: '2016'") == []


@pytest.mark.parametrize(
    ("quotation", "problem"),
    [
        ("' '", "it is blank"),
        ("Smuggling of migrants", "not even its beginning 'Smuggling of migrants'"),
        (
            "Trafficking in persons is a crime",
            "found up to 'Trafficking in persons is', where the source goes on 'punished by prison. A'",
        ),
    ],
)
def test_a_quotation_is_followed_as_far_as_it_goes(quotation: str, problem: str) -> None:
    assert said(f"source: xaa-law, quotation: {quotation}") == [f"the quotation of evidence e1 is not in xaa-law: {problem}"]


def test_a_copy_outside_the_archive_is_never_read() -> None:
    source = "title: Law\narchived: ../xaa-closed.yaml\n"
    assert "archived '../xaa-closed.yaml' leads out of data/sources/archive/" in said(
        "source: xaa-law, quotation: Minutes of a closed meeting", {"data/sources/xaa-law.yaml": source}
    )
    assert not any(
        "quotation" in message for message in said("source: xaa-law, quotation: Minutes", {"data/sources/xaa-law.yaml": source})
    )


def test_measures_cite_by_the_same_rules() -> None:
    register = (
        "measures:\n  - {id: law-12, kind: law, title: {en: Law}, voice: state, "
        "evidence: [{source: xaa-law}, {source: xaa-law, quotation: No such words}]}\n"
    )
    assert said("source: xaa-law", {"data/registers/measures/XAA.yaml": register}) == [
        "the quotation of evidence 2 of measure law-12 is not in xaa-law: not even its beginning 'No such words'"
    ]


def test_an_activity_of_the_secretariat_cites_evidence_too() -> None:
    sheet = (
        "mandates:\n  m01:\n    revision: 1\n    status: final\n    result: partial\n"
        "    activities: [{id: a1, on: 2018-05, title: {en: Report}, evidence: [e2]}]\nevidence:\n  e1: {source: xaa-law}\n"
    )
    assert said("source: xaa-law", {"data/secretariat/2017-2018/submission.yaml": sheet}) == [
        "activity a1 of m01 cites 'e2', which evidence: does not define"
    ]


CLOSED = "state: closed\nlog: [{{on: 2017-02-28, act: close}}]\nfiles: {files}\n"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ("{}", "round 2015-2016 is closed, and this file was not there then"),
        (
            f"{{states/XAA/2015-2016/submission.yaml: {'0' * 64}}}",
            "round 2015-2016 is closed, and this is not the file it was closed with",
        ),
    ],
)
def test_a_closed_round_stays_as_it_was_closed(files: str, problem: str) -> None:
    assert said("source: xaa-law", {"data/rounds/2015-2016.yaml": CLOSED.format(files=files)}) == [problem]
