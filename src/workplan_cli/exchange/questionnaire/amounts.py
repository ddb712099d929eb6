"""Figures as people type them into a sheet. This module alone reads them, and guesses nothing.

A number with one separator can mean two things in two countries; it is asked about, unless persons are counted, of whom there
is no half.
"""

import re

from workplan_cli.exchange.questionnaire.words import N_, folded
from workplan_cli.model.submission import SUPPRESSED
from workplan_cli.model.text import LARGEST

NOT_A_NUMBER = N_('"%(cell)s" is not a number')
SEPARATOR = N_('"%(cell)s" may be read in two ways: write it without separators')
SMALL = N_("a count of one to four persons is written <5")
NO_PERCENT = N_('"%(cell)s" is a percentage: write the two numbers')
TOO_LARGE = N_('"%(cell)s" is more than any figure can be: two numbers have run together')
_FEWER = frozenset(
    f"{words} {five}"
    for words, fives in {
        "fewer than": ("5", "five"),
        "less than": ("5", "five"),
        "menos de": ("5", "cinco"),
        "menos que": ("5", "cinco"),
        "moins de": ("5", "cinq"),
    }.items()
    for five in fives
)


class Unreadable(ValueError):
    """A cell that cannot be read; the message is one of those above."""


def amount(text: str, persons: bool) -> int | float | str:
    """The figure in a cell, `<5` included."""
    plain = re.sub(r"[\s'’]", "", text)
    if plain in (SUPPRESSED, "＜5") or folded(text) in _FEWER:
        return SUPPRESSED
    if plain.endswith("%"):
        raise Unreadable(NO_PERCENT)
    found = _number(plain, persons)
    if found > LARGEST:
        raise Unreadable(TOO_LARGE)
    if persons and isinstance(found, int) and 1 <= found <= 4:
        raise Unreadable(SMALL)
    if persons and isinstance(found, float):
        raise Unreadable(NOT_A_NUMBER)
    return found


def _number(plain: str, persons: bool) -> int | float:
    if not re.fullmatch(r"[0-9][0-9.,]{0,23}", plain):
        raise Unreadable(NOT_A_NUMBER)
    if plain.isdigit():
        return int(plain)
    if re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+", plain):
        return int(re.sub(r"\D", "", plain))
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        if persons:
            return int(re.sub(r"\D", "", plain))
        raise Unreadable(SEPARATOR)
    both = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)", plain)
    if both and both[2] != both[3]:
        return _plain(f"{re.sub(r'[.,]', '', both[1])}.{both[4]}")
    if re.fullmatch(r"\d+[.,]\d+", plain):
        return _plain(plain.replace(",", "."))
    raise Unreadable(NOT_A_NUMBER)


def _plain(written: str) -> int | float:
    """A number with a point in it; whole where it is."""
    read = float(written)
    return int(read) if read.is_integer() else read
