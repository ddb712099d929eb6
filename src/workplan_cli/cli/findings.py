"""How findings look to a person. This module alone knows the text format.

Each begins with its place, so that a terminal or an editor can go there; the words follow, then the line itself with the place
marked, then what to do. Text of the record goes to Rich as `Text` only: brackets in it are never markup.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from workplan_cli.cli.excerpt import excerpt
from workplan_cli.cli.terminal import Glyphs
from workplan_cli.diagnostics import Diagnostic, Severity, Span
from workplan_cli.exchange.result import Findings, headline, inventory, not_shown

Reader = Callable[[str], str | None]
"""The text of a file by its path from the root of the repository, or None when it is not there any more."""

_WIDE = 160
"""Cells that a source line may take where the output is no screen."""
_WHOLE_FILE = Span(1, 1, 1, 1)
"""What a finding about a file as a whole points at."""
_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def confidential_lines(found: Iterable[Diagnostic]) -> dict[str, frozenset[int]]:
    """The lines, by path, that no output repeats, whatever else is wrong in them."""
    lines: dict[str, set[int]] = {}
    for one in found:
        if one.code.confidential and one.span is not None:
            lines.setdefault(one.path, set()).update(range(one.span.line, max(one.span.line, one.span.end_line) + 1))
    return {path: frozenset(numbers) for path, numbers in lines.items()}


@dataclass(frozen=True)
class Paper:
    """What is written on: a console that captures, the signs it can show, and its columns; None leaves lines as long as they
    are."""

    console: Console
    glyphs: Glyphs
    width: int | None = None

    def printed(self, rows: Iterable[Text]) -> str:
        """Rows as they go out; without colour there is nothing that Rich would add."""
        if self.console.color_system is None:
            return "".join(f"{row.plain}\n" for row in rows)
        with self.console.capture() as capture:
            for row in rows:
                self.console.print(row, soft_wrap=True)
        return capture.get()

    def folded(self, text: Text, first: str, later: str) -> Iterator[Text]:
        """Text folded to the width, the first and the later rows indented."""
        rows = [text] if self.width is None else text.wrap(self.console, max(20, self.width - len(later)))
        for number, row in enumerate(rows):
            row.rstrip()
            yield Text(later if number else first) + row


def render(
    findings: Findings, paper: Paper, read: Reader, confidential: Mapping[str, frozenset[int]], most: int | None = None
) -> Iterator[str]:
    """The pieces of the text: each finding, then what it comes to. `most` findings are shown at the most."""
    path, lines = "", list[str]()
    for one in findings.shown[:most]:
        is_new = one.path != path
        if is_new:
            path, lines = one.path, (read(one.path) or "").split("\n")
        yield paper.printed(_finding(one, paper, lines, confidential.get(path, frozenset()), is_new))
    yield paper.printed(_ending(findings, paper, most))


def _finding(one: Diagnostic, paper: Paper, lines: list[str], confidential: frozenset[int], is_new: bool) -> Iterator[Text]:
    numbers = f":{one.span.line}:{one.span.column}" if one.span else ""
    # The path is quieter where it is that of the finding before.
    yield Text.assemble((one.path, "bold" if is_new else "dim"), (numbers, "bold"))
    is_error = one.code.severity is Severity.ERROR
    sign = paper.glyphs.error if is_error else paper.glyphs.warning
    yield Text.assemble("  ", (f"{sign} {one.code.severity}", f"bold {_COLOUR[one.code.severity]}"), " ", (str(one.code), "bold"))
    yield from paper.folded(Text(one.message), "    ", "    ")
    if one.span is not None and one.span != _WHOLE_FILE and not one.code.confidential:
        yield from _excerpts(one, one.span, paper, lines, confidential)
    if one.hint:
        yield from paper.folded(Text.assemble(("help: ", "cyan"), one.hint), "    ", "          ")
    yield Text()


def _excerpts(one: Diagnostic, place: Span, paper: Paper, lines: list[str], confidential: frozenset[int]) -> Iterator[Text]:
    """The places in the order of the file: what belongs to it underlined, the place itself pointed at."""
    places = [(span, "-", words, "dim") for words, span in one.related]
    places.append((place, "^", "", f"bold {_COLOUR[one.code.severity]}"))
    gutter = max(4, *(len(str(span.line)) for span, *_ in places))
    for span, sign, words, style in sorted(places, key=lambda one: one[0]):
        if not 0 < span.line <= len(lines) or not lines[span.line - 1].strip() or span.line in confidential:
            continue
        room = max(20, (paper.width or _WIDE) - gutter - 5)
        part = excerpt(lines[span.line - 1].rstrip("\r"), span, room, paper.glyphs.more)
        bar = paper.glyphs.bar
        yield Text.assemble("  ", (f"{span.line:>{gutter}} {bar} ", "dim"), part.text)
        label = (f" {words}", "dim") if words else ""
        yield Text.assemble("  ", (f"{'':>{gutter}} {bar} ", "dim"), " " * part.lead, (sign * part.length, style), label)


def _ending(findings: Findings, paper: Paper, most: int | None) -> Iterator[Text]:
    """What it comes to, what was looked at, what is not shown."""
    more = len(findings.shown) - len(findings.shown[:most])
    if more:
        yield Text(f"{paper.glyphs.more} {more:,} more; raise --max to see them")
    sign, style = paper.glyphs.clean, "bold green"
    if findings.shown:
        has_errors = bool(findings.of(Severity.ERROR))
        sign, style = (paper.glyphs.error, "bold red") if has_errors else (paper.glyphs.warning, "bold yellow")
    yield Text.assemble((f"{sign} ", style), (headline(findings), "bold"))
    if inventory(findings):
        yield from paper.folded(Text(f"checked: {inventory(findings)}", "dim"), "  ", "    ")
    if findings.hidden:
        yield from paper.folded(Text(f"not shown: {not_shown(findings)}", "dim"), "  ", "    ")
