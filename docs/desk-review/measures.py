"""Print the tables of docs/desk-review/measures.md: what the register of measures holds, and where it stood at the end of 2018.

Run `python docs/desk-review/measures.py` in a checkout, with the tool installed.
"""

import datetime
import sys
from collections import Counter
from pathlib import Path

from workplan_cli.model.record import Record
from workplan_cli.model.register import MeasureKind
from workplan_cli.reports.measures import FORCES, KINDS, Force, Reach, reach_of, standings
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory

DAY = datetime.date(2018, 12, 31)


def kinds(record: Record) -> str:
    """How many measures of each kind there are, and where they stood."""
    found = Counter((measure.kind, force) for _, measure, force in standings(record, DAY))
    lines = [f"| kind | all | {' | '.join(FORCES[force] for force in Force)} |", f"|---|{'---|' * (len(Force) + 1)}"]
    for kind in MeasureKind:
        counts = [found[kind, force] for force in Force]
        if any(counts):
            lines.append(f"| {KINDS[kind]} | {sum(counts)} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


def plans(record: Record) -> str:
    """The action plans against trafficking, by where they stood."""
    named: dict[Force, list[str]] = {force: [] for force in Force}
    for state, measure, force in standings(record, DAY):
        if reach_of(measure, record.plan.action_plans) is Reach.SUBJECT:
            named[force].append(f"{state} {measure.id}")
    rows = [f"| {FORCES[force]} | {len(named[force])} | {', '.join(named[force])} |" for force in Force]
    return "\n".join(["| on 31 December 2018 | plans | which |", "|---|---|---|", *rows])


if __name__ == "__main__":
    read, _ = load_record(Directory(Path(__file__).resolve().parents[2] / "data"))
    sys.stdout.write(f"{kinds(read)}\n\n{plans(read)}\n")
