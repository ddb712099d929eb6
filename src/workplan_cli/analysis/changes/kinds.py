"""The kinds of change there are. Each is a value, and carries the edits it stands for: together they are all of them, each once.

This module alone knows what a change of each kind consists of.
"""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.changes.edits import Edit
from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.plan import Provision
from workplan_cli.model.submission import Answer

Edits = tuple[Edit, ...]


@dataclass(frozen=True)
class Rest:
    """What happened to the evidence that an answer rests on, whatever ids it is cited by."""

    added: tuple[Evidence, ...] = ()
    removed: tuple[Evidence, ...] = ()
    changed: tuple[tuple[Evidence, Evidence], ...] = ()
    """The same place in the same source, told otherwise."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class AnswerChange:
    """One answer: added, removed or changed, or resting on changed evidence. `state` is None for the secretariat's mandates."""

    path: str
    state: str | None
    round: str
    voice: str
    question: str
    """The id of the indicator, or of the mandate."""
    before: Answer | None
    after: Answer | None
    evidence: Rest = field(default_factory=Rest)
    earlier: tuple[str, Answer] | None = None
    """For an answer that is added: the last earlier round in which the voice answered, and what it said."""
    is_outdated: bool = False
    """Whether it answers a text that has changed in meaning since, which it did not before."""
    edits: Edits = ()


@dataclass(frozen=True)
class Outdated:
    """An answer that nobody touched, and that the plan's text has moved away from."""

    path: str
    state: str | None
    round: str
    voice: str
    question: str
    provision: str
    revision: int
    """The revision it answers."""
    edits: Edits = ()


@dataclass(frozen=True)
class ProvisionChange:
    """A guideline or a mandate."""

    path: str
    id: str
    before: Provision | None
    after: Provision | None
    edits: Edits = ()


@dataclass(frozen=True)
class IndicatorChange:
    """A question."""

    path: str
    id: str
    before: Indicator | None
    after: Indicator | None
    edits: Edits = ()


@dataclass(frozen=True)
class DocumentChange:
    """A whole file that is new, or gone; the entries it holds are changes of their own."""

    path: str
    before: Document | None
    after: Document | None
    edits: Edits = ()


@dataclass(frozen=True)
class EntryChange:
    """An entry of a list or mapping: a treaty's state, a measure, a round, a piece of evidence that no answer cites."""

    path: str
    within: Document
    place: Pointer
    before: BaseModel | None
    after: BaseModel | None
    edits: Edits = ()


@dataclass(frozen=True)
class FieldChange:
    """A field of a document that is not an entry."""

    path: str
    within: Document
    place: Pointer
    before: Any
    after: Any
    edits: Edits = ()


@dataclass(frozen=True)
class OrderChange:
    """A list whose entries stand in another order; `moved` says whether those that stayed did so."""

    path: str
    within: Document
    place: Pointer
    moved: bool
    edits: Edits = ()


@dataclass(frozen=True)
class FileChange:
    """A file that is no document: a narrative, the tool's words put otherwise, an archived copy. None where it is not there; of a
    copy that is no text, what stands for its content is a hash.
    """

    path: str
    before: str | None
    after: str | None
    edits: Edits = ()


Change = (
    AnswerChange
    | Outdated
    | ProvisionChange
    | IndicatorChange
    | DocumentChange
    | EntryChange
    | FieldChange
    | OrderChange
    | FileChange
)
