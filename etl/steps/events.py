"""Issuance events as the record keeps them: dates with their years, amounts with their limits, what their projects share."""

from collections.abc import Iterator

import polars as pl

from etl.contracts import table
from etl.steps.issued import projects_of
from etl.steps.tonnes import joined_codes, piece_of_date

SHARED = ("sector_number", "technology", "programme", "funding")


def issuance_events(events: pl.DataFrame, project: pl.DataFrame) -> pl.DataFrame:
    """Return `issuance_event`: what is derived of each event, in the order of the record.

    Sector, technology, programme and funding are what all projects of the event share, null where they differ or
    are not named.
    """
    rows = _with_shared(events, project).with_columns(
        pl.col("only_project_id").alias("project_id"),
        *(pl.col(end).alias(f"tco2_{end}") for end in ("low", "high")),
        *(pl.col(f"japan_{end}").alias(f"japan_{end}_tco2") for end in ("low", "high")),
        joined_codes("known_codes", "amount_codes").alias("assumption_codes"),
        *_years(),
    )
    return table("issuance_event").cast(rows)


def _years() -> Iterator[pl.Expr]:
    for name in ("decided", "issued", "period_end", "announced"):
        precision = pl.lit("day") if name == "period_end" else pl.col(f"{name}_precision")
        piece = piece_of_date(pl.col(f"{name}_on"), precision)
        yield (piece // 2).alias(f"fiscal_year_{name}")
        yield (piece // 2 + piece % 2).alias(f"calendar_year_{name}")


def _with_shared(events: pl.DataFrame, project: pl.DataFrame) -> pl.DataFrame:
    facts = project.select("project_id", *SHARED)
    alone = events.select("event", pl.col("only_project_id").alias("project_id")).drop_nulls()
    several = (
        projects_of(events.drop_nulls("names"))
        .join(facts, on="project_id")
        .group_by("event")
        .agg(pl.when(pl.col(c).n_unique() == 1).then(pl.col(c).first()).alias(c) for c in SHARED)
    )
    shared = pl.concat([alone.join(facts, on="project_id").drop("project_id"), several])
    return events.join(shared, on="event", how="left", maintain_order="left")
