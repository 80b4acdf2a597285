"""Points of the map: one a site, moved apart where several share a place, sized by annual reductions."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.fiscal_year import fiscal_year_of
from view.world_map import Rows

STEP_KM = 42.0
"""Distance between points that share a place, along a spiral."""
LARGEST_POINT = 26.0
SMALLEST_POINT = 5.0
UNKNOWN_POINT = 6.0
FULL_SIZE_TCO2 = 300_000.0
"""tCO2 a year drawn as the largest point; what is above is drawn no larger."""
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True)
class Point:
    """A site as drawn: place on the map in km and the diameter of its point in pixels."""

    row: Mapping[str, Any]
    x: float
    y: float
    size: float
    is_known: bool


def points_of(rows: Rows) -> list[Point]:
    """Points of the sites whose place is known better than the country, in the order of the rows.

    A project of several sites is drawn in equal parts, since no source divides its estimate.
    """
    taken: dict[tuple[int, int], int] = {}
    made = []
    for row in rows:
        if row["precision"] == "country" or row["map_x"] is None:
            continue
        place = (round(row["map_x"] / 30), round(row["map_y"] / 30))
        number = taken.get(place, 0)
        taken[place] = number + 1
        distance, angle = STEP_KM * math.sqrt(number), number * GOLDEN_ANGLE
        annual = row["annual_tco2"]
        made.append(
            Point(
                row,
                row["map_x"] + distance * math.cos(angle),
                row["map_y"] + distance * math.sin(angle),
                UNKNOWN_POINT if annual is None else diameter(annual / row["sites"]),
                annual is not None,
            )
        )
    return made


def diameter(annual_tco2: float) -> float:
    """Diameter of a point whose area grows with the tonnes, between the smallest and the largest."""
    share = min(1.0, max(0.0, annual_tco2) / FULL_SIZE_TCO2)
    return SMALLEST_POINT + (LARGEST_POINT - SMALLEST_POINT) * math.sqrt(share)


def of_country_only(rows: Rows) -> dict[str, list[Mapping[str, Any]]]:
    """Projects whose place is known to the country only, by country; one row a project."""
    placed = {row["project_id"] for row in rows if row["precision"] != "country"}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["project_id"] not in placed and row["site_number"] == 1:
            found.setdefault(row["iso3"], []).append(row)
    return found


def counts_by_country(rows: Rows) -> dict[str, tuple[int, int]]:
    """Projects with a place, and projects known to the country only, by country."""
    country_only = of_country_only(rows)
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["iso3"], set()).add(row["project_id"])
    return {
        code: (len(every) - len(country_only.get(code, ())), len(country_only.get(code, ())))
        for code, every in found.items()
    }


def by_project(rows: Rows) -> list[Mapping[str, Any]]:
    """The first site of each project."""
    return [row for row in rows if row["site_number"] == 1]


def years_of(rows: Rows, as_of: date) -> tuple[int, int]:
    """The fiscal year of the first project shown, and that of the day looked at."""
    last = fiscal_year_of(as_of)
    return min((row["from_fiscal_year"] for row in rows), default=last), last


def sum_of(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    """Sum over projects in the target scope; what is not known adds nothing."""
    return sum(row[column] or 0 for row in rows if row["in_target_scope"])
