"""Medians and spreads of durations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.durations import QUARTILES_FROM, in_years, spread_of


def test_nothing_known_gives_no_median() -> None:
    assert spread_of([]) is None


def test_the_median_of_two_lies_between_them() -> None:
    found = spread_of([365, 1095])
    assert found
    assert found.median == pytest.approx(in_years(730))
    assert found.is_few
    assert found.lower_quartile is None


def test_quartiles_are_told_from_eight_projects_on() -> None:
    few, enough = spread_of([100] * (QUARTILES_FROM - 1)), spread_of([100] * QUARTILES_FROM)
    assert few
    assert enough
    assert few.lower_quartile is None
    assert enough.lower_quartile == pytest.approx(in_years(100))


def test_four_calendar_years_are_four_years() -> None:
    assert in_years((date(2019, 4, 1) - date(2015, 4, 1)).days) == pytest.approx(4, abs=0.001)


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_the_spread_is_in_order_and_does_not_depend_on_the_order_of_projects(days: list[int]) -> None:
    found = spread_of(days)
    assert found == spread_of(sorted(days, reverse=True))
    assert found
    assert found.shortest <= found.median <= found.longest
    if found.lower_quartile is not None and found.upper_quartile is not None:
        assert found.shortest <= found.lower_quartile <= found.median <= found.upper_quartile <= found.longest
