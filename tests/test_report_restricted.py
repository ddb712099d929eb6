"""Of what is restricted, only the title and the custodian are shown: in no output of any command is there anything else."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from workplan_cli import resources
from workplan_cli.model.evidence import Source
from workplan_cli.storage.folder import MARKER

ROOT = Path(__file__).resolve().parent.parent
SECRET = re.compile(r"zqx\w*", re.I)
TITLE, CUSTODIAN = "Protocol of the Raid", "Archive of the Port Police"

SHEET = """answers:
  g04-licences: {revision: 1, status: final, result: implemented, evidence: [r1, r2, r3, r4]}
  g04-recruiters: {revision: 1, status: final, values: [{year: 2018, value: 7, evidence: r3}]}
evidence:
"""


def sources() -> dict[str, dict[str, str]]:
    """Restricted sources that say everything a source can say; one is a table, one has the copy of a public one."""
    filled = {name: f"ZQXSOURCE{name}" for name in Source.model_fields}
    kept = {"title": TITLE, "custodian": CUSTODIAN, "access": "restricted"}
    for name in ("source", "date", "read_on", "language", "media", "access"):
        filled.pop(name)
    return {
        "vault-text": {**filled, **kept, "language": "en", "url": "https://zqxurl.example/x", "archived": "zqxcopy.txt"},
        "vault-table": {**filled, **kept, "media": "table", "archived": "zqxtable.csv"},
        "vault-shared": {**filled, **kept, "archived": "zqxshared.txt"},
    }


def pieces() -> dict[str, dict[str, object]]:
    """Evidence that tells secrets: of a restricted source, and restricted itself though its source is public."""
    telling: dict[str, object] = {
        "pinpoint": "ZQXPINPOINT line 1",
        "quotation": "ZQXQUOTATION",
        "language": "en",
        "url": "https://zqxpiece.example/x",
        "note": {"en": "ZQXNOTE"},
    }
    cells: dict[str, object] = {"row": {"ZQXCOLUMN": "ZQXROW"}, "cell": "ZQXCELL", "column": "ZQXCOLUMN"}
    return {
        "r1": {"source": "vault-text", **telling},
        "r2": {"source": "xaa-act-12-2013", "access": "restricted", **telling},
        "r3": {"source": "vault-table", **cells, "note": {"en": "ZQXNOTE"}},
        "r4": {"source": "vault-shared", "access": "restricted", "pinpoint": "ZQXPINPOINT", "quotation": "ZQXQUOTATION"},
    }


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with secrets in every restricted place."""
    folder = tmp_path_factory.mktemp("restricted") / "arcadia"
    shutil.copytree(resources.example(), folder)
    data = folder / "data"
    for id_, content in sources().items():
        (data / f"sources/{id_}.yaml").write_text(json.dumps(content))
    (data / "sources/public-twin.yaml").write_text(json.dumps({"title": "A public twin", "archived": "zqxshared.txt"}))
    for name in ("zqxcopy.txt", "zqxshared.txt"):
        (data / "sources/archive" / name).write_text("ZQXQUOTATION stands in the ZQXCOPY\n")
    (data / "sources/archive/zqxtable.csv").write_text("ZQXCOLUMN,b\nZQXROW,ZQXCELL\n")
    evidence = "".join(f"  {id_}: {json.dumps(piece)}\n" for id_, piece in pieces().items())
    for voice in ("submission", "desk-review", "assessment"):
        (data / f"states/XAB/2017-2018/{voice}.yaml").write_text(SHEET + evidence)
    mandates = "mandates:\n  m01: {revision: 1, status: final, result: implemented, evidence: [r1], activities: "
    mandates += "[{id: a1, on: 2018, title: {en: A raid}, evidence: [r2, r3, r4]}]}\nevidence:\n"
    (data / "secretariat/2017-2018/submission.yaml").write_text(mandates + evidence)
    measure = {"id": "raid", "kind": "law", "title": {"en": "Act on raids"}, "voice": "state", "sources": ["vault-text"]}
    measure["evidence"] = [*pieces().values(), {"source": "public-twin", "quotation": "stands in the", "language": "en"}]
    (data / "registers/measures/XAB.yaml").write_text(json.dumps({"measures": [measure]}))
    return folder


