"""A comparison on the terminal: a line a change, by state, voice and round. This module alone knows how it is laid out."""

import os
import secrets
from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from workplan_cli.analysis.changes.marking import Mark, shortened
from workplan_cli.cli import terminal
from workplan_cli.diagnostics import visible
from workplan_cli.reports.changes.line import Line, Side, Tone, Versions
from workplan_cli.reports.changes.summary import Figure, Summary

_STYLES = {Tone.NEW: "green", Tone.GONE: "red", Tone.BETTER: "green", Tone.WORSE: "yellow", Tone.CHANGED: "cyan"}
_SIGNS = {Tone.NEW: "+", Tone.GONE: "−", Tone.BETTER: "↑", Tone.WORSE: "↓", Tone.CHANGED: "~"}
_ASCII = str.maketrans({"→": "->", "−": "-", "–": "-", "…": "...", "↑": "^", "↓": "v", "·": "-", "\u00a0": " "})
_LONG = 100_000
_NOTHING = "no change"


def show_changes(said: Summary) -> None:
    """Everything that changed, the figures it moves, and what could not be read."""
    console = terminal.console(terminal.width() or _LONG)
    in_ascii = terminal.glyphs() is terminal.ASCII
    with console.capture() as capture:
        console.print(Styled(f"{said.names.before} → {said.names.after}: {_counted(said)}", style="bold"))
        for group in said.groups:
            console.print()
            console.print(Styled(_shown(group.title), style="bold"))
            for section in group.sections:
                if section.title:
                    console.print(Styled(f"  {_shown(section.title)}", style="dim"))
                for line in section.lines:
                    console.print(_grid(line, group.code, in_ascii))
        for block in (_figures(said), _unread(said)):
            for row in block:
                console.print(row)
    text = "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
    text = text.translate(_ASCII) if in_ascii else text
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from workplan_cli.exchange.findings.github import quoted

        text = quoted(text, secrets.token_hex(16))
    terminal.emit(text)


def _counted(said: Summary) -> str:
    number = len(said.lines)
    words = "1 change" if number == 1 else f"{number:,} changes" if number else _NOTHING
    states = f" in {'1 state' if len(said.states) == 1 else f'{len(said.states)} states'}" if said.states else ""
    outside = f"; {said.outside:,} more are outside of what was asked for" if said.outside else ""
    return words + states + outside


def _grid(line: Line, code: str | None, in_ascii: bool) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=3, justify="right")
    grid.add_column(overflow="fold")
    content = Styled()
    content.append(f"{code} " if code else "", style="bold")
    content.append(_shown(line.subject), style="bold")
    said = _sides(line, in_ascii)
    parts = "; ".join(_shown(part) for part in line.parts)
    if said or parts:
        content.append(": ")
    content.append(said)
    content.append((", " if said and parts else "") + parts)
    grid.add_row(Styled(_SIGNS[line.tone], style=_STYLES[line.tone]), content)
    for remark in line.remarks:
        grid.add_row("", Styled(f"{terminal.glyphs().warning} {_shown(remark)}", style="yellow"))
    for versions in line.versions:
        grid.add_row("", _marked(versions))
    return grid


def _sides(line: Line, in_ascii: bool) -> Styled:
    said = Styled()
    for place, side in enumerate((line.was, line.now)):
        if side is not None:
            said.append(" → " if place and line.was is not None else "")
            said.append(_side(side, in_ascii))
    return said


def _side(side: Side, in_ascii: bool) -> str:
    sign = "" if side.label is None else side.label.ascii if in_ascii else side.label.glyph
    return f"{sign} {_shown(side.words)}".lstrip()


def _marked(versions: Versions) -> Styled:
    """Both versions in one: [-what is gone-] {+what is new+}, so that nothing is told by colour alone."""
    said = Styled(f"{_shown(versions.name)}: ", style="dim")
    for mark, words in shortened(versions.pieces):
        shown = _inline(words)
        if mark is Mark.SAME:
            said.append(shown, style="not dim")
        elif mark is Mark.GONE:
            said.append(f"[-{shown}-]", style="not dim red")
        else:
            said.append(f"{{+{shown}+}}", style="not dim green")
    return said


def _figures(said: Summary) -> Iterator[Styled | Padding | str]:
    if not said.figures or said.figured is None:
        return
    states = ", ".join(said.figured.states[:8]) + (
        f" and {len(said.figured.states) - 8} more" if len(said.figured.states) > 8 else ""
    )
    yield ""
    yield Styled(f"Coverage {said.figured.period} of {states}", style="bold")
    for voice in dict.fromkeys(figure.voice for figure in said.figures):
        yield Styled(f"  {_shown(voice)}", style="dim")
        grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for name in ("", "reporting", "implementation", "evidence"):
            grid.add_column(name)
        for figure in said.figures:
            if figure.voice == voice:
                grid.add_row(_shown(figure.name), *_moves(figure), style="bold" if figure.is_whole else "")
        yield Padding(grid, (0, 0, 0, 4))


def _moves(figure: Figure) -> Iterator[str]:
    for before, after in figure.measures:
        yield str(after) if before == after else f"{before} → {after}"


def _unread(said: Summary) -> Iterator[Styled | str]:
    if said.unreadable:
        yield ""
        yield Styled("Not compared, or in part", style="bold")
    for one in said.unreadable:
        words = "was read in part" if one.in_part else "cannot be read, so nothing is said of it"
        yield Styled(f"  data/{_shown(one.path)} {words} in {one.side}")


def _shown(words: str) -> str:
    return visible(" ".join(words.split()))


def _inline(words: str) -> str:
    """Words on one line, blanks at their ends kept: they stand among others."""
    return visible(" ".join(words.replace("\n", " ⏎ ").split(" ")))
