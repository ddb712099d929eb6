"""What was done for each mandate, in the same answer model as the states' own.

This module alone knows the secretariat's files: its own voice, and what published sources establish beside it.
"""

from typing import ClassVar

from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.submission import Answer
from workplan_cli.model.text import Id, Line, Model, Text
from workplan_cli.model.time import Day, PartialDate


class Activity(Model):
    """One thing done for a mandate."""

    id: Id
    on: PartialDate
    title: Text
    outputs: tuple[Line, ...] = ()
    evidence: tuple[Id, ...] = ()


class MandateAnswer(Answer):
    """An answer with the activities it rests on."""

    activities: tuple[Activity, ...] = ()


class MandateSheet(Document):
    """The answers of one voice on the secretariat's mandates in one round."""

    voice: ClassVar[str]
    key_order: ClassVar[tuple[str, ...]] = ("submitted", "compiled", "compiler")

    round: Id
    mandates: dict[str, MandateAnswer] = {}
    evidence: dict[Id, Evidence] = {}


class SecretariatSubmission(MandateSheet):
    """The secretariat's own words."""

    location: ClassVar[str] = "secretariat/{round}/submission.yaml"
    voice: ClassVar[str] = "secretariat"

    submitted: Day | None = None


class SecretariatReview(MandateSheet):
    """What published sources establish of the secretariat's work."""

    location: ClassVar[str] = "secretariat/{round}/desk-review.yaml"
    voice: ClassVar[str] = "desk-review"

    compiled: Day | None = None
    compiler: Line | None = None
