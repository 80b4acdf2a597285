"""What was expected for the days that each issuance event verifies, as the estimate in force on a day had it."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.contracts import table
from etl.steps.stages import ProjectHistory
from model.knowledge import known_states
from model.schedule import expected_over_periods


def delivery_rows(events: pl.DataFrame, histories: Mapping[str, ProjectHistory]) -> pl.DataFrame:
    """Return `delivery`: one row an event and interval in which nothing changed.

    Only an event of one project, with a period and an amount of which both ends are known, can be compared.
    """
    known_until = pl.col("known_until")
    rows = (
        events.select(
            *("event", "issuance_id", "low", "is_open", "period_start_on", "period_end_on", "known_on"),
            pl.col("only_project_id").alias("project_id"),
        )
        .join(_estimates(histories), on="project_id", how="left", maintain_order="left_right")
        .filter(known_until.is_null() | (known_until > pl.col("known_on")))
        .with_columns(pl.max_horizontal("known_on", "estimated_on").alias("known_on"))
        .with_columns(
            pl.when(pl.col("low").is_null() | pl.col("is_open"))
            .then(pl.lit("amount"))
            .when(pl.col("estimated_on").is_null())
            .then(pl.lit("project"))
            .when(pl.col("period_start_on").is_null())
            .then(pl.lit("period"))
            .when(pl.col("annual_tco2").is_null())
            .then(pl.lit("estimate"))
            .alias("lacks")
        )
    )
    compared = rows.filter(pl.col("lacks").is_null()).select(
        "event", "known_on", "annual_tco2", "period_start_on", "period_end_on"
    )
    estimate = expected_over_periods(
        *(compared[name].to_numpy() for name in ("annual_tco2", "period_start_on", "period_end_on"))
    )
    compared = compared.select("event", "known_on", pl.Series("expected_tco2", estimate, pl.Float64))
    rows = rows.join(compared, on=["event", "known_on"], how="left", maintain_order="left")
    return table("delivery").cast(rows)


def _estimates(histories: Mapping[str, ProjectHistory]) -> pl.DataFrame:
    """The annual estimate of each project over known time; null before the first was known."""
    rows = [
        (project_id, known.value, known.known_on, known.known_until)
        for project_id, history in histories.items()
        for known in known_states(
            [(date.min, None), *((one.known_on, one.value.annual_tco2) for one in history.estimates)]
        )
    ]
    schema = {
        "project_id": pl.String,
        "annual_tco2": pl.Int64,
        "estimated_on": pl.Date,
        "known_until": pl.Date,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
