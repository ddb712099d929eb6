"""A page of the record for a reader: headings, paragraphs, fields and tables.

This module alone knows the shape of a page: what is bold, how far things are set in, how a text in another language is marked.
What stands in the record is shown and never obeyed: no markup, no control characters, no line ends of its own.
"""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text as Styled

from workplan_cli.cli import marks, terminal
from workplan_cli.diagnostics import visible
from workplan_cli.model.text import Text, in_language

WIDTH = 80
"""Columns where the output is no screen."""
LONG = 100_000
"""Columns for rows that are not to be broken."""
_STEP = 2
_LEAST = 14
"""Columns below which a table's last column is too narrow to read."""


class Page:
    """Collects lines in the order of the calls; `finish` writes them. Texts are shown in `language` where they exist in it."""

    def __init__(self, language: str, width: int | None = None) -> None:
        self.language = language
        self._console = terminal.console(width or terminal.width() or WIDTH)
        self._signs = marks.signs()
        self._lines: list[Styled] = []

    def finish(self) -> None:
        """Write the page to standard output."""
        with self._console.capture() as capture:
            for line in self._lines:
                self._console.print(line, soft_wrap=True)
        terminal.emit(capture.get())

    def say(self, text: Text | None, otherwise: str = "") -> str:
        """A text in the page's language. One that exists only in another is marked with it: `[es] …`."""
        words, language = in_language(text, self.language)
        if not words:
            return otherwise
        return words if language == self.language else f"[{language}] {words}"

    def mark(self, standing: str) -> str:
        """A standing with its sign: `● implemented`."""
        return f"{self._signs[standing]} {standing.replace('-', ' ')}"

    def heading(self, words: str, beside: str = "") -> None:
        """What the page is about."""
        line = Styled(_line(words), style="bold")
        if beside:
            line.append(f"  {_line(beside)}", style="not bold")
        self._set(line, 0)

    def section(self, words: str) -> None:
        """A heading within the page."""
        self._lines.append(Styled())
        self._set(Styled(_line(words), style="bold"), 0)

    def words(self, words: str, level: int = 1) -> None:
        """A paragraph."""
        self._set(Styled(_line(words)), level)

    def quiet(self, words: str, level: int = 1) -> None:
        """A paragraph that stands back."""
        self._set(Styled(_line(words), style="dim"), level)

    def fields(self, fields: Iterable[tuple[str, str]], level: int = 1) -> None:
        """Words by name; those without words are left out."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, words in fields:
            if words:
                grid.add_row(Styled(_line(name)), _address(_line(words)))
        if grid.row_count:
            self._set(grid, level)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]], level: int = 1) -> None:
        """A table without lines; `none` for one without rows."""
        lines = [[Styled(_line(cell)) for cell in row] for row in rows]
        if not lines:
            self.quiet("none", level)
            return
        # The last column wraps, in the room that the others leave; where that is too little, all of them wrap.
        widths: list[int | None] = [None] * len(columns)
        wide = [max(len(columns[place]), *(line[place].cell_len for line in lines)) for place in range(len(columns))]
        left = self._console.width - _STEP * level - sum(wide[:-1]) - 2 * len(wide)
        if left >= _LEAST:
            widths = [*wide[:-1], min(wide[-1], left)]
        grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for column, width in zip(columns, widths, strict=True):
            grid.add_column(Styled(column), overflow="fold", width=width)
        for line in lines:
            grid.add_row(*line)
        self._set(grid, level)

    def _set(self, block: RenderableType, level: int) -> None:
        """Lay a block out in lines, without the blanks at their ends that a pipe would carry along."""
        width = max(self._console.width - _STEP * level, 20)
        for segments in self._console.render_lines(block, self._console.options.update(width=width), pad=False):
            line = Styled(" " * _STEP * level)
            for segment in segments:
                line.append(segment.text, segment.style)
            line.rstrip()
            self._lines.append(line)


def _line(words: str) -> str:
    """The words on one line, with nothing in them that acts."""
    return visible(" ".join(words.split()))


def _address(line: str) -> Styled:
    """Words, and a link where they are an address."""
    is_address = line.startswith(("http://", "https://")) and " " not in line
    return Styled(line, style=Style(link=line)) if is_address else Styled(line)
