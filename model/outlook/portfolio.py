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
from model.schedule import OperationWindow, expected_by_piece, merge_periods

Floats = npt.NDArray[np.float64]

_POWER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*-?\s*(MW|kW)(?![a-zA-Z])")


class ProjectRow(TypedDict):
    """One row of the query `outlook_projects`: a project that counts, as known on the day.

    A project without a schedule has neither start nor end.
    """

    project_id: str
    title_en: str
    iso3: str
    sector_number: int
    technology: str
    programme: str
    funding: str
    stage: str
    annual_tco2: int | None
    start_on: date | None
    end_on: date | None
    start_basis: str | None
    registered_on: date | None
    fy_selected: int | None


class VerifiedRow(TypedDict):
    """One row of the query `outlook_verified`: an issuance event with an amount, as known on the day.

    `project_id` is null for events of several projects; the period is null where it is not known. `tco2_low` is the low
    end of the amount; `expected_tco2` is what was expected for the period, null where the two cannot be compared.
    """

    issuance_id: str
    project_id: str | None
    iso3: str
    sector_number: int
    period_start_on: date | None
    period_end_on: date | None
    tco2_low: int
    expected_tco2: float | None


class VerifiedYearRow(TypedDict):
    """One row of the query `outlook_verified_years`: verified tonnes of a year, low end; the year is null where no date is known."""

    iso3: str
    sector_number: int
    fiscal_year: int | None
    tco2_low: int


class ReplacedRow(TypedDict):
    """One row of the query `outlook_replaced`: expected tonnes of a year that verified ones took the place of."""

    project_id: str
    fiscal_year: int
    replaced_tco2: int


@dataclass(frozen=True)
class Portfolio:
    """Projects and verified tonnes on a day. Arrays have one entry a project, in the order of `rows`.

    - annual: tCO2 a year, NaN where no estimate is known.
    - start, end: in fiscal years (see the module), NaN for a project without a schedule, which has no tonnes in any year.
    - covered: verified periods by project, disjoint, in fiscal years; their expectation is replaced.
    - replaced: expected tonnes by project and fiscal year that verified tonnes without a period of the project alone
      took the place of.
    - verified: tonnes by (country, sector) and fiscal year; year None is of those without a date.
    - verified_per_year: verified tonnes of a project per year of its verified periods, where both are known.
    """

    as_of: date
    rows: Sequence[ProjectRow]
    annual: Floats
    start: Floats
    end: Floats
    power_mw: Floats
    covered: Mapping[int, Sequence[tuple[float, float]]]
    replaced: Mapping[int, Mapping[int, int]]
    verified: Mapping[tuple[str, int], Mapping[int | None, int]]
    verified_per_year: Mapping[int, float]

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
    replaced: Iterable[ReplacedRow] = (),
) -> Portfolio:
    """Arrays from the rows of the queries. Raises ValueError when no project was known on the day."""
    rows = sorted(projects, key=lambda row: row["project_id"])
    if not rows:
        message = f"no project was known on {as_of.isoformat()}"
        raise ValueError(message)
    place = {row["project_id"]: i for i, row in enumerate(rows)}
    periods: dict[int, list[tuple[date, date]]] = {}
    tonnes: dict[int, int] = {}
    for event in verified:
        i = place.get(event["project_id"] or "")
        if i is not None and event["period_start_on"] and event["period_end_on"]:
            periods.setdefault(i, []).append((event["period_start_on"], event["period_end_on"]))
            tonnes[i] = tonnes.get(i, 0) + event["tco2_low"]
    years: dict[tuple[str, int], dict[int | None, int]] = {}
    for row in verified_years:
        of_cell = years.setdefault((row["iso3"], row["sector_number"]), {})
        of_cell[row["fiscal_year"]] = of_cell.get(row["fiscal_year"], 0) + row["tco2_low"]
    day_after = timedelta(days=1)
    covered = {
        i: [
            (in_fiscal_years(first), in_fiscal_years(last + day_after)) for first, last in merge_periods(some)
        ]
        for i, some in periods.items()
    }
    return Portfolio(
        as_of=as_of,
        rows=rows,
        annual=np.array([np.nan if r["annual_tco2"] is None else r["annual_tco2"] for r in rows], float),
        start=np.array([in_fiscal_years(r["start_on"]) if r["start_on"] else np.nan for r in rows]),
        end=np.array([in_fiscal_years(r["end_on"] + day_after) if r["end_on"] else np.nan for r in rows]),
        power_mw=np.array([power_in_title(r["title_en"]) or np.nan for r in rows]),
        covered=covered,
        replaced=_replaced_by_amount(rows, place, periods, replaced),
        verified=years,
        verified_per_year={
            i: tonnes[i] / sum(last - first for first, last in some)
            for i, some in covered.items()
            if tonnes[i]
        },
    )


def _replaced_by_amount(
    rows: Sequence[ProjectRow],
    place: Mapping[str, int],
    periods: Mapping[int, Sequence[tuple[date, date]]],
    replaced: Iterable[ReplacedRow],
) -> dict[int, dict[int, int]]:
    """What was replaced beside the days of the verified periods, which the draws leave out by themselves."""
    found: dict[int, dict[int, int]] = {}
    for one in replaced:
        if (i := place.get(one["project_id"])) is not None:
            found.setdefault(i, {})[one["fiscal_year"]] = one["replaced_tco2"]
    for i, years in found.items():
        row = rows[i]
        if row["start_on"] and row["end_on"] and row["annual_tco2"] is not None and i in periods:
            window = OperationWindow(row["start_on"], row["end_on"])
            for (year, _), piece in expected_by_piece(
                window, row["annual_tco2"], max(years), periods[i]
            ).items():
                years[year] = years.get(year, 0) - (piece.tco2 - piece.uncovered_tco2)
    by_amount = {i: {year: tco2 for year, tco2 in years.items() if tco2 > 0} for i, years in found.items()}
    return {i: years for i, years in by_amount.items() if years}
