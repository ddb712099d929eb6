"""Counts of one to four persons: which of them the totals beside them tell."""

from typing import Any

import pytest

from workplan_cli.model.submission import Value
from workplan_cli.rules.counts import recovered

Rows = list[dict[str, Any]]


def told(rows: Rows) -> list[int]:
    """The positions of the hidden counts that can be worked out."""
    return recovered(tuple(Value.model_validate(row) for row in rows), "value")


@pytest.mark.parametrize(
    ("rows", "position"),
    [
        ([{"value": 104}, {"sex": "f", "value": 100}, {"sex": "m", "value": "<5"}], 2),
        ([{"sex": "Total", "value": 104}, {"sex": "f", "value": 100}, {"sex": "m", "value": "<5"}], 2),
        # Two hidden parts of a total of eight are four each.
        ([{"value": 8}, {"sex": "f", "value": "<5"}, {"sex": "m", "value": "<5"}], 1),
        # Four hidden parts of a hidden total are one each.
        ([{"value": "<5"}, *({"sex": sex, "value": "<5"} for sex in "abcd")], 0),
        # The total of a total: the men are six, of whom the boys are told by the boys and girls together.
        (
            [
                {"sex": "m", "value": 6},
                {"sex": "m", "age": "child", "value": "<5"},
                {"sex": "m", "age": "adult", "value": "<5"},
                {"age": "child", "value": 12},
                {"sex": "f", "age": "child", "value": 10},
            ],
            1,
        ),
        # No margins: the total of all four cells.
        (
            [
                {"value": 32},
                {"sex": "m", "age": "child", "value": "<5"},
                {"sex": "m", "age": "adult", "value": 10},
                {"sex": "f", "age": "child", "value": 10},
                {"sex": "f", "age": "adult", "value": 10},
            ],
            1,
        ),
    ],
)
def test_a_hidden_count_that_its_totals_tell_is_found(rows: Rows, position: int) -> None:
    assert told(rows) == [position]


@pytest.mark.parametrize(
    "rows",
    [
        # There is no total.
        [{"sex": "f", "value": 100}, {"sex": "m", "value": "<5"}],
        # The parts cannot be all there are.
        [{"value": 140}, {"sex": "f", "value": 100}, {"sex": "m", "value": "<5"}],
        # Four and three, or three and four.
        [{"value": 7}, {"sex": "f", "value": "<5"}, {"sex": "m", "value": "<5"}],
        # The total is as hidden as its only part that is not zero.
        [{"value": "<5"}, {"sex": "f", "value": "<5"}, {"sex": "m", "value": 0}],
        [{"value": "<5"}, *({"sex": sex, "value": "<5"} for sex in "abc")],
        # Totals of other years.
        [{"year": 2015, "value": 104}, {"year": 2016, "sex": "f", "value": 100}, {"year": 2016, "sex": "m", "value": "<5"}],
        # A whole table with two hidden cells in each row and column.
        [
            *({"sex": sex, "age": age, "value": "<5"} for sex in "fm" for age in "ac"),
            *({"sex": sex, "value": 5} for sex in "fm"),
            *({"age": age, "value": 5} for age in "ac"),
        ],
    ],
)
def test_a_hidden_count_that_may_be_several_numbers_stays_hidden(rows: Rows) -> None:
    assert told(rows) == []


def test_every_count_that_is_told_is_the_only_one_that_fits() -> None:
    """Against trying all the numbers there are, for a row of hidden and open parts with each total they can have."""
    for hidden in (1, 2, 3):
        for total in range(12, 12 + 4 * hidden + 2):
            rows: Rows = [{"value": total}, {"sex": "x", "value": 12}, *({"sex": f"h{n}", "value": "<5"} for n in range(hidden))]
            possible = {counts[0] for counts in _all(hidden) if 12 + sum(counts) == total}
            assert bool(told(rows)) == (len(possible) == 1), rows


def _all(hidden: int) -> list[tuple[int, ...]]:
    counts: list[tuple[int, ...]] = [()]
    for _ in range(hidden):
        counts = [(*some, one) for some in counts for one in range(1, 5)]
    return counts
