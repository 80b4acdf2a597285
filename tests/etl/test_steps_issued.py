from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.etl.facts_by_hand import DATA_AS_OF, UNDATED, by_fiscal_year, derived_from, in_force

SOURCES: list[dict[str, Any]] = [
    UNDATED,
    {"source_id": "2016", "as_of_on": date(2016, 1, 1), "as_of_precision": "year"},
    {"source_id": "2020-01", "as_of_on": date(2020, 1, 16)},
]
RUNNING = {
    "project_id": "MN001",
    "source_ids": "2016",
    "est_annual_tco2": 3650,
    "operation_start_on": date(2017, 4, 1),
}
BARE = {"project_id": "MN002", "source_ids": "2016", "technology": "wind", "sector_number": 2}


def reductions(*events: dict[str, Any], **tables: list[dict[str, Any]]) -> pl.DataFrame:
    return derived_from(
        source=SOURCES,
        project=[RUNNING, BARE],
        issuance=[{"issuance_id": f"E{i}", **event} for i, event in enumerate(events, 1)],
        **tables,
    )["reduction"]


def rung(rows: pl.DataFrame, code: str, dated_by: str = "monitoring_period") -> pl.DataFrame:
    return rows.filter((pl.col("rung") == code) & (pl.col("dated_by") == dated_by))


def test_tonnes_belong_to_the_monitoring_period_and_in_the_other_view_to_the_decision() -> None:
    # 730 t over FY2018 and FY2019 up to 2020-03-30: 365 days each; decided in FY2021.
    rows = reductions(
        {
            "project_ids": "MN001",
            "decided_on": date(2022, 2, 8),
            "period_start_on": date(2018, 4, 1),
            "period_end_on": date(2020, 3, 30),
            "total_tco2": 730,
        }
    )
    assert by_fiscal_year(rung(rows, "notified")) == {2018: 365, 2019: 365}
    assert by_fiscal_year(rung(rows, "notified", "decision")) == {2021: 730}
    assert set(rows.filter(pl.col("rung") == "notified")["assumption_codes"]) == {None}
    assert set(rows.filter(pl.col("rung") == "notified")["known_on"]) == {date(2022, 2, 8)}


def test_verified_tonnes_replace_the_expectation_for_the_days_they_cover() -> None:
    rows = reductions(
        {
            "project_ids": "MN001",
            "decided_on": date(2022, 2, 8),
            "period_start_on": date(2018, 4, 1),
            "period_end_on": date(2018, 12, 31),
            "total_tco2": 3000,
        }
    )
    before, now = in_force(rows, date(2022, 2, 7)), in_force(rows, DATA_AS_OF)
    assert by_fiscal_year(before, "combined_tco2")[2018] == 3650
    # 3,000 t verified for 275 days, 900 t expected of the 90 others, not 3,650 + 3,000.
    assert by_fiscal_year(now, "combined_tco2")[2018] == 3900
    assert by_fiscal_year(now.filter(pl.col("rung") == "pipeline"))[2018] == 3650
    assert by_fiscal_year(now, "combined_tco2")[2019] == 3650


def test_an_event_without_an_amount_replaces_nothing_and_makes_no_row() -> None:
    rows = reductions(
        {
            "project_ids": "MN001",
            "decided_on": date(2022, 2, 8),
            "period_start_on": date(2018, 4, 1),
            "period_end_on": date(2018, 12, 31),
        }
    )
    assert set(rows["rung"]) == {"pipeline"}
    assert by_fiscal_year(in_force(rows, DATA_AS_OF), "combined_tco2")[2018] == 3650


def test_verified_and_expected_together_are_the_same_in_both_datings() -> None:
    rows = reductions(
        {
            "project_ids": "MN001",
            "decided_on": date(2022, 2, 8),
            "period_start_on": date(2018, 4, 1),
            "period_end_on": date(2018, 12, 31),
            "total_tco2": 3000,
        },
        {"project_ids": "MN001;MN002", "decided_on": date(2019, 5, 17), "total_tco2": 400},
    )
    by_period, by_decision = (
        rung(rows, "notified", dated_by) for dated_by in ("monitoring_period", "decision")
    )
    assert by_period["combined_tco2"].sum() == by_decision["combined_tco2"].sum() == 3000
    assert by_fiscal_year(by_decision, "combined_tco2") == {2019: 0, 2021: 3000}


