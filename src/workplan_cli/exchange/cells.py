"""The cells of a record as a table: one row for each state, voice, indicator and round, silence included.

This module alone knows its columns. They stay; new ones come at the end. Nothing in a row is free text, so that no spreadsheet
takes it for a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import Cell, Flag

COLUMNS = (
    *("state", "chapter", "guideline", "strength", "indicator", "type", "kind", "asked_if"),
    *("round", "voice", "sheet", "standing", *(flag.value for flag in Flag), "stands"),
    *(
        "status",
        "revision",
        "carried_from",
        "choice",
        "date",
        "figures",
        "valid_from",
        "valid_to",
        "needs",
        "evidence",
        "verified",
    ),
    "as_of",
)
"""Words of one cell are parted by a space. `sheet`, `stands` and the flags are 1 or 0: whether the voice has a file on the
state in the round, and whether this is the one cell of several rounds that stands for all. `figures`, `evidence` and `verified`
are numbers of them.
"""

Row = tuple[str | int, ...]


def rows_of(cells: Cells, state: str, voices: Sequence[str], scope: Scope) -> Iterator[Row]:
    """The rows of one state: voices as given, indicators in the order of the plan, rounds oldest first."""
    for voice in voices:
        for indicator in scope.indicators:
            several = [cells.at(state, indicator, round_, voice) for round_ in scope.rounds]
            standing = cells.latest(several)
            for cell in several:
                yield (*_asked(cell, scope), int(cell is standing), *_said(cell, cells), scope.as_of.isoformat())


def as_csv(rows: Iterable[Row]) -> str:
    """Rows below the names of their columns, lines ended by LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


def _asked(cell: Cell, scope: Scope) -> Row:
    indicator = cell.indicator
    home = scope.plan.guidelines[indicator.guideline]
    return (
        *(cell.state, scope.plan.chapter_of[home.id].id, home.id, home.strength.value),
        *(indicator.id, indicator.type, indicator.kind.value, " ".join(indicator.asked_if)),
        *(cell.round, cell.voice, int(cell.sheet is not None), cell.standing.value),
        *(int(flag in cell.flags) for flag in Flag),
    )


def _said(cell: Cell, cells: Cells) -> Row:
    answer, sheet = cell.answer, cell.sheet
    if answer is None or sheet is None:
        return ("",) * 11
    pieces = [sheet.evidence[id_] for id_ in answer.evidence if id_ in sheet.evidence]
    since, until = (answer.valid.since, answer.valid.until) if answer.valid is not None else (None, None)
    return (
        *(answer.status.value, answer.revision, answer.carried_from or "", " ".join(answer.choice), str(answer.date or "")),
        *(len(answer.values), str(since or ""), str(until or ""), " ".join(answer.needs)),
        *(len(pieces), sum(cells.verified(piece) for piece in pieces)),
    )
