"""The whole record: every document, found by what it is.

This module alone knows which documents there are (`DOCUMENTS`) and how to ask for one.
"""

from dataclasses import dataclass, field
from functools import cached_property

from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import Source
from workplan_cli.model.indicator import Indicator, IndicatorTable
from workplan_cli.model.mandate import MandateSheet, SecretariatReview, SecretariatSubmission
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.plan import Plan
from workplan_cli.model.register import MeasureRegister, RoundClosing, TreatyRegister
from workplan_cli.model.registers import REGISTERS
from workplan_cli.model.state import State
from workplan_cli.model.submission import AnswerSheet, Assessment, DeskReview, ParallelReport, Reply, Submission

DOCUMENTS: tuple[type[Document], ...] = (
    Plan,
    IndicatorTable,
    State,
    Submission,
    DeskReview,
    Assessment,
    Reply,
    ParallelReport,
    SecretariatSubmission,
    SecretariatReview,
    TreatyRegister,
    *REGISTERS,
    RoundClosing,
    Source,
    ImportMap,
)
"""Every kind of file the record has. A path that is a place of none of them is a finding."""


def document_at(path: str) -> tuple[type[Document], dict[str, str]] | None:
    """The document class and the identity that a path below `data/` stands for, or None."""
    for document in DOCUMENTS:
        identity = document.at(path)
        if identity is not None:
            return document, identity
    return None


@dataclass(frozen=True)
class Record:
    """Every document of a repository that could be read."""

    plan: Plan
    tables: tuple[IndicatorTable, ...] = ()
    states: dict[str, State] = field(default_factory=dict)
    sheets: tuple[AnswerSheet, ...] = ()
    secretariat: tuple[MandateSheet, ...] = ()
    treaties: dict[str, TreatyRegister] = field(default_factory=dict)
    registers: tuple[Register, ...] = ()
    """Every file of every register of entries, measures among them."""
    rounds: dict[str, RoundClosing] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    imports: dict[str, ImportMap] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, documents: tuple[Document, ...]) -> "Record":
        """Sort documents into their places; tables in the order of the plan's chapters, all else in the order given."""
        order = {chapter.id: position for position, chapter in enumerate(plan.chapters)}
        tables = [document for document in documents if isinstance(document, IndicatorTable)]
        return cls(
            plan=plan,
            tables=tuple(sorted(tables, key=lambda table: (order.get(table.chapter, len(order)), table.chapter))),
            states={document.state: document for document in documents if isinstance(document, State)},
            sheets=tuple(document for document in documents if isinstance(document, AnswerSheet)),
            secretariat=tuple(document for document in documents if isinstance(document, MandateSheet)),
            treaties={document.treaty: document for document in documents if isinstance(document, TreatyRegister)},
            registers=tuple(document for document in documents if isinstance(document, Register)),
            rounds={document.round: document for document in documents if isinstance(document, RoundClosing)},
            sources={document.source: document for document in documents if isinstance(document, Source)},
            imports={document.source: document for document in documents if isinstance(document, ImportMap)},
        )

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its id, in the order of the plan."""
        return {indicator.id: indicator for table in self.tables for indicator in table.indicators}

    @cached_property
    def measures(self) -> dict[str, MeasureRegister]:
        """The register of measures, by state."""
        return {register.state: register for register in self.registers if isinstance(register, MeasureRegister)}

    def kept(self, name: str) -> tuple[Register, ...]:
        """The files of one register, by holder."""
        found = (register for register in self.registers if register.register() == name)
        return tuple(sorted(found, key=lambda register: register.kept_by))
