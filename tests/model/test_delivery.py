"""Delivery ratios of events and groups."""

from typing import Any

import pytest

from model.delivery import delivery_of


def event(project: str, low: int, expected: float, high: int | None = None, **values: Any) -> dict[str, Any]:
    ends = {"decided_low_tco2": low, "decided_high_tco2": high or low}
    return {"project_id": project, **ends, "expected_tco2": expected, "lacks": None, **values}


def test_no_event_gives_no_ratio() -> None:
    assert delivery_of([]) is None
    assert delivery_of([event("A", 5, 1.0, lacks="period", expected_tco2=None)]) is None


def test_the_ratio_of_a_group_is_that_of_its_sums() -> None:
    found = delivery_of([event("A", 50, 100.0), event("B", 900, 900.0)])
    assert found
    assert found.ratio == found.high_ratio == pytest.approx(0.95)
    assert found.projects == 2
    assert found.is_few


def test_a_range_gives_two_ratios() -> None:
    found = delivery_of([event("A", 550, 1000.0, high=612)])
    assert found
    assert (found.ratio, found.high_ratio) == (pytest.approx(0.55), pytest.approx(0.612))


def test_projects_are_counted_once_however_many_events_they_have() -> None:
    found = delivery_of([event(p, 10, 10.0) for p in "ABC" for _ in range(4)])
    assert found
    assert (found.events, found.projects) == (12, 3)
    assert not found.is_few
