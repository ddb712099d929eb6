"""What every register has in common: entries with an id, a voice and sources, kept in a file by a holder.

This module alone knows what makes a document a register. Listing, tables, pages, references and dates come with it.
"""

import re
from typing import ClassVar

from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.text import Id, Line, Model, Text, Word
from workplan_cli.model.time import Validity

_STATE = re.compile(r"[A-Z]{3}")


class Entry(Model):
    """One thing in a register: what it is called, when it holds, whose word it is, and on what that rests."""

    id: Id
    title: Text
    valid: Validity | None = None
    covers: tuple[Id, ...] = ()
    """The guidelines it answers."""
    voice: Line
    """Who says so: `state`, `desk-review`, `secretariat`, …"""
    sources: tuple[Word, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: Text | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether it stays in the record and out of everything that is published."""
        return False


class Register(Document):
    """A file of entries, under the key that is the register's own name. A state's file is named by its code; another holder's
    (`secretariat`, an organisation, a year of meetings) by a small word."""

    noun: ClassVar[str]
    """What an entry is called in a sentence."""
    entry: ClassVar[type[Entry]]
    columns: ClassVar[tuple[str, ...]]
    """The fields that a table shows beside holder, id and title."""

    @classmethod
    def register(cls) -> str:
        """The register's name: that of its folder, and of the key its entries stand under."""
        return cls.location.split("/")[1]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, in the order of the file."""
        found: tuple[Entry, ...] = getattr(self, self.register())
        return found

    @property
    def kept_by(self) -> str:
        """The holder whose file it is."""
        (name,) = self.identity()
        holder: str = getattr(self, name)
        return holder

    @property
    def state_code(self) -> str | None:
        """The state whose file it is; None where another holder keeps it."""
        return self.kept_by if _STATE.fullmatch(self.kept_by) else None
