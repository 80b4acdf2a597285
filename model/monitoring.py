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

    Fiscal years and calendar years each get their tonnes by days (largest remainder), and the pieces are what both
    have in common. Where a few tonnes cannot satisfy both, the fiscal years keep theirs. Raises ValueError when tonnes
    are negative.
    """
    if not len(pieces.piece):
        return pieces.days
    fiscal, calendar = pieces.piece // 2, calendar_year_of(pieces.piece)
    first = _begins(pieces.period, fiscal)
    of_fiscal, of_calendar = (
        _by_years(pieces, tco2, first),
        _by_years(pieces, tco2, _begins(pieces.period, calendar)),
    )
    start = np.flatnonzero(first)
    whole = of_fiscal[start]
    has_two = np.diff(np.append(start, len(first))) == 2  # April to December, and January to March
    is_same_event = np.diff(pieces.period[start], prepend=-1) == 0
    # January to March of the calendar year that a fiscal year begins in belongs to the one before.
    place = np.arange(len(start)) - np.maximum.accumulate(np.where(is_same_event, 0, np.arange(len(start))))
    parts = np.zeros(len(pieces.piece), np.int64)
    for some in np.split(np.argsort(place, kind="stable"), np.cumsum(np.bincount(place))[:-1]):
        head = start[some]
        before = np.where(is_same_event[some], parts[head - 1], 0)
        parts[head] = np.where(
            has_two[some], np.clip(of_calendar[head] - before, 0, whole[some]), whole[some]
        )
        two = some[has_two[some]]
        parts[start[two] + 1] = whole[two] - parts[start[two]]
    return parts


def calendar_year_of(piece: Wholes) -> Wholes:
    """The calendar year that pieces are in."""
    return piece // 2 + piece % 2


def _begins(period: Wholes, year: Wholes) -> NDArray[np.bool_]:
    """Whether a piece is the first of its year in its period."""
    begins = np.ones(len(year), dtype=bool)
    begins[1:] = (np.diff(period) != 0) | (np.diff(year) != 0)
    return begins


def _by_years(pieces: Pieces, tco2: Wholes, begins: NDArray[np.bool_]) -> Wholes:
    """Tonnes of the year of each piece, by the days of the years."""
    first = np.flatnonzero(begins)
    tonnes = largest_remainders(tco2, np.add.reduceat(pieces.days, first), pieces.period[first])
    year: Wholes = np.cumsum(begins) - 1
    return tonnes[year]


def _piece_of(day: Days) -> Wholes:
    months = day.astype("datetime64[M]").astype(np.int64)
    year, month = 1970 + months // 12, months % 12
    return 2 * year - (month < np.int64(FIRST_MONTH - 1))


def _first_day(piece: Wholes) -> Days:
    """1 April of the fiscal year, or 1 January in it."""
    months = (piece // 2 - 1970) * 12 + np.where(piece % 2, 12, FIRST_MONTH - 1)
    return months.astype("datetime64[M]").astype("datetime64[D]")
