"""`workplan registers match` and `demand`: what is asked for, and who could help."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workplan_cli.cli.registers.asked import Form, FormOption, LanguageOption, NameArgument, called, tabled
from workplan_cli.cli.scope import DayOption, RootOption
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.scope import Scope
    from workplan_cli.cli.pages.reading import Reading

MATCH = """Propose who could help whom: `training` sought and offered, `assistance` asked for and offered.

A match is for people to look at; nobody is ranked. Help is asked for in the register and in
answers (needs). Proposed are open offers of it, others' practices for the guideline, and
states that report the same thing implemented with evidence that was found.
"""
DEMAND = """Show what help is asked for, by guideline and kind: in answers that stand, and in open requests."""

MATCHED = ("training", "assistance")


def match(
    name: NameArgument,
    as_of: DayOption = None,
    form: FormOption = Form.TEXT,
    language: LanguageOption = None,
    root: RootOption = None,
) -> None:
    """Read, match, show."""
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read
    from workplan_cli.diagnostics import visible

    if name not in MATCHED:
        raise WorkplanError(f"'{visible(name)}' is not matched", f"allowed: {', '.join(MATCHED)}")
    reading = read(root)
    page = Page(language_of(reading, language))
    rows = tuple(_programmes(reading) if name == "training" else _helps(reading, as_of))
    tabled(("asked for", "could help", "in common"), rows, form, page)


def demand(
    as_of: DayOption = None, form: FormOption = Form.TEXT, language: LanguageOption = None, root: RootOption = None
) -> None:
    """Read, gather, show."""
    from workplan_cli.analysis.demand import askings
    from workplan_cli.analysis.demand import demand as gathered
    from workplan_cli.cli.page import Page
    from workplan_cli.cli.show import language_of, read

    reading = read(root)
    page = Page(language_of(reading, language))
    cells, scope = _standing(reading, as_of)
    needs = reading.record.plan.needs
    rows = tuple(
        (one.guideline or "not named", page.say(needs.get(one.need), one.need), one.voice, ", ".join(one.holders))
        for one in gathered(askings(cells, scope, cells.voices), scope)
    )
    tabled(("guideline", "help", "voice", "asked for by"), rows, form, page)


def _programmes(reading: "Reading") -> Iterator[tuple[str, str, str]]:
    from workplan_cli.analysis.entries import shared_training

    for one in shared_training(reading.record):
        yield called(one.asks), called(one.has), ", ".join(one.because)


def _helps(reading: "Reading", as_of: str | None) -> Iterator[tuple[str, str, str]]:
    from workplan_cli.analysis.demand import helps
    from workplan_cli.analysis.gaps import Example
    from workplan_cli.cli.named import ANSWERING

    cells, scope = _standing(reading, as_of)
    for one in helps(cells, scope, tuple(voice for voice in ANSWERING if voice in cells.voices)):
        asks = called(one.asking.entry) if one.asking.entry else f"{one.asking.holder} answer {one.asking.indicator}"
        has = (
            f"{one.has.state} {one.has.voice}: {one.has.indicator} implemented"
            if isinstance(one.has, Example)
            else called(one.has)
        )
        yield asks, has, ", ".join(one.because)


def _standing(reading: "Reading", as_of: str | None) -> "tuple[Cells, Scope]":
    """The answers that stand in the latest period, on its day or another."""
    from workplan_cli.analysis.cells import Cells
    from workplan_cli.analysis.scope import narrow
    from workplan_cli.cli import named, options

    plan, day = reading.record.plan, options.day(as_of)
    _, period = named.when(None, None, day, plan)
    scope = narrow(plan, reading.record.indicators, period, reading.states, as_of=day)
    return Cells(reading.record, reading.verified, scope.as_of), scope
