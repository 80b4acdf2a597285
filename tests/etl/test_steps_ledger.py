"""The ledger of the public record: made of the facts, in order of days, refusing what cannot be."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries.warehouse import current
from tests.etl.facts_by_hand import UNDATED, derived_from

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


def ledger(*article6: dict[str, Any], **event: Any) -> pl.DataFrame:
    """The ledger of one event with Article 6 events of its own."""
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
    )["ledger_entry"]


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
