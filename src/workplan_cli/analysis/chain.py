"""What a figure is made of, cell by cell. This module alone knows which part each cell plays in the formula of a measure."""

from collections.abc import Iterable
from enum import StrEnum

from workplan_cli.analysis.coverage import Share
from workplan_cli.analysis.standing import ANSWERS, CLAIMS, MISSING, Cell, Flag, Standing


class Measure(StrEnum):
    """The three measures; they are never put into one."""

    REPORTING = "reporting"
    IMPLEMENTATION = "implementation"
    EVIDENCE = "evidence"


class Role(StrEnum):
    """The part a cell plays in a share."""

    COUNTED = "counted"
    """In the numerator, and so in the denominator."""
    COUNTED_OF = "only of"
    """In the denominator alone."""
    OPEN = "open"
    """In neither; what it would be is what the bounds are about."""
    LEFT_OUT = "left out"
    """In neither: it does not apply, or was not asked."""


def role(cell: Cell, measure: Measure, strict: bool = False) -> Role | None:
    """The part a cell plays; None for one that the measure does not look at."""
    standing = cell.standing
    if measure is Measure.REPORTING:
        if standing is Standing.NOT_ASKED:
            return Role.LEFT_OUT
        return Role.COUNTED if standing in ANSWERS else Role.COUNTED_OF
    if measure is Measure.EVIDENCE:
        if not (cell.on_scale and standing in CLAIMS):
            return None
        return Role.COUNTED_OF if Flag.UNVERIFIED in cell.flags else Role.COUNTED
    return _role_in_implementation(cell, strict) if cell.on_scale else None


def _role_in_implementation(cell: Cell, strict: bool) -> Role:
    if cell.standing in MISSING:
        return Role.OPEN
    if cell.standing in (Standing.NOT_APPLICABLE, Standing.NOT_ASKED):
        return Role.LEFT_OUT
    is_set_apart = strict and bool(cell.flags & {Flag.UNVERIFIED, Flag.DRAFT})
    return Role.COUNTED if cell.standing is Standing.IMPLEMENTED and not is_set_apart else Role.COUNTED_OF


def chain(cells: Iterable[Cell], measure: Measure, strict: bool = False) -> dict[Role, tuple[Cell, ...]]:
    """The cells of a figure by the part they play, each in the order given."""
    found: dict[Role, list[Cell]] = {one: [] for one in Role}
    for cell in cells:
        part = role(cell, measure, strict)
        if part is not None:
            found[part].append(cell)
    return {part: tuple(members) for part, members in found.items()}


def share_of(parts: dict[Role, tuple[Cell, ...]]) -> Share:
    """The figure that the parts make."""
    counted = len(parts[Role.COUNTED])
    return Share(counted, counted + len(parts[Role.COUNTED_OF]))
