"""Everything that is shown of one scenario, computed once: the page draws it, the command line prints it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from model.outlook.evidence import Evidence
from model.outlook.portfolio import Portfolio
from model.outlook.required import Required, required
from model.outlook.results import (
    Goal,
    Interval,
    Step,
    YearReached,
    bridge,
    chance,
    fan,
    interval,
    shares_of,
    single_paths,
    waterfall,
    year_reached,
)
from model.outlook.scenario import Scenario
from model.outlook.simulation import BLOCK, Draws, simulate
from model.outlook.steps_to_counting import StepRow, Steps

SINGLE_PATHS = 24
CHANCES = (0.5, 0.9)
SEED = 2030
DRAWS = 10_000
CERTAIN: Mapping[str, float] = {
    "delivery_mean": 1,
    "delivery_spread": 0,
    "delivery_common_spread": 0,
    "start_spread": 0,
    "start_shift_years": 0,
    "lifetime_spread": 0,
}
"""With these and every project realised the draws are the accounting."""
LAST_YEAR = 2050
"""Years are drawn beyond the last target, so that the year in which it is reached can be told."""


@dataclass(frozen=True)
class Known:
    """What was known on a day: portfolio, fits and the targets in force; issuances and the steps fitted on them.

    assumptions: values of the assumptions in force, by code, of those that have one.
    """

    portfolio: Portfolio
    evidence: Evidence
    goals: tuple[Goal, ...]
    steps: Steps
    events: Sequence[StepRow]
    assumptions: Mapping[str, float]

    @property
    def observed(self) -> Mapping[str, float]:
        """What “as observed” means at the moment, by parameter."""
        return {**self.evidence.observed, **self.steps.observed}


@dataclass(frozen=True)
class GoalReport:
    """What the draws say of one goal; tonnes in tCO2.

    - required: for each chance asked for, how many times as many, or as large, new projects would have to be.
    - steps: from verified tonnes to the goal; bridge: from stated estimates to the mean of the draws.
    """

    goal: Goal
    at: Interval
    chance: float
    chance_of_half: float
    year: YearReached
    required: Mapping[float, Required]
    steps: Sequence[Step]
    bridge: Sequence[Step]
    countries: Mapping[str | int, Interval]
    sectors: Mapping[str | int, Interval]


@dataclass(frozen=True)
class Report:
    """Results of a scenario on a day."""

    scenario: Scenario
    as_of: date
    draws: int
    seed: int
    fan: Mapping[int, Interval]
    paths: Sequence[Sequence[float]]
    years: Sequence[int]
    goals: Sequence[GoalReport]

    @property
    def shown_years(self) -> list[int]:
        """Fiscal years of a figure: from the first with tonnes in the middle of the draws to the farthest target's."""
        last = max(found.goal.fiscal_year for found in self.goals)
        first = min((year for year in self.years if self.fan[year].p50 > 0), default=last)
        return [year for year in self.years if first <= year <= last]


def report_of(
    known: Known, scenario: Scenario, *, draws: int = DRAWS, seed: int = SEED, last_year: int = LAST_YEAR
) -> Report:
    """Draws the scenario and reads off everything."""
    goal_years = [goal.fiscal_year for goal in known.goals]

    def drawn(one: Scenario, count: int, until: int) -> Draws:
        return simulate(
            known.portfolio,
            known.evidence,
            one,
            target_years=goal_years,
            last_year=until,
            draws=count,
            seed=seed,
        )

    made = drawn(scenario, draws, last_year)
    nothing_new = scenario.changed(
        new_per_year=0,
        private_per_year=0,
        large_per_year=0,
        impute=0,
        realisation_pipeline=1,
        realisation_validation=1,
    )
    accounted = drawn(nothing_new.changed(**CERTAIN), 1, max(goal_years))
    realised = drawn(nothing_new, min(draws, BLOCK), max(goal_years))
    return Report(
        scenario=scenario,
        as_of=known.portfolio.as_of,
        draws=draws,
        seed=seed,
        fan=fan(made),
        paths=single_paths(made, SINGLE_PATHS),
        years=made.years,
        goals=[
            GoalReport(
                goal,
                interval(made.at(goal.fiscal_year)),
                chance(made, goal),
                chance(made, goal, 0.5),
                year_reached(made, goal.tco2),
                required((known.portfolio, known.evidence, scenario), made, goal, CHANCES),
                waterfall(made, goal),
                bridge(made, accounted, realised, goal),
                shares_of(made, goal, lambda cell: cell[1]),
                shares_of(made, goal, lambda cell: cell[2] if cell[1] else ""),
            )
            for goal in known.goals
        ],
    )
