"""The plan of action: its text word for word, its versions, periods and rounds.

This module alone knows the shape of a plan. It knows no plan: how many guidelines there are, and what they are about, is data.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from workplan_cli.model.document import Document
from workplan_cli.model.text import Id, Language, Line, Model, Revision, Text, Translations, Word, YesNo
from workplan_cli.model.time import Day, MonthDay, PartialDate


class Strength(StrEnum):
    """How strongly a provision binds, by its verb: `firm` ("adopt", "ensure") or `hortatory` ("encourage", "consider")."""

    FIRM = "firm"
    HORTATORY = "hortatory"


class Change(StrEnum):
    """What a revision did to the text: only a change of `meaning` makes older answers outdated."""

    INITIAL = "initial"
    EDITORIAL = "editorial"
    MEANING = "meaning"


class Version(Model):
    """One version of the plan as a document in the world."""

    id: Id
    title: Text
    symbol: Line | None = None
    adopted: PartialDate | None = None
    original: Language | None = None
    held: YesNo
    """Whether this file holds the text of this version."""
    note: Text | None = None
    sources: tuple[Word, ...] = ()


class Round(Model):
    """One reporting round. A date nobody has read is null, and prints as unknown."""

    id: Id
    opens: Day | None = None
    deadline: Day | None = None
    closes: Day | None = None
    note: Text | None = None


class Period(Model):
    """The time a report covers: the rounds in it, oldest first, and the day in the world it speaks of by default."""

    id: Id
    rounds: tuple[Id, ...]
    since: PartialDate | None = Field(default=None, alias="from")
    """When it begins, where that is known."""
    as_of: Day


class Group(Model):
    """A grouping of states that reports may use; never a ranking."""

    title: Text
    working: YesNo = False
    """A grouping of this repository's own, not of the organisation's."""
    as_of: PartialDate | None = None
    sources: tuple[Word, ...] = ()


class ActionPlans(Model):
    """Which action plans in the register of measures are on the plan's own subject, and what such plans are called."""

    title: Text
    """As it stands in a sentence, in the plural: "action plans against trafficking in persons"."""
    covers: tuple[Id, ...]
    """The guidelines on the subject as a whole: an action plan that covers one of them is meant."""


class Editorial(Model):
    """A note beside the text on something in it that is kept though it looks like a slip: quoted, then explained."""

    on: Line
    note: Text


class Passage(Model):
    """A numbered or unnumbered piece of the plan's text that asks nothing of anyone: a paragraph, an aim, a principle."""

    id: Id
    number: Line | None = None
    text: Text
    editorial: tuple[Editorial, ...] = ()


class Wording(Model):
    """One revision of a provision's text."""

    revision: Revision
    change: Change
    text: Text
    version: Id | None = None
    on: PartialDate | None = None


class Part(Model):
    """A numbered sub-item of a guideline, with the treaties it names."""

    id: Id
    number: Line
    text: Text
    treaties: tuple[Word, ...] = ()
    editorial: tuple[Editorial, ...] = ()


class Provision(Model):
    """A guideline or a mandate: a text that asks something of someone, and that may change over time."""

    id: Id
    number: Line
    addressee: Id
    strength: Strength
    revision: Revision
    history: tuple[Wording, ...]
    parts: tuple[Part, ...] = ()
    registers: tuple[Id, ...] = ()
    """The registers that hold what is done for it."""
    each_year: MonthDay | None = None
    """The day of each year on which it asks for something, as `07-30`."""
    editorial: tuple[Editorial, ...] = ()

    @property
    def text(self) -> Text:
        """The words in force."""
        return self.history[-1].text if self.history else {}

    @cached_property
    def meaning(self) -> int:
        """The revision of the last change of meaning: an answer to an older one is outdated."""
        return max((wording.revision for wording in self.history if wording.change is Change.MEANING), default=1)

    @property
    def is_in_order(self) -> bool:
        """Whether its history counts 1, 2, 3 up to the revision it says it is at."""
        return [wording.revision for wording in self.history] == list(range(1, self.revision + 1))

    def at_revision(self, revision: int) -> Text | None:
        """The words as they stood at a revision, or None when there is no such revision."""
        return next((wording.text for wording in self.history if wording.revision == revision), None)


class Statements(Model):
    """A section of passages: the aims, the principles."""

    number: Line | None = None
    heading: Text | None = None
    lead: Text | None = None
    items: tuple[Passage, ...] = ()
    editorial: tuple[Editorial, ...] = ()


class Chapter(Model):
    """A chapter of guidelines."""

    id: Id
    number: Line
    heading: Text
    name: Text | None = None
    """A short name for tables and menus, in the repository's own words."""
    guidelines: tuple[Provision, ...] = ()
    editorial: tuple[Editorial, ...] = ()


class Mandates(Model):
    """The section of mandates to the secretariat."""

    number: Line
    heading: Text
    items: tuple[Provision, ...] = ()
    editorial: tuple[Editorial, ...] = ()


class Plan(Document):
    """`guidelines.yaml`: the plan as data, in the order of its text."""

    location: ClassVar[str] = "guidelines.yaml"

    id: Id
    title: Text
    notice: Text | None = None
    """What a reader must know about the text before quoting it."""
    languages: tuple[Language, ...]
    """The languages in which the repository owes its own words: questions, guidance, names."""
    translation: Translations
    addressees: dict[Id, Text]
    needs: dict[Id, Text] = {}
    """The kinds of help a state may ask for in an answer."""
    audiences: dict[Id, Text] = {}
    """Whom materials and training are for."""
    topics: dict[Id, Text] = {}
    """What materials and training are about."""
    groups: dict[Id, Group] = {}
    action_plans: ActionPlans | None = None
    """None where the plan does not say: then all action plans are counted as one."""
    versions: tuple[Version, ...]
    rounds: tuple[Round, ...]
    periods: tuple[Period, ...]
    preamble: tuple[Passage, ...] = ()
    definition: tuple[Passage, ...] = ()
    aims: Statements = Statements()
    principles: Statements = Statements()
    chapters: tuple[Chapter, ...]
    mandates: Mandates | None = None
    sources: tuple[Word, ...] = ()

    @cached_property
    def guidelines(self) -> dict[str, Provision]:
        """Every guideline by its id, in the order of the text."""
        return _by_id(guideline for chapter in self.chapters for guideline in chapter.guidelines)

    @cached_property
    def chapter_of(self) -> dict[str, Chapter]:
        """The chapter of each guideline."""
        return {guideline.id: chapter for chapter in reversed(self.chapters) for guideline in chapter.guidelines}

    @cached_property
    def mandate_by_id(self) -> dict[str, Provision]:
        """Every mandate by its id, in the order of the text."""
        return _by_id(self.mandates.items if self.mandates else ())

    @cached_property
    def round_ids(self) -> tuple[str, ...]:
        """The rounds, oldest first."""
        return tuple(round_.id for round_ in self.rounds)


def _by_id(provisions: Iterable[Provision]) -> dict[str, Provision]:
    """In order; of two with one id, which is a finding, the first is meant."""
    found: dict[str, Provision] = {}
    for provision in provisions:
        found.setdefault(provision.id, provision)
    return found
