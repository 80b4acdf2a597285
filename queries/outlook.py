"""What the model draws from: portfolio and fits of a day, shipped scenarios, and the back-test."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from model.fiscal_year import fiscal_year_of
from model.outlook.evidence import evidence_of
from model.outlook.portfolio import portfolio_of
from model.outlook.report import SEED, Known, PastView
from model.outlook.results import Goal, Interval, interval
from model.outlook.scenario import Scenario, parse_scenario
from model.outlook.simulation import simulate
from queries.warehouse import Warehouse

SCENARIOS = Path(__file__).parent.parent / "data" / "scenarios"
USUAL = "present-pace"
"""The scenario shown first."""
PAST_DAYS = (date(2017, 3, 31), date(2020, 3, 31), date(2021, 6, 30), date(2023, 3, 31))
"""Days to which the back-test goes; officials stated an expectation near each."""


class NothingKnown(ValueError):
    """No project was known on a day; `first` is the earliest day with one."""

    def __init__(self, as_of: date, first: date) -> None:
        self.as_of = as_of
        self.first = first
        super().__init__(
            f"as_of = {as_of.isoformat()}: no project was known; the first day is {first.isoformat()}"
        )


def known_on(warehouse: Warehouse, as_of: date, goals: tuple[Goal, ...] | None = None) -> Known:
    """Loads the portfolio of a day. `goals` defaults to the targets decided by then, else those of the data's day.

    Raises NothingKnown for a day before the first project.
    """
    verified = warehouse.run("outlook_verified", as_of=as_of).to_pylist()
    projects = warehouse.run("outlook_projects", as_of=as_of).to_pylist()
    if not projects:
        raise NothingKnown(as_of, first_day(warehouse))
    years = warehouse.run("outlook_verified_years", as_of=as_of).to_pylist()
    replaced = warehouse.run("outlook_replaced", as_of=as_of).to_pylist()
    portfolio = portfolio_of(as_of, projects, verified, years, replaced)
    found = goals or goals_of(warehouse, as_of) or goals_of(warehouse, warehouse.data_as_of)
    return Known(portfolio, evidence_of(portfolio, verified), found)


def goals_of(warehouse: Warehouse, as_of: date) -> tuple[Goal, ...]:
    """The decided targets in force on a day, by year."""
    rows = warehouse.run("targets", as_of=as_of).to_pylist()
    return tuple(Goal(r["fiscal_year"], r["high_tco2"]) for r in rows if r["standing"] == "decided")


def first_day(warehouse: Warehouse) -> date:
    """The first day on which a project that counts was known."""
    day: date = warehouse.run("outlook_first_day").to_pylist()[0]["first_on"]
    return day


@cache
def shipped_scenarios(folder: Path = SCENARIOS) -> Mapping[str, Scenario]:
    """Scenarios of the files, by code, the usual one first. Raises ScenarioError for a faulty file."""
    found = {path.stem: parse_scenario(path.read_text("utf-8"), path.stem) for path in folder.glob("*.json")}
    return dict(
        sorted(found.items(), key=lambda item: (item[0] != USUAL, item[0] != "present-portfolio", item[0]))
    )


def look_back(warehouse: Warehouse, *, draws: int = 4_000, seed: int = SEED) -> list[PastView]:
    """The back-test: each past day with the facts, fits and projects of then, by two shipped scenarios."""
    shipped = shipped_scenarios()
    pace, portfolio_only = shipped["present-pace"], shipped["present-portfolio"]
    now = known_on(warehouse, warehouse.data_as_of)
    year = fiscal_year_of(warehouse.data_as_of) - 1
    goal_year = now.goals[0].fiscal_year

    def at(known: Known, scenario: Scenario, of_year: int) -> Interval:
        made = simulate(
            known.portfolio,
            known.evidence,
            scenario,
            target_years=[of_year],
            last_year=of_year,
            draws=draws,
            seed=seed,
        )
        return interval(made.at(of_year))

    today = at(now, pace, year)
    views = []
    for day in PAST_DAYS:
        then = known_on(warehouse, day, now.goals)
        views.append(
            PastView(
                day,
                len(then.portfolio.rows),
                goal_year,
                at(then, portfolio_only, goal_year),
                year,
                at(then, pace, year),
                today,
            )
        )
    return views