@pytest.mark.parametrize(
    ("event", "year", "code"),
    [
        ({"decided_on": date(2019, 5, 17), "issued_on": date(2020, 6, 1)}, 2019, "DATED-DECISION"),
        ({"issued_on": date(2020, 6, 1)}, 2020, "DATED-ISSUE"),
        ({"source_id": "2020-01"}, 2019, "KNOWN-SOURCE;DATED-ANNOUNCED"),
        # A year alone: most of it is in the fiscal year of the same number.
        ({"source_id": "2016"}, 2016, "KNOWN-SOURCE;DATED-ANNOUNCED"),
        ({}, None, "KNOWN-RETRIEVED;DATED-NONE"),
        # The end of a period alone does not tell which days it covers.
        ({"period_end_on": date(2015, 7, 31)}, None, "KNOWN-RETRIEVED;DATED-NONE"),
    ],
)
def test_an_event_without_a_period_falls_to_its_decision_else_issue_else_announcement(
    event: dict[str, Any], year: int | None, code: str
) -> None:
    rows = rung(reductions({"project_ids": "MN002", "total_tco2": 878, **event}), "notified")
    assert by_fiscal_year(rows) == {year: 878}
    assert rows["calendar_year"].is_null().all() == (year is None)
    assert rows["assumption_codes"].to_list() == [code]


def test_an_undated_event_is_known_when_its_page_was_read() -> None:
    rows = reductions({"project_ids": "MN002", "total_tco2": 878})
    assert in_force(rows, date(2026, 11, 22)).filter(pl.col("rung") == "notified").is_empty()
    assert in_force(rows, DATA_AS_OF).filter(pl.col("rung") == "notified")["tco2"].sum() == 878 * 2


def test_without_a_period_verified_tonnes_are_added_only_where_nothing_is_expected() -> None:
    rows = reductions(
        {"project_ids": "MN001", "decided_on": date(2019, 5, 17), "total_tco2": 100},
        {"project_ids": "MN002", "decided_on": date(2019, 5, 17), "total_tco2": 200},
        {"project_ids": "MN001;MN002", "decided_on": date(2019, 5, 17), "total_tco2": 400},
        {"decided_on": date(2019, 5, 17), "total_tco2": 800},
    )
    notified = rung(rows, "notified")
    combined = {row["subject_id"]: row["combined_tco2"] for row in notified.iter_rows(named=True)}
    assert combined == {"E1": 0, "E2": 200, "E3": 0, "E4": 0}
    codes = dict(notified.select("subject_id", "assumption_codes").iter_rows())
    assert codes["E1"] == codes["E3"] == codes["E4"] == "DATED-DECISION;NOT-ADDED"
    assert codes["E2"] == "DATED-DECISION"


def test_tonnes_added_stop_being_added_when_an_estimate_becomes_known() -> None:
    estimated = {**BARE, "technology": "solar PV", "est_annual_tco2": 365, "est_annual_source_id": "2020-01"}
    rows = derived_from(
        source=SOURCES,
        project=[estimated],
        issuance=[
            {"issuance_id": "E1", "project_ids": "MN002", "decided_on": date(2019, 5, 17), "total_tco2": 200}
        ],
    )["reduction"]
    notified = rung(rows, "notified").select("combined_tco2", "known_on", "known_until").rows()
    assert notified == [(200, date(2019, 5, 17), date(2020, 1, 16)), (0, date(2020, 1, 16), None)]


def test_rows_of_several_projects_carry_only_what_the_projects_share() -> None:
    row = rung(
        reductions({"project_ids": "MN001;MN002", "decided_on": date(2019, 5, 17), "total_tco2": 4}),
        "notified",
    )
    shared = row.select("project_id", "iso3", "sector_number", "technology", "funding").row(0)
    assert shared == (None, "MNG", None, None, "government")


def test_an_issue_with_the_partner_side_pending_counts_the_japanese_side_only() -> None:
    event = {"project_ids": "MN001", "decided_on": date(2026, 1, 24), "issued_on": date(2026, 1, 30)}
    rows = reductions({**event, "total_tco2": 139, "japan_tco2": 110, "is_partner_issuance_pending": True})
    sums = dict(
        rows.filter(pl.col("dated_by") == "decision").group_by("rung").agg(pl.col("tco2").sum()).iter_rows()
    )
    assert sums == {"notified": 139, "issued": 110, "japan": 110}
    assert in_force(rows, date(2026, 1, 29)).filter(pl.col("rung") == "issued").is_empty()


