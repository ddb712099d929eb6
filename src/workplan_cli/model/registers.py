"""The registers behind the mandates: what an entry of each says.

This module alone knows their fields. `REGISTERS` is the whole list; a further register is a class here and a line in it.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workplan_cli.model.entry import Entry, Register
from workplan_cli.model.register import MeasureRegister
from workplan_cli.model.submission import DeskReview
from workplan_cli.model.text import Id, Language, Line, Model, StateCode, Text, Whole, YesNo
from workplan_cli.model.time import Day, PartialDate

Holder = Annotated[str, Field(pattern=r"^([A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*)$")]
"""A state by its code, or another keeper by a small word."""


class Material(Entry):
    """Something to inform or train with: whom it is for, what it is about, in which languages."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "audiences", "topics", "languages", "date", "form", "licence", "url")

    audiences: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    languages: tuple[Language, ...] = ()
    date: PartialDate | None = None
    form: Line | None = None
    """A handbook, a course, a film."""
    licence: Line | None = None
    url: Line | None = None


class MaterialRegister(Register):
    """`registers/materials/<holder>.yaml`: materials for informing and training."""

    location: ClassVar[str] = "registers/materials/{holder}.yaml"
    noun: ClassVar[str] = "material"
    entry: ClassVar[type[Entry]] = Material
    columns: ClassVar[tuple[str, ...]] = ("audiences", "topics", "languages", "date", "form", "licence", "url", "covers")

    holder: Holder
    materials: tuple[Material, ...] = ()


class Module(Entry):
    """A topic in the curriculum of an academy: since when it is taught is `valid.from`."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "academy", "audiences", "topics", "hours", "required", "valid")

    academy: Text
    audiences: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    hours: Whole | None = None
    required: YesNo | None = None


class AcademyRegister(Register):
    """`registers/academies/<ISO3>.yaml`: what the academies of one state teach."""

    location: ClassVar[str] = "registers/academies/{state}.yaml"
    noun: ClassVar[str] = "module"
    entry: ClassVar[type[Entry]] = Module
    columns: ClassVar[tuple[str, ...]] = ("academy", "audiences", "topics", "hours", "required", "valid")

    state: StateCode
    academies: tuple[Module, ...] = ()


class TrainingKind(StrEnum):
    """Whether a programme is offered or looked for."""

    OFFERED = "offered"
    SOUGHT = "sought"


class Training(Entry):
    """A training programme offered to others, or looked for; its dates are `valid`."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "kind", "title", "audiences", "topics", "languages", "places", "online", "seats", "valid"),
    )

    kind: TrainingKind
    audiences: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    languages: tuple[Language, ...] = ()
    places: tuple[StateCode, ...] = ()
    """The states in which it is held, or may be held; of a state's own file, that state where this is empty."""
    online: YesNo = False
    seats: Whole | None = None


class TrainingRegister(Register):
    """`registers/training/<holder>.yaml`: programmes offered and sought."""

    location: ClassVar[str] = "registers/training/{holder}.yaml"
    noun: ClassVar[str] = "programme"
    entry: ClassVar[type[Entry]] = Training
    columns: ClassVar[tuple[str, ...]] = ("kind", "audiences", "topics", "languages", "places", "online", "seats", "valid")

    holder: Holder
    training: tuple[Training, ...] = ()


class Confidence(StrEnum):
    """How sure whoever gathered it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Route(Entry):
    """A route that a vulnerable group travels, by states (`XAA`) or their first-level regions (`XA-01`): nothing more precise."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "title", "origin", "transit", "destination", "groups", "persons", "confidence", "valid"),
    )

    origin: tuple[Line, ...]
    transit: tuple[Line, ...] = ()
    destination: tuple[Line, ...]
    groups: tuple[Text, ...] = ()
    """The groups that travel it."""
    persons: Annotated[int, Field(strict=True, ge=0)] | Literal["<5"] | None = None
    confidence: Confidence


class RouteRegister(Register):
    """`registers/routes/<holder>.yaml`: routes, by whoever gathered them."""

    location: ClassVar[str] = "registers/routes/{holder}.yaml"
    noun: ClassVar[str] = "route"
    entry: ClassVar[type[Entry]] = Route
    columns: ClassVar[tuple[str, ...]] = ("origin", "transit", "destination", "groups", "persons", "confidence", "valid")

    holder: Holder
    routes: tuple[Route, ...] = ()


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


class AuthorityKind(StrEnum):
    """What an authority is for."""

    POINT_OF_CONTACT = "point-of-contact"
    COORDINATION = "coordination"
    AUTHORITY = "authority"


class Authority(Entry):
    """An institution and a role in it, never a person: how it is reached, and when that was last confirmed."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "kind", "title", "role", "mailbox", "phone", "languages"),
        *("requested", "appointed", "conveyed", "confirmed", "valid"),
    )

    kind: AuthorityKind
    role: Text | None = None
    mailbox: Line | None = None
    """The mailbox of the role."""
    phone: Line | None = None
    """The telephone of the office."""
    languages: tuple[Language, ...] = ()
    requested: Day | None = None
    """When the state was asked to appoint it."""
    appointed: Day | None = None
    conveyed: Day | None = None
    """When the state told the secretariat."""
    confirmed: Day | None = None
    """When the state last said that this still holds."""


class AuthorityRegister(Register):
    """`registers/authorities/<ISO3>.yaml`: the national authorities of one state, its points of contact among them."""

    location: ClassVar[str] = "registers/authorities/{state}.yaml"
    noun: ClassVar[str] = "authority"
    entry: ClassVar[type[Entry]] = Authority
    columns: ClassVar[tuple[str, ...]] = (
        *("kind", "role", "mailbox", "phone", "languages"),
        *("requested", "appointed", "conveyed", "confirmed"),
    )

    state: StateCode
    authorities: tuple[Authority, ...] = ()


class IssuedReport(Entry):
    """A report that is due, and once it is out the day, the symbol and the seal of its files."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "due", "issued", "symbol", "url", "seal")

    due: Day | None = None
    issued: PartialDate | None = None
    symbol: Line | None = None
    url: Line | None = None
    seal: Line | None = None


