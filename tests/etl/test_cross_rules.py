"""What the rules across tables refuse, shown on rows that fit together but for one cell."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.contracts import CROSS_RULES, table
from tests.etl.rows_that_pass import (
    ALIAS,
    CLAIM,
    ISSUANCE,
    PARTICIPANT,
    PARTNER,
    PRICING,
    PROJECT,
    TRANSFER,
    frame,
)

PROGRAMME = {
    "programme": "MOEJ model project",
    "name_en": "Model projects",
    "name_ja": "設備補助事業",
    "funding": "government",
}
SOURCE = {
    "source_id": "s1",
    "url": "https://example.org/",
    "publisher": "p",
    "kind": "official",
    "as_of_on": None,
    "as_of_precision": None,
    "retrieved_on": date(2026, 11, 23),
}
NDC = {"iso3": "MNG"}
RIGHT: dict[str, dict[str, Any]] = {
    "source": SOURCE,
    "partner_country": PARTNER,
    "programme": PROGRAMME,
    "project": PROJECT,
    "project_claim": CLAIM,
    "issuance": ISSUANCE,
    "article6_event": TRANSFER,
    "ndc_target": NDC,
    "carbon_pricing": PRICING,
    "participant": PARTICIPANT,
    "participant_alias": ALIAS,
}


def frames_with(table_name: str, change: dict[str, Any]) -> dict[str, pl.DataFrame]:
    rows = {**RIGHT, table_name: RIGHT[table_name] | change}
    return {name: frame(name, [row]) for name, row in rows.items()}


def broken_rules(frames: dict[str, pl.DataFrame]) -> set[str]:
    return {rule.name for rule in CROSS_RULES if rule.failing(frames).height}


def test_rows_that_fit_together_pass() -> None:
    assert broken_rules(frames_with("project", {})) == set()


@pytest.mark.parametrize(
    ("table_name", "change", "broken"),
    [
        ("partner_country", {"signed_from_on": date(2026, 11, 24)}, "signed_after_it_was_read"),
        ("project", {"registered_on": date(2013, 1, 7)}, "registered_before_signature"),
        ("project", {"registered_on": date(2026, 11, 24)}, "registered_after_it_was_read"),
        ("project", {"fy_selected": 2027}, "selected_after_it_was_read"),
        ("project", {"funding": "private"}, "funding_of_another_programme"),
        ("project", {"iso3": "THA"}, "project_of_another_country"),
        ("project", {"est_annual_tco2": 93}, "taken_and_not_held"),
        ("project", {"est_annual_tco2": None}, "taken_and_not_held"),
        ("project_claim", {"field": "fy_selected", "value": "2014"}, "taken_and_not_held"),
        ("project_claim", {"field": "registered_on", "value": "2015-07"}, "taken_and_not_held"),
        ("issuance", {"decided_on": date(2013, 1, 7)}, "issued_before_signature"),
        ("issuance", {"issued_on": date(2027, 1, 1)}, "decided_after_it_was_read"),
        ("issuance", {"partner_issued_on": date(2027, 1, 1)}, "decided_after_it_was_read"),
        ("article6_event", {"occurred_on": date(2026, 11, 24)}, "occurred_after_it_was_read"),
        ("article6_event", {"iso3": "THA"}, "issuance_of_another_country"),
        ("article6_event", {"quantity_tco2": 51}, "more_than_was_issued"),
        ("ndc_target", {"iso3": "FRA"}, "ndc_of_neither_side"),
        ("carbon_pricing", {"iso3": "FRA"}, "pricing_of_neither_side"),
    ],
)
def test_a_row_that_does_not_fit_the_others_is_refused(
    table_name: str, change: dict[str, Any], broken: str
) -> None:
    assert broken in broken_rules(frames_with(table_name, change))


@pytest.mark.parametrize(
    ("table_name", "change"),
    [
        ("project", {"registered_on": date(2013, 1, 8)}),
        ("issuance", {"decided_on": date(2013, 1, 1), "decided_precision": "month"}),
        ("project_claim", {"field": "registered_on", "value": "2015-06"}),
        ("project_claim", {"value": "90", "is_taken": False}),
        ("article6_event", {"quantity_tco2": None}),
        ("article6_event", {"issuance_id": None, "quantity_tco2": 1000}),
        ("carbon_pricing", {"iso3": "MNG"}),
    ],
)
def test_what_may_be_right_is_not_refused(table_name: str, change: dict[str, Any]) -> None:
    assert broken_rules(frames_with(table_name, change)) == set()


def test_two_transfers_together_must_not_exceed_the_issuance() -> None:
    frames = frames_with("article6_event", {})
    halves = [TRANSFER | {"article6_event_id": f"A6-{n}", "quantity_tco2": 26} for n in (1, 2)]
    found = {
        rule.name: rule.failing({**frames, "article6_event": frame("article6_event", halves)})
        for rule in CROSS_RULES
    }
    assert found["more_than_was_issued"].get_column("article6_event_id").to_list() == ["A6-1", "A6-2"]


@pytest.mark.parametrize(
    ("others", "aliases", "broken"),
    [
        ([{"participant_id": "b", "name_en": "INVENTED POWER Co., Ltd."}], [], "name_of_two_participants"),
        ([{"participant_id": "b", "name_en": "Invented Energy Inc."}], [{}], "alias_of_two_participants"),
        (
            [{"participant_id": "b", "name_en": "Other"}],
            [{}, {"participant_id": "b"}],
            "alias_of_two_participants",
        ),
        (
            [
                {"participant_id": "b", "name_en": "Other", "group_id": "invented-power"},
                {"participant_id": "c", "name_en": "Third", "group_id": "b"},
            ],
            [],
            "group_within_a_group",
        ),
    ],
)
def test_names_and_groups_of_participants_are_those_of_one(
    others: list[dict[str, Any]], aliases: list[dict[str, Any]], broken: str
) -> None:
    frames = frames_with("project", {})
    frames["participant"] = frame("participant", [PARTICIPANT, *(PARTICIPANT | one for one in others)])
    frames["participant_alias"] = frame("participant_alias", [ALIAS | one for one in aliases])
    assert broken_rules(frames) == {broken}


def test_bodies_of_two_countries_may_have_one_name() -> None:
    frames = frames_with("project", {})
    other = PARTICIPANT | {"participant_id": "b", "name_en": "Other"}
    frames["participant"] = frame("participant", [PARTICIPANT, other])
    same = ALIAS | {"alias": "Ministry of Energy"}
    rows = [same | {"iso3": "MNG"}, same | {"iso3": "THA", "participant_id": "b"}]
    frames["participant_alias"] = frame("participant_alias", rows)
    assert broken_rules(frames) == set()


def test_every_cross_rule_gives_keys_and_has_words_in_both_languages() -> None:
    frames = frames_with("project", {})
    for rule in CROSS_RULES:
        assert tuple(rule.failing(frames).columns) == table(rule.table).row_key
        assert rule.text.en.endswith(".")
        assert rule.text.ja.endswith("。")
