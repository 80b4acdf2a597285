"""What is done by columns for a million events gives the rows that one event after the other gives."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.steps.dating import dated_sources
from etl.steps.fact_rows import read_fact_rows
from etl.steps.issued import known_events
from etl.steps.ledger import ledger_entries
from etl.steps.vintages import by_vintage
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
    return {
        "issuance_id": issuance_id,
        "iso3": draw(st.sampled_from(["MNG", "THA"])),
        "project_ids": draw(st.sampled_from(["P1", "P1;P2", None])),
        "decided_on": draw(maybe(DAYS)),
        "decided_precision": draw(st.sampled_from(["day", "month", "year"])),
        "issued_on": issued,
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


@settings(max_examples=60)
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
