"""Sectors and technologies against the totals of the target page, and durations and delivery against the facts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import mean, median

import pytest

from queries.warehouse import current

EXPECTED = {"pipeline", "validation", "registered"}
SELECTIONS: tuple[Mapping[str, object], ...] = (
    {},
    {"countries": ["MNG", "THA"]},
    {"statuses": ["registered"]},
    {"as_of": date(2021, 10, 22)},
    {"fundings": ["private"], "technologies": ["solar PV"]},
)


def ladder(folder: Path, chosen: Mapping[str, object], **more: object) -> dict[str, int]:
    rows = current(folder).run("ladder", **chosen, **more).to_pylist()
    return {row["rung"]: row["tco2_low"] or 0 for row in rows}


@pytest.mark.parametrize("chosen", SELECTIONS)
@pytest.mark.parametrize("by", ["sector", "technology"])
@pytest.mark.parametrize("until", [2030, 2040])
@pytest.mark.parametrize("share", ["total", "japan"])
def test_the_heat_map_sums_to_the_ladder(
    warehouse_dir: Path, chosen: Mapping[str, object], by: str, until: int, share: str
) -> None:
    rows = (
        current(warehouse_dir)
        .run("sector_by_country", by=by, until_fiscal_year=until, share=share, **chosen)
        .to_pylist()
    )
    whole = ladder(warehouse_dir, chosen, until_fiscal_year=until, share=share)
    assert sum(r["expected_tco2"] or 0 for r in rows) == sum(whole[rung] for rung in EXPECTED)
    assert sum(r["notified_low_tco2"] or 0 for r in rows) == whole["notified"]
    counts = current(warehouse_dir).run("ladder", **chosen).to_pylist()
    assert sum(r["projects"] for r in rows) == sum(r["projects"] for r in counts if r["rung"] in EXPECTED)


@pytest.mark.parametrize("chosen", SELECTIONS)
@pytest.mark.parametrize("by", ["sector", "technology"])
def test_sizes_rest_on_the_projects_that_the_ladder_says_have_an_estimate(
    warehouse_dir: Path, chosen: Mapping[str, object], by: str
) -> None:
    sizes = current(warehouse_dir).run("sector_sizes", by=by, **chosen).to_pylist()
    ladder_rows = current(warehouse_dir).run("ladder_by_group", by=by, **chosen).to_pylist()
    counted: dict[str, int] = {}
    for row in ladder_rows:
        if row["rung"] in EXPECTED and row["projects_with_estimate"]:
            counted[row["value"]] = counted.get(row["value"], 0) + row["projects_with_estimate"]
    found = {row["value"]: row["projects_with_estimate"] for row in sizes if row["value"] is not None}
    assert found == counted
    whole = next((row for row in sizes if row["value"] is None), None)
    assert (whole["projects_with_estimate"] if whole else 0) == sum(counted.values())


def test_mean_and_median_are_those_of_the_estimates(warehouse_dir: Path) -> None:
    sizes = current(warehouse_dir).run("sector_sizes").to_pylist()
    projects = current(warehouse_dir).run("outlook_projects").to_pylist()
    for row in sizes:
        estimates = [
            p["annual_tco2"]
            for p in projects
            if p["annual_tco2"] is not None and row["value"] in {None, str(p["sector_number"])}
        ]
        assert row["sum_tco2"] == sum(estimates)
        assert row["mean_tco2"] == pytest.approx(mean(estimates))
        assert row["median_tco2"] == pytest.approx(median(estimates))


def test_every_scope_is_there_with_or_without_a_project(warehouse_dir: Path) -> None:
    names = current(warehouse_dir).run("sector_names").to_pylist()
    assert [row["value"] for row in names] == [*(str(n) for n in range(1, 16)), "0"]
    groups = {
        row["value"] for row in current(warehouse_dir).run("ladder_by_group", by="technology").to_pylist()
    }
    technologies = {
        row["value"] for row in current(warehouse_dir).run("sector_names", by="technology").to_pylist()
    }
    assert groups <= technologies


def test_durations_are_of_registered_projects_and_never_run_backwards(warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("durations").to_pylist()
    registered = {r["rung"]: r["projects"] for r in current(warehouse_dir).run("ladder").to_pylist()}[
        "registered"
    ]
    assert len(rows) == registered
    assert all(
        r["selection_to_registration_days"] is None or r["selection_to_registration_days"] > 0 for r in rows
    )
    assert all(
        r["registration_to_decision_days"] is None or r["registration_to_decision_days"] >= 0 for r in rows
    )
    project = next(r for r in rows if r["project_id"] == "MN001")
    assert project["selection_to_registration_days"] == (date(2015, 6, 30) - date(2013, 4, 1)).days
    assert project["registration_to_decision_days"] == (date(2016, 9, 29) - date(2015, 6, 30)).days
    of_a_shared_event = next(r for r in rows if r["project_id"] == "ID002")
    assert of_a_shared_event["first_decided_on"] == date(2016, 5, 12)


def test_durations_of_the_past_know_no_later_day(warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("durations", as_of=date(2016, 8, 31)).to_pylist()
    assert rows
    for row in rows:
        assert row["registered_on"] <= date(2016, 8, 31)
        assert row["first_decided_on"] is None or row["first_decided_on"] <= date(2016, 8, 31)


def test_delivery_compares_events_of_one_project_with_all_that_it_needs(warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("delivery_ratio").to_pylist()
    events = current(warehouse_dir).run("issuances").to_pylist()
    whole = {e["issuance_id"] for e in events if e["amount_basis"] in {"exact", "range"}}
    for row in rows:
        needed = (row["issuance_id"] in whole, row["project_id"], row["period_days"], row["annual_tco2"])
        assert (row["lacks"] is None) == all(needed)
        assert (row["ratio"] is None) == (row["lacks"] is not None)
    event = next(r for r in rows if r["issuance_id"] == "MN003-2")
    days = (date(2020, 12, 31) - date(2018, 6, 1)).days + 1
    assert event["period_days"] == days
    years = 304 / 365 + 1 + 275 / 365  # days of the period in each fiscal year ÷ days of that year
    assert event["ratio"] == pytest.approx(35419 / (event["annual_tco2"] * years))
    notified = {r["rung"]: r["events"] for r in current(warehouse_dir).run("ladder").to_pylist()}["notified"]
    assert len(rows) == notified
