from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from model.knowledge import Known, in_force, known_states

DAYS = st.dates(date(2015, 1, 1), date(2015, 3, 1))


def test_a_later_fact_closes_the_one_before() -> None:
    states = known_states([(date(2019, 1, 9), 2245), (date(2017, 9, 25), 2404)])
    assert states == [Known(2404, date(2017, 9, 25), date(2019, 1, 9)), Known(2245, date(2019, 1, 9), None)]
    assert in_force(states, date(2017, 9, 24)) is None
    assert in_force(states, date(2019, 1, 8)) == 2404
    assert in_force(states, date(2019, 1, 9)) == 2245


def test_saying_the_same_again_is_no_change() -> None:
    assert known_states([(date(2017, 1, 1), "a"), (date(2018, 1, 1), "a")]) == [Known("a", date(2017, 1, 1))]


@given(st.lists(st.tuples(DAYS, st.integers(0, 3)), max_size=8), DAYS)
def test_one_value_is_in_force_and_never_a_later_one(changes: list[tuple[date, int]], as_of: date) -> None:
    states = known_states(changes)
    assert sum(state.is_in_force(as_of) for state in states) == (
        1 if any(day <= as_of for day, _ in changes) else 0
    )
    known_by_then = [change for change in changes if change[0] <= as_of]
    assert in_force(states, as_of) == in_force(known_states(known_by_then), as_of)
