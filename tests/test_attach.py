"""An archived copy for a piece of evidence: kept byte for byte, never over another, and only where it proves what is cited."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_answer import run

from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.storage import yaml
from workplan_cli.storage.tree import MAX_BYTES, Directory

ROOT_MODULE = Path(__file__).parent.parent / "src"
SOURCE = "data/sources/xaa-inspectorate-2018.yaml"
COPY = "data/sources/archive/xaa-inspectorate-2018.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example, with one source that has not been archived yet."""
    shutil.copytree(resources.example(), tmp_path / "r")
    root = tmp_path / "r"
    shutil.move(root / COPY, tmp_path / "report.txt")
    lines = (root / SOURCE).read_text().splitlines(keepends=True)
    (root / SOURCE).write_text("".join(line for line in lines if not line.startswith(("archived", "sha256", "url"))))
    return root


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_copy_is_kept_byte_for_byte_and_its_words_are_found(root: Path) -> None:
    copy = root.parent / "report.txt"
    before = files(root)
    code, said = run(root, "attach", "XAA", "e4", str(copy))
    assert code == 0, said
    assert "the quotation of evidence e4 is in it, line 4" in said
    after = files(root)
    assert {path for path in after if after[path] != before.get(path)} == {SOURCE, COPY}
    assert after[COPY] == copy.read_bytes()
    source = yaml.read(after[SOURCE])
    assert (source["archived"], source["sha256"]) == ("xaa-inspectorate-2018.txt", hashlib.sha256(after[COPY]).hexdigest())
    assert check(Directory(root / "data")).diagnostics == ()
    code, said = run(root, "attach", "XAA", "e4", str(copy))
    assert (code, files(root)) == (0, after)
    assert "says so already" in said


def test_a_table_is_read_as_one(root: Path) -> None:
    source = root / "data/sources/xaa-accidents-2016.yaml"
    archived = root / "data/sources/archive" / yaml.read(source.read_bytes())["archived"]
    table = root.parent / "table.csv"
    shutil.move(archived, table)
    source.write_text(
        "".join(line for line in source.read_text().splitlines(True) if not line.startswith(("archived", "sha256", "media")))
    )
    submission = root / "data/states/XAA/2015-2016/submission.yaml"
    cited = next(
        id_ for id_, one in yaml.read(submission.read_bytes())["evidence"].items() if one["source"] == "xaa-accidents-2016"
    )
    code, said = run(root, "attach", "XAA", cited, str(table), "--round", "2015-2016")
    assert code == 0, said
    assert f"the cell of evidence {cited} is in it" in said
    assert yaml.read(source.read_bytes())["media"] == "table"
    assert check(Directory(root / "data")).diagnostics == ()


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = files(root)
    assert run(root, "attach", "XAA", "e4", str(root.parent / "report.txt"), "--dry-run")[0] == 0
    assert files(root) == before


def test_an_address_alone_is_kept(root: Path) -> None:
    assert run(root, "attach", "XAA", "e4", "--url", "https://labour.arcadia.example/r")[0] == 0
    assert yaml.read((root / SOURCE).read_bytes())["url"] == "https://labour.arcadia.example/r"
    code, said = run(root, "attach", "XAA", "e4", "--url", "https://labour.arcadia.example/s")
    assert code == 2
    assert "has the url 'https://labour.arcadia.example/r' already" in said


def test_what_an_entry_of_a_register_cites_is_attached(root: Path) -> None:
    words = ("attach", "Arcadia", "joint-inspection", str(root.parent / "report.txt"), "--register", "practices")
    code, said = run(root, *words)
    assert code == 0, said
    assert "the practice joint-inspection quotes nothing to look up in it" in said
    assert check(Directory(root / "data")).diagnostics == ()
    assert "says so already" in run(root, *words)[1]


