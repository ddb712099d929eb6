"""Days as people type them into a sheet. This module alone reads them, and guesses nothing.

`12/11/2018` is one day in one country and another in the next: it is asked about.
"""

import datetime
import re

from workplan_cli.exchange.questionnaire.amounts import Unreadable
from workplan_cli.exchange.questionnaire.words import N_, folded
from workplan_cli.model.time import PartialDate

NOT_A_DATE = N_('"%(cell)s" is not a date: write 2014, 2014-03 or 2014-03-07')
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
