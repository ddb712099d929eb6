"""Figures that stand side by side: none of those that an import keeps tells a count of one to four persons."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan_cli.exchange.imports.disclosure import Cell, Level, safe_levels, tells
from workplan_cli.model.submission import Value
from workplan_cli.rules.counts import recovered

Table = dict[str, int | str]
"""Figures by their words: `"female child"`, `""` for the undivided one."""

_DIMENSION = {
    **dict.fromkeys(("female", "male", "other", "unknown-sex"), "sex"),
    **dict.fromkeys(("child", "adult", "unknown-age"), "age"),
    **dict.fromkeys(("labour", "sexual"), "form"),
}


def cells(table: Table) -> dict[Cell, int | str]:
    return {frozenset((_DIMENSION[word], word) for word in words.split()): amount for words, amount in table.items()}


def levels(*names: str) -> list[Level]:
    return [frozenset(name.split()) for name in names]


@pytest.mark.parametrize(
    "table",
    [
        {"": 104, "female": 100, "male": "<5"},
        {"": 8, "female": "<5", "male": "<5"},
        # The parts leave two of sixteen, who are in no row.
        {"": 16, "child": 0, "adult": 14},
        # Without a row for the children: ten, less the seven and none who are grown up.
        {"": 10, "female child": 0, "female adult": "<5", "male child": 7, "male adult": "<5"},
        # Nobody's sex or age is known of five, and they are a part of every sum.
        {"": 112, "female": 104, "male": "<5", "unknown-sex unknown-age": 5},
        # No undivided figure: both sexes are the children and the adults.
        {"female": 10, "male": 10, "child": 18, "adult": "<5"},
        # Forms are parts of the same persons.
        {"": 20, "sexual": 17, "labour": "<5"},
        # All four are hidden, and the totals of one sex and one age tell them all.
        {"": 10, "female": 3, "child": 4, "female child": "<5", "female adult": "<5", "male child": "<5", "male adult": "<5"},
        # The table contradicts itself, and one way to read it tells.
        {
            "": 5,
            "adult": "<5",
            "female": "<5",
            "male": "<5",
            "female child": 0,
            "female adult": "<5",
            "male child": 0,
            "male adult": "<5",
        },
    ],
)
def test_figures_that_tell_a_hidden_count_are_noticed(table: Table) -> None:
    assert tells(cells(table))


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"": "<5"},
        {"": 0, "female": 0, "male": 0},
        {"": 104, "female": 104, "male": 0},
        {"female": 100, "male": "<5"},
        {"": 7, "female": "<5", "male": "<5"},
        {"": "<5", "female": "<5", "male": 0},
        {"": 20, "female": 12, "unknown-sex": 8},
        # The parts are more than the total: nothing follows from that.
        {"": 23, "child": 189, "adult": 212},
        # Nor from parts that leave many.
        {"": 60, "child": 21, "adult": 9},
    ],
)
def test_figures_that_tell_nothing_may_stand(table: Table) -> None:
    assert not tells(cells(table))


def test_the_wanted_levels_are_kept_and_the_others_left_out_whole() -> None:
    table = cells({"": 16, "female": 14, "male": "<5", "child": 6, "adult": 10})
    assert safe_levels(table, levels("", "sex", "age")) == set(levels("", "age"))
    assert safe_levels(table, levels("sex", "", "age")) == set(levels("sex"))
    assert safe_levels(table, []) == set(levels("", "age"))


def test_figures_without_end_are_not_tried_without_end() -> None:
    many = {frozenset({("place", str(number))}): 5 for number in range(3_000)}
    assert tells({**many, frozenset(): 15_000})
    # Sums that push one another on: the undivided figure is the children, and the children and the adults.
    assert not tells(cells({"female child sexual": 10, "adult": "<5"}))


# Against trying every table there is.

SEXES, AGES, MOST = ("female", "male"), ("child", "adult"), 10


@cache
def every_table() -> list[dict[Cell, int]]:
    """All tables of two sexes and two ages with up to MOST in a cell, with their totals."""
    return [whole(counts) for counts in product(range(MOST + 1), repeat=4)]


def whole(counts: tuple[int, ...]) -> dict[Cell, int]:
    of = dict(zip(product(SEXES, AGES), counts, strict=True))
    table = {"": sum(counts)}
    table |= {sex: sum(of[sex, age] for age in AGES) for sex in SEXES}
    table |= {age: sum(of[sex, age] for sex in SEXES) for age in AGES}
    table |= {f"{sex} {age}": of[sex, age] for sex, age in of}
    return cells(table)  # type: ignore[arg-type, return-value]


def published(count: int) -> int | str:
    return "<5" if 1 <= count <= 4 else count


@given(
    st.tuples(*(st.integers(0, 6) for _ in range(4))),
    st.permutations(levels("", "sex", "age", "sex age")),
)
@settings(max_examples=150, deadline=None)
def test_no_small_count_can_be_worked_out_of_what_is_kept(counts: tuple[int, ...], wanted: list[Level]) -> None:
    truth = whole(counts)
    table = {cell: published(count) for cell, count in truth.items()}
    safe = safe_levels(table, wanted)
    kept = {cell: amount for cell, amount in table.items() if frozenset(name for name, _ in cell) in safe}
    possible = [one for one in every_table() if all(published(one[cell]) == amount for cell, amount in kept.items())]
    told = [cell for cell, count in truth.items() if 1 <= count <= 4 and len({one[cell] for one in possible}) == 1]
    assert told == []


@given(st.tuples(*(st.integers(0, 8) for _ in range(4))), st.sets(st.integers(0, 8)))
@settings(max_examples=200, deadline=None)
def test_what_is_kept_passes_the_rule_of_the_record(counts: tuple[int, ...], missing: set[int]) -> None:
    table = {cell: published(count) for place, (cell, count) in enumerate(whole(counts).items()) if place not in missing}
    safe = safe_levels(table, levels("", "sex"))
    values = tuple(
        Value.model_validate({**dict(cell), "year": 2016, "value": amount})
        for cell, amount in table.items()
        if frozenset(name for name, _ in cell) in safe
    )
    assert recovered(values, "value") == []
