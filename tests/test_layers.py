"""The layers of the architecture hold: who may import whom, who alone knows which package, what no command waits for."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "workplan_cli"

LAYERS: dict[str, set[str]] = {
    "cli": {"api", "reports", "exchange", "checking", "rules", "analysis", "storage", "model", "settings", "resources"},
    "reports": {"analysis", "model"},
    "exchange": {"analysis", "model"},
    "checking": {"rules", "storage", "model", "settings"},
    "rules": {"model"},
    "analysis": {"model"},
    "storage": {"model"},
    "model": set(),
    "settings": set(),
    "resources": set(),
    "diagnostics": set(),
    "errors": set(),
    "__main__": {"cli"},
    "__init__": {"api"},
    "api": {"exchange", "checking", "analysis", "model"},
}
"""Each package or module below `workplan_cli`, and what it may import of the others, beside the leaves and itself."""

LEAVES = {"diagnostics", "errors", "__init__"}
"""Everyone may import these; they import the standard library only."""

KNOWN_BY = {
    "typer": "cli",
    "rich": "cli",
    "jinja2": "reports",
    "markupsafe": "reports",
    "babel": "reports",
    "markdown_it": "reports",
    "ruamel": "storage",
    "yaml": "storage",
    "yamlrocks": "storage",
    "pandas": "exchange",
    "docx": "reports",
    "docxtpl": "reports",
    "icalendar": "exchange",
    "python_calamine": "exchange",
    "xlsxwriter": "exchange",
}
"""Other people's packages that one layer alone imports."""

INSIDE_FUNCTIONS = {"docx", "docxtpl", "icalendar", "pandas", "python_calamine", "xlsxwriter"}
"""What takes long to import: only who needs it waits for it."""


class Import(NamedTuple):
    """An imported module by its full name; `at_start` when it is imported together with the module that names it."""

    line: int
    name: str
    at_start: bool


def layer_of(module: str) -> str:
    """`storage` for `workplan_cli.storage.tree`, `__init__` for the package itself."""
    name = module.removeprefix(PACKAGE).lstrip(".").partition(".")[0]
    return name or "__init__"


