"""What the committed facts give, held to figures that were counted by hand or stated by officials."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.sources.intake import load_facts
from etl.steps import derive
from etl.steps.checks import check_identities, data_as_of
from etl.steps.search_texts import search_texts
from model.ladder import EXPECTED_RUNGS
from model.search_text import folded
from tests.etl.facts_by_hand import in_force

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    facts = dict(load_facts(DATA).frames)
    return {**facts, **derive(facts, data_as_of(facts))}


@pytest.fixture(scope="module")
def today(tables: dict[str, pl.DataFrame]) -> date:
    return data_as_of(tables)


def test_every_identity_holds(tables: dict[str, pl.DataFrame]) -> None:
    results = check_identities(tables)
    assert results.filter(~pl.col("is_passed")).rows() == []


def test_projects_by_stage(tables: dict[str, pl.DataFrame], today: date) -> None:
    stages = in_force(tables["project_stage"], today)
    assert dict(stages.group_by("stage").len().iter_rows()) == {
        "registered": 94,
        "validation": 49,
        "withdrawn": 4,
        "pipeline": 123,
        "study": 12,
    }


def test_registered_estimates_and_what_is_left_out(tables: dict[str, pl.DataFrame], today: date) -> None:
    registered = tables["project"].filter(pl.col("status") == "registered")
    assert registered["est_annual_tco2"].sum() == 253_019
    with_estimate = in_force(tables["project_stage"], today).filter(
        pl.col("has_estimate") & pl.col("in_target_scope")
    )
    expected = in_force(tables["reduction"], today).filter(pl.col("rung").is_in(EXPECTED_RUNGS))
    assert set(expected["project_id"]) == set(with_estimate["project_id"])
    counts = dict(with_estimate.group_by("stage").len().iter_rows())
    assert counts == {"registered": 35, "validation": 16, "pipeline": 68}


def test_tonnes_issued(tables: dict[str, pl.DataFrame], today: date) -> None:
    now = in_force(tables["reduction"], today)
    for dated_by in ("monitoring_period", "decision"):
        notified = now.filter((pl.col("rung") == "notified") & (pl.col("dated_by") == dated_by))
        mongolia = notified.filter(pl.col("iso3") == "MNG")
        assert notified["tco2"].sum() == 163_654
        assert (mongolia["tco2"].sum(), mongolia["japan_tco2"].sum()) == (129_320, 103_451)


def test_the_mongolian_side_still_pending_is_decided_and_not_issued(
    tables: dict[str, pl.DataFrame], today: date
) -> None:
    now = in_force(tables["reduction"], today).filter(
        pl.col("issuance_id").is_in(["MN001-3", "MN002-3", "MN006-1"]) & (pl.col("dated_by") == "decision")
    )
    sums = dict(now.group_by("rung").agg(pl.col("tco2").sum()).iter_rows())
    assert sums == {"notified": 139 + 322 + 30_312, "issued": 110 + 256 + 24_249, "japan": 110 + 256 + 24_249}


def test_a_claim_that_was_replaced_held_at_its_time(tables: dict[str, pl.DataFrame]) -> None:
    costa_rica = tables["reduction"].filter(
        (pl.col("project_id") == "CR001") & (pl.col("fiscal_year") == 2025)
    )
    annual = {day: in_force(costa_rica, day)["tco2"].sum() for day in (date(2019, 1, 8), date(2019, 1, 9))}
    assert list(annual.values()) == [2404, 2245]


def test_no_target_before_it_was_announced(tables: dict[str, pl.DataFrame]) -> None:
    in_2024 = in_force(tables["target"], date(2024, 1, 1))
    assert in_2024["fiscal_year"].to_list() == [2030]


@pytest.mark.parametrize(
    ("metric", "differing"),
    [
        # Senegal signed in August 2022, on a day not known: it counts from the end of the month.
        ("partner_countries", [(date(2022, 8, 26), 19, 18)]),
        ("registered_projects", []),
        ("registered_projects_with_issuance", []),
        ("itmo_issuance_events", []),
    ],
)
def test_counts_agree_with_every_dated_statement(
    tables: dict[str, pl.DataFrame], metric: str, differing: list[tuple[date, int, int]]
) -> None:
    rows = tables["reconciliation"].filter(
        (pl.col("metric") == metric) & pl.col("as_of_on").is_not_null() & pl.col("is_comparable")
    )
    assert rows.height > 0
    unequal = rows.filter(pl.col("coverage") != 1.0)
    assert unequal.select("as_of_on", "stated_value", "our_value").rows() == differing


def test_every_official_statement_is_reconciled_or_says_why_not(tables: dict[str, pl.DataFrame]) -> None:
    rows = tables["reconciliation"]
    assert rows.height == tables["official_total"].height
    assert rows.filter(pl.col("is_comparable") != pl.col("coverage").is_not_null()).is_empty()
    assert rows.select(pl.col("basis_en", "basis_ja").str.len_chars().min()).row(0) > (0, 0)


def test_a_search_finds_places_and_titles_by_their_japanese(tables: dict[str, pl.DataFrame]) -> None:
    text = dict(search_texts(tables).iter_rows())
    assert folded("もみ殻発電") in text["CL008"]
    assert folded("ウランバートル市郊外") in text["MN003"]
