"""Pages, templates and the example that belong to the tool.

This module alone knows where the things that ship beside the code are: in a wheel inside the package, in a checkout at the
repository's root.
"""

from pathlib import Path

from workplan_cli.errors import WorkplanError

_PACKAGE = Path(__file__).resolve().parent


def cases() -> Path:
    """The folder of case pages, one `WP501-claim-without-evidence.md` a rule. Raises WorkplanError when it is not there."""
    return _place("cases", "tests/cases")


def example() -> Path:
    """The root of the fictional repository that `init --example` copies. Raises WorkplanError when it is not there."""
    return _place("example", "examples/arcadia")


def templates() -> Path:
    """The folder of report templates, named by what they make. Raises WorkplanError when it is not there."""
    return _place("templates", "templates")


def _place(shipped: str, checkout: str) -> Path:
    for folder in (_PACKAGE / shipped, _PACKAGE.parents[1] / checkout):
        if folder.is_dir():
            return folder
    raise WorkplanError(f"the tool's own folder '{shipped}' is missing", "install workplan-cli anew")
