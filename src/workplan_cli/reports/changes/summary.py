"""All that a reader of a comparison sees: the changes in words by state, voice and round, the figures they move, what is
not compared.

This module alone knows how changes are put into groups.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workplan_cli.analysis.changes.compare import state_of
from workplan_cli.analysis.changes.figures import Figured
from workplan_cli.analysis.changes.kinds import AnswerChange, Change, FileChange, Outdated
from workplan_cli.analysis.coverage import Share, Tally
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.model.register import TreatyRegister
from workplan_cli.model.state import State
from workplan_cli.reports.changes.line import Line
from workplan_cli.reports.changes.lines import line_of
from workplan_cli.reports.changes.tongue import Tongue


@dataclass(frozen=True)
class Section:
    """Changes that belong together: one voice's in one round, or one file's."""

    title: str
    lines: tuple[Line, ...]
    voice: str | None = None
    round: str | None = None


@dataclass(frozen=True)
class Group:
    """All changes about one state, or about one part of the record. `code` is the state's, where it is one."""

    title: str
    sections: tuple[Section, ...]
    code: str | None = None


@dataclass(frozen=True)
class Figure:
    """The measures on one chapter, before and after, each with its denominator."""

    name: str
    voice: str
    is_whole: bool
    measures: tuple[tuple[Share, Share], ...]
    """Reporting, implementation, evidence."""


@dataclass(frozen=True)
class Names:
    """What the two sides are called: `HEAD (4e22707)`, `the working tree`."""

    before: str
    after: str


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be read on one side, so that nothing is said of it, or of which a part could not."""

    side: str
    path: str
    in_part: bool = False


@dataclass(frozen=True)
class Summary:
    """A comparison in words. `outside` counts the changes that the options leave out."""

    names: Names
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...] = ()
    figured: Figured | None = None
    unreadable: tuple[Unreadable, ...] = ()
    outside: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(line for group in self.groups for section in group.sections for line in section.lines)

    @property
    def states(self) -> tuple[str, ...]:
        """The states there is something about."""
        return tuple(group.code for group in self.groups if group.code is not None)


def summary(
    changes: Iterable[Change],
    tongue: Tongue,
    names: Names,
    figured: Figured | None = None,
    unreadable: Sequence[Unreadable] = (),
    outside: int = 0,
) -> Summary:
    """Changes in words. They come in reading order, and keep it."""
    record = tongue.veil.after
    as_of = max((period.as_of for period in record.plan.periods), default=datetime.date.max)
    groups: dict[tuple[str, str | None], dict[tuple[str, str | None, str | None], list[Line]]] = {}
    for change in changes:
        line = line_of(change, tongue, as_of)
        if line is not None:
            sections = groups.setdefault(_group(change, tongue), {})
            sections.setdefault(_section(change, tongue), []).append(line)
    made = tuple(
        Group(title, tuple(Section(name, tuple(lines), voice, round_) for (name, voice, round_), lines in sections.items()), code)
        for (title, code), sections in groups.items()
    )
    return Summary(names, made, _figures(figured, tongue), figured, tuple(unreadable), outside)


def _group(change: Change, tongue: Tongue) -> tuple[str, str | None]:
    _ = tongue.gettext
    state = state_of(change)
    if state is not None:
        return f"{state} {_name(state, tongue)}".rstrip(), state
    if isinstance(change, FileChange):
        return _("Other files"), None
    if change.path == Plan.location:
        return _("The plan"), None
    if change.path.startswith("indicators/"):
        return _("Indicators"), None
    if change.path.startswith("secretariat/"):
        return _("Secretariat"), None
    if change.path.startswith("sources/"):
        return _("Sources"), None
    return _("Rounds, registers and imports"), None


def _name(state: str, tongue: Tongue) -> str:
    profile = tongue.veil.after.states.get(state) or tongue.veil.before.states.get(state)
    return tongue.text(profile.names) if profile is not None else ""


def _section(change: Change, tongue: Tongue) -> tuple[str, str | None, str | None]:
    """What a change stands under: its voice and round, or the file it is in."""
    if isinstance(change, AnswerChange | Outdated):
        return f"{tongue.voice(change.voice)}, {change.round}", change.voice, change.round
    found = document_at(change.path)
    if found is None:
        return "", None, None
    kind, identity = found
    if "round" in identity and hasattr(kind, "voice"):
        voice = f"{kind.voice}/{identity['org']}" if "org" in identity else str(kind.voice)
        return f"{tongue.voice(voice)}, {identity['round']}", voice, identity["round"]
    if kind is State or kind is Plan:
        return tongue.gettext("profile") if kind is State else "", None, None
    if kind is IndicatorTable:
        return _chapter(identity["chapter"], tongue), None, None
    if kind is TreatyRegister and state_of(change) is not None:
        return tongue.gettext("treaties"), None, None
    return f"data/{change.path}", None, None


def _chapter(id_: str, tongue: Tongue) -> str:
    plans: tuple[Record, ...] = (tongue.veil.after, tongue.veil.before)
    chapter = next((one for record in plans for one in record.plan.chapters if one.id == id_), None)
    return tongue.text(chapter.name or chapter.heading) if chapter is not None else id_


def _figures(figured: Figured | None, tongue: Tongue) -> tuple[Figure, ...]:
    if figured is None:
        return ()
    return tuple(
        Figure(
            name=tongue.gettext("all chapters") if row.chapter is None else _chapter(row.chapter, tongue),
            voice=tongue.voice(row.voice),
            is_whole=row.chapter is None,
            measures=tuple(zip(_measures(row.before), _measures(row.after), strict=True)),
        )
        for row in figured.rows
    )


def _measures(tally: Tally) -> tuple[Share, Share, Share]:
    return tally.reporting, tally.implementation(), tally.evidence
