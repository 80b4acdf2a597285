"""Expected reductions of a project: its annual estimate over the time it operates.

Source of the method: the accounting rules of the project's design (expected tonnes of a fiscal year =
annual estimate × days in operation ÷ days of that year), as officials add up expected reductions of
supported projects.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from model.apportion import largest_remainder, round_half_up
from model.fiscal_year import (
    COMMON_YEAR,
    LEAP_YEAR,
    YearPiece,
    days_in,
    first_day,
    fiscal_year_of,
    last_day,
    year_pieces,
)

Period = tuple[date, date]

_FIRST = np.datetime64("1990-04-01")
_YEARS = range(1990, 2200)
# Days of fiscal years of 366 days before each day, so that those of any period are a difference.
_LEAP_DAYS_BEFORE = np.concatenate(
    [[0], np.cumsum(np.concatenate([np.full(days_in(year), days_in(year) == LEAP_YEAR) for year in _YEARS]))]
)


@dataclass(frozen=True)
class OperationWindow:
    """The first and the last day of operation, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class ExpectedTonnes:
    """Tonnes of one piece: all that is expected, and the part on days that no verified period covers."""

    tco2: int
    uncovered_tco2: int


def operation_window(start: date, lifetime_years: float) -> OperationWindow:
    """Return the window of a plant that starts on a day and runs for a lifetime, counted in whole months.

    Raises ValueError for a lifetime under one month.
    """
    months = round(lifetime_years * 12)
    if months < 1:
        message = f"a lifetime of {lifetime_years} years is under one month"
        raise ValueError(message)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    # 29 February becomes the 28th where the last year has none.
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return OperationWindow(start, date(year, month + 1, day) - timedelta(days=1))


def expected_by_piece(
    window: OperationWindow,
    annual_tco2: int,
    last_fiscal_year: int,
    verified: Sequence[Period] = (),
) -> dict[YearPiece, ExpectedTonnes]:
    """Return the expected tonnes by piece, up to and with the last fiscal year asked for.

    The tonnes of a fiscal year are annual × days ÷ days of that year, a half rounded up; they are then
    divided over the year's two pieces by their days (largest remainder). `verified` are monitoring
    periods (both ends included) whose reductions were verified: `uncovered_tco2` leaves their days out.
    Pieces without a day of operation are absent. In each piece uncovered_tco2 is at most tco2.
    """
    covered = merge_periods(verified)
    tonnes: dict[YearPiece, ExpectedTonnes] = {}
    for fiscal_year in range(
        fiscal_year_of(window.start), min(fiscal_year_of(window.end), last_fiscal_year) + 1
    ):
        pieces, days, uncovered = [], [], []
        for piece, piece_first, piece_last in year_pieces(fiscal_year):
            first, last = max(piece_first, window.start), min(piece_last, window.end)
            if first <= last:
                pieces.append(piece)
                days.append((last - first).days + 1)
                uncovered.append(days[-1] - _days_within(covered, first, last))
        split = _split_year(annual_tco2, days, fiscal_year)
        left = split if uncovered == days else _split_year(annual_tco2, uncovered, fiscal_year)
        for piece, tco2, uncovered_tco2 in zip(pieces, split, _within(left, split), strict=True):
            tonnes[piece] = ExpectedTonnes(tco2, uncovered_tco2)
    return tonnes


def expected_to_year(window: OperationWindow, annual_tco2: int, last_fiscal_year: int) -> int:
    """Return the expected tonnes to the end of a fiscal year, the sum of those by piece."""
    first, last = fiscal_year_of(window.start), min(fiscal_year_of(window.end), last_fiscal_year)
    if last < first:
        return 0
    at_the_ends = sum(
        _tonnes_of_year(
            annual_tco2, _days_within([(window.start, window.end)], first_day(year), last_day(year)), year
        )
        for year in {first, last}
    )
    # Between its first and its last year it operates on every day.
    return at_the_ends + annual_tco2 * max(0, last - first - 1)


def expected_over_periods(
    annual_tco2: NDArray[np.int64], start: NDArray[np.datetime64], end: NDArray[np.datetime64]
) -> NDArray[np.float64]:
    """Return what annual estimates expect over periods, both ends included, days as datetime64[D].

    Each day counts by the days of its fiscal year: the rule of the expectation of a year, without its rounding.
    """
    first, after = (start - _FIRST).astype(np.int64), (end - _FIRST).astype(np.int64) + 1
    leap = _LEAP_DAYS_BEFORE[after] - _LEAP_DAYS_BEFORE[first]
    others = after - first - leap
    weighted: NDArray[np.int64] = annual_tco2 * (others * LEAP_YEAR + leap * COMMON_YEAR)
    return weighted / np.float64(COMMON_YEAR * LEAP_YEAR)


def merge_periods(periods: Sequence[Period]) -> list[Period]:
    """Return the same days as disjoint periods in order of time."""
    merged: list[Period] = []
    for start, end in sorted(periods):
        if merged and start <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _days_within(disjoint: Sequence[Period], first: date, last: date) -> int:
    return sum(max(0, (min(end, last) - max(start, first)).days + 1) for start, end in disjoint)


def _split_year(annual_tco2: int, days: Sequence[int], fiscal_year: int) -> list[int]:
    return largest_remainder(_tonnes_of_year(annual_tco2, sum(days), fiscal_year), days)


def _tonnes_of_year(annual_tco2: int, days: int, fiscal_year: int) -> int:
    return round_half_up(annual_tco2 * days, days_in(fiscal_year))


def _within(parts: Sequence[int], limits: Sequence[int]) -> list[int]:
    """Move what rounding put above a piece's limit to the other piece of the year; the sum stays."""
    kept = [min(part, limit) for part, limit in zip(parts, limits, strict=True)]
    spare = sum(parts) - sum(kept)
    for i, limit in enumerate(limits):
        moved = min(spare, limit - kept[i])
        kept[i] += moved
        spare -= moved
    return kept
