from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from model.fiscal_year import (
    days_in,
    first_day,
    fiscal_year_of,
    last_day,
    piece_of,
    year_pieces,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_fiscal_2030_runs_from_april_2030_to_march_2031() -> None:
    assert first_day(2030) == date(2030, 4, 1)
    assert last_day(2030) == date(2031, 3, 31)
    assert [fiscal_year_of(day) for day in (date(2030, 3, 31), date(2030, 4, 1), date(2031, 3, 31))] == [
        2029,
        2030,
        2030,
    ]


def test_fiscal_2023_has_the_leap_day_of_2024() -> None:
    assert days_in(2023) == 366
    assert days_in(2024) == 365


@given(DAYS)
def test_fiscal_years_partition_time(day: date) -> None:
    assert first_day(fiscal_year_of(day)) <= day <= last_day(fiscal_year_of(day))
    assert last_day(fiscal_year_of(day)) + timedelta(days=1) == first_day(fiscal_year_of(day) + 1)


@given(DAYS)
def test_every_day_is_in_exactly_one_piece_of_its_year(day: date) -> None:
    holding = [piece for piece, first, last in year_pieces(fiscal_year_of(day)) if first <= day <= last]
    assert holding == [piece_of(day)]
