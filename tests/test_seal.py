"""A seal holds on any clone, and whatever is not as it was sealed is said by name."""

import shutil
import subprocess
from pathlib import Path

import pytest
from test_answer import run
from test_attach import files

from workplan_cli import resources
from workplan_cli.checking.seal import apart_anew, read_seal
from workplan_cli.errors import WorkplanError

SEAL = "seals/2015-2016.txt"
ANSWER = "data/states/XAA/2015-2016/submission.yaml"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a closed round, sealed with its report and committed."""
    root = tmp_path_factory.mktemp("sealed") / "r"
    shutil.copytree(resources.example(), root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "The record")
    assert run(root, "report", "--out", str(root / "report/2015-2018"))[0] == 0
    code, said = run(root, "seal", "2015-2016", "--report", str(root / "report/2015-2018"))
    assert code == 0, said
    assert "files of the round" in said
    git(root, "add", "seals")
    git(root, "commit", "-qm", "The seal")
    return root


@pytest.fixture
def clone(sealed: Path, tmp_path: Path) -> Path:
    """Another clone, as on another machine: without the report."""
    git(tmp_path, "clone", "-q", str(sealed), "clone")
    assert not (tmp_path / "clone/report").exists()
    return tmp_path / "clone"


def copied(sealed: Path, clone: Path) -> Path:
    shutil.copytree(sealed / "report/2015-2018", clone.parent / "copy")
    return clone.parent / "copy"


def test_it_is_verified_on_another_clone(clone: Path) -> None:
    before = files(clone)
    code, said = run(clone, "verify")
    assert code == 0, said
    assert "2015-2016.txt" in said
    assert "are as they were sealed" in said
    assert files(clone) == before, "verifying writes nothing"


def test_a_copy_of_the_report_is_verified_page_by_page(sealed: Path, clone: Path) -> None:
    copy = copied(sealed, clone)
    assert run(clone, "verify", "2015-2016", "--report", str(copy))[0] == 0
    (copy / "index.html").write_bytes((copy / "index.html").read_bytes() + b" ")
    (copy / "states/XAA.md").unlink()
    (copy / "more.html").write_text("x")
    code, said = run(clone, "verify", "2015-2016", "--report", str(copy))
    assert code == 1
    for told in (
        "index.html is not the file that was sealed",
        "states/XAA.md was sealed and is not there",
        "more.html was not there when",
    ):
        assert f"{copy}: {told}" in said
    assert said.count("✗") == 3


def test_a_changed_answer_is_said_and_the_report_is_made_from_the_commit(clone: Path) -> None:
    (clone / ANSWER).write_text((clone / ANSWER).read_text() + "# one word\n")
    code, said = run(clone, "verify")
    assert code == 1
    assert f"✗ {ANSWER} is not the file that was sealed" in said
    assert said.count("✗") == 1, "the report of the commit is what it was"


def test_a_file_gone_and_a_new_one_are_said(clone: Path) -> None:
    (clone / ANSWER).unlink()
    (clone / "data/states/XAC/2015-2016").mkdir(parents=True)
    (clone / "data/states/XAC/2015-2016/submission.yaml").write_text("answers: {}\n")
    code, said = run(clone, "verify")
    assert code == 1
    assert f"{ANSWER} was sealed and is not there" in said
    assert "data/states/XAC/2015-2016/submission.yaml was not there when the seal was made" in said


def test_a_round_that_goes_on_breaks_no_seal(clone: Path) -> None:
    assert run(clone, "round", "open", "2019-2020", "--on", "2020-10-01")[0] == 0
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "The next round")
    code, said = run(clone, "verify")
    assert code == 0, said
    assert "the record has changed since; the report is made from the commit" in said


def test_without_the_commit_it_is_said_that_nothing_can_be_made_anew(clone: Path) -> None:
    shutil.rmtree(clone / ".git")
    assert run(clone, "verify")[0] == 0, "the record is the same"
    assert run(clone, "new", "practice", "XAA", "x", "--set", "title=X")[0] == 0
    code, said = run(clone, "verify")
    assert code == 1
    assert "the record is another now" in said


def test_which_input_differs_is_said_where_no_commit_holds_the_record(clone: Path) -> None:
    shutil.rmtree(clone / ".git")
    narrative = clone / "data/narrative/2015-2018/opening.md"
    narrative.write_text(narrative.read_text() + "One more.\n")
    (clone / "data/sources/more.yaml").write_text("title: More\n")
    code, said = run(clone, "verify")
    assert code == 1
    assert "✗ data/narrative/2015-2018/opening.md is not the file that was sealed" in said
    assert "✗ data/sources/more.yaml was not there when the seal was made" in said
    assert said.count("✗") == 3


def test_which_template_differs_is_said(clone: Path) -> None:
    assert run(clone, "seal", "2015-2016", "--format", "md", "--replace")[0] == 0
    own = clone / "templates"
    own.mkdir()
    (own / "index.md").write_text("Another page.\n")
    (clone / "workplan.toml").write_text("# nothing\n")
    code, said = run(clone, "verify")
    assert code == 1
    assert "✗ templates/index.md was not there when the seal was made" in said
    assert "✗ workplan.toml was not there when the seal was made" in said
    assert "✗ the report made anew: index.md is not the file that was sealed" in said
    assert said.count("✗") == 3
    (own / "index.md").unlink()
    code, said = run(clone, "verify")
    assert code == 0, "settings that change no page break no seal"


PAGES = {"index.html": "0" * 64, "report.pdf": "1" * 64}


def test_of_a_pdf_made_elsewhere_it_is_said_that_it_cannot_be_compared() -> None:
    (said,) = apart_anew(PAGES, {**PAGES, "report.pdf": "2" * 64})
    assert said.startswith("the report made anew: report.pdf cannot be compared here: a PDF is the same byte for byte only where")
    assert "all other files are as they were sealed" in said
    both = list(apart_anew(PAGES, {"index.html": "3" * 64, "report.pdf": "2" * 64}))
    assert both[0] == "the report made anew: index.html is not the file that was sealed"
    assert "other files differ too" in both[1]
    assert list(apart_anew(PAGES, {"index.html": "0" * 64})) == ["the report made anew: report.pdf was sealed and is not there"]


ALTERED = {
    "another day": (
        "as-of: 2018-12-31",
        "as-of: 2018-06-30",
        ("made anew as the seal says: 2015-2018 as of 2018-06-30", "guidelines/g01.html is not the file"),
    ),
    "another language": ("languages: en", "languages: es", ("in es, as html, md", "guidelines/g01.html is not the file")),
    "another format": ("formats: html md", "formats: md", ("data/cells.csv was sealed and is not there",)),
    "another tool": ("tool: ", "tool: 99.", ("the seal was made with workplan 99.", "verify again")),
    "another revision": ("revision: ", "revision: 0", ("the record is another now",)),
}


@pytest.mark.parametrize("case", ALTERED)
def test_a_seal_that_says_something_else_is_found(clone: Path, case: str) -> None:
    old, new, told = ALTERED[case]
    text = (clone / SEAL).read_text()
    assert old in text
    (clone / SEAL).write_text(text.replace(old, new, 1))
    code, said = run(clone, "verify", "2015-2016")
    assert code == (0 if case == "another tool" else 1), said
    for words in told:
        assert words in said


def test_a_hash_of_the_seal_that_was_changed_is_found(clone: Path) -> None:
    lines = (clone / SEAL).read_text().splitlines(keepends=True)
    (clone / SEAL).write_text("".join("0" * 64 + line[64:] if line.endswith(f"{ANSWER}\n") else line for line in lines))
    code, said = run(clone, "verify")
    assert (code, f"{ANSWER} is not the file that was sealed" in said) == (1, True)


def test_sha256sum_reads_it_too(sealed: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    done = subprocess.run(["sha256sum", "-c", "--strict", "--quiet", SEAL], cwd=sealed, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_open_round_is_not_sealed(clone: Path) -> None:
    code, said = run(clone, "seal", "2017-2018")
    assert (code, "what is open is not sealed" in said) == (2, True)


def test_a_report_that_the_record_does_not_make_is_not_sealed(sealed: Path, clone: Path) -> None:
    copy = copied(sealed, clone)
    (clone / SEAL).unlink()
    code, said = run(clone, "seal", "2015-2016", "--report", str(copy), "--as-of", "2018-06-30")
    assert (code, (clone / SEAL).exists()) == (1, False)
    assert "guidelines/g01.html is not the file" in said
    assert "is not the one that the record makes" in said
    assert run(clone, "seal", "2015-2016", "--report", str(copy))[0] == 0
    assert files(clone)[SEAL].replace(b"\r", b"") == (sealed / SEAL).read_bytes().replace(
        git(sealed, "rev-parse", "HEAD~1").strip().encode(), git(clone, "rev-parse", "HEAD").strip().encode()
    ), "the same record gives the same seal, but for the commit"


def test_a_record_with_errors_is_not_sealed(clone: Path) -> None:
    (clone / SEAL).unlink()
    (clone / ANSWER).write_text((clone / ANSWER).read_text() + "# one word\n")
    code, said = run(clone, "seal", "2015-2016")
    assert (code, (clone / SEAL).exists()) == (1, False)
    assert "the record has errors and is not sealed" in said


def test_a_seal_is_replaced_only_when_that_is_said(clone: Path) -> None:
    before = (clone / SEAL).read_bytes()
    code, said = run(clone, "seal", "2015-2016", "--lang", "es")
    assert (code, (clone / SEAL).read_bytes()) == (2, before)
    assert "seals something else" in said
    code, said = run(clone, "seal", "2015-2016", "--lang", "en,es", "--format", "md", "--replace")
    assert code == 0, said
    assert "# languages: en es\n# formats: md\n" in (clone / SEAL).read_text()
    assert run(clone, "verify")[0] == 0


def test_what_is_not_committed_is_sealed_without_a_commit_and_that_is_said(clone: Path) -> None:
    assert run(clone, "new", "practice", "XAA", "x", "--set", "title=X")[0] == 0
    code, said = run(clone, "seal", "2015-2016", "--replace")
    assert code == 0
    assert "has not been committed" in said
    assert "# commit" not in (clone / SEAL).read_text()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("verify", "2017-2018"), "there is no seal of the round '2017-2018' / there are: 2015-2016"),
        (("seal", "2014"), "there is no round '2014'"),
        (("seal", "2015-2016", "--report", "nowhere"), "there is no folder"),
        (("verify", "2015-2016", "--report", "data"), "holds no page of the sealed report"),
    ],
)
def test_wrong_use_is_said(clone: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], why: str) -> None:
    monkeypatch.chdir(clone)
    code, said = run(clone, *words)
    assert (code, why in said) == (2, True), said


GOOD = "# round: r\n# tool: 1\n# revision: a\n# period: p\n# as-of: 2018-12-31\n# languages: en\n# formats: md\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it does not say its round"),
        (GOOD + "hello\n", "line 8 is no line of a seal: 'hello'"),
        (GOOD + f"{'0' * 64}  ../../x\n", "line 8 is no line of a seal"),
        (GOOD + f"{'0' * 64}  data/a\n" * 2, "line 9 is no line of a seal"),
        (GOOD.replace("2018-12-31", "today"), "'today' is no day"),
        (GOOD + "# commit: --help\n", "'--help' is no commit"),
    ],
)
def test_what_is_no_seal_is_said(text: str, why: str) -> None:
    with pytest.raises(WorkplanError, match="is no seal that can be read") as refused:
        read_seal(text, "x.txt")
    assert why in refused.value.message
