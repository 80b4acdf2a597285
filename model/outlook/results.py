"""What is read off the draws: the fan, chances, years, what moves it, the waterfall, and the bridge from statements.

All tonnes are tCO2, cumulative to the end of a fiscal year.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.outlook.evidence import Evidence
from model.outlook.new_projects import KINDS
from model.outlook.portfolio import Floats, Portfolio
from model.outlook.scenario import Scenario
from model.outlook.simulation import COMPONENTS, Draws, simulate

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
EXPECTED = ("registered", "validation", "pipeline")


@dataclass(frozen=True)
class Interval:
    """P10, P50 and P90 of the draws: of ten futures, one lies below the first and one above the last."""

    p10: float
    p50: float
    p90: float

    def holds(self, value: float) -> bool:
        """Whether a value lies between P10 and P90, both included."""
        return self.p10 <= value <= self.p90


@dataclass(frozen=True)
class Goal:
    """A target: its fiscal year and amount, tCO2."""

    fiscal_year: int
    tco2: int


@dataclass(frozen=True)
class YearReached:
    """When an amount is reached; a year of None lies beyond the last year drawn. `share` of draws that reach it."""

    p10: int | None
    p50: int | None
    p90: int | None
    share: float


@dataclass(frozen=True)
class Lever:
    """One parameter moved alone from low to high: medians at each goal, in the order of the goals.

    `low` and `high` are values of the parameter; `base` are the medians with the scenario as it is.
    """

    name: str
    low: float
    high: float
    at_low: tuple[float, ...]
    at_high: tuple[float, ...]
    base: tuple[float, ...]

    def width(self, goal: int) -> float:
        """How far the medians at a goal lie apart."""
        return abs(self.at_high[goal] - self.at_low[goal])


@dataclass(frozen=True)
class Step:
    """A step of the waterfall: mean tonnes of a component, and where its bar begins."""

    component: str
    tco2: float
    begins_at: float


def interval(values: Floats) -> Interval:
    """P10, P50, P90."""
    p10, p50, p90 = np.quantile(values, (LOW, MIDDLE, HIGH))
    return Interval(float(p10), float(p50), float(p90))


def fan(draws: Draws) -> dict[int, Interval]:
    """The interval of each year."""
    p10, p50, p90 = np.quantile(draws.cumulative, (LOW, MIDDLE, HIGH), axis=1)
    return {year: Interval(float(p10[i]), float(p50[i]), float(p90[i])) for i, year in enumerate(draws.years)}


def single_paths(draws: Draws, count: int) -> list[list[float]]:
    """The first draws as they are, so that a reader sees what one future looks like."""
    return [draws.cumulative[:, i].tolist() for i in range(min(count, draws.count))]


def chance(draws: Draws, goal: Goal, share: float = 1.0) -> float:
    """Share of draws that reach a share of the goal by its year."""
    return float((draws.at(goal.fiscal_year) >= share * goal.tco2).mean())


def year_reached(draws: Draws, tco2: float) -> YearReached:
    """The fiscal year in which an amount is reached, over the years drawn."""
    reached = draws.cumulative >= tco2
    ever = reached[-1]
    beyond = draws.years[-1] + 1
    first = np.where(ever, np.asarray(draws.years)[reached.argmax(axis=0)], beyond)
    found = [
        None if year >= beyond else int(year)
        for year in np.quantile(first, (LOW, MIDDLE, HIGH), method="inverted_cdf")
    ]
    return YearReached(found[0], found[1], found[2], float(ever.mean()))


def waterfall(draws: Draws, goal: Goal) -> list[Step]:
    """From what is verified to the goal: mean tonnes of each component, and what is missing (below 0: surplus)."""
    at = list(draws.target_years).index(goal.fiscal_year)
    means = {name: tonnes[at].mean() for name, tonnes in draws.grouped(lambda cell: cell[0]).items()}
    steps, level = [], 0.0
    for component in COMPONENTS:
        tco2 = float(means.get(component, 0.0))
        steps.append(Step(component, tco2, level))
        level += tco2
    return [*steps, Step("missing", goal.tco2 - level, level)]


def bridge(draws: Draws, accounted: Draws, realised: Draws, goal: Goal) -> list[Step]:
    """From stated estimates to the outlook, mean tonnes; the steps add up to the mean of the draws.

    - accounted: the same portfolio without uncertainty; its sum is what the target page shows.
    - realised: the same draws, the first of them, with every known project realised. What realisation takes away is
      measured on these and equal draws, so that chance does not enter it.
    """
    known = _mean_of(draws, goal, ("verified", *EXPECTED))
    first = slice(0, realised.count)
    lost = _mean_of(draws, goal, EXPECTED, first) - _mean_of(realised, goal, EXPECTED, first)
    stated = float(accounted.at(goal.fiscal_year).mean())
    amounts = {
        "stated": stated,
        "delivery": known - lost - stated,
        "realisation": lost,
        "imputed": _mean_of(draws, goal, ("imputed",)),
        **{kind: _mean_of(draws, goal, (kind,)) for kind in KINDS},
    }
    steps, level = [], 0.0
    for name, tco2 in amounts.items():
        steps.append(Step(name, tco2, level))
        level += tco2
    return [*steps, Step("total", level, 0.0)]


def _mean_of(draws: Draws, goal: Goal, components: Sequence[str], part: slice = slice(None)) -> float:
    at = list(draws.target_years).index(goal.fiscal_year)
    return sum(float(t[at, part].mean()) for cell, t in draws.cells.items() if cell[0] in components)


def shares_of(
    draws: Draws, goal: Goal, part: Callable[[tuple[str, str, int]], str | int | None]
) -> dict[str | int, Interval]:
    """Interval of each group at the goal's year, largest median first."""
    at = list(draws.target_years).index(goal.fiscal_year)
    found = {name: interval(tonnes[at]) for name, tonnes in draws.grouped(part).items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].p50, str(item[0]))))


