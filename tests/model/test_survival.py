"""Curves of what happens by which age: against an independent estimate, and what must hold of any curve."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from model.outlook.realisation import JUDGED_CODE, OBSERVED_CODE, realisation_of
from model.outlook.survival import CENSORED, COMPETING, EVENT, incidence, incidence_between

OBSERVATIONS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from((CENSORED, EVENT, COMPETING)), st.integers(1, 4)),
    min_size=1,
    max_size=40,
)


def arrays(found: list[tuple[int, int, int]]) -> tuple[Any, Any, Any]:
    ages, outcomes, weights = zip(*found, strict=True)
    return np.array(ages) / 4, np.array(outcomes), np.array(weights, float)


@settings(max_examples=60)
@given(OBSERVATIONS)
def test_without_competing_events_it_is_the_curve_of_kaplan_and_meier(
    found: list[tuple[int, int, int]],
) -> None:
    ages, outcomes, weights = arrays(found)
    outcomes = np.where(outcomes == COMPETING, CENSORED, outcomes)
    curve = incidence(ages, outcomes, weights)
    again, ended = np.repeat(ages, weights.astype(int)), np.repeat(outcomes, weights.astype(int))
    other = ecdf(CensoredData.right_censored(again, ended == CENSORED)).sf
    for age in np.unique(ages):
        assert 1 - curve.by(age) == pytest.approx(float(other.evaluate(age)), abs=1e-9)


@settings(max_examples=60)
@given(OBSERVATIONS)
def test_incidences_rise_between_nothing_and_all(found: list[tuple[int, int, int]]) -> None:
    ages, outcomes, weights = arrays(found)
    curve = incidence(ages, outcomes, weights)
    for part in (curve.reached, curve.left):
        assert (np.diff(part) >= -1e-12).all()
        assert ((part >= 0) & (part <= 1 + 1e-12)).all()
    assert (curve.free >= -1e-9).all()
    for age, open_still in zip(curve.ages, curve.at_risk, strict=True):
        assert open_still == weights[ages >= age].sum()
    for age in (0.0, 3.0, 20.0):
        assert 0 < curve.still(age).value < 1


@settings(max_examples=60)
@given(OBSERVATIONS, st.data())
def test_what_is_watched_longer_without_the_event_never_raises_the_curve(
    found: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    ages, outcomes, weights = arrays(found)
    open_ones = np.flatnonzero(outcomes == CENSORED)
    later = ages.copy()
    if len(open_ones):
        later[data.draw(st.sampled_from(open_ones.tolist()))] += data.draw(st.integers(0, 20)) / 4
    # With a competing event the one may rise as the other falls; together they do not.
    either = np.where(outcomes == COMPETING, EVENT, outcomes)
    before, after = incidence(ages, either, weights), incidence(later, either, weights)
    for age in np.unique(ages):
        assert after.by(age) <= before.by(age) + 1e-9


def test_the_curve_of_two_causes_by_hand() -> None:
    curve = incidence(np.array([1.0, 2.0, 3.0, 4.0]), np.array([EVENT, COMPETING, CENSORED, EVENT]))
    assert curve.reached.tolist() == pytest.approx([1 / 4, 1 / 4, 3 / 4])
    assert curve.left.tolist() == pytest.approx([0, 1 / 4, 1 / 4])
    assert curve.at_risk.tolist() == [4, 3, 1]


def test_an_event_known_only_to_lie_between_two_ages_follows_the_others() -> None:
    firsts = np.array([1.0, 1.0, 1.0, 5.0, 0.0, 9.0])
    lasts = np.array([1.0, 1.0, 1.0, 5.0, 8.0, 9.0])
    outcomes = np.array([EVENT, EVENT, EVENT, EVENT, EVENT, CENSORED])
    curve = incidence_between(firsts, lasts, outcomes)
    assert curve.ages.tolist() == [1.0, 5.0]
    assert curve.finally_reached == pytest.approx(5 / 6)
    assert curve.by(1.0) == pytest.approx(5 / 6 * 3 / 4, abs=1e-6)
    exact = incidence_between(lasts, lasts, outcomes)
    assert np.array_equal(exact.reached, incidence(lasts, outcomes).reached)
    with pytest.raises(ValueError, match="ends before it begins"):
        incidence_between(np.array([2.0]), np.array([1.0]), np.array([EVENT]))
    with pytest.raises(ValueError, match="none below 0"):
        incidence(np.array([-1.0]), np.array([EVENT]))


def test_the_fewer_are_at_risk_the_wider_the_chance() -> None:
    few, many = (
        incidence(np.tile([1.0, 2.0, 3.0, 4.0], n), np.tile([EVENT, CENSORED, EVENT, CENSORED], n))
        for n in (2, 30)
    )
    assert few.still(0.5).error > many.still(0.5).error
    assert many.still(3.5).value < few.still(3.5).value < 0.5
    assert many.still(3.5).value == many.still(9.0).value


def row(number: int, **changes: Any) -> Any:
    found = {
        "project_id": f"P{number:03}",
        "stage": "pipeline",
        "programme": "MOEJ model project",
        "funding": "government",
        "fy_selected": 2014 + number % 8,
        "listed_on": None,
        "registered_on": None,
        "first_decided_on": None,
        "withdrawn_on": None,
    }
    return found | changes


def test_what_waited_longer_has_the_smaller_chance_and_groups_need_enough() -> None:
    rows = [row(n) for n in range(40)]
    for n in range(0, 40, 2):
        day = date(2016 + n % 8, 6, 1)
        rows[n] = row(n, stage="registered", listed_on=day, registered_on=day)
    rows += [row(90 + n, stage="validation", listed_on=date(2025, 3, 1)) for n in range(8)]
    rows += [row(80 + n, programme="other") for n in range(5)]
    found = realisation_of(date(2025, 3, 31), rows)
    assert (found.code, found.validation_code) == (OBSERVED_CODE, OBSERVED_CODE)
    assert set(found.by_programme) == {"MOEJ model project"}
    project: Any = {"stage": "pipeline", "programme": "MOEJ model project"}
    chances = [found.of_project(project | {"fy_selected": year}).value for year in (2024, 2022, 2016)]
    assert chances == sorted(chances, reverse=True)
    assert found.of_project(project | {"fy_selected": None}) == found.pipeline
    cohort = {one.fiscal_year: one for one in found.cohorts}
    assert sum(one.selected for one in cohort.values()) == len(rows)
    assert cohort[None].selected == 0


def test_too_little_evidence_is_said_and_a_judgement_taken() -> None:
    found = realisation_of(date(2015, 3, 31), [row(n, fy_selected=2014) for n in range(6)])
    assert (found.code, found.validation_code) == (JUDGED_CODE, JUDGED_CODE)
    assert (found.pipeline.value, found.validation.value, found.new.value) == (0.8, 0.95, 0.8)
    assert found.dormant is None


def test_silence_after_the_last_news_of_the_list_tells_nothing() -> None:
    day = date(2020, 6, 30)
    rows = [row(n, fy_selected=2014) for n in range(30)]
    for n in range(12):
        rows[n] = row(n, stage="registered", listed_on=day, registered_on=day)
    rows += [row(90 + n, stage="validation", listed_on=date(2025, 3, 1)) for n in range(8)]
    soon, later = (realisation_of(on, rows) for on in (date(2025, 3, 1), date(2026, 11, 29)))
    assert (soon.pipeline, soon.validation, soon.new) == (later.pipeline, later.validation, later.new)
