"""A line of a table, before anybody knows what its columns are called.

This module alone knows what a file's lines look like to the rest of an import, and how a file is spoken of.
"""

from dataclasses import dataclass

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

MAX_CELL = 131_072
"""Characters, as in Python's own reader of CSV. The longest cell of a real table is a paragraph."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, its cells, and the text it was read from."""

    line: int
    cells: tuple[str, ...]
    raw: str
    is_too_long: bool = False
    """Whether it had more cells than there are columns."""


def squeezed(text: str) -> str:
    """Text with its white space folded."""
    return " ".join(text.split())


def brief(text: str) -> str:
    """Somebody's words, no longer than a message bears."""
    text = visible(text)
    return text if len(text) <= 60 else text[:57] + "…"


def refusal(name: str, why: str, hint: str) -> WorkplanError:
    """What is wrong with a file, as the subject of the sentence."""
    return WorkplanError(f"'{brief(name)}' {why}", hint)
