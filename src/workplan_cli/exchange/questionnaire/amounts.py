"""Figures and days as people type them into a sheet. This module alone reads them, and guesses nothing.

A number with one separator can mean two things in two countries; it is asked about, unless persons are counted, of whom there
is no half.
"""

import datetime
import re

from workplan_cli.exchange.questionnaire.words import N_, folded
from workplan_cli.model.submission import SUPPRESSED
from workplan_cli.model.text import LARGEST
from workplan_cli.model.time import PartialDate

NOT_A_NUMBER = N_('"%(cell)s" is not a number')
SEPARATOR = N_('"%(cell)s" may be read in two ways: write it without separators')
SMALL = N_("a count of one to four persons is written <5")
NO_PERCENT = N_('"%(cell)s" is a percentage: write the two numbers')
TOO_LARGE = N_('"%(cell)s" is more than any figure can be: two numbers have run together')
NOT_A_DATE = N_('"%(cell)s" is not a date: write 2014, 2014-03 or 2014-03-07')
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
_MONTHS = (
    "january enero janeiro janvier",
    "february febrero fevereiro fevrier",
    "march marzo marco mars",
    "april abril avril",
    "may mayo maio mai",
    "june junio junho juin",
    "july julio julho juillet",
    "august agosto aout",
    "september septiembre setiembre setembro septembre",
    "october octubre outubro octobre",
    "november noviembre novembro novembre",
    "december diciembre dezembro decembre",
)
"""The months in the languages of the sheets, without accents."""
_MONTH = {word: number for number, several in enumerate(_MONTHS, 1) for word in several.split()}
_EPOCH = datetime.date(1899, 12, 30)


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


def day(text: str) -> PartialDate:
    """A date as far as it is known, written as the record writes it, as a spreadsheet counts days, with the month in words, or
    with the day first where that cannot be the month."""
    plain = text.strip()
    if re.fullmatch(r"\d{5}", plain):
        serial = int(plain)
        if 15_000 <= serial <= 80_000:
            found = _EPOCH + datetime.timedelta(days=serial)
            return PartialDate(found.year, found.month, found.day)
    other = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", plain)
    if other:
        first, second, year = int(other[1]), int(other[2]), other[3]
        if first > 12 >= second or first == second:
            plain = f"{year}-{second:02}-{first:02}"
        elif second > 12 >= first:
            plain = f"{year}-{first:02}-{second:02}"
    plain = _named(folded(plain)) or re.sub(r"[/.]", "-", plain)
    plain = re.sub(r"(?<=-)(\d)(?=-|$)", r"0\1", plain)
    try:
        return PartialDate.parse(plain)
    except ValueError:
        raise Unreadable(NOT_A_DATE) from None


def _named(words: str) -> str:
    """A date whose month is named, written in digits: `12 de noviembre de 2018`, `1er mars 2014`; empty where it is none."""
    day_first = re.fullmatch(r"(?:(\d{1,2})(?:er|o|º|°|st|nd|rd|th)? (?:de |of )?)?([a-z]+),? (?:de |of |del )?(\d{4})", words)
    month_first = re.fullmatch(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", words)
    if day_first:
        number, month, year = day_first[1], day_first[2], day_first[3]
    elif month_first:
        month, number, year = month_first[1], month_first[2], month_first[3]
    else:
        return ""
    if month not in _MONTH:
        return ""
    return f"{year}-{_MONTH[month]:02}" + (f"-{int(number):02}" if number else "")
