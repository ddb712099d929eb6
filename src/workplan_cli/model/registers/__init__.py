"""The registers behind the mandates: what an entry of each says.

`REGISTERS` is the whole list; a further register is a class in one of these modules and a line in it.
"""

from workplan_cli.model.entry import Register
from workplan_cli.model.register import MeasureRegister
from workplan_cli.model.registers.assistance import Assistance, AssistanceKind, AssistanceRegister, AssistanceStatus
from workplan_cli.model.registers.offices import (
    Authority,
    AuthorityKind,
    AuthorityRegister,
    Service,
    ServiceKind,
    ServiceRegister,
)
from workplan_cli.model.registers.practices import Practice, PracticeRegister
from workplan_cli.model.registers.routes import Confidence, Route, RouteRegister
from workplan_cli.model.registers.training import (
    AcademyRegister,
    Material,
    MaterialRegister,
    Module,
    Training,
    TrainingKind,
    TrainingRegister,
)
from workplan_cli.model.registers.work import (
    FollowUp,
    IssuedReport,
    Meeting,
    MeetingPaper,
    MeetingRegister,
    Observance,
    ObservanceRegister,
    ReportRegister,
)

__all__ = [
    "REGISTERS",
    "REGISTER_BY_NAME",
    "AcademyRegister",
    "Assistance",
    "AssistanceKind",
    "AssistanceRegister",
    "AssistanceStatus",
    "Authority",
    "AuthorityKind",
    "AuthorityRegister",
    "Confidence",
    "FollowUp",
    "IssuedReport",
    "Material",
    "MaterialRegister",
    "MeasureRegister",
    "Meeting",
    "MeetingPaper",
    "MeetingRegister",
    "Module",
    "Observance",
    "ObservanceRegister",
    "Practice",
    "PracticeRegister",
    "ReportRegister",
    "Route",
    "RouteRegister",
    "Service",
    "ServiceKind",
    "ServiceRegister",
    "Training",
    "TrainingKind",
    "TrainingRegister",
]

REGISTERS: tuple[type[Register], ...] = (
    MeasureRegister,
    PracticeRegister,
    MaterialRegister,
    AcademyRegister,
    TrainingRegister,
    RouteRegister,
    AuthorityRegister,
    ReportRegister,
    MeetingRegister,
    AssistanceRegister,
    ObservanceRegister,
    ServiceRegister,
)
"""Every register of entries. Treaties are kept apart: their rows are states, not entries."""

REGISTER_BY_NAME: dict[str, type[Register]] = {one.register(): one for one in REGISTERS}
