"""Findings as JSON of our own: the whole of it, for scripts. This module alone knows that format; `docs/findings.md` describes
it."""

import json
from typing import Any

from workplan_cli.diagnostics import Diagnostic, Severity, Span, pointer_text, visible
from workplan_cli.exchange.result import Findings

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come at any time."""


def render(findings: Findings) -> str:
    """One object, indented, with a line's end."""
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "workplan", "version": findings.version},
            "data": {
                "files": findings.files,
                "as_of": findings.as_of.isoformat() if findings.as_of else None,
                "counts": dict(sorted(findings.counts.items())),
            },
            "summary": {
                "errors": len(findings.of(Severity.ERROR)),
                "warnings": len(findings.of(Severity.WARNING)),
                "files": len({one.path for one in findings.shown}),
                "hidden": dict(findings.hidden),
            },
            "findings": [_finding(one) for one in findings.shown],
        }
    )


def dump(content: Any, indent: int | None = 2) -> str:
    """JSON as every format here writes it, in readable letters; with a line's end where it is indented."""
    return json.dumps(content, ensure_ascii=False, indent=indent) + ("\n" if indent else "")


def _finding(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.code.id,
        "name": one.code.name,
        "severity": str(one.code.severity),
        "path": one.path,
        **_place(one.span),
        "pointer": visible(pointer_text(one.pointer)),
        "message": one.message,
        "hint": one.hint,
        "related": [{"message": words, **_place(span)} for words, span in one.related],
    }


def _place(span: Span | None) -> dict[str, int | None]:
    if span is None:
        return dict.fromkeys(("line", "column", "end_line", "end_column"))
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line or span.line,
        "end_column": span.end_column or span.column,
    }
