"""Fits of the steps to counting on few events, and terms and levers that are refused by name."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from model.outlook.counting_terms import Levers, Terms
from model.outlook.scenario import ScenarioError
from model.outlook.steps_to_counting import PRIORS, StepRow, steps_of

AS_OF = date(2026, 11, 29)
TERMS = Terms(date(2021, 1, 1), date(2030, 12, 31), date(2032, 8, 31))


def event(**changes: Any) -> StepRow:
    row: Any = {
        "issuance_id": "TH014-1",
        "project_id": "TH014",
        "project_ids": "TH014",
        "iso3": "THA",
        "sector_number": 1,
        "period_start_on": date(2021, 1, 1),
        "period_end_on": date(2021, 12, 31),
        "decided_on": date(2025, 10, 30),
        "issued_on": date(2025, 11, 11),
        "first_transferred_on": date(2025, 11, 11),
        "amount_basis": "exact",
        "tco2_low": 2_017,
        "tco2_high": 2_017,
        "japan_low_tco2": 1_009,
        "japan_high_tco2": 2_017,
        "japan_government_tco2": 1_009,
        "transferred_tco2": 1_009,
    }
    return row | changes


def test_few_observations_are_drawn_towards_the_prior_and_kept() -> None:
    nothing = steps_of(AS_OF, [], [])
    assert set(nothing.observations) == set(PRIORS)
    assert not any(nothing.observations.values())
    assert nothing.decision.middle == pytest.approx(PRIORS["decision"].middle)
    assert nothing.cancelled.middle == pytest.approx(PRIORS["cancelled"].middle)
    two = steps_of(AS_OF, [event(), event(issuance_id="B", decided_on=date(2024, 12, 31))], [])
    assert two.observations["decision"] == 2
    assert two.decision.of_country == {}
    # (3 × log 1 + log 3.83 + log 3.0) ÷ 5
    assert two.decision.of("THA") == two.decision.middle == pytest.approx(1.629, abs=0.001)
    three = steps_of(AS_OF, [event(issuance_id=str(k)) for k in range(3)], [])
    assert three.decision.middle < three.decision.of("THA") < 3.83
    assert three.transferred.observed == (("THA", 1.0),) * 3
    # Between half and all of it: three quarters, and how far that is open does not shrink with more events.
    assert three.japan.observed[0] == ("THA", pytest.approx(0.75, abs=0.001))
    assert three.japan.spread > 0.14
    # An amount known by the Japanese part alone says nothing of the share.
    assert steps_of(AS_OF, [event(amount_basis="at least")], []).observations["japan"] == 0


@pytest.mark.parametrize(
    ("terms", "field", "en", "ja"),
    [
        (replace(TERMS, deadline_on=date(2026, 11, 28)), "deadline_on", "in the past", "過去の日付"),
        (replace(TERMS, ends_on=date(2020, 12, 31)), "ends_on", "before the period begins", "始期"),
        (
            Terms(date(2015, 1, 1), date(2020, 12, 31), date(2032, 1, 1)),
            "ends_on",
            "nothing to count",
            "2021年",
        ),
    ],
)
def test_terms_that_cannot_be_used_are_named(terms: Terms, field: str, en: str, ja: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        terms.checked(AS_OF)
    (fault,) = raised.value.faults
    assert fault.field == field
    assert en in fault.en
    assert ja in fault.ja
    assert TERMS.checked(TERMS.deadline_on) is TERMS


def test_levers_out_of_range_are_all_named() -> None:
    with pytest.raises(ScenarioError) as raised:
        Levers(monitoring_years=0, weeks_saved=float("nan"), japan_share=1.2).checked()
    assert [fault.field for fault in raised.value.faults] == [
        "monitoring_years",
        "weeks_saved",
        "japan_share",
    ]
