"""The ledger: conservation, one state at a time, the mirror of adjustments, and faults that name the event."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from model.ledger.adjustments import adjustments_of
from model.ledger.book import Book, booked
from model.ledger.columns import accounts_of
from model.ledger.rules import (
    ACTIONS,
    FAULTS,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    UNALLOCATED,
    Entry,
    Event,
)
from tests.model.ledger_records import whole_record

EVENTS = (
    Event("A", "MNG", date(2023, 1, 1), date(2013, 1, 8), 2021, 2022),
    Event("B", "THA", date(2019, 1, 1), date(2015, 11, 19), 2017, 2018),
    Event("C", "VNM"),
)
HOLDERS = (UNALLOCATED, JAPAN_GOVERNMENT, JAPAN_COMPANIES, "MNG")
DAY = date(2024, 5, 1)


def entry(action: str, quantity: int | None, event: str = "A", **given: Any) -> Entry:
    """An entry of one holder, the government unless told."""
    holder = UNALLOCATED if action in {"decide", "issue"} else JAPAN_GOVERNMENT
    to = UNALLOCATED if action == "decide" else JAPAN_GOVERNMENT
    return Entry(
        event,
        action,
        given.get("on", DAY),
        given.get("holder_from", holder),
        given.get("holder_to", to),
        quantity,
        given.get("vintage"),
    )


entries = st.builds(
    Entry,
    st.sampled_from(["A", "B", "C", "?"]),
    st.sampled_from([*ACTIONS, "destroy"]),
    st.sampled_from([date(2012, 1, 1), date(2018, 6, 1), DAY]),
    st.sampled_from(HOLDERS),
    st.sampled_from(HOLDERS),
    st.one_of(st.none(), st.integers(-1, 40)),
    st.sampled_from([None, 2017, 2021, 2030]),
)

likely = st.builds(
    Entry,
    st.sampled_from(["A", "C"]),
    st.sampled_from(list(ACTIONS)),
    st.just(DAY),
    st.sampled_from(HOLDERS[:2]),
    st.sampled_from(HOLDERS[:2]),
    st.integers(1, 9),
    st.none(),
)


class AnyOrder(RuleBasedStateMachine):
    """Valid and invalid entries in any order: the book never goes wrong."""

    @initialize()
    def open_book(self) -> None:
        self.book = Book({event.event_id: event for event in EVENTS})
        self.decided = 0

    @rule(posted=st.one_of(entries, likely))
    def post(self, posted: Entry) -> None:
        before = (dict(self.book.held), dict(self.book.unknown), dict(self.book.created))
        fault = self.book.post(posted)
        if fault is not None:
            assert before == (self.book.held, self.book.unknown, self.book.created), "half applied"
            assert posted.event_id in fault.message_en
            assert posted.event_id in fault.message_ja
        elif posted.action == "decide" and posted.quantity_tco2:
            self.decided += posted.quantity_tco2

    @invariant()
    def every_account_is_covered(self) -> None:
        assert all(tonnes >= 0 for tonnes in self.book.held.values())
        assert not self.book.imbalances()

    @invariant()
    def nothing_is_made_or_lost(self) -> None:
        assert sum(self.book.held.values()) == self.decided - sum(self.book.revealed.values())
        assert sum(self.book.created.values()) == -self.decided


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def frame_of(some: list[Entry]) -> pl.DataFrame:
    return pl.DataFrame(
        [tuple(vars(e).values()) for e in some],
        schema={
            "event_id": pl.String,
            "action": pl.String,
            "occurred_on": pl.Date,
            "holder_from": pl.String,
            "holder_to": pl.String,
            "quantity_tco2": pl.Int64,
            "vintage": pl.Int64,
        },
        orient="row",
    )


EVENT_FRAME = pl.DataFrame(
    [tuple(vars(e).values()) for e in EVENTS],
    schema={
        "event_id": pl.String,
        "iso3": pl.String,
        "decided_on": pl.Date,
        "signed_on": pl.Date,
        "period_from": pl.Int64,
        "period_to": pl.Int64,
    },
    orient="row",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(entries, likely), max_size=25))
def test_columns_and_book_give_the_same_accounts_and_faults(some: list[Entry]) -> None:
    book = booked(some, EVENTS)
    found = accounts_of(frame_of(some), EVENT_FRAME)
    held = {account: tonnes for account, tonnes in book.held.items() if tonnes}
    rows = found.balances.iter_rows(named=True)
    assert {
        (r["event_id"], r["vintage"], r["holder"], r["state"]): r["tco2"] for r in rows if r["tco2"]
    } == held
    assert sorted(map(repr, found.faults)) == sorted(map(repr, book.faults))


def way(*actions: str) -> Iterator[Entry]:
    """Entries of 10 t of event A along a way of actions."""
    for action in actions:
        yield entry(action, 10)


def test_a_tonne_goes_from_decision_to_use_and_stands_in_one_state() -> None:
    book = booked(way("decide", "issue", "authorise", "transfer", "use_ndc"), EVENTS)
    assert not book.faults
    assert {k[3]: v for k, v in book.held.items() if v} == {"used_ndc": 10}


@pytest.mark.parametrize(
    ("some", "code", "words"),
    [
        ([entry("decide", 10), entry("issue", 11)], "overdrawn", "A: issue of 11 t on 2024-05-01, but “unallocated” holds 10 t"),
        ([*way("decide", "issue"), entry("transfer", 10)], "overdrawn", "holds 0 t in the state “authorised”"),
        ([*way("decide", "issue", "authorise"), entry("use_ndc", 1)], "overdrawn", "in the state “transferred”"),
        ([*way("decide", "issue", "authorise", "transfer", "use_ndc"), entry("use_ndc", 1)], "overdrawn", "holds 0 t"),
        ([*way("decide", "issue", "authorise", "transfer", "use_ndc"), entry("cancel", 1)], "overdrawn", "holds 0 t"),
        ([entry("decide", 10), entry("issue", 5, on=date(2022, 1, 1))], "before_decision", "before the Joint Committee decided"),
        ([entry("decide", 10, on=date(2012, 1, 1))], "before_signature", "before the partner signed"),
        ([entry("decide", 10, vintage=2030)], "vintage", "outside the monitoring period"),
        ([entry("decide", 10, "B"), entry("issue", 10, "B"), entry("authorise", 10, "B")], "early_vintage", "before 2021"),
        ([entry("decide", 0)], "quantity", "whole tonnes above 0"),
        ([entry("decide", -5)], "quantity", "-5 t is no quantity"),
        ([entry("decide", 1, "Z")], "event", "Z: no such issuance event"),
        ([entry("destroy", 1)], "action", "no such action as “destroy”"),
        ([entry("issue", None)], "overdrawn", "issue of ? t"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_told(some: list[Entry], code: str, words: str) -> None:
    fault = booked(some, EVENTS).faults[-1]
    assert fault.code == code
    assert words in fault.message_en
    assert any(ord(c) > 0x2FFF for c in fault.message_ja)


def test_every_fault_is_told_in_both_languages() -> None:
    assert {"overdrawn", "early_vintage", "vintage", "before_decision", "before_signature"} <= set(FAULTS)
    for english, japanese in FAULTS.values():
        assert english.startswith("{event}")
        assert any(ord(c) > 0x2FFF for c in japanese)


def test_an_unknown_amount_stays_unknown_and_is_never_zero() -> None:
    book = booked([entry(a, None, "C") for a in ("decide", "issue", "authorise", "transfer")], EVENTS)
    assert not book.faults
    assert not any(book.held.values())
    assert book.unknown["C", None, JAPAN_GOVERNMENT, "transferred"] == 1
    used = book.post(entry("use_ndc", 7, "C"))
    assert used is None
    assert book.revealed == {"C": -7}
    assert not book.imbalances()


@settings(max_examples=100, deadline=None)
@given(st.lists(likely, max_size=60))
def test_the_adjustments_mirror_each_other(some: list[Entry]) -> None:
    opening = [entry("decide", 50), entry("issue", 40), entry("authorise", 30), entry("transfer", 20)]
    book = booked([*opening, *some], EVENTS)
    rows = adjustments_of(book.accepted, book.events)
    added = sum(r.added_tco2 for r in rows)
    subtracted = sum(r.subtracted_tco2 for r in rows)
    held = {
        s: sum(v for k, v in book.held.items() if k[3] == s)
        for s in ("transferred", "used_ndc", "used_other")
    }
    from_itmo = sum(e.quantity_tco2 or 0 for e in book.accepted if e.action == "cancel")
    assert subtracted == held["used_ndc"]
    assert added == held["transferred"] + held["used_ndc"] + held["used_other"] + from_itmo
    assert {r.iso3 for r in rows if r.subtracted_tco2} <= {"JPN"}


def test_a_whole_record_is_booked_without_a_fault() -> None:
    record, events = whole_record(500)
    found = accounts_of(record, events)
    assert not found.faults
    total = int(record.filter(pl.col("action") == "decide")["quantity_tco2"].sum())
    assert int(found.balances["tco2"].sum()) == total
    assert found.balances.equals(accounts_of(record.with_columns(pl.col("quantity_tco2")), events).balances)
