"""The findings that were there before, as a file: JSON, sorted, one finding a line, so that a diff shows what came and what
went.

This module alone knows the baseline's form. It holds no lines and no columns: a finding stays known while the file around it
changes.
"""

import json
from collections import defaultdict

from workplan_cli.diagnostics import Identity, Span
from workplan_cli.errors import WorkplanError
from workplan_cli.exchange.findings.json import dump
from workplan_cli.exchange.result import Findings

_KEYS = ("code", "path", "pointer", "message")
_OPENING, _CLOSING = '{"workplan-baseline": 1, "findings": [', "]}"


def render(findings: Findings) -> str:
    """Everything known or shown, without what is said of the settings and of a baseline itself."""
    identities = [one.identity for one in (*findings.known, *findings.shown) if not one.code.id.startswith("WP9")]
    lines = [_line(identity) for identity in sorted(identities, key=lambda one: (one[1], *one))]
    return (
        "\n".join([_OPENING, *(line + "," * (line_number < len(lines)) for line_number, line in enumerate(lines, 1)), _CLOSING])
        + "\n"
    )


def read(text: str, name: str) -> tuple[tuple[Identity, Span | None], ...]:
    """What a baseline knows, each with its place in the file where it is written as `render` writes it. Raises WorkplanError
    for a file of another form."""
    try:
        content = json.loads(text)
        if content["workplan-baseline"] != 1:
            raise ValueError
        identities = [_identity(entry) for entry in content["findings"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WorkplanError(
            f"'{name}' is not a baseline", f"write one: workplan validate --output-file baseline={name}"
        ) from None
    places: dict[str, list[Span]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), 1):
        written = line.strip().removesuffix(",")
        places[written].append(Span(number, 1, number, 1 + len(written)))
    return tuple((identity, places[_line(identity)].pop(0) if places.get(_line(identity)) else None) for identity in identities)


def _line(identity: Identity) -> str:
    return dump(dict(zip(_KEYS, identity, strict=True)), indent=None)


def _identity(entry: dict[str, str]) -> Identity:
    code, path, pointer, message = (entry[key] for key in _KEYS)
    if not all(isinstance(word, str) for word in (code, path, pointer, message)):
        raise TypeError
    return code, path, pointer, message
