"""Evidence and its sources: a document, the place in it, the words of it.

This module alone knows what can be cited and what may be shown of it.
"""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from workplan_cli.model.document import Document
from workplan_cli.model.text import Language, Line, Model, Text, Word
from workplan_cli.model.time import Day, PartialDate

ARCHIVE = "sources/archive/"
"""Where archived copies lie, below `data/`: any file may be there; each is named by a source."""


class Access(StrEnum):
    """Who may see it. Of a restricted thing the repository holds the title and the custodian, nothing else."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class Evidence(Model):
    """One citation: a source, a pinpoint, and either a short verbatim quotation or a cell of a table."""

    source: Word
    pinpoint: Line | None = None
    quotation: Line | None = None
    language: Language | None = None
    row: dict[Line, str] = Field(default_factory=dict)
    """For a table: the column values that pick out one row."""
    column: Line | None = None
    """For a table: the column to read; the source's own `column` where this is absent."""
    cell: Line | None = None
    """For a table: what stands in that row and column, as written there."""
    url: Line | None = None
    access: Access = Access.PUBLIC
    note: Text | None = None


class Media(StrEnum):
    """How an archived copy is read: as running text, or as a table in CSV."""

    TEXT = "text"
    TABLE = "table"


class Source(Document):
    """`sources/<id>.yaml`: one document in the world, and its archived copy where there is one."""

    location: ClassVar[str] = "sources/{source}.yaml"

    source: Word
    title: Line
    publisher: Line | None = None
    date: PartialDate | None = None
    """When it was published, as far as known."""
    as_of: Line | None = None
    """The state of affairs it shows, in the words of whoever read it."""
    language: Language | None = None
    url: Line | None = None
    found_at: Line | None = None
    """Where it was read, when that is not an address one can open."""
    read_on: Day | None = None
    licence: Line | None = None
    limits: Line | None = None
    """What it does not show."""
    note: Line | None = None
    access: Access = Access.PUBLIC
    custodian: Line | None = None
    """Who keeps a restricted source, and may be asked for it."""
    archived: Line | None = None
    """The archived copy, as a path below `data/sources/archive/`."""
    sha256: Line | None = None
    media: Media = Media.TEXT
    column: Line | None = None
    """For a table: the column that evidence is read from."""