def levers_of(scenario: Scenario, evidence: Evidence) -> Mapping[str, tuple[float, float]]:
    """Low and high value of each parameter for the tornado: plausible ends, not the allowed ones."""
    government = scenario.value("new_per_year", evidence.observed["new_per_year"])
    delivery = scenario.value("delivery_mean", evidence.observed["delivery_mean"])
    size = scenario.stated("size_factor")
    return {
        "realisation_pipeline": (0.1, 0.8),
        "realisation_validation": (0.1, 0.95),
        "delivery_mean": (max(0.1, delivery - 0.2), min(2.0, delivery + 0.2)),
        "start_shift_years": (2.0, -1.0),
        "impute": (0.0, 1.0),
        "new_per_year": (government / 2, min(500.0, max(government * 2, 1.0))),
        "size_factor": (size / 2, min(50.0, max(size * 2, 0.5))),
        "realisation_new": (0.3, 0.8),
        "growth": (-0.05, 0.1),
        "private_per_year": (0.0, 10.0),
        "large_per_year": (0.0, 1.0),
    }


def tornado(
    portfolio: Portfolio,
    evidence: Evidence,
    scenario: Scenario,
    goals: Sequence[Goal],
    *,
    draws: int = 1_000,
    seed: int = 2030,
) -> list[Lever]:
    """Moves each parameter alone, on equal random numbers; levers that move the last goal most come first."""
    years = tuple(goal.fiscal_year for goal in goals)

    def medians(one: Scenario) -> tuple[float, ...]:
        made = simulate(
            portfolio, evidence, one, target_years=years, last_year=max(years), draws=draws, seed=seed
        )
        return tuple(float(np.median(made.at(year))) for year in years)

    return moved_alone(scenario, levers_of(scenario, evidence), medians)


def moved_alone(
    scenario: Scenario,
    ends: Mapping[str, tuple[float, float]],
    medians: Callable[[Scenario], tuple[float, ...]],
) -> list[Lever]:
    """Medians with each parameter at its two ends; those that move the last median most come first."""
    base = medians(scenario)
    levers = [
        Lever(
            name,
            low,
            high,
            medians(scenario.changed(**{name: low})),
            medians(scenario.changed(**{name: high})),
            base,
        )
        for name, (low, high) in ends.items()
    ]
    return sorted(levers, key=lambda lever: (-lever.width(len(base) - 1), lever.name))
