"""Registers: what is known of treaties and of measures, entry by entry, each with its sources.

This module alone knows the registers' entries. A register is a document class and a folder.
"""

import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Tag

from workplan_cli.model.document import Document
from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.text import Id, Line, Model, StateCode, Text, Word
from workplan_cli.model.time import Day, Interval, PartialDate


class Action(StrEnum):
    """How a state became a party. `party` says that it is one, by an act nobody has read; `none` that it was not, when last
    checked."""

    RATIFICATION = "ratification"
    ACCESSION = "accession"
    PARTY = "party"
    NONE = "none"
    UNKNOWN = "unknown"


class TreatyStanding(StrEnum):
    """Where a state stands towards a treaty on a day."""

    PARTY = "party"
    SIGNED = "signed"
    NOT_PARTY = "not-party"
    UNKNOWN = "unknown"


Signature = Annotated[
    Annotated[Literal["none", "undated", "unknown", "not-applicable"], Tag("word")] | Annotated[PartialDate, Tag("date")],
    Discriminator(lambda written: "word" if written in ("none", "undated", "unknown", "not-applicable") else "date"),
]
"""The day of signature, or: none at `checked`; signed on a day not read; not known; a treaty that is not signed."""

ActionDate = Annotated[
    Annotated[Interval, Tag("interval")] | Annotated[PartialDate, Tag("date")],
    Discriminator(lambda written: "interval" if isinstance(written, dict | Interval) else "date"),
]


class Ratification(Model):
    """One state and one treaty: the act by which it became a party, or the day on which it was known not to be one."""

    signed: Signature = "unknown"
    action: Action
    date: ActionDate | None = None
    """Of the deposit or registration; null where no date was read."""
    checked: Day | None = None
    """The last day this was checked: "none" holds up to here and is unknown after it."""
    sources: tuple[Word, ...]
    note: Line | None = None

    def standing(self, as_of: datetime.date) -> TreatyStanding:
        """Where the state stood on `as_of`, as far as was read.

        A party whose date was not read is a party from the day it was checked, and unknown before. "None" holds up to `checked`.
        """
        if self.action in (Action.RATIFICATION, Action.ACCESSION, Action.PARTY):
            first, last = self._window()
            if last is not None and as_of >= last:
                return TreatyStanding.PARTY
            if first is not None and as_of < first:
                return self._before_party(as_of)
            return TreatyStanding.UNKNOWN
        if self.action is Action.NONE and self.checked is not None and as_of <= self.checked:
            return self._before_party(as_of)
        return TreatyStanding.UNKNOWN

    def _window(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first day it may have become a party, and the first day it surely was one."""
        if isinstance(self.date, PartialDate):
            return self.date.earliest, self.date.latest
        if isinstance(self.date, Interval):
            return self.date.after and self.date.after + datetime.timedelta(days=1), self.date.before
        return None, self.checked

    def _before_party(self, as_of: datetime.date) -> TreatyStanding:
        if isinstance(self.signed, PartialDate):
            if self.signed.latest <= as_of:
                return TreatyStanding.SIGNED
            return TreatyStanding.UNKNOWN if self.signed.earliest <= as_of else TreatyStanding.NOT_PARTY
        if self.signed == "undated":
            return TreatyStanding.SIGNED if self.checked is not None and as_of >= self.checked else TreatyStanding.UNKNOWN
        return TreatyStanding.UNKNOWN if self.signed == "unknown" else TreatyStanding.NOT_PARTY


class TreatyRegister(Document):
    """`registers/treaties/<TREATY>.yaml`: where every state stands towards one treaty."""

    location: ClassVar[str] = "registers/treaties/{treaty}.yaml"
    key_order: ClassVar[tuple[str, ...]] = ("title", "symbol", "part", "depositary", "note")

    treaty: Word
    title: Text
    symbol: Line | None = None
    part: Id | None = None
    """The guideline, or the part of one, that names it."""
    depositary: Line | None = None
    states: dict[StateCode, Ratification] = {}
    note: Line | None = None


class MeasureKind(StrEnum):
    """What sort of measure it is."""

    LAW = "law"
    POLICY = "policy"
    PROGRAMME = "programme"
    ACTION_PLAN = "action-plan"
    MIGRATION_CONTROL = "migration-control"


class Measure(Entry):
    """A law, policy, programme or action plan, dated, with what it replaces and what it covers."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "kind", "title", "number", "adopted", "valid", "replaces", "amends")

    kind: MeasureKind
    number: Line | None = None
    adopted: PartialDate | None = None
    replaces: tuple[Id, ...] = ()
    amends: tuple[Id, ...] = ()


class MeasureRegister(Register):
    """`registers/measures/<ISO3>.yaml`: the measures of one state."""

    location: ClassVar[str] = "registers/measures/{state}.yaml"
    noun: ClassVar[str] = "measure"
    entry: ClassVar[type[Entry]] = Measure
    columns: ClassVar[tuple[str, ...]] = ("kind", "number", "adopted", "valid", "covers")

    state: StateCode
    measures: tuple[Measure, ...] = ()


class RoundState(StrEnum):
    """Whether a round takes answers."""

    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"


class RoundAct(Model):
    """One dated act on a round, with its reason where one is owed."""

    on: Day
    act: Literal["open", "close", "lock", "reopen"]
    reason: Line | None = None


class RoundClosing(Document):
    """`rounds/<round>.yaml`: written when a round closes, with the hash of every file in it."""

    location: ClassVar[str] = "rounds/{round}.yaml"

    round: Id
    state: RoundState
    log: tuple[RoundAct, ...] = ()
    files: dict[Line, Line] = {}
    """Path below `data/`, and sha256 of the file's bytes."""
