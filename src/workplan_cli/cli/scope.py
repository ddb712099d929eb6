"""What `coverage`, `gaps`, `explain coverage` and `export` are asked about: the words of their options made into a scope.

This module alone knows how a period, a round, a voice, a state and a chapter are named on the command line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    import datetime

    from workplan_cli.analysis.scope import Scope
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.checking.survey import Survey, Unread
    from workplan_cli.model.plan import Period, Plan
    from workplan_cli.storage.tree import Entry

PeriodOption = Annotated[str | None, typer.Option("--period", help="The period; the latest when not given. 2018 means 2015-2018.")]
RoundOption = Annotated[str | None, typer.Option("--round", help="One round instead of a period.")]
StateOption = Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help="Only these states, by code or name.")]
ChapterOption = Annotated[list[str] | None, typer.Option("--chapter", metavar="CHAPTER", help="Only these chapters.")]
VoiceOption = Annotated[list[str] | None, typer.Option("--voice", metavar="VOICE", help="Only these voices: state, desk-review, …")]
DayOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day in the world; the period's when not given.")]
RootOption = Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")]

ANSWERING = ("state", "desk-review")
"""The voices that are to answer every question; the others speak to those they choose."""
KINDS = (*ANSWERING, "assessment", "reply", "civil-society")
"""The kinds of voices; those of civil society are named with the organisation: civil-society/harvest-hands."""
_SHOWN = 3


@dataclass(frozen=True)
class Asked:
    """The words of the options that say what is meant."""

    root: Path | None = None
    period: str | None = None
    round: str | None = None
    states: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True)
class Opened:
    """A record opened, and what of it is meant."""

    survey: "Survey"
    entries: "Sequence[Entry]"
    scope: "Scope"
    voices: tuple[str, ...]
    """Those asked for; else the states' own, and every other that speaks in the rounds."""

    def answering(self) -> "Opened":
        """The same, without the voices that speak to a few questions of their choice only."""
        return replace(self, voices=tuple(voice for voice in self.voices if voice in ANSWERING))

    @property
    def jobs(self) -> int:
        """How many processes are worth starting."""
        from workplan_cli.checking.recall import worthwhile

        return worthwhile(self.entries)


def open_scope(asked: Asked) -> Opened:
    """Open the record that is meant. Raises WorkplanError for a word that means nothing in it."""
    from workplan_cli.analysis.scope import narrow
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.checking.survey import open_survey
    from workplan_cli.cli.options import day, here
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    as_of = day(asked.as_of)
    tree = Directory(open_repository(asked.root, here()).data)
    entries = tree.entries()
    survey = open_survey(tree, entries)
    plan = survey.record.plan
    round_, period = _when(asked, plan, as_of)
    states = _named(asked.states, Kind.STATE, survey, survey.states)
    chapters = _named(asked.chapters, Kind.CHAPTER, survey, tuple(chapter.id for chapter in plan.chapters))
    scope = narrow(plan, survey.record.indicators, period, states or survey.states, round_, as_of, chapters)
    return Opened(survey, entries, scope, _voices(asked.voices, survey.voices(scope.rounds)))


def complain(unread: "Unread") -> int:
    """Say on the error stream what could not be read; the exit code that follows."""
    from workplan_cli.cli import terminal

    if not unread:
        return 0
    parts = [
        f"{_files(len(paths))} {words}: {_first(paths)}"
        for paths, words in ((unread.out, "left out"), (unread.part, "read in part"))
        if paths
    ]
    terminal.say(f"this is not of the whole record; {'; '.join(parts)}", "what is wrong with them: workplan validate")
    return 1


def _files(number: int) -> str:
    return "1 file is" if number == 1 else f"{number} files are"


def _first(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(f"data/{path}" for path in paths[:_SHOWN]) + more


def _when(asked: Asked, plan: "Plan", as_of: "datetime.date | None") -> "tuple[str | None, Period]":
    """The round, where one is named, and the period, which gives the day."""
    from workplan_cli.model.plan import Period

    if asked.round is None:
        period = _period(asked.period, plan)
        if not any(round_ in plan.round_ids for round_ in period.rounds):
            raise WorkplanError(f"the period '{period.id}' has no round of the plan", "see what is wrong with the plan: workplan validate")
        return None, period
    if asked.period is not None:
        raise WorkplanError("--period and --round are both given", "name one of them")
    round_ = _dated(asked.round, "round", plan.round_ids)
    around = [period for period in plan.periods if round_ in period.rounds]
    if around:
        return round_, max(around, key=lambda period: period.as_of)
    if as_of is None:
        raise WorkplanError(f"the round '{round_}' is in no period, which would give the day", "name the day: --as-of 2018-12-31")
    return round_, Period.model_construct(id=round_, rounds=(round_,), as_of=as_of)


def _period(word: str | None, plan: "Plan") -> "Period":
    if not plan.periods:
        raise WorkplanError("the plan has no period", "write one in data/guidelines.yaml under periods:, or name a round: --round")
    if word is None:
        return max(plan.periods, key=lambda period: period.as_of)
    id_ = _dated(word, "period", tuple(period.id for period in plan.periods))
    return next(period for period in plan.periods if period.id == id_)


def _dated(word: str, what: str, ids: Sequence[str]) -> str:
    """The id that is meant: by itself, with another dash, or by its last year or its first."""
    plain = re.sub(r"[\s‐-―−/]+", "-", word.strip().casefold())
    for fits in (
        [id_ for id_ in ids if id_.casefold() == plain],
        [id_ for id_ in ids if re.split(r"[-.]", id_)[-1] == plain],
        [id_ for id_ in ids if re.split(r"[-.]", id_)[0] == plain],
    ):
        if len(fits) == 1:
            return fits[0]
    raise WorkplanError(f"there is no {what} '{visible(word)}'", f"there are: {', '.join(ids)}" if ids else f"the plan has no {what}s")


def _named(written: Iterable[str], kind: "Kind", survey: "Survey", ids: Sequence[str]) -> tuple[str, ...]:
    """The ids of the states or chapters that words mean, in the order of the record; a comma parts two words."""
    from workplan_cli.analysis.subjects import find, nearest, subjects
    from workplan_cli.cli.options import words

    known = [subject for subject in subjects(survey.record) if subject.kind is kind]
    wanted = set()
    for word in words(written):
        found = {id_ for id_ in ids if id_.casefold() == word.casefold()} or {one.id for one in find(word, known)}
        if not found:
            guess = nearest(word, known)
            hint = f"did you mean '{guess}'?" if guess else f"there are: {', '.join(ids)}"
            raise WorkplanError(f"there is no {kind.value} '{word}'", hint)
        if len(found) > 1:
            raise WorkplanError(f"'{word}' may mean {len(found)} {kind.value}s", f"name one: {', '.join(sorted(found))}")
        wanted |= found
    return tuple(id_ for id_ in ids if id_ in wanted)


def _voices(written: Iterable[str], there: Sequence[str]) -> tuple[str, ...]:
    from workplan_cli.cli.options import words

    chosen = []
    for word in words(written):
        organisations = [voice for voice in there if voice.startswith(f"{word}/")]
        if word not in (*KINDS, *there):
            names = dict.fromkeys((*there, *KINDS))
            raise WorkplanError(f"there is no voice '{word}'", did_you_mean(word, names, f"there are: {', '.join(names)}"))
        if word == "civil-society" and not organisations:
            raise WorkplanError("no organisation of civil society speaks in these rounds", f"there are: {', '.join(there) or 'none'}")
        chosen += organisations or [word]
    return tuple(dict.fromkeys(chosen or ("state", *there)))
