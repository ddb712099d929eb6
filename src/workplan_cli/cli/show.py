"""`workplan show`: one thing of the record, with all that belongs to it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.completion import complete_subject
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.analysis.standing import Verified
    from workplan_cli.analysis.subjects import Subject
    from workplan_cli.cli.pages.reading import Reading
    from workplan_cli.storage.tree import Tree

HELP = """Show a guideline, state, mandate, indicator, treaty, round, source or entry of a register; or one cell.

\b
  workplan show g01                   a guideline: text, indicators, answers
  workplan show corvania              a state, by code or name; accents do not count
  workplan show XAA g01-law           one cell, in every round and voice
  workplan show XAA g01               the cells of a guideline
  workplan show XAA 2015-2016         all that is said of a state in a round
  workplan show joint-inspection      an entry of a register
  workplan show secretariat day-2018  one of several of that id, by holder or register

It shows what can be read, and says on the error stream what could not.
"""

MOST = 12
"""So many candidates are listed for a word that means several things."""


def show(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help="An id or a name; after a state also an indicator, a guideline, a round, a measure or an entry.",
            autocompletion=complete_subject,
        ),
    ],
    language: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANG", help="The language of the texts; one that exists only in another is marked with it."
        ),
    ] = None,
    root: Annotated[Path | None, typer.Option("--root", help="The repository; found from here upwards when not given.")] = None,
) -> None:
    """Read, find, show."""
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.pages.indicator import show_cells
    from workplan_cli.cli.pages.kinds import PAGES
    from workplan_cli.cli.pages.round import show_state_in_round

    reading = read(root)
    page = Page(language_of(reading, language))
    subject, within = meant(what, reading)
    if within is None:
        PAGES[subject.kind](subject, reading, page)
    elif within.kind is Kind.ROUND:
        show_state_in_round(subject.id, within.id, reading, page)
    elif within.kind in (Kind.MEASURE, Kind.ENTRY):
        PAGES[within.kind](within, reading, page)
    else:
        indicators = reading.record.indicators.values()
        show_cells(subject.id, [one for one in indicators if within.id in (one.id, one.guideline)], reading, page)
    page.finish()


def read(root: Path | None) -> "Reading":
    """The repository, read whole; what is broken is left out, and said so on the error stream."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.options import here
    from workplan_cli.cli.pages.reading import Reading
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.record import damaged, load_record
    from workplan_cli.storage.tree import Directory

    tree = Directory(open_repository(root, here()).data)
    record, loaded = load_record(tree)
    out, part = damaged(loaded)
    for paths, words in ((out, "left out"), (part, "shown in part")):
        if paths:
            named = ", ".join(f"data/{path}" for path in paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
            count = "1 file is" if len(paths) == 1 else f"{len(paths)} files are"
            terminal.say(f"{count} {words}: {named}", "see why: workplan validate")
    return Reading(record, {one.path: one for one in loaded}, verified(tree))


def verified(tree: "Tree") -> "Verified":
    """Whether a piece of evidence is verified. The copies are looked at when the first piece is asked about."""
    from functools import cache

    from workplan_cli.checking.context import gather
    from workplan_cli.checking.verification import verifier

    @cache
    def ask() -> "Verified":
        entries = tree.entries()
        refused = (entry.path for entry in entries if entry.refusal is not None)
        context = gather(tree, [entry.path for entry in entries if entry.refusal is None], refused=refused).context
        return verifier(context) if context is not None else lambda piece: False

    return lambda piece: ask()(piece)


def language_of(reading: "Reading", wanted: str | None) -> str:
    """The language asked for, or the plan's first. Raises WorkplanError for one that is none of the plan's."""
    languages = reading.record.plan.languages
    if wanted is not None and wanted not in languages:
        raise WorkplanError(f"'{wanted}' is not a language of the plan", f"its languages: {', '.join(languages)}")
    return wanted or (languages[0] if languages else "en")


def meant(words: list[str], reading: "Reading") -> tuple["Subject", "Subject | None"]:
    """The subject that words mean; for a state followed by something, the state and that."""
    from workplan_cli.analysis.subjects import Kind, find, subjects

    known = subjects(reading.record)
    where, last = frozenset(words[:-1]), words[-1]
    entries = [subject for subject in known if subject.kind is Kind.ENTRY and where <= {subject.state, subject.register}]
    others = {subject.id for subject in known if subject.kind is not Kind.ENTRY}
    if where and entries and (not where <= set(reading.states) or last in {one.id for one in entries} - others):
        return one(last, entries), None
    together = " ".join(words)
    if len(words) == 1 or find(together, known):
        return one(together, known), None
    state = one(" ".join(words[:-1]), [subject for subject in known if subject.kind is Kind.STATE])
    inside = (Kind.INDICATOR, Kind.GUIDELINE, Kind.ROUND, Kind.MEASURE, Kind.ENTRY)
    candidates = [subject for subject in known if subject.kind in inside and subject.state in (None, state.id)]
    return state, one(words[-1], candidates)


def one(words: str, known: "list[Subject] | tuple[Subject, ...]") -> "Subject":
    """The one subject that words mean; an entry of a register only where they mean nothing else.

    Raises WorkplanError with the closest for none, and with the list for several.
    """
    from workplan_cli.analysis.subjects import Kind, find, nearest
    from workplan_cli.diagnostics import visible

    found = find(words, [one for one in known if one.kind is not Kind.ENTRY]) or find(words, known)
    if len(found) == 1:
        return found[0]
    if not found:
        guess = nearest(words, known)
        hint = f"did you mean '{guess}'?" if guess else "see what there is: workplan list guidelines, states, indicators, …"
        raise WorkplanError(f"nothing here is called '{visible(words)}'", hint)
    listed = [f"{one.register or one.kind.value} {f'{one.state} ' if one.state else ''}{one.id}" for one in found[:MOST]]
    more = f"; and {len(found) - MOST} more" if len(found) > MOST else ""
    raise WorkplanError(f"'{visible(words)}' may mean {len(found)} things", "name one by its id: " + "; ".join(listed) + more)
