"""Coverage: three measures, always apart, each with its denominator.

This module alone knows the formulas. They are this project's own, stated in docs/coverage.md:

- reporting: cells with an answer / cells asked;
- implementation, over the indicators on the scale: implemented / (results + not-pursued), with `partial` and `planned` beside
  it and never as halves, and with the bounds that no-information, withheld, carried and unanswered leave open;
- evidence: claims whose evidence is verified / claims.

`strict` counts a claim that is a draft or unverified as neither: the denominator stays, so strict <= relaxed, and more evidence
never lowers either.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from workplan_cli.analysis.standing import ANSWERS, CLAIMS, MISSING, RESULTS, Cell, Flag, Standing


@dataclass(frozen=True, order=True)
class Share:
    """So many of so many. Nothing of nothing is "none", never 0 %."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In whole percents, halves rounded up; None where there is nothing to share."""
        return None if self.whole == 0 else (200 * self.part + self.whole) // (2 * self.whole)

    def __str__(self) -> str:
        return "none" if self.whole == 0 else f"{self.part} of {self.whole} ({self.percent} %)"


@dataclass(frozen=True)
class Tally:
    """How many cells stand where. `scale` counts only the indicators on the scale; `doubtful` the claims there that are drafts
    or unverified, by standing.
    """

    standings: Counter[Standing] = field(default_factory=Counter)
    scale: Counter[Standing] = field(default_factory=Counter)
    doubtful: Counter[Standing] = field(default_factory=Counter)
    flags: Counter[Flag] = field(default_factory=Counter)
    verified: int = 0
    """Claims whose evidence is verified."""

    @property
    def cells(self) -> int:
        """All cells."""
        return self.standings.total()

    @property
    def asked(self) -> int:
        """The cells whose question was put."""
        return self.cells - self.standings[Standing.NOT_ASKED]

    @property
    def reporting(self) -> Share:
        """Cells with an answer, of cells asked."""
        return Share(_of(self.standings, ANSWERS), self.asked)

    @property
    def claims(self) -> int:
        """Cells that claim something implemented, wholly or in part."""
        return _of(self.scale, CLAIMS)

    @property
    def evidence(self) -> Share:
        """Claims that a reader can verify, of claims."""
        return Share(self.verified, self.claims)

    @property
    def applicable(self) -> int:
        """The denominator of implementation: answers that apply."""
        return _of(self.scale, RESULTS) + self.scale[Standing.NOT_PURSUED]

    @property
    def missing(self) -> int:
        """Cells on the scale that leave open how far the thing is implemented."""
        return _of(self.scale, MISSING)

    def implementation(self, strict: bool = False) -> Share:
        """Implemented, of answers that apply."""
        return Share(self.count(Standing.IMPLEMENTED, strict), self.applicable)

    def count(self, standing: Standing, strict: bool = False) -> int:
        """Cells on the scale with a standing; strictly, without the claims that are drafts or unverified."""
        return self.scale[standing] - (self.doubtful[standing] if strict else 0)

    @property
    def unverified(self) -> int:
        """The claims that strict counting sets apart."""
        return self.doubtful.total()

    def bounds(self, strict: bool = False) -> tuple[Share, Share]:
        """What implementation would be if everything missing were a no, and if it all were a yes."""
        whole = self.applicable + self.missing
        surely = self.count(Standing.IMPLEMENTED, strict)
        return Share(surely, whole), Share(surely + self.missing, whole)

    def __add__(self, other: "Tally") -> "Tally":
        return total((self, other))


def tally(cells: Iterable[Cell]) -> Tally:
    """Count cells."""
    standings: Counter[Standing] = Counter()
    scale: Counter[Standing] = Counter()
    doubtful: Counter[Standing] = Counter()
    flags: Counter[Flag] = Counter()
    verified = 0
    for cell in cells:
        standing = cell.standing
        standings[standing] += 1
        if cell.flags:
            flags.update(cell.flags)
        if cell.on_scale:
            scale[standing] += 1
            if standing in CLAIMS:
                is_verified = Flag.UNVERIFIED not in cell.flags
                verified += is_verified
                if not is_verified or Flag.DRAFT in cell.flags:
                    doubtful[standing] += 1
    return Tally(standings, scale, doubtful, flags, verified)


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies: the tally of all their cells."""
    standings: Counter[Standing] = Counter()
    scale: Counter[Standing] = Counter()
    doubtful: Counter[Standing] = Counter()
    flags: Counter[Flag] = Counter()
    verified = 0
    for one in tallies:
        standings.update(one.standings)
        scale.update(one.scale)
        doubtful.update(one.doubtful)
        flags.update(one.flags)
        verified += one.verified
    return Tally(standings, scale, doubtful, flags, verified)


def _of(counts: Counter[Standing], standings: Iterable[Standing]) -> int:
    return sum(counts[standing] for standing in standings)
