from datetime import date
from typing import Any

import pytest

from tests.etl.facts_by_hand import UNDATED, derived_from

FACTS: dict[str, list[dict[str, Any]]] = {
    "source": [
        UNDATED,
        {"source_id": "paper"},
        {"source_id": "2016", "as_of_on": date(2016, 1, 1), "as_of_precision": "year"},
    ],
    "partner_country": [
        {"iso3": "MNG", "name_en": "Mongolia", "signed_to_on": date(2013, 1, 8)},
        {"iso3": "ARE", "name_en": "United Arab Emirates", "signed_to_on": date(2023, 8, 17)},
    ],
    "project": [
        {
            "project_id": "MN001",
            "ref_no": "MN001",
            "source_ids": "2016",
            "status": "registered",
            "registered_on": date(2017, 5, 1),
            "programme": "MOEJ model project",
            "est_annual_tco2": 100,
            "operation_start_on": date(2021, 1, 1),
        },
        {
            "project_id": "MN002",
            "ref_no": "MN002",
            "source_ids": "2016",
            "status": "withdrawn",
            "in_target_scope": False,
        },
        {
            "project_id": "P-1",
            "source_ids": "2016",
            "programme": "NEDO demonstration",
            "est_annual_tco2": 1000,
            "operation_start_on": date(2021, 1, 1),
        },
    ],
    "issuance": [
        {
            "issuance_id": "E1",
            "project_ids": "MN001",
            "decided_on": date(2018, 11, 6),
            "total_tco2": 118,
            "japan_tco2": 94,
            "japan_government_tco2": 82,
        },
        {"issuance_id": "E2", "project_ids": "MN001", "decided_on": date(2020, 1, 1), "total_tco2": 1000},
        {
            "issuance_id": "E3",
            "iso3": "ARE",
            "decided_on": date(2023, 12, 22),
            "total_low_tco2": 550_000,
            "total_high_tco2": 612_525,
        },
    ],
    "article6_event": [
        {"article6_event_id": "T1", "occurred_on": date(2025, 11, 11)},
        {"article6_event_id": "T2", "occurred_on": date(2025, 12, 16), "quantity_tco2": 433},
    ],
}


# Statements carry their scope in the words of the source; what these mean is a table, never read from prose.
SCOPES: list[dict[str, Any]] = [
    {"scope": "JCM"},
    {"scope": "all JCM"},
    {"scope": "adopted by MOEJ", "scope_code": "moej"},
    {"scope": "MOEJ JCM model projects (194)", "scope_code": "moej_model"},
    {"scope": "MNG", "scope_code": "country", "iso3": "MNG"},
    {"scope": "Mongolia, JCM website", "scope_code": "country", "iso3": "MNG"},
    {"scope": "VNM", "scope_code": "country", "iso3": "VNM"},
    {"scope": "MN001", "scope_code": "project", "project_id": "MN001"},
    {"scope": "Mongolia, first issuance", "scope_code": "first_issuance", "iso3": "MNG"},
    {"scope": "a study", "scope_code": "other"},
]


def reconciled(metric: str, value: float, scope: str = "JCM", **more: Any) -> dict[str, Any]:
    statement = {"metric": metric, "value": value, "scope": scope, "unit": "x", **more}
    rows = derived_from(**FACTS, statement_scope=SCOPES, official_total=[statement])["reconciliation"]
    return rows.row(0, named=True)


