"""How words are compared: the one folding that quotations and archived copies share. This module alone knows it.

White space counts as one space. A word divided at a line's end is one word, whether its hyphen belongs to the line (`traf-`,
`ficking`) or to the word (`well-`, `known`): a quotation may write either. Nothing else is forgiven.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_SOFT = "\u00ad"
_LONGEST = 5_000
"""Characters of a passage whose hyphens are looked at one by one; a longer one is no quotation."""
_HYPHENS = ("-", "\u2010", _SOFT)


@dataclass(frozen=True)
class Folded:
    """Text folded to one line. Offsets count characters of `words`."""

    words: str
    starts: tuple[int, ...]
    """Where each line of the text begins."""
    joins: tuple[int, ...]
    """Where a hyphen was dropped together with a line's end."""

    def find(self, passage: "Folded", start: int = 0) -> tuple[int, int] | None:
        """Where a passage first stands at or after `start`: from, and up to."""
        at = self.words.find(passage.words, start)
        if at >= 0:
            return at, at + len(passage.words)
        divided = passage.joins or (self.joins and any(hyphen in passage.words for hyphen in _HYPHENS))
        if not divided or len(passage.words) > _LONGEST:
            return None
        found = passage.pattern.search(self._marked, start + bisect_left(self.joins, start))
        return (self._unmarked(found.start()), self._unmarked(found.end())) if found else None

    def line(self, offset: int) -> int:
        """The line, counted from 1, in which the character at an offset stands."""
        return bisect_right(self.starts, offset)

    def touches(self, words: str, first: int, last: int) -> bool:
        """Whether words stand just so in the lines from `first` to `last`, or partly in them."""
        if not 0 < first <= last or first > len(self.starts):
            return False
        begin = self.starts[first - 1]
        end = self.starts[last] if last < len(self.starts) else len(self.words)
        return self.words.find(words, max(0, begin - len(words) + 1), end + len(words) - 1) >= 0

    def beginning(self, passage: "Folded") -> str:
        """The longest beginning of a passage, in whole words, that stands here."""
        found, lost = 0, len(passage.words)
        while lost - found > 1:
            middle = (found + lost) // 2
            if self.find(Folded(passage.words[:middle], (0,), tuple(join for join in passage.joins if join < middle))):
                found = middle
            else:
                lost = middle
        words = passage.words
        whole = words[:found] if words[found : found + 1] == " " else words[:found].rpartition(" ")[0]
        return whole.rstrip()

    def onward(self, offset: int) -> str:
        """The words from an offset up to the next that was divided at a line's end, whose spelling is not sure."""
        after = next((join for join in self.joins if join >= offset), None)
        return self.words[offset:].strip() if after is None else self.words[offset:after].rpartition(" ")[0].strip()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """These words as they may stand in a text with hyphens at its lines' ends."""
        joins = set(self.joins)
        pieces = []
        for position, letter in enumerate(re.sub(r"(?<=\w)- (?=\w)", "\0", self.words) if not joins else self.words):
            if position in joins:
                pieces.append(f"[-{_SOFT}]?")
            if letter == "\0":
                pieces.append(f"(?:- |{_SOFT})")
            elif letter in _HYPHENS:
                pieces.append(f"[{re.escape(letter)}{_SOFT}]")
            else:
                pieces.append(f"{re.escape(letter)}{_SOFT}?")
        return re.compile("".join(pieces))

    @cached_property
    def _marked(self) -> str:
        """The words with a soft hyphen wherever one was dropped."""
        places = [0, *self.joins, len(self.words)]
        return _SOFT.join(self.words[start:end] for start, end in pairwise(places))

    def _unmarked(self, at: int) -> int:
        return at - bisect_left([join + number for number, join in enumerate(self.joins)], at)


def fold(text: str) -> Folded:
    """A text on one line, with the places of its own lines."""
    pieces: list[str] = []
    starts: list[int] = []
    joins: list[int] = []
    length, blank, divided = 0, 0, False
    for line in unicodedata.normalize("NFC", text).split("\n"):
        words = " ".join(line.split())
        if not words:
            blank += 1
            continue
        if divided and words[0].isalnum():
            pieces[-1] = pieces[-1][:-1]
            length -= 1
            joins.append(length)
        elif pieces:
            pieces.append(" ")
            length += 1
        starts += [length] * (blank + 1)
        blank = 0
        divided = words[-1] in _HYPHENS and words[-2:-1].isalnum()
        if _SOFT in words:
            words = words[:-1].replace(_SOFT, "") + (words[-1] if divided or words[-1] != _SOFT else "")
        pieces.append(words)
        length += len(words)
    return Folded("".join(pieces), tuple(starts), tuple(joins))
