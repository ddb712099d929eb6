"""A record is read from git as it stood there, and a repository can neither run anything nor lead the reader out of it."""

import os
import subprocess
from pathlib import Path

import pytest

from workplan_cli.errors import WorkplanError
from workplan_cli.storage.git import Repository, Revision, content_id, repository
from workplan_cli.storage.tree import Directory, Refusal


def git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    who = (
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "protocol.file.allow=always",
    )
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout


def committed(folder: Path, files: dict[str, bytes], *options: str) -> Path:
    """A git repository with files and one commit, tagged `first`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", *options)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    git(folder, "tag", "first")
    return folder


def opened(folder: Path) -> Repository:
    found = repository(folder)
    assert found is not None
    return found


def paths(tree: Revision) -> dict[str, str]:
    """What is listed: the content of a file, or why it is refused."""
    found = {}
    for entry in tree.entries():
        data = entry.refusal or tree.read(entry.path)
        found[entry.path] = data.reason if isinstance(data, Refusal) else data.decode()
    tree.close()
    return found


FILES = {"data/guidelines.yaml": b"id: p\n", "data/sources/a.yaml": b"title: A\n", "data/.hidden/x": b"x", "README.md": b"#"}


def test_a_revision_is_the_folder_as_it_stood(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", FILES)
    (here / "data/guidelines.yaml").write_bytes(b"id: q\n")
    assert paths(opened(here).tree("first")) == {"guidelines.yaml": "id: p\n", "sources/a.yaml": "title: A\n"}
    assert [entry.path for entry in Directory(here / "data").entries()] == ["guidelines.yaml", "sources/a.yaml"]


def test_a_record_in_a_folder_of_the_repository_is_found(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", {f"deep/er/{path}": content for path, content in FILES.items()})
    assert paths(opened(here / "deep/er").tree("HEAD"))["guidelines.yaml"] == "id: p\n"
    with pytest.raises(WorkplanError, match="there is no data/ at 'HEAD'"):
        opened(here).tree("HEAD")


def test_a_bare_repository_has_revisions_too(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", FILES)
    git(tmp_path, "clone", "-q", "--bare", str(here), "bare.git")
    assert paths(opened(tmp_path / "bare.git").tree("first"))["guidelines.yaml"] == "id: p\n"


def test_a_repository_of_the_longer_ids_is_read(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", FILES, "--object-format=sha256")
    tree = opened(here).tree("HEAD")
    assert len(tree.commit) == 64
    assert tree.id_of("guidelines.yaml") == content_id(b"id: p\n", "sha256")
    assert paths(tree)["guidelines.yaml"] == "id: p\n"


def test_links_lead_to_files_within_and_nowhere_else(tmp_path: Path) -> None:
    here = tmp_path / "r"
    (here / "data/sources").mkdir(parents=True)
    for name, target in {
        "in.yaml": "a.yaml",
        "out.yaml": "../../secret",
        "root.yaml": "/etc/hostname",
        "gone.yaml": "nothing",
    }.items():
        (here / "data/sources" / name).symlink_to(target)
    found = paths(opened(committed(here, FILES)).tree("HEAD"))
    assert found["sources/in.yaml"] == "title: A\n"
    assert {found[f"sources/{name}.yaml"] for name in ("out", "root", "gone")} == {"link"}


def test_a_repository_within_and_a_folder_named_as_a_file_are_refused(tmp_path: Path) -> None:
    inner = committed(tmp_path / "inner", {"x": b"x"})
    here = committed(tmp_path / "r", {**FILES, "data/states/x.yaml/deep": b"x"})
    git(here, "submodule", "add", "-q", str(inner), "data/within")
    git(here, "commit", "-q", "-m", "second")
    found = paths(opened(here).tree("HEAD"))
    assert found["within"] == found["states/x.yaml"] == "kind"


def test_names_that_are_not_text_are_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"data/caf\xe9.yaml")
    assert os.fsdecode(b"caf\xe9.yaml") in paths(opened(committed(tmp_path / "r", {**FILES, name: b"x"})).tree("HEAD"))


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch x", "-h", "", "a\0b", "HEAD\nHEAD", "nope", "HEAD:data", "--all", "first..HEAD"]
)
def test_a_name_that_is_no_revision_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkplanError, match="there is no revision") as said:
        opened(committed(tmp_path / "r", FILES)).tree(name)
    assert "\0" not in said.value.message
    assert said.value.hint


def test_a_name_that_is_nearly_one_is_offered(tmp_path: Path) -> None:
    with pytest.raises(WorkplanError) as said:
        opened(committed(tmp_path / "r", FILES)).tree("frist")
    assert said.value.hint == "did you mean 'first'?"


def test_a_shallow_clone_says_what_to_fetch(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", FILES)
    (here / "data/guidelines.yaml").write_bytes(b"id: q\n")
    git(here, "commit", "-aqm", "second")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{here}", "shallow")
    with pytest.raises(WorkplanError) as said:
        opened(tmp_path / "shallow").tree("HEAD~1")
    assert "git fetch --unshallow" in said.value.hint


def test_where_two_branches_parted(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", FILES)
    git(here, "checkout", "-qb", "other")
    (here / "data/guidelines.yaml").write_bytes(b"id: q\n")
    git(here, "commit", "-aqm", "second")
    found = opened(here)
    assert found.merge_base("first", "other") == found.commit("first")
    git(here, "checkout", "-q", "--orphan", "alone")
    git(here, "commit", "-qm", "third")
    with pytest.raises(WorkplanError, match="no commit in common"):
        found.merge_base("first", "alone")


def test_nothing_that_a_repository_configures_is_run(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", {**FILES, ".gitattributes": b"* filter=evil diff=evil text eol=crlf\n"})
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    for key in (
        *("core.fsmonitor", "core.pager", "pager.ls-tree", "pager.cat-file", "core.sshCommand", "diff.external", "core.editor"),
        *("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.evil.command", "credential.helper"),
    ):
        git(here, "config", key, str(trap))
    git(here, "config", "core.hooksPath", str(tmp_path))
    assert paths(opened(here).tree("HEAD"))["guidelines.yaml"] == "id: p\n"
    assert not (tmp_path / "sprung").exists()


def test_content_that_a_clone_lacks_is_not_fetched(tmp_path: Path) -> None:
    here = committed(tmp_path / "r", FILES)
    tree = opened(here).tree("HEAD")
    for folder in (here / ".git/objects").iterdir():
        for file in folder.iterdir():
            if f"{folder.name}{file.name}" == tree.id_of("sources/a.yaml"):
                file.unlink()
    assert paths(tree)["sources/a.yaml"] == "unreadable"


def test_a_folder_outside_of_git_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))  # dropped: git is asked about the folder alone
    assert repository(tmp_path) is None


def test_without_git_there_are_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WorkplanError, match="git is not installed") as said:
        repository(tmp_path)
    assert "two folders" in said.value.hint
