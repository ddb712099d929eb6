"""Text that others wrote, made harmless before it is put anywhere. This module alone knows what a character can do.

HTML, Markdown and spreadsheets each take some characters for orders; and in all of them marks that turn the direction of reading,
and control characters, make a reader see something else than what is there.
"""

import re

from workplan_cli.diagnostics import visible

_ACTS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")
_BEGINS = re.compile(r"^( ?)(?:([-=])|([0-9]+)(?=[.]))")
"""What would make a list or a heading of a line that begins with it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WEB = re.compile(r"https?://[^\s<>\"'`\\]+", re.I)


def tame(text: str) -> str:
    """The text with every character that acts instead of showing written as an escape; ends of lines stay."""
    return (
        text
        if text.isprintable()
        else _ACTS.sub(lambda found: visible(found[0]) if visible(found[0]) != found[0] else "\ufffd", text)
    )


def for_markdown(text: str) -> str:
    """Text that means nothing to Markdown nor to HTML within it, on one line."""
    escaped = _MARKDOWN.sub(r"\\\1", re.sub(r"\s+", " ", tame(text)))
    return _BEGINS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\", escaped)


def for_csv(value: object) -> str:
    """A value as text; one that begins like a formula gets an apostrophe before it, as spreadsheets expect."""
    text = "" if value is None else tame(str(value))
    return f"'{text}" if text.lstrip(" ")[:1] in _FORMULA else text


def web_address(url: str | None) -> str | None:
    """An address that may stand in a link: on the web, and nothing else."""
    return url if url is not None and _WEB.fullmatch(url) and url.isprintable() else None
