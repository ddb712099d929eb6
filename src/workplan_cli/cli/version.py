"""`workplan --version`: the tool, what it runs on, and the revision of the record one stands in."""

import platform

import typer


def show(wanted: bool) -> None:
    """Print the version, and end; nothing where it is not asked for."""
    if not wanted:
        return
    from importlib import metadata

    from workplan_cli import __version__
    from workplan_cli.cli import options, terminal
    from workplan_cli.errors import WorkplanError
    from workplan_cli.settings import find_root
    from workplan_cli.storage.revision import revision_of
    from workplan_cli.storage.tree import Directory
    from workplan_cli.storage.yaml import BACKEND

    parser = BACKEND if " " in BACKEND else f"{BACKEND} {metadata.version(BACKEND)}"
    lines = [f"workplan {__version__}", f"  Python {platform.python_version()}, {parser}"]
    try:
        lines.append(f"  data revision {revision_of(Directory(find_root(options.here()) / 'data'))}")
    except WorkplanError:
        lines.append("  no record here")
    terminal.emit("\n".join(lines) + "\n")
    raise typer.Exit
