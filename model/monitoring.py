"""Issued tonnes over the monitoring period they were verified for."""

from datetime import date

from model.apportion import largest_remainder
from model.fiscal_year import YearPiece, days_of_period_by_fiscal_year, days_of_period_by_piece


def issued_by_piece(start: date, end: date, tco2: int) -> dict[YearPiece, int]:
    """Split the tonnes of an event over its monitoring period, both ends included; no tonne is lost or made.

    First over the fiscal years by their days, then each year over its two pieces by theirs, both times by
    largest remainder, so that a fiscal year's tonnes do not depend on how it is cut by calendar years.
    Raises ValueError when the period ends before it starts or the tonnes are negative.
    """
    by_year = days_of_period_by_fiscal_year(start, end)
    by_piece = days_of_period_by_piece(start, end)
    tonnes: dict[YearPiece, int] = {}
    for fiscal_year, year_tco2 in zip(by_year, largest_remainder(tco2, list(by_year.values())), strict=True):
        pieces = [piece for piece in by_piece if piece.fiscal_year == fiscal_year]
        parts = largest_remainder(year_tco2, [by_piece[piece] for piece in pieces])
        tonnes.update(zip(pieces, parts, strict=True))
    return tonnes
