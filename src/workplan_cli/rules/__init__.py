"""Every rule of the record, in a list one can read.

A rule is here because a drafter will make that mistake. Its page in `tests/cases/` is at once its manual and its test.
"""

from workplan_cli.rules import evidence
from workplan_cli.rules.rule import Rule

RULES: tuple[Rule, ...] = (*evidence.RULES,)
