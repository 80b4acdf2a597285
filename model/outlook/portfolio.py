"""The projects known on a day, as arrays that draws can be made from.

Time is counted in fiscal years: 2030.5 is the middle of FY2030. In that count the tonnes of a project in a fiscal
year are its annual estimate times the part of the year it operates, as the accounting rules have it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from model.fiscal_year import days_in, first_day, fiscal_year_of
from model.schedule import merge_periods

Floats = npt.NDArray[np.float64]

_POWER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*-?\s*(MW|kW)(?![a-zA-Z])")


class ProjectRow(TypedDict):
    """One row of the query `outlook_projects`: a project that counts, as known on the day."""

    project_id: str
    title_en: str
    iso3: str
    sector_number: int
    technology: str
    programme: str
    funding: str
    stage: str
    annual_tco2: int | None
    start_on: date
    end_on: date
    start_basis: str
    registered_on: date | None
    fy_selected: int | None


class VerifiedRow(TypedDict):
    """One row of the query `outlook_verified`: an issuance event with an amount, as known on the day.

    `project_id` is null for events of several projects; the period is null where it is not known.
    """

    issuance_id: str
    project_id: str | None
    iso3: str
    sector_number: int
    period_start_on: date | None
    period_end_on: date | None
    total_tco2: int


class VerifiedYearRow(TypedDict):
    """One row of the query `outlook_verified_years`: verified tonnes of a year, null for those without a date."""

    iso3: str
    sector_number: int
    fiscal_year: int | None
    tco2: int


@dataclass(frozen=True)
class Portfolio:
    """Projects and verified tonnes on a day. Arrays have one entry a project, in the order of `rows`.

    - annual: tCO2 a year, NaN where no estimate is known.
    - start, end: in fiscal years (see the module).
    - covered: verified periods by project, disjoint, in fiscal years; their expectation is replaced.
    - verified: tonnes by (country, sector) and fiscal year; year None holds those without a date.
    """

    as_of: date
    rows: Sequence[ProjectRow]
    annual: Floats
    start: Floats
    end: Floats
    power_mw: Floats
    covered: Mapping[int, Sequence[tuple[float, float]]]
    verified: Mapping[tuple[str, int], Mapping[int | None, int]]

    @property
    def day_in_years(self) -> float:
        """The as-of day in fiscal years."""
        return in_fiscal_years(self.as_of)


def in_fiscal_years(day: date) -> float:
    """A day as a number: the fiscal year plus the part of it gone by before the day."""
    year = fiscal_year_of(day)
    return year + (day - first_day(year)).days / days_in(year)


def power_in_title(title: str) -> float | None:
    """The power a title states, MW; the largest where it states several; None where it states none."""
    found = [
        float(number.replace(",", "")) / (1000 if unit == "kW" else 1)
        for number, unit in _POWER.findall(title)
    ]
    return max((value for value in found if value > 0), default=None)


def portfolio_of(
    as_of: date,
    projects: Iterable[ProjectRow],
    verified: Iterable[VerifiedRow],
    verified_years: Iterable[VerifiedYearRow],
) -> Portfolio:
    """Arrays from the rows of the queries. Raises ValueError when no project was known on the day."""
    rows = sorted(projects, key=lambda row: row["project_id"])
    if not rows:
        message = f"no project was known on {as_of.isoformat()}"
        raise ValueError(message)
    place = {row["project_id"]: i for i, row in enumerate(rows)}
    periods: dict[int, list[tuple[date, date]]] = {}
    for event in verified:
        if event["project_id"] in place and event["period_start_on"] and event["period_end_on"]:
            periods.setdefault(place[event["project_id"]], []).append(
                (event["period_start_on"], event["period_end_on"])
            )
    years: dict[tuple[str, int], dict[int | None, int]] = {}
    for row in verified_years:
        of_cell = years.setdefault((row["iso3"], row["sector_number"]), {})
        of_cell[row["fiscal_year"]] = of_cell.get(row["fiscal_year"], 0) + row["tco2"]
    day_after = timedelta(days=1)
    return Portfolio(
        as_of=as_of,
        rows=rows,
        annual=np.array([np.nan if r["annual_tco2"] is None else r["annual_tco2"] for r in rows], float),
        start=np.array([in_fiscal_years(r["start_on"]) for r in rows]),
        end=np.array([in_fiscal_years(r["end_on"] + day_after) for r in rows]),
        power_mw=np.array([power_in_title(r["title_en"]) or np.nan for r in rows]),
        covered={
            i: [
                (in_fiscal_years(first), in_fiscal_years(last + day_after))
                for first, last in merge_periods(some)
            ]
            for i, some in periods.items()
        },
        verified=years,
    )
