"""Days of periods by piece of a year, one period at a time: to compare the arithmetic of the model with."""

from datetime import date
from fractions import Fraction

from model.fiscal_year import YearPiece, days_in, fiscal_year_of, year_pieces


def days_by_piece(start: date, end: date) -> dict[YearPiece, int]:
    """Days of a period, both ends included, by piece in order of time; every value is above 0."""
    pieces = [
        (piece, (min(last, end) - max(first, start)).days + 1)
        for year in range(fiscal_year_of(start), fiscal_year_of(end) + 1)
        for piece, first, last in year_pieces(year)
    ]
    return {piece: days for piece, days in pieces if days > 0}


def days_by_fiscal_year(start: date, end: date) -> dict[int, int]:
    """The same by fiscal year."""
    days: dict[int, int] = {}
    for piece, count in days_by_piece(start, end).items():
        days[piece.fiscal_year] = days.get(piece.fiscal_year, 0) + count
    return days


def expected_over_period(annual_tco2: int, start: date, end: date) -> float:
    """What an annual estimate expects over a period: each day by the days of its fiscal year."""
    years = days_by_fiscal_year(start, end)
    return float(sum(Fraction(annual_tco2 * days, days_in(year)) for year, days in years.items()))
