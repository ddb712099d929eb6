"""Print the tables of docs/desk-review.md: how far two codings agree, and the desk review beside the publisher's own.

Run `python docs/desk-review/agreement.py` in a checkout, with the tool installed.
"""

import csv
import sys
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from workplan_cli.analysis.agreement import Agreement, decision, says, speaks
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Answer, DeskReview
from workplan_cli.storage.loader import parse
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory

HERE = Path(__file__).resolve().parent
ROUND = "2015-2016"


def coding(which: str) -> dict[str, Mapping[str, Answer]]:
    """One coder's answers by state."""
    found = {}
    for path in sorted((HERE / which).glob("*.yaml")):
        document = parse(
            f"states/{path.stem}/{ROUND}/desk-review.yaml", path.read_bytes(), DeskReview, {"state": path.stem, "round": ROUND}
        ).document
        assert isinstance(document, DeskReview), path
        # Outcome numbers came from a table through the importer, and are not the coder's.
        found[path.stem] = {
            id_: answer for id_, answer in document.answers.items() if not (id_.startswith("g39-") and answer.values)
        }
    return found


def rate(agreement: Agreement) -> str:
    """Equal decisions of all, in per cent, and kappa."""
    if agreement.decisions == 0:
        return "none | none | none"
    kappa = agreement.kappa
    shown = "none" if kappa is None else f"{float(kappa):.2f}"
    percent = round(Fraction(100 * agreement.equal, agreement.decisions))
    return f"{agreement.equal} of {agreement.decisions} | {percent} % | {shown}"


def twice_coded(record: Record) -> str:
    """The table of agreement by chapter."""
    first, second = coding("first"), coding("second")
    states = sorted(set(first) & set(second))
    lines = [
        "| chapter | does the source speak? equal | | kappa | what does it say? equal | | kappa |",
        "|---|---|---|---|---|---|---|",
    ]
    whole_speaks, whole_says = Agreement(), Agreement()
    for chapter in record.plan.chapters:
        within = {guideline.id for guideline in chapter.guidelines}
        asked = [
            one.id
            for one in record.indicators.values()
            if one.guideline in within and one.type != "treaty" and not numbers(one.id)
        ]
        found = sum((speaks(first[state], second[state], asked) for state in states), Agreement())
        read = sum((says(first[state], second[state], asked) for state in states), Agreement())
        whole_speaks, whole_says = whole_speaks + found, whole_says + read
        lines.append(f"| {chapter.id} | {rate(found)} | {rate(read)} |")
    lines.append(f"| **all** | {rate(whole_speaks)} | {rate(whole_says)} |")
    return "\n".join(lines)


def numbers(indicator: str) -> bool:
    """Whether an indicator is answered by the importer and so by no coder."""
    return indicator in {"g39-offences", "g39-victims", "g39-victims-form", "g39-suspects", "g39-prosecuted", "g39-convicted"}


def disagreements(record: Record) -> str:
    """Every place where the two coders differ, with what the record says now; `–` is no answer."""
    first, second = coding("first"), coding("second")
    now = {sheet.state: sheet.answers for sheet in record.sheets if isinstance(sheet, DeskReview) and sheet.round == ROUND}
    lines = ["| state | indicator | first | second | the record now |", "|---|---|---|---|---|"]
    for state in sorted(set(first) & set(second)):
        for id_ in sorted({*first[state], *second[state]}):
            words = [said(answers.get(id_)) for answers in (first[state], second[state], now[state])]
            if words[0] != words[1]:
                lines.append(f"| {state} | {id_} | {' | '.join(words)} |")
    return "\n".join(lines)


def said(answer: Answer | None) -> str:
    """An answer in a word."""
    if answer is None:
        return "–"
    return decision(answer) or "a value"


FIELDS = (
    ("Coordination", "", ("g08-body",)),
    ("Policy", "", ("g01-policy", "g01-plan")),
    ("Prohibition_Child_Trafficking", "Conforms_To_Intl_Standard", ("g30-children", "g30-definition", "g30-forms")),
)


def publisher(record: Record) -> str:
    """The desk review of 2015-2016 beside the publisher's own coding of the later chapter, field by field."""
    coded = {(row["iso3"], row["field"], row["subfield"]): row["value_raw"] for row in rows() if row["report_year"] == "2016"}
    sheets = {sheet.state: sheet for sheet in record.sheets if isinstance(sheet, DeskReview) and sheet.round == ROUND}
    lines = [
        "| field of the publisher | ours | its Yes: we claim / are silent / say no | its No: we claim / are silent / say no |",
        "|---|---|---|---|",
    ]
    for name, part, ids in FIELDS:
        counts: Counter[tuple[str, str]] = Counter()
        for (state, field, subfield), value in coded.items():
            if (field, subfield) == (name, part) and value in ("Yes", "No"):
                answers = [sheets[state].answers[id_] for id_ in ids if state in sheets and id_ in sheets[state].answers]
                ours = "claim" if any(answer.is_claim for answer in answers) else "no" if answers else "silent"
                counts[value, ours] += 1
        shown = [f"{counts[value, 'claim']} / {counts[value, 'silent']} / {counts[value, 'no']}" for value in ("Yes", "No")]
        lines.append(f"| {name} | {', '.join(ids)} | {shown[0]} | {shown[1]} |")
    treaty: Counter[str] = Counter()
    register = record.treaties["TIP"].states
    for (state, field, _), value in coded.items():
        if field == "Palermo_Ratified" and value in ("Yes", "No"):
            ours = register[state].standing(record.plan.periods[0].as_of).value
            treaty["equal" if (value == "Yes") == (ours == "party") else "different"] += 1
    lines.append(f"| Palermo_Ratified | register of treaties, TIP | {treaty['equal']} equal | {treaty['different']} different |")
    return "\n".join(lines)


def rows() -> list[dict[str, str]]:
    """The publisher's coded answers to the fields that are truly ours."""
    with (HERE / "ilab-coded-2016.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    read, _ = load_record(Directory(HERE.parent.parent / "data"))
    for title, text in (
        ("Twice coded", twice_coded(read)),
        ("Disagreements", disagreements(read)),
        ("Publisher", publisher(read)),
    ):
        sys.stdout.write(f"## {title}\n\n{text}\n\n")
