"""The ledger: conservation, one state at a time, the mirror of adjustments, and faults that name the event."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from model.ledger.book import Account, Book
from model.ledger.ndc_period import NdcPeriod
from model.ledger.rules import (
    ACTIONS,
    FAULTS,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    UNALLOCATED,
    Entry,
    Event,
)
from tests.model.adjustments import adjustments_of

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
    st.sampled_from([0, 0, 7]),
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
        before = (
            dict(self.book.held),
            dict(self.book.spread),
            dict(self.book.unknown),
            dict(self.book.created),
        )
        fault = self.book.post(posted)
        if fault is not None:
            after = (self.book.held, self.book.spread, self.book.unknown, self.book.created)
            assert before == after, "half applied"
            assert posted.event_id in fault.message_en
            assert posted.event_id in fault.message_ja
        elif posted.action == "decide" and posted.quantity_tco2:
            self.decided += posted.quantity_tco2

    @invariant()
    def every_account_is_covered(self) -> None:
        assert all(tonnes >= 0 for tonnes in (*self.book.held.values(), *self.book.spread.values()))
        assert not self.book.imbalances()

    @invariant()
    def nothing_is_made_or_lost(self) -> None:
        assert sum(self.book.held.values()) == self.decided - sum(self.book.revealed.values())
        assert sum(self.book.created.values()) == -self.decided


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30)


def booked(posted: Iterable[Entry]) -> Book:
    """A book with every entry posted in the order given."""
    book = Book({event.event_id: event for event in EVENTS})
    for one in posted:
        book.post(one)
    return book


def way(*actions: str) -> Iterator[Entry]:
    """Entries of 10 t of event A along a way of actions."""
    for action in actions:
        yield entry(action, 10)


def test_a_tonne_goes_from_decision_to_use_and_stands_in_one_state() -> None:
    book = booked(way("decide", "issue", "authorise", "transfer", "use_ndc"))
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
    fault = booked(some).faults[-1]
    assert fault.code == code
    assert words in fault.message_en
    assert any(ord(c) > 0x2FFF for c in fault.message_ja)


def test_every_fault_is_told_in_both_languages() -> None:
    assert {"overdrawn", "early_vintage", "vintage", "before_decision", "before_signature"} <= set(FAULTS)
    for english, japanese in FAULTS.values():
        assert english.startswith("{event}")
        assert any(ord(c) > 0x2FFF for c in japanese)


def test_an_unknown_amount_stays_unknown_and_is_never_zero() -> None:
    book = booked([entry(a, None, "C") for a in ("decide", "issue", "authorise", "transfer")])
    assert not book.faults
    assert not any(book.held.values())
    assert book.unknown[Account("C", None, JAPAN_GOVERNMENT, "transferred")] == 1
    used = book.post(entry("use_ndc", 7, "C"))
    assert used is None
    assert book.revealed == {"C": -7}
    assert not book.imbalances()


PERIOD = NdcPeriod(2021, 2030, 2032)
PARTIES = {"A": "MNG", "D": "THA"}
of_years = st.builds(
    Entry,
    st.sampled_from(list(PARTIES)),
    st.sampled_from([a for a in ACTIONS if a not in {"decide", "issue"}]),
    st.sampled_from([DAY, date(2029, 3, 1), date(2031, 5, 1), date(2033, 1, 1)]),
    st.sampled_from(HOLDERS[1:3]),
    st.sampled_from(HOLDERS[1:3]),
    st.integers(1, 9),
    st.sampled_from([2021, 2022]),
    st.just(0),
    st.sampled_from(["first", "second"]),
)


@settings(max_examples=100)
@given(st.lists(of_years, max_size=60))
def test_the_balances_of_all_parties_sum_to_zero(some: list[Entry]) -> None:
    """What hosts add, Japan subtracts or has in a state that no adjustment is made for; each in its own year."""
    events = {
        name: Event(name, iso3, date(2023, 1, 1), date(2013, 1, 8), 2021, 2022)
        for name, iso3 in PARTIES.items()
    }
    book = Book(events, PERIOD)
    for name, vintage, holder in product(PARTIES, (2021, 2022), HOLDERS[1:3]):
        book.post(entry("decide", 30, name, vintage=vintage))
        book.post(entry("issue", 25, name, vintage=vintage, holder_to=holder))
        for authorisation in ("first", "second"):
            opening = entry("authorise", 10, name, vintage=vintage, holder_from=holder, holder_to=holder)
            book.post(replace(opening, authorisation=authorisation))
            moved = replace(opening, action="transfer", quantity_tco2=5, authorisation=authorisation)
            assert book.post(moved) is None
    for one in some:
        book.post(one)
    assert not book.imbalances()
    rows = adjustments_of(book.accepted, events, PERIOD)
    states: Counter[str] = Counter()
    by_host: Counter[tuple[str, int | None]] = Counter()
    for account, tonnes in book.held.items():
        states[account.state] += tonnes
        if account.state in {"transferred", "used_ndc", "used_other", "cancelled"}:
            by_host[PARTIES[account.event_id], account.vintage] += tonnes
    unauthorised: Counter[tuple[str, int | None]] = Counter()
    for one in book.accepted:
        if one.action == "cancel_unauthorised":
            unauthorised[PARTIES[one.event_id], one.vintage] += one.quantity_tco2 or 0
    added = {(r.iso3, r.year): r.added_tco2 for r in rows if r.iso3 != "JPN"}
    assert added == dict(by_host - unauthorised)
    subtracted = sum(r.subtracted_tco2 for r in rows)
    outside = states["transferred"] + states["used_other"] + states["cancelled"] - sum(unauthorised.values())
    assert sum(added.values()) - subtracted - outside == 0
    assert subtracted == states["used_ndc"]
    assert {r.year for r in rows if r.iso3 == "JPN"} <= {DAY.year, 2029, 2030}
    assert all(one.occurred_on.year <= PERIOD.use_by for one in book.accepted if one.action == "use_ndc")


def test_a_use_after_the_period_is_closed_is_refused() -> None:
    book = Book({event.event_id: event for event in EVENTS}, PERIOD)
    for action in ("decide", "issue", "authorise", "transfer"):
        assert book.post(entry(action, 10, vintage=2021)) is None
    fault = book.post(entry("use_ndc", 10, vintage=2021, on=date(2033, 1, 1)))
    assert fault is not None
    assert fault.code == "late_use"
    assert book.post(entry("use_ndc", 10, vintage=2021, on=date(2032, 6, 30))) is None


def test_the_years_of_one_entry_are_booked_together_or_not_at_all() -> None:
    book = Book({event.event_id: event for event in EVENTS})
    for vintage in (2021, 2022):
        book.post(entry("decide", 10, vintage=vintage))
    refused = [entry("issue", 4, vintage=2021), entry("issue", 11, vintage=2022)]
    faults = book.post_together(refused)
    assert [fault and fault.code for fault in faults] == ["together", "overdrawn"]
    assert held(book, "issued") == (0, 0)
    assert book.post_together([entry("issue", 4, vintage=2021), entry("issue", 10, vintage=2022)]) == [
        None,
        None,
    ]


def test_the_high_end_of_a_range_is_no_more_than_there_is() -> None:
    (fault,) = booked([ranged("decide", 550, 62), ranged("issue", 550, 63)]).faults
    assert fault.code == "overdrawn"
    assert "550–613 t" in fault.message_en
    assert not booked([ranged("decide", 550, 62), entry("issue", 550), ranged("issue", 0, 62)]).faults


def held(book: Book, state: str) -> tuple[int, int]:
    """Tonnes that stand in a state, both ends."""
    low = sum(tonnes for account, tonnes in book.held.items() if account[3] == state)
    return low, low + sum(tonnes for account, tonnes in book.spread.items() if account[3] == state)


def ranged(action: str, low: int, spread: int) -> Entry:
    """An entry of event A of an amount known as a range."""
    return replace(entry(action, low), spread_tco2=spread)


def test_a_range_moves_with_both_its_ends() -> None:
    book = booked([ranged("decide", 550, 62), ranged("issue", 550, 62)])
    assert not book.faults
    assert held(book, "decided") == (0, 0)
    assert held(book, "issued") == (550, 612)


def test_what_leaves_beyond_the_low_end_comes_out_of_the_range() -> None:
    book = booked([ranged("decide", 550, 62), entry("issue", 600)])
    assert not book.faults
    assert held(book, "issued") == (600, 600)
    assert held(book, "decided") == (0, 12)
    assert book.revealed == {"A": -50}
    assert not book.imbalances()


def test_more_than_the_high_end_of_a_range_is_refused() -> None:
    (fault,) = booked([ranged("decide", 550, 62), entry("issue", 613)]).faults
    assert fault.code == "overdrawn"
    assert "holds 612 t" in fault.message_en
