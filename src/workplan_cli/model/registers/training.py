"""Registers of what teaches: materials, what academies teach, programmes offered and sought.

This module alone knows their fields.
"""

from enum import StrEnum
from typing import ClassVar

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.registers.holder import Holder
from workplan_cli.model.text import Id, Language, Line, StateCode, Text, Whole, YesNo
from workplan_cli.model.time import PartialDate


class Material(Entry):
    """Something to inform or train with: whom it is for, what it is about, in which languages."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "audiences", "topics", "languages", "date", "form", "licence", "url")

    audiences: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    languages: tuple[Language, ...] = ()
    date: PartialDate | None = None
    form: Line | None = None
    """A handbook, a course, a film."""
    licence: Line | None = None
    url: Line | None = None


class MaterialRegister(Register):
    """`registers/materials/<holder>.yaml`: materials for informing and training."""

    location: ClassVar[str] = "registers/materials/{holder}.yaml"
    noun: ClassVar[str] = "material"
    entry: ClassVar[type[Entry]] = Material
    columns: ClassVar[tuple[str, ...]] = ("audiences", "topics", "languages", "date", "form", "licence", "url", "covers")

    holder: Holder
    materials: tuple[Material, ...] = ()


class Module(Entry):
    """A topic in the curriculum of an academy: since when it is taught is `valid.from`."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "academy", "audiences", "topics", "hours", "required", "valid")

    academy: Text
    audiences: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    hours: Whole | None = None
    required: YesNo | None = None


class AcademyRegister(Register):
    """`registers/academies/<ISO3>.yaml`: what the academies of one state teach."""

    location: ClassVar[str] = "registers/academies/{state}.yaml"
    noun: ClassVar[str] = "module"
    entry: ClassVar[type[Entry]] = Module
    columns: ClassVar[tuple[str, ...]] = ("academy", "audiences", "topics", "hours", "required", "valid")

    state: StateCode
    academies: tuple[Module, ...] = ()


class TrainingKind(StrEnum):
    """Whether a programme is offered or looked for."""

    OFFERED = "offered"
    SOUGHT = "sought"


class Training(Entry):
    """A training programme offered to others, or looked for; its dates are `valid`."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "kind", "title", "audiences", "topics", "languages", "places", "online", "seats", "valid"),
    )

    kind: TrainingKind
    audiences: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    languages: tuple[Language, ...] = ()
    places: tuple[StateCode, ...] = ()
    """The states in which it is held, or may be held; of a state's own file, that state where this is empty."""
    online: YesNo = False
    seats: Whole | None = None


class TrainingRegister(Register):
    """`registers/training/<holder>.yaml`: programmes offered and sought."""

    location: ClassVar[str] = "registers/training/{holder}.yaml"
    noun: ClassVar[str] = "programme"
    entry: ClassVar[type[Entry]] = Training
    columns: ClassVar[tuple[str, ...]] = ("kind", "audiences", "topics", "languages", "places", "online", "seats", "valid")

    holder: Holder
    training: tuple[Training, ...] = ()
