"""How a place and a value are called in a message.

This module alone knows how the keys of a document are put into a sentence, and forms into words.
"""

import re
import unicodedata
from typing import Any

from workplan_cli.diagnostics import Key, Pointer

_KINDS = {
    "dict": "a mapping (key: value)",
    "list": "a list (- item)",
    "str": "a text",
    "int": "a number",
    "float": "a number with decimals",
    "bool": "true or false",
    "NoneType": "nothing",
}
_LONGEST = 60
"""Letters of a value that a message bears."""
_PATTERNS = {
    r"^[A-Z]{3}$": "three capital letters, as in ISO 3166-1 alpha-3",
    r"^[a-z]{2,3}$": "two or three small letters, as in ISO 639",
    r"^[a-z0-9]+([.-][a-z0-9]+)*$": "small letters, digits, dots and hyphens",
    r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$": "letters, digits, dots, hyphens and underscores",
}
_ENTRIES: dict[Key, str] = {"answers": "answer", "evidence": "evidence", "mandates": "mandate", "states": "state"}
"""What one entry of a mapping is called."""


def subject_of(pointer: Pointer) -> str:
    """A pointer in words: `result of g22-hotline`, `value of values 3 of g39-victims`."""
    steps: list[str] = []
    for step in pointer:
        if isinstance(step, int) and steps:
            steps[-1] += f" {step + 1}"
        else:
            steps.append(shown(step))
    if len(pointer) == 2 and pointer[0] in _ENTRIES:
        return f"{_ENTRIES[pointer[0]]} {shown(pointer[1])}"
    if len(steps) > 2 and isinstance(pointer[1], str):
        del steps[0]
    return " of ".join(reversed(steps[-3:])) or "the file"


def kind_of(value: Any) -> str:
    """What sort of thing a value is, in words."""
    return _KINDS.get(type(value).__name__, "something with a tag")


def shown(value: Any) -> str:
    """A value as YAML would write it, on one line, and no longer than a message bears."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value).replace("\n", " ")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "…"


def quoted(value: Any) -> str:
    """A scalar in quotes, with a space before it; nothing for anything else."""
    return f" '{shown(value)}'" if isinstance(value, str | int | float) else ""


def any_of(words: list[str]) -> str:
    """Words in quotes, the last two joined by or."""
    *others, last = [f"'{word}'" for word in words]
    return f"{', '.join(others)} or {last}" if others else last


def misfit(written: str, pattern: str) -> tuple[str, str]:
    """What form a word must have, and the word in that form where that is plain."""
    bare = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9.]+", "-", bare.lower()).strip("-.")
    fitting = next((word for word in (bare, bare.lower(), bare.upper(), slug) if re.fullmatch(pattern, word)), None)
    return f"is not written in {_PATTERNS.get(pattern, 'the right form')}", f"write '{fitting}'" if fitting else ""
