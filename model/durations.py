"""How long projects take from one step to the next: median and spread, with the number behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from model.fiscal_year import DAYS_A_YEAR

QUARTILES_FROM = 8
"""Projects from which quartiles are stated; with fewer they would say more than is known."""

FEW = 3
"""Groups of fewer projects are shown and marked as too few to generalise."""


@dataclass(frozen=True)
class Spread:
    """Durations of one group, in years. Quartiles are None below QUARTILES_FROM projects."""

    count: int
    median: float
    shortest: float
    longest: float
    lower_quartile: float | None
    upper_quartile: float | None

    @property
    def is_few(self) -> bool:
        """Whether the group is too small to generalise from."""
        return self.count < FEW


def in_years(days: int) -> float:
    """Days as years of 365.25 days."""
    return days / DAYS_A_YEAR


def spread_of(days: Sequence[int]) -> Spread | None:
    """Median, range and quartiles of durations given in days; None where there is none.

    Quartiles are interpolated between the sorted durations, both ends included.
    """
    if not days:
        return None
    years = sorted(in_years(d) for d in days)
    lower = upper = None
    if len(years) >= QUARTILES_FROM:
        lower, _, upper = quantiles(years, n=4, method="inclusive")
    return Spread(len(years), median(years), years[0], years[-1], lower, upper)