def test_the_partner_side_counts_from_its_own_issue() -> None:
    event = {"project_ids": "MN001", "decided_on": date(2025, 3, 27), "issued_on": date(2025, 4, 11)}
    rows = rung(
        reductions({**event, "total_tco2": 100, "japan_tco2": 80, "partner_issued_on": date(2025, 5, 7)}),
        "issued",
        "decision",
    )
    assert in_force(rows, date(2025, 5, 6))["tco2"].to_list() == [80]
    assert in_force(rows, date(2025, 5, 7))["tco2"].to_list() == [100]


def test_a_decision_is_not_yet_an_issue_and_an_unknown_share_is_not_zero() -> None:
    rows = reductions({"project_ids": "MN001", "decided_on": date(2019, 5, 17), "total_tco2": 100})
    assert set(rows.filter(pl.col("dated_by") != "operation")["rung"]) == {"notified"}
    assert rung(rows, "notified")["japan_tco2"].to_list() == [None]


def test_the_japanese_side_is_split_like_the_whole() -> None:
    rows = reductions(
        {
            "project_ids": "MN001",
            "decided_on": date(2022, 2, 8),
            "issued_on": date(2022, 2, 24),
            "period_start_on": date(2018, 6, 1),
            "period_end_on": date(2020, 12, 31),
            "total_tco2": 35419,
            "japan_tco2": 28335,
        }
    )
    for code in ("notified", "issued"):
        assert rung(rows, code)["tco2"].sum() == 35419
        assert rung(rows, code)["japan_tco2"].sum() == 28335
    assert rung(rows, "japan")["tco2"].sum() == 28335
    assert rows.filter(pl.col("japan_tco2") > pl.col("tco2")).is_empty()


def test_a_transfer_with_an_amount_stands_on_its_rung_and_one_without_makes_no_row() -> None:
    rows = reductions(
        {
            "project_ids": "MN001",
            "decided_on": date(2025, 10, 30),
            "issued_on": date(2025, 11, 11),
            "total_tco2": 50,
        },
        article6_event=[
            {
                "article6_event_id": "T1",
                "issuance_id": "E1",
                "occurred_on": date(2025, 11, 11),
                "quantity_tco2": 30,
            },
            {"article6_event_id": "T2", "occurred_on": date(2025, 12, 16)},
        ],
    )
    itmo = rows.filter(pl.col("rung") == "itmo")
    assert set(itmo["subject_id"]) == {"T1"}
    assert rung(rows, "itmo", "decision").select("fiscal_year", "tco2", "issuance_id").rows() == [
        (2025, 30, "E1")
    ]


def test_every_event_is_counted_on_the_rungs_it_reached() -> None:
    stages = derived_from(
        source=SOURCES,
        project=[RUNNING],
        issuance=[
            {"issuance_id": "E1", "decided_on": date(2024, 12, 18)},
            {"issuance_id": "E2", "project_ids": "MN001", "issued_on": date(2019, 1, 22), "total_tco2": 207},
            {"issuance_id": "E3", "issued_on": date(2025, 12, 16)},
            {"issuance_id": "E4", "total_tco2": 2519},
        ],
        article6_event=[{"article6_event_id": "T", "issuance_id": "E3", "occurred_on": date(2025, 12, 16)}],
    )["issuance_stage"]
    assert stages.select("issuance_id", "rung", "has_amount", "is_dated", "known_on").rows() == [
        ("E1", "notified", False, True, date(2024, 12, 18)),
        ("E2", "notified", True, True, date(2019, 1, 22)),
        ("E2", "issued", True, True, date(2019, 1, 22)),
        ("E2", "japan", False, True, date(2019, 1, 22)),
        ("E3", "notified", False, True, date(2025, 12, 16)),
        ("E3", "issued", False, True, date(2025, 12, 16)),
        ("E3", "japan", False, True, date(2025, 12, 16)),
        ("E3", "itmo", False, True, date(2025, 12, 16)),
        ("E4", "notified", True, False, DATA_AS_OF),
    ]
    assert dict(zip(stages["issuance_id"], stages["technology"], strict=True))["E2"] == "solar PV"
