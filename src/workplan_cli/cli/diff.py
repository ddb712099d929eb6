"""`workplan diff`: what changed between two records, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import ChapterOption, RootOption, StateOption, VoiceOption
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.analysis.changes.figures import Figured
    from workplan_cli.analysis.changes.kinds import Change
    from workplan_cli.analysis.changes.veil import Veil
    from workplan_cli.checking.pair import Side, Sides
    from workplan_cli.cli.sides import Compared
    from workplan_cli.model.record import Record
    from workplan_cli.reports.changes.summary import Names, Summary, Unreadable

HELP = """Say what changed between two records, answer by answer.

\b
  workplan diff                      the last commit against the working tree
  workplan diff main                 a revision against the working tree
  workplan diff 2016 2018            two revisions or tags
  workplan diff main...HEAD          what a branch changed since it left main
  workplan diff ../old ../new        two folders
  workplan diff main --state XAA --format md

What is compared is what the files say: another order of keys or another layout is no
change. Nothing is checked out. docs/diff.md

\b
Exit codes: 0 compared · 2 wrong use · 1 only with --exit-code, where anything changed
"""


class Shape(StrEnum):
    """How the changes are written."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True)
class Narrowed:
    """What of the changes is wanted; nothing named is everything."""

    states: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.states or self.voices or self.chapters)


@dataclass(frozen=True)
class Difference:
    """Two records compared: every change that is wanted, the figures they move, and what nothing can be said of."""

    names: "Names"
    changes: "tuple[Change, ...]"
    figured: "Figured | None"
    unreadable: "tuple[Unreadable, ...]"
    veil: "Veil"
    outside: int = 0


def diff(
    sides: Annotated[
        list[str] | None, typer.Argument(metavar="[A [B]]", help="Revisions, tags or folders; A...B from where they parted.")
    ] = None,
    state: StateOption = None,
    voice: VoiceOption = None,
    chapter: ChapterOption = None,
    shape: Annotated[Shape, typer.Option("--format", help="How it is written.")] = Shape.TEXT,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="The language of html and md: en, es, pt, fr.")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where anything changed.")] = False,
    root: RootOption = None,
) -> None:
    """Name, compare, show."""
    from workplan_cli.cli import options
    from workplan_cli.cli.sides import sides as named_sides

    language = _language(lang, shape)
    compared = named_sides(sides or (), root, options.here())
    found = compare(compared, state or (), voice or (), chapter or ())
    _show(found, shape, language)
    if exit_code and (found.changes or found.unreadable):
        raise typer.Exit(1)


def compare(
    compared: "Compared", states: Sequence[str] = (), voices: Sequence[str] = (), chapters: Sequence[str] = ()
) -> Difference:
    """Everything that differs between two trees."""
    from workplan_cli.analysis.changes.compare import compare as all_changes
    from workplan_cli.analysis.changes.kinds import FileChange
    from workplan_cli.analysis.changes.veil import Veil
    from workplan_cli.checking.pair import open_pair
    from workplan_cli.reports.changes.summary import Names
    from workplan_cli.storage.git import Revision

    try:
        opened = open_pair(compared.before, compared.after, with_profiles=bool(states))
        before, after = opened.records
        changes = all_changes(before, after, (FileChange(*one) for one in opened.files))
        veil = Veil(before, after)
        narrowed = _narrowed(states, voices, chapters, opened, veil)
        wanted = tuple(change for change in changes if _is_wanted(change, narrowed, veil))
        figured = _figured(opened, narrowed, wanted)
        names = Names(compared.before[0], compared.after[0])
        return Difference(names, wanted, figured, _unreadable(opened), veil, len(changes) - len(wanted))
    finally:
        for _, tree in (compared.before, compared.after):
            if isinstance(tree, Revision):
                tree.close()


def _language(lang: str | None, shape: Shape) -> str:
    from workplan_cli.reports.catalogue import languages

    if lang is None:
        return "en"
    if lang not in languages():
        raise WorkplanError(
            f"'{visible(lang)}' is no language of the tool",
            did_you_mean(lang, languages(), f"there are: {', '.join(languages())}"),
        )
    if shape is Shape.JSON:
        raise WorkplanError("json has no language", "leave out --lang, or write another --format")
    return lang


