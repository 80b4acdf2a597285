from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.apportion import largest_remainder, round_half_up

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
