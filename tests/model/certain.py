"""A scenario without any uncertainty and with nothing new: the deterministic schedule of projects with an estimate."""

from model.outlook.scenario import Scenario, default_scenario


def certain_scenario() -> Scenario:
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
