"""What a change did between two days: what happened has its own date there, and what no list could tell is not none."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.changes import Change, compare
from model.editions import PROJECT_FIELDS
from model.timing import Span, timed

DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))
OLD, NEW = date(2022, 6, 30), date(2023, 6, 30)
BEFORE, BETWEEN = date(2022, 1, 10), date(2023, 1, 10)


def project(**cells: Any) -> dict[str, Any]:
    row = dict.fromkeys(PROJECT_FIELDS) | {
        "stage": "pipeline",
        "start_basis": None,
        "listed_on": None,
        "withdrawn_on": None,
    }
    return row | cells


def change_of(old: dict[str, Any] | None, new: dict[str, Any], *copies: date) -> Change:
    rows = [{"P": row} if row else {} for row in (old, new)]
    (found,) = compare(rows[0], rows[1], PROJECT_FIELDS)
    return timed(found, "projects", Span(OLD, NEW, copies))


@given(DAYS, DAYS, DAYS)
def test_what_happened_has_its_own_date_after_the_first_day_and_not_after_the_last(
    one: date, other: date, own: date
) -> None:
    old, new = sorted((one, other))
    row = {"occurred_on": own}
    found = timed(Change("added", "E", row), "events", Span(old, new))
    assert (found.timing == "happened") == (old < own <= new)
    assert (found.own == "occurred_on") == (found.timing == "happened")


@given(st.lists(DAYS), DAYS)
def test_a_status_of_a_list_is_hidden_before_the_first_copy_and_never_said_to_have_happened_then(
    copies: list[date], listed: date
) -> None:
    span = Span(OLD, NEW, sorted({*copies, listed}))
    found = span.of_listing(listed)
    earlier = [copy for copy in span.copies if copy < listed]
    if found == "not_visible":
        assert OLD < listed <= NEW
        assert not earlier
    if found == "happened":
        assert OLD <= max(earlier) < listed <= NEW


@pytest.mark.parametrize(
    ("cells", "timing", "own"),
    [
        ({"stage": "registered", "registered_on": BETWEEN}, "happened", "registered_on"),
        ({"stage": "registered", "registered_on": BEFORE}, "first_seen", ""),
        ({"fy_selected": 2023}, "happened", "fy_selected"),
        ({"fy_selected": 2022}, "first_seen", ""),
        ({"stage": "validation", "listed_on": BETWEEN}, "not_visible", ""),
        ({"stage": "dormant"}, "reckoned", ""),
        ({"start_on": BETWEEN, "start_basis": "stated"}, "happened", "start_on"),
        ({"start_on": BETWEEN, "start_basis": "selection"}, "reckoned", ""),
        ({"annual_tco2": 7}, "first_seen", ""),
        ({"location": "Ulaanbaatar"}, "first_seen", ""),
    ],
)
def test_a_changed_project_is_told_by_the_date_of_what_changed(
    cells: dict[str, Any], timing: str, own: str
) -> None:
    found = change_of(project(), project(**cells))
    assert (found.timing, found.own) == (timing, own)


def test_a_project_that_a_later_copy_names_first_came_on_the_list_after_the_copy_before() -> None:
    listed = project(stage="validation", listed_on=BETWEEN)
    assert change_of(None, listed, OLD, BETWEEN).timing == "happened"
    assert change_of(None, listed, OLD - timedelta(days=9), BETWEEN).timing == "first_seen"
    assert change_of(None, listed, BETWEEN).timing == "not_visible"


def test_the_estimate_of_a_document_comes_with_the_listing_and_other_fields_do_not() -> None:
    found = change_of(
        project(annual_tco2=5, annual_basis="selection"),
        project(
            stage="validation",
            listed_on=BETWEEN,
            annual_tco2=6,
            annual_basis="project document",
            location="X",
        ),
        BETWEEN,
    )
    told = {f.field: f.timing for f in found.fields}
    assert told == {
        "stage": "not_visible",
        "annual_tco2": "not_visible",
        "annual_basis": "not_visible",
        "location": "first_seen",
    }
    assert found.timing == "not_visible"


def test_what_is_gone_is_our_own_reckoning() -> None:
    found = timed(Change("removed", "P", project()), "projects", Span(OLD, NEW))
    assert found.timing == "reckoned"
