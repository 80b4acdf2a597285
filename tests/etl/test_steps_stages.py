from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.steps.fact_rows import latest_day
from tests.etl.facts_by_hand import DATA_AS_OF, LIST, UNDATED, derived_from

SOURCES: list[dict[str, Any]] = [
    UNDATED,
    {"source_id": "on-2017-09-25", "as_of_on": date(2017, 9, 25)},
    {"source_id": "in-2018-06", "as_of_on": date(2018, 6, 1), "as_of_precision": "month"},
    {"source_id": "in-2019", "as_of_on": date(2019, 1, 1), "as_of_precision": "year"},
    {"source_id": "in-2026", "as_of_on": date(2026, 1, 1), "as_of_precision": "year"},
    {"source_id": LIST, "as_of_on": date(2026, 6, 4)},
]


def stages_of(*claims: dict[str, Any], **project: Any) -> list[tuple[Any, ...]]:
    stages = derived_from(
        source=SOURCES,
        project=[{"project_id": "MN001", "source_ids": "undated", **project}],
        project_claim=[{"project_id": "MN001", **claim} for claim in claims],
    )["project_stage"]
    assert stages["project_id"].to_list() == ["MN001"] * stages.height
    return stages.select("stage", "has_estimate", "known_on", "known_until", "assumption_codes").rows()


@pytest.mark.parametrize(
    ("day", "precision", "latest"),
    [
        (date(2024, 2, 1), "month", date(2024, 2, 29)),
        (date(2018, 12, 1), "month", date(2018, 12, 31)),
        (date(2023, 1, 1), "year", date(2023, 12, 31)),
        (date(2023, 1, 1), "day", date(2023, 1, 1)),
    ],
)
def test_a_month_or_year_may_mean_its_last_day(day: date, precision: str, latest: date) -> None:
    assert latest_day(day, precision) == latest


@pytest.mark.parametrize(
    ("project", "known_on", "codes"),
    [
        ({"source_ids": "undated;on-2017-09-25;in-2018-06"}, date(2017, 9, 25), "KNOWN-SOURCE"),
        ({"source_ids": "in-2018-06"}, date(2018, 6, 30), "KNOWN-SOURCE"),
        # A page read on 2026-11-23 that says 2026 was known that day at the latest.
        ({"source_ids": "in-2026"}, DATA_AS_OF, "KNOWN-SOURCE"),
        ({"source_ids": "in-2018-06", "fy_selected": 2016}, date(2017, 3, 31), "KNOWN-SELECTED-FY"),
        ({"fy_selected": 2026}, DATA_AS_OF, "KNOWN-SELECTED-FY"),
        ({}, DATA_AS_OF, "KNOWN-RETRIEVED"),
    ],
)
def test_a_project_is_known_from_the_earliest_day_anything_says_so(
    project: dict[str, Any], known_on: date, codes: str
) -> None:
    assert stages_of(**project) == [("pipeline", False, known_on, None, codes)]


def test_a_page_within_the_year_of_selection_makes_it_known_earlier() -> None:
    claim = {"field": "fy_selected", "value": "2017", "source_id": "on-2017-09-25"}
    assert stages_of(claim, fy_selected=2017)[0][2] == date(2017, 9, 25)


def test_a_later_page_on_the_selection_does_not_make_it_known_later() -> None:
    claim = {"field": "fy_selected", "value": "2016", "source_id": "in-2019"}
    assert stages_of(claim, fy_selected=2016)[0][2] == date(2017, 3, 31)


def test_a_registered_project_was_in_the_pipeline_before() -> None:
    assert stages_of(source_ids="in-2018-06", status="registered", registered_on=date(2020, 2, 23)) == [
        ("pipeline", False, date(2018, 6, 30), date(2020, 2, 23), "KNOWN-SOURCE"),
        ("registered", False, date(2020, 2, 23), None, None),
    ]


def test_a_project_first_known_by_its_registration_was_never_in_the_pipeline() -> None:
    assert stages_of(source_ids="in-2019", status="registered", registered_on=date(2018, 1, 10)) == [
        ("registered", False, date(2018, 1, 10), None, None)
    ]


def test_validation_is_known_from_the_list_that_states_it() -> None:
    assert stages_of(source_ids=f"{LIST};in-2018-06", status="validation") == [
        ("pipeline", False, date(2018, 6, 30), date(2026, 6, 4), "KNOWN-SOURCE"),
        ("validation", False, date(2026, 6, 4), None, "STAGE-LIST"),
    ]


@pytest.mark.parametrize("status", ["withdrawn", "study"])
def test_withdrawn_projects_and_studies_never_stand_on_a_rung(status: str) -> None:
    tables = derived_from(
        source=SOURCES,
        project=[
            {
                "project_id": "MN001",
                "source_ids": "on-2017-09-25",
                "status": status,
                "est_annual_tco2": 1000,
                "in_target_scope": False,
            }
        ],
    )
    assert tables["project_stage"].select("stage", "has_estimate").rows() == [(status, True)]
    assert tables["reduction"].is_empty()


def test_a_project_outside_the_scope_is_kept_and_not_summed() -> None:
    tables = derived_from(
        source=SOURCES,
        project=[
            {"project_id": "P-1", "source_ids": "in-2019", "est_annual_tco2": 9, "in_target_scope": False}
        ],
    )
    assert tables["project_stage"].select("stage", "in_target_scope").rows() == [("pipeline", False)]
    assert tables["reduction"].is_empty()


def test_an_estimate_counts_from_the_first_dated_page_that_gives_it() -> None:
    claim = {"field": "est_annual_tco2", "value": "2,245", "source_id": "in-2019"}
    rows = stages_of(claim, source_ids="on-2017-09-25", est_annual_tco2=2245, est_annual_source_id="undated")
    assert [row[1:4] for row in rows] == [
        (False, date(2017, 9, 25), date(2019, 12, 31)),
        (True, date(2019, 12, 31), None),
    ]


def test_an_estimate_on_undated_pages_only_is_known_with_the_project() -> None:
    rows = stages_of(source_ids="on-2017-09-25", est_annual_tco2=2245, est_annual_source_id="undated")
    assert rows == [("pipeline", True, date(2017, 9, 25), None, "KNOWN-SOURCE;KNOWN-WITH-PROJECT")]


def test_every_project_has_one_stage_at_any_time() -> None:
    stages = derived_from(
        source=SOURCES,
        project=[
            {
                "project_id": "A",
                "source_ids": "in-2018-06",
                "status": "registered",
                "registered_on": date(2020, 1, 1),
            },
            {
                "project_id": "B",
                "source_ids": "in-2019",
                "est_annual_tco2": 5,
                "est_annual_source_id": "in-2026",
            },
        ],
    )["project_stage"]
    following = stages.with_columns(pl.col("known_on").shift(-1).over("project_id").alias("next"))
    assert following.filter(pl.col("known_until").ne_missing(pl.col("next"))).is_empty()
