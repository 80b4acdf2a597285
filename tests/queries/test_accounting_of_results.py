"""What a page adds up equals the rows of the warehouse, whatever the filter, basis or share."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.ladder import EXPECTED_RUNGS
from queries.warehouse import Warehouse, current

FIELDS = {"countries": "country", "sectors": "sector", "technologies": "technology", "fundings": "funding"}


Ends = tuple[int, int]


def totals(warehouse: Warehouse, **parameters: object) -> dict[str, Ends]:
    sums: dict[str, Ends] = {}
    for row in warehouse.run("reductions_by_year", **parameters).to_pylist():
        low, high = sums.get(row["rung"], (0, 0))
        sums[row["rung"]] = low + row["tco2_low"], high + row["tco2_high"]
    return {rung: ends for rung, ends in sums.items() if any(ends)}


def rows_in_force(warehouse: Warehouse, day: date) -> dict[str, Ends]:
    with warehouse._connection.cursor() as cursor:
        found = cursor.execute(
            "SELECT rung, CAST(sum(tco2_low) AS BIGINT), CAST(sum(tco2_high) AS BIGINT)"
            " FROM history.rung_tonnes_as_of($day::DATE) GROUP BY rung",
            {"day": day},
        ).fetchall()
    return {rung: (low, high) for rung, low, high in found if low or high}


@pytest.mark.parametrize("day", [date(2016, 6, 1), date(2019, 4, 1), date(2022, 12, 31), date(2026, 11, 29)])
@pytest.mark.parametrize("dated_by", ["monitoring_period", "decision"])
@pytest.mark.parametrize("year_basis", ["fiscal", "calendar"])
def test_a_chart_sums_to_the_rows_of_the_warehouse(
    day: date, dated_by: str, year_basis: str, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    given = totals(warehouse, as_of=day, dated_by=dated_by, year_basis=year_basis)
    assert given == rows_in_force(warehouse, day)


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
    parts: dict[str, Ends] = defaultdict(lambda: (0, 0))
    for value in values:
        for rung, (low, high) in totals(warehouse, **{parameter: [value]}).items():
            parts[rung] = parts[rung][0] + low, parts[rung][1] + high
    assert dict(parts) == totals(warehouse)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(day=st.dates(min_value=date(2013, 1, 8), max_value=date(2026, 11, 29)))
def test_the_ladder_agrees_with_the_chart_on_any_day(day: date, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    ladder = {
        row["rung"]: (row["tco2_low"], row["tco2_high"])
        for row in warehouse.run("ladder", as_of=day, until_fiscal_year=2030).to_pylist()
        if row["tco2_high"]
    }
    chart: dict[str, Ends] = defaultdict(lambda: (0, 0))
    for row in warehouse.run("reductions_by_year", as_of=day).to_pylist():
        if row["year"] is None or row["year"] <= 2030:
            low, high = chart[row["rung"]]
            chart[row["rung"]] = low + row["tco2_low"], high + row["tco2_high"]
    assert ladder == {rung: ends for rung, ends in chart.items() if any(ends)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(day=st.dates(min_value=date(2013, 1, 8), max_value=date(2026, 11, 29)))
def test_cumulative_figures_never_fall_and_the_japanese_part_never_exceeds_the_whole(
    day: date, warehouse_dir: Path
) -> None:
    warehouse = current(warehouse_dir)
    whole = warehouse.run("reductions_by_year", as_of=day).to_pylist()
    japan = warehouse.run("reductions_by_year", as_of=day, share="japan").to_pylist()
    level: dict[str, int] = defaultdict(int)
    for row in whole:
        if row["year"] is not None:
            assert level[row["rung"]] <= row["cumulative_low_tco2"] <= row["cumulative_high_tco2"]
            level[row["rung"]] = row["cumulative_low_tco2"]
    for total, part in zip(whole, japan, strict=True):
        assert (total["year"], total["rung"]) == (part["year"], part["rung"])
        assert part["tco2_low"] <= part["tco2_high"] <= total["tco2_high"]
        assert part["tco2_low"] <= total["tco2_low"]
        assert total["tco2_high"] - part["tco2_low"] >= total["unknown_share_tco2"]


def test_verified_and_expected_together_count_no_tonne_twice(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    apart, together = totals(warehouse), totals(warehouse, measure="combined")
    expected = sum(apart[r][0] for r in EXPECTED_RUNGS)
    combined = sum(together[r][0] for r in (*EXPECTED_RUNGS, "notified"))
    assert combined <= expected + apart["notified"][0]
    assert set(together) == {*EXPECTED_RUNGS, "notified"}, "parts of it and dormant projects are in no sum"