def _narrowed(states: Sequence[str], voices: Sequence[str], chapters: Sequence[str], opened: "Sides", veil: "Veil") -> Narrowed:
    """What the options mean. A state or voice of either side may be named."""
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli import named

    record = veil.after
    codes = sorted(
        {path.split("/")[1] for side in (opened.before, opened.after) for path in side.ids if path.startswith("states/")}
    )
    there = {voice for one in (veil.before, veil.after) for voice in _voices(one)}
    return Narrowed(
        named.ids(states, Kind.STATE, record, codes) if states else (),
        named.voices(voices, tuple(sorted(there | {"secretariat"}))) if voices else (),
        named.ids(chapters, Kind.CHAPTER, record, tuple(one.id for one in record.plan.chapters)) if chapters else (),
    )


def _voices(record: "Record") -> set[str]:
    from workplan_cli.model.submission import voice_of

    return {voice_of(sheet) for sheet in record.sheets}


def _is_wanted(change: "Change", narrowed: Narrowed, veil: "Veil") -> bool:
    from workplan_cli.analysis.changes.compare import chapters_of, state_of, voice_of_change

    if narrowed.states and state_of(change) not in narrowed.states:
        return False
    if narrowed.voices and voice_of_change(change) not in narrowed.voices:
        return False
    return not narrowed.chapters or bool(chapters_of(change, veil.before, veil.after) & {*narrowed.chapters})


def _figured(opened: "Sides", narrowed: Narrowed, wanted: "tuple[Change, ...]") -> "Figured | None":
    """The figures before and after, of the states that changes touch."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.changes.compare import state_of
    from workplan_cli.analysis.changes.figures import figured, scope_of
    from workplan_cli.analysis.changes.kinds import IndicatorChange, ProvisionChange

    if not wanted:
        return None
    is_moved = any(isinstance(change, ProvisionChange | IndicatorChange) for change in wanted)
    states = set(opened.touched) if is_moved else {state for change in wanted if (state := state_of(change)) is not None}
    chosen = sorted(states & {*opened.touched} & {*(narrowed.states or opened.touched)})

    def cells(side: "Side", record: "Record") -> Cells:
        scope = scope_of(record, chosen, narrowed.chapters)
        return Cells(record, side.verified(record.sources), scope.as_of if scope is not None else None)

    before, after = (cells(side, record) for side, record in zip((opened.before, opened.after), opened.records, strict=True))
    found = figured(before, after, chosen, narrowed.chapters)
    if found is None or not narrowed.voices:
        return found
    rows = tuple(row for row in found.rows if row.voice in narrowed.voices)
    return replace(found, rows=rows) if rows else None


def _unreadable(opened: "Sides") -> "tuple[Unreadable, ...]":
    from workplan_cli.reports.changes.summary import Unreadable

    return tuple(
        Unreadable(side.name, path, in_part)
        for side in (opened.before, opened.after)
        for paths, in_part in ((side.unread.out, False), (side.unread.part, True))
        for path in sorted(paths)
    )


def _show(found: Difference, shape: Shape, language: str) -> None:
    from workplan_cli.cli import terminal

    if shape is Shape.JSON:
        from workplan_cli.exchange.changes import as_json

        written = as_json(
            found.names.before,
            found.names.after,
            found.changes,
            found.figured,
            found.veil,
            [(one.side, one.path, one.in_part) for one in found.unreadable],
            found.outside,
        )
        terminal.emit_bytes(written.encode("utf-8", "backslashreplace"))
        return
    said = said_in(found, language)
    if shape is Shape.TEXT:
        from workplan_cli.cli.pages.changes import show_changes

        show_changes(said)
        return
    if shape is Shape.MARKDOWN:
        from workplan_cli.reports.changes.comment import comment

        terminal.emit_bytes(comment(said, language).encode("utf-8", "backslashreplace"))
        return
    from workplan_cli import resources
    from workplan_cli.reports.changes.webpage import webpage

    terminal.emit_bytes(webpage(said, language, resources.templates()).encode("utf-8", "backslashreplace"))


def said_in(found: Difference, language: str) -> "Summary":
    """A comparison in words."""
    from workplan_cli.reports.catalogue import words
    from workplan_cli.reports.changes.summary import summary
    from workplan_cli.reports.changes.tongue import Tongue

    tongue = Tongue(words(language), found.veil)
    return summary(found.changes, tongue, found.names, found.figured, found.unreadable, found.outside)
