"""Japanese fiscal years (年度) and the pieces they share with calendar years.

Fiscal year Y runs from 1 April Y to 31 March Y+1. A fact of tonnes is stored by *piece*: April to December
of Y belongs to (fiscal year Y, calendar year Y), January to March of Y+1 to (fiscal year Y, calendar year
Y+1), so that grouping the same rows by either kind of year yields the same tonnes.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

FIRST_MONTH = 4
COMMON_YEAR, LEAP_YEAR = 365, 366
DAYS_A_YEAR = 365.25
"""Of a mean year, where days are stated as years."""


class YearPiece(NamedTuple):
    """The days that a fiscal year and a calendar year have in common."""

    fiscal_year: int
    calendar_year: int


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year a day belongs to: 2031-03-31 is in 2030."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@lru_cache(maxsize=512)
def first_day(fiscal_year: int) -> date:
    """Return 1 April of the fiscal year."""
    return date(fiscal_year, FIRST_MONTH, 1)


@lru_cache(maxsize=512)
def last_day(fiscal_year: int) -> date:
    """Return 31 March, the last day of the fiscal year."""
    return date(fiscal_year + 1, FIRST_MONTH, 1) - timedelta(days=1)


@lru_cache(maxsize=512)
def days_in(fiscal_year: int) -> int:
    """Return the number of days, 365 or 366."""
    return (first_day(fiscal_year + 1) - first_day(fiscal_year)).days


def piece_of(day: date) -> YearPiece:
    """Return the piece a day belongs to."""
    return YearPiece(fiscal_year_of(day), day.year)


@lru_cache(maxsize=512)
def year_pieces(fiscal_year: int) -> tuple[tuple[YearPiece, date, date], ...]:
    """Return the two pieces of a fiscal year, each with its first and last day."""
    return (
        (YearPiece(fiscal_year, fiscal_year), first_day(fiscal_year), date(fiscal_year, 12, 31)),
        (YearPiece(fiscal_year, fiscal_year + 1), date(fiscal_year + 1, 1, 1), last_day(fiscal_year)),
    )


def a_year_before(day: date, earliest: date) -> date:
    """The day from which a comparison begins unless another is chosen: a year earlier, as far as there is one."""
    return max(earliest, day - timedelta(days=365))
