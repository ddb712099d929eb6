"""How a table that someone else made is read as answers and as entries of registers: an import map.

This module alone knows what a map can say. It names columns, and says what the words in them mean; no source is known to the
code.
"""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from workplan_cli.model.document import Document
from workplan_cli.model.submission import Status
from workplan_cli.model.text import Id, Language, Line, Model, StateCode, Text, Whole, Word

Voice = Annotated[str, StringConstraints(pattern=r"^(state|desk-review|assessment|civil-society/[a-z0-9]+(-[a-z0-9]+)*)$")]
"""The voice of the answers, as in the record's keys."""

Sign = Annotated[str, StringConstraints(pattern=r"^.$")]
"""One character."""

Where = dict[Line, tuple[Line, ...]]
"""Columns, each with the words of which a row has one there. All columns must fit."""


class Layout(Model):
    """How the file is laid out, where that cannot be seen from it."""

    encoding: Line | None = None
    """Of a text file; UTF-8, or what a byte order mark says, where this is absent."""
    delimiter: Sign | None = None
    """Of a text file; the sign that gives the columns the map names where this is absent."""
    sheet: Line | None = None
    """Of a spreadsheet; the first one where this is absent."""
    header: tuple[Whole, ...] = (1,)
    """The lines that hold the column names, counted from 1; of several, the names are joined by ` / `."""


class Cleaning(Model):
    """What in a cell is not its content. Evidence cites the cell as it stands in the table all the same."""

    marks: Line | None = None
    """Signs of footnotes, which are dropped at the end of a cell: `*†‡`."""
    thousands: Sign | None = None
    decimal: Sign = "."
    currency: tuple[Line, ...] = ()
    """Signs before or after an amount of money."""
    multiples: dict[Line, Whole] = {}
    """Words that multiply: `{million: 1000000}`."""
    suppressed: tuple[Line, ...] = ("<5",)
    """How the table writes a count of one to four persons."""
    missing: tuple[Line, ...] = ()
    """Cells that say nothing, beside empty ones. What is *known to be unknown* is a word of a result instead."""


class Column(Model):
    """A column, and what the words in it mean; without `words`, each is taken as it stands."""

    column: Line
    words: dict[Line, Line] = {}
    total: tuple[Line, ...] = ()
    """Words for "not broken down by this"."""


class Fixed(Model):
    """What no column says, because it is the same in the whole file."""

    state: Line | None = None
    round: Id | None = None
    year: Whole | None = None


class Skipped(Model):
    """Rows that are left out, and why."""

    where: Where
    because: Line


class Reading(Model):
    """One indicator, the rows that answer it, and the columns its answer is read from: those that the type of indicator takes."""

    indicator: Id
    where: Where = {}
    result: Column | None = None
    """Its words are results or absences."""
    value: Line | None = None
    part: Line | None = None
    whole: Line | None = None
    by: tuple[Id, ...] = ()
    """The dimensions, as defined under `dimensions`, that its figures have."""
    choice: Column | None = None
    """Its words are options; several rows are several options where the indicator takes many."""
    date: Line | None = None
    text: dict[Language, Line] = {}
    """The column of each language."""
    reason: Text | None = None
    """For the absences that owe one."""
    note: Text | None = None
    """In place of the map's own `note`."""


class Phrases(Model):
    """Free text that names things: each phrase that stands in the cell is one entry, with the id that is given here."""

    column: Line
    ids: dict[StateCode, dict[Line, Id]]
    """By state, the phrases and the entries they mean. A longer phrase goes before one that is part of it."""
    into: Line | None = None
    """The key that takes the phrase: `title.en`."""
    others: dict[Line, Line] = {}
    """Phrases that are no entries, and why."""


class RegisterReading(Model):
    """One register kept by state, the rows that speak of its entries, and where each key of an entry comes from."""

    register_name: Id = Field(alias="register")
    """Its folder below `registers/`."""
    where: Where = {}
    id: Column | None = None
    """Its words are ids; without `words`, an id is made of the cell: `12 of 2013` becomes `12-of-2013`."""
    phrases: Phrases | None = None
    """In place of `id`."""
    match: tuple[Line, ...] = ()
    """Keys by which an entry with another id is known all the same, where just one has all of these words."""
    given: dict[Line, Line | tuple[Line, ...]] = {}
    """Keys that are the same in every entry: `kind: law`, `note.en: …`."""
    keys: dict[Line, Column] = {}
    """Keys, and the column of each: `title.en`, `number`, `valid.from`."""


class Protection(Model):
    """What becomes of figures that, with others, tell a count behind `<5`: levels are left out until nothing is told."""

    keep: tuple[tuple[Id, ...], ...] = ()
    """The levels by their dimensions (`[]` is the undivided figure), the most wanted first. Others follow, the coarser first."""
    together: tuple[tuple[Id, ...], ...] = ()
    """Indicators whose figures are parts of the same persons: what one tells of the other is looked at too."""


class ImportMap(Document):
    """`imports/{source}.yaml`: how the table of one source becomes answers and entries of registers. The file's name is the
    source that they cite."""

    location: ClassVar[str] = "imports/{source}.yaml"

    source: Word
    title: Line
    """What table it reads, and where that is had."""
    voice: Voice | None = None
    """Of the answers; of no use to registers."""
    head: dict[Line, Line] = {}
    """The first keys of a file that the import makes, as `compiled` and `compiler`."""
    layout: Layout = Layout()
    clean: Cleaning = Cleaning()
    fixed: Fixed = Fixed()
    state: Column | None = None
    round: Column | None = None
    year: Column | None = None
    dimensions: dict[Id, Column] = {}
    row: tuple[Line, ...] = ()
    """The columns that pick out one row, for the evidence; found by the tool where this is absent."""
    latest: Line | None = None
    """Of several rows for one thing, the one with the highest word in this column stands."""
    skip: tuple[Skipped, ...] = ()
    protect: Protection = Protection()
    status: Status = Status.DRAFT
    note: Text | None = None
    """The note of every answer."""
    readings: tuple[Reading, ...] = ()
    registers: tuple[RegisterReading, ...] = ()
