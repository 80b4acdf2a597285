"""What the committed facts give, held to figures that were counted by hand or stated by officials."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.sources.intake import load_facts
from etl.steps import derive
from etl.steps.checks import check_identities, data_as_of
from etl.steps.search_texts import search_texts
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


def test_projects_by_stage_and_their_estimates(tables: dict[str, pl.DataFrame], today: date) -> None:
    states = in_force(tables["project_state"], today)
    counted = states.group_by("stage").agg(
        pl.len(), pl.col("annual_tco2").count().alias("known"), pl.col("annual_tco2").sum()
    )
    found = {row[0]: row[1:] for row in counted.iter_rows()}
    assert found["registered"] == (94, 94, 751_076)
    assert found["validation"] == (49, 49, 705_505)
    assert found["withdrawn"] == (4, 4, 2_450)
    assert found["study"] == (13, 2, 1_152_658)
    pipeline, dormant = found["pipeline"], found["dormant"]
    assert tuple(map(sum, zip(pipeline, dormant, strict=True))) == (129, 73, 2_035_897)


def test_dormant_projects_are_those_that_outlasted_the_slowest_registration(
    tables: dict[str, pl.DataFrame], today: date
) -> None:
    # TH022 needed 7.6 years from 1 April of its year of selection: eight years are the lapse.
    dormant = in_force(tables["project_state"], today).filter(pl.col("stage") == "dormant")
    selected = dormant.get_column("fy_selected").drop_nulls()
    assert selected.max() == 2017
    waiting = in_force(tables["project_state"], today).filter(pl.col("stage") == "pipeline")
    assert waiting.get_column("fy_selected").drop_nulls().min() == 2018


@pytest.mark.parametrize(
    ("project_id", "start_on"),
    [
        ("MN006", date(2019, 7, 6)),
        ("KH005", date(2018, 3, 12)),
        ("BD004", date(2016, 6, 1)),
        ("SA001", date(2017, 1, 25)),
        ("MN003", date(2017, 8, 26)),
    ],
)
def test_no_project_starts_after_what_was_verified(
    tables: dict[str, pl.DataFrame], today: date, project_id: str, start_on: date
) -> None:
    state = in_force(tables["project_state"], today).filter(pl.col("project_id") == project_id)
    assert state["start_on"].item() <= start_on


def test_tonnes_on_the_ladder(tables: dict[str, pl.DataFrame], today: date) -> None:
    now = in_force(tables["verified"], today)
    # 165,967 t exactly, 87,191 t known as the government's share alone, and one event of 550,000 to 612,525 t.
    assert now["notified_low_tco2"].sum() == 165_967 + 87_191 + 550_000
    assert now["notified_high_tco2"].sum() == 165_967 + 87_191 + 612_525
    assert now["itmo_low_tco2"].sum() == now["itmo_high_tco2"].sum() == 88_200
    events = tables["issuance_event"].filter(pl.col("is_reported"))
    assert events["tco2_low"].sum() == 86_564
    assert dict(tables["issuance_event"].group_by("amount_basis").len().iter_rows()) == {
        "exact": 33,
        "range": 1,
        "at least": 6,
        "unknown": 8,
    }


def test_the_events_of_the_years_that_are_stated(tables: dict[str, pl.DataFrame]) -> None:
    events = tables["issuance_event"].with_columns(
        pl.coalesce("calendar_year_issued", "calendar_year_decided").alias("year")
    )
    exact = events.filter((pl.col("amount_basis") == "exact") & (pl.col("year") <= 2025))
    assert exact["tco2_low"].sum() == 127_918
    years = tables["reconciliation"].filter(pl.col("metric") == "credits_issued_in_year")
    assert years["stated_value"].sum() == 825_928


def test_the_mongolian_side_still_pending_is_decided_and_not_issued(
    tables: dict[str, pl.DataFrame], today: date
) -> None:
    now = in_force(tables["verified"], today).filter(
        pl.col("issuance_id").is_in(["MN001-3", "MN002-3", "MN006-1"])
    )
    sums = [now[f"{rung}_low_tco2"].sum() for rung in ("notified", "issued", "japan")]
    assert sums == [139 + 322 + 30_312, 110 + 256 + 24_249, 110 + 256 + 24_249]


def test_verified_tonnes_are_compared_with_the_days_they_cover_by_one_rule(
    tables: dict[str, pl.DataFrame], today: date
) -> None:
    delivery = in_force(tables["delivery"], today).filter(pl.col("issuance_id").str.starts_with("MN003"))
    decided = 8_880 + 35_419
    # 11,223 t a year: 218 of 365 days of FY2017, all of FY2018 and FY2019, 275 of 365 days of FY2020.
    expected = 11_223 * (218 / 365 + 1 + 1 + 275 / 365)
    assert delivery["expected_tco2"].sum() == pytest.approx(expected)
    assert decided / expected == pytest.approx(1.17802, abs=0.00001)


def test_no_target_before_it_was_announced(tables: dict[str, pl.DataFrame]) -> None:
    in_2024 = in_force(tables["target"], date(2024, 1, 1))
    assert in_2024["fiscal_year"].to_list() == [2030]


@pytest.mark.parametrize(
    ("metric", "differing"),
    [
        ("partner_countries", []),
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
    text = dict(search_texts(tables)["project_search"].iter_rows())
    assert folded("もみ殻発電") in text["CL008"]
    assert folded("ウランバートル市郊外") in text["MN003"]
