"""`workplan init`: a new repository is sound from its first minute, and there whole or not at all."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from editions import Page, pages

import workplan_cli
from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.cli import main
from workplan_cli.cli.init import DOTTED, WORDS, example_files, identity, in_every_language, languages_of, new_files
from workplan_cli.errors import WorkplanError
from workplan_cli.storage.format import canonical
from workplan_cli.storage.plant import plant
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory, Memory

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """A command: its exit code, its result, its words beside it."""

    def asked(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main(list(arguments))
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return asked


def found(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def below_data(files: dict[str, bytes]) -> Memory:
    return Memory({path.removeprefix("data/"): data for path, data in files.items() if path.startswith("data/")})


# A plan to fill in.

TITLES = ["Plan for Clean Rivers", 'The "new" plan: 100% #1, $5 \\ ${x}', "Plán d'été – Ñandú", "計画", "-", "«x»", "a" * 3000]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("languages", ["en", "es,en", "pt fr qu"])
def test_a_new_repository_is_clean_canonical_and_bears_its_title(title: str, languages: str) -> None:
    files = new_files(title, languages)
    assert [one.message for one in check(below_data(files)).diagnostics] == []
    assert [path for path, data in below_data(files).files.items() if canonical(path, bytes(data)).text != data] == []
    plan = load_record(below_data(files))[0].plan
    assert plan.title == {languages[:2]: title}
    assert plan.languages == languages_of(languages)


def test_a_new_repository_has_a_plan_a_table_and_what_git_and_a_reader_need() -> None:
    files = new_files("Plan for Clean Rivers", "en")
    assert set(files) == {"data/guidelines.yaml", "data/indicators/general.yaml", "README.md", ".gitignore", ".gitattributes"}
    assert files["README.md"].startswith(b"# Plan for Clean Rivers\n")


def test_every_text_is_owed_in_every_language() -> None:
    assert in_every_language("  - key: «Words»\n  x: y\n", ("en", "es")) == (
        '  - key:\n      en: "Words"\n      es: "(es) Words"\n  x: y\n'
    )  # fmt: skip


def test_nothing_of_the_template_is_left_over() -> None:
    text = b"".join(new_files("Plan", "en,es").values()).decode()
    assert [sign for sign in ("$", "«", "»") if sign in text] == []


def test_an_id_is_made_of_the_title() -> None:
    assert identity("Plán d'été – 2015") == "plan-d-ete-2015"
    assert identity("計画") == "plan"


def test_every_page_of_the_new_repository_can_be_shown(ask: Ask, tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert ask("init", str(root), "--title", "Plan for Clean Rivers", "--language", "en,es")[0] == 0
    for word in ("g01", "m01", "general", "g01-law", "round-1"):
        code, out, err = ask("show", word, "--root", str(root))
        assert (code, err) == (0, ""), word
        assert out
    assert ask("list", "guidelines", "--root", str(root))[1].splitlines()[1].startswith("g01")
    assert ask("validate", "--root", str(root), "--strict", "--no-cache")[0] == 0


def test_the_words_that_may_stay_are_in_the_language_of_the_plan() -> None:
    plan = load_record(below_data(new_files("Plan", "pt,fr,sw")))[0].plan
    assert plan.addressees["secretariat"] == {"pt": "Secretaria", "fr": "Secrétariat", "sw": "(sw) Secretariat"}
    assert plan.chapters[0].name == {"pt": "Geral", "fr": "Généralités", "sw": "(sw) General"}
    assert all(plan.notice[language].startswith(f"({language}) …") for language in ("pt", "fr", "sw"))
    assert [one for words in WORDS.values() for one in words] == ["es", "pt", "fr"] * len(WORDS)


def test_what_is_still_to_be_written_is_counted_until_it_is() -> None:
    files = dict(below_data(new_files("Plan", "en,sw")).files)
    before = check(Memory(files)).counts["unwritten"]
    assert before == 12
    plan = bytes(files["guidelines.yaml"]).decode()
    plan = plan.replace("…the words of the first guideline…", "Keep rivers clean.").replace("(sw) Keep", "Safisha")
    assert check(Memory({**files, "guidelines.yaml": plan.encode()})).counts["unwritten"] == before - 1
    assert "unwritten" not in check(Directory(resources.example() / "data")).counts


def test_a_plan_without_a_period_is_told_how_to_begin_one(ask: Ask, tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert ask("init", str(root), "--lang", "pt")[0] == 0
    for command in ("coverage", "gaps", "report"):
        code, out, err = ask(command, "--root", str(root))
        assert (code, out) == (2, "")
        assert "begin one: workplan new period round-1 --set rounds=round-1 --set as_of=" in err, command
    assert ask("new", "period", "round-1", "--set", "rounds=round-1", "--set", "as_of=2030-12-31", "--root", str(root))[0] == 0
    assert ask("coverage", "--root", str(root))[0] == 0


def test_the_first_report_on_a_new_plan_holds_nothing_of_another_plan() -> None:
    files = dict(below_data(new_files("Plano de Ação para Rios Limpos", "pt")).files)
    plan = bytes(files["guidelines.yaml"]).decode()
    files["guidelines.yaml"] = plan.replace("periods: []", "periods: [{id: um, rounds: [round-1], as_of: 2030-12-31}]").encode()
    files["states/XAA/state.yaml"] = b'names: {pt: "Arc\xc3\xa1dia"}\n'
    made = pages(files, "pt")
    assert not [path for path in made if "register" in path or "services" in path]
    page = Page(made["index.html"])
    assert "Arcádia" in page.text
    for words in ("quadrado por Estado", "tratado", "registro de medidas", "medida conhecida", "Registros"):
        assert words not in page.text, words
    assert "medida" not in Page(made["states/XAA.html"]).text
    files["registers/measures/XAA.yaml"] = b"measures: []\n"
    made = pages(files, "pt")
    assert {path for path in made if path.startswith("registers")} == {
        "registers.html", "registers/measures.html", "registers/measures.md"
    }  # fmt: skip
    assert "registro de medidas" in Page(made["index.html"]).text


def test_a_submission_that_is_begun_is_not_said_to_be_handed_in() -> None:
    files = dict(below_data(new_files("Plan for Clean Rivers", "en")).files)
    plan = bytes(files["guidelines.yaml"]).decode()
    files["guidelines.yaml"] = plan.replace("periods: []", "periods: [{id: one, rounds: [round-1], as_of: 2030-12-31}]").encode()
    files["states/XAA/state.yaml"] = b"names: {en: Arcadia}\n"
    begun = b"answers:\n  g01-law: {revision: 1, status: final, result: not-implemented}\n"
    page = "states/XAA/round-1/submission.yaml"
    assert "0 of 1 states handed in submissions of their own." in Page(pages({**files, page: begun})["index.html"]).text
    handed_in = {**files, page: b"submitted: 2029-01-10\n" + begun}
    assert "1 of 1 states handed in a submission of its own." in Page(pages(handed_in)["index.html"]).text


# The example.


def test_the_example_is_copied_whole(ask: Ask, tmp_path: Path) -> None:
    code, out, err = ask("init", str(tmp_path / "try"), "--example")
    assert (code, err) == (0, "")
    assert out.startswith(f"made '{tmp_path / 'try'}' with ")
    copied = found(tmp_path / "try")
    assert {path: data for path, data in copied.items() if not path.startswith(".")} == found(resources.example())
    assert {path for path in copied if path.startswith(".")} == {f".{name}" for name in DOTTED}


def test_the_copy_is_clean(ask: Ask, tmp_path: Path) -> None:
    plant(tmp_path / "try", example_files())
    assert [one.message for one in check(Directory(tmp_path / "try" / "data")).diagnostics] == []


# Whole or not at all.


def test_the_folders_above_are_made(ask: Ask, tmp_path: Path) -> None:
    assert ask("init", str(tmp_path / "a" / "b" / "c"))[0] == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]
    assert (tmp_path / "a/b/c/data/guidelines.yaml").is_file()


def test_an_empty_folder_is_filled_even_when_one_stands_in_it(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(workplan_cli.__file__).parents[1])}
    command = [sys.executable, "-m", "workplan_cli", "init", "."]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(tmp_path) == new_files("Plan of Action", "en")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".workplan")]


def test_a_folder_that_holds_something_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    code, out, err = ask("init", str(tmp_path), "--example")
    assert (code, out) == (2, "")
    assert err == f"workplan: '{tmp_path}' is not empty\n  name a folder that is not there yet, or an empty one\n"
    assert found(tmp_path) == {"note.txt": b"mine"}


def test_a_file_in_the_way_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert ask("init", str(tmp_path / "file"))[2].startswith(f"workplan: '{tmp_path / 'file'}' is there and is no folder\n")
    assert ask("init", str(tmp_path / "link"))[2].startswith(f"workplan: '{tmp_path / 'link'}' is there and is no folder\n")
    assert "cannot be made: not a directory" in ask("init", str(tmp_path / "file" / "below"))[2]
    assert found(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("is_there", [True, False])
def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path, is_there: bool) -> None:
    target = tmp_path / "new" / "repository"
    if is_there:
        target.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WorkplanError, match="cannot be made: file name too long"):
        plant(target, {"README.md": b"a", "data/guidelines.yaml": b"b", "data/" + "x" * 300: b"c"})
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    code = (
        "import resource, signal, sys; from pathlib import Path; from workplan_cli.storage.plant import plant\n"
        "from workplan_cli.errors import WorkplanError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: plant(Path(sys.argv[1]), {'a': b'a', 'b': b'b' * 5000})\n"
        "except WorkplanError as error: print(error.message)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(workplan_cli.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, str(tmp_path / "new")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert resource
    assert done.stdout == f"'{tmp_path / 'new'}' cannot be made: file too large\n"
    assert list(tmp_path.iterdir()) == []


# Words that cannot be.

REFUSED = {
    ("--language", "english"): "'english' is not a language",
    ("--language", "en,EN"): "'EN' is not a language",
    ("--language", "en,en"): "a language stands twice in 'en,en'",
    ("--language", ","): "',' is not a language",
    ("--title", "  "): "the title is empty",
    ("--example", "--title", "Mine"): "the example has its own title and languages",
}


@pytest.mark.parametrize("options", REFUSED, ids=" ".join)
def test_a_word_that_cannot_be_is_refused_and_nothing_is_made(ask: Ask, tmp_path: Path, options: tuple[str, ...]) -> None:
    code, out, err = ask("init", str(tmp_path / "new"), *options)
    assert (code, out) == (2, "")
    assert err.startswith(f"workplan: {REFUSED[options]}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_title_is_one_line_that_does_nothing(tmp_path: Path) -> None:
    assert load_record(below_data(new_files("Plan\n\x1b[31m of\taction", "en")))[0].plan.title == {
        "en": "Plan \\x1b[31m of action"
    }
