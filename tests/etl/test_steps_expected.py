from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.etl.facts_by_hand import DATA_AS_OF, LIST, UNDATED, by_fiscal_year, derived_from, in_force

SOURCES: list[dict[str, Any]] = [
    UNDATED,
    {"source_id": "2017-09", "as_of_on": date(2017, 9, 25)},
    {"source_id": "2019-01", "as_of_on": date(2019, 1, 9)},
    {"source_id": LIST, "as_of_on": date(2026, 6, 4)},
]


def expected(
    project: dict[str, Any], claims: list[dict[str, Any]] | None = None, **tables: list[dict[str, Any]]
) -> pl.DataFrame:
    return derived_from(
        source=SOURCES,
        project=[{"project_id": "MN001", "source_ids": "2017-09", "est_annual_tco2": 3650, **project}],
        project_claim=[{"project_id": "MN001", **claim} for claim in claims or []],
        **tables,
    )["reduction"].filter(pl.col("dated_by") == "operation")


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
        # Known from 2017-09-25, so running from 2018-09-25: 188 days.
        ({}, (2018, 1880), ["KNOWN-SOURCE", "START-KNOWN", "DELAY-SELECTION-ALL"]),
    ],
)
def test_operation_starts_on_the_best_that_is_known(
    project: dict[str, Any], first: tuple[int, int], codes: list[str]
) -> None:
    rows = in_force(expected({"est_annual_source_id": "2017-09", **project}), DATA_AS_OF)
    assert next(iter(by_fiscal_year(rows).items())) == first
    assert set(rows["assumption_codes"].str.split(";").explode()) - {"KNOWN-SOURCE"} == {
        *codes,
        "LIFE-SOLAR-PV",
    } - {"KNOWN-SOURCE"}


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


def test_a_month_is_known_only_when_it_is_over() -> None:
    month = {"operation_start_on": date(2019, 3, 1), "operation_start_precision": "month"}
    assert min(by_fiscal_year(in_force(expected(month), date(2019, 3, 30))).items()) == (2018, 1880)
    assert min(by_fiscal_year(in_force(expected(month), date(2019, 3, 31))).items()) == (2018, 310)


def test_operation_ends_with_the_lifetime_of_the_technology() -> None:
    years = by_fiscal_year(in_force(expected({"operation_start_on": date(2017, 10, 1)}), DATA_AS_OF))
    # 182 days of FY2017, 15 years in all, to 2032-09-30: 183 days of FY2032.
    assert years == {2017: 1820, **dict.fromkeys(range(2018, 2032), 3650), 2032: 1830}


def test_nothing_is_expected_after_the_year_of_the_last_target() -> None:
    rows = expected(
        {"operation_start_on": date(2038, 4, 1)}, target=[{"fiscal_year": 2030, "known_on": date(2015, 1, 1)}]
    )
    assert rows.filter(pl.col("fiscal_year") > 2030).is_empty()


def test_a_project_climbs_and_stands_on_one_rung_at_a_time() -> None:
    rows = expected({"status": "registered", "registered_on": date(2020, 2, 23), "fy_selected": 2016})
    assert set(in_force(rows, date(2020, 2, 22))["rung"]) == {"pipeline"}
    assert set(in_force(rows, date(2020, 2, 23))["rung"]) == {"registered"}
    assert in_force(rows, date(2017, 3, 30)).is_empty()


def test_a_project_under_validation_was_in_the_pipeline_before_the_list() -> None:
    rows = expected({"status": "validation"})
    assert set(in_force(rows, date(2026, 6, 3))["rung"]) == {"pipeline"}
    assert set(in_force(rows, date(2026, 6, 4))["rung"]) == {"validation"}


def test_an_earlier_claim_holds_until_the_one_taken() -> None:
    # As CR001: 2,404 t a year said in 2017, 2,245 t in 2019.
    claims: list[dict[str, Any]] = [
        {"field": "est_annual_tco2", "value": "2404", "source_id": "2017-09", "is_taken": False},
        {"field": "est_annual_tco2", "value": "2245", "source_id": "2019-01"},
        {
            "field": "est_annual_tco2",
            "value": "9999",
            "source_id": "2017-09",
            "is_taken": False,
            "claim_scope": "part",
        },
    ]
    rows = expected(
        {
            "est_annual_tco2": 2245,
            "est_annual_source_id": "2019-01",
            "fy_selected": 2016,
            "operation_start_on": date(2018, 8, 1),
            "operation_start_precision": "month",
        },
        claims,
    )
    assert by_fiscal_year(in_force(rows, date(2019, 1, 8)))[2025] == 2404
    assert by_fiscal_year(in_force(rows, date(2019, 1, 9)))[2025] == 2245


def test_a_claim_after_the_one_taken_changes_nothing() -> None:
    claims: list[dict[str, Any]] = [
        {"field": "est_annual_tco2", "value": "3650", "source_id": "2017-09"},
        {"field": "est_annual_tco2", "value": "4000", "source_id": "2019-01", "is_taken": False},
    ]
    rows = expected({"operation_start_on": date(2017, 4, 1)}, claims)
    assert set(by_fiscal_year(in_force(rows, DATA_AS_OF)).values()) == {3650}


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
    assert (
        in_force(rows, date(2019, 12, 31))["japan_tco2"].null_count()
        == in_force(rows, date(2019, 12, 31)).height
    )
    now = in_force(rows, DATA_AS_OF)
    assert by_fiscal_year(now, "japan_tco2")[2025] == 2920
    assert now["assumption_codes"].str.contains("SHARE-MEASURED").all()


def test_else_the_usual_share_of_the_country_else_none() -> None:
    thai = in_force(expected({"iso3": "THA", "operation_start_on": date(2017, 4, 1)}), DATA_AS_OF)
    assert by_fiscal_year(thai, "japan_tco2")[2025] == 1825
    assert thai["assumption_codes"].str.contains("SHARE-THA").all()
    other = in_force(expected({"operation_start_on": date(2017, 4, 1)}), DATA_AS_OF)
    assert other["japan_tco2"].null_count() == other.height
