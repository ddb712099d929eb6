"""What is wrong, where, and what to do: findings as values.

This module alone knows what a finding is. It depends on the standard library only, so every layer may speak in it.
A finding is symbolic: it points into a document by keys (`Pointer`), and only the source map of `storage.yaml` turns that
into a line and a column, at the very end (`Span`).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

Key = str | int
Pointer = tuple[Key, ...]
"""Keys and list positions from the top of a document to the place meant: `("answers", "g22-hotline", "result")`."""


class Severity(StrEnum):
    """An `error` makes the record unfit to publish; a `warning` wants a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """The stable identity of a kind of finding: `WP501 claim-without-evidence`.

    Codes are never reused. The hundreds are the family, so `--select WP5` takes all of evidence.
    """

    id: str
    name: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file; lines and columns count from 1, columns in characters, `end_column` is one past the last."""

    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `path` is relative to the repository and uses `/`. `on_key` says that the pointer's last key itself is meant, not its value.
    `span` is None until the source map has resolved it, or for good where the finding is about a file as a whole.
    """

    code: Code
    path: str
    message: str
    hint: str = ""
    pointer: Pointer = ()
    on_key: bool = False
    span: Span | None = None
    related: tuple[tuple[str, Span], ...] = ()
    """Other places in the same file that belong to it, each with a word: the first of two equal keys."""

    def at(self, span: Span) -> "Diagnostic":
        """The same finding, resolved to a place."""
        return replace(self, span=span)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order: by file, then by place, then by code; stable for equal data."""
        span = self.span or Span(0, 0)
        return (self.path, span.line, span.column, self.code.id, self.message)
