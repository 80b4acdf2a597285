"""The ledger of the public record: made of the facts, in order of days, refusing what cannot be."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries.warehouse import current
from tests.etl.facts_by_hand import ASSUMPTIONS, UNDATED, derived_from

PROJECT = {"project_id": "MN001", "source_ids": "s", "technology": "wind", "sector_number": 1}
EVENT: dict[str, Any] = {
    "issuance_id": "E1",
    "project_ids": "MN001",
    "iso3": "MNG",
    "decided_on": date(2024, 1, 10),
    "issued_on": date(2024, 2, 10),
    "period_start_on": date(2021, 1, 1),
    "period_end_on": date(2021, 12, 31),
    "total_tco2": 100,
    "japan_tco2": 80,
    "japan_government_tco2": 50,
    "partner_tco2": 20,
}


PERIOD = (
    {"assumption_code": "NDC-PERIOD", "value": 2030.0},
    {"assumption_code": "NDC-USE-BY", "value": 2032.0},
)


def derived(*article6: dict[str, Any], assumption: Any = (), **event: Any) -> dict[str, pl.DataFrame]:
    """The tables of one event with Article 6 events of its own."""
    return derived_from(
        source=[UNDATED],
        project=[PROJECT],
        partner_country=[
            {"iso3": "MNG", "signed_from_on": date(2013, 1, 8), "signed_to_on": date(2013, 1, 8)}
        ],
        issuance=[{**EVENT, **event}],
        article6_event=[
            {
                "article6_event_id": f"A{i}",
                "issuance_id": "E1",
                "iso3": "MNG",
                "source_id": UNDATED["source_id"],
                **row,
            }
            for i, row in enumerate(article6, 1)
        ],
        assumption=[*ASSUMPTIONS, *assumption],
    )


def ledger(*article6: dict[str, Any], **event: Any) -> pl.DataFrame:
    """The ledger of one event with Article 6 events of its own."""
    return derived(*article6, **event)["ledger_entry"]


def moves(rows: pl.DataFrame) -> list[tuple[str, str, int | None, bool]]:
    return list(rows.select("action", "holder_to", "quantity_tco2", "is_booked").iter_rows())


def test_an_issue_goes_to_each_holder_on_record() -> None:
    assert moves(ledger()) == [
        ("decide", "unallocated", 100, True),
        ("issue", "JPN government", 50, True),
        ("issue", "JPN companies", 30, True),
        ("issue", "MNG", 20, True),
    ]


def test_the_governments_part_alone_leaves_the_rest_with_nobody_known() -> None:
    rows = ledger(japan_tco2=None, partner_tco2=None)
    assert moves(rows)[1:] == [("issue", "JPN government", 50, True), ("issue", "not known", 50, True)]


def test_a_partner_that_waits_has_not_issued() -> None:
    rows = ledger(is_partner_issuance_pending=True)
    assert [m[1] for m in moves(rows)] == ["unallocated", "JPN government", "JPN companies"]


def test_a_first_transfer_implies_its_authorisation() -> None:
    rows = ledger({"occurred_on": date(2025, 11, 11), "action": "first transfer", "quantity_tco2": 60})
    assert moves(rows)[4:] == [
        ("authorise", "JPN government", 50, True),
        ("authorise", "JPN companies", 10, True),
        ("transfer", "JPN government", 50, True),
        ("transfer", "JPN companies", 10, True),
    ]
    implied, moved = "AUTH-IMPLIED;HOLDER-ORDER", "HOLDER-ORDER"
    assert rows["assumption_codes"].to_list()[4:] == [implied, implied, moved, moved]


@pytest.mark.parametrize(
    ("article6", "event", "words"),
    [
        ({"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 90}, {}, "only 80 t are there for it"),
        ({"occurred_on": date(2024, 1, 20), "action": "first transfer", "quantity_tco2": 5}, {}, "only 0 t are there for it"),
        ({"occurred_on": date(2023, 1, 1), "action": "first transfer", "quantity_tco2": 5}, {}, "before the Joint Committee"),
        ({"occurred_on": date(2025, 1, 1), "action": "use towards NDC", "quantity_tco2": 5}, {}, "only 0 t are there for it"),
        (
            {"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 5},
            {"period_start_on": date(2018, 4, 1), "period_end_on": date(2020, 12, 31)},
            "VINTAGE-2021",
        ),
        ({"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 5, "issuance_id": None}, {}, "no such issuance event"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_kept_and_told(article6: dict[str, Any], event: dict[str, Any], words: str) -> None:
    rows = ledger(article6, **event)
    refused = rows.filter(~pl.col("is_booked"))
    assert words in " ".join(refused["message_en"].to_list())
    assert refused["message_ja"].null_count() == 0


def parts(rows: pl.DataFrame, action: str) -> list[tuple[int | None, str, int | None]]:
    """Booked entries of an action: vintage, holder and tonnes."""
    found = rows.filter(pl.col("is_booked") & (pl.col("action") == action))
    return list(found.select("vintage", "holder_to", "quantity_tco2").iter_rows())


ACROSS = {"period_start_on": date(2020, 7, 1), "period_end_on": date(2021, 6, 30)}
"""184 and 181 days of 365."""


def test_a_period_over_two_years_is_split_by_days_and_every_holder_has_its_part_of_each() -> None:
    rows = ledger(**ACROSS)
    assert parts(rows, "decide") == [(2020, "unallocated", 50), (2021, "unallocated", 50)]
    assert parts(rows, "issue") == [
        (2020, "JPN government", 25),
        (2021, "JPN government", 25),
        (2020, "JPN companies", 15),
        (2021, "JPN companies", 15),
        (2020, "MNG", 10),
        (2021, "MNG", 10),
    ]
    assert set(rows.filter(pl.col("action") == "decide")["assumption_codes"]) == {"VINTAGE-DAYS"}


def test_only_the_part_after_the_border_can_be_transferred() -> None:
    moved = {"occurred_on": date(2025, 11, 11), "action": "first transfer"}
    rows = ledger({**moved, "quantity_tco2": 40}, **ACROSS)
    assert parts(rows, "transfer") == [(2021, "JPN government", 25), (2021, "JPN companies", 15)]
    refused = ledger({**moved, "quantity_tco2": 41}, **ACROSS).filter(~pl.col("is_booked"))
    assert refused.select("action", "quantity_tco2").rows() == [("transfer", 41)]
    assert "only 40 t are there for it" in refused["message_en"][0]


def test_a_transfer_over_several_years_is_divided_by_what_is_there() -> None:
    rows = ledger(
        {"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 30},
        {"occurred_on": date(2026, 1, 1), "action": "use towards NDC", "quantity_tco2": 10},
        period_start_on=date(2021, 1, 1),
        period_end_on=date(2022, 12, 31),
        assumption=PERIOD,
    )
    assert parts(rows, "transfer") == [(2021, "JPN government", 15), (2022, "JPN government", 15)]
    assert parts(rows, "use_ndc") == [(2021, "JPN government", 5), (2022, "JPN government", 5)]
    adjusted = rows.filter(pl.col("adjustment_year").is_not_null())
    assert adjusted.select("action", "adjustment_year", "ndc_last_year").rows() == [
        ("transfer", 2021, 2030),
        ("transfer", 2022, 2030),
        ("use_ndc", 2026, 2030),
        ("use_ndc", 2026, 2030),
    ]


def test_a_use_after_the_period_counts_in_its_last_year_until_it_is_closed() -> None:
    def used(on: date) -> pl.DataFrame:
        rows = ledger(
            {"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 30},
            {"occurred_on": on, "action": "use towards NDC", "quantity_tco2": 10},
            assumption=PERIOD,
        )
        return rows.filter(pl.col("action") == "use_ndc")

    assert used(date(2031, 6, 1)).select("adjustment_year", "is_booked").rows() == [(2030, True)]
    late = used(date(2033, 1, 1))
    assert late.select("adjustment_year", "is_booked").rows() == [(None, False)]
    assert "NDC-USE-BY" in late["message_en"][0]


def test_authorisations_are_served_in_the_order_of_their_days() -> None:
    rows = ledger(
        {"occurred_on": date(2025, 1, 1), "action": "authorisation", "quantity_tco2": 20},
        {"occurred_on": date(2025, 2, 1), "action": "authorisation", "quantity_tco2": 20},
        {"occurred_on": date(2025, 3, 1), "action": "first transfer", "quantity_tco2": 30},
        {"occurred_on": date(2025, 4, 1), "action": "use towards NDC", "quantity_tco2": 25},
        {"occurred_on": date(2025, 5, 1), "action": "first transfer", "quantity_tco2": 11},
    )
    served = rows.filter(pl.col("action").is_in(["transfer", "use_ndc"]))
    assert served.select("action", "authorisation_id", "quantity_tco2", "is_booked").rows() == [
        ("transfer", "A1", 20, True),
        ("transfer", "A2", 10, True),
        ("use_ndc", "A1", 20, True),
        ("use_ndc", "A2", 5, True),
        # More than is authorised on record.
        ("transfer", None, 11, False),
    ]


def test_of_one_day_what_others_rest_on_comes_first() -> None:
    day = date(2025, 1, 1)
    rows = ledger(
        {"occurred_on": day, "action": "use towards NDC", "quantity_tco2": 30},
        {"occurred_on": day, "action": "first transfer", "quantity_tco2": 30},
        {"occurred_on": day, "action": "authorisation", "quantity_tco2": 40},
    )
    assert rows["is_booked"].all()
    assert set(rows.filter(pl.col("article6_event_id").is_not_null())["authorisation_id"]) == {"A3"}


def test_what_is_first_transferred_from_a_holder_not_known_is_japans() -> None:
    tables = derived(
        {"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 60},
        japan_tco2=None,
        partner_tco2=None,
    )
    assert parts(tables["ledger_entry"], "transfer") == [(2021, "JPN government", 50), (2021, "JPN", 10)]
    (last,) = (
        tables["verified"]
        .filter(pl.col("known_until").is_null())
        .group_by("issuance_id")
        .agg(pl.col("japan_low_tco2", "japan_high_tco2", "itmo_low_tco2").sum())
        .rows()
    )
    assert last == ("E1", 60, 100, 60)


@pytest.mark.parametrize("known", [{"total_tco2": None, "japan_tco2": None, "japan_government_tco2": None, "partner_tco2": None}, {"total_tco2": None, "japan_tco2": None, "partner_tco2": None}])  # fmt: skip
def test_a_transfer_of_an_event_of_unknown_amount_is_kept_on_every_rung(known: dict[str, Any]) -> None:
    tables = derived(
        {"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 70},
        **known,
        **ACROSS,
    )
    assert tables["ledger_entry"]["is_booked"].all()
    pieces = tables["verified"].filter(pl.col("known_until").is_null())
    assert pieces["itmo_low_tco2"].sum() == 70
    assert pieces.filter(pl.col("itmo_low_tco2") > 0)["calendar_year"].to_list() == [2021, 2021]
    for upper, lower in pairwise(("notified", "issued", "japan", "itmo")):
        assert (pieces[f"{upper}_low_tco2"].fill_null(0) >= pieces[f"{lower}_low_tco2"].fill_null(0)).all()


def test_a_range_with_one_side_known_is_carried_whole() -> None:
    rows = ledger(
        total_tco2=None,
        total_low_tco2=100,
        total_high_tco2=160,
        japan_tco2=100,
        japan_government_tco2=None,
        partner_tco2=None,
    )
    assert rows["is_booked"].all()
    issued = rows.filter(pl.col("action") == "issue")
    assert issued.select("holder_to", "quantity_tco2", "quantity_high_tco2").rows() == [
        ("JPN", 100, 100),
        ("not known", 0, 60),
    ]


def test_a_tonne_is_used_once() -> None:
    rows = ledger(
        {"occurred_on": date(2025, 1, 1), "action": "first transfer", "quantity_tco2": 50},
        {"occurred_on": date(2025, 2, 1), "action": "use towards NDC", "quantity_tco2": 50},
        {"occurred_on": date(2025, 3, 1), "action": "use towards NDC", "quantity_tco2": 1},
    )
    used = rows.filter(pl.col("action") == "use_ndc")
    assert used["is_booked"].to_list() == [True, False]


def test_the_states_of_every_day_sum_to_what_was_decided(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    for day in (date(2016, 12, 31), date(2020, 3, 31), date(2025, 12, 31), warehouse.data_as_of):
        states = warehouse.run("ledger_states", as_of=day).to_pylist()
        ladder = {
            r["rung"]: (r["tco2_low"] or 0, r["tco2_high"] or 0)
            for r in warehouse.run("ladder", as_of=day, until_fiscal_year=2040).to_pylist()
        }
        for place, end in enumerate(("tco2_low", "tco2_high")):
            assert sum(r[end] for r in states) == ladder["notified"][place]
            assert sum(r[end] for r in states if r["state"] != "decided") == ladder["issued"][place]
        assert all(0 <= r["tco2_low"] <= r["tco2_high"] for r in states)
        # One Japanese side: what is held by it, and at most with what has no known holder.
        japan = [r for r in states if r["holder"].startswith("JPN")]
        unknown = [r for r in states if r["holder"] == "not known"]
        assert sum(r["tco2_low"] for r in japan) == ladder["japan"][0]
        assert sum(r["tco2_high"] for r in (*japan, *unknown)) == ladder["japan"][1]
        moved = ("transferred", "used_ndc", "used_other", "cancelled")
        assert sum(r["tco2_low"] for r in states if r["state"] in moved) == ladder["itmo"][0]