@pytest.mark.parametrize(
    ("metric", "scope", "as_of", "ours"),
    [
        ("partner_countries", "JCM", date(2023, 8, 16), 1),
        ("partner_countries", "JCM", date(2023, 8, 17), 2),
        ("registered_projects", "all JCM", date(2017, 4, 30), 0),
        ("registered_projects", "all JCM", date(2017, 5, 1), 1),
        ("registered_projects_with_issuance", "all JCM", date(2018, 11, 5), 0),
        ("registered_projects_with_issuance", "all JCM", date(2018, 11, 6), 1),
        ("supported_projects", "all JCM", date(2018, 1, 1), 2),
        ("supported_projects", "adopted by MOEJ", date(2018, 1, 1), 1),
        ("listed_projects", "Mongolia, JCM website", date(2026, 9, 30), 2),
        ("pre_registration_projects", "JCM", date(2018, 1, 1), 1),
        ("pipeline_projects_total", "JCM", date(2018, 1, 1), 2),
        ("expected_annual_reductions", "JCM", date(2018, 1, 1), 1100),
        ("expected_annual_reductions", "adopted by MOEJ", date(2018, 1, 1), 100),
        # From 2021-01-01: ten calendar years; fiscal years reach three months further.
        ("expected_cumulative_by_2030", "MOEJ JCM model projects (194)", date(2021, 6, 1), 1000),
        ("expected_cumulative_by_fy2030", "JCM", date(2021, 6, 1), 11_272),
        ("credits_issued_cumulative", "MNG", date(2019, 12, 31), 118),
        ("credits_issued_cumulative", "MN001", date(2020, 1, 1), 1118),
        ("credits_issued_cumulative_japan", "all JCM", date(2020, 1, 1), 94),
        ("credits_issued_cumulative_partner", "all JCM", date(2020, 1, 1), 24),
        ("credits_issued_event", "Mongolia, first issuance", date(2018, 11, 6), 118),
        ("credits_issued_event_japan_government", "Mongolia, first issuance", date(2018, 11, 6), 82),
        ("credits_issued_event_japan_company", "Mongolia, first issuance", date(2018, 11, 6), 12),
        ("itmo_issuance_events", "all JCM", date(2025, 12, 1), 1),
        ("itmos_first_transferred_cumulative", "all JCM", date(2025, 12, 31), 433),
        ("target_cumulative_by_fy2040", "JCM", date(2025, 2, 18), 200_000_000),
    ],
)
def test_our_figure_is_of_the_day_and_scope_of_the_statement(
    metric: str, scope: str, as_of: date, ours: float
) -> None:
    row = reconciled(metric, 2000, scope, as_of_on=as_of)
    assert row["our_value"] == pytest.approx(ours, abs=1)
    assert row["is_comparable"]
    assert row["coverage"] == row["our_value"] / 2000
    assert row["basis_en"]
    assert row["basis_ja"]


def test_a_yearly_figure_is_compared_with_the_events_of_its_calendar_year_and_both_limits() -> None:
    row = reconciled(
        "credits_issued_in_year", 612_525, "all JCM", as_of_on=date(2026, 4, 1), calendar_year=2023
    )
    assert (row["our_value"], row["our_high_value"]) == (550_000, 612_525)
    assert (
        reconciled("credits_issued_in_year", 5, "all JCM", as_of_on=date(2026, 4, 1), calendar_year=2018)[
            "our_value"
        ]
        == 118
    )


def test_a_scope_that_covers_something_else_is_not_compared() -> None:
    row = reconciled("registered_projects", 61, "a study", as_of_on=date(2023, 9, 2))
    assert (row["our_value"], row["is_comparable"]) == (None, False)


def test_a_month_is_compared_at_its_end() -> None:
    row = reconciled("registered_projects", 1, as_of_on=date(2017, 5, 1), as_of_precision="month")
    assert (row["our_value"], row["as_of_on"], row["as_of_precision"]) == (1, date(2017, 5, 1), "month")


def test_of_a_range_each_end_is_compared_with_its_own() -> None:
    month: dict[str, Any] = {"as_of_on": date(2015, 4, 1), "as_of_precision": "month"}
    for end in (50_000_000, 100_000_000):
        assert reconciled("target_cumulative_by_2030", end, **month)["our_value"] == end


def test_an_undated_page_is_compared_on_the_day_it_was_read_and_says_so() -> None:
    row = reconciled("registered_projects", 132)
    assert row["our_value"] == 1
    assert "undated" in row["basis_en"]
    assert "日付" in row["basis_ja"]


@pytest.mark.parametrize(
    "metric",
    ["japan_net_ghg_emissions", "article_6_2_agreements_world", "feasibility_studies", "something_new"],
)
def test_what_these_facts_do_not_hold_is_kept_and_not_compared(metric: str) -> None:
    row = reconciled(metric, 61, as_of_on=date(2023, 9, 2))
    assert (row["our_value"], row["coverage"], row["is_comparable"]) == (None, None, False)
    assert row["basis_en"]
    assert row["basis_ja"]


def test_an_amount_that_is_not_known_is_not_zero() -> None:
    row = reconciled("credits_issued_cumulative_japan", 18638, "VNM", as_of_on=date(2025, 3, 31))
    assert (row["our_value"], row["coverage"], row["is_comparable"]) == (None, None, False)


def test_a_weak_source_is_shown_and_not_compared() -> None:
    row = reconciled("registered_projects", 292, as_of_on=date(2025, 3, 31), reliability="weak")
    assert (row["our_value"], row["coverage"], row["is_comparable"]) == (1, None, False)


def test_every_statement_is_kept() -> None:
    statement = {"metric": "registered_projects", "scope": "JCM", "unit": "projects"}
    rows = derived_from(
        **FACTS,
        statement_scope=SCOPES,
        official_total=[{**statement, "value": value} for value in (4, 15, 4)],
    )
    assert rows["reconciliation"]["stated_value"].to_list() == [4, 4, 15]
