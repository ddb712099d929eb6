"""A change touches its author's files and no others; whose they are is told by their places, and by the owners before it."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from fnmatch import translate
from pathlib import Path

import pytest

from workplan_cli import resources, settings
from workplan_cli.cli import main
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.codeowners import MARK, render
from workplan_cli.model.ownership import KEEPER, may, owners_of, places
from workplan_cli.model.record import DOCUMENTS
from workplan_cli.settings import parse_settings, role

OWNERS = """[owners]
keeper = ["@keeper"]
secretariat = ["@office/desk"]
assessment = ["@office/desk", "@assessor"]
desk-review = ["@reader"]
"state:XAA" = ["@Arcadia-Focal"]
"state:XAB" = ["@barataria"]
"civil-society:harvest-hands" = ["hands@example.org"]
"""
XAA = "data/states/XAA/2017-2018/submission.yaml"
XAB = "data/states/XAB/2017-2018/submission.yaml"


def git(folder: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)


def workplan(folder: Path, *words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        main(list(words))
    return int(left.value.code or 0), out.getvalue(), err.getvalue()


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("owners") / "arcadia"
    shutil.copytree(resources.example(), folder)
    (folder / "workplan.toml").write_text(OWNERS, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "as it was")
    git(folder, "switch", "-qc", "change")
    return folder


@pytest.fixture
def repository(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Arcadia on a branch of its own, with owners on `main`."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(before, tmp_path / "arcadia"))


def remark(path: Path) -> None:
    """Change a file without changing what it says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "# a remark\n", encoding="utf-8")


def line(path: Path, words: str) -> int:
    """The line on which words first stand."""
    return next(number for number, one in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if words in one)


def strangers(folder: Path, author: str, since: str = "main") -> tuple[int, list[str]]:
    """The exit code, and each file that is not the author's with what is said of it."""
    code, out, _ = workplan(folder, "validate", "--changed-since", since, "--as", author, "--select", "WP904")
    found = re.findall(r"^(?P<path>\S+?)(?::\d+)?\n\s+\S+ error WP904 not-its-authors\n +(?P<words>.*)$", out, re.M)
    return code, [f"{path}: {words}" for path, words in found]


def test_a_state_that_edits_its_own_file_is_let_through(repository: Path) -> None:
    remark(repository / XAA)
    git(repository, "commit", "-qam", "ours")
    assert strangers(repository, "state:XAA") == (0, [])
    assert strangers(repository, "@arcadia-focal") == (0, [])


def test_a_state_that_edits_another_states_file_is_stopped(repository: Path) -> None:
    remark(repository / XAA)
    remark(repository / XAB)
    git(repository, "commit", "-qam", "ours and theirs")
    said = [f"{XAB}: state:XAA edits a file that is state:XAB's to change"]
    assert strangers(repository, "state:XAA") == (1, said)
    assert strangers(repository, "@arcadia-focal") == (1, [said[0].replace("state:XAA edits", "@arcadia-focal edits")])
    assert strangers(repository, "keeper") == (0, [])
    assert strangers(repository, "@keeper") == (0, [])


def test_an_assessment_that_edits_a_states_words_is_stopped(repository: Path) -> None:
    remark(repository / "data/states/XAA/2017-2018/assessment.yaml")
    remark(repository / XAA)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "assessed")
    assert strangers(repository, "assessment") == (1, [f"{XAA}: assessment edits a file that is state:XAA's to change"])
    assert strangers(repository, "@assessor")[0] == 1


def test_a_change_cannot_make_itself_owner(repository: Path) -> None:
    text = OWNERS.replace('"state:XAB" = ["@barataria"]', '"state:XAB" = ["@arcadia-focal"]')
    silent = '[[ignore]]\ncode = "WP904"\nreason = "it is ours"\n'
    (repository / "workplan.toml").write_text(f"{text}\n{silent}", encoding="utf-8")
    remark(repository / XAB)
    git(repository, "commit", "-qam", "all is ours")
    code, said = strangers(repository, "@arcadia-focal")
    assert code == 1
    assert [one.partition(":")[0] for one in said] == [XAB, "workplan.toml"]
    assert said[1].endswith("edits a file that is the keeper's to change")


def test_no_baseline_of_the_change_hides_it(repository: Path) -> None:
    remark(repository / XAB)
    words = ("validate", "--changed-since", "main", "--as", "state:XAA")
    assert workplan(repository, *words, "--output-file", "baseline=known.json")[0] == 1
    code, out, _ = workplan(repository, *words, "--baseline", "known.json")
    assert code == 1
    assert "WP904" in out


