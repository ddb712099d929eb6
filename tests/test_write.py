"""Whatever happens while a file is written, it holds its old content or its new one."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from workplan_cli.errors import WorkplanError
from workplan_cli.storage.write import change, replace, replace_all

OLD, NEW = b"old: content\n", b"new: content\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "x.yaml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def refusal(root: Path, path: str, before: bytes | None = None) -> str:
    with pytest.raises(WorkplanError) as error:
        replace(root, path, NEW, before)
    assert error.value.hint
    return error.value.message


def said_by(script: str, *arguments: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=60, check=True)
    return run.stdout.splitlines()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_gets_its_new_content_and_nothing_is_left_beside_it(tmp_path: Path, file: Path) -> None:
    replace(tmp_path, "data/x.yaml", NEW, before=OLD)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["x.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_permissions_stay(tmp_path: Path, file: Path, mode: int) -> None:
    file.chmod(mode)
    replace(tmp_path, "data/x.yaml", NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    replace(tmp_path, "schema/deep/y.json", NEW)
    made = tmp_path / "schema/deep/y.json"
    assert made.read_bytes() == NEW
    plain = tmp_path / "plain"
    plain.touch()
    assert made.stat().st_mode == plain.stat().st_mode


def test_what_someone_else_wrote_in_the_meantime_is_not_overwritten(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"the author's new words\n")
    assert "it was changed by another program" in refusal(tmp_path, "data/x.yaml", before=OLD)
    assert file.read_bytes() == b"the author's new words\n"
    assert names(file.parent) == ["x.yaml"]


def test_a_file_that_is_gone_is_not_brought_back(tmp_path: Path, file: Path) -> None:
    file.unlink()
    assert "no such file" in refusal(tmp_path, "data/x.yaml", before=OLD)
    assert names(file.parent) == []


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(OLD)
    root = tmp_path / "repository"
    root.mkdir()
    (root / "x.yaml").symlink_to(outside)
    (root / "folder").symlink_to(tmp_path)
    for path in ("x.yaml", "folder/outside.yaml", "../outside.yaml", str(outside), "."):
        assert "it leads out of the repository" in refusal(root, path)
    assert outside.read_bytes() == OLD
    assert names(tmp_path) == ["outside.yaml", "repository"]


def test_a_link_within_the_repository_stays_a_link(tmp_path: Path, file: Path) -> None:
    link = tmp_path / "data" / "link.yaml"
    link.symlink_to("x.yaml")
    replace(tmp_path, "data/link.yaml", NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("x.yaml")
    assert refusal(tmp_path, "x.yaml").startswith("x.yaml cannot be written: ")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "it is a folder" in refusal(tmp_path, "folder.yaml")
    assert "it is a named pipe" in refusal(tmp_path, "pipe.yaml")
    assert "embedded null" in refusal(tmp_path, "a\0b.yaml")
    assert names(tmp_path) == ["folder.yaml", "pipe.yaml"]


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "file name too long" in refusal(tmp_path, "x" * 300)


FORBIDDEN = """
import os, tempfile
from pathlib import Path
from workplan_cli.errors import WorkplanError
from workplan_cli.storage.write import replace

folder = Path(tempfile.mkdtemp())
file = folder / "x.yaml"
file.write_bytes(b"old")
file.chmod(0o444)
folder.chmod(0o755)
if os.geteuid() == 0:
    os.setuid(65534)  # root may write everywhere
else:
    folder.chmod(0o555)
for path in ("x.yaml", "y.yaml"):
    try:
        replace(folder, path, b"new")
    except WorkplanError as error:
        print(error.message)
print(sorted(path.name for path in folder.iterdir()), file.read_bytes())
"""


def test_where_one_may_not_write_nothing_is_written() -> None:
    assert said_by(FORBIDDEN) == [
        "x.yaml cannot be written: it is read-only; nothing in it was changed",
        "y.yaml cannot be written: permission denied; nothing in it was changed",
        "['x.yaml'] b'old'",
    ]


FULL = """
import resource, sys
from pathlib import Path
from workplan_cli.errors import WorkplanError
from workplan_cli.storage.write import replace

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    replace(Path(sys.argv[1]), "data/x.yaml", b"x" * 100_000)
except WorkplanError as error:
    print(error.message)
"""


def test_where_there_is_no_room_the_file_is_as_it_was(tmp_path: Path, file: Path) -> None:
    assert said_by(FULL, str(tmp_path)) == ["data/x.yaml cannot be written: file too large; nothing in it was changed"]
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["x.yaml"]


WRITING = """
import sys
from pathlib import Path
from workplan_cli.storage.write import replace

root, old, new = Path(sys.argv[1]), b"old " * 50_000, b"new " * 70_000
print("ready", flush=True)
while True:
    replace(root, "data/x.yaml", new)
    replace(root, "data/x.yaml", old)
