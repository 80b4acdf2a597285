"""What the model draws from: portfolio and fits of a day, shipped scenarios, and the back-test."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from model.fiscal_year import last_day
from model.outlook.back_test import KINDS, OFFICIAL, Trial, registered_trial, tonnes_trial
from model.outlook.evidence import evidence_of
from model.outlook.portfolio import portfolio_of
from model.outlook.report import SEED, Known
from model.outlook.results import Goal, interval
from model.outlook.scenario import Scenario, parse_scenario
from model.outlook.simulation import simulate
from model.outlook.steps_to_counting import priors_of, steps_of
from queries.warehouse import OlderFile, Warehouse

SCENARIOS = Path(__file__).parent.parent / "data" / "scenarios"
USUAL = "present-pace"
"""The scenario shown first."""
EXPECTED_BY_OFFICIALS = ("expected_cumulative_by_2030", "expected_cumulative_by_fy2030")


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

    Raises NothingKnown for a day before the first project, OlderFile for a warehouse without the rules of counting.
    """
    verified = warehouse.run("outlook_verified", as_of=as_of).to_pylist()
    projects = warehouse.run("outlook_projects", as_of=as_of).to_pylist()
    if not projects:
        raise NothingKnown(as_of, first_day(warehouse))
    years = warehouse.run("outlook_verified_years", as_of=as_of).to_pylist()
    replaced = warehouse.run("outlook_replaced", as_of=as_of).to_pylist()
    histories = warehouse.run("outlook_histories", as_of=as_of).to_pylist()
    portfolio = portfolio_of(as_of, projects, verified, years, replaced)
    found = goals or goals_of(warehouse, as_of) or goals_of(warehouse, warehouse.data_as_of)
    events = warehouse.run("outlook_steps", as_of=as_of).to_pylist()
    assumptions = {
        row["assumption_code"]: row["value"]
        for row in warehouse.run("assumptions", as_of=as_of).to_pylist()
        if row["value"] is not None
    }
    try:
        priors = priors_of(assumptions)
    except KeyError as missing:
        raise OlderFile(warehouse.path, "assumptions") from missing
    return Known(
        portfolio,
        evidence_of(portfolio, verified, histories),
        found,
        steps_of(as_of, events, portfolio.rows, priors),
        events,
        assumptions,
    )


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


def past_days(warehouse: Warehouse) -> list[date]:
    """Ends of the completed fiscal years with enough issuance events: the back-test goes back to them."""
    years = [row["fiscal_year"] for row in warehouse.run("outlook_past_days").to_pylist()]
    return [day for day in map(last_day, years) if day < warehouse.data_as_of]


def look_back(warehouse: Warehouse, *, draws: int = 2_000, seed: int = SEED) -> list[Trial]:
    """The back-test: each fact published later, foretold on the last past day before it was known."""
    days = past_days(warehouse)
    trials: list[Trial] = []
    events = _first_known(warehouse)
    for day, until in zip(days, [*days[1:], warehouse.data_as_of], strict=True):
        known = known_on(warehouse, day)
        for event in events:
            if day < event["known_on"] <= until:
                scenario = shipped_scenarios()["present-portfolio"]
                trial = tonnes_trial(
                    known.portfolio, known.evidence, scenario, event, known_on=event["known_on"], draws=draws
                )
                trials += [trial] if trial else []
        trials.append(_registered(warehouse, known, until, draws=draws))
        trials += _officials(warehouse, known, until, draws=draws, seed=seed)
    return sorted(trials, key=lambda one: (KINDS.index(one.kind), one.known_on, one.about))


def _first_known(warehouse: Warehouse) -> list[Any]:
    """Events of one project with a period and an exact amount, each with the day on which it became known."""
    known = {row["issuance_id"]: row["known_on"] for row in warehouse.run("outlook_known_events").to_pylist()}
    return [
        row | {"known_on": known[row["issuance_id"]]}
        for row in warehouse.run("outlook_verified").to_pylist()
        if row["issuance_id"] in known
    ]


def _registered(warehouse: Warehouse, known: Known, until: date, *, draws: int) -> Trial:
    """Registrations by the next past day; the lists that the record holds date each of them."""
    day = known.portfolio.as_of
    before, after = (warehouse.run("outlook_histories", as_of=on).to_pylist() for on in (day, until))
    found = sum(row["registered_on"] is not None for row in after)
    return registered_trial(known.evidence, before, (day, until), found, draws=draws)


def _officials(warehouse: Warehouse, known: Known, until: date, *, draws: int, seed: int) -> list[Trial]:
    """What officials expected of known projects by the nearest target's year, stated until the next past day."""
    day = known.portfolio.as_of
    rows = [
        row
        for row in warehouse.run("reconciliation", metrics=list(EXPECTED_BY_OFFICIALS)).to_pylist()
        if row["as_of_on"] and day < row["as_of_on"] <= until and row["reliability"] != "weak"
    ]
    if not rows:
        return []
    year = goals_of(warehouse, warehouse.data_as_of)[0].fiscal_year
    made = simulate(
        known.portfolio,
        known.evidence,
        shipped_scenarios()["present-portfolio"],
        target_years=[year],
        last_year=year,
        draws=draws,
        seed=seed,
    )
    foretold = interval(made.at(year))
    return [
        Trial(OFFICIAL, day, row["as_of_on"], row["scope"], foretold, float(row["stated_value"]))
        for row in rows
    ]
