"""What would be required: number and size apart, each reaching the chance that it promises."""

import pytest

from model.outlook.required import required, solved
from model.outlook.results import Goal, chance
from model.outlook.scenario import Scenario
from model.outlook.simulation import simulate
from tests.model.certain import certain_scenario, default_scenario
from tests.model.outlook_cases import portfolio

GOAL = Goal(2040, 40_000_000)


def solve(scenario: Scenario, goal: Goal, draws: int = 4_000):  # type: ignore[no-untyped-def] # noqa: ANN201
    known, evidence = portfolio()
    made = simulate(known, evidence, scenario, target_years=(2030, 2040), last_year=2040, draws=draws)
    return required((known, evidence, scenario), made, goal, (0.5, 0.9)), known, evidence


def test_number_and_size_each_reach_the_chance_they_promise() -> None:
    scenario = default_scenario().changed(new_per_year=10, private_per_year=2)
    found, known, evidence = solve(scenario, GOAL)
    for wanted, one in found.items():
        assert one.number is not None
        assert one.size is not None
        assert one.number_reaches == pytest.approx(wanted, abs=0.06)
        assert one.size_reaches == pytest.approx(wanted, abs=0.002)
        for changed in (
            {"new_per_year": 10 * one.number, "private_per_year": 2 * one.number},
            {"size_factor": one.size, "private_size_factor": one.size},
        ):
            if max(changed.values()) > 500 or changed.get("size_factor", 0) > 50:
                continue
            made = simulate(
                known,
                evidence,
                scenario.changed(**changed),
                target_years=(2040,),
                last_year=2040,
                draws=4_000,
                seed=11,
            )
            assert chance(made, GOAL) == pytest.approx(wanted, abs=0.06)
    assert found[0.9].number < found[0.9].size * 1.1
    assert found[0.5].number < found[0.9].number


def test_nothing_is_required_where_the_goal_is_reached_and_nothing_helps_without_new_projects() -> None:
    reached = solve(default_scenario(), Goal(2040, 1))[0][0.9]
    assert (reached.number, reached.size, reached.size_reaches) == (0.0, 0.0, 1.0)
    none = solve(certain_scenario(), GOAL, draws=300)[0][0.5]
    assert (none.number, none.size, none.number_reaches) == (None, None, None)


def test_the_search_finds_where_a_rising_chance_crosses() -> None:
    for guess in (0.1, 3.0, 200.0):
        found = solved(lambda times: min(1.0, times / 10), 0.5, guess)
        assert found == pytest.approx(5.0, rel=0.02)
    assert solved(lambda _: 0.2, 0.5, 1.0) is None