def test_deleted_added_and_renamed_files_are_held_against_their_owners(repository: Path) -> None:
    (repository / XAB).unlink()
    git(repository, "mv", XAA, "data/states/XAB/2017-2018/reply.yaml")
    git(repository, "add", "-A")
    assert strangers(repository, "state:XAA") == (
        1,
        [
            "data/states/XAB/2017-2018/reply.yaml: state:XAA adds a file that is state:XAB's to change",
            f"{XAB}: state:XAA deletes a file that is state:XAB's to change",
        ],
    )
    assert [one.partition(":")[0] for one in strangers(repository, "state:XAB")[1]] == [XAA]


@pytest.mark.parametrize(
    "path", [".github/workflows/workplan.yml", "CODEOWNERS", "templates/state.html", "data/states/XAA/2017-2018/notes.txt"]
)
def test_what_is_no_voices_is_the_keepers(repository: Path, path: str) -> None:
    remark(repository / path)
    git(repository, "add", "-Af")
    assert strangers(repository, "state:XAA") == (1, [f"{path}: state:XAA adds a file that is the keeper's to change"])
    assert strangers(repository, "keeper") == (0, [])


def test_a_link_in_the_place_of_a_folder_is_the_keepers(repository: Path) -> None:
    shutil.rmtree(repository / "data/states/XAA/2017-2018")
    (repository / "data/states/XAA/2017-2018").symlink_to("../XAB/2017-2018")
    git(repository, "add", "-A")
    said = strangers(repository, "state:XAA")[1]
    assert "data/states/XAA/2017-2018: state:XAA adds a file that is the keeper's to change" in said


def test_anyone_adds_a_source_and_only_its_keepers_change_one(repository: Path) -> None:
    remark(repository / "data/sources/xaa-new.yaml")
    remark(repository / "data/sources/season-status.yaml")
    git(repository, "add", "-A")
    said = ["data/sources/season-status.yaml: state:XAA edits a file that is the desk-review's to change"]
    assert strangers(repository, "state:XAA") == (1, said)
    assert strangers(repository, "desk-review") == (0, [])


MEASURES = "data/registers/measures/XAA.yaml"


def test_in_a_register_of_one_state_each_entry_is_whose_words_it_is(repository: Path) -> None:
    path = repository / MEASURES
    text = path.read_text(encoding="utf-8").replace("number: 12 of 2013", "number: 13 of 2013")
    found_by_reader = "  - {id: found-law, kind: law, title: {en: A law}, voice: desk-review, sources: [xaa-act-12-2013]}\n"
    path.write_text(text.rstrip("\n") + "\n" + found_by_reader, encoding="utf-8")
    theirs = "edits the entry act-12-2013, which is in state:XAA's words"
    mine = "adds the entry found-law, which is in the desk-review's words"
    assert strangers(repository, "state:XAA") == (1, [f"{MEASURES}:{line(path, 'id: found-law')}: state:XAA {mine}"])
    assert strangers(repository, "desk-review") == (1, [f"{MEASURES}:{line(path, 'id: act-12')}: desk-review {theirs}"])
    assert strangers(repository, "keeper") == (0, [])


def test_an_entry_that_is_taken_out_or_said_in_another_voice_is_held_against_its_author(repository: Path) -> None:
    path = repository / MEASURES
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("voice: state", "voice: desk-review", 1), encoding="utf-8")
    assert strangers(repository, "desk-review")[0] == 1, "the words of a state do not become the desk review's"
    assert strangers(repository, "state:XAA")[0] == 1
    path.unlink()
    code, said = strangers(repository, "desk-review")
    assert code == 1
    assert f"{MEASURES}: desk-review deletes the entry act-12-2013, which is in state:XAA's words" in said
    assert strangers(repository, "state:XAA") == (0, [])


def test_a_register_whose_words_stay_may_be_remarked_upon_by_either(repository: Path) -> None:
    remark(repository / MEASURES)
    assert strangers(repository, "desk-review") == strangers(repository, "state:XAA") == (0, [])


def test_an_organisation_keeps_its_own_register(repository: Path) -> None:
    path = repository / "data/registers/routes/harvest-hands.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("voice: civil", "note: {en: New.}\n    voice: civil", 1), encoding="utf-8"
    )
    assert strangers(repository, "civil-society:harvest-hands") == (0, [])
    assert strangers(repository, "civil-society:others")[0] == strangers(repository, "secretariat")[0] == 1


def test_a_file_that_git_does_not_know_yet_counts_where_it_lies_in_the_record(repository: Path) -> None:
    remark(repository / "data/states/XAB/2017-2018/reply.yaml")
    remark(repository / "shopping-list.txt")
    assert strangers(repository, "state:XAA")[1] == [
        "data/states/XAB/2017-2018/reply.yaml: state:XAA adds a file that is state:XAB's to change"
    ]


