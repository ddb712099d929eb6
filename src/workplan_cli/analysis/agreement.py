"""How far two codings of the same sources agree: on whether the source speaks at all, and on what it says.

This module alone knows the measures. Per cent is the plain share of equal decisions; kappa is Cohen's, which takes off what two
coders would share by chance (J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20, 1960, 37-46).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from workplan_cli.model.submission import Answer


@dataclass(frozen=True)
class Agreement:
    """Pairs of decisions, the first coder's before the second's, and how often each was made."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def decisions(self) -> int:
        """How many were made twice."""
        return self.pairs.total()

    @property
    def equal(self) -> int:
        """How many of them are the same."""
        return sum(number for (first, second), number in self.pairs.items() if first == second)

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa, exactly; None where chance alone would make all decisions equal, or there are none."""
        total = self.decisions
        if total == 0:
            return None
        first: Counter[str] = Counter()
        second: Counter[str] = Counter()
        for (one, other), number in self.pairs.items():
            first[one] += number
            second[other] += number
        chance = sum((Fraction(first[word] * second[word], total * total) for word in first), Fraction(0))
        return None if chance == 1 else (Fraction(self.equal, total) - chance) / (1 - chance)

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.pairs + other.pairs)


def speaks(first: Mapping[str, Answer], second: Mapping[str, Answer], asked: Iterable[str]) -> Agreement:
    """Whether each coder found that the source speaks, for every indicator that could have been answered."""
    return Agreement(Counter(("speaks" if one in first else "silent", "speaks" if one in second else "silent") for one in asked))


def says(first: Mapping[str, Answer], second: Mapping[str, Answer], asked: Iterable[str]) -> Agreement:
    """What each coder read, where both answered with a result or an absence."""
    both = (one for one in asked if one in first and one in second)
    words = ((decision(first[one]), decision(second[one])) for one in both)
    return Agreement(Counter((one, other) for one, other in words if one is not None and other is not None))


def decision(answer: Answer) -> str | None:
    """The result or the absence of an answer; None for one of another type."""
    if answer.result is not None:
        return answer.result.value
    return answer.absence.value if answer.absence is not None else None
