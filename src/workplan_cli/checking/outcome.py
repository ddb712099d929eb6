"""What a check gives. This module alone knows its shape; it is light, so that an outcome can be recalled without the rules."""

from collections.abc import Callable
from dataclasses import dataclass, field

from workplan_cli.diagnostics import Diagnostic

Progress = Callable[[int, int], None]
"""Told of how many units out of how many are checked."""


@dataclass(frozen=True)
class Outcome:
    """What a check found, in reading order, and what it looked at. Paths are relative to `data/`."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    counts: dict[str, int] = field(default_factory=dict)
