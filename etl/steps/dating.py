"""From which day each statement is known: its own date where it has one, else its page's, else the day of reading.

A date stated only as a month or a year is known from its end, and nothing later than the day its page was read.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.contracts.columns import latest_day
from etl.steps.fact_rows import Frames

_DATES: Mapping[str, tuple[str, str] | None] = {
    "official_total": ("as_of_on", "as_of_precision"),
    "readiness": ("as_of_on", "as_of_precision"),
    "carbon_pricing": ("since_on", "since_precision"),
    "milestone": ("milestone_on", "milestone_precision"),
    "safeguard": ("issued_on", "issued_precision"),
    "aggregate_statement": None,
}
"""Tables of statements and their own date and its precision; None where only the page is dated."""


def in_force(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the rows that were the latest known on a day."""
    return rows.filter(
        (pl.col("known_on") <= as_of) & (pl.col("known_until").is_null() | (pl.col("known_until") > as_of))
    )


def dated_sources(frames: Frames) -> pl.DataFrame:
    """Return `source` with the reliability that follows from kind and publisher, and the day it is known from."""
    weak = frames["weak_publisher"].get_column("publisher").to_list()
    stated = latest_day("as_of_on", "as_of_precision")
    return frames["source"].with_columns(
        pl.when(pl.col("publisher").is_in(weak))
        .then(pl.lit("weak"))
        .when(pl.col("kind") == "third-party copy")
        .then(pl.lit("copy"))
        .otherwise(pl.col("kind"))
        .alias("reliability"),
        pl.when(stated.is_null())
        .then(pl.col("retrieved_on"))
        .otherwise(pl.min_horizontal(stated, "retrieved_on"))
        .alias("known_on"),
    )


def dated_statements(frames: Frames, source: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the tables of statements with the day each is known from."""
    pages = source.select("source_id", "retrieved_on", pl.col("known_on").alias("page_known_on"))
    dated = {}
    for name, columns in _DATES.items():
        own = latest_day(*columns) if columns else pl.lit(None, pl.Date)
        dated[name] = (
            frames[name]
            .join(pages, on="source_id", how="left", maintain_order="left")
            .with_columns(
                pl.min_horizontal(pl.coalesce(own, "page_known_on"), "retrieved_on").alias("known_on")
            )
            .drop("retrieved_on", "page_known_on")
        )
    return dated
