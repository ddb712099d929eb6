"""`workplan owners`: CODEOWNERS from the owners in workplan.toml. This module alone knows where that lies."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from collections.abc import Mapping

HELP = """Write CODEOWNERS: whom GitHub or GitLab asks before a file changes.

\b
  workplan owners              write .github/CODEOWNERS, or CODEOWNERS where there is no .github
  workplan owners --check      write nothing; exit with 1 when it is not current

It is made from [owners] in workplan.toml, handles by role: "state:XAA" = ["@xaa-focal-point"]. Where there is
none, nothing is written. docs/ci.md has the table of roles.
"""
FILE = "CODEOWNERS"


def owners(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 when the file is not current.")] = False,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Another file.")] = None,
    root: Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")] = None,
) -> None:
    """Read the owners, make the file, write or compare it."""
    from workplan_cli.cli.options import here
    from workplan_cli.cli.terminal import emit, say
    from workplan_cli.exchange.codeowners import render
    from workplan_cli.model.ownership import KEEPER
    from workplan_cli.settings import CONFIG, open_repository
    from workplan_cli.storage.git import repository
    from workplan_cli.storage.write import replace

    settings = open_repository(root, here())
    if not any(settings.owners.values()):
        emit(f'{CONFIG} names no owners, so nothing is written\n  name them there: [owners], "state:XAA" = ["@handle"], …\n')
        return
    states = _states(settings.data)
    _known(settings.owners, states)
    git = repository(settings.root)
    prefix = git.prefix if git is not None else ""
    top = Path(os.path.abspath(settings.root))
    for _ in Path(prefix).parts:
        top = top.parent
    target = Path(os.path.abspath(here() / output)) if output is not None else _place(top)
    wanted, held = render(settings.owners, states, prefix).encode(), _held(target)
    shown = visible(os.path.relpath(target, here()))
    if KEEPER not in settings.owners:
        say("nobody is named as keeper, so what lies outside the record has no owner", 'add to [owners]: keeper = ["@handle"]')
    if held == wanted:
        emit(f"{shown} is current\n")
    elif check:
        emit(f"{shown} is {'not there' if held is None else 'not current'}; write it: workplan owners\n")
        raise typer.Exit(1)
    else:
        replace(target.parent, target.name, wanted, held)
        emit(f"wrote {shown}: {len(wanted.splitlines()) - 2} lines\n")


def _place(top: Path) -> Path:
    """Where the services look for it."""
    return top / ".github" / FILE if (top / ".github").is_dir() else top / FILE


def _states(data: Path) -> tuple[str, ...]:
    """The states that have a profile."""
    from workplan_cli.model.state import State
    from workplan_cli.storage.tree import Directory

    found = (State.at(entry.path) for entry in Directory(data).entries())
    return tuple(sorted(identity["state"] for identity in found if identity is not None))


def _known(named: "Mapping[str, tuple[str, ...]]", states: tuple[str, ...]) -> None:
    """Refuse the owners of a state that the record does not have."""
    for role in named:
        kind, _, code = role.partition(":")
        if kind == "state" and code not in states:
            hint = did_you_mean(code, states, f"there are: {', '.join(states)}")
            raise WorkplanError(f"workplan.toml names owners of state '{code}', which has no state.yaml", hint)


def _held(target: Path) -> bytes | None:
    """What stands in the file; None where there is none. Raises WorkplanError for one that somebody wrote by hand."""
    from workplan_cli.exchange.codeowners import MARK
    from workplan_cli.storage.tree import Directory, Refusal

    if not os.path.isdir(target.parent):
        raise WorkplanError(f"there is no folder '{visible(str(target.parent))}'", "make it first")
    data = Directory(target.parent).read(target.name)
    if isinstance(data, Refusal):
        if data.reason == "gone":
            return None
        raise WorkplanError(f"'{visible(str(target))}' cannot be read: {data.found}", "name another with --output")
    if not data.startswith(MARK.encode()):
        raise WorkplanError(
            f"'{visible(str(target))}' was not written by this command, and is left alone",
            "move it away, or name another file with --output",
        )
    return data
