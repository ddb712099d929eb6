"""From the words of a command to an answer: `implemented`, `2017=44`, `2018=210/350`, `es,en`, `2014-03`.

This module alone knows how an answer is typed. What cannot be one is said so with what the question takes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.indicator import (
    ChoiceIndicator,
    DateIndicator,
    ImplementationIndicator,
    Indicator,
    NumberIndicator,
    RateIndicator,
    TextIndicator,
)
from workplan_cli.model.submission import SUPPRESSED, Absence, Answer, ReplyAnswer, Result
from workplan_cli.model.time import PartialDate

FIELDS = ("result", "absence", "reason", "values", "choice", "date", "text")
"""The fields that say the answer itself; a new answer takes the place of all of them."""
_ABSENCES = tuple(one.value for one in Absence)
_FIGURE = re.compile(r"(?P<cell>[^=]*)=(?P<amount>.*)", re.S)


def said(indicator: Indicator, words: Sequence[str], language: str) -> dict[str, Any]:
    """What words say in answer to an indicator, as plain data. Raises WorkplanError where they say nothing it can take."""
    if len(words) == 1 and words[0] in _ABSENCES:
        return {"absence": words[0]}
    if isinstance(indicator, ImplementationIndicator):
        return {"result": _one_of(indicator, words, tuple(one.value for one in Result))}
    if isinstance(indicator, ChoiceIndicator):
        return {"choice": _options(indicator, words)}
    if isinstance(indicator, DateIndicator):
        return {"date": _date(indicator, words)}
    if isinstance(indicator, TextIndicator):
        text = " ".join(words).strip()
        if not text:
            raise WorkplanError(f"{indicator.id} is answered in words, and none are given", "write them in quotes")
        return {"text": {language: text}}
    if isinstance(indicator, NumberIndicator | RateIndicator):
        return {"values": [figure(indicator, word) for word in words]}
    raise WorkplanError(
        f"{indicator.id} is read from the register of treaties and never asked", "correct the register: data/registers/treaties/"
    )


def takes(indicator: Indicator) -> str:
    """What an indicator can be answered with, in words."""
    if isinstance(indicator, ImplementationIndicator):
        what = ", ".join(one.value for one in Result)
    elif isinstance(indicator, ChoiceIndicator):
        what = f"{'one or more of' if indicator.many else 'one of'} {', '.join(indicator.options)}"
    elif isinstance(indicator, DateIndicator):
        what = "a date: 2014, 2014-03 or 2014-03-07"
    elif isinstance(indicator, TextIndicator):
        what = "words, in quotes"
    else:
        cell = ",".join("2017" if one == "year" else one.upper() for one in getattr(indicator, "by", ()))
        what = f"figures: {cell + '=' if cell else '='}{'210/350' if isinstance(indicator, RateIndicator) else '44'}"
        divided = [one for one in getattr(indicator, "by", ()) if one != "year"]
        if divided:
            what += f", with a word for the {' and the '.join(divided)}, or total"
    return f"{what}; or {', '.join(_ABSENCES)}"


def figure(indicator: NumberIndicator | RateIndicator, word: str) -> dict[str, Any]:
    """One figure: the words of its dimensions with a comma between them, `=`, and an amount, or a part and a whole."""
    found = _FIGURE.fullmatch(word)
    cell = [one.strip() for one in found["cell"].split(",") if one.strip()] if found else []
    if found is None or len(cell) != len(indicator.by):
        raise _refusal(indicator, f"'{visible(word)}' is no figure of {indicator.id}")
    value: dict[str, Any] = dict(zip(indicator.by, cell, strict=True))
    if "year" in value:
        if not re.fullmatch(r"(19|20)\d\d|2100", value["year"], re.A):
            raise _refusal(indicator, f"'{visible(value['year'])}' in '{visible(word)}' is no year")
        value["year"] = int(value["year"])
    amounts = found["amount"].split("/") if isinstance(indicator, RateIndicator) else [found["amount"]]
    keys = ("part", "whole") if isinstance(indicator, RateIndicator) else ("value",)
    if len(amounts) != len(keys):
        raise _refusal(indicator, f"'{visible(word)}' is no part of a whole")
    return {**value, **{key: _amount(indicator, one.strip()) for key, one in zip(keys, amounts, strict=True)}}


def answer_of(data: Mapping[str, Any], indicator: str) -> Answer:
    """Plain data as an answer; with a `to`, as a reply. Raises WorkplanError with what is wrong with it."""
    model = ReplyAnswer if "to" in data else Answer
    try:
        return model.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise WorkplanError(
            f"the answer to {indicator} cannot have '{visible(str(first['input']))}' as its {place}: {first['msg']}"
        ) from None


def _amount(indicator: Indicator, word: str) -> int | float | str:
    if word == SUPPRESSED:
        return SUPPRESSED
    if re.fullmatch(r"\d+", word, re.A):
        return int(word)
    if re.fullmatch(r"\d+\.\d+", word, re.A):
        return float(word)
    raise _refusal(indicator, f"'{visible(word)}' is no amount: write digits, with a point before decimals, or {SUPPRESSED}")


def _options(indicator: ChoiceIndicator, words: Iterable[str]) -> list[str]:
    chosen = [one.strip() for word in words for one in word.split(",") if one.strip()]
    for one in chosen:
        if one not in indicator.options:
            hint = did_you_mean(one, (*indicator.options, *_ABSENCES), f"it takes {takes(indicator)}")
            raise WorkplanError(f"'{visible(one)}' is no option of {indicator.id}", hint)
    if not chosen or (len(chosen) > 1 and not indicator.many):
        raise _refusal(indicator, f"{indicator.id} takes {'at least one option' if indicator.many else 'one option'}")
    return [one for one in indicator.options if one in chosen]


def _date(indicator: Indicator, words: Sequence[str]) -> str:
    try:
        return str(PartialDate.parse(words[0] if len(words) == 1 else None))
    except ValueError:
        raise _refusal(indicator, f"'{visible(' '.join(words))}' is no date") from None


def _one_of(indicator: Indicator, words: Sequence[str], allowed: tuple[str, ...]) -> str:
    written = " ".join(words)
    if written not in allowed:
        hint = did_you_mean(written, (*allowed, *_ABSENCES), f"it takes {takes(indicator)}")
        raise WorkplanError(f"'{visible(written)}' is no answer to {indicator.id}", hint)
    return written


def _refusal(indicator: Indicator, why: str) -> WorkplanError:
    return WorkplanError(why, f"it takes {takes(indicator)}")
