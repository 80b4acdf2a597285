"""The illustration of GX-ETS: prices, demand and supply by hand, and entries that are refused by name."""

import numpy as np
import pytest

from model.outlook.gx_ets import Illustration, Rules, illustration_of
from model.outlook.scenario import ScenarioError
from tests.model.test_steps_to_counting import ASSUMPTIONS

RULES = Rules.of(ASSUMPTIONS)
SUPPLY = {2026: np.array([10.0, 20.0, 30.0]) * 1_000, 2027: np.array([15.0, 40.0, 30.0]) * 1_000}
MEANS = {"B": 5_000.0, "A": 20_000.0, "C": 5_000.0, "none": 0.0}


def made(**given: object) -> Illustration:
    return illustration_of(**({"supply": SUPPLY, "means": MEANS, "rules": RULES} | given))  # type: ignore[arg-type]


def test_prices_rise_by_three_percent_a_year() -> None:
    assert RULES.band(2026) == (1_700, 4_300)
    assert RULES.band(2028) == pytest.approx((1_803.53, 4_561.87))


def test_supply_demand_and_value_by_hand() -> None:
    first, second = made(covered_tco2=2_000_000).years
    assert (first.fiscal_year, second.fiscal_year) == (2026, 2027)
    assert first.supply.p50 == first.added.p50 == 20_000
    # Of three draws 5, 20 and 0 thousand tonnes come in the second year.
    assert second.added.p50 == 5_000
    # A tenth of two million tonnes; the supply of the middle draw meets a tenth of it.
    assert first.demand == 200_000
    assert first.covered_share is not None
    assert first.covered_share.p50 == pytest.approx(0.1)
    # 20,000 t at 1,700 and 4,300 yen.
    assert first.value == (34_000_000, 86_000_000)
    assert second.value == pytest.approx((30_000 * 1_751, 30_000 * 4_429))


def test_unknown_emissions_are_said_to_be_unknown() -> None:
    found = made()
    assert all(year.demand is None and year.covered_share is None for year in found.years)
    assert made(covered_tco2=0.0).years[0].covered_share is None


def test_projects_come_by_what_they_bring() -> None:
    assert made().projects == [("A", 20_000), ("B", 5_000), ("C", 5_000)]


@pytest.mark.parametrize("tonnes", [-1.0, float("nan"), float("inf"), 1e12])
def test_emissions_that_cannot_be_are_named_in_both_languages(tonnes: float) -> None:
    with pytest.raises(ScenarioError) as raised:
        made(covered_tco2=tonnes)
    (fault,) = raised.value.faults
    assert fault.field == "covered_mt"
    assert "allowed: 0 to 2,000" in fault.en
    assert "許容範囲" in fault.ja
