"""The board of a round, written: for a reader, as a reminder to each state, for a program, for a calendar.

This module alone knows how the board looks.
"""

import datetime
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workplan_cli.analysis.board import Progress, days_left, progress
from workplan_cli.diagnostics import visible
from workplan_cli.model.text import in_language

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.model.plan import Round


def write(desk: "Desk", id_: str, as_of: datetime.date | None, form: str) -> None:
    """Write the board of a round in a format."""
    from workplan_cli.cli import terminal

    round_ = next(one for one in desk.record.plan.rounds if one.id == id_)
    if form == "ics":
        from workplan_cli.exchange.calendar import as_calendar, days_of

        terminal.emit_bytes(as_calendar(desk.record.plan, days_of(round_), desk.record.plan.languages[0]))
        return
    found = rows(desk, id_, as_of)
    if form == "json":
        terminal.emit(as_json(desk, round_, found, as_of))
    elif form == "md":
        terminal.emit("\n".join(reminder(desk, round_, row, as_of) for row in found if row.submitted is None or row.left))
    else:
        _show(desk, round_, found, as_of)


def rows(desk: "Desk", id_: str, as_of: datetime.date | None = None) -> list[Progress]:
    """How far each state is in a round."""
    round_ = next(one for one in desk.record.plan.rounds if one.id == id_)
    return [
        progress(desk.record, round_, state, desk.answers(desk.path(state, id_, "state")), as_of)
        for state in sorted(desk.record.states)
    ]


def _show(desk: "Desk", round_: "Round", rows: Sequence[Progress], as_of: datetime.date | None) -> None:
    from workplan_cli.cli import sayings, terminal
    from workplan_cli.cli.page import LONG, Page

    page = Page(desk.record.plan.languages[0], terminal.width() or LONG)
    page.heading(f"Round {round_.id}", _state(desk, round_))
    left = days_left(round_, as_of)
    page.fields(
        [
            ("opens", sayings.day(round_.opens)),
            ("deadline", f"{sayings.day(round_.deadline)}{_counted(left) if left is not None else ''}"),
            ("closes", sayings.day(round_.closes)),
        ]
    )
    cells = [
        (
            row.state,
            f"{row.answered} of {row.asked}",
            str(row.drafts),
            str(row.carried),
            row.submitted.isoformat() if row.submitted else "not handed in",
            "late" if row.is_late else "",
        )
        for row in rows
    ]
    page.section("States")
    page.table(("state", "answered", "drafts", "to confirm", "handed in", ""), cells)
    started = sum(row.answered > 0 or row.submitted is not None for row in rows)
    page.words(f"{started} of {len(rows)} states have started; handed in: {sum(row.submitted is not None for row in rows)}")
    page.finish()


def reminder(desk: "Desk", round_: "Round", row: Progress, as_of: datetime.date | None) -> str:
    """A reminder to one state, in Markdown."""
    plan = desk.record.plan
    name = visible(in_language(desk.record.states[row.state].names, plan.languages[0])[0])
    left = days_left(round_, as_of)
    due = f"Answers are due on {round_.deadline}{_counted(left) if left is not None else ''}." if round_.deadline else ""
    lines = [
        f"## {name} ({row.state}): round {round_.id}",
        "",
        f"{row.answered} of {row.asked} questions are answered. {due}".strip(),
        "",
    ]
    lines += [f"- {row.carried} carried from the last round: `workplan confirm {row.state}`"] if row.carried else []
    lines += [f"- {row.drafts} still drafts"] if row.drafts else []
    waiting = row.left - row.carried
    lines += [f"- {waiting} without an answer: `workplan answer {row.state} --round {round_.id}`"] if waiting else []
    lines += ["- late: the deadline has passed; an answer that comes now is kept, and marked late"] if row.is_late else []
    lines += ["- not handed in yet: write `submitted:` with the day"] if row.submitted is None else []
    return "\n".join(lines) + "\n"


def as_json(desk: "Desk", round_: "Round", rows: Sequence[Progress], as_of: datetime.date | None) -> str:
    """The board for a program."""
    board = {
        "round": round_.id,
        "state": _state(desk, round_),
        **{name: _iso(getattr(round_, name)) for name in ("opens", "deadline", "closes")},
        "as_of": _iso(as_of),
        "days_left": days_left(round_, as_of),
        "states": [
            {
                "state": row.state,
                "asked": row.asked,
                "answered": row.answered,
                "drafts": row.drafts,
                "to_confirm": row.carried,
                "submitted": _iso(row.submitted),
                "late": row.is_late,
            }
            for row in rows
        ],
    }
    return json.dumps(board, ensure_ascii=False, indent=2) + "\n"


def _state(desk: "Desk", round_: "Round") -> str:
    closing = desk.record.rounds.get(round_.id)
    return closing.state.value if closing is not None else "not opened by command"


def _counted(left: int) -> str:
    days = "day" if abs(left) == 1 else "days"
    return f" ({left} {days} left)" if left >= 0 else f" ({-left} {days} ago)"


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day is not None else None
