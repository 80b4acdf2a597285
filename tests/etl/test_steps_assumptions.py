from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from etl.steps import derive
from etl.steps.assumptions import MissingAssumption, slug
from tests.etl.facts_by_hand import ASSUMPTIONS, DATA_AS_OF, derived_from, facts_of, in_force


def started(project_id: str, days_after_april_2016: int, **more: Any) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "fy_selected": 2016,
        "programme": "MOEJ model project",
        "operation_start_on": date(2016, 4, 1) + timedelta(days=days_after_april_2016),
        **more,
    }


def measured(*projects: dict[str, Any], as_of: date = DATA_AS_OF) -> dict[str, tuple[Any, ...]]:
    without_delays = [row for row in ASSUMPTIONS if not row["assumption_code"].startswith("DELAY")]
    rows = derived_from(project=list(projects), assumption=without_delays)["assumption"]
    since_the_beginning = pl.col("known_on").fill_null(date.min)
    measured = in_force(rows.filter(pl.col("basis") == "measured").with_columns(since_the_beginning), as_of)
    return {
        code: (value, size)
        for code, value, size in measured.select("assumption_code", "value", "sample_size").iter_rows()
    }


def test_a_programme_with_three_stated_starts_has_its_own_delay() -> None:
    delays = measured(
        started("A", 700),
        started("B", 900),
        started("C", 801),
        started("D", 100, programme="NEDO demonstration"),
        started("E", 10, in_target_scope=False),
    )
    assert delays["DELAY-SELECTION-MOEJ-MODEL-PROJECT"] == (801.0, 3)
    # 100, 700, 801, 900: the median is 750.5, half a day is rounded up.
    assert delays["DELAY-SELECTION-ALL"] == (751.0, 4)
    assert "DELAY-SELECTION-NEDO-DEMONSTRATION" not in delays


def test_the_delay_from_registration_is_negative_for_plants_that_ran_before() -> None:
    delays = measured(
        started("A", 0, registered_on=date(2017, 4, 1), status="registered"),
        started("B", 365, registered_on=date(2016, 4, 1), status="registered"),
        started("C", 0, registered_on=date(2016, 4, 11), status="registered"),
    )
    assert delays["DELAY-REGISTRATION"] == (-10.0, 3)


def test_a_delay_is_the_one_measurable_on_the_day_looked_at() -> None:
    projects = [started("A", 700), started("B", 900), started("C", 1500)]
    # The third plant began on 2020-05-10; until then there were two.
    assert measured(*projects, as_of=date(2020, 5, 9))["DELAY-SELECTION-ALL"] == (800.0, 2)
    assert measured(*projects, as_of=date(2020, 5, 10))["DELAY-SELECTION-ALL"] == (900.0, 3)


def test_with_nothing_to_measure_no_delay_is_assumed_and_the_sample_says_so() -> None:
    assert measured()["DELAY-SELECTION-ALL"] == (0.0, 0)


def test_a_delay_written_down_stands_instead_of_the_measured_one() -> None:
    rows = derived_from(project=[started("A", 700)])["assumption"]
    given = {row["assumption_code"]: row["value"] for row in ASSUMPTIONS if "value" in row}
    assert dict(rows.select("assumption_code", "value").drop_nulls("value").iter_rows()) == given
    assert rows.filter(pl.col("basis") == "measured").is_empty()


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ("chiller/air conditioning", "CHILLER-AIR-CONDITIONING"),
        ("REDD+/forestry", "REDD-FORESTRY"),
        ("solar PV + battery", "SOLAR-PV-BATTERY"),
        ("MOEJ JFJCM (ADB)", "MOEJ-JFJCM-ADB"),
    ],
)
def test_codes_are_made_from_the_subject(subject: str, code: str) -> None:
    assert slug(subject) == code


def test_a_technology_without_a_lifetime_is_refused_with_what_to_do() -> None:
    facts = facts_of(
        project=[
            {
                "project_id": "A",
                "technology": "wind",
                "fy_selected": 2020,
                "est_annual_tco2": 5,
                "source_ids": "undated",
            }
        ]
    )
    with pytest.raises(MissingAssumption, match=r"LIFE-WIND.*data/assumptions"):
        derive(facts, date(2026, 11, 23))
