"""Issued tonnes over the monitoring periods they were verified for, many at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.apportion import Wholes, largest_remainders
from model.fiscal_year import FIRST_MONTH

Days = NDArray[np.datetime64]


class Pieces(NamedTuple):
    """Days of periods by piece of a year, in order of period and time; every number of days is above 0.

    `period` is the place of the period; `piece` twice the fiscal year, and one more from January to March.
    """

    period: Wholes
    piece: Wholes
    days: Wholes


def pieces_of_periods(start: Days, end: Days) -> Pieces:
    """Return the pieces of periods, both ends included, days as datetime64[D]. Raises ValueError for one that ends before it starts."""
    if (end < start).any():
        message = "a period ends before it starts"
        raise ValueError(message)
    first = _piece_of(start)
    count = _piece_of(end) - first + 1
    period = np.repeat(np.arange(len(start)), count)
    piece = first[period] + np.arange(len(period)) - (np.cumsum(count) - count)[period]
    days = (
        np.minimum(end[period], _first_day(piece + 1) - 1) - np.maximum(start[period], _first_day(piece)) + 1
    )
    return Pieces(period, piece, days.astype(np.int64))


def issued_by_piece(pieces: Pieces, tco2: Wholes) -> Wholes:
    """Split the tonnes of each event over the pieces of its monitoring period; no tonne is lost or made.

    First over the fiscal years by their days, then each year over its two pieces by theirs, both times by
    largest remainder, so that a fiscal year's tonnes do not depend on how it is cut by calendar years.
    Raises ValueError when tonnes are negative.
    """
    if not len(pieces.piece):
        return pieces.days
    begins = np.ones(len(pieces.piece), dtype=bool)
    begins[1:] = (np.diff(pieces.period) != 0) | (np.diff(pieces.piece // 2) != 0)
    year = np.cumsum(begins) - 1
    days_of_year = np.add.reduceat(pieces.days, np.flatnonzero(begins))
    return largest_remainders(
        largest_remainders(tco2, days_of_year, pieces.period[begins]), pieces.days, year
    )


def _piece_of(day: Days) -> Wholes:
    months = day.astype("datetime64[M]").astype(np.int64)
    year, month = 1970 + months // 12, months % 12
    return 2 * year - (month < np.int64(FIRST_MONTH - 1))


def _first_day(piece: Wholes) -> Days:
    """1 April of the fiscal year, or 1 January in it."""
    months = (piece // 2 - 1970) * 12 + np.where(piece % 2, 12, FIRST_MONTH - 1)
    return months.astype("datetime64[M]").astype("datetime64[D]")
