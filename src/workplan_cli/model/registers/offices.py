"""Registers of whom to reach: the national authorities, and lines and services for people in need.

This module alone knows their fields.
"""

from enum import StrEnum
from typing import ClassVar

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.text import Language, Line, StateCode, Text, YesNo
from workplan_cli.model.time import Day


class AuthorityKind(StrEnum):
    """What an authority is for."""

    POINT_OF_CONTACT = "point-of-contact"
    COORDINATION = "coordination"
    AUTHORITY = "authority"


class Authority(Entry):
    """An institution and a role in it, never a person: how it is reached, and when that was last confirmed."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "kind", "title", "role", "mailbox", "phone", "languages"),
        *("requested", "appointed", "conveyed", "confirmed", "valid"),
    )

    kind: AuthorityKind
    role: Text | None = None
    mailbox: Line | None = None
    """The mailbox of the role."""
    phone: Line | None = None
    """The telephone of the office."""
    languages: tuple[Language, ...] = ()
    requested: Day | None = None
    """When the state was asked to appoint it."""
    appointed: Day | None = None
    conveyed: Day | None = None
    """When the state told the secretariat."""
    confirmed: Day | None = None
    """When the state last said that this still holds."""


class AuthorityRegister(Register):
    """`registers/authorities/<ISO3>.yaml`: the national authorities of one state, its points of contact among them."""

    location: ClassVar[str] = "registers/authorities/{state}.yaml"
    noun: ClassVar[str] = "authority"
    entry: ClassVar[type[Entry]] = Authority
    columns: ClassVar[tuple[str, ...]] = (
        *("kind", "role", "mailbox", "phone", "languages"),
        *("requested", "appointed", "conveyed", "confirmed"),
    )

    state: StateCode
    authorities: tuple[Authority, ...] = ()


class ServiceKind(StrEnum):
    """What sort of help a person finds there."""

    HOTLINE = "hotline"
    SHELTER = "shelter"
    LEGAL_AID = "legal-aid"
    HEALTH = "health"
    OFFICE = "office"


class Service(Entry):
    """A line or a place where a person in need finds help."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "kind", "title", "phone", "hours", "languages", "free", "offers", "checked")

    kind: ServiceKind
    phone: Line | None = None
    hours: Text | None = None
    languages: tuple[Language, ...] = ()
    """Indigenous languages too, by their ISO 639-3 code."""
    free: YesNo | None = None
    offers: tuple[Text, ...] = ()
    checked: Day | None = None
    """The last day someone tried it."""


class ServiceRegister(Register):
    """`registers/services/<ISO3>.yaml`: the directory of lines and services of one state."""

    location: ClassVar[str] = "registers/services/{state}.yaml"
    noun: ClassVar[str] = "service"
    entry: ClassVar[type[Entry]] = Service
    columns: ClassVar[tuple[str, ...]] = ("kind", "phone", "hours", "languages", "free", "offers", "checked")

    state: StateCode
    services: tuple[Service, ...] = ()
