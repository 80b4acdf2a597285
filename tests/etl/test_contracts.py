"""What the contracts refuse, shown on one row that is otherwise right."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.contracts import CROSS_RULES, table

PROJECT: dict[str, Any] = {
    "project_id": "MN001",
    "ref_no": "MN001",
    "title_en": "Boilers",
    "title_en_basis": "published",
    "title_ja": None,
    "iso3": "MNG",
    "location": None,
    "latitude": None,
    "longitude": None,
    "technology": "boiler",
    "sector_number": 1,
    "sector_basis": "classified",
    "methodology": None,
    "programme": "MOEJ model project",
    "funding": "government",
    "fy_selected": 2013,
    "status": "registered",
    "registered_on": date(2015, 6, 30),
    "operation_start_on": None,
    "operation_start_precision": None,
    "est_annual_tco2": 92,
    "est_annual_source_id": "s1",
    "est_total_tco2": None,
    "est_total_basis": None,
    "jp_participants": None,
    "partner_participants": None,
    "in_target_scope": True,
    "note": None,
    "source_ids": "s1",
}
ISSUANCE: dict[str, Any] = {
    "issuance_id": "MN001-1",
    "project_id": "MN001",
    "project_ids": "MN001",
    "iso3": "MNG",
    "decided_on": date(2016, 9, 29),
    "decided_precision": "day",
    "issued_on": date(2016, 9, 30),
    "issued_precision": "day",
    "period_start_on": date(2015, 9, 20),
    "period_end_on": date(2016, 5, 15),
    "total_tco2": 50,
    "japan_tco2": 40,
    "japan_government_tco2": 30,
    "partner_tco2": 10,
    "partner_issued_on": None,
    "is_partner_issuance_pending": False,
    "source_id": "s1",
    "other_source_ids": None,
    "note": None,
}


def frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = table(name).schema
    return pl.DataFrame(
        rows, schema={c: column.dtype for c, column in schema.columns().items()}, orient="row"
    )


def broken_rules(name: str, row: dict[str, Any]) -> set[str]:
    _, failures = table(name).schema.filter(frame(name, [row]))
    return set(failures.counts())


def test_a_right_row_passes() -> None:
    assert broken_rules("project", PROJECT) == set()
    assert broken_rules("issuance", ISSUANCE) == set()


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
        ({"latitude": 91.0, "longitude": 10.0}, "latitude|max"),
        ({"latitude": 47.9}, "both_coordinates_or_none"),
        ({"registered_on": None}, "registered_has_a_day"),
        ({"status": "validation"}, "registered_has_a_day"),
        ({"status": "study", "registered_on": None}, "kept_aside_is_outside_the_scope"),
        ({"est_annual_source_id": None}, "estimate_has_a_source"),
        ({"ref_no": "MN002"}, "reference_is_the_key"),
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
        ({"total_tco2": None}, "share_needs_a_total"),
        ({"total_tco2": -1}, "total_tco2|min"),
        ({"total_tco2": 50_000_001}, "total_tco2|max"),
        ({"issued_on": date(2016, 5, 14)}, "issued_after_the_period"),
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


def around(project: dict[str, Any], issuance: dict[str, Any]) -> dict[str, pl.DataFrame]:
    return {
        "project": frame("project", [PROJECT | project]),
        "issuance": frame("issuance", [ISSUANCE | issuance]),
        "programme": frame(
            "programme",
            [
                {
                    "programme": "MOEJ model project",
                    "name_en": "Model",
                    "name_ja": "設備補助",
                    "funding": "government",
                }
            ],
        ),
        "partner_country": pl.DataFrame({"iso3": ["MNG"], "signed_from_on": [date(2013, 1, 8)]}),
        "source": pl.DataFrame({"source_id": ["s1"], "retrieved_on": [date(2026, 11, 23)]}),
    }


@pytest.mark.parametrize(
    ("project", "issuance", "broken"),
    [
        ({}, {}, set()),
        ({"registered_on": date(2013, 1, 7)}, {}, {"registered_before_signature"}),
        ({"registered_on": date(2026, 11, 24)}, {}, {"registered_after_it_was_read"}),
        ({"funding": "private"}, {}, {"funding_of_another_programme"}),
        ({}, {"decided_on": date(2013, 1, 7)}, {"issued_before_signature"}),
        ({}, {"issued_on": date(2027, 1, 1)}, {"decided_after_it_was_read"}),
        ({"iso3": "THA"}, {}, {"project_of_another_country"}),
    ],
)
def test_rules_across_tables(project: dict[str, Any], issuance: dict[str, Any], broken: set[str]) -> None:
    frames = around(project, issuance)
    found = {rule.name: rule.failing(frames) for rule in CROSS_RULES}
    assert {name for name, rows in found.items() if rows.height} == broken
    for rule in CROSS_RULES:
        assert tuple(found[rule.name].columns) == table(rule.table).row_key


def test_every_cross_rule_has_words_in_both_languages() -> None:
    for rule in CROSS_RULES:
        assert rule.text.en.endswith(".")
        assert rule.text.ja.endswith("。")