"""


def test_a_process_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"old " * 50_000)
    left = set()
    for attempt in range(12):
        process = subprocess.Popen([sys.executable, "-c", WRITING, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.0017 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        left.add(file.read_bytes())
    assert left <= {b"old " * 50_000, b"new " * 70_000}
    visible = [name for name in names(file.parent) if not name.startswith(".")]
    assert visible == ["x.yaml"], "what a killed process leaves is hidden, and no file of the record"


def test_a_reader_never_sees_a_part(tmp_path: Path, file: Path) -> None:
    contents = [b"old " * 50_000, b"new " * 70_000]
    file.write_bytes(contents[0])
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(file.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(1, 60):
        replace(tmp_path, "data/x.yaml", contents[turn % 2])
    done.set()
    reader.join()
    assert seen <= set(contents)


def test_of_several_files_none_is_written_where_one_cannot_be(tmp_path: Path, file: Path) -> None:
    with pytest.raises(WorkplanError) as error:
        replace_all(tmp_path, [("data/x.yaml", NEW, None), ("data/new.yaml", NEW, None), (f"data/{'y' * 300}", NEW, None)])
    assert "file name too long" in error.value.message
    with pytest.raises(WorkplanError) as error:
        replace_all(tmp_path, [("data/new.yaml", NEW, None), ("data/x.yaml", NEW, b"other: content\n")])
    assert "data/x.yaml cannot be written: it was changed by another program" in error.value.message
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == {"x.yaml": OLD}


SEVERAL = [("data/x.yaml", NEW, OLD), ("data/new/deep.yaml", NEW, None), ("data/y.yaml", NEW, None), ("data/z.yaml", NEW, OLD)]


def failing_at(monkeypatch: pytest.MonkeyPatch, *calls: int, error: BaseException) -> None:
    """Let some of the calls to rename a file fail, by their number."""
    count, real = 0, os.replace

    def instead(*given: Path) -> None:
        nonlocal count
        count += 1
        if count in calls:
            raise error
        real(*given)

    monkeypatch.setattr(os, "replace", instead)


def everything(root: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_where_a_rename_fails_all_files_are_as_they_were(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException
) -> None:
    for name in ("y.yaml", "z.yaml"):
        (file.parent / name).write_bytes(OLD)
    (file.parent / "z.yaml").chmod(0o640)
    before = everything(tmp_path)
    failing_at(monkeypatch, number, error=error)
    with pytest.raises((WorkplanError, KeyboardInterrupt)) as raised:
        replace_all(tmp_path, SEVERAL)
    if isinstance(raised.value, WorkplanError):
        path = SEVERAL[number - 1][0]
        assert raised.value.message == f"{path} cannot be written: no space left on device; nothing in it was changed"
    assert everything(tmp_path) == before, "no folder was left, nor a hidden file"
    assert stat.S_IMODE((file.parent / "z.yaml").stat().st_mode) == 0o640


@pytest.mark.parametrize("several", [[("data/x.yaml", NEW, OLD)], [("data/x.yaml", NEW, None)], SEVERAL[:2]])
def test_an_interrupt_just_after_a_rename_loses_no_file(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, several: list[tuple[str, bytes, bytes | None]]
) -> None:
    real = os.replace

    def interrupted(*given: Path) -> None:
        real(*given)
        monkeypatch.setattr(os, "replace", real)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_all(tmp_path, several)
    assert file.read_bytes() == (NEW if len(several) == 1 else OLD)
    assert names(file.parent) == ["x.yaml"]


def test_what_could_not_be_put_back_is_said_and_its_old_content_kept(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("y.yaml", "z.yaml"):
        (file.parent / name).write_bytes(OLD)
    failing_at(monkeypatch, 4, 5, error=OSError(5, "Input/output error"))
    with pytest.raises(WorkplanError) as raised:
        replace_all(tmp_path, SEVERAL)
    (kept,) = (name for name in names(file.parent) if name.startswith("."))
    assert raised.value.message == (
        "data/z.yaml cannot be written: input/output error; nothing in it was changed; but data/x.yaml could not be put back "
        f"and has its new content, and what it was is in {kept} beside it"
    )
    assert (file.parent / kept).read_bytes() == OLD
    assert [(file.parent / name).read_bytes() for name in ("x.yaml", "y.yaml", "z.yaml")] == [NEW, OLD, OLD]
    assert not (file.parent / "new").exists()


def test_a_file_that_came_since_it_was_looked_for_stays(tmp_path: Path, file: Path) -> None:
    with pytest.raises(WorkplanError) as error:
        change(tmp_path, [("data/new.yaml", NEW, None), ("data/x.yaml", NEW, None)])
    assert error.value.message == "data/x.yaml was made by another program in the meantime"
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == {"x.yaml": OLD}
