"""Evidence: every claim can be followed to words or numbers that someone else published.

This module alone knows what evidence owes a reader.
"""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code
from workplan_cli.model.indicator import Owed
from workplan_cli.model.submission import AnswerSheet, Status
from workplan_cli.rules.rule import Context, Found, Rule


def claim_without_evidence(sheet: AnswerSheet, context: Context) -> Iterator[Found]:
    """A claim that nothing proves is a claim nobody can check.

    An answer `implemented` or `partial` to an indicator whose evidence is required cites at least one piece. An honest "no" and a plan owe none. An answer that is
    still a draft, or carried and not yet confirmed, owes none yet.
    """
    for indicator_id, answer in sheet.answers.items():
        if answer.evidence or not answer.is_claim or answer.status is not Status.FINAL:
            continue
        indicator = context.indicators.get(indicator_id)
        if indicator is not None and indicator.evidence is Owed.REQUIRED:
            yield Found(
                ("answers", indicator_id, "result"),
                f"answer {indicator_id} claims '{answer.result}' and cites no evidence",
                "cite an id from evidence:, or answer 'planned'",
            )


RULES = (Rule(Code("WP501", "claim-without-evidence"), claim_without_evidence, on=(AnswerSheet,)),)
