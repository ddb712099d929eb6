"""Findings as SARIF 2.1.0, the exchange format of OASIS for results of checks. This module alone knows that format."""

from typing import Any

from workplan_cli.diagnostics import Code, Diagnostic, Span
from workplan_cli.exchange.findings.json import dump
from workplan_cli.exchange.result import Findings, fingerprints

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
"""What paths are relative to: the root of the checkout, as viewers call it."""


def render(findings: Findings) -> str:
    """One run, with the rules that found something and the first paragraph of their pages."""
    codes = sorted({one.code for one in findings.shown}, key=lambda code: code.id)
    positions = {code.id: position for position, code in enumerate(codes)}
    driver = {
        "name": "workplan",
        "version": findings.version or "unknown",
        "rules": [_rule(code, findings.pages) for code in codes],
    }
    return dump(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "originalUriBaseIds": {BASE: {"description": {"text": "The root of the checkout."}}},
                    "columnKind": "unicodeCodePoints",
                    "results": [
                        _result(one, fingerprint, positions[one.code.id], findings.folder)
                        for one, fingerprint in fingerprints(findings.shown)
                    ],
                }
            ],
        }
    )


def _rule(code: Code, pages: Any) -> dict[str, Any]:
    text = pages.get(code.id) or f"See: workplan explain rule {code.id}"
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": code.name.replace("-", " ")},
        "fullDescription": {"text": text},
        "help": {"text": f"{text}\n\nExamples: workplan explain rule {code.id}"},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _result(one: Diagnostic, fingerprint: str, rule: int, folder: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code.id,
        "ruleIndex": rule,
        "level": str(one.code.severity),
        "message": {"text": f"{one.message}\n{one.hint}" if one.hint else one.message},
        "locations": [{"physicalLocation": _place(folder + one.path, one.span)}],
        "partialFingerprints": {"workplan/v1": fingerprint},
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(folder + one.path, span), "message": {"text": words}}
            for number, (words, span) in enumerate(one.related, 1)
        ]
    return result


def _place(path: str, span: Span | None) -> dict[str, Any]:
    from urllib.parse import quote

    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": BASE}}
    if span is not None:
        place["region"] = {"startLine": span.line, "startColumn": span.column}
        if span.end_line:
            place["region"] |= {"endLine": span.end_line, "endColumn": span.end_column}
    return place
