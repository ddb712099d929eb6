"""How a noun of the record, or a value of it, is written as YAML: on one line, or its entries on lines of their own.

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
    return spread(key, given(noun), pad, 1)


def line(key: str, noun: BaseModel, pad: str) -> str:
    """A noun under its key, all of it on one line."""
    return spread(key, given(noun), pad, 0)


def spread(key: str | int, value: Any, pad: str, depth: int, step: str = STEP) -> str:
    """A value under its key. `depth` says how many levels of it have their entries on lines of their own; what lies deeper stands
    on one line, but for the figures and other mappings of a list, each on its own."""
    if not value or not isinstance(value, dict | list) or depth < 1:
        return f"{pad}{name(key)}: {flow(value)}\n"
    return f"{pad}{name(key)}:\n" + within(value, pad + step, depth, step)


def within(value: dict[str, Any] | list[Any], pad: str, depth: int, step: str = STEP) -> str:
    """The lines of the entries of a mapping, or of the items of a list, that is not empty."""
    if isinstance(value, list):
        return "".join(pad + item(one, pad, depth - 1, step) for one in value)
    lines = [spread(key, inner, pad, max(depth - 1, rows(inner)), step) for key, inner in value.items()]
    return "".join(lines)


def item(value: Any, pad: str, depth: int, step: str = STEP) -> str:
    """An item of a list whose dashes stand at `pad`, from the dash on."""
    if not value or not isinstance(value, dict) or depth < 1:
        return f"- {flow(value)}\n"
    return "- " + within(value, pad + STEP, depth, step).removeprefix(pad + STEP)


def rows(value: Any) -> int:
    """How a value is spread where nothing else says: a list of mappings has them on lines, all else is on one."""
    return int(isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, str):
        return scalar(value)
    return json.dumps(value)


def name(key: str | int) -> str:
    """A key; one that is a number stays one."""
    return scalar(key) if isinstance(key, str) else flow(key)


def scalar(text: str) -> str:
    """A text, in quotes unless it is surely read as itself without them. What would hide or act in it is written as an escape."""
    if _PLAIN.fullmatch(text) and plain(text) == text:
        return text
    return "".join(_escaped(letter) for letter in json.dumps(text, ensure_ascii=False))


def _escaped(letter: str) -> str:
    return letter if visible(letter) == letter and letter not in "\u00a0\u202f" else f"\\u{ord(letter):04x}"


def given(noun: BaseModel) -> dict[str, Any]:
    """What was said in a noun, as plain data, without what was left open, in canonical order."""
    said = noun.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    ordered: dict[str, Any] = _ordered({name: value for name, value in said.items() if value not in ([], {})}, type(noun))
    return ordered


def _ordered(value: Any, annotation: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(inner, inside(annotation, place, None)) for place, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    names, kind = list(value), value.get("type")
    order = permutation(annotation, names, kind)
    return {names[place]: _ordered(value[names[place]], inside(annotation, names[place], kind)) for place in order}
