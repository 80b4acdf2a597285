"""Everything that is shown of one scenario, computed once: the page draws it, the command line prints it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from model.outlook.evidence import Evidence
from model.outlook.portfolio import Portfolio
from model.outlook.results import (
    Goal,
    Interval,
    Step,
    YearReached,
    chance,
    fan,
    interval,
    required_factor,
    shares_of,
    single_paths,
    waterfall,
    year_reached,
)
from model.outlook.scenario import Scenario
from model.outlook.simulation import simulate

SINGLE_PATHS = 24
CHANCES = (0.5, 0.9)
SEED = 2030
DRAWS = 10_000
LAST_YEAR = 2050
"""Years are drawn beyond the last target, so that the year in which it is reached can be told."""


@dataclass(frozen=True)
class Known:
    """What was known on a day: portfolio, fits and the targets in force."""

    portfolio: Portfolio
    evidence: Evidence
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class GoalReport:
    """What the draws say of one goal; tonnes in tCO2.

    `required` is, for each chance asked for, the factor on the tonnes of new projects; None: not by any.
    """

    goal: Goal
    at: Interval
    chance: float
    chance_of_half: float
    year: YearReached
    required: Mapping[float, float | None]
    steps: Sequence[Step]
    countries: Mapping[str | int, Interval]
    sectors: Mapping[str | int, Interval]


@dataclass(frozen=True)
class Report:
    """Results of a scenario on a day. `reference` says that `required` was solved on another scenario's new projects."""

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
    made = simulate(
        known.portfolio,
        known.evidence,
        scenario,
        target_years=[goal.fiscal_year for goal in known.goals],
        last_year=last_year,
        draws=draws,
        seed=seed,
    )
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
                {p: required_factor(made, goal, p) for p in CHANCES},
                waterfall(made, goal),
                shares_of(made, goal, lambda cell: cell[1]),
                shares_of(made, goal, lambda cell: cell[2] if cell[1] else ""),
            )
            for goal in known.goals
        ],
    )


@dataclass(frozen=True)
class PastView:
    """What the model would have said on a past day, beside what is known today.

    - portfolio_only: of the projects known then, at the first goal's year (to be held against officials, who spoke of
      known projects); with_new: with new projects, at the last completed fiscal year.
    - present: what today's facts result in for that fiscal year, with today's uncertainty.
    """

    as_of: date
    projects: int
    goal_year: int
    portfolio_only: Interval
    year: int
    with_new: Interval
    present: Interval

    @property
    def held(self) -> bool:
        """Whether today's middle lies in the interval of then."""
        return self.with_new.holds(self.present.p50)