def run(here: Path, *arguments: str) -> str:
    """All that a command says; whatever it finds, it does not break."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(here.parent / "cache"), "COLUMNS": "400"}
    environment.pop("GITHUB_ACTIONS", None)
    done = subprocess.run(
        [sys.executable, "-m", "workplan_cli", *arguments], cwd=here, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode in (0, 1, 2), f"{arguments}: {done.stderr}"
    return done.stdout + done.stderr


def leaks(text: str) -> set[str]:
    """The secrets in a text; names of files, which findings must give, are no secrets."""
    text = re.sub(r"(?:data/sources/archive/)?zqx(?:copy|shared|table)\.(?:txt|csv)", "", text)
    return {found.group() for found in SECRET.finditer(text)}


def test_the_secrets_are_in_every_place(here: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in here.rglob("*") if path.is_file())
    assert len(leaks(text)) > 15


@pytest.fixture(scope="module")
def report(here: Path) -> dict[str, str]:
    """The report that is written all the same."""
    said = run(here, "report", "--despite-errors", "--lang", "en,es")
    assert leaks(said) == set()
    folder = here / "report/2015-2018"
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MARKER]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_such_a_record_is_not_published_unless_told_so(here: Path) -> None:
    said = run(here, "report", "--out", "nowhere")
    assert "is not published" in said
    assert not (here / "nowhere").exists()


def test_no_file_of_the_report_holds_a_secret(report: dict[str, str]) -> None:
    assert {path: leaks(text) for path, text in report.items() if leaks(text)} == {}
    assert [path for path in report if "vault" in path or "zqx" in path or "public-twin" in path] == []


@pytest.mark.parametrize("path", ["en/states/XAB.html", "en/states/XAB.md", "en/mandates.html", "en/mandates.md"])
def test_title_and_custodian_are_shown(report: dict[str, str], path: str) -> None:
    assert TITLE in report[path]
    assert f"restricted · kept by {CUSTODIAN}" in report[path]


def test_the_sheet_of_one_state_holds_no_secret(here: Path) -> None:
    run(here, "report", "--despite-errors", "--state", "XAB", "--out", "sheet")
    texts = [path.read_text(encoding="utf-8") for path in (here / "sheet").rglob("*") if path.is_file()]
    assert len(texts) > 3
    assert set().union(*map(leaks, texts)) == set()


SHOWS = (
    "XAB",
    "XAB g04",
    "XAB g04-licences",
    "XAB 2017-2018",
    "g04",
    "g04-licences",
    "m01",
    "vault-text",
    "vault-table",
    "XAB raid",
)
LISTS = ("states", "guidelines", "indicators", "mandates", "rounds", "measures", "sources", "treaties")


@pytest.mark.parametrize("words", SHOWS)
def test_show_tells_no_secret(here: Path, words: str) -> None:
    said = run(here, "show", *words.split())
    assert leaks(said) == set(), said


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("shape", ["text", "json", "csv"])
def test_list_tells_no_secret(here: Path, what: str, shape: str) -> None:
    assert leaks(run(here, "list", what, "--format", shape)) == set()


@pytest.mark.parametrize("shape", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_validate_tells_no_secret_in_any_format(here: Path, shape: str) -> None:
    said = run(here, "validate", "--no-cache", "--format", shape)
    assert "WP510" in said
    assert leaks(said) == set(), said


def test_validate_tells_no_secret_in_a_file(here: Path) -> None:
    run(here, "validate", "--output-file", "baseline=known.json", "--output-file", "text=findings.txt")
    for name in ("known.json", "findings.txt"):
        assert leaks((here / name).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        *(["coverage", "--format", shape] for shape in ("text", "json", "csv", "md")),
        *(["gaps", "--state", "XAB", "--format", shape] for shape in ("text", "json", "csv", "md")),
        ["explain", "coverage", "--state", "XAB"],
        ["explain", "coverage", "--state", "XAB", "--chapter", "season"],
        ["export", "cells"],
        ["schema", "--help"],
    ],
    ids=" ".join,
)
def test_no_other_command_tells_a_secret(here: Path, arguments: list[str]) -> None:
    said = run(here, *arguments)
    assert leaks(said) == set(), said


@pytest.mark.parametrize("shape", ["text", "md", "json", "html"])
@pytest.mark.parametrize("turned", [False, True], ids=["added", "removed"])
def test_diff_tells_no_secret_that_comes_or_goes(here: Path, shape: str, turned: bool) -> None:
    sides = (str(resources.example()), str(here))
    said = run(here, "diff", *(reversed(sides) if turned else sides), "--format", shape)
    assert "XAB" in said
    assert TITLE in said
    assert leaks(said) == set(), said


@pytest.mark.parametrize("shape", ["text", "md", "json", "html"])
def test_diff_tells_no_secret_that_changes(here: Path, tmp_path: Path, shape: str) -> None:
    other = tmp_path / "other"
    shutil.copytree(here, other, ignore=shutil.ignore_patterns("report", "sheet"))
    changed = 0
    for path in (other / "data").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        again = re.sub(r"ZQX(\w+)", r"ZQX\1CHANGED", text)
        changed += again != text
        path.write_text(again, encoding="utf-8")
    assert changed > 5
    said = run(here, "diff", str(here), str(other), "--format", shape)
    assert "g04-licences" in said
    assert leaks(said) == set(), said


@pytest.mark.parametrize("shape", ["text", "md", "json", "html"])
def test_diff_tells_no_secret_of_what_becomes_restricted_or_public(here: Path, tmp_path: Path, shape: str) -> None:
    other = tmp_path / "other"
    shutil.copytree(here, other, ignore=shutil.ignore_patterns("report", "sheet"))
    for path in (other / "data").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'"access": "restricted"', '"access": "public"', text), encoding="utf-8")
    for sides in ((here, other), (other, here)):
        said = run(here, "diff", *map(str, sides), "--format", shape)
        assert "vault" in said or TITLE in said
        assert leaks(said) == set(), said


@pytest.mark.parametrize("of", [(), ("--state", "XAB")], ids=["whole", "state"])
def test_no_pdf_tells_a_secret(here: Path, of: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="no WeasyPrint here")
    from pypdf import PdfReader

    assert leaks(run(here, "report", "--despite-errors", "--format", "pdf", "--out", str(tmp_path / "pdf"), *of)) == set()
    for path in (tmp_path / "pdf").glob("*.pdf"):
        document = PdfReader(path)
        text = " ".join(page.extract_text() for page in document.pages)
        assert leaks(f"{text} {document.metadata} {document.outline}") == set()
        assert TITLE in " ".join(text.split()) or path.name.startswith("registers-")


@pytest.mark.parametrize("of", [(), ("--state", "XAB")], ids=["whole", "state"])
def test_no_word_document_tells_a_secret(here: Path, of: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip("docxtpl", reason="no docxtpl here")
    assert leaks(run(here, "report", "--despite-errors", "--format", "docx", "--out", str(tmp_path / "docx"), *of)) == set()
    (path,) = (tmp_path / "docx").glob("*.docx")
    with zipfile.ZipFile(path) as archive:
        text = " ".join(archive.read(name).decode() for name in archive.namelist())
    assert leaks(text) == set()
    assert TITLE in text
