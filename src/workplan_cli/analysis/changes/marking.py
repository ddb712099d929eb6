"""Two versions of a text, word by word. This module alone knows how they are marked."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 4_000
"""Words and signs from which two versions are shown one after the other: comparing takes the square of them."""


class Mark(StrEnum):
    """Whether words stand in both versions, only in the first, or only in the second."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


Marked = tuple[tuple[Mark, str], ...]


def marked(before: str, after: str) -> Marked:
    """Both versions in one: what the marks `same` and `gone` hold is the first, `same` and `new` the second."""
    return tuple((mark, words) for mark, words in _marked(before, after) if words)


def _marked(before: str, after: str) -> Iterator[tuple[Mark, str]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST:
        yield from ((Mark.GONE, before), (Mark.NEW, after))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.3:  # nothing is gained by looking for the few words that happen to be in both
        yield from ((Mark.GONE, before), (Mark.NEW, after))
        return
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Mark.SAME, "".join(old[a:b])
        else:
            yield Mark.GONE, "".join(old[a:b])
            yield Mark.NEW, "".join(new[c:d])


_AROUND = 30
"""Characters of what is the same that stay beside a change."""


def shortened(pieces: Marked) -> Marked:
    """The same, with no more of what did not change than tells where one is."""
    last = len(pieces) - 1
    return tuple(
        (mark, _short(words, place == 0, place == last) if mark is Mark.SAME else words)
        for place, (mark, words) in enumerate(pieces)
    )


def _short(words: str, is_first: bool, is_last: bool) -> str:
    keep_before, keep_after = (0 if is_first else _AROUND), (0 if is_last else _AROUND)
    if len(words) <= keep_before + keep_after + 10:
        return words
    head = words[:keep_before].rpartition(" ")[0] if keep_before else ""
    tail = words[len(words) - keep_after :].partition(" ")[2] if keep_after else ""
    return f"{head}{' ' if head else ''}…{' ' if tail else ''}{tail}"
