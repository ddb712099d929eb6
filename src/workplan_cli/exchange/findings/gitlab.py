"""Findings as a Code Quality report of GitLab. This module alone knows that format."""

from workplan_cli.diagnostics import Severity
from workplan_cli.exchange.findings.json import dump
from workplan_cli.exchange.result import Findings, fingerprints

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(findings: Findings) -> str:
    """A list of issues. The fingerprints stay when lines move, so that a merge request shows only what it brings."""
    return dump(
        [
            {
                "description": f"{one.message} ({one.hint})" if one.hint else one.message,
                "check_name": f"{one.code.id}-{one.code.name}",
                "fingerprint": fingerprint,
                "severity": _SEVERITY[one.code.severity],
                "location": {"path": findings.folder + one.path, "lines": {"begin": one.span.line if one.span else 1}},
            }
            for one, fingerprint in fingerprints(findings.shown)
        ]
    )
