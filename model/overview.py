"""Sums over the ladder that the target page shows: series by year, progress against each target, statements.

Inputs are plain rows of the query `reductions_by_year`; tonnes are whole tCO2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

from model.fiscal_year import DAYS_A_YEAR, last_day
from model.ladder import EXPECTED_RUNGS
from model.progress import Progress, measure_progress, required_path

End = Literal["low", "high"]
"""The end of an amount that is known as a range; both are the same where it is known exactly."""


class YearRow(TypedDict):
    """One row of `reductions_by_year`: year is null for tonnes without a date."""

    year: int | None
    rung: str
    tco2_low: int
    tco2_high: int
    cumulative_low_tco2: int | None
    cumulative_high_tco2: int | None
    unknown_share_tco2: int


@dataclass(frozen=True)
class Target:
    """A target in force on the as-of date. `low_tco2` differs from `high_tco2` for a range only."""

    fiscal_year: int
    low_tco2: int
    high_tco2: int
    is_decided: bool


def rungs_of(measure: str) -> tuple[str, ...]:
    """The rungs that a measure adds up, from the surest to the least sure."""
    surest_first = tuple(reversed(EXPECTED_RUNGS))
    return ("notified", *surest_first) if measure == "combined" else surest_first


def tonnes_of(row: YearRow, end: End) -> int:
    """Tonnes of a row at one end of what is known."""
    return row["tco2_low"] if end == "low" else row["tco2_high"]


def tonnes_by_year(rows: Iterable[YearRow], rungs: Sequence[str], end: End = "low") -> dict[int, int]:
    """Tonnes of each year, summed over the rungs; undated tonnes are left to `undated_tonnes`."""
    sums: dict[int, int] = {}
    for row in rows:
        if row["year"] is not None and row["rung"] in rungs:
            sums[row["year"]] = sums.get(row["year"], 0) + tonnes_of(row, end)
    return dict(sorted(sums.items()))


def undated_tonnes(rows: Iterable[YearRow], rungs: Sequence[str], end: End = "low") -> int:
    """Tonnes of the rungs that no year can hold."""
    return sum(tonnes_of(row, end) for row in rows if row["year"] is None and row["rung"] in rungs)


def progress_of(
    rows: Sequence[YearRow],
    rungs: Sequence[str],
    targets: Sequence[Target],
    as_of: date,
    end: End = "low",
) -> tuple[Progress, ...]:
    """Progress of the summed rungs against the upper end of each target, in the order of the targets.

    Undated tonnes count in the cumulative figures and in no pace.
    """
    series = tonnes_by_year(rows, rungs, end)
    undated = undated_tonnes(rows, rungs, end)
    return tuple(
        measure_progress(series, t.fiscal_year, t.high_tco2, as_of, undated_tco2=undated) for t in targets
    )


def path_points(progress: Sequence[Progress], as_of: date) -> list[tuple[date, float]]:
    """The required path: from the level of the as-of date through each target still ahead. tCO2 by day."""
    ahead = [p for p in progress if last_day(p.target_fiscal_year) > as_of]
    if not ahead:
        return []
    first = required_path(ahead[0]) or [(as_of, float(ahead[0].level_tco2))]
    return first + [(last_day(p.target_fiscal_year), float(p.target_tco2)) for p in ahead[1:]]


def pace_points(progress: Progress, years: int, as_of: date, until: date) -> list[tuple[date, float]]:
    """The level carried on at the mean pace of the last `years` completed fiscal years; empty without a pace."""
    pace = next((p for p in progress.paces if p.years == years), None)
    if pace is None or pace.tco2_per_year <= 0 or until <= as_of:
        return []
    further = pace.tco2_per_year * (until - as_of).days / DAYS_A_YEAR
    return [(as_of, float(progress.level_tco2)), (until, progress.level_tco2 + further)]


def pace_of(progress: Progress, years: int) -> float:
    """Mean tonnes a year of the last `years` completed fiscal years."""
    return next((p.tco2_per_year for p in progress.paces if p.years == years), 0.0)
