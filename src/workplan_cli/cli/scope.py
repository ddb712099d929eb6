"""What `coverage`, `gaps`, `explain coverage` and `export` are asked about: the words of their options made into a scope.

This module alone knows what these commands have in common: their options, the record they open, what they say of files that they
could not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workplan_cli.analysis.scope import Scope
    from workplan_cli.checking.survey import Survey, Unread
    from workplan_cli.storage.tree import Entry, Tree

PeriodOption = Annotated[
    str | None, typer.Option("--period", help="The period, or a year it ends in; the latest when not given.")
]
RoundOption = Annotated[str | None, typer.Option("--round", help="One round instead of a period.")]
StateOption = Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help="Only these states, by code or name.")]
ChapterOption = Annotated[list[str] | None, typer.Option("--chapter", metavar="CHAPTER", help="Only these chapters.")]
VoiceOption = Annotated[
    list[str] | None, typer.Option("--voice", metavar="VOICE", help="Only these voices: state, desk-review, …")
]
DayOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day in the world; the period's when not given.")
]
RootOption = Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")]

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
        from workplan_cli.cli.named import ANSWERING

        return replace(self, voices=tuple(voice for voice in self.voices if voice in ANSWERING))

    @property
    def jobs(self) -> int:
        """How many processes are worth starting."""
        from workplan_cli.checking.recall import worthwhile

        return worthwhile(self.entries)


def open_scope(asked: Asked) -> Opened:
    """Open the repository that is meant. Raises WorkplanError for a word that means nothing in it."""
    from workplan_cli.cli.options import here
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    return open_in(Directory(open_repository(asked.root, here()).data), asked)


def open_in(tree: "Tree", asked: Asked) -> Opened:
    """Open the record in a tree."""
    from workplan_cli.analysis.scope import narrow
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.checking.survey import open_survey
    from workplan_cli.cli import named
    from workplan_cli.cli.options import day

    as_of = day(asked.as_of)
    entries = tree.entries()
    survey = open_survey(tree, entries)
    plan = survey.record.plan
    round_, period = named.when(asked.period, asked.round, as_of, plan)
    states = named.ids(asked.states, Kind.STATE, survey.record, survey.states)
    chapters = named.ids(asked.chapters, Kind.CHAPTER, survey.record, tuple(chapter.id for chapter in plan.chapters))
    scope = narrow(plan, survey.record.indicators, period, states or survey.states, round_, as_of, chapters)
    return Opened(survey, entries, scope, named.voices(asked.voices, survey.voices(scope.rounds)))


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
