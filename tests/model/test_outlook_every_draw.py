"""What adds tonnes lowers no draw, and what adds spread adds no tonnes: on equal seeds, draw by draw."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.outlook.results import Goal, bridge
from model.outlook.streams import compound, poisson, uniforms
from tests.model.certain import certain_scenario, default_scenario
from tests.model.outlook_cases import drawn, event, project

ROUNDING = 1e-3
"""tCO2; sums of floats in another order."""
UP = {
    "realisation_pipeline": (0.0, 1.0),
    "realisation_validation": (0.0, 1.0),
    "realisation_new": (0.0, 1.0),
    "new_per_year": (0.0, 80.0),
    "private_per_year": (0.0, 80.0),
    "large_per_year": (0.0, 20.0),
    "size_factor": (0.0, 5.0),
    "growth": (-0.3, 0.2),
    "delivery_mean": (0.1, 2.0),
    "impute": (0.0, 1.0),
}


def busy() -> dict[str, float]:
    """Something of everything."""
    return {"new_per_year": 12, "private_per_year": 3, "large_per_year": 0.5}


@pytest.mark.parametrize("name", UP)
@settings(max_examples=8)
@given(data=st.data())
def test_more_lowers_no_draw(name: str, data: st.DataObject) -> None:
    least, most = UP[name]
    values = st.sampled_from((0, 1)) if name == "impute" else st.floats(least, most)
    low, high = sorted((data.draw(values), data.draw(values)))
    rows = [project(n, annual_tco2=None if n % 5 == 0 else 900 * n) for n in range(1, 25)]
    verified = [event(1, "P003", None, None, 900)]
    less, more = (
        drawn(
            default_scenario().changed(**{**busy(), name: v}), draws=200, projects=rows, verified=verified
        ).cumulative
        for v in (low, high)
    )
    assert (more[-len(less) :] - less >= -ROUNDING).all()


@settings(max_examples=12)
@given(st.floats(-2, 5), st.floats(-2, 5))
def test_a_shorter_delay_lowers_no_draw(one: float, other: float) -> None:
    soon, late = sorted((one, other))
    early, delayed = (
        drawn(default_scenario().changed(**busy(), start_shift_years=v), draws=200) for v in (soon, late)
    )
    years = [year for year in early.years if year in delayed.years]
    for year in years:
        assert (early.at(year) - delayed.at(year) >= -ROUNDING).all(), year


@settings(max_examples=12)
@given(st.integers(2020, 2045), st.integers(2020, 2045))
def test_a_later_end_of_intake_lowers_no_draw(one: int, other: int) -> None:
    first, last = sorted((one, other))
    less, more = (
        drawn(default_scenario().changed(**busy(), last_intake_year=v), draws=200).cumulative
        for v in (first, last)
    )
    assert (more >= less - ROUNDING).all()


@settings(max_examples=12)
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(("delivery_spread", "delivery_common_spread")))
def test_more_spread_of_delivery_does_not_lift_the_middle(one: float, other: float, name: str) -> None:
    low, high = sorted((one, other))
    base = default_scenario().changed(delivery_mean=0.7, delivery_spread=0, delivery_common_spread=0)
    narrow, wide = (drawn(base.changed(**{name: v}), draws=4_000).at(2040) for v in (low, high))
    assert np.median(wide) <= np.median(narrow) * 1.02
    assert wide.mean() <= narrow.mean() * 1.04


def test_a_project_with_verified_tonnes_stays_near_them() -> None:
    rows = [
        project(
            3, start_on=date(2018, 4, 1), end_on=date(2040, 3, 31), annual_tco2=annual, stage="registered"
        )
        for annual in (20_452,)
    ]
    verified = [event(1, "P003", date(2019, 4, 1), date(2020, 3, 31), 67, expected=20_452)]
    calm = default_scenario().changed(
        new_per_year=0, private_per_year=0, lifetime_spread=0, start_spread=0, delivery_mean=1
    )
    for estimate in (20_452, None):
        made = drawn(
            calm.changed(impute=1), projects=[rows[0] | {"annual_tco2": estimate}], verified=verified
        )
        ahead = made.at(2035) - made.at(2034)
        assert (ahead <= 3 * 67 + 1).all()
        assert (ahead >= 67 / 3 - 1).all()


def test_the_bridge_adds_up_from_what_is_stated_to_what_is_drawn() -> None:
    goal = Goal(2040, 3_000_000)
    made = drawn(default_scenario().changed(**busy(), impute=1))
    accounted = drawn(certain_scenario(), draws=1)
    steps = bridge(
        made,
        accounted,
        drawn(default_scenario().changed(realisation_pipeline=1, realisation_validation=1)),
        goal,
    )
    by_name = {step.component: step.tco2 for step in steps}
    assert by_name["stated"] == accounted.at(2040)[0]
    assert by_name["realisation"] <= 0
    assert by_name["total"] == pytest.approx(made.at(2040).mean())
    assert sum(v for name, v in by_name.items() if name != "total") == pytest.approx(by_name["total"])


@settings(max_examples=30)
@given(st.floats(0, 300), st.floats(0, 300), st.integers(0, 50))
def test_sums_of_projects_grow_with_their_rate(one: float, other: float, seed: int) -> None:
    low, high = sorted((one, other))
    sizes = np.linspace(1, 500, 64) ** 2
    less, more = (compound((seed, 1), np.full(300, rate), sizes) for rate in (low, high))
    assert (more >= less - ROUNDING).all()


def test_numbers_and_sums_have_the_means_that_they_should() -> None:
    chances = np.random.default_rng(1).random(200_000)
    for rate in (0.3, 5.0, 25.0):
        number = poisson(chances, np.full(len(chances), rate))
        assert number.mean() == pytest.approx(rate, rel=0.02)
        assert number.var() == pytest.approx(rate, rel=0.03)
    sizes = np.linspace(1, 100, 64)
    for rate in (4.0, 90.0):
        sums = compound((3, 4), np.full(50_000, rate), sizes)
        assert sums.mean() == pytest.approx(rate * sizes.mean(), rel=0.01)
        assert sums.var() == pytest.approx(rate * (sizes**2).mean(), rel=0.05)


def test_a_random_number_depends_on_its_address_alone() -> None:
    draws, places = np.arange(1_000), np.arange(1_000) % 7
    once = uniforms((1, 2), draws, places)
    assert np.array_equal(once[500:], uniforms((1, 2), draws[500:], places[500:]))
    assert not np.array_equal(once, uniforms((1, 3), draws, places))
    assert once.mean() == pytest.approx(0.5, abs=0.03)
    assert np.corrcoef(once[:-1], once[1:])[0, 1] == pytest.approx(0, abs=0.1)
