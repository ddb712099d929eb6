"""No input makes a traceback: whatever lies in the files, the check gives findings or success, in bounded time.

Every finding has a message, and its place, where it has one, is in the file. What is hostile is judged alike by both parsers.
"""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from casebook import base, tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.checking.outcome import Outcome
from workplan_cli.model.record import document_at
from workplan_cli.storage import yaml, yaml_libyaml
from workplan_cli.storage.loader import parse, resolve
from workplan_cli.storage.tree import Directory, Entry, Memory, Refusal

SECONDS = 5.0
EXAMPLE = {
    path.relative_to(resources.example() / "data").as_posix(): path.read_bytes()
    for path in sorted((resources.example() / "data").rglob("*"))
    if path.is_file() and not path.name.startswith(".")
}
DOCUMENTS = [path for path in EXAMPLE if path.endswith(".yaml")]


def judged_alike(path: str, content: bytes) -> None:
    """Hold one file, read by the parser in use, against the same read by libyaml alone."""
    place = document_at(path)
    assert place is not None
    first, second = (parse(path, content, *place, using=parser) for parser in (yaml.PARSER, yaml_libyaml))
    assert first.document == second.document
    assert resolve(first.diagnostics, content) == resolve(second.diagnostics, content)


def survives(files: dict[str, bytes | Refusal]) -> Outcome:
    """Check a tree and hold what is found to its promises."""
    start = time.perf_counter()
    outcome = check(Memory(files))
    for path, content in files.items():
        if content is not EXAMPLE.get(path) and isinstance(content, bytes):
            judged_alike(path, content)
    assert time.perf_counter() - start < SECONDS
    for one in outcome.diagnostics:
        assert one.message
        content = files.get(one.path)
        if one.span is not None and isinstance(content, bytes):
            lines = content.count(b"\n") + content.count(b"\r") + 2
            assert 1 <= one.span.line <= lines, one
            assert one.span.column >= 1, one
    return outcome


quiet = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@quiet
@given(data=st.binary(max_size=400), place=st.sampled_from(DOCUMENTS))
def test_arbitrary_bytes_give_findings(data: bytes, place: str) -> None:
    survives({**EXAMPLE, place: data})


