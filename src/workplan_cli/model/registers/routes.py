"""The register of routes that vulnerable groups travel, by states or their first-level regions.

This module alone knows its fields.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.registers.holder import Holder
from workplan_cli.model.text import Line, Text


class Confidence(StrEnum):
    """How sure whoever gathered it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Route(Entry):
    """A route that a vulnerable group travels, by states (`XAA`) or their first-level regions (`XA-01`): nothing more precise."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "title", "origin", "transit", "destination", "groups", "persons", "confidence", "valid"),
    )

    origin: tuple[Line, ...]
    transit: tuple[Line, ...] = ()
    destination: tuple[Line, ...]
    groups: tuple[Text, ...] = ()
    """The groups that travel it."""
    persons: Annotated[int, Field(strict=True, ge=0)] | Literal["<5"] | None = None
    confidence: Confidence


class RouteRegister(Register):
    """`registers/routes/<holder>.yaml`: routes, by whoever gathered them."""

    location: ClassVar[str] = "registers/routes/{holder}.yaml"
    noun: ClassVar[str] = "route"
    entry: ClassVar[type[Entry]] = Route
    columns: ClassVar[tuple[str, ...]] = ("origin", "transit", "destination", "groups", "persons", "confidence", "valid")

    holder: Holder
    routes: tuple[Route, ...] = ()
