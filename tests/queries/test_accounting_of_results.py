"""What a page adds up equals the rows of the warehouse, whatever the filter, basis or share."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.warehouse import Warehouse, current

FIELDS = {"countries": "country", "sectors": "sector", "technologies": "technology", "fundings": "funding"}


def totals(warehouse: Warehouse, **parameters: object) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for row in warehouse.run("reductions_by_year", **parameters).to_pylist():
        sums[row["rung"]] += row["tco2"]
    return dict(sums)


def rows_in_force(warehouse: Warehouse, day: date, dated_by: str) -> dict[str, int]:
    with warehouse._connection.cursor() as cursor:
        found = cursor.execute(
            "SELECT rung, CAST(sum(tco2) AS BIGINT) FROM reduction WHERE known_on <= $day"
            " AND (known_until IS NULL OR known_until > $day) AND dated_by IN ('operation', $dated_by) GROUP BY rung",
            {"day": day, "dated_by": dated_by},
        ).fetchall()
    return dict(found)


@pytest.mark.parametrize("day", [date(2016, 6, 1), date(2019, 4, 1), date(2022, 12, 31), date(2026, 11, 23)])
@pytest.mark.parametrize("dated_by", ["monitoring_period", "decision"])
@pytest.mark.parametrize("year_basis", ["fiscal", "calendar"])
def test_a_chart_sums_to_the_rows_of_the_warehouse(
    day: date, dated_by: str, year_basis: str, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    given = totals(warehouse, as_of=day, dated_by=dated_by, year_basis=year_basis)
    rows = rows_in_force(warehouse, day, dated_by)
    assert {rung: tco2 for rung, tco2 in given.items() if tco2} == {r: x for r, x in rows.items() if x}


@pytest.mark.parametrize("parameter", FIELDS)
def test_the_values_of_a_filter_partition_the_total(parameter: str, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    values = [
        int(r["value"]) if parameter == "sectors" else r["value"]
        for r in warehouse.run("filter_options").to_pylist()
        if r["filter"] == FIELDS[parameter]
    ]
    if parameter == "technologies":
        values.append("unstated")
    if parameter == "sectors" and 0 not in values:
        values.append(0)
    parts: dict[str, int] = defaultdict(int)
    for value in values:
        for rung, tco2 in totals(warehouse, **{parameter: [value]}).items():
            parts[rung] += tco2
    assert dict(parts) == totals(warehouse)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(day=st.dates(min_value=date(2013, 1, 8), max_value=date(2026, 11, 23)))
def test_the_ladder_agrees_with_the_chart_on_any_day(day: date, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    ladder = {
        row["rung"]: row["tco2"]
        for row in warehouse.run("ladder", as_of=day, until_fiscal_year=2030).to_pylist()
        if row["tco2"]
    }
    chart: dict[str, int] = defaultdict(int)
    for row in warehouse.run("reductions_by_year", as_of=day).to_pylist():
        if row["year"] is None or row["year"] <= 2030:
            chart[row["rung"]] += row["tco2"]
    assert ladder == {rung: tco2 for rung, tco2 in chart.items() if tco2}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(day=st.dates(min_value=date(2013, 1, 8), max_value=date(2026, 11, 23)))
def test_cumulative_figures_never_fall_and_the_japanese_part_never_exceeds_the_whole(
    day: date, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    whole = warehouse.run("reductions_by_year", as_of=day).to_pylist()
    japan = warehouse.run("reductions_by_year", as_of=day, share="japan").to_pylist()
    level: dict[str, int] = defaultdict(int)
    for row in whole:
        if row["year"] is not None:
            assert row["cumulative_tco2"] >= level[row["rung"]]
            level[row["rung"]] = row["cumulative_tco2"]
    for total, part in zip(whole, japan, strict=True):
        assert (total["year"], total["rung"]) == (part["year"], part["rung"])
        assert part["tco2"] <= total["tco2"]
        assert total["tco2"] - part["tco2"] >= total["unknown_share_tco2"]


def test_verified_and_expected_together_count_no_tonne_twice(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    apart, together = totals(warehouse), totals(warehouse, measure="combined")
    expected = sum(apart[r] for r in ("pipeline", "validation", "registered"))
    combined = sum(together[r] for r in ("pipeline", "validation", "registered", "notified"))
    assert combined <= expected + apart["notified"]
    assert together["issued"] == together["japan"] == 0
