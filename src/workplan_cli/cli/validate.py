"""`workplan validate`: check the record and say what is wrong, where, and what to do."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def validate(
    root: Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")] = None,
) -> None:
    """Check every file of the record."""
    from workplan_cli.checking.check import check
    from workplan_cli.settings import find_root, read_settings
    from workplan_cli.storage.tree import Directory

    settings = read_settings(root.resolve() if root else find_root(Path.cwd()))
    outcome = check(Directory(settings.data))
    for one in outcome.diagnostics:
        span = one.span
        place = f":{span.line}:{span.column}" if span else ""
        sys.stdout.write(f"data/{one.path}{place}: {one.code} {one.message}\n    {one.hint}\n")
    sys.stdout.write(f"{outcome.files} files {outcome.counts}\n")
    raise typer.Exit(1 if outcome.diagnostics else 0)