def test_what_others_changed_on_main_in_the_meantime_is_not_the_changes(repository: Path) -> None:
    remark(repository / XAA)
    git(repository, "commit", "-qam", "ours")
    git(repository, "switch", "-q", "main")
    remark(repository / XAB)
    git(repository, "commit", "-qam", "theirs")
    git(repository, "switch", "-q", "change")
    assert strangers(repository, "state:XAA") == (0, [])
    git(repository, "merge", "-q", "main")
    assert strangers(repository, "state:XAA") == (0, [])


def test_the_owners_are_those_of_the_revision_named_and_not_of_where_the_change_began(repository: Path) -> None:
    remark(repository / XAB)
    git(repository, "commit", "-qam", "from an old beginning")
    git(repository, "switch", "-q", "main")
    (repository / "workplan.toml").write_text(OWNERS.replace("@barataria", "@baratarias-new"), encoding="utf-8")
    git(repository, "commit", "-qam", "another focal point")
    git(repository, "switch", "-q", "change")
    assert strangers(repository, "@barataria")[0] == 1
    assert strangers(repository, "@baratarias-new")[0] == 0


def test_a_repository_within_gits_sees_what_lies_outside_of_it(repository: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(repository, whole / "the record", ignore=shutil.ignore_patterns(".git"))
    git(whole, "init", "-q", "-b", "main")
    git(whole, "add", "-A")
    git(whole, "commit", "-qm", "as it was")
    remark(whole / "the record" / XAB)
    remark(whole / "ci.yml")
    git(whole, "add", "-A")
    _, said = strangers(whole / "the record", "state:XAA", "HEAD")
    assert [one.partition(":")[0] for one in said] == ["../ci.yml", XAB]
    (whole / ".github").mkdir()
    assert workplan(whole / "the record", "owners")[0] == 0
    written = (whole / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert re.search(r"^/the\\ record/data/states/XAA/\*/submission\.yaml +@Arcadia-Focal$", written, re.M)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--as", "keeper"), "--as says who made a change, and none is named"),
        (("--changed-since", "mian"), "there is no revision 'mian'"),
        (("--changed-since", "main", "--as", "state:XAQ"), "there is no state 'XAQ' at main"),
        (("--changed-since", "main", "--as", "state:xaa"), "'state:xaa' is no role"),
        (("--changed-since", "main", "--as", "asessment"), "did you mean 'assessment'?"),
        (("--changed-since", "main", "--as", "civil-society"), "write it as civil-society:ORG"),
    ],
)
def test_what_cannot_be_asked_is_said(repository: Path, words: tuple[str, ...], message: str) -> None:
    code, out, err = workplan(repository, "validate", *words)
    assert (code, out) == (2, "")
    assert message in err


def test_a_handle_that_nobody_has_owns_nothing_and_is_told_so(repository: Path) -> None:
    remark(repository / XAA)
    code, out, err = workplan(repository, "validate", "--changed-since", "main", "--as", "@somebody[bot]")
    assert code == 1
    assert "@somebody[bot] edits a file that is state:XAA's to change" in out
    assert "@somebody[bot] is nobody's handle in [owners] of workplan.toml at main" in err


def test_without_owners_at_the_base_nothing_is_held_against_a_handle(repository: Path) -> None:
    git(repository, "switch", "-q", "main")
    git(repository, "rm", "-q", "workplan.toml")
    git(repository, "commit", "-qm", "none yet")
    remark(repository / XAB)
    code, _, err = workplan(repository, "validate", "--changed-since", "main", "--as", "@somebody")
    assert code == 0
    assert "has no [owners]: whose the changed files are was not checked" in err


def test_owners_at_the_base_that_cannot_be_read_are_not_passed_over(repository: Path) -> None:
    git(repository, "switch", "-q", "main")
    (repository / "workplan.toml").write_text("[owners\n", encoding="utf-8")
    git(repository, "commit", "-qam", "broken")
    (repository / "workplan.toml").write_text("", encoding="utf-8")
    code, _, err = workplan(repository, "validate", "--changed-since", "main", "--as", "@somebody")
    assert code == 2
    assert "at main, workplan.toml cannot be read" in err


def test_changed_since_alone_shows_what_is_in_changed_files(repository: Path) -> None:
    for path in (XAA, XAB):
        text = (repository / path).read_text(encoding="utf-8")
        (repository / path).write_text(text.replace("revision: ", "revision: x", 1), encoding="utf-8")
        if path == XAA:
            git(repository, "commit", "-qam", "broken before")
            git(repository, "branch", "-qf", "main")
    code, out, _ = workplan(repository, "validate", "--changed-since", "main")
    assert code == 1
    assert f"{XAB}:" in out
    assert f"{XAA}:" not in out
    git(repository, "checkout", "-q", "--", ".")
    assert workplan(repository, "validate", "--changed-since", "main")[0] == 0
    assert workplan(repository, "validate")[0] == 1


