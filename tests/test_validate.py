"""`workplan validate` and `workplan explain rule` as they are typed: exit codes, places, formats, the cache, and readers who
leave."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from casebook import CASES

from workplan_cli.checking.cache import Cache
from workplan_cli.checking.cachekey import cache_file, own_key
from workplan_cli.checking.catalogue import CODES
from workplan_cli.checking.check import check
from workplan_cli.checking.recall import check_or_recall
from workplan_cli.cli import explain, main, output, terminal
from workplan_cli.exchange.findings import FORMATS
from workplan_cli.storage.tree import Directory

CLAIM = "answers:\n  g01-law: {revision: 2, status: final, result: implemented}\n"
UNCITED = (
    "answers: {}\nevidence:\n  e1: {source: xaa-law, quotation: Trafficking in persons is punished by prison., language: en}\n"
)
XAA = "data/states/XAA/2015-2016/submission.yaml"
XAB = "data/states/XAB/2015-2016/submission.yaml"


class Run(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in (
        "GITHUB_ACTIONS",
        "GITHUB_WORKSPACE",
        "GITHUB_STEP_SUMMARY",
        "CI_PROJECT_DIR",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The base of the case pages, with one claim without evidence and one state with a warning."""
    root = tmp_path / "arcadia"
    shutil.copytree(CASES / "base", root)
    write(root, XAA, CLAIM)
    write(root, XAB, UNCITED)
    return root


@pytest.fixture
def clean(repository: Path) -> Path:
    """The base, with files old enough for their signatures to be trusted."""
    (repository / XAA).unlink()
    (repository / XAB).unlink()
    age(repository)
    return repository


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def size(root: Path) -> int:
    return sum(path.is_file() for path in (root / "data").rglob("*"))


def age(root: Path) -> None:
    then = time.time() - 60
    for path in root.rglob("*"):
        os.utime(path, (then, then))


