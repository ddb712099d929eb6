"""A command that is killed leaves each file as it was or as it is to be, and giving it again finishes the work."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from test_answer import root as root
from test_answer import run
from test_attach import files

ROOT_MODULE = Path(__file__).parent.parent / "src"
COMMANDS = {
    "answer": ("answer", "XAA", "g08-line", "partial", "--evidence", "e7"),
    "confirm": ("confirm", "XAA", "g02-focal", "--role", "Head of the Seasonal Work Unit", "--on", "2018-11-12"),
    "close": ("round", "close", "2017-2018", "--on", "2019-03-01"),
    "new": ("new", "practice", "XAA", "night-visits", "--set", "title=Visits at night"),
    "seal": ("seal", "2015-2016", "--format", "md"),
}
KILLER = """
import os, signal, sys
from workplan_cli.cli import main
from workplan_cli.storage import write

left = int(sys.argv[1])

def counted(call):
    def instead(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)
    return instead

write.tempfile.mkstemp = counted(write.tempfile.mkstemp)
for name in ("chmod", "fsync", "replace"):
    setattr(os, name, counted(getattr(os, name)))
main(sys.argv[2:])
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")


def shown(root: Path) -> dict[str, bytes]:
    """Every file that is not hidden: what a killed process leaves behind is hidden, and no file of the record."""
    return {path: data for path, data in files(root).items() if not any(part.startswith(".") for part in Path(path).parts)}


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_each_step_of_writing_each_file_is_the_old_one_or_the_new(root: Path, tmp_path: Path, command: str) -> None:
    words = COMMANDS[command]
    before = shown(root)
    finished = tmp_path / "finished"
    shutil.copytree(root, finished)
    assert killed(finished, words, step=0) is False
    after = shown(finished)
    assert after != before
    step = 1
    while killed(root, words, step):
        there = shown(root)
        assert all(there[path] in (before.get(path), after[path]) for path in there), step
        assert before.keys() <= there.keys(), step
        shutil.copytree(root, tmp_path / f"{step}")
        if there != after:
            assert run(tmp_path / f"{step}", *words)[0] == 0, "giving it again finishes the work"
            assert shown(tmp_path / f"{step}") == after
        for path in there.keys() - before.keys():
            (root / path).unlink()
        for path, data in before.items():
            (root / path).write_bytes(data)
        step += 1
    assert step > 4, "a file is made, flushed and renamed in several steps"


def killed(root: Path, words: tuple[str, ...], step: int) -> bool:
    """Run a command that is killed before the step-th thing it does to the disk; whether it came so far."""
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(step), *words, "--root", str(root)],
        env={**os.environ, "PYTHONPATH": str(ROOT_MODULE)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0
