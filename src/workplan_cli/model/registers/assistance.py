"""The register of technical assistance, asked for and offered.

This module alone knows its fields.
"""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.registers.holder import Holder
from workplan_cli.model.text import Id, StateCode
from workplan_cli.model.time import PartialDate


class AssistanceKind(StrEnum):
    """Whether help is asked for or offered."""

    REQUEST = "request"
    OFFER = "offer"


class AssistanceStatus(StrEnum):
    """How far a request or an offer has come."""

    OPEN = "open"
    AGREED = "agreed"
    COMPLETED = "completed"
    DECLINED = "declined"


class Assistance(Entry):
    """A request or an offer of technical assistance with some guidelines."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "kind", "title", "needs", "status", "on", "with", "valid")

    kind: AssistanceKind
    needs: tuple[Id, ...] = ()
    """The kinds of help, of the plan's."""
    status: AssistanceStatus
    on: PartialDate
    partners: tuple[StateCode, ...] = Field(default=(), alias="with")
    """The states with which it was agreed."""


class AssistanceRegister(Register):
    """`registers/assistance/<holder>.yaml`: requests and offers of technical assistance."""

    location: ClassVar[str] = "registers/assistance/{holder}.yaml"
    noun: ClassVar[str] = "entry"
    entry: ClassVar[type[Entry]] = Assistance
    columns: ClassVar[tuple[str, ...]] = ("kind", "needs", "status", "on", "partners", "covers")

    holder: Holder
    assistance: tuple[Assistance, ...] = ()
