"""Findings as annotations of GitHub Actions: workflow commands on standard output. This module alone knows their syntax and
their limits."""

from workplan_cli.diagnostics import Diagnostic, Severity
from workplan_cli.exchange.result import Findings, counted

MOST = 10
"""Of each severity and step, GitHub shows so many and drops the rest in silence."""


def render(findings: Findings) -> str:
    """The first errors and warnings, then how many more there are."""
    lines: list[str] = []
    for severity in Severity:
        lines += [_command(one, findings.folder) for one in findings.of(severity)[:MOST]]
    more = len(findings.shown) - len(lines)
    if more:
        lines.append(f"::notice::and {counted(more, 'more finding', 'more findings')}, see the summary")
    return "".join(f"{line}\n" for line in lines)


def quoted(text: str, token: str) -> str:
    """Text for a reader of the log, between marks that keep the runner from taking any of it for a command."""
    return f"::stop-commands::{token}\n{text}::{token}::\n"


def _command(one: Diagnostic, folder: str) -> str:
    properties = {"file": folder + one.path}
    if one.span is not None:
        properties |= {"line": str(one.span.line), "col": str(one.span.column)}
        if one.span.end_line == one.span.line:
            properties |= {"endLine": str(one.span.end_line), "endColumn": str(one.span.end_column)}
    properties["title"] = str(one.code)
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = f"{one.message}\n{one.hint}" if one.hint else one.message
    return f"::{one.code.severity} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