def test_of_what_an_entry_quotes_each_is_looked_up(root: Path) -> None:
    register = root / "data/registers/practices/XAA.yaml"
    quoted = '    evidence:\n      - {source: xaa-inspectorate-2018, quotation: "WORDS", language: en}\n'
    text = register.read_text().replace("    sources: [", quoted + "    sources: [xaa-act-12-2013, ")
    copy = (root.parent / "report.txt").read_text().splitlines()
    register.write_text(text.replace("WORDS", copy[3].strip()))
    plain = ("attach", "XAA", "joint-inspection", str(root.parent / "report.txt"), "--register", "practices")
    code, said = run(root, *plain)
    assert (code, "cites 2 sources" in said) == (2, True), said
    code, said = run(root, *plain, "--source", "xaa-inspectorate-2018")
    assert code == 0, said
    assert "the quotation of the practice joint-inspection is in it, line 4" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("XAA", "joint-inspections", "--register", "practices"), "has no practice 'joint-inspections' / did you mean"),
        (("XAA", "joint-inspection", "--register", "practises"), "there is no register 'practises' / did you mean 'practices'?"),
        (("XAQ", "joint-inspection", "--register", "practices"), "there is no data/registers/practices/XAQ.yaml"),
        (("XAA", "joint-inspection", "--register", "practices", "--source", "x"), "does not cite 'x'"),
        (("XAA", "e4", "--source", "xaa-inspectorate-2018"), "a source is named, and no register"),
    ],
)
def test_what_no_entry_cites_is_said(root: Path, words: tuple[str, ...], why: str) -> None:
    before = files(root)
    code, said = run(root, "attach", words[0], words[1], str(root.parent / "report.txt"), *words[2:])
    assert (code, files(root)) == (2, before)
    assert why in said


REFUSED: dict[str, tuple[bytes, tuple[str, ...], str]] = {
    "without the words": (b"Something else.", ("XAA", "e4"), "WP504 the quotation of evidence e4 is not in"),
    "without another's words": (b"210 of the 350 registered lodgings were inspected in 2018.", ("XAA", "e7"), "WP504"),
    "no text": (b"%PDF-1.7 \xff\xfe", ("XAA", "e4"), "not text in UTF-8"),
    "a text with zeros": (b"a\0b", ("XAA", "e4"), "not text in UTF-8"),
    "empty": (b"", ("XAA", "e4"), "the copy is empty"),
    "too large": (b" " * (MAX_BYTES + 1), ("XAA", "e4"), "at most 32 MB"),
    "of what is restricted": (b"x", ("XAB", "e3", "--round", "2015-2016"), "is restricted: no copy of it may be kept"),
    "of no evidence": (b"x", ("XAA", "e44"), "has no evidence 'e44' / did you mean 'e4'?"),
    "over another copy": (b"x", ("XAA", "e5"), "has an archived copy already"),
    "no address": (b"", ("XAA", "e4", "--url", "htp:/x"), "WP509"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_proves_nothing_is_refused_and_nothing_is_written(root: Path, case: str) -> None:
    content, words, why = REFUSED[case]
    copy = root.parent / "copy.txt"
    copy.write_bytes(content)
    before = files(root)
    state, evidence, *options = words
    code, said = run(root, "attach", state, evidence, *([] if "--url" in options else [str(copy)]), *options)
    assert (code, files(root)) == (2, before), said
    assert why in said


def test_a_file_in_the_way_is_never_overwritten(root: Path) -> None:
    (root / COPY).write_text("Someone else's.")
    code, said = run(root, "attach", "XAA", "e4", str(root.parent / "report.txt"))
    assert code == 2
    assert "is there already, and is another file" in said
    assert (root / COPY).read_text() == "Someone else's."


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_at_any_moment_doing_it_again_finishes(root: Path) -> None:
    dice = random.Random(7)
    words = ["attach", "XAA", "e4", str(root.parent / "report.txt"), "--root", str(root)]
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-m", "workplan_cli", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT_MODULE)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.2, 1.0))
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert yaml.read((root / SOURCE).read_bytes())
        assert not (root / COPY).exists() or (root / COPY).read_bytes() == (root.parent / "report.txt").read_bytes()
    assert run(root, *words[:-2])[0] == 0
    assert check(Directory(root / "data")).diagnostics == ()
