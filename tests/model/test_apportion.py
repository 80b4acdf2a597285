from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.apportion import largest_remainder, largest_remainders, round_half_up

WEIGHTS = st.lists(st.integers(0, 5000), min_size=1, max_size=30).filter(any)
TONNES = st.integers(0, 3_000_000)


@given(TONNES, WEIGHTS)
def test_parts_add_up_and_are_within_one_of_the_exact_share(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert weight or not part


def test_the_largest_remainders_take_what_is_left() -> None:
    # 10 × (6, 3, 2) ÷ 11 = 5.45, 2.73, 1.82: two units are left, for 1.82 and 2.73.
    assert largest_remainder(10, [6, 3, 2]) == [5, 3, 2]


def test_among_equal_remainders_the_earlier_part_wins() -> None:
    assert largest_remainder(1, [1, 1]) == [1, 0]


def test_nothing_can_be_divided_over_no_weight() -> None:
    assert largest_remainder(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="cannot be divided"):
        largest_remainder(5, [0, 0])
    with pytest.raises(ValueError, match="negative"):
        largest_remainder(-1, [1])


@given(TONNES, st.integers(1, 400))
def test_rounding_is_to_the_nearest_whole_and_a_half_goes_up(numerator: int, denominator: int) -> None:
    error = round_half_up(numerator, denominator) - Fraction(numerator, denominator)
    assert -Fraction(1, 2) < error <= Fraction(1, 2)


def test_a_half_goes_up() -> None:
    assert [round_half_up(1, 2), round_half_up(3, 2), round_half_up(49, 100)] == [1, 2, 0]


@given(st.lists(st.tuples(TONNES, WEIGHTS), min_size=1, max_size=8))
def test_many_totals_are_divided_as_each_would_be(divisions: list[tuple[int, list[int]]]) -> None:
    totals = np.array([total for total, _ in divisions])
    weights = np.array([weight for _, some in divisions for weight in some])
    group = np.repeat(np.arange(len(divisions)), [len(some) for _, some in divisions])
    expected = [part for total, some in divisions for part in largest_remainder(total, some)]
    assert largest_remainders(totals, weights, group).tolist() == expected


def test_many_totals_are_refused_like_one() -> None:
    nothing, group = np.array([0, 0]), np.array([0, 0])
    assert largest_remainders(np.array([0]), nothing, group).tolist() == [0, 0]
    for totals, weights in ((np.array([5]), nothing), (np.array([-1]), np.array([1, 1]))):
        with pytest.raises(ValueError, match="negative"):
            largest_remainders(totals, weights, group)
