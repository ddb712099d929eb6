"""The report as PDF: tagged, in its language, with an outline, the same bytes twice, and what others wrote only shows."""

import io
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from editions import edition, example, record
from hostile import hostile

from workplan_cli.cli.edition import Format
from workplan_cli.errors import WorkplanError
from workplan_cli.reports.binding import Binding, Leaf, bind
from workplan_cli.reports.pdf import pdf, require

try:
    require()
except WorkplanError as error:
    pytest.skip(f"{error.message}; .ci/system-packages installs what apt has", allow_module_level=True)

LANGUAGES = {"en": "Contents", "es": "Índice", "pt": "Sumário", "fr": "Sommaire"}


@cache
def made(language: str = "en", *only: str) -> dict[str, bytes]:
    return dict(edition(example(), language, states=only).files((Format.PDF,), alone=True))


@cache
def reader(content: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(content).pages).split())


def outline(entries: list[Any]) -> list[str]:
    return [one for entry in entries for one in (outline(entry) if isinstance(entry, list) else [entry.title])]


def links(content: bytes) -> list[str]:
    found = []
    for page in reader(content).pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A")
            found.append(str(action.get_object().get("/URI")) if action else "within")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_one_tagged_document_in_its_language(language: str) -> None:
    path = f"report-2015-2018-{language}.pdf"
    assert list(made(language)) == [path, f"authorities-2015-2018-{language}.pdf"]
    document = reader(made(language)[path])
    assert document.root_object["/Lang"] == language
    assert document.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert document.root_object["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert "/StructTreeRoot" in document.root_object
    assert b"pdfuaid:part" in document.root_object["/Metadata"].get_object().get_data()
    assert document.metadata.title
    assert "/CreationDate" not in document.metadata
    assert LANGUAGES[language] in text_of(made(language)[path])


def test_the_outline_names_the_headings_and_the_contents_give_their_pages() -> None:
    (content,) = made().values()
    titles = outline(reader(content).outline)
    contents = " ".join(" ".join(page.extract_text() for page in reader(content).pages[:4]).split())
    contents = contents.partition("Contents ")[2]
    headings = [title for title in titles if title.startswith(("Three measures", "Cite this", "Something is said"))]
    assert len(headings) == 3
    assert all(heading in contents for heading in headings)


def test_every_page_says_what_it_speaks_of_and_where_it_stands() -> None:
    (content,) = made().values()
    pages = reader(content).pages
    for number, page in enumerate(pages, 1):
        words = " ".join(page.extract_text().split())
        assert "as of 2018-12-31" in words
        assert f"{number} / {len(pages)}" in words


def test_a_matrix_lies_on_a_wide_page_and_the_rest_on_an_upright_one() -> None:
    (content,) = made().values()
    wide = [page for page in reader(content).pages if page.mediabox.width > page.mediabox.height]
    assert wide
    assert len(wide) < len(reader(content).pages)
    assert all("data revision" in page.extract_text() for page in wide)


def test_the_table_of_treaties_of_thirty_five_states_lies_on_one_page() -> None:
    (content,) = dict(edition(record(), "en").files((Format.PDF,), alone=True)).values()
    wide = [page.extract_text() for page in reader(content).pages if page.mediabox.width > page.mediabox.height]
    assert sum("ICRMW" in page for page in wide) == 1
    assert any(link.startswith("https://") for link in links(content))


def test_a_state_has_a_document_of_its_own() -> None:
    documents = made("en", "XAA", "XAB")
    assert list(documents) == ["XAA-2015-2018-en.pdf", "XAB-2015-2018-en.pdf"]
    assert "Arcadia" in reader(documents["XAA-2015-2018-en.pdf"]).metadata.title


def test_evidence_leads_to_the_document_on_the_web_where_the_archived_copy_is_not_bound_in() -> None:
    (content,) = made("en", "XAA").values()
    assert "https://harvest-hands.example/2016" in links(content)


def test_the_same_data_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    (first,) = made().values()
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_report_pdf import made; import pathlib; "
        "pathlib.Path('x.pdf').write_bytes(next(iter(made().values())))"
    )
    folder = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", script, folder], cwd=tmp_path, check=True, env={"PYTHONPATH": ":".join(sys.path)})
    assert (tmp_path / "x.pdf").read_bytes() == first


def test_what_others_wrote_acts_in_no_document() -> None:
    whole = next(iter(dict(edition(hostile(), "en").files((Format.PDF,), alone=True)).values()))
    state = next(iter(dict(edition(hostile(), "en", states=("XAA",)).files((Format.PDF,), alone=True)).values()))
    for content in (whole, state):
        assert all(link == "within" or link.startswith(("http://", "https://")) for link in links(content))
        root = reader(content).root_object
        assert "/OpenAction" not in root
        assert "/AcroForm" not in root
        assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
    assert "<script>" in text_of(whole)


def test_what_is_asked_for_is_refused() -> None:
    page = '<html lang="en"><title>x</title><body><img src="file:///etc/passwd" alt="here"><p>There</p></body></html>'
    assert pdf(page)
    assert b"root:" not in pdf(page)
    assert not reader(pdf(page)).pages[0].images


def test_words_that_run_on_every_page_are_words() -> None:
    running = {"plan": '"} </style><script>alert(1)</script> \\ *{display:none}'}
    page = '<html lang="en"><head><title>x</title></head><body><main><h1>T</h1><h2>One</h2></main></body></html>'
    bound = bind([Leaf("index.html", page)], Binding("Contents", "", running))
    assert "<script" not in bound
    assert bound.count("</style>") == 1


def test_links_lead_within_the_document_or_to_the_web_or_nowhere() -> None:
    links = '<a href="two.html#b">1</a><a href="three.html">2</a><a href="https://x.example/">3</a><a href="copy.html#L9">5</a>'
    first = f'<main><h1 id="a">A</h1><h2>B</h2><p>{links}</p></main>'
    second = '<main><h1>C</h1><p id="b"><a href="index.html#a">4</a></p></main>'
    pages = [
        Leaf(path, f"<html><head></head><body>{main}</body></html>")
        for path, main in (("index.html", first), ("two.html", second))
    ]
    bound = bind(pages, Binding("Contents", "", elsewhere={"copy.html": "https://y.example/"}))
    for words in (
        '<a href="https://y.example/">5</a>',
        '<a href="#p1.b">1</a>',
        "<a>2</a>",
        '<a href="https://x.example/">3</a>',
        '<a href="#a">4</a>',
        '<p id="p1.b">',
    ):
        assert words in bound
    assert '<h2 id="p1.top">C</h2>' in bound
