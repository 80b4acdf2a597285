"""`python -m exports outlook`: the outlook on the command line, with the numbers of the page."""

import json
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter as Option
from rich.console import Console
from rich.table import Table

from exports.writing_files import refuse
from model.outlook.counted_report import ALL, CountedReport, counted_report_of
from model.outlook.counting_terms import CountingRules
from model.outlook.realisation import Realisation
from model.outlook.report import DRAWS, SEED, Known, Report, report_of
from model.outlook.results import Interval
from model.outlook.scenario import Scenario, ScenarioError, parse_scenario
from queries.outlook import USUAL, NothingKnown, known_on, shipped_scenarios
from queries.warehouse import WarehouseUnavailable, current
from view.amounts import amount_short
from view.outlook.counted_sentences import counted_sentence
from view.outlook.words import group_name, level_name
from view.texts import Texts

MEGATONNE = 1_000_000


def outlook(
    scenario: str = USUAL,
    *,
    as_of: date | None = None,
    deadline: date | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    as_json: Annotated[bool, Option(name="--json", negative=())] = False,
) -> int:
    """Draw where the JCM may be by its target years, and what of it counts: print chances, intervals and what would be required. Same seed, same numbers as the page.

    Parameters
    ----------
    scenario
        Code of a shipped scenario, or the path of a scenario file (JSON) as the page writes it.
    as_of
        Take what was known on this day; the day of the data when left out.
    deadline
        Day by which reductions must be cancelled to count; that of the NDC when left out.
    draws
        Number of draws, 100 to 200,000.
    seed
        Seed of the random numbers.
    as_json
        Print JSON for other programs.
    """
    if not 100 <= draws <= 200_000:
        return refuse(f"draws = {draws}: allowed are 100 to 200,000")
    try:
        warehouse = current()
        chosen = _scenario(scenario)
        known = known_on(warehouse, as_of or warehouse.data_as_of)
        terms = CountingRules.of(known.assumptions).terms
        if deadline is not None:
            terms = replace(terms, deadline_on=deadline)
        terms.checked(known.portfolio.as_of)
    except (ScenarioError, NothingKnown, WarehouseUnavailable, OSError) as error:
        return refuse(str(error))
    report = report_of(known, chosen, draws=draws, seed=seed)
    counted = counted_report_of(known, chosen, terms, draws=draws, seed=seed)
    if as_json:
        found = _as_json(report, known, warehouse.data_version) | {"counted": _counted(counted, known)}
        sys.stdout.write(f"{json.dumps(found, ensure_ascii=False, indent=2)}\n")
    else:
        _print(report, warehouse.data_version)
        _print_counted(counted)
    return 0


def _scenario(name: str) -> Scenario:
    shipped = shipped_scenarios()
    if name in shipped:
        return shipped[name]
    path = Path(name)
    if not path.is_file():
        message = f"{name}: neither a shipped scenario ({', '.join(shipped)}) nor a file"
        raise FileNotFoundError(message)
    return parse_scenario(path.read_text("utf-8"), path.stem)


def _as_json(report: Report, known: Known, data_version: str) -> dict[str, object]:
    return {
        "scenario": report.scenario.code,
        "parameters": dict(report.scenario.values),
        "data_version": data_version,
        "as_of": report.as_of.isoformat(),
        "draws": report.draws,
        "seed": report.seed,
        "goals": [
            {
                "fiscal_year": g.goal.fiscal_year,
                "target_tco2": g.goal.tco2,
                "p10_tco2": round(g.at.p10),
                "p50_tco2": round(g.at.p50),
                "p90_tco2": round(g.at.p90),
                "chance": g.chance,
                "chance_of_half": g.chance_of_half,
                "required": {f"{p:g}": asdict(found) for p, found in g.required.items()},
                "bridge_mean_tco2": {step.component: round(step.tco2) for step in g.bridge},
            }
            for g in report.goals
        ],
        "observed": dict(known.evidence.observed),
        "realisation": _realisation(known.evidence.realisation),
        "delivery": {
            "projects": known.evidence.delivery.projects,
            "verified_tco2": known.evidence.delivery.verified_tco2,
            "expected_tco2": known.evidence.delivery.expected_tco2,
            "middle": known.evidence.delivery.middle,
        },
    }


def _realisation(found: Realisation) -> dict[str, object]:
    """Chances to be registered in the end, how they were found, and the cohorts behind them."""
    return {
        "code": found.code,
        "validation_code": found.validation_code,
        "pipeline": asdict(found.pipeline),
        "validation": asdict(found.validation),
        "new": asdict(found.new),
        "lapsed_in_no_sum": None if found.dormant is None else asdict(found.dormant),
        "cohorts": [asdict(one) for one in found.cohorts],
    }


def _counted(report: CountedReport, known: Known) -> dict[str, object]:
    """What counts by the deadline, with the observations behind each step."""
    found = report.of(ALL)
    return {
        "deadline": report.terms.deadline_on.isoformat(),
        "period": [report.terms.begins_on.isoformat(), report.terms.ends_on.isoformat()],
        "levels": {name: _rounded(interval) for name, interval in found.levels.items()},
        "losses_mean_tco2": {name: round(tco2) for name, tco2 in found.losses.items()},
        "single_year": _rounded(found.single_year),
        "observations": dict(known.steps.observations),
    }


def _rounded(found: Interval) -> dict[str, int]:
    return {f"{name}_tco2": round(value) for name, value in asdict(found).items()}


def _print_counted(report: CountedReport) -> None:
    """The levels in the words of the page."""
    t, found = Texts("en"), report.of(ALL)
    table = Table(t("Level"), "P10", "P50", "P90")
    for level, at in found.levels.items():
        table.add_row(level_name(level, t), *(amount_short(value, t) for value in (at.p10, at.p50, at.p90)))
    console = Console()
    console.print(table)
    console.print(counted_sentence(report, ALL, group_name(ALL, {}, t), t), highlight=False)


def _print(report: Report, data_version: str) -> None:
    console = Console()
    console.print(
        f"{report.scenario.name_en} | {report.scenario.name_ja}\nas of {report.as_of}, data version {data_version},"
        f" {report.draws:,} draws, seed {report.seed}"
    )
    table = Table(
        "target",
        "P10 Mt",
        "P50 Mt",
        "P90 Mt",
        "chance",
        "chance of half",
        "new, 50 %: many/large ×",
        "90 %: many/large ×",
    )
    for g in report.goals:
        table.add_row(
            f"FY{g.goal.fiscal_year}: {g.goal.tco2 / MEGATONNE:g} Mt",
            *(f"{v / MEGATONNE:.1f}" for v in (g.at.p10, g.at.p50, g.at.p90)),
            f"{g.chance:.1%}",
            f"{g.chance_of_half:.1%}",
            *(" / ".join(map(_factor, (found.number, found.size))) for found in g.required.values()),
        )
    console.print(table)


def _factor(times: float | None) -> str:
    return "not by any" if times is None else f"{times:.1f}" if times < 100 else f"{times:,.0f}"
