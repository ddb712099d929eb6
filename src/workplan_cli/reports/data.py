"""The data under every figure, as CSV. This module alone knows the columns of a report's tables.

Columns are stable and words are those of the record, so that a table reads alike in every language; rows are by code. Lines end
in LF; a cell that a spreadsheet would take for a formula is given as text.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from workplan_cli.analysis.coverage import Tally
from workplan_cli.analysis.entries import published
from workplan_cli.analysis.levels import Figures
from workplan_cli.analysis.standing import RESULTS, Standing
from workplan_cli.model.record import Record
from workplan_cli.model.registers import REGISTER_BY_NAME
from workplan_cli.model.submission import voice_of
from workplan_cli.model.text import Model
from workplan_cli.model.time import Interval, Validity
from workplan_cli.reports.answers import anchor_of
from workplan_cli.reports.hemisphere import Hemisphere
from workplan_cli.reports.registers import RegisterView
from workplan_cli.reports.tame import for_csv
from workplan_cli.reports.view import Report, by_code

Rows = Iterable[Sequence[object]]


def table(name: str, report: Report, view: Hemisphere) -> str:
    """One table as CSV."""
    columns, rows = TABLES[name]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([for_csv(value) for value in row] for row in rows(report, view))
    return text.getvalue()


def register_table(view: RegisterView, record: Record) -> str:
    """One register as CSV, every field a column, words as the record has them; several in one cell are parted by `; `."""
    document = REGISTER_BY_NAME[view.name]
    others = tuple(key for key in ("valid", "covers", "voice", "sources") if key not in document.columns)
    columns = ("title", *document.columns, *others)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("holder", "id", *columns))
    for one in published(record, view.name):
        said = (_written(getattr(one.entry, column)) for column in columns)
        writer.writerow([for_csv(value) for value in (one.register.kept_by, one.entry.id, *said)])
    return text.getvalue()


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return str(next(iter(value.values()), ""))
        case tuple():
            return "; ".join(map(_written, value))
        case Validity():
            return f"{value.since or ''}/{value.until or ''}"
        case Model():
            return ", ".join(filter(None, (_written(part) for _, part in value)))
        case _:
            return str(value)


def _speakers(report: Report, view: Hemisphere) -> Rows:
    for one in sorted(view.speakers, key=lambda one: one.state.state):
        for (round_, voice), answers in zip(view.spoken, one.answers, strict=True):
            yield one.state.state, round_, voice, answers


def _coverage(report: Report, view: Hemisphere) -> Rows:
    for voice in report.voices:
        for level, id_, tally in _levels(report.figures(voice)):
            low, high = tally.bounds()
            yield (
                *(voice, level, id_, tally.asked, tally.reporting.part, *(tally.scale[standing] for standing in RESULTS)),
                *(tally.applicable, tally.missing, low.part, high.part, high.whole, tally.claims, tally.verified),
            )


def _levels(figures: Figures) -> Iterator[tuple[str, str, Tally]]:
    yield "all", "", figures.whole
    yield from (("round", id_, tally) for id_, tally in figures.rounds.items())
    yield from (("strength", strength.value, tally) for strength, tally in figures.strengths.items())
    yield from (("chapter", id_, tally) for id_, tally in figures.chapters.items())
    yield from (("guideline", id_, tally) for id_, tally in figures.guidelines.items())
    yield from (("state", id_, tally) for id_, tally in figures.states.items())


def _cells(report: Report, view: Hemisphere) -> Rows:
    for voice in report.voices:
        for state in by_code(report.shown):
            for cell in report.over(state.state, voice):
                if cell.standing is Standing.UNANSWERED:
                    continue
                page = (
                    f"states/{state.state}.html#{anchor_of(cell.indicator.id, cell.round, voice)}"
                    if cell.answer is not None
                    else None
                )
                evidence = len(cell.answer.evidence) if cell.answer is not None else 0
                yield (
                    *(state.state, cell.indicator.guideline, cell.indicator.id, cell.indicator.type, cell.round, voice),
                    *(cell.standing, " ".join(sorted(cell.flags)), evidence, page),
                )


def _trends(report: Report, view: Hemisphere) -> Rows:
    for voice in report.voices:
        for round_, chapters in report.figures(voice).moves.items():
            for chapter, moves in chapters.items():
                yield from ((voice, round_, chapter, word, number) for word, number in sorted(moves.items()))


def _values(report: Report, view: Hemisphere) -> Rows:
    for sheet in report.sheets:
        voice = voice_of(sheet)
        for indicator, answer in sheet.answers.items():
            for value in answer.values:
                dimensions = " ".join(f"{name}={word}" for name, word in value.dimensions.items())
                yield sheet.state, indicator, sheet.round, voice, value.year, dimensions, value.value, value.part, value.whole


def _treaties(report: Report, view: Hemisphere) -> Rows:
    if view.treaties is None:
        return
    for row in sorted(view.treaties.rows, key=lambda row: row.state.state):
        for cell in row.cells:
            act = cell.ratification
            date = act.date if act is not None else None
            written = f"{date.after or ''}/{date.before or ''}" if isinstance(date, Interval) else date
            said = (act.signed, act.action, written, act.checked, " ".join(act.sources)) if act is not None else ("",) * 5
            yield row.state.state, cell.treaty.treaty, view.treaties.as_of, cell.standing, *said


def _measures(report: Report, view: Hemisphere) -> Rows:
    for one in sorted((*view.measures.plans, *view.measures.others), key=lambda one: one.state.state):
        measure = one.measure
        since, until = (measure.valid.since, measure.valid.until) if measure.valid is not None else (None, None)
        yield (
            *(one.state.state, measure.id, measure.kind, next(iter(measure.title.values()), ""), measure.number, measure.adopted),
            *(since, until, one.force, measure.voice, " ".join(measure.covers), one.reach, " ".join(measure.sources)),
        )


def _needs(report: Report, view: Hemisphere) -> Rows:
    for line in view.needs:
        asked = (line.guideline.id if line.guideline else "", line.id, line.voice)
        yield from ((*asked, state.state, state.state) for state in by_code(line.states))
        yield from ((*asked, "", holder) for holder in line.others)


TABLES: dict[str, tuple[tuple[str, ...], Callable[[Report, Hemisphere], Rows]]] = {
    "speakers": (("state", "round", "voice", "answers"), _speakers),
    "coverage": (
        (
            *("voice", "level", "id", "asked", "answered", *(standing.value for standing in RESULTS)),
            *("applicable", "missing", "lowest", "highest", "of", "claims", "verified"),
        ),
        _coverage,
    ),
    "cells": (("state", "guideline", "indicator", "type", "round", "voice", "standing", "flags", "evidence", "page"), _cells),
    "trends": (("voice", "to_round", "chapter", "movement", "answers"), _trends),
    "values": (("state", "indicator", "round", "voice", "year", "dimensions", "value", "part", "whole"), _values),
    "treaties": (("state", "treaty", "as_of", "standing", "signed", "action", "date", "checked", "sources"), _treaties),
    "measures": (
        ("state", "id", "kind", "title", "number", "adopted", "from", "to", "on_as_of", "voice", "covers", "scope", "sources"),
        _measures,
    ),
    "needs": (("guideline", "need", "voice", "state", "holder"), _needs),
}
"""Every table by name: its columns, and what fills them."""
