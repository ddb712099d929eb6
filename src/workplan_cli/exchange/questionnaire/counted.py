"""What a figure counts, from the words that somebody wrote before it: `2017; female`. This module alone reads them."""

import re
from collections.abc import Iterable

from workplan_cli.exchange.questionnaire.vocabulary import Vocabulary
from workplan_cli.model.indicator import NumberIndicator, RateIndicator
from workplan_cli.model.submission import Value

_SHARED = {"sex": ("female", "male", "other", "unknown"), "age": ("adult", "child", "unknown")}
"""The words of the dimensions that every record shares."""


def figure_in(
    text: str, indicator: NumberIndicator | RateIndicator, vocabulary: Vocabulary, used: Iterable[Value]
) -> tuple[tuple[str, str], ...]:
    """The year and the words of a figure, in the order of the question; empty where the text does not say them. `used` are the
    figures of other answers, whose words are known."""
    known = tuple(used)
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[;,\n]", text))):
        name, word = _dimension(part, indicator, vocabulary, known)
        if not name or name in found:
            return ()
        found[name] = word
    if "year" in indicator.by and "year" not in found:
        return ()
    return tuple((name, found[name]) for name in indicator.by if name in found)


def _dimension(
    part: str, indicator: NumberIndicator | RateIndicator, vocabulary: Vocabulary, known: tuple[Value, ...]
) -> tuple[str, str]:
    """Which dimension a word is of, and its id; two empty words where it is of none."""
    if re.fullmatch(r"(19|20)\d\d", part):
        return "year", part
    for name in indicator.by:
        word = vocabulary.dimension(part, _SHARED.get(name, ()))
        if word is not None:
            return name, word
    free = [name for name in indicator.by if name != "year" and name not in _SHARED]
    used = [one.dimensions[free[0]] for one in known if free and free[0] in one.dimensions]
    word = vocabulary.dimension(part, used) or "-".join(re.sub(r"[^\w]+", " ", part.casefold()).split())
    return (free[0], word) if len(free) == 1 and word else ("", "")
