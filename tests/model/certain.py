"""Scenarios of tests: every parameter at its default; and without any uncertainty and with nothing new."""

from model.outlook.parameters import PARAMETERS
from model.outlook.scenario import Scenario


def default_scenario() -> Scenario:
    values = {p.name: p.default for p in PARAMETERS}
    return Scenario("own", "Own scenario", "独自シナリオ", "Set by the reader.", "利用者が設定。", values)


def certain_scenario() -> Scenario:
    """The deterministic schedule of projects with an estimate."""
    return default_scenario().changed(
        realisation_pipeline=1,
        realisation_validation=1,
        delivery_mean=1,
        delivery_spread=0,
        delivery_common_spread=0,
        start_spread=0,
        lifetime_spread=0,
        impute=0,
        new_per_year=0,
        private_per_year=0,
    )
