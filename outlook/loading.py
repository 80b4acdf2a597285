"""From the warehouse and data/scenarios to what the model draws from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from model.outlook.evidence import Evidence, evidence_of
from model.outlook.portfolio import Portfolio, portfolio_of
from model.outlook.results import Goal
from model.outlook.scenario import Scenario, ScenarioError, parse_scenario
from queries.warehouse import Warehouse

SCENARIOS = Path(__file__).parent.parent / "data" / "scenarios"
USUAL = "present-pace"
"""The scenario shown first."""
SEED = 2030
DRAWS = 10_000
LAST_YEAR = 2050
"""Years are drawn beyond the last target, so that the year in which it is reached can be told."""


class NothingKnown(ValueError):
    """No project was known on a day; `first` is the earliest day with one."""

    def __init__(self, as_of: date, first: date) -> None:
        self.as_of = as_of
        self.first = first
        super().__init__(
            f"as_of = {as_of.isoformat()}: no project was known; the first day is {first.isoformat()}"
        )


@dataclass(frozen=True)
class Known:
    """What was known on a day: portfolio, fits and the targets in force."""

    portfolio: Portfolio
    evidence: Evidence
    goals: tuple[Goal, ...]


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


__all__ = [
    "DRAWS",
    "LAST_YEAR",
    "SEED",
    "Known",
    "NothingKnown",
    "ScenarioError",
    "first_day",
    "goals_of",
    "known_on",
    "shipped_scenarios",
]
