"""A person may stop the tool at any moment: it says nothing, exits with 130, and what was there is whole.

The moment is not left to the clock: the interrupt comes when a module is asked for, which is before or amid the work.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workplan_cli import resources

SOURCE = Path(__file__).parents[1] / "src"
INTERRUPTED = """
import os, runpy, signal, sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == MOMENT:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
MOMENT = sys.argv.pop(1)
sys.meta_path.insert(0, Interrupt())
runpy.run_module("workplan_cli", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    ("moment", "command"),
    [
        ("typer", ("validate",)),
        ("workplan_cli.cli.version", ("validate",)),
        ("workplan_cli.checking.check", ("validate", "--no-cache")),
        ("workplan_cli.storage.write", ("schema", "--output", "made")),
        ("workplan_cli.storage.folder", ("report", "--out", "made")),
        ("workplan_cli.reports.site", ("report", "--out", "made")),
        ("workplan_cli.storage.format", ("fmt",)),
    ],
)
def test_an_interrupted_command_says_nothing_exits_with_130_and_changes_nothing(
    tmp_path: Path, moment: str, command: tuple[str, ...]
) -> None:
    root = tmp_path / "arcadia"
    shutil.copytree(resources.example(), root)
    before = contents(root)
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, moment, *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        timeout=120,
        check=False,
        preexec_fn=listening,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (130, False), done.stderr
    assert contents(root) == before


def listening() -> None:
    """A shell starts what it puts into the background deaf to interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
