"""A person may stop the tool at any moment: it says nothing, exits with 130, and what was there is whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workplan_cli import resources

SOURCE = Path(__file__).parents[1] / "src"
COMMANDS = (("report", "--out", "made"), ("fmt",), ("validate", "--no-cache"), ("schema", "--output", "schema"))
UNTIDY = b"# a remark\n\n\n\n"
UNTIDY_FILES = "states/*/2017-2018/submission.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "arcadia"
    shutil.copytree(resources.example(), root)
    for file in (root / "data").glob(UNTIDY_FILES):
        file.write_bytes(UNTIDY + file.read_bytes())
    return root


def run(root: Path, command: tuple[str, ...], after: float | None) -> tuple[int, bytes, float]:
    """The exit code, what was said on standard error, and how long it took; interrupted `after` so many seconds."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "XDG_CACHE_HOME": str(root.parent / "cache")}
    command_line = [sys.executable, "-m", "workplan_cli", *command]
    started = time.perf_counter()
    process = subprocess.Popen(
        command_line, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    if after is not None:
        time.sleep(after)
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    return process.returncode, said, time.perf_counter() - started


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_an_interrupted_command_says_nothing_exits_with_130_and_leaves_whole_files(
    repository: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(repository, whole)
    usual, _, took = run(whole, command, None)
    after = contents(whole)
    codes = set()
    for part in (0.4, 0.55, 0.7, 0.85, 0.95):
        code, said, _ = run(repository, command, took * part)
        codes.add(code)
        assert (code in (130, usual), b"Traceback" in said) == (True, False), (code, said)
        now = contents(repository)
        assert {path: data for path, data in now.items() if data != after.get(path)}.items() <= contents_before(repository, now)
    assert 130 in codes


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }


def contents_before(root: Path, now: dict[str, bytes]) -> set[tuple[str, bytes]]:
    """What may still be there: every file of the example as the test wrote it."""
    example = contents(resources.example())
    return {(path, UNTIDY + data if Path(path).match(UNTIDY_FILES) else data) for path, data in example.items() if path in now}