@quiet
@given(text=st.text(alphabet="abe1-:{}[]#&*!|>'\"%@`\n\t \u00a0\u202e<,.?~", max_size=200), place=st.sampled_from(DOCUMENTS))
def test_text_of_yamls_own_signs_gives_findings(text: str, place: str) -> None:
    survives({**EXAMPLE, place: text.encode()})


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A valid file with one to four things done to it that happen to files."""
    for _ in range(chance.randint(1, 4)):
        lines = data.split(b"\n")
        at = chance.randrange(len(lines))
        what = chance.randrange(10)
        if what == 0 and data:
            place = chance.randrange(len(data))
            data = data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
            continue
        if what == 1:
            data = data[: chance.randrange(len(data) + 1)]
            continue
        if what == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif what == 3:
            lines.insert(at, lines[at])
        elif what == 4:
            del lines[at]
        elif what == 5:
            lines[at] = b"  " + lines[at]
        elif what == 6:
            lines[at] = lines[at].replace(b": ", b": [", 1)
        elif what == 7:
            lines[at] = (
                lines[at].partition(b":")[0]
                + b": "
                + chance.choice([b"", b"~", b"[]", b"{}", b"9" * 5000, b"-1", b"1e400", b".nan", b"2014-02-30"])
            )
        elif what == 8:
            lines[at] = lines[at].partition(b":")[0] + b"x:" + lines[at].partition(b":")[2]
        else:
            lines[at] = lines[at].replace(b"e", "é\u202e".encode(), 1)
        data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("seed", range(120))
def test_what_happens_to_files_gives_findings(seed: int) -> None:
    chance = random.Random(seed)
    place = DOCUMENTS[seed % len(DOCUMENTS)]
    survives({**EXAMPLE, place: mutated(EXAMPLE[place], chance)})


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 50_000,
        b"- " * 50_000,
        b"a:\n" + b"".join(b" " * depth + b"a:\n" for depth in range(1, 1_500)),
        b"answers:\n" + b"".join(b"  k%d: {revision: 1}\n" % number for number in range(5_000)),
        b"answers: {a: {note: {en: " + b"x" * 2_000_000 + b"}}}",
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        b"answers:\n  g01-law: {revision: " + b"9" * 10_000 + b"}\n",
        b"\x00" * 1000,
        "answers: {ñ: {revision: 1}}\n".encode("utf-16"),
        b"answers: null\n",
        b"- 1\n",
        b"just words\n",
        b"answers:\n  2014: {}\n  true: {}\n  ~: {}\n  1.5: {}\n",
    ],
    ids=lambda content: repr(content[:20]),
)
def test_hostile_files_give_findings_for_themselves_alone(content: bytes) -> None:
    place = "states/XAB/2017-2018/submission.yaml"
    outcome = survives({**EXAMPLE, place: content})
    assert any(one.path == place for one in outcome.diagnostics) or content == b"answers: null\n"


@dataclass(frozen=True)
class Vanishing:
    """A tree in which a file is listed and then gone."""

    inner: Memory
    path: str

    def entries(self) -> list[Entry]:
        return self.inner.entries()

    def read(self, path: str) -> bytes | Refusal:
        return Refusal("gone", "it was there a moment ago and is gone") if path == self.path else self.inner.read(path)


@pytest.mark.parametrize(
    "path",
    ["states/XAA/2017-2018/submission.yaml", "sources/archive/plan-2014.txt", "indicators/general.yaml", "guidelines.yaml"],
)
def test_a_file_that_vanishes_between_listing_and_reading_is_a_finding(path: str) -> None:
    outcome = check(Vanishing(Memory(EXAMPLE), path))
    assert outcome.diagnostics


def repository(folder: Path) -> Path:
    """The smallest repository, on disk."""
    for path, content in base().items():
        if isinstance(content, bytes):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    return folder


def validate(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache"), "PYTHONUTF8": "1", "COLUMNS": "100"}
    environment.pop("GITHUB_ACTIONS", None)
    command = [sys.executable, "-m", "workplan_cli", "validate", "--root", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, stdin=subprocess.DEVNULL)


ODDITIES = {
    "a link that leads out": lambda place: place.symlink_to("/etc/passwd"),
    "a link to itself": lambda place: place.symlink_to(place),
    "a link to nothing": lambda place: place.symlink_to(place.parent / "nothing"),
    "a named pipe": lambda place: os.mkfifo(place),
    "a folder": lambda place: place.mkdir(),
    "a file too large": lambda place: place.write_bytes(b"#" * (33 * 1024 * 1024)),
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_what_is_no_readable_file_is_named_and_the_rest_is_checked(oddity: str, tmp_path: Path) -> None:
    folder = repository(tmp_path / "repository")
    place = folder / "data/states/XAA/2015-2016/submission.yaml"
    place.parent.mkdir()
    ODDITIES[oddity](place)
    (folder / "data/states/XAB/state.yaml").write_text("names: {en: Borduria, xx: 5}\n")
    done = validate(folder)
    assert done.returncode == 1, done.stderr
    assert "data/states/XAA/2015-2016/submission.yaml" in done.stdout
    assert "data/states/XAB/state.yaml:1" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_odd_names_of_files_are_shown_and_do_no_harm(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repository")
    odd = os.fsencode(folder / "data/states") + b"/\xff\x1b[31mx\n.yaml"
    with open(odd, "wb") as file:
        file.write(b"a: 1\n")
    done = validate(folder)
    assert done.returncode == 1, done.stderr
    assert "\x1b[31m" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything; test_a_file_that_vanishes covers it"
)
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repository")
    (folder / "data/states/XAA/state.yaml").chmod(0)
    done = validate(folder)
    assert done.returncode == 1
    assert "data/states/XAA/state.yaml" in done.stdout


def test_the_directory_is_read_as_the_memory_is(tmp_path: Path) -> None:
    folder = repository(tmp_path / "repository")
    ours = [(one.path, one.code.id) for one in check(Directory(folder / "data")).diagnostics]
    assert ours == [(one.path, one.code.id) for one in check(tree(base())).diagnostics] == []
