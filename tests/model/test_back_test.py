"""The back-test: each later fact foretold from what was known, and how sure a share of intervals that held can be."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.outlook.back_test import TONNES, Trial, coverage, registered_trial, tonnes_trial
from model.outlook.results import Interval
from tests.model.certain import default_scenario
from tests.model.outlook_cases import AS_OF, event, history, portfolio, project


def trials(held: int, tried: int) -> list[Trial]:
    day = date(2020, 3, 31)
    inside = Interval(0, 1, 2)
    return [Trial(TONNES, day, AS_OF, str(i), inside, 1.0 if i < held else 9.0) for i in range(tried)]


def test_wilsons_interval_and_the_verdicts() -> None:
    found = coverage(trials(8, 10))
    assert (found.low, found.high) == pytest.approx((0.490, 0.943), abs=0.001)
    assert not found.is_poor
    assert coverage(trials(1, 12)).is_poor
    assert coverage(trials(2, 2)).says_little
    assert (coverage([]).low, coverage([]).high) == (0.0, 1.0)
    assert not coverage([]).is_poor


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_share_lies_in_its_interval_and_more_trials_narrow_it(one: int, other: int) -> None:
    held, tried = min(one, other), max(one, other)
    found = coverage(trials(held, tried))
    if tried:
        assert 0 <= found.low <= held / tried + 1e-9
        assert held / tried - 1e-9 <= found.high <= 1
        more = coverage(trials(4 * held, 4 * tried))
        assert more.high - more.low < found.high - found.low


def test_tonnes_are_foretold_for_the_period_and_only_where_an_estimate_was_known() -> None:
    rows = [project(3, annual_tco2=1_000, start_on=date(2018, 4, 1), end_on=date(2030, 3, 31))]
    known, evidence = portfolio(rows)
    later: Any = event(1, "P003", date(2020, 4, 1), date(2022, 3, 31), 1_500)
    calm = default_scenario().changed(delivery_mean=1)
    found = tonnes_trial(known, evidence, calm, later, known_on=AS_OF, draws=4_000)
    assert found is not None
    assert found.foretold.p10 < 2_000 < found.foretold.p90
    assert found.held
    unknown, fits = portfolio([rows[0] | {"annual_tco2": None}])
    assert tonnes_trial(unknown, fits, calm, later, known_on=AS_OF, draws=10) is None


def test_registrations_are_foretold_from_those_of_the_day_upwards() -> None:
    rows = [project(n) for n in range(1, 25)]
    _, evidence = portfolio(rows)
    histories: Any = [history(row) for row in rows]
    histories[0]["registered_on"] = date(2020, 1, 1)
    found = registered_trial(evidence, histories, (AS_OF, date(2028, 3, 31)), 1, draws=500)
    assert 1 <= found.foretold.p10 <= found.foretold.p90 <= 24 + 40
