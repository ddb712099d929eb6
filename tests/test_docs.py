"""What the documents show is what the tool does: every transcript in them is run, and compared word for word.

A transcript is a block marked `console`. A line that begins with `$ ` is a command; what follows, up to the next, is its
output on both streams; a line `…` stands for any lines, and a command without output must merely work. Blocks run one after
the other in one folder a document: a copy of the example, made by `workplan init --example`, unless a comment `<!-- in:
record -->` before the block says that it runs in the shipped record."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workplan_cli.errors import WorkplanError
from workplan_cli.reports.pdf import require

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"(?:<!-- in: (?P<where>\w+) -->\n+)?^```console\n(?P<text>.*?)^```$", re.M | re.S)


def can_make_pdf() -> bool:
    """Whether the extra is here, and the library that .ci/system-packages installs where apt is."""
    try:
        require()
    except WorkplanError:
        return False
    return True


CAN_MAKE_PDF = can_make_pdf()


def transcripts(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where each block runs, and its commands with their outputs."""
    found = []
    for block in _BLOCK.finditer(text):
        commands: list[tuple[str, str]] = []
        for line in block["text"].splitlines():
            if line.startswith("$ "):
                commands.append((line[2:], ""))
            else:
                command, output = commands[-1]
                commands[-1] = (command, f"{output}{line}\n")
        found.append((block["where"] or "example", commands))
    return found


def matches(expected: str, actual: str) -> bool:
    """Whether an output is as told, `…` standing for any lines."""
    pattern = "".join("(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in expected.splitlines())
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in actual.splitlines())) is not None


def run(command: str, folder: Path) -> tuple[str, int]:
    """What a command line of a document prints, with the tool as it is here, and its exit code."""
    bin_ = folder.parent / "bin"
    if not bin_.exists():
        bin_.mkdir()
        script = bin_ / "workplan"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m workplan_cli "$@"\n')
        script.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "100",
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "PYTHONUTF8": "1",
    }
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "FORCE_COLOR"):
        environment.pop(name, None)
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr, done.returncode


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_transcript_is_what_the_tool_says(document: Path, tmp_path: Path) -> None:
    for where, commands in transcripts(document.read_text(encoding="utf-8")):
        folder = tmp_path / where
        if not folder.exists():
            if where == "record":
                folder.mkdir()
                shutil.copytree(ROOT / "data", folder / "data")
                shutil.copytree(ROOT / "templates", folder / "templates")
            else:
                run(f"workplan init --example {folder}", tmp_path)
        for command, expected in commands:
            if "--format pdf" in command and not CAN_MAKE_PDF:
                continue
            actual, code = run(command, folder)
            assert code in (0, 1), f"{document.name}: $ {command}\n{actual}"
            assert not expected or matches(expected, actual), f"{document.name}: $ {command}\n{actual}"


def test_a_wrong_transcript_is_noticed() -> None:
    assert transcripts("```console\n$ a\nb\n```\n") == [("example", [("a", "b\n")])]
    assert matches("b\n…\nd\n", "b\nc\nc\nd\n")
    assert not matches("b\nd\n", "b\nc\nd\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
