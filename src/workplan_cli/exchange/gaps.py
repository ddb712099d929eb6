"""Gaps for other programs. This module alone knows their shape as JSON and as CSV; keys and columns stay, new ones come at the
end.
"""

import csv
import io
import json
from collections.abc import Sequence

from workplan_cli.analysis.gaps import Example, Gap, helpers
from workplan_cli.analysis.scope import Scope

COLUMNS = ("voice", "state", "guideline", "indicator", "lack", "standing", "round", "implemented_in")
"""`implemented_in` names states as `voice:CODE`, parted by a space."""


def as_json(gaps: Sequence[Gap], examples: Sequence[Example], scope: Scope) -> str:
    """The gaps, and the day and rounds they are of."""
    by_indicator = _by_indicator(examples)
    content = {
        "plan": scope.plan.id,
        "period": scope.period.id,
        "rounds": list(scope.rounds),
        "as_of": scope.as_of.isoformat(),
        "gaps": [
            {
                "voice": gap.voice,
                "state": gap.state,
                "guideline": gap.guideline,
                "indicator": gap.indicator,
                "lack": gap.lack.value,
                "standing": gap.standing.value,
                "round": gap.round,
                "implemented_in": [
                    {"voice": one.voice, "state": one.state} for one in helpers(gap, by_indicator.get(gap.indicator, ()))
                ],
            }
            for gap in gaps
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_csv(gaps: Sequence[Gap], examples: Sequence[Example]) -> str:
    """A row for each gap."""
    by_indicator = _by_indicator(examples)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for gap in gaps:
        others = " ".join(f"{one.voice}:{one.state}" for one in helpers(gap, by_indicator.get(gap.indicator, ())))
        writer.writerow(
            (gap.voice, gap.state, gap.guideline, gap.indicator, gap.lack.value, gap.standing.value, gap.round, others)
        )
    return text.getvalue()


def _by_indicator(examples: Sequence[Example]) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for one in examples:
        found.setdefault(one.indicator, []).append(one)
    return found