class ReportRegister(Register):
    """`registers/reports/<holder>.yaml`: reports due and issued."""

    location: ClassVar[str] = "registers/reports/{holder}.yaml"
    noun: ClassVar[str] = "report"
    entry: ClassVar[type[Entry]] = IssuedReport
    columns: ClassVar[tuple[str, ...]] = ("due", "issued", "symbol", "url", "seal")

    holder: Holder
    reports: tuple[IssuedReport, ...] = ()


class MeetingPaper(Model):
    """A document of a meeting."""

    title: Text
    symbol: Line | None = None
    url: Line | None = None


class FollowUp(Model):
    """What a meeting asked of an office, until when, and when it was done."""

    id: Id
    what: Text
    owner: Text
    """The office that is to do it."""
    due: Day | None = None
    done: Day | None = None


class Meeting(Entry):
    """A meeting: what was on its agenda, what it concluded and decided, and what follows."""

    key_order: ClassVar[tuple[str, ...]] = (
        *("id", "title", "on", "until", "place", "agenda", "documents", "conclusions", "decisions", "actions"),
    )

    on: PartialDate
    until: Day | None = None
    """Its last day, where it took more than one."""
    place: Text | None = None
    agenda: tuple[Text, ...] = ()
    documents: tuple[MeetingPaper, ...] = ()
    conclusions: tuple[Text, ...] = ()
    decisions: tuple[Text, ...] = ()
    actions: tuple[FollowUp, ...] = ()


class MeetingRegister(Register):
    """`registers/meetings/<year>.yaml`: the meetings of one year."""

    location: ClassVar[str] = "registers/meetings/{holder}.yaml"
    noun: ClassVar[str] = "meeting"
    entry: ClassVar[type[Entry]] = Meeting
    columns: ClassVar[tuple[str, ...]] = ("on", "until", "place", "agenda", "documents", "conclusions", "decisions", "actions")

    holder: Holder
    meetings: tuple[Meeting, ...] = ()


class AssistanceKind(StrEnum):
    """Whether help is asked for or offered."""

    REQUEST = "request"
    OFFER = "offer"


class AssistanceStatus(StrEnum):
    """How far a request or an offer has come."""

    OPEN = "open"
    AGREED = "agreed"
    COMPLETED = "completed"
    DECLINED = "declined"


class Assistance(Entry):
    """A request or an offer of technical assistance with some guidelines."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "kind", "title", "needs", "status", "on", "with", "valid")

    kind: AssistanceKind
    needs: tuple[Id, ...] = ()
    """The kinds of help, of the plan's."""
    status: AssistanceStatus
    on: PartialDate
    partners: tuple[StateCode, ...] = Field(default=(), alias="with")
    """The states with which it was agreed."""


class AssistanceRegister(Register):
    """`registers/assistance/<holder>.yaml`: requests and offers of technical assistance."""

    location: ClassVar[str] = "registers/assistance/{holder}.yaml"
    noun: ClassVar[str] = "entry"
    entry: ClassVar[type[Entry]] = Assistance
    columns: ClassVar[tuple[str, ...]] = ("kind", "needs", "status", "on", "partners", "covers")

    holder: Holder
    assistance: tuple[Assistance, ...] = ()


class Observance(Entry):
    """What was done on a day of remembrance, in one year."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "title", "on", "place", "url")

    on: PartialDate
    place: Text | None = None
    url: Line | None = None


class ObservanceRegister(Register):
    """`registers/observances/<holder>.yaml`: how a state, or the secretariat, kept the day."""

    location: ClassVar[str] = "registers/observances/{holder}.yaml"
    noun: ClassVar[str] = "observance"
    entry: ClassVar[type[Entry]] = Observance
    columns: ClassVar[tuple[str, ...]] = ("on", "place", "url")

    holder: Holder
    observances: tuple[Observance, ...] = ()


class ServiceKind(StrEnum):
    """What sort of help a person finds there."""

    HOTLINE = "hotline"
    SHELTER = "shelter"
    LEGAL_AID = "legal-aid"
    HEALTH = "health"
    OFFICE = "office"


class Service(Entry):
    """A line or a place where a person in need finds help."""

    key_order: ClassVar[tuple[str, ...]] = ("id", "kind", "title", "phone", "hours", "languages", "free", "offers", "checked")

    kind: ServiceKind
    phone: Line | None = None
    hours: Text | None = None
    languages: tuple[Language, ...] = ()
    """Indigenous languages too, by their ISO 639-3 code."""
    free: YesNo | None = None
    offers: tuple[Text, ...] = ()
    checked: Day | None = None
    """The last day someone tried it."""


class ServiceRegister(Register):
    """`registers/services/<ISO3>.yaml`: the directory of lines and services of one state."""

    location: ClassVar[str] = "registers/services/{state}.yaml"
    noun: ClassVar[str] = "service"
    entry: ClassVar[type[Entry]] = Service
    columns: ClassVar[tuple[str, ...]] = ("kind", "phone", "hours", "languages", "free", "offers", "checked")

    state: StateCode
    services: tuple[Service, ...] = ()


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
