"""A command that is killed leaves each file as it was or as it is to be, and giving it again finishes the work. One that a
person stops leaves all as they were."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sheets
from test_answer import root as root
from test_answer import run
from test_attach import files

ROOT_MODULE = Path(__file__).parent.parent / "src"
COMMANDS = {
    "answer": ("answer", "XAA", "g08-line", "partial", "--evidence", "e7"),
    "confirm": ("confirm", "XAA", "g02-focal", "--role", "Head of the Seasonal Work Unit", "--on", "2018-11-12"),
    "new": ("new", "practice", "XAA", "night-visits", "--set", "title=Visits at night"),
    "seal": ("seal", "2015-2016", "--format", "md"),
    "close": ("round", "close", "2017-2018", "--on", "2019-03-01"),
    "open": ("round", "open", "2019-2020", "--on", "2020-10-01", "--deadline", "2021-01-31"),
    "attach": ("attach", "XAA", "e4", "{beside}/report.txt"),
    "import": ("import", "{beside}/table.csv", "--map", "community-accidents-2018", "--write"),
    "unpack": ("unpack", "{beside}/filled.xlsx", "--write"),
    "fmt": ("fmt",),
}
SEVERAL = ("close", "open", "attach", "import")
"""Commands that write several files, all or none of them."""


def made_ready(root: Path, command: str) -> tuple[str, ...]:
    """The words of a command, once what it needs to find is there."""
    if command == "attach":
        shutil.move(root / "data/sources/archive/xaa-inspectorate-2018.txt", root.parent / "report.txt")
        source = root / "data/sources/xaa-inspectorate-2018.yaml"
        lines = source.read_text().splitlines(keepends=True)
        source.write_text("".join(line for line in lines if not line.startswith(("archived", "sha256"))))
    elif command == "import":
        shutil.copy(root / "data/sources/archive/community-accidents-2018.csv", root.parent / "table.csv")
    elif command == "fmt":
        for path in ("data/states/XAA/2017-2018/submission.yaml", "data/states/XAB/2017-2018/submission.yaml"):
            (root / path).write_text((root / path).read_text().replace("status: final", "status:   final"))
    elif command == "unpack":
        assert run(root, "pack", "XAB", "--out", str(root.parent / "q.xlsx"))[0] == 0
        sheets.fill(root.parent / "q.xlsx", root.parent / "filled.xlsx", {"g08-line": "planned", "g05-fees": "planned"})
    return tuple(word.format(beside=root.parent) for word in COMMANDS[command])


KILLER = """
import os, signal, sys
from workplan_cli.cli import main
from workplan_cli.storage import write

left, by, steps = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split()

def counted(call):
    def instead(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), by)
        return call(*given, **named)
    return instead

write.tempfile.mkstemp = counted(write.tempfile.mkstemp)
for name in steps:
    setattr(os, name, counted(getattr(os, name)))
main(sys.argv[4:])
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")


def shown(root: Path) -> dict[str, bytes]:
    """Every file that is not hidden: what a killed process leaves behind is hidden, and no file of the record."""
    return {path: data for path, data in files(root).items() if not any(part.startswith(".") for part in Path(path).parts)}


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_each_step_of_writing_each_file_is_the_old_one_or_the_new(root: Path, tmp_path: Path, command: str) -> None:
    words = made_ready(root, command)
    before = shown(root)
    finished = tmp_path / "finished"
    shutil.copytree(root, finished)
    assert stopped(finished, words, step=0) == 0
    after = shown(finished)
    written = sum(after[path] != before.get(path) for path in after)
    assert written > (command in SEVERAL)
    step = 1
    while stopped(root, words, step):
        there = shown(root)
        assert all(there[path] in (before.get(path), after[path]) for path in there), step
        assert before.keys() <= there.keys(), step
        shutil.copytree(root, tmp_path / f"{step}")
        if there != after:
            assert run(tmp_path / f"{step}", *words)[0] == 0, "giving it again finishes the work"
            assert shown(tmp_path / f"{step}") == after
        put_back(root, before)
        step += 1
    assert step > (4 if command == "answer" else 2 * written), "a file is made and renamed in several steps"


@pytest.mark.parametrize("command", SEVERAL)
def test_stopped_by_a_person_amid_several_files_all_are_as_they_were(root: Path, tmp_path: Path, command: str) -> None:
    words = made_ready(root, command)
    before = shown(root)
    step = 1
    while code := stopped(root, words, step, by=signal.SIGINT):
        assert code == 130
        assert shown(root) == before, step
        assert not [path for path in files(root) if Path(path).name.startswith(".") and path.endswith(".tmp")], "nothing is left"
        step += 1
    assert shown(root) != before
    assert step > 2


def put_back(root: Path, before: dict[str, bytes]) -> None:
    for path in shown(root).keys() - before.keys():
        (root / path).unlink()
    for path, data in before.items():
        (root / path).write_bytes(data)


def stopped(root: Path, words: tuple[str, ...], step: int, by: int = signal.SIGKILL if os.name != "nt" else 9) -> int:
    """Run a command that is stopped before the step-th thing it does to the disk; its exit code, 0 where it did not come so far.

    Of one file every step is looked at; of other commands only those that make a file and give it its name.
    """
    steps = "chmod fsync replace" if words[0] == "answer" else "replace"
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(step), str(int(by)), steps, *words, "--root", str(root)],
        env={**os.environ, "PYTHONPATH": str(ROOT_MODULE)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode in (0, 130, -signal.SIGKILL), done.stderr.decode()
    return done.returncode
