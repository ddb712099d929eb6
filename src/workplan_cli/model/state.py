"""A member state: its codes, its names, its groups, its place in the organisation over time.

This module alone knows the profile of a state. How many members there are is a dated question; nothing here answers it.
"""

from typing import ClassVar

from workplan_cli.model.document import Document
from workplan_cli.model.text import Id, Line, Model, StateCode, Text, Whole, Word
from workplan_cli.model.time import PartialDate


class Tile(Model):
    """The square of the state on the tile map; rows grow southwards and columns eastwards, from 0."""

    row: Whole
    column: Whole


class Membership(Model):
    """A stretch of time in the organisation, and what the state was in it."""

    status: Id
    since: PartialDate | None = None
    until: PartialDate | None = None
    note: Line | None = None
    sources: tuple[Word, ...] = ()


class FocalInstitution(Model):
    """The office that answers for the state: an institution and a role, never a person."""

    institution: Text
    role: Text | None = None
    sources: tuple[Word, ...] = ()


class Institution(Model):
    """An institution of the state, and what it answers: a questionnaire can be packed for it alone."""

    name: Text
    answers: tuple[Id, ...]
    """Chapters, guidelines and indicators."""


class State(Document):
    """`states/<ISO3>/state.yaml`."""

    location: ClassVar[str] = "states/{state}/state.yaml"

    state: StateCode
    iso2: Line | None = None
    m49: Line | None = None
    names: Text
    formal: Text = {}
    groups: dict[Id, Id] = {}
    """The groups it is in, each with what it is there: `{caricom: member}`."""
    membership: tuple[Membership, ...] = ()
    tile: Tile | None = None
    focal: FocalInstitution | None = None
    institutions: dict[Id, Institution] = {}
    """Who answers what, where not one office answers all: `{health: {name: {en: …}, answers: [protection]}}`."""
    sources: tuple[Word, ...] = ()
    note: Line | None = None
