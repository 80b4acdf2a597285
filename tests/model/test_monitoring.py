from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.apportion import largest_remainder
from model.fiscal_year import YearPiece
from model.monitoring import issued_by_piece, pieces_of_periods
from tests.model.day_by_day import days_by_fiscal_year, days_by_piece

PERIODS = st.tuples(
    st.dates(date(2005, 1, 1), date(2040, 1, 1)), st.integers(0, 5000), st.integers(0, 3_000_000)
)


def split(*periods: tuple[date, date, int]) -> list[dict[YearPiece, int]]:
    """The tonnes of each period by piece of a year."""
    start, end = (np.array([period[i] for period in periods], "datetime64[D]") for i in (0, 1))
    pieces = pieces_of_periods(start, end)
    tonnes = issued_by_piece(pieces, np.array([tco2 for _, _, tco2 in periods]))
    found: list[dict[YearPiece, int]] = [{} for _ in periods]
    for period, piece, part in zip(pieces.period, pieces.piece, tonnes, strict=True):
        found[period][YearPiece(int(piece // 2), int(piece // 2 + piece % 2))] = int(part)
    return found


def test_a_period_over_three_years_is_split_by_days() -> None:
    # 2018-06-01 to 2020-12-31: 304, 366 and 275 days of 945; 945 t make a tonne a day.
    assert split((date(2018, 6, 1), date(2020, 12, 31), 945))[0] == {
        YearPiece(2018, 2018): 214,
        YearPiece(2018, 2019): 90,
        YearPiece(2019, 2019): 275,
        YearPiece(2019, 2020): 91,
        YearPiece(2020, 2020): 275,
    }


def test_a_single_tonne_is_not_lost() -> None:
    (tonnes,) = split((date(2017, 12, 2), date(2018, 12, 31), 1))
    assert sum(tonnes.values()) == 1


@given(st.lists(PERIODS, min_size=1, max_size=6))
def test_each_period_is_split_by_itself_and_conserves_its_tonnes(
    periods: list[tuple[date, int, int]],
) -> None:
    given_ = [(start, start + timedelta(days=length), tco2) for start, length, tco2 in periods]
    for (start, end, tco2), tonnes in zip(given_, split(*given_), strict=True):
        assert sum(tonnes.values()) == tco2
        assert all(part >= 0 for part in tonnes.values())
        by_days = days_by_fiscal_year(start, end)
        assert sums(tonnes, 0) == dict(
            zip(by_days, largest_remainder(tco2, list(by_days.values())), strict=True)
        )
        # Of less than some tonnes a day the two kinds of years cannot always both be met.
        if tco2 >= 5 * len(days_by_piece(start, end)) * ((end - start).days + 1):
            years: Counter[int] = Counter()
            for piece, days in days_by_piece(start, end).items():
                years[piece.calendar_year] += days
            assert sums(tonnes, 1) == dict(
                zip(years, largest_remainder(tco2, list(years.values())), strict=True)
            )


def sums(tonnes: dict[YearPiece, int], place: int) -> dict[int, int]:
    """Tonnes by fiscal year (0) or calendar year (1)."""
    found: Counter[int] = Counter()
    for piece, part in tonnes.items():
        found[piece[place]] += part
    return dict(found)


def test_fiscal_and_calendar_years_both_get_their_tonnes_by_days() -> None:
    # 274 and 91 days by fiscal year, 184 and 181 by calendar year.
    (tonnes,) = split((date(2020, 7, 1), date(2021, 6, 30), 10))
    assert (sums(tonnes, 0), sums(tonnes, 1)) == ({2020: 8, 2021: 2}, {2020: 5, 2021: 5})


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        split((date(2020, 1, 2), date(2020, 1, 1), 1))
