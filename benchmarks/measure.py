"""Measure the tool against what is possible and against its peers, in one run, and print ratios.

Run `make bench`, or `python benchmarks/measure.py [--sizes S,M,L] [--runs N] [--busy]`. Every figure is a median over runs that
take turns with the ones it is compared to. `--busy` compares processor time, for a machine that others use too: there a second
process wins nothing. The floor is libyaml reading the same bytes by events without making an object (`floor.c`, compiled where a
C compiler and libyaml's headers are there; else PyYAML's events, which are slower: the table says which it was)."""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generate import SIZES, Size, generate

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORKPLAN = [sys.executable, "-m", "workplan_cli"]
NOTHING = "import typer\napp = typer.Typer()\n@app.command()\ndef nothing() -> None:\n    pass\napp()\n"


@dataclass(frozen=True)
class Run:
    """One run of a command: its seconds, peak memory in MB, exit code."""

    seconds: float
    megabytes: float
    code: int


is_busy = False
"""Whether others use the machine, so that what they do would count too."""


def clock() -> float:
    """Seconds on the clock; on a busy machine those that the processor gave to what was started here and has ended."""
    if not is_busy:
        return time.perf_counter()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command: list[str], folder: Path, cache: Path) -> Run:
    """Run a command to its end, its output thrown away."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = clock()
    child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Run(clock() - start, usage.ru_maxrss / 1024, child.returncode)


def medians(commands: dict[str, Callable[[], Run]], runs: int) -> dict[str, Run]:
    """The median run of each command; they take turns, so that a slow minute of the machine is shared by all."""
    taken: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, once in commands.items():
            taken[name].append(once())
    return {
        name: Run(statistics.median(r.seconds for r in all_), statistics.median(r.megabytes for r in all_), all_[-1].code)
        for name, all_ in taken.items()
    }


def floor(files: list[Path], work: Path) -> tuple[Callable[[], Run], str]:
    """The floor over some files, and what it was measured with."""
    binary = work / "floor"
    compiler = shutil.which("cc") or shutil.which("gcc")
    listing = "\n".join(map(str, files)) + "\n"
    if (
        compiler
        and subprocess.run([compiler, "-O2", str(HERE / "floor.c"), "-lyaml", "-o", str(binary)], capture_output=True).returncode
        == 0
    ):

        def compiled() -> Run:
            done = subprocess.run([str(binary)], input=listing, capture_output=True, text=True, check=True)
            return Run(float(done.stdout), 0, 0)

        return compiled, "libyaml in C"

    def events() -> Run:
        import yaml

        content = [file.read_bytes() for file in files]
        start = time.process_time()
        for data in content:
            for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
                pass
        return Run(time.process_time() - start, 0, 0)

    return events, "PyYAML events (no C compiler or libyaml headers)"


def row(what: str, value: float, target: str, against: str) -> None:
    print(f"| {what} | {value:.2f} | {target} | {against} |", flush=True)


def measure_start(runs: int, cache: Path) -> dict[str, Run]:
    """Start-up and the shipped record."""
    commands: dict[str, Callable[[], Run]] = {
        "pass": lambda: run([sys.executable, "-c", "pass"], ROOT, cache),
        "typer": lambda: run([sys.executable, "-c", "import typer"], ROOT, cache),
        "nothing": lambda: run([sys.executable, "-c", NOTHING], ROOT, cache),
        "help": lambda: run([*WORKPLAN, "--help"], ROOT, cache),
        "cold": lambda: run([*WORKPLAN, "validate", "--no-cache"], ROOT, cache),
        "warm": lambda: run([*WORKPLAN, "validate"], ROOT, cache),
    }
    run([*WORKPLAN, "validate"], ROOT, cache)
    time.sleep(2.1)
    run([*WORKPLAN, "validate"], ROOT, cache)
    found = medians(commands, runs)
    assert all(one.code == 0 for one in found.values()), "a command failed; is workplan installed?"
    row("`--help`", found["help"].seconds / found["typer"].seconds, "<= 1.3", "`import typer`")
    row(
        "validate of the shipped record, warm",
        found["warm"].seconds / found["nothing"].seconds,
        "<= 1.25",
        "an empty Typer command",
    )
    row("validate of the shipped record, cold", found["cold"].seconds / found["typer"].seconds, "", "`import typer`")
    return found


def measure_size(name: str, runs: int, work: Path, nothing: float, typer: float) -> tuple[float, int]:
    """One generated repository: cold, warm, one file changed, failing files, memory, coverage, report and two revisions."""
    root, cache = work / name, work / f"cache-{name}"
    size = generate(Size(*SIZES[name]), root)
    files = sorted((root / "data" / "states").rglob("submission.yaml"))
    once, tool = floor(files, work)
    victim, original = files[len(files) // 2], files[len(files) // 2].read_bytes()

    def one_changed() -> Run:
        victim.write_bytes(original + f"# {time.perf_counter_ns()}\n".encode())
        return run([*WORKPLAN, "validate"], root, cache)

    cold = medians(
        {
            "floor": once,
            "start": lambda: run([*WORKPLAN, "validate", "--no-cache"], HERE.parent / "tests" / "cases" / "base", cache),
            "one": lambda: run([*WORKPLAN, "validate", "--no-cache", "--jobs", "1"], root, cache),
            "two": lambda: run([*WORKPLAN, "validate", "--no-cache", "--jobs", "2"], root, cache),
        },
        runs,
    )
    assert cold["one"].code == 0, "the generated record has findings"
    base = cold["floor"].seconds
    row(
        f"cold validate {name}, 1 process",
        cold["one"].seconds / base,
        {"S": "<= 5", "M": "<= 3.0"}.get(name, ""),
        f"floor ({tool})",
    )
    row(f"cold validate {name}, 2 processes", cold["two"].seconds / base, {"M": "<= 1.6"}.get(name, ""), f"floor ({tool})")
    alone = cold["one"].seconds - cold["start"].seconds
    row(
        f"the same without start-up, 1 process, {name}",
        alone / base,
        {"S": "<= 5", "M": "<= 3.0"}.get(name, ""),
        f"floor ({tool})",
    )
    row(
        f"the same without start-up, 2 processes, {name}",
        (cold["two"].seconds - cold["start"].seconds) / base,
        "",
        f"floor ({tool})",
    )
    largest = max(file.stat().st_size for file in files) / 1e6
    limit = f"<= {60 + 25 * largest:.0f} | 60 MB + 25 x the largest file"
    print(f"| memory {name}, 1 process, MB | {cold['one'].megabytes:.0f} | {limit} |")
    run([*WORKPLAN, "validate"], root, cache)
    time.sleep(2.1)
    run([*WORKPLAN, "validate"], root, cache)
    warm = medians({"warm": lambda: run([*WORKPLAN, "validate"], root, cache)}, runs)
    warm.update(medians({"changed": one_changed}, runs))
    victim.write_bytes(original)
    row(f"warm validate {name}", warm["warm"].seconds / nothing, "<= 1.25", "an empty Typer command")
    row(f"one file of {name} edited", warm["changed"].seconds / warm["warm"].seconds, "<= 1.5", "warm")
    measure_failing(name, files, root, cache, cold["one"].seconds, runs)
    measure_reading(name, root, cache, cold["one"].seconds, typer, runs)
    measure_diff(name, victim, root, cache, warm["warm"].seconds, runs)
    return cold["one"].seconds, size


def measure_failing(name: str, files: list[Path], root: Path, cache: Path, good: float, runs: int) -> None:
    """One failing file, then every file failing, against the all-good run."""
    broken = {file: file.read_bytes() for file in files}

    def fail(which: list[Path]) -> Run:
        for file in which:
            file.write_bytes(broken[file].replace(b"status: final", b"status: finl", 1))
        try:
            return run([*WORKPLAN, "validate", "--no-cache", "--jobs", "1"], root, cache)
        finally:
            for file in which:
                file.write_bytes(broken[file])

    row(
        f"one failing file, {name}",
        statistics.median(fail(files[:1]).seconds for _ in range(runs)) / good,
        "<= 1.2",
        "the all-good run",
    )
    row(f"every file failing, {name}", fail(files).seconds / good, "<= 3.5", "the all-good run")


def measure_reading(name: str, root: Path, cache: Path, cold: float, typer: float, runs: int) -> None:
    """What reads the whole record: its coverage, and the report in both formats, written by as many processes as there are."""
    largest = max(file.stat().st_size for file in (root / "data").rglob("*.yaml")) / 1e6
    found = medians(
        {
            "coverage": lambda: run([*WORKPLAN, "coverage"], root, cache),
            "report": lambda: run([*WORKPLAN, "report"], root, cache),
        },
        min(runs, 3),
    )
    assert all(one.code == 0 for one in found.values()), "coverage or report failed"
    row(f"coverage of {name}", found["coverage"].seconds / cold, {"M": "<= 1.4"}.get(name, ""), "cold validate, 1 process")
    row(f"report of {name}", found["report"].seconds / typer, {"S": "<= 6"}.get(name, ""), "`import typer`")
    limit = f"<= {60 + 25 * largest:.0f} | 60 MB + 25 x the largest file"
    print(f"| memory of the report of {name}, its largest process, MB | {found['report'].megabytes:.0f} | {limit} |", flush=True)


def measure_diff(name: str, victim: Path, root: Path, cache: Path, warm: float, runs: int) -> None:
    """Two revisions that differ in one file, and the working tree with nothing changed."""

    def git(*words: str) -> None:
        identity = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")
        subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", "data")
    git("commit", "--quiet", "--message", "one")
    victim.write_bytes(victim.read_bytes().replace(b"result: partial", b"result: planned", 1))
    git("commit", "--quiet", "--all", "--message", "two")
    found = medians(
        {
            "revisions": lambda: run([*WORKPLAN, "diff", "HEAD~1", "HEAD"], root, cache),
            "tree": lambda: run([*WORKPLAN, "diff"], root, cache),
        },
        runs,
    )
    assert all(one.code == 0 for one in found.values()), "diff failed"
    row(f"diff of two revisions of {name}, one file apart", found["revisions"].seconds / warm, "<= 2", "warm")
    row(f"diff of the working tree of {name}, nothing changed", found["tree"].seconds / warm, "", "warm")


def measure_peer(name: str, work: Path, ours: float) -> None:
    """check-jsonschema on the same files with the schema this tool exports."""
    root = work / name
    checker = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    if checker is None:
        print(f"| check-jsonschema {name} | not installed | | |")
        return
    subprocess.run([*WORKPLAN, "schema", "--output", str(work / "schema")], cwd=root, check=True, capture_output=True)
    schema = next((work / "schema").glob("submission*.json"))
    files = [str(file) for file in sorted((root / "data" / "states").rglob("submission.yaml"))]
    start = clock()
    for place in range(0, len(files), 500):
        done = subprocess.run([checker, "--schemafile", str(schema), *files[place : place + 500]], capture_output=True, text=True)
        if done.returncode != 0:
            print(f"| check-jsonschema {name} | failed: {done.stdout[:200]} | | |")
            return
    row(
        f"check-jsonschema on {name}",
        (clock() - start) / ours,
        {"S": ">= 15", "M": ">= 25"}.get(name, ""),
        "our cold validate, 1 process",
    )


def main() -> None:
    """Measure what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="S,M")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--peer", default="S", help="sizes on which check-jsonschema is tried; M takes some minutes")
    arguments.add_argument("--busy", action="store_true", help="compare processor time, on a machine that others use too")
    chosen = arguments.parse_args()
    global is_busy
    is_busy = chosen.busy
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors\n")
    print("| what | ratio | target | against |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        start = measure_start(chosen.runs, work / "cache")
        took: dict[str, tuple[float, int]] = {}
        for name in chosen.sizes.split(","):
            took[name] = measure_size(name, chosen.runs, work, start["nothing"].seconds, start["typer"].seconds)
            if name in chosen.peer.split(","):
                measure_peer(name, work, took[name][0])
        if {"M", "L"} <= set(took):
            import math

            exponent = math.log(took["L"][0] / took["M"][0]) / math.log(took["L"][1] / took["M"][1])
            row("growth M to L, exponent", exponent, "<= 1.05", "")


if __name__ == "__main__":
    main()
