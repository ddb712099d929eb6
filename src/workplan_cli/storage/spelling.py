"""How a noun of the record is written as YAML: the lines of an answer or of a piece of evidence.

This module alone writes words into YAML. Whatever a text holds, it is read back as that text, and never as anything else.
"""

import json
import re
from typing import Any

from pydantic import BaseModel

from workplan_cli.diagnostics import visible
from workplan_cli.storage.order import inside, permutation
from workplan_cli.storage.yaml_libyaml import plain

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9])?", re.ASCII)
STEP = "  "


def entry(key: str, noun: BaseModel, pad: str) -> str:
    """A noun under its key: each field on its line, figures on lines of their own."""
    return f"{pad}{scalar(key)}:\n" + "".join(part(name, value, pad + STEP) for name, value in _given(noun).items())


def item(noun: BaseModel, pad: str) -> str:
    """A noun as an item of a list: each field on its line."""
    lines = "".join(part(name, value, pad + STEP) for name, value in _given(noun).items())
    return f"{pad}- {lines.removeprefix(pad + STEP)}"


def part(key: str, value: Any, pad: str) -> str:
    """A field on its line; a list of mappings on lines of their own."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{pad}{scalar(key)}:\n" + "".join(f"{pad}{STEP}- {flow(one)}\n" for one in value)
    return f"{pad}{scalar(key)}: {flow(value)}\n"


def line(key: str, noun: BaseModel, pad: str) -> str:
    """A noun under its key, all of it on one line."""
    return f"{pad}{scalar(key)}: {flow(_given(noun))}\n"


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, str):
        return scalar(value)
    return json.dumps(value)


def scalar(text: str) -> str:
    """A text, in quotes unless it is surely read as itself without them. What would hide or act in it is written as an escape."""
    if _PLAIN.fullmatch(text) and plain(text) == text:
        return text
    return "".join(_escaped(letter) for letter in json.dumps(text, ensure_ascii=False))


def _escaped(letter: str) -> str:
    return letter if visible(letter) == letter and letter not in "\u00a0\u202f" else f"\\u{ord(letter):04x}"


def _given(noun: BaseModel) -> dict[str, Any]:
    """What was said, without what was left open, in canonical order."""
    given = noun.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    ordered: dict[str, Any] = _ordered({name: value for name, value in given.items() if value not in ([], {})}, type(noun))
    return ordered


def _ordered(value: Any, annotation: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(inner, inside(annotation, place, None)) for place, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    names, kind = list(value), value.get("type")
    order = permutation(annotation, names, kind)
    return {names[place]: _ordered(value[names[place]], inside(annotation, names[place], kind)) for place in order}
