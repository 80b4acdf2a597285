"""Delivery ratios of events and groups."""

import pytest

from model.delivery import Monitored, delivery_of


def test_no_event_gives_no_ratio() -> None:
    assert delivery_of([]) is None


def test_the_ratio_of_a_group_is_that_of_its_sums() -> None:
    found = delivery_of([Monitored("A-1", "A", 50, 100.0), Monitored("B-1", "B", 900, 900.0)])
    assert found
    assert found.ratio == pytest.approx(0.95)
    assert found.projects == 2
    assert found.is_few


def test_projects_are_counted_once_however_many_events_they_have() -> None:
    events = [Monitored(f"{p}-{n}", p, 10, 10.0) for p in "ABC" for n in range(4)]
    found = delivery_of(events)
    assert found
    assert (found.events, found.projects) == (12, 3)
    assert not found.is_few
