"""Whether an answer that was carried from the last round may be confirmed, and what it says then.

This module alone knows when that may not be said unseen: where the text has changed in meaning, the validity has run out, or
the evidence is gone.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from workplan_cli.cli.amending import Sitting, home_of
from workplan_cli.cli.given import answer_of
from workplan_cli.diagnostics import visible
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.submission import Answer, Status
from workplan_cli.model.text import in_language
from workplan_cli.storage import spelling


@dataclass(frozen=True)
class Hindrance:
    """Why an answer cannot be confirmed as it is, and what to do."""

    why: str
    hint: str
    revision: int | None = None
    """The revision of the text that must be read first, where that is all that hinders it."""
    texts: tuple[str, ...] = ()
    """The text that was answered and the one there is now."""


def hindrance(
    sitting: Sitting, indicator: Indicator, answer: Answer | None, on: datetime.date, seen: int | None
) -> Hindrance | None:
    """Why an answer cannot be confirmed on a day by one who has `seen` a revision of the text; None where it can."""
    anew = f"answer it: workplan answer {sitting.state} {indicator.id} …"
    if answer is None:
        return Hindrance("there is no answer to confirm", anew)
    if answer.status is not Status.CARRIED:
        return Hindrance(f"it is {answer.status}, and was not carried", "nothing is to be done")
    if answer.valid is not None and answer.valid.expired(on):
        return Hindrance(f"it was valid to '{answer.valid.until}', which is past on {on}", f"if it was renewed, {anew}")
    missing = [id_ for id_ in answer.evidence if id_ not in sitting.page().evidence]
    if missing:
        return Hindrance(f"its evidence {', '.join(missing)} is not in the file", anew)
    home = home_of(indicator, sitting.desk)
    if answer.revision < home.meaning and seen != home.revision:
        language = sitting.desk.record.plan.languages[0]
        return Hindrance(
            f"the meaning of {home.id} has changed since revision {answer.revision}, which it answers",
            f"read both texts above; if it still holds: --seen {home.revision}; else {anew}",
            home.revision,
            tuple(
                f"{home.id}, revision {revision}: {visible(in_language(home.at_revision(revision), language)[0])}"
                for revision in (answer.revision, home.revision)
            ),
        )
    return None


def confirmed(sitting: Sitting, indicator: Indicator, answer: Answer, on: datetime.date, role: str) -> Answer:
    """The same answer, said to hold on a day, by an office."""
    data: dict[str, Any] = dict(spelling.given(answer))
    data |= {"status": "final", "revision": home_of(indicator, sitting.desk).revision}
    return answer_of({**data, "confirmed": {"on": on.isoformat(), "role": role}}, indicator.id)
