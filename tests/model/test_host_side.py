"""The host's side: which figure of its NDC its adjustments are compared with, and the average over an NDC period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ledger.host_side import NdcFigure, figure_to_compare, share_of_figure
from model.ledger.ndc_period import NdcPeriod, average_a_year

PERIOD = NdcPeriod(2021, 2030, 2032)
BUDGET = NdcFigure(2021, 2030, "budget", None, 100_000, 100_000)
LEVEL = NdcFigure(2030, 2030, "level", None, 9_000, 10_000)
LATER = NdcFigure(2035, 2035, "reduction", "conditional", 5_000, 5_000)


def test_a_budget_of_the_period_comes_before_a_year_and_a_later_year_last() -> None:
    assert figure_to_compare([LATER, LEVEL, BUDGET], 2030) == BUDGET
    assert figure_to_compare([LATER, LEVEL], 2030) == LEVEL
    assert figure_to_compare([LATER], 2030) == LATER
    assert figure_to_compare([], 2030) is None


def test_a_share_is_a_range_and_not_known_without_a_figure() -> None:
    assert share_of_figure(1_000, 5_000, 10, BUDGET) == (0.01, 0.05)
    # A tenth of the tonnes a year against a level known as a range.
    assert share_of_figure(1_000, 9_000, 10, LEVEL) == (0.01, 0.1)
    assert share_of_figure(1_000, 5_000, 10, None) is None


@pytest.mark.parametrize(("tco2", "average"), [(0, 0), (4, 0), (5, 1), (88_200, 8_820)])
def test_what_is_used_is_averaged_over_the_years_of_the_period(tco2: int, average: int) -> None:
    assert average_a_year(tco2, PERIOD.first, PERIOD.last) == average


def test_a_use_counts_in_its_year_and_at_the_latest_in_the_last_of_the_period() -> None:
    assert PERIOD.year_of_use(date(2027, 1, 1)) == 2027
    assert PERIOD.year_of_use(date(2032, 6, 1)) == 2030


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.none() | st.integers(2015, 2040))
def test_reductions_of_the_period_can_be_used_until_it_is_closed(on: date, vintage: int | None) -> None:
    is_late = PERIOD.is_too_late(vintage, on)
    assert is_late == (vintage is not None and PERIOD.has(vintage, on) and on.year > PERIOD.use_by)
