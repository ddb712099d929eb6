"""Whatever a person names where a file or a folder is wanted, a sentence answers: never a crash, never a wait without end."""

import os
import shutil
import signal
from contextlib import chdir
from pathlib import Path

import pytest

from workplan_cli import resources
from workplan_cli.cli import main

PATIENCE = 60
"""Seconds after which a command is taken to wait for ever."""
LONG = "x" * 5_000
COMMANDS = (
    ("validate", "--baseline"),
    ("validate", "--root"),
    ("fmt", "--check"),
    ("fmt", "--root"),
    ("schema", "--output"),
    ("schema", "--root"),
    ("import", "table.csv", "--map"),
    ("import", "--map"),
    ("report", "--out"),
    ("report", "--root"),
    ("export", "sqlite"),
    ("export", "csv"),
    ("export", "package"),
    ("diff",),
    ("diff", "--root"),
    ("pack", "XAA", "--out"),
    ("unpack",),
    ("attach", "XAA", "e1"),
    ("seal", "2015-2016", "--report"),
    ("verify", "2015-2016", "--report"),
    ("verify",),
    ("serve",),
    ("search", "law", "--root"),
    ("coverage", "--root"),
    ("round", "open", "--root"),
    ("explain", "--root"),
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("record") / "arcadia"
    shutil.copytree(resources.example(), root)
    (root / "table.csv").write_text("a,b\n1,2\n")
    os.mkfifo(root / "pipe")
    (root / "loop").symlink_to("loop")
    (root / "missing").symlink_to("nothing")
    return root


@pytest.mark.parametrize("word", [LONG, "pipe", "loop", "missing/x", "table.csv/x"], ids=["long", "pipe", "loop", "gone", "file"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_path_that_cannot_be_is_answered_in_words(
    repository: Path, command: tuple[str, ...], word: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in repository.iterdir())
    signal.signal(signal.SIGALRM, _waits_for_ever)
    signal.alarm(PATIENCE)
    try:
        with chdir(repository), pytest.raises(SystemExit) as left:
            main([*command, word])
    finally:
        signal.alarm(0)
    said = capfd.readouterr().err
    assert left.value.code == 2, said
    assert 0 < len(said) < 2_000
    assert sorted(path.name for path in repository.iterdir()) == before


def _waits_for_ever(*_: object) -> None:
    raise AssertionError("it waits for ever")
