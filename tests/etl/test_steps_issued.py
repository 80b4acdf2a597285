"""Amounts of events: limits stay in order, what is exact stays exact, and what is not known is never an amount of 0."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.steps.issued import known_events
from tests.etl.facts_by_hand import DATA_AS_OF, facts_of

TONNES = st.none() | st.integers(0, 10**9)
LIMITS = st.none() | st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(sorted)
PARTS = ("total_tco2", "japan_tco2", "japan_government_tco2", "partner_tco2")
Event = dict[str, Any]


def known(**stated: Any) -> Event:
    """What the steps know of one event."""
    tables = facts_of(issuance=[{"issuance_id": "E1", **stated}], source=[{"source_id": "undated"}])
    tables["source"] = tables["source"].with_columns(pl.lit("official").alias("reliability"))
    return known_events(tables, DATA_AS_OF).row(0, named=True)


@st.composite
def events(draw: Any) -> Event:
    """An event whose parts fit into the whole, as the rules of the facts demand."""
    stated: Event = {name: draw(TONNES) for name in PARTS}
    stated["total_low_tco2"], stated["total_high_tco2"] = draw(LIMITS) or (None, None)
    most = stated["total_tco2"] if stated["total_tco2"] is not None else stated["total_high_tco2"]
    for name, limit in (("japan_tco2", most), ("japan_government_tco2", stated["japan_tco2"] or most)):
        if limit is not None and stated[name] is not None:
            stated[name] = min(stated[name], limit)
    if stated["japan_tco2"] is not None and stated["japan_government_tco2"] is not None:
        stated["japan_government_tco2"] = min(stated["japan_government_tco2"], stated["japan_tco2"])
    if most is not None and stated["partner_tco2"] is not None:
        japan = (
            stated["japan_tco2"] if stated["japan_tco2"] is not None else stated["japan_government_tco2"] or 0
        )
        stated["partner_tco2"] = min(stated["partner_tco2"], most - japan)
    return stated


@settings(max_examples=60)
@given(events())
def test_limits_stay_in_order_and_hold_the_known_parts(stated: Event) -> None:
    event = known(**stated)
    if event["amount_basis"] == "unknown":
        assert event["low"] is event["high"] is event["japan_low"] is event["japan_high"] is None
        assert stated["total_tco2"] is stated["total_low_tco2"] is None
        assert not any(stated[name] for name in PARTS), "a part of 0 t tells nothing of the whole"
        return
    assert 0 <= event["low"] <= event["high"]
    assert 0 <= event["japan_low"] <= event["japan_high"] <= event["high"]
    assert event["japan_low"] >= (stated["japan_government_tco2"] or 0)
    if stated["total_tco2"] is not None:
        assert (event["low"], event["high"], event["amount_basis"]) == (stated["total_tco2"],) * 2 + (
            "exact",
        )


@pytest.mark.parametrize(
    ("stated", "amount", "japan"),
    [
        # Both sides make up the whole exactly; the government's part is within the Japanese side.
        ({"japan_tco2": 31, "japan_government_tco2": 27, "partner_tco2": 9}, (40, 40, "exact"), (31, 31)),
        ({"total_tco2": 40, "partner_tco2": 9}, (40, 40, "exact"), (31, 31)),
        ({"total_tco2": 300, "japan_government_tco2": 151}, (300, 300, "exact"), (151, 300)),
        # One side's part alone is the least of the whole.
        ({"japan_government_tco2": 433}, (433, 433, "at least"), (433, 433)),
        ({"partner_tco2": 9}, (9, 9, "at least"), (0, 0)),
        # A range of which no side is known may be all Japan's.
        ({"total_low_tco2": 550_000, "total_high_tco2": 612_525}, (550_000, 612_525, "range"), (0, 612_525)),
        ({}, (None, None, "unknown"), (None, None)),
    ],
)
def test_an_amount_is_as_well_known_as_its_parts(
    stated: Event, amount: tuple[int | None, int | None, str], japan: tuple[int | None, int | None]
) -> None:
    event = known(**stated)
    assert (event["low"], event["high"], event["amount_basis"]) == amount
    assert (event["japan_low"], event["japan_high"]) == japan


def test_an_issue_stands_from_the_decision_at_the_earliest() -> None:
    event = known(
        decided_on=date(2020, 1, 1), decided_precision="month", issued_on=date(2020, 1, 20), total_tco2=1
    )
    assert event["known_on"] == event["issued_known_on"] == date(2020, 1, 31)
