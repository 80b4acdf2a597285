"""Fits of the steps to counting on few events, and terms that are refused by name."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from model.outlook.counting_terms import CountingRules, Terms
from model.outlook.scenario import ScenarioError
from model.outlook.steps_to_counting import PRIORS, StepRow, Steps, priors_of, steps_of

RULES = Path(__file__).parent.parent.parent / "data" / "assumptions" / "rules.csv"
with RULES.open(encoding="utf-8") as file:
    ASSUMPTIONS = {
        row["assumption_code"]: float(row["value"]) for row in csv.DictReader(file) if row["value"]
    }
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


def steps(*events: StepRow) -> Steps:
    return steps_of(AS_OF, events, [], priors_of(ASSUMPTIONS))


def test_few_observations_are_drawn_towards_the_prior_and_kept() -> None:
    nothing = steps()
    assert set(nothing.observations) == set(PRIORS)
    assert not any(nothing.observations.values())
    assert nothing.decision.middle == pytest.approx(ASSUMPTIONS["STEP-DECISION"])
    assert nothing.cancelled.middle == pytest.approx(ASSUMPTIONS["STEP-CANCEL-SHARE"])
    two = steps(event(), event(issuance_id="B", decided_on=date(2024, 12, 31)))
    assert two.observations["decision"] == 2
    assert two.decision.of_country == {}
    # (3 × log 1 + log 3.83 + log 3.0) ÷ 5
    assert two.decision.of("THA") == two.decision.middle == pytest.approx(1.629, abs=0.001)
    three = steps(*(event(issuance_id=str(k)) for k in range(3)))
    assert three.decision.middle < three.decision.of("THA") < 3.83
    assert three.transferred.observed == (("THA", 1.0),) * 3
    # Between half and all of it: three quarters, and how far that is open does not shrink with more events.
    assert three.japan.observed[0] == ("THA", pytest.approx(0.75, abs=0.001))
    assert three.japan.spread > 0.14
    # An amount known by the Japanese part alone says nothing of the share.
    assert steps(event(amount_basis="at least")).observations["japan"] == 0


@pytest.mark.parametrize(
    ("terms", "field", "en", "ja"),
    [
        (replace(TERMS, deadline_on=date(2026, 11, 28)), "deadline", "in the past", "過去の日付"),
        (replace(TERMS, ends_on=date(2020, 12, 31)), "period_to", "before the period begins", "始期"),
        (
            Terms(date(2015, 1, 1), date(2020, 12, 31), date(2032, 1, 1)),
            "period_to",
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


def test_the_rules_of_the_record_give_both_deadlines_and_the_period() -> None:
    rules = CountingRules.of(ASSUMPTIONS)
    assert rules.terms == TERMS
    assert rules.deadlines == {"ndc": date(2032, 8, 31), "gx": date(2031, 6, 30)}
    assert rules.compliance[2026] == date(2027, 6, 30)
    with pytest.raises(KeyError, match="DEADLINE-NDC"):
        CountingRules.of({code: value for code, value in ASSUMPTIONS.items() if code != "DEADLINE-NDC"})
