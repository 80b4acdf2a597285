"""Verified tonnes of issuance events: read off the ledger, in the years of the monitoring period, with both limits."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.etl.facts_by_hand import DATA_AS_OF, UNDATED, by_fiscal_year, derived_from, in_force

SOURCES: list[dict[str, Any]] = [
    UNDATED,
    {"source_id": "2016", "as_of_on": date(2016, 1, 1), "as_of_precision": "year"},
    {"source_id": "2020-01", "as_of_on": date(2020, 1, 16)},
    {"source_id": "wiki", "as_of_on": date(2020, 1, 16), "publisher": "a wiki"},
]
RUNNING = {
    "project_id": "MN001",
    "source_ids": "2016",
    "est_annual_tco2": 3650,
    "operation_start_on": date(2017, 4, 1),
}
BARE = {"project_id": "MN002", "source_ids": "2016", "technology": "wind", "sector_number": 2}
PARTNER = {"iso3": "MNG", "signed_from_on": date(2013, 1, 8), "signed_to_on": date(2013, 1, 8)}


def derived(*events: dict[str, Any], **tables: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    return derived_from(
        source=SOURCES,
        weak_publisher=[{"publisher": "a wiki", "reason_en": "a wiki", "reason_ja": "ウィキ"}],
        partner_country=[PARTNER],
        project=[RUNNING, BARE],
        issuance=[{"issuance_id": f"E{i}", **event} for i, event in enumerate(events, 1)],
        **tables,
    )


def verified(*events: dict[str, Any], **tables: list[dict[str, Any]]) -> pl.DataFrame:
    return derived(*events, **tables)["verified"]


def test_tonnes_belong_to_the_monitoring_period_and_the_decision_is_a_column_of_the_event() -> None:
    # 730 t over FY2018 and FY2019 up to 2020-03-30: 365 days each; decided in FY2021.
    tables = derived(
        {
            "project_ids": "MN001",
            "decided_on": date(2022, 2, 8),
            "period_start_on": date(2018, 4, 1),
            "period_end_on": date(2020, 3, 30),
            "total_tco2": 730,
        }
    )
    rows = tables["verified"]
    assert by_fiscal_year(rows, "notified_low_tco2") == {2018: 365, 2019: 365}
    assert set(rows["assumption_codes"]) == {None}
    assert set(rows["known_on"]) == {date(2022, 2, 8)}
    event = tables["issuance_event"].row(0, named=True)
    assert (event["fiscal_year_decided"], event["calendar_year_decided"]) == (2021, 2022)
    assert event["fiscal_year_period_end"] == 2019


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
    rows = in_force(verified({"project_ids": "MN002", "total_tco2": 878, **event}), DATA_AS_OF)
    assert by_fiscal_year(rows, "notified_low_tco2") == {year: 878}
    assert rows["calendar_year"].is_null().all() == (year is None)
    assert rows["assumption_codes"].to_list() == [code]


def test_an_undated_event_is_known_when_its_page_was_read() -> None:
    rows = verified({"project_ids": "MN002", "total_tco2": 878})
    assert in_force(rows, date(2026, 11, 22)).is_empty()
    assert in_force(rows, DATA_AS_OF)["notified_low_tco2"].sum() == 878


@pytest.mark.parametrize(
    ("amounts", "basis", "low", "high"),
    [
        ({"total_tco2": 100}, "exact", 100, 100),
        ({"total_low_tco2": 550_000, "total_high_tco2": 612_525}, "range", 550_000, 612_525),
        # The ministry's share alone is the low end of the whole, which may be larger.
        ({"japan_government_tco2": 433}, "at least", 433, 433),
        ({"japan_tco2": 80}, "at least", 80, 80),
        ({"japan_tco2": 80, "partner_tco2": 20}, "exact", 100, 100),
    ],
)
def test_an_amount_is_exact_a_range_or_known_in_part(
    amounts: dict[str, Any], basis: str, low: int, high: int
) -> None:
    tables = derived({"project_ids": "MN001", "decided_on": date(2025, 12, 16), **amounts})
    event = tables["issuance_event"].row(0, named=True)
    assert (event["amount_basis"], event["tco2_low"], event["tco2_high"]) == (basis, low, high)
    rows = tables["verified"]
    assert (rows["notified_low_tco2"].sum(), rows["notified_high_tco2"].sum()) == (low, high)


def test_nothing_known_of_an_amount_is_an_event_and_no_tonnes() -> None:
    tables = derived({"project_ids": "MN001", "decided_on": date(2024, 12, 18)})
    assert tables["verified"].is_empty()
    assert tables["issuance_event"].row(0, named=True)["amount_basis"] == "unknown"
    assert tables["issuance_rung"].select("rung", "has_amount").rows() == [("notified", False)]


def test_both_limits_of_a_range_are_divided_over_the_years() -> None:
    rows = verified(
        {
            "project_ids": "MN001",
            "decided_on": date(2023, 12, 22),
            "issued_on": date(2023, 12, 22),
            "period_start_on": date(2018, 3, 12),
            "period_end_on": date(2020, 12, 31),
            "total_low_tco2": 550_000,
            "total_high_tco2": 612_525,
        }
    )
    assert rows["issued_low_tco2"].sum() == 550_000
    assert rows["issued_high_tco2"].sum() == 612_525
    assert rows.filter(pl.col("issued_low_tco2") > pl.col("issued_high_tco2")).is_empty()
    # Of the Japanese part nothing is known: from none to all.
    assert (rows["japan_low_tco2"].sum(), rows["japan_high_tco2"].sum()) == (0, 612_525)


def test_events_of_several_projects_carry_only_what_the_projects_share() -> None:
    event = derived({"project_ids": "MN001;MN002", "decided_on": date(2019, 5, 17), "total_tco2": 4})[
        "issuance_event"
    ]
    shared = event.select("project_id", "projects", "sector_number", "technology", "funding").row(0)
    assert shared == (None, 2, None, None, "government")


def test_an_issue_with_the_partner_side_pending_counts_the_japanese_side_only() -> None:
    event = {"project_ids": "MN001", "decided_on": date(2026, 1, 24), "issued_on": date(2026, 1, 30)}
    rows = verified({**event, "total_tco2": 139, "japan_tco2": 110, "is_partner_issuance_pending": True})
    now = in_force(rows, DATA_AS_OF).row(0, named=True)
    assert [now[f"{rung}_low_tco2"] for rung in ("notified", "issued", "japan")] == [139, 110, 110]
    before = in_force(rows, date(2026, 1, 29)).row(0, named=True)
    assert before["issued_low_tco2"] is None


def test_the_partner_side_counts_from_its_own_issue() -> None:
    event = {"project_ids": "MN001", "decided_on": date(2025, 3, 27), "issued_on": date(2025, 4, 11)}
    rows = verified({**event, "total_tco2": 100, "japan_tco2": 80, "partner_issued_on": date(2025, 5, 7)})
    assert in_force(rows, date(2025, 5, 6))["issued_low_tco2"].to_list() == [80]
    assert in_force(rows, date(2025, 5, 7))["issued_low_tco2"].to_list() == [100]


def test_a_decision_is_not_yet_an_issue_and_an_unknown_share_is_not_zero() -> None:
    row = verified({"project_ids": "MN001", "decided_on": date(2019, 5, 17), "total_tco2": 100}).row(
        0, named=True
    )
    assert row["issued_low_tco2"] is None
    assert (row["japan_share_low_tco2"], row["japan_share_high_tco2"]) == (0, 100)


def test_the_government_share_alone_is_the_least_of_the_japanese_side() -> None:
    rows = verified(
        {
            "project_ids": "MN001",
            "decided_on": date(2025, 10, 30),
            "issued_on": date(2025, 11, 11),
            "total_tco2": 2017,
            "japan_government_tco2": 1009,
        }
    )
    row = in_force(rows, DATA_AS_OF).row(0, named=True)
    assert (row["japan_low_tco2"], row["japan_high_tco2"]) == (1009, 2017)


def test_the_japanese_side_is_split_like_the_whole() -> None:
    rows = verified(
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
    now = in_force(rows, DATA_AS_OF)
    assert now["issued_low_tco2"].sum() == 35419
    assert now["japan_low_tco2"].sum() == now["japan_share_low_tco2"].sum() == 28335
    assert now.filter(pl.col("japan_low_tco2") > pl.col("issued_low_tco2")).is_empty()


def test_a_transfer_stands_on_its_rung_from_its_day_and_a_refused_one_on_none() -> None:
    issued = {
        "project_ids": "MN001",
        "decided_on": date(2025, 10, 30),
        "issued_on": date(2025, 11, 11),
        "total_tco2": 50,
    }
    transfer = {"article6_event_id": "T1", "issuance_id": "E1", "occurred_on": date(2025, 12, 1)}
    rows = verified(issued, article6_event=[{**transfer, "quantity_tco2": 30}])
    assert in_force(rows, date(2025, 11, 30))["itmo_low_tco2"].to_list() == [None]
    assert in_force(rows, DATA_AS_OF)["itmo_low_tco2"].to_list() == [30]
    refused = verified(issued, article6_event=[{**transfer, "quantity_tco2": 51}])
    assert in_force(refused, DATA_AS_OF)["itmo_low_tco2"].to_list() == [None]


def test_a_transfer_of_an_event_known_only_in_part_is_a_fact() -> None:
    rows = verified(
        {
            "project_ids": "MN001;MN002",
            "decided_on": date(2026, 6, 30),
            "issued_on": date(2026, 7, 6),
            "japan_government_tco2": 86_564,
        },
        article6_event=[
            {
                "article6_event_id": "T",
                "issuance_id": "E1",
                "occurred_on": date(2026, 7, 6),
                "quantity_tco2": 86_564,
            }
        ],
    )
    now = in_force(rows, DATA_AS_OF).row(0, named=True)
    assert now["notified_low_tco2"] == now["japan_low_tco2"] == now["itmo_low_tco2"] == 86_564


@pytest.mark.parametrize(
    ("sources", "is_reported"),
    [
        ({"source_id": "wiki"}, True),
        ({"source_id": "wiki", "other_source_ids": "2020-01"}, False),
        ({"source_id": "2020-01"}, False),
    ],
)
def test_an_event_that_rests_on_weak_sources_alone_is_marked(
    sources: dict[str, Any], is_reported: bool
) -> None:
    event = derived({"project_ids": "MN001", "total_tco2": 5, **sources})["issuance_event"]
    assert event["is_reported"].to_list() == [is_reported]


def test_every_event_is_counted_on_the_rungs_it_reached() -> None:
    tables = derived(
        {"decided_on": date(2024, 12, 18)},
        {"project_ids": "MN001", "issued_on": date(2019, 1, 22), "total_tco2": 207},
        {"issued_on": date(2025, 12, 16)},
        {"total_tco2": 2519},
        article6_event=[{"article6_event_id": "T", "issuance_id": "E3", "occurred_on": date(2025, 12, 16)}],
    )
    assert tables["issuance_rung"].select("issuance_id", "rung", "has_amount", "known_on").rows() == [
        ("E1", "notified", False, date(2024, 12, 18)),
        ("E2", "notified", True, date(2019, 1, 22)),
        ("E2", "issued", True, date(2019, 1, 22)),
        ("E2", "japan", True, date(2019, 1, 22)),
        ("E3", "notified", False, date(2025, 12, 16)),
        ("E3", "issued", False, date(2025, 12, 16)),
        ("E3", "japan", False, date(2025, 12, 16)),
        ("E3", "itmo", False, date(2025, 12, 16)),
        ("E4", "notified", True, DATA_AS_OF),
    ]
