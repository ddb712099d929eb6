"""Whose a file of the record is: the roles that may change it, by its place.

This module alone knows it. A file is one state, one round, one voice, so the place says whose words are in it; a register of one
state holds the state's words beside those of the desk review, and there each entry's voice says it. What is nobody's is the
keeper's, who may change everything.
"""

import re
from collections.abc import Collection, Iterable

from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import ARCHIVE, Source
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.mandate import SecretariatReview, SecretariatSubmission
from workplan_cli.model.mapping import ImportMap
from workplan_cli.model.narrative import is_narrative
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import document_at
from workplan_cli.model.register import RoundClosing, TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.model.submission import Assessment, DeskReview, ParallelReport, Reply, Submission

KEEPER = "keeper"
SECRETARIAT = SecretariatSubmission.voice

_OWNERS: tuple[tuple[type[Document], tuple[str, ...]], ...] = (
    (Plan, ("plan",)),
    (IndicatorTable, ("plan",)),
    (State, ("secretariat",)),
    (Submission, ("state:{state}",)),
    (Reply, ("state:{state}",)),
    (Assessment, ("assessment",)),
    (DeskReview, ("desk-review",)),
    (ParallelReport, ("civil-society:{org}",)),
    (SecretariatSubmission, ("secretariat",)),
    (SecretariatReview, ("desk-review",)),
    (RoundClosing, ("secretariat",)),
    (TreatyRegister, ("secretariat", "desk-review")),  # its place comes last below: a treaty may be named as a state is
    (Source, ("desk-review",)),
    (ImportMap, ("desk-review",)),
)
"""Each kind of file and its owners; registers of entries by their holder."""

_STATE = re.compile(r"[A-Z]{3}")


def owners_of(path: str) -> tuple[str, ...]:
    """The roles whose a file below `data/` is, beside the keeper's."""
    if path.startswith(ARCHIVE):
        return ("desk-review",)
    if is_narrative(path):
        return ("secretariat",)
    found = document_at(path)
    if found is None:
        return ()
    document, identity = found
    if issubclass(document, Register):
        (holder,) = identity.values()
        if _STATE.fullmatch(holder):
            return (f"state:{holder}", "desk-review")
        organisation = () if holder == SECRETARIAT or holder.isdigit() else (f"civil-society:{holder}",)
        return ("secretariat", "desk-review", *organisation)
    return tuple(role.format(**identity) for role in dict(_OWNERS)[document])


def owner_of_entry(voice: str, holder: str) -> str:
    """The role whose words an entry of a register is, by its voice and by who keeps the file."""
    kind, _, name = voice.partition("/")
    if voice in (Submission.voice, Reply.voice):
        return f"state:{holder}"
    return f"{kind}:{name}" if name else voice


def may(roles: Collection[str], path: str, is_new: bool) -> bool:
    """Whether someone with these roles may change a file below `data/`. To add a source is everybody's: evidence rests on it."""
    if KEEPER in roles:
        return True
    is_source = path.startswith("sources/") and bool(owners_of(path))
    return (is_source and is_new and bool(roles)) or not {*roles}.isdisjoint(owners_of(path))


def places(states: Iterable[str], organisations: Iterable[str] = ()) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every place of the record as a pattern with its owners, in an order in which the last that fits is the one that holds."""
    several = [(document, roles) for document, roles in _OWNERS if "{" not in "".join(roles) and document is not TreatyRegister]
    found = [(_pattern(document.location), roles) for document, roles in several]
    found += [
        (ARCHIVE, owners_of(ARCHIVE)),
        ("narrative/", ("secretariat",)),
        ("registers/*/*.yaml", ("secretariat", "desk-review")),
    ]
    for state in states:
        own = [document for document, roles in _OWNERS if roles == ("state:{state}",)]
        found += [(_pattern(document.location, state=state), (f"state:{state}",)) for document in own]
        found.append((f"registers/*/{state}.yaml", (f"state:{state}", "desk-review")))
    for one in organisations:
        found.append((_pattern(ParallelReport.location, org=one), (f"civil-society:{one}",)))
        found.append((f"registers/*/{one}.yaml", ("secretariat", "desk-review", f"civil-society:{one}")))
    found.append((_pattern(TreatyRegister.location), ("secretariat", "desk-review")))
    return tuple(found)


def _pattern(location: str, **identity: str) -> str:
    """A location with names in it and `*` for the others."""
    return re.sub(r"{(\w+)}", lambda found: identity.get(found[1], "*"), location)
