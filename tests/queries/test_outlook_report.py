"""The outlook on the committed facts: certainty agrees with the target page, shipped scenarios with their golden file.

To accept new results: JCM_UPDATE_GOLDEN=1 python -m pytest tests/outlook, then read the diff.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from model.ladder import EXPECTED_RUNGS
from model.outlook.back_test import KINDS, TONNES
from model.outlook.counted_report import ALL, counted_report_of
from model.outlook.counting_terms import CountingRules
from model.outlook.report import report_of
from model.outlook.simulation import simulate
from queries.outlook import NothingKnown, known_on, look_back, past_days, shipped_scenarios
from queries.warehouse import Warehouse, current
from tests.model.certain import certain_scenario

GOLDEN = Path(__file__).parent / "golden" / "shipped_scenarios.json"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.mark.parametrize("day", [None, date(2017, 3, 31), date(2021, 10, 22), date(2023, 3, 31)])
def test_certainty_is_the_series_of_the_target_page_to_the_tonne(
    warehouse: Warehouse, day: date | None
) -> None:
    as_of = day or warehouse.data_as_of
    known = known_on(warehouse, as_of)
    made = simulate(
        known.portfolio,
        known.evidence,
        certain_scenario(),
        target_years=[2030, 2040],
        last_year=2040,
        draws=2,
    )
    rows = warehouse.run("reductions_by_year", measure="combined", as_of=as_of).to_pylist()
    counted = [r for r in rows if r["rung"] in {"notified", *EXPECTED_RUNGS}]
    undated = sum(r["tco2_low"] for r in counted if r["year"] is None)
    for year in (2030, 2040):
        until = sum(r["tco2_low"] for r in counted if r["year"] is not None and r["year"] <= year)
        assert set(made.at(year).tolist()) == {float(until + undated)}


def test_shipped_scenarios_give_the_golden_results(warehouse: Warehouse) -> None:
    known = known_on(warehouse, warehouse.data_as_of)
    found: dict[str, Any] = {}
    for code, scenario in shipped_scenarios().items():
        report = report_of(known, scenario, draws=2_000)
        found[code] = {
            str(g.goal.fiscal_year): {
                "p10_mt": round(g.at.p10 / 1e6, 1),
                "p50_mt": round(g.at.p50 / 1e6, 1),
                "p90_mt": round(g.at.p90 / 1e6, 1),
                "chance": round(g.chance, 2),
                "chance_of_half": round(g.chance_of_half, 2),
                "year_reached_p50": g.year.p50,
            }
            for g in report.goals
        }
    if os.environ.get("JCM_UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(GOLDEN.read_text())


def test_scenarios_come_in_the_order_of_what_they_add(warehouse: Warehouse) -> None:
    known = known_on(warehouse, warehouse.data_as_of)
    medians = [
        report_of(known, shipped_scenarios()[code], draws=500).goals[-1].at.p50
        for code in ("present-portfolio", "present-pace", "more-private-projects")
    ]
    assert medians == sorted(medians)


def test_countries_and_sectors_each_sum_to_the_whole(warehouse: Warehouse) -> None:
    known = known_on(warehouse, warehouse.data_as_of)
    made = simulate(
        known.portfolio,
        known.evidence,
        shipped_scenarios()["present-pace"],
        target_years=[2030, 2040],
        last_year=2040,
        draws=200,
    )
    for part in (1, 2):
        groups = made.grouped(lambda cell: cell[part])  # noqa: B023
        assert abs(sum(tonnes[1] for tonnes in groups.values()) - made.at(2040)).max() < 0.01


def test_past_days_follow_from_the_data(warehouse: Warehouse) -> None:
    days = past_days(warehouse)
    assert days == sorted(days)
    assert len(days) > 3
    assert all((day.month, day.day) == (3, 31) and day < warehouse.data_as_of for day in days)


def test_the_look_back_foretells_later_facts_from_what_was_known_then(warehouse: Warehouse) -> None:
    trials = look_back(warehouse, draws=400)
    assert {one.kind for one in trials} == set(KINDS)
    assert all(one.from_day < one.known_on for one in trials)
    assert len({(one.kind, one.about, one.known_on, one.found) for one in trials}) == len(trials)
    verified = {row["issuance_id"]: row for row in warehouse.run("outlook_verified").to_pylist()}
    for one in trials:
        if one.kind == TONNES:
            assert one.found == verified[one.about]["tco2_low"]
            then = known_on(warehouse, one.from_day)
            assert verified[one.about]["project_id"] in {row["project_id"] for row in then.portfolio.rows}


def test_the_present_portfolio_lies_below_what_is_stated_and_imputes_nothing(warehouse: Warehouse) -> None:
    known = known_on(warehouse, warehouse.data_as_of)
    report = report_of(known, shipped_scenarios()["present-portfolio"], draws=2_000)
    for found in report.goals:
        sums = {step.component: step.tco2 for step in found.bridge}
        assert found.at.p10 < sums["stated"]
        assert sums["imputed"] == 0
        assert sum(v for name, v in sums.items() if name != "total") == pytest.approx(sums["total"])
    assert all(one.stated("impute") == 0 for one in shipped_scenarios().values())


def test_histories_hold_every_project_once_and_agree_with_the_portfolio(warehouse: Warehouse) -> None:
    for day in (warehouse.data_as_of, date(2020, 3, 31)):
        rows = warehouse.run("outlook_histories", as_of=day).to_pylist()
        by_id = {row["project_id"]: row for row in rows}
        assert len(by_id) == len(rows)
        for row in known_on(warehouse, day).portfolio.rows:
            assert by_id[row["project_id"]]["stage"] == row["stage"]
        for row in rows:
            days = [row[key] for key in ("listed_on", "registered_on", "withdrawn_on") if row[key]]
            assert all(one <= day for one in days)
            assert row["registered_on"] is None or row["listed_on"] is not None


def test_a_day_before_the_first_project_is_refused_with_the_first_day(warehouse: Warehouse) -> None:
    with pytest.raises(
        NothingKnown, match="as_of = 2013-06-01: no project was known; the first day is 2013-"
    ):
        known_on(warehouse, date(2013, 6, 1))


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exports", "outlook", *arguments],
        cwd=ROOT,
        env={**os.environ, "JCM_WAREHOUSE_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_gives_the_numbers_of_the_page(warehouse: Warehouse, warehouse_dir: Path) -> None:
    ended = command("present-pace", "--json", "--draws", "500", folder=warehouse_dir)
    assert ended.returncode == 0, ended.stderr
    printed = json.loads(ended.stdout)
    known = known_on(warehouse, warehouse.data_as_of)
    report = report_of(known, shipped_scenarios()["present-pace"], draws=500)
    assert [g["p50_tco2"] for g in printed["goals"]] == [round(g.at.p50) for g in report.goals]
    assert printed["data_version"] == warehouse.data_version
    terms = CountingRules.of(known.assumptions).terms
    counted = counted_report_of(known, shipped_scenarios()["present-pace"], terms, draws=500).of(ALL)
    assert printed["counted"]["deadline"] == terms.deadline_on.isoformat()
    for level, at in counted.levels.items():
        assert printed["counted"]["levels"][level]["p50_tco2"] == round(at.p50)
    assert printed["counted"]["observations"]["cancellation"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("nowhere.json",),
            "neither a shipped scenario (present-pace, present-portfolio, more-private-projects)",
        ),
        (("--draws", "5"), "draws = 5: allowed are 100 to 200,000"),
        (("--deadline", "2020-01-01"), "deadline = 2020-01-01: is in the past; give a day from"),
        (("--as-of", "2012-01-01"), "as_of = 2012-01-01: no project was known"),
    ],
)
def test_the_command_refuses_what_it_cannot_use(
    warehouse_dir: Path, arguments: tuple[str, ...], words: str
) -> None:
    ended = command(*arguments, folder=warehouse_dir)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_command_reads_a_scenario_file_and_names_its_faults(warehouse_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    scenario = shipped_scenarios()["present-pace"].as_json()
    scenario["parameters"]["growth"] = 3
    path.write_text(json.dumps(scenario))
    ended = command(str(path), folder=warehouse_dir)
    assert ended.returncode == 2
    assert "parameters.growth = 3: is out of range; allowed: -0.5 to 0.5 (a year)." in ended.stderr
