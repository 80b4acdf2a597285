"""What the contracts refuse, shown on one row that is otherwise right."""

from datetime import date
from typing import Any

import pytest

from etl.contracts import table
from tests.etl.rows_that_pass import CLAIM, ISSUANCE, PARTNER, PROJECT, TARGET, frame


def broken_rules(name: str, row: dict[str, Any]) -> set[str]:
    _, failures = table(name).schema.filter(frame(name, [row]))
    return set(failures.counts())


def test_a_right_row_passes() -> None:
    assert broken_rules("project", PROJECT) == set()
    assert broken_rules("issuance", ISSUANCE) == set()
    assert broken_rules("project_claim", CLAIM) == set()
    assert broken_rules("partner_country", PARTNER) == set()
    assert broken_rules("target", TARGET) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"est_annual_tco2": 2_000_001}, "est_annual_tco2|max"),
        ({"est_annual_tco2": -5}, "est_annual_tco2|min"),
        ({"est_annual_tco2": 0}, "est_annual_tco2|min"),
        ({"status": "approved"}, "status|check"),
        ({"title_en": None}, "title_en|nullability"),
        ({"title_en": ""}, "title_en|min_length"),
        ({"project_id": "1"}, "project_id|regex"),
        ({"iso3": "MN"}, "iso3|regex"),
        ({"sector_number": 16}, "sector_number|max"),
        ({"fy_selected": 1913}, "fy_selected|min"),
        ({"latitude": 181.0, "longitude": 10.0}, "latitude|max"),
        ({"latitude": 47.9}, "both_coordinates_or_none"),
        ({"registered_on": None}, "registered_has_a_day"),
        ({"status": "validation"}, "registered_has_a_day"),
        ({"status": "study", "registered_on": None}, "kept_aside_is_outside_the_scope"),
        ({"est_annual_source_id": None}, "estimate_has_a_source"),
        ({"ref_no": "MN002"}, "reference_is_the_key"),
        ({"est_total_tco2": 1000}, "total_has_a_basis"),
        ({"programme": None}, "funding_needs_a_programme"),
    ],
)
def test_a_project_that_cannot_be_is_refused(change: dict[str, Any], rule: str) -> None:
    assert rule in broken_rules("project", PROJECT | change)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"period_end_on": date(2015, 9, 19)}, "period_ends_after_it_starts"),
        ({"japan_tco2": 51, "partner_tco2": None}, "shares_within_the_total"),
        ({"partner_tco2": 11}, "shares_within_the_total"),
        ({"partner_tco2": 9}, "shares_make_the_total"),
        ({"japan_government_tco2": 41}, "government_within_the_japanese_side"),
        ({"total_low_tco2": 40, "total_high_tco2": 60}, "exact_or_a_range"),
        ({"total_tco2": None, "total_low_tco2": 40}, "range_has_both_limits"),
        ({"total_tco2": None, "total_low_tco2": 60, "total_high_tco2": 55}, "range_has_both_limits"),
        ({"total_tco2": -1}, "total_tco2|min"),
        ({"total_tco2": 50_000_001}, "total_tco2|max"),
        ({"issued_on": date(2016, 5, 14)}, "issued_after_the_period"),
        ({"issued_on": date(2016, 9, 28)}, "issued_after_the_decision"),
        ({"decided_on": date(2016, 5, 14)}, "decided_after_the_period"),
        (
            {"partner_issued_on": date(2016, 10, 1), "is_partner_issuance_pending": True},
            "pending_is_not_issued",
        ),
        ({"project_ids": "MN001;MN002"}, "one_project_stands_alone"),
    ],
)
def test_an_event_that_cannot_be_is_refused(change: dict[str, Any], rule: str) -> None:
    assert rule in broken_rules("issuance", ISSUANCE | change)


def test_an_unknown_amount_is_not_a_fault() -> None:
    nothing_known = {
        "total_tco2": None,
        "japan_tco2": None,
        "japan_government_tco2": None,
        "partner_tco2": None,
        "decided_on": None,
        "decided_precision": None,
    }
    assert broken_rules("issuance", ISSUANCE | nothing_known) == set()


def test_an_assumption_out_of_range_is_refused() -> None:
    row = {
        "assumption_code": "LIFE-BOILER",
        "kind": "lifetime",
        "subject": "boiler",
        "value": 150.0,
        "unit": "years",
        "basis": "convention",
        "sample_size": None,
        "reason_en": "r",
        "reason_ja": "理由",
        "source_id": None,
    }
    assert broken_rules("assumption", row) == {"lifetime_is_plausible"}
    assert broken_rules("assumption", row | {"value": None}) == {"lifetime_is_plausible"}
    assert broken_rules("assumption", row | {"value": 15.0}) == set()
    share = row | {"assumption_code": "SHARE-MNG", "kind": "japanese share", "unit": "share", "value": 1.2}
    assert broken_rules("assumption", share) == {"share_is_a_share"}
    assert broken_rules("assumption", share | {"value": None}) == {"share_is_a_share"}


def test_a_month_is_given_its_last_day_before_it_is_refused() -> None:
    in_may = {"decided_on": date(2016, 5, 1), "decided_precision": "month"}
    assert broken_rules("issuance", ISSUANCE | in_may) == set()
    in_april = {"decided_on": date(2016, 4, 1), "decided_precision": "month"}
    assert broken_rules("issuance", ISSUANCE | in_april) == {"decided_after_the_period"}
    in_the_year = {"issued_on": date(2016, 1, 1), "issued_precision": "year"}
    assert broken_rules("issuance", ISSUANCE | in_the_year) == set()


@pytest.mark.parametrize(
    ("field", "value", "is_right"),
    [
        ("est_annual_tco2", "92", True),
        ("est_annual_tco2", "-92", False),
        ("est_annual_tco2", "about 92", False),
        ("registered_on", "2015-06", True),
        ("registered_on", "2015-06-30", True),
        ("registered_on", "2015", False),
        ("fy_selected", "2013", True),
        ("fy_selected", "FY2013", False),
    ],
)
def test_a_statement_has_the_form_of_its_field(field: str, value: str, *, is_right: bool) -> None:
    broken = broken_rules("project_claim", CLAIM | {"field": field, "value": value})
    assert broken == (set() if is_right else {"value_fits_the_field"})


@pytest.mark.parametrize(
    ("table_name", "row", "change", "rule"),
    [
        ("partner_country", PARTNER, {"signed_from_on": date(2013, 1, 9)}, "limits_in_order"),
        ("partner_country", PARTNER, {"signed_to_on": date(2013, 1, 31)}, "day_has_no_width"),
        ("partner_country", PARTNER, {"signed_precision": "about"}, "signed_precision|check"),
        ("target", TARGET, {"high_tco2": 40_000_000}, "range_in_order"),
        ("target", TARGET, {"known_until": date(2015, 4, 1)}, "known_in_order"),
        ("target", TARGET, {"low_tco2": 0}, "low_tco2|min"),
    ],
)
def test_signatures_and_targets_keep_their_order(
    table_name: str, row: dict[str, Any], change: dict[str, Any], rule: str
) -> None:
    assert rule in broken_rules(table_name, row | change)


def test_a_key_stands_once() -> None:
    _, failures = table("project").schema.filter(frame("project", [PROJECT, PROJECT]))
    assert failures.counts() == {"primary_key": 2}
