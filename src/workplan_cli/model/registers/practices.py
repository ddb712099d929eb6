"""The register of practices that others may learn from.

This module alone knows its fields.
"""

from typing import ClassVar

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.submission import DeskReview
from workplan_cli.model.text import StateCode, Text
from workplan_cli.model.time import Day


class Practice(Entry):
    """A practice that others may learn from, and by which criteria it was found good."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "criteria", "results", "office", "consent", "valid")

    criteria: tuple[Text, ...] = ()
    results: Text | None = None
    office: Text | None = None
    """The office that can be asked about it."""
    consent: Day | None = None
    """When that office agreed that the practice is published, and that it is named as the one to ask."""

    @property
    def is_published(self) -> bool:
        """With consent; without, only what a reader of published sources found, and where no office is named."""
        return self.consent is not None or (self.voice == DeskReview.voice and self.office is None)


class PracticeRegister(Register):
    """`registers/practices/<ISO3>.yaml`: the practices of one state."""

    location: ClassVar[str] = "registers/practices/{state}.yaml"
    noun: ClassVar[str] = "practice"
    entry: ClassVar[type[Entry]] = Practice
    columns: ClassVar[tuple[str, ...]] = ("covers", "criteria", "results", "office", "consent", "valid")

    state: StateCode
    practices: tuple[Practice, ...] = ()
