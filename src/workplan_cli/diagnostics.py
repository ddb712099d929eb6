"""What is wrong, where, and what to do: findings as values.

This module alone knows what a finding is, down to the word it offers instead. It depends on the standard library only, so every
layer may speak in it. A finding is symbolic: it points into a document by keys (`Pointer`), and only the source map of
`storage.yaml` turns that into a line and a column, at the very end (`Span`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

Key = str | int
Pointer = tuple[Key, ...]
"""Keys and list positions from the top of a document to the place meant: `("answers", "g22-hotline", "result")`."""

Identity = tuple[str, str, str, str]
"""What stays of a finding when lines move: its code, path, pointer and message."""

_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_LONGEST = 600
_LINE_NUMBER = re.compile(r"\b(lines?) [0-9]+(?:-[0-9]+)?")


def visible(text: str) -> str:
    """The text with everything in it that acts instead of showing written as an escape: control characters, line ends, marks
    that turn the direction of reading, halves of characters. What comes out is one line and cannot move a cursor; twice is as
    once."""
    return _ACTS.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


def clipped(text: str) -> str:
    """A sentence no longer than a reader bears, however long the words are that someone wrote."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def pointer_text(pointer: Pointer) -> str:
    """A pointer as RFC 6901 writes it: `/answers/g22-hotline/result`; empty for the whole document."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in pointer)


class Severity(StrEnum):
    """An `error` makes the record unfit to publish; a `warning` wants a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """The stable identity of a kind of finding: `WP501 claim-without-evidence`.

    Codes are never reused. The hundreds are the family, so `--select WP5` takes all of evidence.
    """

    id: str
    name: str
    severity: Severity = Severity.ERROR
    confidential: bool = False
    """The words at the place must not be repeated: the message does not, and no output shows the source line."""

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file; lines and columns count from 1, columns in characters, `end_column` is one past the last."""

    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `path` is relative to the repository and uses `/`. `on_key` says that the pointer's last key itself is meant, not its value.
    `span` is None until the source map has resolved it, or for good where the finding is about a file as a whole.
    """

    code: Code
    path: str
    message: str
    hint: str = ""
    pointer: Pointer = ()
    on_key: bool = False
    span: Span | None = None
    related: tuple[tuple[str, Span], ...] = ()
    """Other places in the same file that belong to it, each with a word: the first of two equal keys."""

    def at(self, span: Span) -> "Diagnostic":
        """The same finding, resolved to a place."""
        return replace(self, span=span)

    @property
    def identity(self) -> Identity:
        """What a baseline and a fingerprint know it by: lines may move, and the numbers of lines in its message with them."""
        message = _LINE_NUMBER.sub(r"\1 N", visible(self.message))
        return (self.code.id, visible(self.path), visible(pointer_text(self.pointer)), message)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order: by file, then by place, then by code; stable for equal data."""
        span = self.span or Span(0, 0)
        return (self.path, span.line, span.column, self.code.id, self.message)


def closest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word nearest to what was written, if any is near; case, separators and zeros before a number do not count
    (`G1` is `g01`). Of words equally near, the one that begins alike."""
    return _closest(word[:80], tuple(allowed))


@cache
def _plain(word: str) -> str:
    return re.sub(r"[\W_]", "", re.sub(r"(?<!\d)0+(?=\d)", "", word)).casefold()


@lru_cache(maxsize=1024)
def _closest(word: str, allowed: tuple[str, ...]) -> str | None:
    import difflib

    wanted = _plain(word)
    plain = {_plain(choice): choice for choice in allowed}
    if wanted in plain:
        return plain[wanted]
    near = difflib.get_close_matches(wanted, plain, n=20, cutoff=0.6 if len(wanted) > 4 else 0.75)
    alike = {one: (difflib.SequenceMatcher(None, one, wanted).ratio(), _common(one, wanted)) for one in near}
    return plain[max(near, key=alike.__getitem__)] if near else None


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def did_you_mean(word: str, allowed: Iterable[str], otherwise: str = "") -> str:
    """The hint that offers the closest allowed word; `otherwise` where none is close."""
    guess = closest(word, allowed)
    return f"did you mean '{guess}'?" if guess else otherwise
