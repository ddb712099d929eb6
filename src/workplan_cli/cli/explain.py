"""`workplan explain rule CODE`: what a finding means, with a wrong and a right example.

This module alone knows how a case page is read on a terminal.
"""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli import chain, terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workplan_cli.diagnostics import Code

app = typer.Typer(help="Explain what the tool says.", no_args_is_help=True, rich_markup_mode=None)

_FIRST_PARAGRAPH = r"# [^\n]*\n+(?P<text>[^\n#].*?)(?:\n\n|\Z)"


@app.callback()
def _group() -> None:
    """Explain what the tool says."""


@app.command()
def rule(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="A code or a name: WP501, claim-without-evidence.")] = None,
) -> None:
    """What a finding means and what to do, with a wrong and a right example; without CODE, the list of all.

    \b
      workplan explain rule WP501
      workplan explain rule claim-without-evidence
      workplan explain rule
    """
    from workplan_cli.checking.catalogue import CODES

    if code is None:
        terminal.emit(_list(CODES))
    else:
        _show(_page(_one(code, CODES)))


app.command("coverage", help=chain.HELP)(chain.explain_coverage)


def first_paragraphs() -> dict[str, str]:
    """What each code's page says first, on one line, by code."""
    return {code: paragraph(path.read_text(encoding="utf-8")) for code, path in pages().items()}


def pages() -> "dict[str, Path]":
    """The case pages by code; none where they did not come with the tool."""
    from workplan_cli import resources
    from workplan_cli.errors import WorkplanError

    try:
        folder = resources.cases()
    except WorkplanError:
        return {}
    return {path.name[:5]: path for path in sorted(folder.glob("WP*.md"))}


def paragraph(page: str) -> str:
    """The first paragraph below a page's title, on one line."""
    found = re.match(_FIRST_PARAGRAPH, page, re.S)
    return " ".join(found["text"].split()) if found else ""


def _one(word: str, codes: "Sequence[Code]") -> "Code":
    from workplan_cli.diagnostics import did_you_mean, visible
    from workplan_cli.errors import WorkplanError

    for one in codes:
        if word.strip().casefold() in (one.id.casefold(), one.name, str(one).casefold()):
            return one
    names = [name for one in codes for name in (one.id, one.name)]
    hint = did_you_mean(word, names, "workplan explain rule lists them all")
    raise WorkplanError(f"'{visible(word)}' is no code or name of a finding", hint)


def _page(code: "Code") -> str:
    from workplan_cli.errors import WorkplanError

    path = pages().get(code.id)
    if path is None:
        raise WorkplanError(f"{code} has no page", "install workplan-cli anew")
    return path.read_text(encoding="utf-8")


def _show(page: str) -> None:
    """The page's own text in a pipe; laid out on a screen."""
    if not terminal.is_screen():
        terminal.emit(page)
        return
    from rich.markdown import Markdown

    console = terminal.console(min(terminal.width() or 100, 100))
    with console.capture() as capture:
        console.print(Markdown(page, code_theme="ansi_dark", hyperlinks=False))
    terminal.emit("\n".join(line.rstrip() for line in capture.get().split("\n")))


def _list(codes: "Sequence[Code]") -> str:
    """Every code with its name, whether it is a warning, and the first sentence of its page."""
    import textwrap

    said = first_paragraphs()
    width = min(terminal.width() or 80, 100)
    lines = []
    for one in sorted(codes, key=lambda code: code.id):
        sentence = re.split(r"(?<=[.:?!]) (?=[A-Z`])", said.get(one.id, ""))[0]
        lines.append(f"{terminal.styled(one.id, '1')} {one.name}" + (" (warning)" if one.severity == "warning" else ""))
        lines += textwrap.wrap(sentence, width - 6, initial_indent="      ", subsequent_indent="      ")
    return "\n".join(lines) + "\n"
