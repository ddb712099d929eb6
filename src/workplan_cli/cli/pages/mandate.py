"""The page of a mandate. This module alone knows what belongs on it."""

from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.guideline import show_provision
from workplan_cli.cli.pages.indicator import show_answer, show_evidence
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.submission import Status


def show_mandate(subject: Subject, reading: Reading, page: Page) -> None:
    """Its text, and what was done for it, round by round and voice by voice."""
    plan = reading.record.plan
    mandate = plan.mandate_by_id[subject.id]
    page.heading(f"{mandate.id}  mandate {mandate.number}", page.say(plan.mandates.heading) if plan.mandates else "")
    page.words(page.say(mandate.text))
    show_provision(mandate, reading, page)
    page.section("What was done")
    for round_ in plan.round_ids:
        sheets = [sheet for sheet in reading.record.secretariat if sheet.round == round_]
        if not any(sheet.voice == "secretariat" and mandate.id in sheet.mandates for sheet in sheets):
            page.words(f"{round_}  secretariat: {page.mark('unanswered')}")
        for sheet in sorted(sheets, key=lambda sheet: sheet.voice != "secretariat"):
            if mandate.id in sheet.mandates:
                _show_answer(mandate.id, sheet, reading, page)


def _show_answer(mandate: str, sheet: MandateSheet, reading: Reading, page: Page) -> None:
    answer = sheet.mandates[mandate]
    found = answer.result or answer.absence
    words = page.mark(found.value) if found is not None else page.mark("unanswered")
    if answer.status is Status.CARRIED and answer.confirmed is None:
        words = f"{page.mark('carried')} from {answer.carried_from or sayings.UNKNOWN}: {sayings.result_of(answer)}"
    page.words(f"{sheet.round}  {sheet.voice}: {words}" + (" (draft)" if answer.status is Status.DRAFT else ""))
    show_answer(answer, None, reading, page)
    page.fields(
        ((str(one.on), ": ".join(filter(None, (page.say(one.title), ", ".join(one.outputs))))) for one in answer.activities), 2
    )
    show_evidence(answer, sheet.evidence, reading, page)
    page.quiet(reading.place(sheet, ("mandates", mandate)), 2)
