from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.allocation import apply_share, measured_share, split_shares


@given(
    st.lists(st.integers(0, 50_000), min_size=1, max_size=20).flatmap(
        lambda pieces: st.tuples(st.just(pieces), st.integers(0, sum(pieces)))
    )
)
def test_both_sides_add_up_in_every_piece(pieces_part: tuple[list[int], int]) -> None:
    pieces, part = pieces_part
    japan = split_shares(np.array(pieces), np.zeros(len(pieces), np.int64), np.array([part])).tolist()
    assert sum(japan) == part
    assert all(0 <= side <= piece for side, piece in zip(japan, pieces, strict=True))


def test_a_side_cannot_have_more_than_all() -> None:
    with pytest.raises(ValueError, match="more than the whole"):
        split_shares(np.array([4, 6]), np.array([0, 0]), np.array([11]))


def test_a_share_is_measured_only_where_both_amounts_are_known() -> None:
    assert measured_share([(100, 80), (50, None), (None, 10), (100, 70)]) == Fraction(3, 4)
    assert measured_share([(50, None)]) is None
    assert measured_share([]) is None


def test_an_unknown_share_stays_unknown() -> None:
    assert apply_share(1000, None) is None
    assert apply_share(0, None) is None
    assert apply_share(5, Fraction(1, 2)) == 3