def workplan(*arguments: str | Path, cwd: Path, encoding: str = "utf-8") -> Run:
    """Run the command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    written = [stream.buffer.getvalue().decode(encoding) for stream in (out, err)]  # type: ignore[attr-defined]
    return Run(int(left.value.code or 0), *written)


def start(*arguments: str | Path, cwd: Path, **how: int) -> "subprocess.Popen[bytes]":
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "workplan_cli", *map(str, arguments)]
    source = Path(terminal.__file__).parents[2]
    return subprocess.Popen(command, cwd=cwd, env={**os.environ, "PYTHONPATH": str(source)}, stderr=subprocess.PIPE, **how)  # type: ignore[call-overload,no-any-return]


def codes(run: Run) -> list[str]:
    return [line.split()[2] for line in run.out.splitlines() if line.startswith(("  ✗ ", "  ! "))]


# Exit codes


def test_a_clean_record_is_said_in_words(clean: Path) -> None:
    words = f"✓ {size(clean)} files: no findings\n  checked: 2 states, 9 indicators, 1 treaty, 3 sources; texts: 2 not in es\n"
    assert workplan("validate", cwd=clean) == Run(0, words, "")


def test_errors_fail(repository: Path) -> None:
    run = workplan("validate", cwd=repository)
    assert (run.code, codes(run), run.err) == (1, ["WP501", "WP503"], "")
    assert f"\n✗ 1 error, 1 warning in 2 of {size(repository)} files\n" in run.out


def test_warnings_alone_fail_only_when_strict(repository: Path) -> None:
    (repository / XAA).unlink()
    assert [workplan("validate", *strict, cwd=repository).code for strict in ([], ["--strict"])] == [0, 1]
    assert "--strict" in workplan("validate", "--help", cwd=repository).out


def test_the_help_names_every_format_and_code(repository: Path) -> None:
    shown = workplan("validate", "-h", cwd=repository).out
    assert [name for name in output.FILES if name not in shown] == []
    assert "130 interrupted" in shown
    assert set(output.FILES) == {"text", *FORMATS}


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--select", "WP5O1"], "'WP5O1' is no code, family or name of a finding", "did you mean 'WP501'?"),
        (["--ignore", "x"], "'x' is no code, family or name of a finding", "workplan explain rule lists them all"),
        (["--format", "jsn"], "'jsn' is no format", "did you mean 'json'?"),
        (["--format", "baseline"], "'baseline' is no format", ""),
        (
            ["--format", "json", "--format", "sarif"],
            "'json' and 'sarif' cannot share the standard output",
            "--output-file json=PATH",
        ),
        (["--output-file", "sarif"], "'sarif' is not of the form FORMAT=PATH", "--output-file sarif=findings.sarif"),
        (["--output-file", "sarf=x"], "'sarf' is no format", "did you mean 'sarif'?"),
        (["--output-file", "sarif=data/x"], "'data/x' lies in the record, and validate never writes there", "outside data/"),
        (["--output-file", "sarif=link/x"], "'link/x' lies in the record, and validate never writes there", "outside data/"),
        (["--output-file", "sarif=no/x"], "there is no folder 'no' for 'no/x'", "make it first"),
        (["--output-file", "sarif=tools"], "'tools' is a folder", "name a file"),
        (["--output-file", "sarif=pipe"], "'pipe' is a pipe or a device, and is not written to", "name a file"),
        (
            ["--output-file", f"sarif={'x' * 300}"],
            f"{'x' * 300} cannot be written: file name too long; nothing in it was changed",
            "see that there is room",
        ),
        (["--baseline", "known.json"], "there is no baseline 'known.json'", "--output-file baseline=known.json"),
        (["--baseline", XAA], f"'{XAA}' is not a baseline", "--output-file baseline="),
        (["--baseline", "tools"], "the baseline 'tools' cannot be read: it is a folder", "a file that can be read"),
        (["--baseline", "pipe"], "the baseline 'pipe' cannot be read: it is a named pipe", "a file that can be read"),
        (["--baseline", "x" * 300], f"the baseline '{'x' * 300}' cannot be read: file name too long", "a file that can be read"),
        (["--root", "x" * 300], f"there is no folder '{{root}}/{'x' * 300}'", "name the folder that holds data/"),
        (["--as-of", "2018-02-30"], "'2018-02-30' is not a day", "write it as 2018-12-31"),
        (["--as-of", "20181231"], "'20181231' is not a day", "write it as 2018-12-31"),
        (["--root", "nowhere"], "there is no folder '{root}/nowhere'", "name the folder that holds data/"),
        (["--root", XAA], "'{root}/" + XAA + "' is a file, not a repository", "name the folder that holds data/"),
        (["--root", "tools"], "there is no data/ in '{root}/tools'", "workplan init DIR"),
        (["--root", "odd"], "data in '{root}/odd' is not a folder", "the folder data/ of a repository"),
        (["--root", "loop"], "'{root}/loop' is not a folder that can be read", "name the folder that holds data/"),
        (["no.yaml"], "there is no 'no.yaml'", "name a file or a folder of the record"),
        ([".."], "'..' is not in the repository", "name a file or a folder of the record"),
    ],
)
def test_wrong_use_is_said_with_what_to_do_and_exits_with_2(
    repository: Path, arguments: list[str], message: str, hint: str
) -> None:
    (repository / "tools").mkdir()
    os.mkfifo(repository / "pipe")
    (repository / "odd").mkdir()
    (repository / "odd" / "data").write_text("")
    (repository / "link").symlink_to("data")
    (repository / "loop").symlink_to("loop")
    run = workplan("validate", *arguments, cwd=repository)
    first, *rest = run.err.splitlines()
    assert (run.code, run.out, first) == (2, "", "workplan: " + message.format(root=repository))
    assert hint in "".join(rest)


def test_a_folder_that_is_no_repository_is_said(tmp_path: Path) -> None:
    run = workplan("validate", cwd=tmp_path)
    assert (run.code, run.err.splitlines()) == (
        2,
        [
            f"workplan: there is no data/guidelines.yaml in '{tmp_path}' or any folder above it",
            "  go into a repository, name one with --root, or make one: workplan init DIR",
        ],
    )


def test_unusable_settings_are_said(repository: Path) -> None:
    (repository / "workplan.toml").write_bytes(b"# caf\xe9\n")
    assert workplan("validate", cwd=repository).err == "workplan: workplan.toml is not UTF-8\n  save it as UTF-8\n"


def test_a_fault_of_the_tool_is_told_apart_from_findings(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "plan", lambda *arguments: 1 / 0)
    run = workplan("validate", cwd=repository)
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("workplan: this is a fault of the tool, not of your files (ZeroDivisionError)")


# What is shown


def test_the_repository_is_found_from_a_folder_inside_it(repository: Path) -> None:
    assert workplan("validate", cwd=repository / "data" / "states" / "XAA").code == 1


@pytest.mark.parametrize(
    ("place", "expected"), [("data/states/XAA", ["WP501"]), (XAB, ["WP503"]), ("data/sources", []), (".", ["WP501", "WP503"])]
)
def test_places_narrow_what_is_shown(repository: Path, place: str, expected: list[str]) -> None:
    run = workplan("validate", place, cwd=repository)
    assert codes(run) == expected
    assert run.code == ("WP501" in expected)
    assert ("in other places" in run.out) == (len(expected) < 2)


def test_a_place_is_read_from_where_one_stands(repository: Path) -> None:
    assert codes(workplan("validate", "XAB", cwd=repository / "data" / "states")) == ["WP503"]
    assert codes(workplan("validate", "--root", repository, repository / XAB, cwd=Path("/"))) == ["WP503"]


def test_codes_may_be_listed_with_commas(repository: Path) -> None:
    assert codes(workplan("validate", "--select", "WP501,WP7", "--select", "uncited-evidence", cwd=repository)) == [
        "WP501",
        "WP503",
    ]
    assert codes(workplan("validate", "--ignore", "WP50", cwd=repository)) == []


def test_settings_ignore_with_a_reason(repository: Path) -> None:
    write(
        repository,
        "workplan.toml",
        '[[ignore]]\ncode = "WP501"\nreason = "in March"\n\n[[ignore]]\ncode = "WP1"\nreason = "old"\n',
    )
    run = workplan("validate", cwd=repository)
    assert (run.code, codes(run)) == (0, ["WP503", "WP901"])
    assert '     6 │ code = "WP1"\n       │        ^^^^^\n' in run.out
    assert "  not shown: 1 ignored\n" in run.out


def test_a_baseline_hides_what_it_knows_and_must_shrink(repository: Path) -> None:
    assert workplan("validate", "--output-file", "baseline=known.json", cwd=repository).code == 1
    known = workplan("validate", "--baseline", "known.json", cwd=repository)
    assert (known.code, codes(known)) == (0, [])
    assert "not shown: 2 in the baseline" in known.out
    (repository / XAA).unlink()
    fixed = workplan("validate", "--baseline", "known.json", cwd=repository)
    assert (fixed.code, codes(fixed)) == (1, ["WP902"])
    assert fixed.out.startswith("known.json:2:1\n")
    workplan("validate", "--baseline", "known.json", "--output-file", "baseline=known.json", cwd=repository)
    assert workplan("validate", "--baseline", "known.json", cwd=repository).code == 0


def test_a_day_lets_the_rules_run_that_need_one(repository: Path) -> None:
    write(repository, XAA, "answers:\n  g01-line: {revision: 2, status: final, result: implemented, valid: {to: 2016}}\n")
    assert "WP412" not in codes(workplan("validate", cwd=repository))
    assert "WP412" in codes(workplan("validate", "--as-of", "2018-12-31", cwd=repository))


def test_no_more_findings_are_shown_than_asked_for(repository: Path) -> None:
    run = workplan("validate", "--max", "1", cwd=repository)
    assert (codes(run), "… 1 more; raise --max" in run.out) == (["WP501"], True)


def test_the_line_of_a_small_count_is_shown_to_nobody_whatever_else_is_wrong_in_it(repository: Path) -> None:
    write(
        repository,
        XAA,
        "answers:\n  g01-victims: {revision: 2, status: final, worth: 1, values: [{year: 2016, sex: female, value: 3}]}\n",
    )
    assert codes(workplan("validate", XAA, cwd=repository)) == ["WP201", "WP701"]
    assert "value: 3" not in workplan("validate", "--select", "WP2", cwd=repository).out


def test_line_ends_of_windows_are_no_part_of_a_line(repository: Path) -> None:
    (repository / XAA).write_bytes(CLAIM.replace("\n", "\r\n").encode())
    run = workplan("validate", XAA, cwd=repository)
    assert "result: implemented}\n       │                                                 ^^^^^^^^^^^\n" in run.out


def test_a_file_that_vanishes_meanwhile_is_shown_without_its_line(repository: Path) -> None:
    outcome = check(Directory(repository / "data"))
    (repository / XAA).unlink()
    from workplan_cli.cli.findings import Paper, render
    from workplan_cli.exchange.result import Findings

    paper = Paper(terminal.console(80, plain=True), terminal.Glyphs(), 80)
    assert "WP501" in "".join(render(Findings(outcome.diagnostics), paper, lambda path: None, {}))


# Where it goes


@pytest.mark.parametrize("name", ["json", "gitlab", "sarif"])
def test_a_format_for_programs_is_alone_on_the_output(repository: Path, name: str) -> None:
    run = workplan("validate", "--format", name, cwd=repository, encoding="latin-1")
    assert (run.code, run.err) == (1, "")
    assert "WP501" in json.dumps(json.loads(run.out))


def test_files_are_written_beside_the_text_in_one_run(repository: Path) -> None:
    wanted = [argument for name in output.FILES for argument in ("--output-file", f"{name}=out-{name}")]
    run = workplan("validate", *wanted, cwd=repository)
    assert codes(run) == ["WP501", "WP503"]
    assert (repository / "out-text").read_text(encoding="utf-8") == run.out
    for name in FORMATS:
        assert "WP501" in (repository / f"out-{name}").read_text(encoding="utf-8")


def test_the_record_is_never_written_to(repository: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        files = sorted(path for path in repository.rglob("*") if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = state()
    workplan("validate", cwd=repository)
    workplan("validate", "--format", "sarif", cwd=repository)
    assert state() == before


def test_in_github_actions_annotations_and_text_are_written(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(repository.parent))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository.parent / "summary.md"))
    lines = workplan("validate", cwd=repository).out.splitlines()
    assert lines[0].startswith(
        f"::error file=arcadia/{XAA},line=2,col=49,endLine=2,endColumn=60,title=WP501 claim-without-evidence::"
    )
    assert lines[1].startswith(f"::warning file=arcadia/{XAB},line=3,col=3,")
    assert (lines[2][:17], lines[3]) == ("::stop-commands::", f"{XAA}:2:49")
    assert lines[-1] == f"::{lines[2][17:]}::"
    summary = (repository.parent / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith(f"### workplan validate: 1 error, 1 warning in 2 of {size(repository)} files\n\n")


def test_one_may_ask_for_text_alone_in_github_actions(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "::error" not in workplan("validate", "--format", "text", cwd=repository).out


def test_hostile_names_and_words_do_nothing(repository: Path) -> None:
    write(repository, "data/states/XAA/2015-2016/\x1b[31m[red]::error::.yaml", "a: 1\n")
    write(repository, XAA, 'answers:\n  "[/b]": {revision: 2, status: "\\u001b]8;;x\\u0007 [bold]", result: partial}\n')
    run = workplan("validate", cwd=repository)
    assert "\x1b" not in run.out
    assert "\x07" not in run.out
    assert "/\\x1b[31m[red]::error::.yaml" in run.out
    assert "status of [/b] is '\\x1b]8;;x\\x07 [bold]'" in run.out


def test_a_name_that_is_no_text_is_shown(repository: Path) -> None:
    bad = os.fsencode(repository) + b"/data/states/XAA/\xff.yaml"
    Path(os.fsdecode(bad)).write_text("a: 1\n")
    for name in ("text", *output.SCREEN):
        run = workplan("validate", "--format", name, cwd=repository)
        assert "udcff" in run.out


# The terminal


def test_a_stream_without_the_signs_gets_ascii(repository: Path) -> None:
    write(repository, XAA, "answers:\n  más: {revision: 2, status: final, result: implemented}\n")
    run = workplan("validate", cwd=repository, encoding="ascii")
    assert "  x error WP302" in run.out
    assert "     2 |   m\\xe1s: " in run.out


def test_colour_follows_the_environment(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in workplan("validate", cwd=repository).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31m✗ error\x1b[0m" in workplan("validate", cwd=repository).out
    assert "\x1b[" not in workplan("validate", "--format", "json", cwd=repository).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in workplan("validate", cwd=repository).out


def test_a_reader_who_leaves_is_no_fault(repository: Path) -> None:
    for number in range(300):
        write(repository, f"data/states/XAB/{'x' * 90}{number}.yaml", "a: 1\n")
    process = start("validate", "--no-cache", cwd=repository, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")


def test_a_full_disk_is_said(repository: Path) -> None:
    with open("/dev/full", "w") as full:
        process = start("validate", "--no-cache", cwd=repository, stdout=full.fileno())
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.splitlines()[0]) == (2, b"workplan: the output cannot be written: no space left on device")


def test_a_full_disk_is_said_where_the_help_goes_there(repository: Path) -> None:
    with open("/dev/full", "w") as full:
        process = start("--help", cwd=repository, stdout=full.fileno())
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.splitlines()[0]) == (2, b"workplan: the output cannot be written: no space left on device")


# The cache


def test_the_second_run_says_what_the_first_said(clean: Path) -> None:
    first, second = (workplan("validate", cwd=clean) for _ in range(2))
    assert first == second
    assert cache_file(clean, None).is_file()


def test_where_nothing_moved_neither_models_nor_parser_are_loaded(clean: Path) -> None:
    look = (
        "import sys\nfrom workplan_cli.cli import main\n"
        "try: main(['validate'])\nexcept SystemExit as left: code = left.code\n"
        "heavy = ('yaml', 'yamlrocks', 'rich', 'pandas', 'jinja2')\n"
        "print(code, *sorted(name for name in sys.modules if name.split('.')[0] in heavy"
        " or name.startswith(('workplan_cli.model', 'workplan_cli.rules', 'workplan_cli.storage.'))))"
    )

    def last_line() -> str:
        source = str(Path(terminal.__file__).parents[2])
        done = subprocess.run(
            [sys.executable, "-c", look], cwd=clean, env={**os.environ, "PYTHONPATH": source}, capture_output=True, check=True
        )
        return done.stdout.decode().splitlines()[-1]

    assert "workplan_cli.model.record" in last_line()
    assert last_line() == "0 workplan_cli.storage.tree"


def test_a_change_is_seen_whatever_the_clock_says(clean: Path) -> None:
    workplan("validate", cwd=clean)
    path = clean / "data" / "states" / "XAA" / "state.yaml"
    text, then = path.read_text(), path.stat().st_mtime
    path.write_text(text.replace("names", "nemes"))
    os.utime(path, (then, then))
    assert codes(workplan("validate", cwd=clean)) != []
    path.write_text(text)
    assert workplan("validate", cwd=clean).code == 0


def test_a_new_and_a_vanished_file_are_seen(clean: Path) -> None:
    workplan("validate", cwd=clean)
    write(clean, XAA, CLAIM)
    age(clean)
    assert workplan("validate", cwd=clean).code == 1
    assert workplan("validate", cwd=clean).code == 1
    (clean / XAA).unlink()
    assert workplan("validate", cwd=clean).code == 0


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_cache_that_is_damaged_is_no_matter(clean: Path, rubbish: bytes) -> None:
    first = workplan("validate", cwd=clean)
    cache_file(clean, None).write_bytes(rubbish)
    assert workplan("validate", cwd=clean) == first


def test_a_cache_of_another_shape_under_our_key_is_no_matter(clean: Path) -> None:
    first = workplan("validate", cwd=clean)
    whole = {"key": own_key(), "written": 1, "signatures": {}, "hashes": {}, "units": {"states/XAA": {}}, "outcome": None}
    for missing in whole:
        cache_file(clean, None).write_text(json.dumps({name: value for name, value in whole.items() if name != missing}))
        assert workplan("validate", cwd=clean) == first


def test_a_cache_that_cannot_be_written_is_no_matter(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert workplan("validate", cwd=clean).code == 0


def test_each_day_has_a_cache_of_its_own(clean: Path) -> None:
    write(clean, XAA, "answers:\n  g01-line: {revision: 2, status: final, result: implemented, valid: {to: 2016}}\n")
    age(clean)
    for _ in range(2):
        assert codes(workplan("validate", cwd=clean)) == []
        assert codes(workplan("validate", "--as-of", "2018-12-31", cwd=clean)) == ["WP412"]


class Counting:
    """A folder that remembers what was read of it."""

    def __init__(self, root: Path) -> None:
        self._tree = Directory(root)
        self.read_paths: list[str] = []

    def entries(self) -> list:  # type: ignore[type-arg]
        return self._tree.entries()

    def read(self, path: str):  # type: ignore[no-untyped-def]
        self.read_paths.append(path)
        return self._tree.read(path)


def test_a_fresh_clone_checks_again_only_what_differs(clean: Path, tmp_path: Path) -> None:
    write(clean, XAA, "answers: {}\n")
    write(clean, XAB, "answers: {}\n")
    age(clean)
    where = tmp_path / "cache.json"
    check(Directory(clean / "data"), cache=Cache.open(where, "key"))
    for path in clean.rglob("*.*"):
        os.utime(path)  # a clone has its own times
    write(clean, XAB, CLAIM)
    cache = Cache.open(where, "key")
    counting = Counting(clean / "data")
    outcome = check(counting, cache=cache)
    assert [one.code.id for one in outcome.diagnostics] == ["WP501"]
    assert cache.holds("states/XAA", ("states/XAA/2015-2016/submission.yaml", "states/XAA/state.yaml"), counting)
    assert not cache.holds("states/XAB", ("states/XAB/2015-2016/submission.yaml", "states/XAB/state.yaml"), counting)


def test_a_changed_source_is_held_against_every_state(clean: Path, tmp_path: Path) -> None:
    write(clean, XAA, UNCITED.replace("{}", "\n  g01-law: {revision: 2, status: final, result: implemented, evidence: [e1]}"))
    age(clean)
    where = tmp_path / "cache.json"
    assert check(Directory(clean / "data"), cache=Cache.open(where, "key")).diagnostics == ()
    law = clean / "data" / "sources" / "archive" / "xaa-law.txt"
    law.write_text(law.read_text().replace("prison", "fines"))
    found = {one.code.id for one in check(Directory(clean / "data"), cache=Cache.open(where, "key")).diagnostics}
    assert found >= {"WP504", "WP507"}


def test_the_outcome_depends_neither_on_processes_nor_on_the_cache(repository: Path, tmp_path: Path) -> None:
    for number in range(12):
        write(repository, f"data/states/XB{chr(65 + number)}/2015-2016/submission.yaml", CLAIM)
    alone = check(Directory(repository / "data"))
    told: list[tuple[int, int]] = []
    shared = check(Directory(repository / "data"), jobs=2, progress=lambda done, of: told.append((done, of)))
    cached = [check_or_recall(Directory(repository / "data"), Cache.open(tmp_path / "cache.json", "key")) for _ in range(2)]
    assert shared == alone == cached[0] == cached[1]
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]


# Explaining


def test_a_page_is_printed_as_it_is_where_nobody_reads_along(tmp_path: Path) -> None:
    page = (CASES / "WP501-claim-without-evidence.md").read_text(encoding="utf-8")
    for word in ("WP501", "wp501", "claim-without-evidence", "WP501 claim-without-evidence"):
        assert workplan("explain", "rule", word, cwd=tmp_path) == Run(0, page, "")


def test_an_unknown_code_is_answered_with_the_closest(tmp_path: Path) -> None:
    run = workplan("explain", "rule", "claim-without-evidense", cwd=tmp_path)
    assert run == Run(
        2, "", "workplan: 'claim-without-evidense' is no code or name of a finding\n  did you mean 'claim-without-evidence'?\n"
    )


def test_all_codes_are_listed_with_what_they_are_about(tmp_path: Path) -> None:
    listed = workplan("explain", "rule", cwd=tmp_path).out
    assert [code.id for code in CODES if f"{code.id} {code.name}" not in listed] == []
    assert "WP501 claim-without-evidence\n      A claim that nothing proves is a claim nobody can check.\n" in listed
    assert "WP901 ignore-hides-nothing (warning)\n" in listed


def test_every_page_begins_with_a_paragraph_that_explains() -> None:
    pages = explain.first_paragraphs()
    assert pages
    assert [code for code, text in pages.items() if len(text) < 60 or not text.endswith(".")] == []


# The documentation


def test_the_examples_in_the_docs_are_what_the_tool_writes(repository: Path) -> None:
    (repository / XAB).unlink()
    docs = (Path(__file__).parents[1] / "docs" / "findings.md").read_text(encoding="utf-8")
    content = json.loads(docs.partition("```json\n")[2].partition("```")[0])
    written = json.loads(workplan("validate", "--format", "json", cwd=repository).out)
    assert set(content["data"]) == set(written["data"])
    assert {**content, "data": 0} == {**written, "data": 0}  # how many files the base has is no matter
    finding = workplan("validate", cwd=repository).out.partition("\n✗")[0]
    assert f"```text\n{finding}\n" in docs


def test_the_docs_name_every_format_and_reason() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "findings.md").read_text(encoding="utf-8")
    words = (*output.FILES, "ignored", "known", "deselected", "elsewhere", "WP901", "WP902", "WP903")
    assert [word for word in words if f"`{word}`" not in docs and f"({word}" not in docs] == []


def test_the_version_names_the_tool_the_parser_and_the_revision_of_the_record(tmp_path: Path) -> None:
    run = workplan("init", tmp_path / "new", cwd=tmp_path)
    assert run.code == 0
    here, elsewhere = workplan("--version", cwd=tmp_path / "new"), workplan("--version", cwd=tmp_path)
    assert re.fullmatch(
        r"workplan \S+\n  Python 3\.\S+, (yamlrocks|libyaml \(PyYAML) \S+\n  data revision [0-9a-f]{12}\n", here.out
    )
    assert elsewhere.out.endswith("no record here\n")
    assert here.code == elsewhere.code == 0
