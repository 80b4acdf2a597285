"""New projects a fiscal year as observed: exactly the mean of the last completed fiscal years, nothing added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.fiscal_year import fiscal_year_of
from model.outlook.realisation import HistoryRow

PRIOR_INTAKE_SPREAD = 0.4
PRIOR_WEIGHT = 3
RECENT_YEARS = 5


@dataclass(frozen=True)
class Intake:
    """Projects selected in a fiscal year, and how much years differ (standard deviation ÷ mean).

    - government_per_year, private_per_year: means of the last RECENT_YEARS completed fiscal years, `years`.
    - by_year: projects that are not private, of all years; without_year, private_without_year: known, but not their
      fiscal year of selection, so in no mean.
    """

    government_per_year: float
    private_per_year: float
    spread: float
    years: Sequence[int]
    by_year: Mapping[int, int]
    without_year: int
    private_without_year: int


def intake_of(as_of: date, histories: Sequence[HistoryRow]) -> Intake:
    """Counts all projects selected, whatever became of them."""
    year_now = fiscal_year_of(as_of)
    years = range(year_now - RECENT_YEARS, year_now)
    private = [row["fy_selected"] for row in histories if row["funding"] == "private"]
    others = [row["fy_selected"] for row in histories if row["funding"] != "private"]
    recent = [others.count(year) for year in years]
    spread = float(np.std(recent) / np.mean(recent)) if sum(recent) else PRIOR_INTAKE_SPREAD
    return Intake(
        float(np.mean(recent)),
        float(np.mean([private.count(year) for year in years])),
        (spread * RECENT_YEARS + PRIOR_INTAKE_SPREAD * PRIOR_WEIGHT) / (RECENT_YEARS + PRIOR_WEIGHT),
        list(years),
        {year: others.count(year) for year in sorted({year for year in others if year is not None})},
        others.count(None),
        private.count(None),
    )