def test_every_kind_of_file_has_owners_and_every_owner_is_a_role() -> None:
    names = {"state": "XAA", "round": "2017", "org": "hands", "chapter": "one", "source": "s", "treaty": "T1", "holder": "2017"}
    for document in DOCUMENTS:
        path = document.location.format(**names)
        assert owners_of(path), path
        for owner in owners_of(path):
            assert role(owner) == owner
            assert may({owner}, path, is_new=False)
        assert not may({"state:XZZ"}, path, is_new=False)
    assert KEEPER in settings.ROLES


def test_the_last_line_that_fits_names_the_owners_that_validate_holds_a_change_against() -> None:
    rules: list[tuple[Callable[[str], object], tuple[str, ...]]] = []
    for pattern, roles in places(("XAA", "XAB"), ("hands",)):
        spelled = translate(pattern + ("*" if pattern.endswith("/") else "")).replace(
            ".*", ".*" if pattern[-1] == "/" else "[^/]*"
        )
        rules.append((re.compile(spelled).match, roles))
    names = {"state": "XAA", "round": "2017", "org": "hands", "chapter": "one", "source": "s", "treaty": "XAA"}
    tried = {
        document.location.format(**{**names, "holder": holder})
        for document in DOCUMENTS
        for holder in ("XAA", "hands", "secretariat", "2018")
    }
    for path in (*sorted(tried), "sources/archive/a/b.txt", "narrative/2017/opening.md"):
        fits = [roles for match, roles in rules if match(path)]
        assert fits[-1] == owners_of(path), path


def test_a_place_without_owners_is_the_keepers_and_none_of_its_neighbours() -> None:
    written = render({"keeper": ("@k",), "secretariat": ("@s",), "state:XAA": ("@a",)}, ("XAA", "XAB"))
    lines = [line.split() for line in written.splitlines() if not line.startswith("#")]
    assert ["/data/registers/*/*.yaml", "@s"] in lines
    assert ["/data/registers/*/XAB.yaml", "@k"] in lines
    assert [line for line in lines if "submission" in line[0]] == [
        ["/data/secretariat/*/submission.yaml", "@s"],
        ["/data/states/XAA/*/submission.yaml", "@a"],
    ]


def test_a_folder_that_no_pattern_can_name_is_refused() -> None:
    with pytest.raises(WorkplanError, match="cannot be written in CODEOWNERS"):
        render({"keeper": ("@k",)}, (), "record [new]/")


def test_codeowners_is_written_checked_and_kept_apart_from_one_by_hand(repository: Path) -> None:
    assert workplan(repository, "owners", "--check")[0] == 1
    assert not (repository / "CODEOWNERS").exists()
    assert workplan(repository, "owners")[:2] == (0, "wrote CODEOWNERS: 22 lines\n")
    assert (repository / "CODEOWNERS").read_text(encoding="utf-8").startswith(MARK)
    assert workplan(repository, "owners", "--check")[:2] == (0, "CODEOWNERS is current\n")
    (repository / "CODEOWNERS").write_text("* @me\n", encoding="utf-8")
    code, _, err = workplan(repository, "owners")
    assert code == 2
    assert "was not written by this command" in err
    assert (repository / "CODEOWNERS").read_text(encoding="utf-8") == "* @me\n"
    assert workplan(repository, "owners", "--output", "build/CODEOWNERS")[0] == 2
    (repository / "build").mkdir()
    assert workplan(repository, "owners", "--output", "build/CODEOWNERS")[0] == 0


def test_without_owners_nothing_is_written(repository: Path) -> None:
    (repository / "workplan.toml").unlink()
    code, out, _ = workplan(repository, "owners")
    assert (code, out.splitlines()[0]) == (0, "workplan.toml names no owners, so nothing is written")
    assert not (repository / "CODEOWNERS").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[owners]\n"state:XAC" = "@a"', "the owners of state:XAC are not a list of texts"),
        ('[owners]\nassessment = ["someone"]', "'someone' among the owners of assessment is no handle"),
        ('[owners]\nassessment = ["@a @b"]', "is no handle"),
        ('[owners]\nassessment = ["@a\\n* @b"]', "is no handle"),
        ('[owners]\nassesment = ["@a"]', "in [owners] 'assesment' is no role"),
        ('owners = "@a"', "owners is not a table"),
    ],
)
def test_owners_that_cannot_be_are_refused_where_they_are_read(text: str, message: str) -> None:
    with pytest.raises(WorkplanError) as refused:
        parse_settings(Path(), text)
    assert message in refused.value.message


def test_owners_of_a_state_that_there_is_not_are_refused(repository: Path) -> None:
    (repository / "workplan.toml").write_text('[owners]\n"state:XBA" = ["@a"]\n', encoding="utf-8")
    code, _, err = workplan(repository, "owners")
    assert code == 2
    assert "names owners of state 'XBA', which has no state.yaml" in err
    assert "there are: XAA, XAB, XAC" in err
