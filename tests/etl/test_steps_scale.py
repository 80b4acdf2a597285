"""What is done by columns for a million events gives the rows that one event after the other gives."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.steps.acts import JAPANESE
from etl.steps.dating import dated_sources
from etl.steps.fact_rows import read_fact_rows
from etl.steps.issued import known_events
from etl.steps.ledger import ledger_entries
from etl.steps.verified import rung_levels, verified_rows
from etl.steps.vintages import by_vintage
from model.ledger.rules import FIRST_VINTAGE
from model.schedule import expected_over_periods
from tests.etl.facts_by_hand import DATA_AS_OF, facts_of
from tests.model.day_by_day import expected_over_period

TONNES = st.integers(1, 5000)
DAYS = st.dates(date(2014, 1, 1), DATA_AS_OF)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def events(draw: Callable[..., Any], issuance_id: str) -> dict[str, Any]:
    total, issued = draw(maybe(TONNES)), draw(maybe(DAYS))
    high = None if total is None or draw(st.booleans()) else total + draw(st.integers(1, 500))
    japan = draw(maybe(st.integers(0, total or 5000)))
    partner_on = draw(maybe(DAYS)) if issued else None
    period_start = draw(maybe(st.dates(date(2016, 1, 1), date(2024, 1, 1))))
    length = timedelta(days=draw(st.integers(0, 1500)))
    return {
        "issuance_id": issuance_id,
        "iso3": draw(st.sampled_from(["MNG", "THA"])),
        "project_ids": draw(st.sampled_from(["P1", "P1;P2", None])),
        "decided_on": draw(maybe(DAYS)),
        "decided_precision": draw(st.sampled_from(["day", "month", "year"])),
        "issued_on": issued,
        "period_start_on": period_start,
        "period_end_on": period_start and period_start + length,
        "total_tco2": total if high is None else None,
        "total_low_tco2": total if high is not None else None,
        "total_high_tco2": high,
        "japan_tco2": japan,
        "japan_government_tco2": draw(maybe(st.integers(0, japan if japan is not None else total or 5000))),
        "partner_tco2": draw(maybe(st.integers(0, 50))) if total is None else None,
        "partner_issued_on": partner_on,
        "is_partner_issuance_pending": partner_on is None and draw(st.booleans()),
    }


@st.composite
def worlds(draw: Callable[..., Any]) -> dict[str, list[dict[str, Any]]]:
    return {
        "issuance": [draw(events(f"E{i}")) for i in range(draw(st.integers(1, 6)))],
        "article6_event": [
            {
                "article6_event_id": f"T{i}",
                "issuance_id": draw(st.sampled_from(["E0", "E1", None])),
                "occurred_on": draw(DAYS),
                "action": draw(st.sampled_from(["first transfer", "authorisation", "use towards NDC"])),
                "quantity_tco2": draw(maybe(TONNES)),
            }
            for i in range(draw(st.integers(0, 3)))
        ],
    }


@settings(max_examples=30)
@given(worlds(), DAYS)
def test_the_ledger_is_the_same_as_if_every_entry_went_through_the_book(
    world: dict[str, list[dict[str, Any]]], signed_on: date
) -> None:
    tables = facts_of(**world)
    tables["source"] = dated_sources(tables)
    transfers = read_fact_rows(tables, DATA_AS_OF).transfers
    found = known_events(tables, DATA_AS_OF)
    for signed in ({}, {"MNG": signed_on}):
        years = by_vintage(found)
        entries = ledger_entries(found, years, transfers, signed)
        assert_frame_equal(
            entries, ledger_entries(found, years, transfers, signed, all_through_the_book=True)
        )
        assert entries["entry_number"].to_list() == list(range(1, entries.height + 1))


@settings(max_examples=30)
@given(worlds())
def test_vintages_sum_to_the_events_and_the_ledger_has_one_japanese_side_with_the_rungs(
    world: dict[str, list[dict[str, Any]]],
) -> None:
    tables = facts_of(**world)
    tables["source"] = dated_sources(tables)
    found = known_events(tables, DATA_AS_OF)
    years = by_vintage(found)
    ends = ("low", "high", "japan_low", "japan_high")
    summed = years.group_by("event").agg(pl.col(ends).sum()).sort("event")
    assert_frame_equal(summed.drop("event"), found.select(pl.col(ends).fill_null(0)))
    entries = ledger_entries(found, years, read_fact_rows(tables, DATA_AS_OF).transfers, {})
    booked = entries.filter("is_booked").with_columns(pl.col("quantity_tco2").fill_null(0))
    latest = verified_rows(years, rung_levels(entries)).filter(pl.col("known_until").is_null())
    assert (latest.filter(pl.col("itmo_low_tco2") > 0)["calendar_year"] >= FIRST_VINTAGE).all()
    held: Counter[tuple[str, str, int | None, str]] = Counter()
    for row in booked.iter_rows(named=True):
        event, vintage, tco2 = row["issuance_id"], row["vintage"], row["quantity_tco2"]
        held[event, row["holder_to"], vintage, row["state_to"]] += tco2
        held[event, row["holder_from"], vintage, row["state_from"]] -= tco2
    for event in found["issuance_id"]:
        of_event = latest.filter(pl.col("issuance_id") == event)
        moved = booked.filter((pl.col("issuance_id") == event) & (pl.col("action") == "transfer"))
        assert of_event["itmo_low_tco2"].sum() == moved["quantity_tco2"].sum()
        japan = sum(max(tco2, 0) for (e, h, *_), tco2 in held.items() if e == event and h in JAPANESE)
        assert of_event["japan_low_tco2"].sum() == japan


@given(st.lists(st.tuples(st.integers(0, 10**7), DAYS, st.integers(0, 5000)), min_size=1, max_size=8))
def test_many_periods_expect_what_each_expects(periods: list[tuple[int, date, int]]) -> None:
    starts = [start for _, start, _ in periods]
    ends = [start + timedelta(days=length) for _, start, length in periods]
    annual = [tco2 for tco2, _, _ in periods]
    found = expected_over_periods(
        np.array(annual), np.array(starts, "datetime64[D]"), np.array(ends, "datetime64[D]")
    )
    each = zip(annual, starts, ends, strict=True)
    assert found.tolist() == [expected_over_period(tco2, start, end) for tco2, start, end in each]


def test_an_event_is_the_same_alone_and_among_many() -> None:
    """No sum runs over from one event into the next."""
    rows = [
        {"issuance_id": f"E{i}", "decided_on": date(2020, 1, 1) + timedelta(days=i), "total_tco2": 10 + i}
        for i in range(50)
    ]
    tables = facts_of(issuance=rows)
    tables["source"] = dated_sources(tables)
    found = known_events(tables, DATA_AS_OF)
    together = ledger_entries(found, by_vintage(found), (), {})
    assert together["quantity_tco2"].to_list() == [10 + i for i in range(50)]
    assert together["is_booked"].all()
    assert together.filter(pl.col("state_to") != "decided").is_empty()
