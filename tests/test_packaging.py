"""What leaves the repository is whole and ours to give: the wheel, the locks, and every tracked file."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workplan_cli import __version__

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

SHIPPED = {
    "src/workplan_cli": ("workplan_cli", ("**/*.py", "py.typed", "locale/*.po")),
    "templates": ("workplan_cli/templates", ("**/*",)),
    "tests/cases": ("workplan_cli/cases", ("*.md",)),
    "examples/arcadia": ("workplan_cli/example", ("**/*",)),
}
"""A folder of the repository, where it is in the wheel, and which of its files are there."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree, built without a network."""
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"])))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """The files in the wheel."""
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """What the wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        return Parser().parsestr(archive.read(f"workplan_cli-{__version__}.dist-info/METADATA").decode())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's files and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def run(installed: Path, code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Python with the unpacked wheel before all else, in a folder that is no checkout."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); {code}", *arguments]
    return subprocess.run(command, cwd=installed, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("folder", SHIPPED)
def test_the_wheel_carries_what_ships_beside_the_code(names: list[str], folder: str) -> None:
    inside, patterns = SHIPPED[folder]
    files = {path for pattern in patterns for path in (ROOT / folder).glob(pattern) if path.is_file()}
    assert files
    assert {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files} <= set(names)


def test_the_wheel_carries_nothing_else(names: list[str]) -> None:
    beside = ("/cases/", "/templates/", "/example/", "/locale/", ".dist-info/")
    assert [name for name in names if not name.endswith((".py", "/py.typed")) and not any(part in name for part in beside)] == []
    assert {name.split("/")[0] for name in names} == {"workplan_cli", f"workplan_cli-{__version__}.dist-info"}
    assert [name for name in names if "/cases/base" in name] == []


def test_the_wheel_carries_no_real_state(names: list[str]) -> None:
    states = {match[1] for name in names if (match := re.search(r"/data/states/([^/]+)/", name))}
    assert states
    assert {state for state in states if not re.fullmatch("X[A-Z]{2}", state)} == set()


def test_an_installed_wheel_finds_its_own_pages_templates_and_example(installed: Path) -> None:
    code = "from workplan_cli import resources as beside; print(beside.cases(), beside.example(), beside.templates(), sep='\\n')"
    expected = [str(installed / "workplan_cli" / name) for name in ("cases", "example", "templates")]
    assert run(installed, code).stdout.splitlines() == expected


def test_an_installed_wheel_checks_its_own_example(installed: Path) -> None:
    example = installed / "workplan_cli/example"
    done = run(installed, "from workplan_cli.cli import main; main()", "validate", "--root", str(example))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_wheel_says_what_it_needs_and_on_what_terms(metadata: Message) -> None:
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert {Requirement(line) for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line} == {
        Requirement(line) for line in PYPROJECT["project"]["dependencies"]
    }


def test_every_dependency_is_bounded_on_both_sides() -> None:
    requirements = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
    assert [str(one) for one in requirements if {spec.operator for spec in one.specifier} != {">=", "<"}] == []


def test_the_citation_names_this_version() -> None:
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


class Pin(NamedTuple):
    """One locked package: its name, its version, and how many files of it are allowed by their hashes."""

    name: str
    version: str
    hashes: int


def pins(lock: str) -> Iterator[Pin]:
    """The packages in a requirements file."""
    for entry in re.split(r"\n(?=\S)", (ROOT / "requirements" / lock).read_text(encoding="utf-8")):
        if not entry.startswith("#"):
            name, _, version = re.split(r"[ \\]", entry)[0].partition("==")
            yield Pin(canonicalize_name(name), version, entry.count("--hash=sha256:"))


LOCKS = {
    "run.txt": PYPROJECT["project"]["dependencies"] + PYPROJECT["build-system"]["requires"],
    "dev.txt": [
        line
        for lines in [
            PYPROJECT["project"]["dependencies"],
            PYPROJECT["build-system"]["requires"],
            *PYPROJECT["project"]["optional-dependencies"].values(),
        ]
        for line in lines
        if not line.startswith("workplan-cli")
    ],
}
"""Each lock, and what it is made from."""


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_every_requirement_within_its_bounds(lock: str) -> None:
    locked: dict[str, list[str]] = {}
    for pin in pins(lock):
        locked.setdefault(pin.name, []).append(pin.version)
    wrong = {
        line: locked.get(canonicalize_name(requirement.name), [])
        for line in LOCKS[lock]
        for requirement in [Requirement(line)]
        for versions in [locked.get(canonicalize_name(requirement.name), [])]
        if not versions or not all(requirement.specifier.contains(version) for version in versions)
    }
    assert wrong == {}, "run: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    assert [pin for pin in pins(lock) if not pin.version or not pin.hashes] == []


def test_the_command_runs_with_what_the_tests_were_run_with() -> None:
    def versions(lock: str) -> set[tuple[str, str]]:
        return {(pin.name, pin.version) for pin in pins(lock)}

    assert versions("run.txt") - versions("dev.txt") == set()


HOSTS = r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|crates\.io"
REGISTRY = re.compile(rf"{HOSTS}|--(?:extra-)?index-url|--find-links")
MACHINE = re.compile(r"(?<![\w.~%-])(?:/(?:work|tmp|root|home|Users)/|[A-Z]:\\Users\\)")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every file that git has or would take, but for this one, and for archived copies, which are others' words byte by byte."""
    listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / path for path in listing.stdout.decode().split("\0") if path and "sources/archive/" not in path]
    contents = {path: path.read_bytes() for path in paths if path.is_file() and path != Path(__file__)}
    return {str(path.relative_to(ROOT)): content.decode(errors="replace") for path, content in contents.items()}


@pytest.mark.parametrize("forbidden", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_place_on_one_machine(texts: dict[str, str], forbidden: re.Pattern[str]) -> None:
    assert {"Makefile", "pyproject.toml", "requirements/dev.txt", "src/workplan_cli/resources.py"} <= set(texts)
    assert [f"{path}: {match.group()}" for path, text in texts.items() for match in forbidden.finditer(text)] == []


@pytest.mark.parametrize(
    ("forbidden", "text"),
    [
        (REGISTRY, "https://files.pythonhosted.org/packages/ab/cd/typer-0.29.2.tar.gz"),
        (REGISTRY, "--index-url http://localhost/simple"),
        (MACHINE, "see /home/maria/plan"),
        (MACHINE, 'File "/tmp/x.py", line 1'),
        (MACHINE, r"C:\Users\maria"),
    ],
)
def test_a_planted_address_is_found(forbidden: re.Pattern[str], text: str) -> None:
    assert forbidden.search(text)


def test_an_address_on_the_web_is_not_taken_for_a_machine() -> None:
    folders = "/".join(("work", "tmp", "home"))
    assert not MACHINE.search(f"https://www.example.org/{folders}/plan.pdf")
