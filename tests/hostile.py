"""A record in which every text that someone may write freely is an attack, and the files that hold it."""

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from editions import example
from pydantic import BaseModel, ValidationError

from workplan_cli.model.document import Document
from workplan_cli.storage.loader import load
from workplan_cli.storage.tree import Memory

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![y](https://evil.example/y.png)",
    "](javascript:alert(1))",
    '=HYPERLINK("https://evil.example","y")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "\t=1+1",
    "\x1b[31mred\x1b[0m\x07",
    "\u202eevil\u202c \u2066\u200b",
    "</script><script>alert(1)//",
    "{{ 7 * 7 }}{% include 'x' %}",
    "| a | b |",
    "# heading",
    "1. one",
    "- [ ] two",
    "line\n\n# heading\n\n    code\n<b>bold</b>",
    "`code` ~~~ ``` *a* _b_ $x$ <https://evil.example> &lt;b&gt; &#106;avascript:x",
    "%(num)s %s %d %%",
    "' onmouseover='alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "===",
)
"""Orders to a browser, to Markdown, to a spreadsheet, to a terminal, to a template engine."""

KEPT = ("archived", "sha256", "column")
"""Free texts that lead the tool itself to a file."""


def hostile() -> dict[str, bytes]:
    """The example's files, with an attack in every free text. They are written as JSON, whose escapes hide it from the eye."""
    attacks = cycle(ATTACKS)
    files = dict(example())
    for path in example():
        loaded = load(Memory(example()), path)
        if loaded.document is not None:
            files[path] = _attacked(loaded.document, lambda: next(attacks))
    return files


def _attacked(document: Document, attack: Callable[[], str]) -> bytes:
    """A document whose free texts are all attacks: those strings that may be any other string."""
    content = document.model_dump(mode="json", by_alias=True, exclude_unset=True)
    identity = {name: content.pop(name) for name in document.identity()}
    for holder, key in list(_strings(content)):
        kept = holder[key]
        holder[key] = attack()
        if not _is_valid(type(document), {**content, **identity}):
            holder[key] = kept
    return json.dumps(content).encode()


def _is_valid(model: type[BaseModel], content: Any) -> bool:
    try:
        model.model_validate(content, by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True


def _strings(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every string in some content, with what holds it and by which key."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in list(pairs):
        if isinstance(value, str) and key not in KEPT:
            yield content, key
        elif isinstance(value, dict | list):
            yield from _strings(value)
