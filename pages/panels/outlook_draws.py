"""Draws of the outlook page, kept for all readers; those below the first chart are made when their tile is drawn."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from model.outlook.counted_report import counted_report_of, counting_levers, supply_of
from model.outlook.report import SEED, Known, Report, report_of
from model.outlook.results import tornado
from model.outlook.scenario import Scenario
from pages.frame import Frame
from queries.outlook import look_back, shipped_scenarios
from view.outlook.counting_controls import Asked

TORNADO_DRAWS = 200


def drawn(frame: Frame, known: Known, scenario: Scenario, asked: Asked) -> Mapping[str, Any]:
    """The choices of the subject: a lever of the way to counting leaves the draws of reductions as they are."""
    as_of, shipped = frame.selection.as_of, shipped_scenarios()
    scenarios = (scenario, *(one for one in shipped.values() if one.key() != scenario.key()))

    def report(one: Scenario) -> Report:
        kept: Report = frame.kept(lambda: report_of(known, one), "report", as_of, one.draws_key())
        return replace(kept, scenario=one)

    moved = (known.portfolio, known.evidence, scenario, known.goals)
    key, terms, covered = scenario.key(), asked.terms, asked.covered_tco2
    return {
        "scenario": key,
        "reports": [partial(report, one) for one in scenarios],
        "known": known,
        "group": asked.group,
        "levers": lambda: frame.kept(
            lambda: tornado(*moved, draws=TORNADO_DRAWS, seed=SEED), "tornado", as_of, scenario.draws_key()
        ),
        "past": lambda: frame.kept(lambda: look_back(frame.warehouse), "past"),
        "counted": lambda: frame.kept(
            lambda: counted_report_of(known, scenario, terms), "counted", as_of, key, terms
        ),
        "counting_levers": lambda: frame.kept(
            lambda: counting_levers(known, scenario, terms, draws=TORNADO_DRAWS, seed=SEED),
            "counting_levers",
            as_of,
            key,
            terms,
        ),
        "supply": lambda: frame.kept(
            lambda: supply_of(known, scenario, covered_tco2=covered), "supply", as_of, key, covered
        ),
    }
