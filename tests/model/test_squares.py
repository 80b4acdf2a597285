"""Squares: amounts fill them one after the other, to the tonne and without overlap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.squares import SQUARES, spans

AMOUNTS = st.lists(st.integers(0, 40_000_000), min_size=1, max_size=5)


@given(AMOUNTS)
def test_squares_hold_the_amounts_up_to_the_last_square(amounts: list[int]) -> None:
    unit = 1_000_000.0
    found = spans([(str(n), float(amount)) for n, amount in enumerate(amounts)], unit)
    filled = [piece for span in found for piece in span.pieces()]
    assert sum(span.squares for span in found) == pytest.approx(sum(amounts) / unit)
    assert sum(p.ends - p.begins for p in filled) == pytest.approx(min(sum(amounts) / unit, SQUARES))
    places = [(p.square + p.begins, p.square + p.ends) for p in filled]
    assert places == sorted(places)
    assert all(0 <= begins < ends <= SQUARES for begins, ends in places)
    assert all(earlier[1] == pytest.approx(later[0]) for earlier, later in pairwise(places))


def test_an_amount_of_nothing_takes_no_place_and_a_square_of_nothing_is_refused() -> None:
    assert [span.part for span in spans([("a", 0), ("b", 5), ("c", 0)], 1)] == ["b"]
    with pytest.raises(ValueError, match="a square of 0"):
        spans([("a", 1)], 0)
