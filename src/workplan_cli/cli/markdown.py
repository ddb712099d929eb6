"""The same page as Markdown, for a forge. This module alone knows how words are kept from being read as markup there."""

import re
from collections.abc import Iterable, Sequence

from workplan_cli.cli import terminal
from workplan_cli.cli.grid import FigurePage, Row
from workplan_cli.diagnostics import visible
from workplan_cli.reports.labels import Label

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~$&@!])")
_OPENING = re.compile(r"\A(\d*)([-+=.)])(?=\s|\Z)")


class MarkdownPage(FigurePage):
    """Collects blocks of Markdown; `finish` writes them."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._blocks: list[str] = []

    def finish(self) -> None:
        """Write the page to standard output."""
        terminal.emit("\n\n".join(self._blocks) + "\n")

    def heading(self, words: str, beside: str = "") -> None:
        """What the page is about."""
        self._blocks.append(f"# {escaped(words)}" + (f": {escaped(beside)}" if beside else ""))

    def section(self, words: str) -> None:
        """A heading within the page."""
        self._blocks.append(f"## {escaped(words)}")

    def caption(self, words: str) -> None:
        """A heading within a section."""
        self._blocks.append(f"### {escaped(words)}")

    def above(self, label: Label) -> str:
        """What stands above a column: there is room for the word beside the sign."""
        return f"{self.sign(label)} {label.word}"

    def words(self, words: str, level: int = 1) -> None:
        """A paragraph; an empty one is nothing here."""
        if words:
            self._blocks.append(escaped(words))

    def quiet(self, words: str, level: int = 1) -> None:
        """A paragraph that stands back."""
        self._blocks.append(escaped(words))

    def fields(self, fields: Iterable[tuple[str, str]], level: int = 1) -> None:
        """Words by name; those without words are left out."""
        lines = [f"- {f'**{escaped(name)}**: ' if name else ''}{escaped(words)}" for name, words in fields if words]
        if lines:
            self._blocks.append("\n".join(lines))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]], level: int = 1) -> None:
        """A table; `none` for one without rows."""
        lines = [_row(row) for row in rows]
        rule = f"| {' | '.join(['---'] * len(columns))} |"
        self._blocks.append("\n".join([_row(columns), rule, *lines]) if lines else "none")

    def figures(self, columns: Sequence[str], rows: Iterable[Row], level: int = 1) -> None:
        """A table of figures; Markdown knows no groups of rows."""
        rule = f"| {' | '.join(['---', *['--:'] * (len(columns) - 1)])} |"
        self._blocks.append("\n".join([_row(columns), rule, *(_row(row) for row in rows if row is not None)]))


def escaped(words: str) -> str:
    """Words on one line that Markdown shows as they are: no markup, no HTML. An address is shown whole, so it may be a link."""
    line = _MARKUP.sub(r"\\\1", visible(" ".join(words.split())))
    return _OPENING.sub(r"\1\\\2", line)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"
