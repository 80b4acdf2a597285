"""Bridges: one row for each member of the lists that cells of the facts hold."""

import polars as pl

from etl.contracts import table
from etl.sources.value_text import in_half_width
from etl.steps.fact_rows import Frames
from model.methodology_code import methodologies_named


def links(frames: Frames) -> dict[str, pl.DataFrame]:
    """Return project_source, issuance_source, issuance_project and project_methodology.

    `position` is the place in the list, from 1.
    """
    project, issuance = frames["project"], frames["issuance"]
    all_sources = issuance.with_columns(
        pl.concat_str("source_id", "other_source_ids", separator=";", ignore_nulls=True).alias("all_sources")
    )
    return {
        "project_source": members(project, "project_id", "source_ids", "source_id"),
        "project_methodology": _methodologies(project),
        "issuance_project": members(issuance, "issuance_id", "project_ids", "project_id"),
        "issuance_source": members(all_sources, "issuance_id", "all_sources", "source_id"),
    }


def _methodologies(project: pl.DataFrame) -> pl.DataFrame:
    cells = project.select("project_id", "methodology").drop_nulls()
    return table("project_methodology").frame(
        [
            (project_id, position, named.code, named.version)
            for project_id, cell in cells.iter_rows()
            for position, named in enumerate(methodologies_named(in_half_width(cell)), 1)
        ]
    )


def members(frame: pl.DataFrame, key: str, column: str, name: str) -> pl.DataFrame:
    """Rows of key, position and member, in the order of the list; a member named twice stands once."""
    cells = frame.select(
        pl.int_range(pl.len()).alias("row"), key, pl.col(column).str.strip_chars().alias(name)
    )
    cells = cells.filter(pl.col(name) != "")
    is_list = pl.col(name).str.contains(";", literal=True)
    # Most lists of a large table have one member: only the others are split.
    alone = cells.filter(~is_list).with_columns(pl.lit(1, pl.Int64).alias("position"))
    several = (
        cells.filter(is_list)
        .with_columns(pl.col(name).str.split(";"))
        .explode(name)
        .with_columns(pl.col(name).str.strip_chars())
        .filter(pl.col(name) != "")
        .unique(["row", name], keep="first", maintain_order=True)
        .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("row").alias("position"))
    )
    return pl.concat([alone, several]).sort("row", "position").select(key, "position", name)
