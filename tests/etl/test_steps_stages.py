from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.contracts.columns import latest_day
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
    )["project_state"]
    assert stages["project_id"].to_list() == ["MN001"] * stages.height
    return stages.select(
        "stage", pl.col("annual_tco2").is_not_null(), "known_on", "known_until", "assumption_codes"
    ).rows()


def known_on(*claims: dict[str, Any], **project: Any) -> tuple[date, str]:
    """The first day of a project, and the code of how that is known."""
    first = stages_of(*claims, **project)[0]
    return first[2], next(code for code in first[4].split(";") if code.startswith("KNOWN"))


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
    stated = pl.DataFrame({"on": [day], "precision": [precision]})
    assert stated.select(latest_day("on", "precision")).item() == latest


@pytest.mark.parametrize(
    ("project", "day", "code"),
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
    project: dict[str, Any], day: date, code: str
) -> None:
    assert known_on(**project) == (day, code)


def test_a_page_within_the_year_of_selection_makes_it_known_earlier() -> None:
    claim = {"field": "fy_selected", "value": "2017", "source_id": "on-2017-09-25"}
    assert stages_of(claim, fy_selected=2017)[0][2] == date(2017, 9, 25)


def test_a_later_page_on_the_selection_does_not_make_it_known_later() -> None:
    claim = {"field": "fy_selected", "value": "2016", "source_id": "in-2019"}
    assert stages_of(claim, fy_selected=2016)[0][2] == date(2017, 3, 31)


def test_a_registered_project_was_in_the_pipeline_before() -> None:
    assert stages_of(source_ids="in-2018-06", status="registered", registered_on=date(2020, 2, 23)) == [
        ("pipeline", False, date(2018, 6, 30), date(2020, 2, 23), "KNOWN-SOURCE;NO-SCHEDULE"),
        ("registered", False, date(2020, 2, 23), None, "START-REGISTERED;DELAY-REGISTRATION;LIFE-SOLAR-PV"),
    ]


def test_a_project_first_known_by_its_registration_was_never_in_the_pipeline() -> None:
    assert stages_of(source_ids="in-2019", status="registered", registered_on=date(2018, 1, 10)) == [
        ("registered", False, date(2018, 1, 10), None, "START-REGISTERED;DELAY-REGISTRATION;LIFE-SOLAR-PV")
    ]


def test_validation_is_known_from_the_earliest_list_that_names_it() -> None:
    listed = stages_of(source_ids=f"{LIST};in-2018-06", status="validation", fy_selected=2024)
    assert listed[0][:1] == ("pipeline",)
    assert (listed[-1][0], listed[-1][2]) == ("validation", date(2026, 6, 4))
    assert "STAGE-LIST" in listed[-1][4]


def test_a_withdrawn_project_counted_until_a_list_said_so() -> None:
    tables = derived_from(
        source=SOURCES,
        project=[
            {
                "project_id": "MN001",
                "source_ids": f"{LIST};in-2019",
                "status": "withdrawn",
                "fy_selected": 2022,
                "est_annual_tco2": 1000,
                "in_target_scope": False,
            }
        ],
    )
    stages = [(row["stage"], row["in_target_scope"]) for row in tables["project_state"].iter_rows(named=True)]
    assert stages[0] == ("pipeline", True)
    assert stages[-1] == ("withdrawn", False)
    assert tables["expected"].filter(pl.col("known_until").is_null()).is_empty()


def test_a_study_never_stands_on_a_rung() -> None:
    tables = derived_from(
        source=SOURCES,
        project=[
            {
                "project_id": "MN001",
                "source_ids": "on-2017-09-25",
                "status": "study",
                "est_annual_tco2": 1000,
                "in_target_scope": False,
            }
        ],
    )
    assert tables["project_state"].select("stage", "annual_tco2").rows() == [("study", 1000)]
    assert tables["expected"].is_empty()


def test_a_project_outside_the_scope_is_kept_and_not_summed() -> None:
    tables = derived_from(
        source=SOURCES,
        project=[
            {
                "project_id": "P-1",
                "source_ids": "in-2019",
                "fy_selected": 2018,
                "est_annual_tco2": 9,
                "in_target_scope": False,
            }
        ],
    )
    assert set(tables["project_state"]["stage"]) == {"pipeline"}
    assert not tables["project_state"]["in_target_scope"].any()
    assert tables["expected"].is_empty()


def test_an_estimate_counts_from_the_first_dated_page_that_gives_it() -> None:
    claim = {"field": "est_annual_tco2", "value": "2245", "source_id": "in-2019"}
    rows = stages_of(claim, source_ids="on-2017-09-25", est_annual_tco2=2245, est_annual_source_id="in-2019")
    assert [row[1:4] for row in rows][:2] == [
        (False, date(2017, 9, 25), date(2019, 12, 31)),
        (True, date(2019, 12, 31), rows[1][3]),
    ]


def test_an_estimate_on_undated_pages_only_is_known_with_the_project() -> None:
    rows = stages_of(source_ids="on-2017-09-25", est_annual_tco2=2245)
    assert rows[0][:3] == ("pipeline", True, date(2017, 9, 25))
    assert "KNOWN-WITH-PROJECT" in rows[0][4]


def test_a_project_document_is_known_from_registration_whatever_its_copy_is_dated() -> None:
    claim = {
        "field": "est_annual_tco2",
        "value": "2245",
        "source_id": "in-2026",
        "figure_basis": "project document",
    }
    rows = stages_of(
        claim,
        source_ids="on-2017-09-25",
        status="registered",
        registered_on=date(2019, 5, 1),
        est_annual_tco2=2245,
        est_annual_basis="project document",
    )
    first = next(row for row in rows if row[1])
    assert first[2] == date(2019, 5, 1)
    assert "KNOWN-DOCUMENT" in first[4]


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
    )["project_state"]
    following = stages.with_columns(pl.col("known_on").shift(-1).over("project_id").alias("next"))
    assert following.filter(pl.col("known_until").ne_missing(pl.col("next"))).is_empty()
