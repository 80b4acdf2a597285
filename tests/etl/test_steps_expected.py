"""Expected tonnes: the estimate in force over the operation that was known or assumed at the time."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.etl.facts_by_hand import DATA_AS_OF, LIST, SHARES, UNDATED, by_fiscal_year, derived_from, in_force

SOURCES: list[dict[str, Any]] = [
    UNDATED,
    SHARES,
    {"source_id": "2017-09", "as_of_on": date(2017, 9, 25)},
    {"source_id": "2019-01", "as_of_on": date(2019, 1, 9)},
    {"source_id": LIST, "as_of_on": date(2026, 6, 4)},
]
VERIFIED = {
    "issuance_id": "E",
    "project_ids": "MN001",
    "decided_on": date(2022, 2, 8),
    "period_start_on": date(2018, 4, 1),
    "period_end_on": date(2018, 12, 31),
    "total_tco2": 3000,
}


def derived(
    project: dict[str, Any], claims: list[dict[str, Any]] | None = None, **tables: list[dict[str, Any]]
) -> dict[str, pl.DataFrame]:
    return derived_from(
        source=SOURCES,
        project=[{"project_id": "MN001", "source_ids": "2017-09", "est_annual_tco2": 3650, **project}],
        project_claim=[{"project_id": "MN001", **claim} for claim in claims or []],
        **tables,
    )


def expected(
    project: dict[str, Any], claims: list[dict[str, Any]] | None = None, **tables: list[dict[str, Any]]
) -> pl.DataFrame:
    return derived(project, claims, **tables)["expected"]


@pytest.mark.parametrize(
    ("project", "first", "codes"),
    [
        # 10 t a day from the day stated: 31 days to the end of FY2018.
        ({"operation_start_on": date(2019, 3, 1)}, (2018, 310), []),
        (
            {"operation_start_on": date(2019, 3, 1), "operation_start_precision": "month"},
            (2018, 310),
            ["START-MONTH"],
        ),
        # FY2018 + 365 days: 2019-04-01; the whole of FY2019 (366 days).
        ({"fy_selected": 2018}, (2019, 3650), ["START-SELECTED", "DELAY-SELECTION-ALL"]),
        # Registered 2020-03-01, so running from 2019-03-02: 30 days.
        (
            {"status": "registered", "registered_on": date(2020, 3, 1)},
            (2018, 300),
            ["START-REGISTERED", "DELAY-REGISTRATION"],
        ),
    ],
)
def test_operation_starts_on_the_best_that_is_known(
    project: dict[str, Any], first: tuple[int, int], codes: list[str]
) -> None:
    rows = in_force(expected({"est_annual_source_id": "2017-09", **project}), DATA_AS_OF)
    assert next(iter(by_fiscal_year(rows).items())) == first
    known = {"KNOWN-SOURCE", "KNOWN-WITH-PROJECT", "LAPSE"}
    assert set(rows["assumption_codes"].str.split(";").explode()) - known == {*codes, "LIFE-SOLAR-PV"}


def test_without_start_selection_and_registration_there_is_no_schedule() -> None:
    # The estimate is shown, and no tonnes stand in any year: never the day of reading plus a delay.
    tables = derived({"status": "validation", "source_ids": f"{LIST};2017-09"})
    assert tables["expected"].is_empty()
    state = in_force(tables["project_state"], DATA_AS_OF).row(0, named=True)
    assert (state["annual_tco2"], state["start_on"], state["start_basis"]) == (3650, None, None)
    assert "NO-SCHEDULE" in state["assumption_codes"]


def test_a_stated_day_is_preferred_to_the_selection_and_that_to_the_registration() -> None:
    everything = {
        "status": "registered",
        "registered_on": date(2020, 3, 1),
        "fy_selected": 2016,
        "operation_start_on": date(2019, 3, 1),
    }
    assert min(by_fiscal_year(in_force(expected(everything), DATA_AS_OF)).items()) == (2018, 310)
    # Before the plant ran, its start was assumed: FY2016 + 365 days is 2017-04-01.
    assert min(by_fiscal_year(in_force(expected(everything), date(2019, 2, 28))).items()) == (2017, 3650)


@pytest.mark.parametrize(
    ("project", "start_on", "code"),
    [
        # Verified from 2018-04-01 on: what was stated or assumed for a later day cannot be.
        ({"operation_start_on": date(2019, 3, 1)}, date(2018, 4, 1), "START-CORRECTED"),
        ({"operation_start_on": date(2017, 3, 1)}, date(2017, 3, 1), None),
        ({"fy_selected": 2018}, date(2018, 4, 1), "START-VERIFIED"),
        ({}, date(2018, 4, 1), "START-VERIFIED"),
    ],
)
def test_a_verified_period_tells_the_start(project: dict[str, Any], start_on: date, code: str | None) -> None:
    states = derived(project, issuance=[VERIFIED])["project_state"]
    state = in_force(states, DATA_AS_OF).row(0, named=True)
    assert state["start_on"] == start_on
    assert code is None or code in state["assumption_codes"]
    # On the day before the decision nobody knew of the period.
    before = in_force(states, date(2022, 2, 7)).row(0, named=True)
    assert "VERIFIED" not in (before["assumption_codes"] or "")


def test_a_month_is_known_only_when_it_is_over() -> None:
    month = {
        "operation_start_on": date(2019, 3, 1),
        "operation_start_precision": "month",
        "fy_selected": 2017,
    }
    assert min(by_fiscal_year(in_force(expected(month), date(2019, 3, 30))).items()) == (2018, 3650)
    assert min(by_fiscal_year(in_force(expected(month), date(2019, 3, 31))).items()) == (2018, 310)


def test_operation_ends_with_the_lifetime_of_the_technology() -> None:
    running = {"operation_start_on": date(2017, 10, 1), "fy_selected": 2016, "status": "registered"}
    running["registered_on"] = date(2018, 1, 1)
    years = by_fiscal_year(in_force(expected(running), DATA_AS_OF))
    # 182 days of FY2017, 15 years in all, to 2032-09-30: 183 days of FY2032.
    assert years == {2017: 1820, **dict.fromkeys(range(2018, 2032), 3650), 2032: 1830}


def test_a_plant_that_serves_a_factory_has_the_life_of_its_industry() -> None:
    rows = expected(
        {"operation_start_on": date(2018, 4, 1), "fy_selected": 2017},
        own_use=[{"project_id": "MN001", "serves": "factory"}],
    )
    assert max(by_fiscal_year(in_force(rows, DATA_AS_OF))) == 2026
    assert rows["assumption_codes"].str.contains("LIFE-SOLAR-PV-FACTORY").all()


def test_nothing_is_expected_after_the_year_of_the_last_target() -> None:
    rows = expected(
        {"operation_start_on": date(2026, 4, 1)}, target=[{"fiscal_year": 2030, "known_on": date(2015, 1, 1)}]
    )
    assert rows["fiscal_year"].max() == 2030


def test_a_project_climbs_and_stands_on_one_rung_at_a_time() -> None:
    rows = expected({"status": "registered", "registered_on": date(2020, 2, 23), "fy_selected": 2016})
    assert set(in_force(rows, date(2020, 2, 22))["rung"]) == {"pipeline"}
    assert set(in_force(rows, date(2020, 2, 23))["rung"]) == {"registered"}
    assert in_force(rows, date(2017, 3, 30)).is_empty()


def test_a_project_selected_long_ago_and_never_listed_lapses() -> None:
    # Nobody has been registered: the shortest lapse of five years from the end of FY2016 holds.
    rows = expected({"fy_selected": 2016})
    assert set(in_force(rows, date(2022, 3, 31))["rung"]) == {"pipeline"}
    assert set(in_force(rows, date(2022, 4, 1))["rung"]) == {"dormant"}
    # Its tonnes are kept, on a rung that is in no sum.
    assert sum(by_fiscal_year(in_force(rows, DATA_AS_OF)).values()) > 0


def test_the_lapse_is_the_longest_time_any_project_needed_as_known_on_the_day() -> None:
    slow = {"project_id": "MN002", "source_ids": "2017-09", "fy_selected": 2015, "status": "registered"}
    tables = derived_from(
        source=SOURCES,
        project=[
            {"project_id": "MN001", "source_ids": "2017-09", "fy_selected": 2016},
            # From 2015-04-01 to 2022-10-01 are 7.5 years: the lapse is 8 years from that day on.
            {**slow, "registered_on": date(2022, 10, 1)},
        ],
    )["project_state"].filter(pl.col("project_id") == "MN001")
    stages = tables.select("stage", "known_on").rows()
    assert stages == [
        ("pipeline", date(2017, 3, 31)),
        ("dormant", date(2022, 4, 1)),
        ("pipeline", date(2022, 10, 1)),
        ("dormant", date(2025, 4, 1)),
    ]


def test_a_listed_project_never_lapses() -> None:
    listed = {"fy_selected": 2013, "status": "validation", "source_ids": f"{LIST};2017-09"}
    rows = expected(listed)
    assert set(in_force(rows, DATA_AS_OF)["rung"]) == {"validation"}
    assert set(in_force(rows, date(2026, 6, 3))["rung"]) == {"dormant"}


def test_a_project_under_validation_was_in_the_pipeline_before_the_list() -> None:
    rows = expected({"status": "validation", "fy_selected": 2022, "source_ids": f"{LIST};2017-09"})
    assert set(in_force(rows, date(2026, 6, 3))["rung"]) == {"pipeline"}
    assert set(in_force(rows, date(2026, 6, 4))["rung"]) == {"validation"}


def test_the_best_basis_known_on_the_day_is_in_force() -> None:
    claims: list[dict[str, Any]] = [
        {
            "field": "est_annual_tco2",
            "value": "9000",
            "source_id": "2019-01",
            "is_taken": False,
            "figure_basis": "company or press",
        },
        {
            "field": "est_annual_tco2",
            "value": "2404",
            "source_id": "2017-09",
            "is_taken": False,
            "figure_basis": "selection",
        },
        {
            "field": "est_annual_tco2",
            "value": "2245",
            "source_id": "undated",
            "figure_basis": "project document",
        },
        {
            "field": "est_annual_tco2",
            "value": "9999",
            "source_id": "2017-09",
            "is_taken": False,
            "claim_scope": "part",
        },
    ]
    states = derived(
        {
            "est_annual_tco2": 2245,
            "est_annual_basis": "project document",
            "fy_selected": 2016,
            "status": "registered",
            "registered_on": date(2020, 2, 1),
        },
        claims,
    )["project_state"]

    def on(day: date) -> tuple[int, str]:
        return in_force(states, day).select("annual_tco2", "annual_basis").row(0)

    # A later word of the press does not displace the selection; the document is public from registration on.
    assert on(date(2017, 9, 25)) == (2404, "selection")
    assert on(date(2019, 6, 1)) == (2404, "selection")
    assert on(date(2020, 2, 1)) == (2245, "project document")


def test_of_two_statements_on_one_basis_the_newer_holds_unless_the_older_was_taken() -> None:
    older: dict[str, Any] = {"field": "est_annual_tco2", "value": "3650", "source_id": "2017-09"}
    newer = {"field": "est_annual_tco2", "value": "4000", "source_id": "2019-01", "is_taken": False}
    project = {"operation_start_on": date(2017, 4, 1), "fy_selected": 2016}
    rows = expected(project, [older, newer])
    assert set(by_fiscal_year(in_force(rows, DATA_AS_OF)).values()) == {3650}
    rows = expected(
        {**project, "est_annual_tco2": 4000}, [{**older, "is_taken": False}, {**newer, "is_taken": True}]
    )
    assert by_fiscal_year(in_force(rows, date(2019, 1, 8)))[2025] == 3650
    assert by_fiscal_year(in_force(rows, date(2019, 1, 9)))[2025] == 4000


def test_verified_tonnes_replace_the_expectation_for_the_days_they_cover() -> None:
    rows = expected({"operation_start_on": date(2017, 4, 1)}, issuance=[VERIFIED])
    before, now = in_force(rows, date(2022, 2, 7)), in_force(rows, DATA_AS_OF)
    assert by_fiscal_year(before, "net_tco2")[2018] == 3650
    # 3,000 t verified for 275 days leave 900 t expected of the 90 others; what is stated stays 3,650 t.
    assert by_fiscal_year(now, "net_tco2")[2018] == 900
    assert by_fiscal_year(now)[2018] == 3650
    assert by_fiscal_year(now, "net_tco2")[2019] == 3650


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"project_ids": "MN001"}, "NET-OF-AMOUNT"),
        ({"project_ids": "MN001;MN002"}, "NET-OF-AMOUNT"),
        # Only registered projects have credits: MN001, registered by then, not MN002.
        ({"project_ids": None}, "NET-OF-COUNTRY"),
    ],
)
def test_verified_tonnes_without_days_or_of_several_replace_the_same_amount(
    event: dict[str, Any], code: str
) -> None:
    running = {"source_ids": "2017-09", "operation_start_on": date(2017, 4, 1), "est_annual_tco2": 3650}
    rows = derived_from(
        source=SOURCES,
        project=[
            {**running, "project_id": "MN001", "status": "registered", "registered_on": date(2018, 1, 1)},
            {**running, "project_id": "MN002"},
        ],
        issuance=[{"issuance_id": "E", "decided_on": date(2019, 5, 17), "total_tco2": 4000, **event}],
    )["expected"]
    now = in_force(rows, DATA_AS_OF)
    assert now["tco2"].sum() - now["net_tco2"].sum() == 4000
    touched = now.filter(pl.col("net_tco2") < pl.col("tco2"))
    # The latest years up to the decision, never a year after it.
    assert touched["fiscal_year"].max() == 2019
    assert touched["assumption_codes"].str.contains(code).all()


def test_an_event_without_an_amount_replaces_nothing() -> None:
    rows = expected({"operation_start_on": date(2017, 4, 1)}, issuance=[{**VERIFIED, "total_tco2": None}])
    assert rows["net_tco2"].sum() == rows["tco2"].sum()


def test_the_japanese_share_is_that_of_the_projects_own_issuances() -> None:
    rows = expected(
        {"operation_start_on": date(2017, 4, 1)},
        issuance=[
            {
                "issuance_id": "1",
                "project_ids": "MN001",
                "decided_on": date(2020, 1, 1),
                "total_tco2": 100,
                "japan_tco2": 80,
            },
            {"issuance_id": "2", "project_ids": "MN001", "decided_on": date(2020, 1, 1), "total_tco2": 500},
        ],
    )
    before = in_force(rows, date(2019, 12, 31))
    assert before["japan_tco2"].null_count() == before.height
    now = in_force(rows, DATA_AS_OF)
    assert by_fiscal_year(now, "japan_tco2")[2025] == 2920
    assert now["assumption_codes"].str.contains("SHARE-MEASURED").all()


def test_else_the_usual_share_of_the_country_from_the_day_it_is_stated_else_none() -> None:
    rows = expected({"iso3": "THA", "operation_start_on": date(2017, 4, 1)})
    thai = in_force(rows, DATA_AS_OF)
    assert by_fiscal_year(thai, "japan_tco2")[2025] == 1825
    assert thai["assumption_codes"].str.contains("SHARE-THA").all()
    earlier = in_force(rows, date(2018, 4, 19))
    assert earlier["japan_tco2"].null_count() == earlier.height
    assert in_force(rows, date(2018, 4, 20))["japan_tco2"].null_count() == 0
    other = in_force(expected({"operation_start_on": date(2017, 4, 1)}), DATA_AS_OF)
    assert other["japan_tco2"].null_count() == other.height
