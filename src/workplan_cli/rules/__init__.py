"""Every rule of the record, in a list one can read.

A rule is here because a drafter will make that mistake. Its page in `tests/cases/` is at once its manual and its test.
"""

from workplan_cli.rules import (
    addresses,
    answers,
    closings,
    copies,
    counts,
    entries,
    evidence,
    figures,
    imports,
    indicators,
    narrative,
    plan,
    privacy,
    quotations,
    references,
    registers,
    rounds,
    tables,
    translations,
    validity,
    vocabulary,
)
from workplan_cli.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *vocabulary.RULES,
    *rounds.RULES,
    *plan.RULES,
    *narrative.RULES,
    *indicators.RULES,
    *answers.RULES,
    *figures.RULES,
    *validity.RULES,
    *evidence.RULES,
    *quotations.RULES,
    *tables.RULES,
    *copies.RULES,
    *addresses.RULES,
    *registers.RULES,
    *entries.RULES,
    *imports.RULES,
    *closings.RULES,
    *counts.RULES,
    *privacy.RULES,
    *translations.RULES,
)
