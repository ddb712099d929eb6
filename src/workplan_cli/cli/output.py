"""Where a result goes: standard output in one format or two, and files beside it, so that a build checks once.

This module alone knows which formats go together, and that nothing is ever written into the record.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.cli import terminal
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.exchange.result import Findings

TEXT = "text"
SCREEN = ("json", "github", "gitlab", "sarif", "junit")
"""What `--format` may name beside text; a baseline is a file, and files may be any of these too."""
FILES = (TEXT, *SCREEN, "baseline")


@dataclass(frozen=True)
class Output:
    """Formats for standard output, and files with their formats."""

    formats: tuple[str, ...] = (TEXT,)
    files: tuple[tuple[str, Path], ...] = ()
    in_actions: bool = False
    """Whether GitHub Actions reads standard output."""
    step_summary: Path | None = None

    @property
    def is_text_only(self) -> bool:
        """Whether nothing but text on standard output is asked for."""
        return self.formats == (TEXT,) and not self.files and not self.in_actions

    def names(self, name: str) -> bool:
        """Whether a format is wanted anywhere."""
        return name in self.formats or any(name == one for one, _ in self.files)


def folder(root: Path, environment: Mapping[str, str]) -> str:
    """Where the repository lies in the checkout that a build service works on: empty, or ending in `/`."""
    checkout = environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR")
    if not checkout:
        return ""
    here, whole = Path(os.path.realpath(root)), Path(os.path.realpath(checkout))
    inside = here.relative_to(whole).as_posix() if here.is_relative_to(whole) else "."
    return "" if inside == "." else f"{inside}/"


def plan(formats: Iterable[str], files: Iterable[str], record: Path, environment: Mapping[str, str]) -> Output:
    """What was asked for; in GitHub Actions, `github` and `text` where nothing was. Raises WorkplanError for what cannot be
    written."""
    in_actions = environment.get("GITHUB_ACTIONS") == "true"
    chosen = tuple(dict.fromkeys(_known(name, (TEXT, *SCREEN)) for name in formats)) or (
        ("github", TEXT) if in_actions else (TEXT,)
    )
    for_programs = [name for name in chosen if name not in (TEXT, "github")]
    if for_programs and len(chosen) > 1:
        others = " and ".join(f"'{name}'" for name in chosen)
        hint = f"write one to a file: --output-file {for_programs[0]}=PATH"
        raise WorkplanError(f"{others} cannot share the standard output", hint)
    summary = environment.get("GITHUB_STEP_SUMMARY") if "github" in chosen else None
    return Output(chosen, tuple(_destination(word, record) for word in files), in_actions, Path(summary) if summary else None)


def deliver(findings: "Findings", output: Output, text: Callable[[bool], Iterable[str]]) -> None:
    """Write the findings everywhere they are wanted. `text` gives the text format in pieces; it is told whether for a file."""
    from workplan_cli.exchange.findings import FORMATS

    for name, path in output.files:
        content = "".join(text(True)) if name == TEXT else FORMATS[name](findings)
        _replace(path, content.encode("utf-8", "backslashreplace"))
    if output.step_summary is not None:
        from workplan_cli.exchange.findings import summary

        there = output.step_summary.stat().st_size if output.step_summary.is_file() else 0
        _append(output.step_summary, summary.render(findings, summary.LIMIT - there).encode())
    for name in output.formats:
        if name == TEXT:
            _emit_text(text(False), output.in_actions)
        else:
            terminal.emit_bytes(FORMATS[name](findings).encode())


def _emit_text(pieces: Iterable[str], in_actions: bool) -> None:
    if in_actions:
        import secrets

        from workplan_cli.exchange.findings.github import quoted

        terminal.emit(quoted("".join(pieces), secrets.token_hex(16)))
        return
    for piece in pieces:
        terminal.emit(piece)


def _known(name: str, allowed: tuple[str, ...]) -> str:
    if name not in allowed:
        raise WorkplanError(f"'{visible(name)}' is no format", did_you_mean(name, allowed, "allowed: " + ", ".join(allowed)))
    return name


def _destination(word: str, record: Path) -> tuple[str, Path]:
    """`sarif=build/findings.sarif`, looked at before the work, not after."""
    name, sign, written = word.partition("=")
    if not sign or not written:
        raise WorkplanError(f"'{visible(word)}' is not of the form FORMAT=PATH", "write --output-file sarif=findings.sarif")
    path = Path(written)
    shown = visible(written)
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(record)):
        raise WorkplanError(f"'{shown}' lies in the record, and validate never writes there", "name a file outside data/")
    if os.path.isdir(path):
        raise WorkplanError(f"'{shown}' is a folder", "name a file")
    if os.path.exists(path) and not os.path.isfile(path):
        raise WorkplanError(f"'{shown}' is a pipe or a device, and is not written to", "name a file")
    if not os.path.isdir(path.parent):
        raise WorkplanError(f"there is no folder '{visible(str(path.parent))}' for '{shown}'", "make it first")
    return _known(name, FILES), path


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; where a link leads, there."""
    from workplan_cli.storage.write import replace

    real = Path(os.path.realpath(path))
    replace(real.parent, real.name, data)


def _append(path: Path, data: bytes) -> None:
    """Add to the summary of a build, which its service made."""
    try:
        with open(path, "ab") as file:
            file.write(data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise WorkplanError(f"'{visible(str(path))}' cannot be written: {reason}", "name another file") from None
