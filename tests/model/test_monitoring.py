from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from model.fiscal_year import YearPiece
from model.monitoring import issued_by_piece


def test_a_period_over_three_years_is_split_by_days() -> None:
    # 2018-06-01 to 2020-12-31: 304, 366 and 275 days of 945; 945 t make a tonne a day.
    assert issued_by_piece(date(2018, 6, 1), date(2020, 12, 31), 945) == {
        YearPiece(2018, 2018): 214,
        YearPiece(2018, 2019): 90,
        YearPiece(2019, 2019): 275,
        YearPiece(2019, 2020): 91,
        YearPiece(2020, 2020): 275,
    }


def test_a_single_tonne_is_not_lost() -> None:
    tonnes = issued_by_piece(date(2017, 12, 2), date(2018, 12, 31), 1)
    assert sum(tonnes.values()) == 1


@given(st.dates(date(2005, 1, 1), date(2040, 1, 1)), st.integers(0, 5000), st.integers(0, 3_000_000))
def test_a_split_conserves_tonnes(start: date, length: int, tco2: int) -> None:
    tonnes = issued_by_piece(start, start + timedelta(days=length), tco2)
    assert sum(tonnes.values()) == tco2
    assert min(tonnes.values()) >= 0
