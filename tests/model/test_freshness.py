"""The state of a source follows the day alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from model.freshness import state_of

DAY = date(2026, 6, 4)
ORDER = ("current", "due", "overdue")


def test_a_source_becomes_due_and_overdue_as_days_go_by() -> None:
    states = [state_of(DAY, 30, DAY + timedelta(days=n)) for n in (0, 30, 31, 60, 61)]
    assert states == ["current", "current", "due", "due", "overdue"]


def test_a_source_that_does_not_change_is_frozen_for_good() -> None:
    assert state_of(DAY, 0, DAY + timedelta(days=10_000)) == "frozen"


@given(st.integers(1, 400), st.integers(-100, 2_000), st.integers(0, 500))
def test_a_source_never_becomes_fresher_by_waiting(cadence: int, age: int, more: int) -> None:
    first = state_of(DAY, cadence, DAY + timedelta(days=age))
    later = state_of(DAY, cadence, DAY + timedelta(days=age + more))
    assert ORDER.index(later) >= ORDER.index(first)
