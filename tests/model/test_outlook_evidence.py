"""Fits of the outlook: delivery that one project cannot carry, intake that is what its label says, sizes by what is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.outlook.delivery import robust_fit
from model.outlook.intake import intake_of
from model.outlook.sizes import sizes_of
from tests.model.outlook_cases import AS_OF, history, portfolio, project


def test_one_project_that_stopped_does_not_carry_the_delivery() -> None:
    usual = np.log([0.7, 1.2, 1.1, 0.55, 0.8, 1.2, 0.73])
    middle, spread, _, _ = robust_fit(usual)
    moved, wider, _, weights = robust_fit(np.append(usual, np.log(1 / 467)))
    assert np.exp(middle) - np.exp(moved) < 0.12
    assert wider < spread + 0.45
    assert weights[-1] < 0.2 < weights[0]


@settings(max_examples=30)
@given(st.lists(st.floats(0.2, 2.0), min_size=1, max_size=12))
def test_the_middle_is_less_sure_the_fewer_projects_tell_of_it(ratios: list[float]) -> None:
    logs = np.log(ratios)
    few, many = robust_fit(logs), robust_fit(np.tile(logs, 4))
    assert few[2] > many[2]
    assert few[2] < robust_fit(logs[:0])[2]


def test_the_intake_is_the_mean_of_the_last_five_completed_fiscal_years() -> None:
    rows = [project(n, fy_selected=2021 + n % 5) for n in range(10)]
    rows += [project(50 + n, fy_selected=2026) for n in range(9)]
    rows += [project(60 + n, fy_selected=None) for n in range(3)]
    rows += [
        project(70, fy_selected=2025, funding="private"),
        project(71, fy_selected=None, funding="private"),
    ]
    found = intake_of(AS_OF, [history(row) for row in rows])  # type: ignore[misc]
    assert found.government_per_year == 10 / 5
    assert found.private_per_year == 1 / 5
    assert (found.without_year, found.private_without_year) == (3, 1)
    assert list(found.years) == [2021, 2022, 2023, 2024, 2025]


def test_sizes_without_an_estimate_are_learnt_from_what_is_not_yet_listed() -> None:
    small = [project(n, stage="registered", annual_tco2=500, title_en="Boiler") for n in range(1, 25)]
    large = [project(100 + n, stage="pipeline", annual_tco2=20_000, title_en="Boiler") for n in range(25)]
    missing = project(200, stage="pipeline", annual_tco2=None, title_en="Boiler")
    known, _ = portfolio([*small, *large, missing])
    sizes = sizes_of(known)
    assert sizes.by_words.projects == 25
    middle, _ = sizes.of_project(missing, np.nan)  # type: ignore[arg-type]
    assert 12_000 < np.exp(middle) < 21_000
    listed, _ = sizes.of_project(missing | {"stage": "registered"}, np.nan)  # type: ignore[arg-type]
    assert listed < middle


def test_a_technology_seen_once_stays_near_the_whole() -> None:
    rows = [project(n, annual_tco2=1_000, stage="pipeline", title_en="x") for n in range(1, 30)]
    rows.append(project(40, annual_tco2=1_000_000, stage="pipeline", technology="geothermal", title_en="x"))
    sizes = sizes_of(portfolio(rows)[0])
    middle, _ = sizes.of_project(rows[-1], np.nan)  # type: ignore[arg-type]
    assert 1_000 < np.exp(middle) < 20_000
    assert sizes.of_project(rows[0], np.nan)[0] == pytest.approx(np.log(1_000), abs=0.7)  # type: ignore[arg-type]
