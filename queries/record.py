"""What every page says of the record behind it: the build, the list of projects and the targets."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from model.overview import Target
from queries.warehouse import Warehouse


def build_of(warehouse: Warehouse) -> dict[str, Any]:
    """The row of `build_info`."""
    build: dict[str, Any] = warehouse.run("build_info").to_pylist()[0]
    return build


def latest_target_years(warehouse: Warehouse, as_of: date | None = None) -> tuple[int, int]:
    """Fiscal years of the nearest and the farthest target in force on a day, the day of the data by default.

    On a day before any target: that of the nearest target in force on the day of the data, twice.
    """
    latest = warehouse.data_as_of
    years = [row["fiscal_year"] for row in warehouse.run("targets", as_of=as_of or latest).to_pylist()]
    if not years:
        years = [latest_target_years(warehouse)[0]]
    return years[0], years[-1]


def targets_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Target, ...]:
    """Targets of the rows of the query `targets`, by year."""
    return tuple(
        Target(r["fiscal_year"], r["low_tco2"], r["high_tco2"], r["standing"] == "decided") for r in rows
    )


def decided_targets(warehouse: Warehouse, as_of: date) -> dict[int, int]:
    """Tonnes of each decided target by its fiscal year, tCO2; of the data's day where none was in force."""
    for day in (as_of, warehouse.data_as_of):
        found = targets_of(warehouse.run("targets", as_of=day).to_pylist())
        if decided := {one.fiscal_year: one.high_tco2 for one in found if one.is_decided}:
            return decided
    return {}
