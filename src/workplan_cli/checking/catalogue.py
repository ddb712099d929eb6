"""Every kind of finding there is. This module alone sums them up, from the modules that find them."""

from workplan_cli.checking import authorship, choice, context
from workplan_cli.diagnostics import Code
from workplan_cli.rules import RULES
from workplan_cli.storage import loader, shape, traps

CODES: tuple[Code, ...] = tuple(
    dict.fromkeys(
        (
            *loader.CODES,
            *traps.CODES,
            context.NO_PLAN,
            *shape.CODES,
            *(rule.code for rule in RULES),
            *choice.CODES,
            *authorship.CODES,
        ),
    )
)
"""Each once, though several rules may find the same kind."""
