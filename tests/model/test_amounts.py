"""Amounts: limits stay in order, what is exact stays exact, and what is not known is never an amount of 0."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.amounts import Amount, japanese_part, whole_amount

TONNES = st.none() | st.integers(0, 10**9)
LIMITS = st.none() | st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(
    lambda ends: (min(ends), max(ends))
)


def consistent(whole: Amount | None, japan: int | None, government: int | None, partner: int | None) -> bool:
    """Whether the parts fit into the whole, as the rules of the facts demand."""
    known = (japan if japan is not None else government or 0) + (partner or 0)
    return (japan is None or (government or 0) <= japan) and (whole is None or known <= whole.high)


@given(TONNES, LIMITS, TONNES, TONNES, TONNES)
def test_limits_stay_in_order_and_hold_the_known_parts(
    total: int | None,
    limits: tuple[int, int] | None,
    japan: int | None,
    government: int | None,
    partner: int | None,
) -> None:
    whole = whole_amount(total, limits, japan, government, partner)
    assume(consistent(whole, japan, government, partner))
    part = japanese_part(whole, japan, government, partner)
    if whole is None:
        assert part is None
        assert total is limits is None
        assert not any((japan, government, partner)), "a part of 0 t tells nothing of the whole"
        return
    assert part is not None
    assert 0 <= whole.low <= whole.high
    assert 0 <= part.low <= part.high <= whole.high
    assert part.low >= (government or 0)


@given(st.integers(0, 10**9), LIMITS, TONNES, TONNES, TONNES)
def test_a_stated_total_is_exact_whatever_else_is_known(
    total: int,
    limits: tuple[int, int] | None,
    japan: int | None,
    government: int | None,
    partner: int | None,
) -> None:
    assert whole_amount(total, limits, japan, government, partner) == Amount(total, total)
    assert Amount.exact(total).basis == "exact"


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_both_sides_make_up_the_whole_exactly(japan: int, partner: int) -> None:
    whole = whole_amount(None, None, japan, None, partner)
    assert whole == Amount.exact(japan + partner)
    assert japanese_part(whole, japan, None, partner) == Amount.exact(japan)
    assert japanese_part(whole, None, None, partner) == Amount.exact(japan)


def test_one_sides_part_alone_is_at_least() -> None:
    whole = whole_amount(None, None, None, 433, None)
    assert whole is not None
    assert (whole.low, whole.basis) == (433, "at least")
    part = japanese_part(whole, None, 433, None)
    assert part is not None
    assert (part.low, part.basis) == (433, "at least")


def test_the_governments_part_is_within_the_japanese_side() -> None:
    whole = whole_amount(None, None, 31, 27, 9)
    assert whole == Amount.exact(40)
    assert japanese_part(Amount.exact(300), None, 151, None) == Amount(151, 300)


def test_a_range_of_which_no_side_is_known_may_be_all_japans() -> None:
    whole = whole_amount(None, (550_000, 612_525), None, None, None)
    assert whole is not None
    assert (whole.basis, japanese_part(whole, None, None, None)) == ("range", Amount(0, 612_525))


def test_what_is_not_known_is_none() -> None:
    assert whole_amount(None, None, None, None, None) is None
    assert japanese_part(None, 5, 3, 1) is None


@pytest.mark.parametrize("ends", [(-1, 5), (6, 5)])
def test_limits_out_of_order_are_refused(ends: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="limits in order"):
        Amount(*ends)
