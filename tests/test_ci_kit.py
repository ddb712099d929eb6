"""The files that a repository copies for its CI are what GitHub, GitLab and pre-commit take, and run what there is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from workplan_cli import resources

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = [".github/workflows/workplan.yml", ".github/workflows/workplan-comment.yml"]
SCHEMAS = {"action.yml": "github-actions", ".gitlab-ci.yml": "gitlab-ci", **dict.fromkeys(WORKFLOWS, "github-workflows")}


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def steps(path: str) -> list[dict[str, Any]]:
    content = read(path)
    jobs = [content["runs"]] if "runs" in content else list(content["jobs"].values())
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize(("path", "schema"), SCHEMAS.items())
def test_each_file_has_the_shape_that_its_reader_documents(path: str, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", ["action.yml", *WORKFLOWS])
def test_what_others_wrote_is_taken_by_commit_and_nothing_is_put_into_a_script(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"\./|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
    assert [step for step in steps(path) if "${{" in step.get("run", "")] == []


def test_the_workflow_that_may_write_takes_nothing_of_the_change() -> None:
    content = read(WORKFLOWS[1])
    assert content["permissions"] == {}
    assert [step for step in steps(WORKFLOWS[1]) if "uses" in step] == []
    assert "pull_request_target" not in "".join((ROOT / path).read_text(encoding="utf-8") for path in WORKFLOWS)


def test_hooks_name_commands_that_there_are() -> None:
    hooks = read(".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in hooks] == ["workplan-validate", "workplan-fmt"]
    for hook in hooks:
        assert set(hook) == {"id", "name", "description", "entry", "language", "pass_filenames", "files"}
        assert re.compile(hook["files"]).match("data/states/XAA/2017-2018/submission.yaml")
        command = [sys.executable, "-m", "workplan_cli", *hook["entry"].split()[1:], "--root", str(resources.example())]
        done = subprocess.run([*command, *(["--check"] if "fmt" in command else [])], capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one change after the first commit."""
    here = tmp_path / "checkout"
    shutil.copytree(resources.example(), here)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "as it was"], ["tag", "base"]):
        subprocess.run([*git, *command], cwd=here, check=True, timeout=60)
    sheet = here / "data/states/XAA/2017-2018/submission.yaml"
    text = sheet.read_text(encoding="utf-8")
    changed = text.replace(
        "g07-lodgings: {revision: 1, status: final, result: partial", "g07-lodgings: {revision: 1, status: final, result: planned"
    )
    assert changed != text
    sheet.write_text(changed, encoding="utf-8")
    subprocess.run([*git, "commit", "-qam", "a change"], cwd=here, check=True, timeout=60)
    return here


def act(checkout: Path, name: str, **inputs: str) -> tuple[int, str, Path]:
    """Run one step of the action as the runner would."""
    (step,) = (step for step in steps("action.yml") if step["name"] == name)
    temporary = checkout.parent / "runner"
    temporary.mkdir(exist_ok=True)
    tools = checkout.parent / "tools"
    tools.mkdir(exist_ok=True)
    tool = tools / "workplan"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m workplan_cli "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    defaults = {key: one["default"] for key, one in read("action.yml")["inputs"].items()}
    given = {**defaults, **inputs}
    asked = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], said) for key, said in step["env"].items()
    }
    environment = {
        **os.environ,
        **asked,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(checkout),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        "GITHUB_OUTPUT": str(temporary / "output"),
    }
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(script, cwd=checkout, env=environment, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr, temporary


def test_the_summary_says_what_changed(checkout: Path) -> None:
    code, said, temporary = act(checkout, "What changed", base="base")
    assert code == 0, said
    summary = (temporary / "summary.md").read_text(encoding="utf-8")
    assert "g07" in summary
    assert "planned" in summary
    assert (temporary / "output").read_text() == f"comment={temporary}/workplan-diff.md\n"


def test_a_wrong_line_is_marked_and_fails(checkout: Path) -> None:
    assert act(checkout, "Check the record")[0] == 0
    sheet = checkout / "data/states/XAA/2017-2018/submission.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("result: planned", "result: Planned", 1), encoding="utf-8")
    code, said, temporary = act(checkout, "Check the record")
    assert code == 1
    assert re.search(r"::error file=data/states/XAA/2017-2018/submission.yaml,line=\d+", said), said
    assert "WP204" in (temporary / "summary.md").read_text(encoding="utf-8")
    assert (temporary / "workplan.sarif").is_file()
