"""What a cell says, once footnote marks, separators and signs of money are taken off it.

This module alone reads figures out of text. What cannot be read as a whole is no figure: nothing is guessed from a part of it.
"""

import re
from decimal import Decimal, InvalidOperation

from workplan_cli.model.mapping import Cleaning, Column
from workplan_cli.model.submission import SUPPRESSED

Amount = int | float | str
"""A number of 0 or more, or `<5`."""

_LONGEST = 24
"""Signs of the longest figure."""


def bare(cell: str, clean: Cleaning) -> str:
    """The words of a cell: white space folded, footnote marks at its end dropped."""
    words = " ".join(cell.split())
    return words.rstrip((clean.marks or "") + " ") if clean.marks else words


def says_nothing(cell: str, clean: Cleaning) -> bool:
    """Whether a cell is empty, or one of the words that mean as much."""
    return bare(cell, clean) in ("", *clean.missing) or " ".join(cell.split()) in clean.missing


def word(cell: str, column: Column, clean: Cleaning) -> str | None:
    """What a cell means under a column; None for a word that the column does not know. A cell with its footnote mark is looked up
    first, then without it."""
    if not column.words:
        return bare(cell, clean)
    return column.words.get(" ".join(cell.split())) or column.words.get(bare(cell, clean))


def amount(cell: str, clean: Cleaning) -> Amount | None:
    """The figure in a cell; None where it is none."""
    words = bare(cell, clean)
    if words in clean.suppressed:
        return SUPPRESSED
    times = 1
    for name, multiple in clean.multiples.items():
        if words.casefold().endswith(f" {name.casefold()}"):
            words, times = words[: -len(name)].rstrip(), multiple
            break
    for sign in clean.currency:
        if words.startswith(sign) or words.endswith(sign):
            words = words.removeprefix(sign).removesuffix(sign).strip()
            break
    return _number(words, times, clean)


def _number(words: str, times: int, clean: Cleaning) -> int | float | None:
    whole = r"\d+" if clean.thousands is None else rf"\d+|\d{{1,3}}(?:{re.escape(clean.thousands)}\d{{3}})+"
    match = re.fullmatch(rf"({whole})(?:{re.escape(clean.decimal)}(\d+))?", words, re.A)
    if match is None or len(words) > _LONGEST:
        return None
    figures = re.sub(r"\D", "", match[1])
    try:
        exact = Decimal(f"{figures}.{match[2] or 0}") * times
    except InvalidOperation:
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)
