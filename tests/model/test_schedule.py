from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.fiscal_year import YearPiece
from model.schedule import (
    ExpectedTonnes,
    OperationWindow,
    Period,
    expected_by_piece,
    merge_periods,
    operation_window,
)

STARTS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
PERIODS = st.lists(
    st.tuples(st.dates(date(2012, 1, 1), date(2026, 12, 31)), st.integers(0, 1500)).map(
        lambda start_days: (start_days[0], start_days[0] + timedelta(days=start_days[1]))
    ),
    max_size=4,
)


def test_a_plant_of_365_tonnes_a_year_saves_a_tonne_a_day() -> None:
    # Start 2025-10-01: 182 days to 2026-03-31, of which 92 in 2025; then whole years to the end of FY2027,
    # which has the leap day of 2028 and still makes one year's tonnes.
    tonnes = expected_by_piece(operation_window(date(2025, 10, 1), 15), 365, last_fiscal_year=2027)
    assert tonnes[YearPiece(2025, 2025)].tco2 == 92
    assert tonnes[YearPiece(2025, 2026)].tco2 == 90
    assert tonnes[YearPiece(2026, 2026)].tco2 + tonnes[YearPiece(2026, 2027)].tco2 == 365
    assert tonnes[YearPiece(2027, 2027)].tco2 + tonnes[YearPiece(2027, 2028)].tco2 == 365
    assert max(tonnes) == YearPiece(2027, 2028)


def test_operation_ends_with_the_lifetime() -> None:
    assert operation_window(date(2018, 8, 1), 17) == OperationWindow(date(2018, 8, 1), date(2035, 7, 31))
    assert operation_window(date(2020, 2, 29), 1).end == date(2021, 2, 27)
    assert max(expected_by_piece(operation_window(date(2018, 4, 1), 10), 100, 2040)) == YearPiece(2027, 2028)
    with pytest.raises(ValueError, match="lifetime"):
        operation_window(date(2020, 1, 1), 0)


def test_verified_days_are_left_out_of_what_is_added_to_the_verified_tonnes() -> None:
    # FY2019 (366 days, 366 t): April to December verified (275 days), 91 days and tonnes stay expected.
    tonnes = expected_by_piece(
        OperationWindow(date(2019, 4, 1), date(2020, 3, 31)),
        366,
        2040,
        verified=[(date(2019, 4, 1), date(2019, 12, 31))],
    )
    assert tonnes == {
        YearPiece(2019, 2019): ExpectedTonnes(275, 0),
        YearPiece(2019, 2020): ExpectedTonnes(91, 91),
    }


@given(STARTS, st.integers(1, 30), st.integers(1, 2_000_000), PERIODS)
def test_uncovered_tonnes_are_within_the_expected_ones(
    start: date, lifetime: int, annual: int, verified: list[Period]
) -> None:
    tonnes = expected_by_piece(operation_window(start, lifetime), annual, 2045, verified)
    assert all(0 <= piece.uncovered_tco2 <= piece.tco2 for piece in tonnes.values())
    by_year: dict[int, int] = {}
    for piece, expected in tonnes.items():
        by_year[piece.fiscal_year] = by_year.get(piece.fiscal_year, 0) + expected.tco2
    assert all(by_year[year] == annual for year in sorted(by_year)[1:-1])


@given(STARTS, st.integers(1, 30), st.integers(1, 2_000_000))
def test_nothing_verified_leaves_everything_expected(start: date, lifetime: int, annual: int) -> None:
    tonnes = expected_by_piece(operation_window(start, lifetime), annual, 2040)
    assert all(piece.uncovered_tco2 == piece.tco2 for piece in tonnes.values())


@given(PERIODS)
def test_merged_periods_hold_the_same_days_once(periods: list[Period]) -> None:
    def days(some: list[Period]) -> list[date]:
        return [start + timedelta(days=i) for start, end in some for i in range((end - start).days + 1)]

    assert days(merge_periods(periods)) == sorted(set(days(periods)))
