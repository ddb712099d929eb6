"""Treaties: a layer of their own, read from the register on a day, never counted as reporting.

This module alone knows how states are counted by where they stand towards a treaty.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workplan_cli.model.indicator import TreatyIndicator
from workplan_cli.model.register import Ratification, TreatyRegister, TreatyStanding


@dataclass(frozen=True)
class TreatyTally:
    """How many states stand where towards one treaty. Every state is in one count, and those the register does not name are
    unknown.
    """

    treaty: str
    indicator: str
    guideline: str
    counts: Counter[TreatyStanding] = field(default_factory=Counter)

    @property
    def states(self) -> int:
        """All states."""
        return self.counts.total()


def treaty_tallies(
    indicators: Sequence[TreatyIndicator], registers: Mapping[str, TreatyRegister], states: Sequence[str], as_of: datetime.date
) -> tuple[TreatyTally, ...]:
    """A tally for each indicator that is read from a register, in the order given."""
    return tuple(_tally(indicator, registers.get(indicator.treaty), states, as_of) for indicator in indicators)


def _tally(
    indicator: TreatyIndicator, register: TreatyRegister | None, states: Sequence[str], as_of: datetime.date
) -> TreatyTally:
    counts = Counter(standing_towards(register, state, as_of)[0] for state in states)
    return TreatyTally(indicator.treaty, indicator.id, indicator.guideline, counts)


def standing_towards(
    register: TreatyRegister | None, state: str, as_of: datetime.date
) -> tuple[TreatyStanding, Ratification | None]:
    """Where a state stands towards a treaty on a day, and the entry that says so; unknown where there is none."""
    entry = register.states.get(state) if register is not None else None
    return (entry.standing(as_of), entry) if entry is not None else (TreatyStanding.UNKNOWN, None)
