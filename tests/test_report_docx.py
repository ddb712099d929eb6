"""The report as a Word document: in the styles of its template, in its language, the same bytes twice, and nothing in it acts."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from editions import Page, edition, example, pages
from hostile import hostile

from workplan_cli import resources
from workplan_cli.cli.edition import Format
from workplan_cli.errors import WorkplanError
from workplan_cli.reports.word import TEMPLATE

LANGUAGES = {"en": "Contents", "es": "Índice", "pt": "Sumário", "fr": "Sommaire"}
CORE = "docProps/core.xml"


@cache
def made(language: str = "en", *only: str) -> dict[str, bytes]:
    return dict(edition(example(), language, states=only).files((Format.DOCX,), alone=True))


@cache
def whole(language: str = "en") -> Any:
    (content,) = made(language).values()
    return opened(content)


def opened(content: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def words(document: Any) -> str:
    """All that a reader sees of the body, in its order."""
    from docx.oxml.ns import qn

    paragraphs = ("".join(run.text or "" for run in one.iter(qn("w:t"))) for one in document.element.body.iter(qn("w:p")))
    return " ".join(" ".join(paragraphs).split())


def headings(document: Any, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == f"Heading {level}"]


def with_template(tmp_path: Path, change: Any) -> dict[str, bytes]:
    """The report on the example with a template of one's own, changed as one would in Word."""
    from docx import Document

    document = Document(str(resources.templates() / TEMPLATE))
    change(document)
    document.save(str(tmp_path / TEMPLATE))
    return dict(edition(example(), "en", templates=tmp_path).files((Format.DOCX,), alone=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_one_document_in_its_language(language: str) -> None:
    (path,) = made(language)
    assert path == f"report-2015-2018-{language}.docx"
    content = parts(made(language)[path])
    assert set(re.findall(r'<w:lang w:val="(\w+)"', content["word/styles.xml"])) == {language}
    assert f"<dc:language>{language}</dc:language>" in content[CORE]
    assert LANGUAGES[language] in [one.text for one in whole(language).paragraphs if one.style.name == "TOC Heading"]


def test_it_says_what_the_pages_say() -> None:
    said = words(whole())
    made_pages = pages(example(), "en")
    for path in ("index.html", "guidelines/g04.html", "mandates.html"):
        found = [" ".join(one.split()) for one in Page(made_pages[path]).headings]
        assert len(found) > 5
        assert [one for one in found if one.strip() not in said] == [], path
    cells = re.findall(r"<td[^>]*>([^<]+)(?=</?t)", made_pages["index.html"])
    assert len(cells) > 200
    assert [cell for cell in cells if " ".join(Page(cell).text.split()) not in said.replace("\xa0", " ")] == []


def test_what_only_a_screen_can_use_is_left_out() -> None:
    index = pages(example(), "en")["index.html"]
    for one in ("Skip the matrix", "Find a state", "The data of this figure:", "no borders are drawn"):
        assert one in index
        assert one not in words(whole())


def test_the_first_page_says_whose_words_follow() -> None:
    first = [one for one in whole().paragraphs if one.style.name in ("Title", "Subtitle", "Notice")]
    assert [one.style.name for one in first][:3] == ["Title", "Subtitle", "Notice"]
    assert first[2].text.startswith("2 of 3 states handed in submissions of their own.")
    assert "is not the voice of any state" in first[3].text


def test_a_record_with_errors_says_so_first() -> None:
    (site,) = edition(example(), "en").sites
    (page,) = replace(site, report=replace(site.report, problems=3)).docx()
    content = page.make()
    assert isinstance(content, bytes)
    first = next(one for one in opened(content).paragraphs if one.style.name == "Notice")
    assert first.text.startswith("This document was made from a record with errors. 3 errors stand against it")


def test_sections_follow_each_other_as_one_would_read_them() -> None:
    found = headings(whole(), 1)
    order = ["Three measures", "Something is said", r"For \d of 9 mandates", "10 guidelines", r"\d+ sources", "Cite this"]
    places = [max(place for place, one in enumerate(found) if re.match(words_, one)) for words_ in order]
    assert places == sorted(places)
    assert [one for one in headings(whole(), 2) if one.startswith("Guideline ")] == [f"Guideline {n}." for n in range(1, 11)]


def test_the_contents_lead_to_every_heading_they_name() -> None:
    from docx.oxml.ns import qn

    body = whole().element.body
    entries = [one for one in whole().paragraphs if one.style.name in ("toc 1", "toc 2")]
    assert [one.text for one in entries] == [
        one.text for one in whole().paragraphs if one.style.name in ("Heading 1", "Heading 2")
    ]
    named = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    assert len(anchors) >= len(entries)
    assert anchors <= named
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    assert 'w:instrText xml:space="preserve"> TOC ' in body.xml


def test_tables_are_tables_with_a_head_that_is_repeated() -> None:
    tables = whole().tables
    assert len(tables) > 20
    assert {one.style.name for one in tables} == {"Report table"}
    heads = [one for one in tables if one.rows[0]._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(heads) > 20
    for one in tables:
        columns = len(one._tbl.tblGrid.findall("{*}gridCol"))
        assert {sum(cell.grid_span for cell in row._tr.tc_lst) for row in one.rows} == {columns}


def test_a_table_that_is_too_wide_lies_on_a_wide_page_with_its_heading() -> None:
    sections = whole().sections
    assert [one.page_width > one.page_height for one in sections] == [False, True, False]
    assert [one.different_first_page_header_footer for one in sections] == [True, False, False]
    assert all("{{" not in one.header.paragraphs[0].text for one in sections)
    blocks = list(whole().element.body)
    ends = [place for place, one in enumerate(blocks) if one.xpath("./w:pPr/w:sectPr")]
    assert blocks[ends[0] + 1].xpath("string(.)") == "Something is said of every state"


def test_every_page_says_what_it_speaks_of_and_where_it_stands() -> None:
    (content,) = made().values()
    feet = [text for name, text in parts(content).items() if name.startswith("word/footer")]
    assert len(feet) == 2
    for foot in feet:
        assert "as of 2018-12-31, data revision" in foot
        assert " PAGE " in foot
        assert " NUMPAGES " in foot


def test_a_state_has_a_document_of_its_own() -> None:
    documents = made("en", "XAA", "XAB")
    assert list(documents) == ["XAA-2015-2018-en.docx", "XAB-2015-2018-en.docx"]
    document = opened(documents["XAA-2015-2018-en.docx"])
    assert document.core_properties.title.startswith("Arcadia · ")
    assert document.paragraphs[0].text == "Arcadia"
    assert "By Order 3 of 2015 the Seasonal Work Unit" in words(document)


def test_the_same_data_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    (first,) = made().values()
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_report_docx import made; import pathlib; "
        "pathlib.Path('x.docx').write_bytes(next(iter(made().values())))"
    )
    folder = str(Path(__file__).parent)
    environment = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", script, folder], cwd=tmp_path, check=True, env=environment)
    assert (tmp_path / "x.docx").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_is_dated_by_the_day_it_speaks_of() -> None:
    (content,) = made().values()
    assert re.findall(r">(\d{4}-\d\d-\d\dT[^<]*)<", parts(content)[CORE]) == ["2018-12-31T00:00:00Z"] * 2


# What others wrote, and what a repository brings.


@cache
def attacked(*only: str) -> bytes:
    (content,) = dict(edition(hostile(), "en", states=only).files((Format.DOCX,), alone=True)).values()
    return content


@pytest.mark.parametrize("only", [(), ("XAA",)], ids=["whole", "state"])
def test_what_others_wrote_acts_in_no_document(only: tuple[str, ...]) -> None:
    content = attacked(*only)
    said = words(opened(content))
    for attack in ("<script>alert(1)</script>", "{{ 7 * 7 }}{% include 'x' %}", '"><img src=x onerror=alert(1)>', "&lt;b&gt;"):
        assert attack in said
    assert "49{%" not in said
    for name, text in parts(content).items():
        fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", text)
        assert {one.split()[0] for one in fields} <= {"TOC", "PAGE", "NUMPAGES"}, name
        assert not re.search(r"<w:(?:object|altChunk|fldSimple|control|pict)\b|vbaProject|attachedTemplate", text), name
        external = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', text)
        assert all(re.search(r'Target="https?://', one) and "/hyperlink" in one for one in external), name


def test_words_of_human_hand_keep_their_shape_and_nothing_else() -> None:
    text = (
        "# Own\n\nA **bold** and `a  code`, [here](https://x.example/a?b=c&d=é), [mail](mailto:a@b.example), &#7;&#8238;.\n\n"
        "3. three\n4. four\n   - inner\n\n> quoted\n\n    line one\n      line two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    files = {**example(), "narrative/2015-2018/opening.md": text.encode()}
    (content,) = dict(edition(files, "en").files((Format.DOCX,), alone=True)).values()
    document = opened(content)
    styles = {one.text: one.style.name for one in document.paragraphs}
    assert styles["3. three"] == styles["4. four"] == "List Continue"
    assert styles["inner"] == "List Bullet 2"
    assert styles["quoted"] == "Quote"
    assert "line one\n  line two" in styles
    assert [run.text for one in document.paragraphs for run in one.runs if run.font.name and "code" in run.text] == ["a  code"]
    targets = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert "https://x.example/a?b=c&d=%C3%A9" in targets
    assert not any("mailto" in one for one in targets)
    assert "\\u202e" in words(document)
    bold = [run.text for one in document.paragraphs for run in one.runs if run.bold and one.text.startswith("A bold")]
    assert bold == ["bold"]


def test_a_template_of_ones_own_gives_the_letterhead_and_the_styles(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.sections[0].first_page_header.paragraphs[0].text = "Office of Seasons · {{ period }}"
        document.styles["Heading 1"].font.name = "Own Serif"
        document.add_paragraph("Submitted on {{ day }}.")

    (content,) = with_template(tmp_path, change).values()
    document = opened(content)
    assert "Office of Seasons · 2015-2018" in parts(content)["word/header1.xml"] + parts(content)["word/header2.xml"]
    assert document.styles["Heading 1"].font.name == "Own Serif"
    assert document.paragraphs[-1].text == "Submitted on 2018-12-31."
    assert headings(document, 1) == headings(whole(), 1)


def test_styles_are_found_by_the_name_that_every_word_has_for_them(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        from docx.oxml.ns import qn

        document.styles["Heading 1"].element.set(qn("w:styleId"), "Ttulo1")

    (content,) = with_template(tmp_path, change).values()
    assert '<w:pStyle w:val="Ttulo1"/>' in parts(content)["word/document.xml"]


def body_of(document: Any) -> Any:
    return next(one for one in document.paragraphs if "body" in one.text)


def without_style(document: Any) -> None:
    document.styles["Notice"].delete()


def without_place(document: Any) -> None:
    body_of(document).text = "no report"


def with_two_places(document: Any) -> None:
    document.add_paragraph("{{p body }}")


def with_place_in_table(document: Any) -> None:
    body_of(document).text = ""
    document.add_table(1, 1).cell(0, 0).text = "{{p body }}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (without_style, "the template report.docx has no style 'Notice'"),
        (without_place, "the template report.docx has no place for the report, or more than one"),
        (with_two_places, "the template report.docx has no place for the report, or more than one"),
        (with_place_in_table, "the template report.docx has no place for the report, or more than one"),
        (lambda document: document.add_paragraph("{{ tilte }}"), "the template report.docx cannot be used: 'tilte' is undefined"),
        (lambda document: document.add_paragraph("{{ title"), "the template report.docx cannot be used: "),
        (
            lambda document: document.add_paragraph("{{ title.__class__.__mro__ }}"),
            "the template report.docx cannot be used: access to attribute '__class__'",
        ),
    ],
)
def test_a_template_that_cannot_be_used_is_told(tmp_path: Path, change: Any, says: str) -> None:
    with pytest.raises(WorkplanError) as refused:
        with_template(tmp_path, change)
    assert refused.value.message.startswith(says)
    assert refused.value.hint


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_document_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / TEMPLATE).write_bytes(content)
    with pytest.raises(WorkplanError, match=r"the template report\.docx cannot be used: "):
        list(edition(example(), "en", templates=tmp_path).files((Format.DOCX,), alone=True))


def test_without_the_extra_it_says_what_to_install_before_any_work(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['docxtpl'] = None; from workplan_cli.cli import main; "
        "sys.argv = ['workplan', 'report', '--format', 'docx', '--root', sys.argv[1], '--out', 'made']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(resources.example())],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'workplan-cli[office]'" in done.stderr
    assert not (tmp_path / "made").exists()
