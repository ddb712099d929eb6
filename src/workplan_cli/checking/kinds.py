"""What can be made anew, by the word one types for it: a file, an entry of a list in a file, a piece of evidence.

This module alone knows the kinds. A further document, or a register, is one without a line here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workplan_cli.model.document import PATTERNS, Document
from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import Indicator, IndicatorTable
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Period, Plan, Round
from workplan_cli.model.record import DOCUMENTS
from workplan_cli.model.register import RoundClosing, TreatyRegister
from workplan_cli.model.registers import REGISTERS
from workplan_cli.model.submission import AnswerSheet, Submission

ID = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"


@dataclass(frozen=True)
class Kind:
    """One kind of new thing. `key` is where in the file it goes; empty where it is the file."""

    word: str
    document: type[Document]
    model: Any
    """The class of what is made, or several of which one is meant by `type`."""
    key: str = ""
    also: str = ""
    """Another word for it."""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is named by, in order: the words of its file's path, and the id in it."""
        return (*self.document.identity(), *(("id",) if self.key else ()))

    @property
    def patterns(self) -> tuple[str, ...]:
        """What each of the names may look like."""
        return tuple(ID if name == "id" else PATTERNS[name] for name in self.names)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its word, the commonest first."""
    found = (
        Kind("round", Plan, Round, "rounds"),
        Kind("period", Plan, Period, "periods"),
        Kind("indicator", IndicatorTable, Indicator, "indicators"),
        Kind("evidence", Submission, Evidence, "evidence"),
        *(Kind(_noun(one), one, one.entry, one.register(), one.register()) for one in REGISTERS),
        *_files(),
    )
    return {one.word: one for one in found}


def words_of(kind: Kind) -> tuple[str, ...]:
    """The names of a kind as one types them. Evidence is in the file of a state, whose round and voice are options."""
    return ("state", "id") if kind.model is Evidence else kind.names


def goes_without_saying(kind: Kind, names: Sequence[str]) -> dict[str, Any]:
    """What a new thing has unless something else is said: whose word it is, that its text is the first, that it has no answer
    yet."""
    if kind.model is kind.document and issubclass(kind.document, AnswerSheet | MandateSheet):
        return {"answers" if issubclass(kind.document, AnswerSheet) else "mandates": {}}
    if is_entry(kind):
        return {"voice": "state" if names and names[0].isupper() else "secretariat"}
    return {"revision": 1} if kind.model is Indicator else {}


def _noun(register: type[Register]) -> str:
    return register.noun if register.noun != "entry" else register.register()


def _files() -> Iterator[Kind]:
    """The documents that are begun as a file: all but the plan (`init`), rounds (`round`), tables of indicators, whose chapter is
    the plan's, and registers, whose first entry begins them."""
    for one in DOCUMENTS:
        if not issubclass(one, Plan | RoundClosing | Register | IndicatorTable):
            word = "treaty" if one is TreatyRegister else re.sub(r"(?<!^)(?=[A-Z])", "-", one.__name__).lower()
            yield Kind(word, one, one)


def is_entry(kind: Kind) -> bool:
    """Whether it goes into a register."""
    return isinstance(kind.model, type) and issubclass(kind.model, Entry)
