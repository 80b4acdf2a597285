"""Portfolios of tests: projects, issuance events and histories as the queries return them, and draws of them."""

from datetime import date
from typing import Any

from model.outlook.evidence import Evidence, evidence_of
from model.outlook.portfolio import Portfolio, portfolio_of
from model.outlook.results import Goal
from model.outlook.scenario import Scenario
from model.outlook.simulation import Draws, simulate
from model.schedule import operation_window

AS_OF = date(2026, 11, 23)
GOALS = (Goal(2030, 1_000_000), Goal(2040, 3_000_000))


def project(number: int, **changes: Any) -> dict[str, Any]:
    window = operation_window(date(2018 + number % 9, 1 + number % 12, 1 + number % 28), 8 + number)
    row: dict[str, Any] = {
        "project_id": f"P{number:03}",
        "title_en": f"{number} MW Solar Power Plant",
        "iso3": ("MNG", "THA", "IDN")[number % 3],
        "sector_number": number % 4,
        "technology": ("solar PV", "boiler")[number % 2],
        "programme": "MOEJ model project",
        "funding": "government",
        "stage": ("registered", "validation", "pipeline")[number % 3],
        "annual_tco2": 1_000 * number + 37,
        "start_on": window.start,
        "end_on": window.end,
        "start_basis": "selection",
        "registered_on": None,
        "fy_selected": 2016 + number % 9,
    }
    return row | changes


def event(
    number: int,
    project_id: str | None,
    first: date | None,
    last: date | None,
    tco2: int,
    *,
    expected: float | None = None,
) -> dict[str, Any]:
    return {
        "issuance_id": f"E{number}",
        "project_id": project_id,
        "iso3": "MNG",
        "sector_number": 0,
        "period_start_on": first,
        "period_end_on": last,
        "tco2_low": tco2,
        "expected_tco2": expected,
    }


def history(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What became of a project, as its row has it."""
    listed = row["registered_on"] or (AS_OF if row["stage"] in {"validation", "withdrawn"} else None)
    found = {
        **{
            key: row[key]
            for key in ("project_id", "stage", "programme", "funding", "fy_selected", "registered_on")
        },
        "listed_on": listed,
        "first_decided_on": None,
        "withdrawn_on": None,
    }
    return found | changes


def portfolio(
    projects: list[dict[str, Any]] | None = None, verified: list[dict[str, Any]] | None = None
) -> tuple[Portfolio, Evidence]:
    rows: Any = projects if projects is not None else [project(n) for n in range(1, 25)]
    events: Any = verified or []
    years: Any = [{"iso3": "MNG", "sector_number": 0, "fiscal_year": 2019, "tco2_low": 900}] if events else []
    made = portfolio_of(AS_OF, rows, events, years)
    histories: Any = [history(row) for row in rows]
    return made, evidence_of(made, events, histories)


def drawn(scenario: Scenario, draws: int = 300, seed: int = 7, **given_portfolio: Any) -> Draws:
    known, evidence = portfolio(**given_portfolio)
    return simulate(
        known, evidence, scenario, target_years=(2030, 2040), last_year=2040, draws=draws, seed=seed
    )