def imports(source: str) -> Iterator[Import]:
    """Every import in a module, those inside functions and those for type checkers too."""
    tree = ast.parse(source)
    deferred = {inner for node in ast.walk(tree) if is_deferring(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name, node not in deferred) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            names = [f"{start}.{alias.name}" for alias in node.names] if start == PACKAGE else [start]
            yield from (Import(node.lineno, name, node not in deferred) for name in names)


def is_deferring(node: ast.AST) -> bool:
    """Whether what stands inside is not run when the module is imported."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def violations(sources: Mapping[str, str]) -> list[str]:
    """What breaks the layers in modules given by name, a sentence each."""
    return [
        f"{module}:{one.line} {sentence}"
        for module, source in sources.items()
        for one in imports(source)
        for sentence in [wrong_with(layer_of(module), one)]
        if sentence
    ] + [f"{module} is in no layer of the table" for module in sources if layer_of(module) not in LAYERS]


def wrong_with(layer: str, one: Import) -> str | None:
    top = one.name.partition(".")[0]
    if not top:
        return "imports by a relative name"
    if top == PACKAGE:
        target = layer_of(one.name)
        may = LAYERS.get(layer, set()) | {layer} | (set() if layer in LEAVES else LEAVES)
        return None if target in may or target not in LAYERS else f"{layer} imports {target}"
    if layer in LEAVES and top not in sys.stdlib_module_names:
        return f"{layer} imports {top}, and is to need the standard library only"
    if KNOWN_BY.get(top, layer) != layer:
        return f"{layer} imports {top}, which {KNOWN_BY[top]} alone is to know"
    if top in INSIDE_FUNCTIONS and one.at_start:
        return f"{layer} imports {top} at its start"
    return None


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """Our modules by name."""
    return {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__"): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "src" / PACKAGE).rglob("*.py"))
    }


def test_every_import_keeps_to_the_layers(sources: dict[str, str]) -> None:
    assert violations(sources) == []


def test_the_walk_sees_the_imports_that_are_there(sources: dict[str, str]) -> None:
    seen = {(layer_of(module), layer_of(one.name)) for module, source in sources.items() for one in imports(source)}
    assert {("cli", "checking"), ("checking", "rules"), ("checking", "storage"), ("rules", "model"), ("storage", "model")} <= seen
    assert {one.name for source in sources.values() for one in imports(source)} >= {"typer", "pydantic", "yaml", "yamlrocks"}


PLANTED = {
    ("rules.evidence", "from workplan_cli.storage.tree import Tree"): "rules imports storage",
    ("rules.evidence", "from workplan_cli import storage"): "rules imports storage",
    ("model.plan", "def read():\n    import workplan_cli.checking.check"): "model imports checking",
    ("storage.tree", "if TYPE_CHECKING:\n    from workplan_cli.cli import app"): "storage imports cli",
    ("reports.state", "from workplan_cli.storage.loader import load"): "reports imports storage",
    ("errors", "from workplan_cli.diagnostics import Code"): "errors imports diagnostics",
    ("diagnostics", "import attrs"): "diagnostics imports attrs, and is to need the standard library only",
    ("checking.check", "from rich import print"): "checking imports rich, which cli alone is to know",
    ("analysis.coverage", "import typer"): "analysis imports typer, which cli alone is to know",
    ("cli.report", "def report():\n    import jinja2"): "cli imports jinja2, which reports alone is to know",
    ("model.text", "from ruamel.yaml import YAML"): "model imports ruamel, which storage alone is to know",
    ("analysis.coverage", "def table():\n    import pandas"): "analysis imports pandas, which exchange alone is to know",
    ("exchange.tables", "import pandas as pd"): "exchange imports pandas at its start",
    ("rules.evidence", "from . import rule"): "imports by a relative name",
    ("utils", "import os"): "is in no layer of the table",
}
"""A module, a line put into it, and what is to be said of it."""


@pytest.mark.parametrize(("module", "line"), PLANTED)
def test_a_planted_violation_is_reported(module: str, line: str) -> None:
    (said,) = violations({f"{PACKAGE}.{module}": line})
    assert said.endswith(PLANTED[module, line])


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("exchange.tables", "def table():\n    import pandas"),
        ("exchange.tables", "if TYPE_CHECKING:\n    import pandas"),
        ("cli.report", "import typer\nfrom workplan_cli.reports import state"),
        ("rules.evidence", "from workplan_cli import __version__"),
        ("rules.evidence", "from workplan_cli.diagnostics import Code"),
    ],
)
def test_what_the_table_allows_is_not_reported(module: str, line: str) -> None:
    assert violations({f"{PACKAGE}.{module}": line}) == []


def test_every_package_that_is_imported_is_declared(sources: dict[str, str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for name, extra in project["optional-dependencies"].items() if name not in ("test", "dev") for one in extra]
    declared = {canonical(re.split(r"[<>=!;\[ ]", requirement)[0]) for requirement in (*project["dependencies"], *extras)}
    declared.add("pydantic-core")  # pydantic's own half, held to one version by it
    tops = {one.name.partition(".")[0] for source in sources.values() for one in imports(source)}
    others = tops - {PACKAGE, *sys.stdlib_module_names}
    shipped_by = packages_distributions()
    assert {name for name in others if not declared & {canonical(one) for one in shipped_by.get(name, [name])}} == set()


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


PROBE = """
import json, sys
modules_to, sys.argv[0:2] = sys.argv[1], ["workplan"]
from workplan_cli.cli import main
try:
    main()
finally:
    with open(modules_to, "w") as file:
        json.dump(sorted(sys.modules), file)
"""


def modules_of(arguments: list[str], folder: Path) -> set[str]:
    """The modules that a command has imported when it is done; its caches are looked for in `folder`, where there are none."""
    listing = folder / "modules.json"
    run = subprocess.run(
        [sys.executable, "-c", PROBE, str(listing), *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return set(json.loads(listing.read_text()))


def test_validate_waits_for_no_package_that_it_does_not_use(tmp_path: Path) -> None:
    modules = modules_of(["validate"], tmp_path)
    assert "workplan_cli.checking.check" in modules
    assert modules & {"pandas", "numpy", "jinja2"} == set()


def test_help_starts_without_our_models_and_without_a_yaml_parser(tmp_path: Path) -> None:
    modules = modules_of(["--help"], tmp_path)
    assert "workplan_cli.cli" in modules
    late = {"workplan_cli.model", "workplan_cli.checking", "ruamel.yaml", "yaml", "yamlrocks", "pandas", "jinja2"}
    assert modules & late == set()
