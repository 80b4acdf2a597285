"""Shares of both sides. That they add up, and that no part is above the whole, is in the contract of issuance."""

from collections.abc import Iterator

import polars as pl

from etl.contracts.columns import members_of
from etl.plausibility.record import Record
from etl.plausibility.rule import About, Row, on_article6, on_event, rule

POINTS = 0.15
"""Shares of one country differ by less, but for the events that are acknowledged."""
SHARED_AMOUNT = 20
"""tCO2 from which rounding to whole tonnes does not move a share by more than a few points."""

_TOTAL = pl.col("total_tco2")


@rule(
    "SHARE-COUNTRY",
    "hold",
    f"The Japanese share is within {POINTS * 100:.0f} points of the other events of the country",
    f"日本側の割合と同じ国の他の発行における割合との差は{POINTS * 100:.0f}ポイント以内である",
    on_event,
    value="{part} {share:.3f}",
    en="The {part} has {share:.0%}; in the other events of {iso3} it has {others:.0%}.",
    ja="{part_ja}の割合は{share:.0%}。{iso3}の他の発行では{others:.0%}。",
)
def _share_unlike_the_country(record: Record) -> pl.DataFrame:
    side = pl.coalesce("japan_tco2", _TOTAL - pl.col("partner_tco2"))
    number = pl.len().over("iso3")
    others = (pl.col("share").sum().over("iso3") - pl.col("share")) / (number - 1)
    return pl.concat(
        record["issuance"]
        .filter(_TOTAL >= SHARED_AMOUNT)
        .with_columns(
            (tonnes / _TOTAL).alias("share"), pl.lit(part).alias("part"), pl.lit(ja).alias("part_ja")
        )
        .drop_nulls("share")
        .filter(number > 1)
        .with_columns(others.alias("others"))
        .filter((pl.col("share") - pl.col("others")).abs() > POINTS)
        for part, tonnes, ja in (
            ("Japanese side", side, "日本側"),
            ("Japanese government", pl.col("japan_government_tco2"), "日本政府"),
        )
    )


def _on_aggregate(row: Row) -> About:
    return About("aggregate_statement", row["aggregate_id"], row["projects"], row["stated"])


@rule(
    "SHARE-JOINT",
    "hold",
    "A figure stated for several projects is the sum of their events",
    "複数案件についての公表値は各発行の合計に一致する",
    _on_aggregate,
    value="{column} {stated}",
    en="{column} of {projects} is stated as {stated:,} t; their events make {sums} t.",
    ja="{projects}の{column}は{stated:,}tとされるが、各発行の合計は{sums}t。",
)
def _joint_statement_is_not_the_sum(record: Record) -> Iterator[Row]:
    """Figures stated for several projects against the events of one day that cover just these projects."""
    columns = ["total_tco2", "japan_tco2", "japan_government_tco2"]
    stated = record["aggregate_statement"].filter(
        (pl.col("kind") == "issuance") & pl.col("project_ids").is_not_null()
    )
    if stated.is_empty():
        return
    projects = members_of("project_ids").list.sort().list.join(";")
    wanted = stated.with_columns(projects.alias("projects"))
    members = wanted.get_column("projects").str.split(";").explode(empty_as_null=True).unique()
    days = (
        record.parts.filter(pl.col("project").is_in(members.implode()) & pl.col("dated_on").is_not_null())
        .group_by("iso3", "dated_on", maintain_order=True)
        .agg(
            pl.col("project").unique().sort().str.join(";").alias("projects"),
            *(pl.when(pl.col(c).null_count() == 0).then(pl.col(c).sum()).alias(c) for c in columns),
        )
    )
    for row in wanted.iter_rows(named=True):
        same = days.filter(pl.col("projects") == row["projects"])
        for column in columns:
            sums = same.get_column(column).drop_nulls().to_list()
            if row[column] is not None and sums and row[column] not in sums:
                shown = ", ".join(f"{some:,}" for some in sums)
                yield {**row, "column": column, "stated": row[column], "sums": shown}


@rule(
    "SHARE-TRANSFER",
    "hold",
    "What is first transferred to Japan is what its government took",
    "日本への初回移転量は日本政府分に一致する",
    on_article6,
    value="{quantity_tco2}",
    en="{sum:,} t of {issuance_id} were first transferred; the government took {japan_government_tco2:,} t.",
    ja="{issuance_id}の初回移転は{sum:,}t、日本政府分は{japan_government_tco2:,}t。",
)
def _transfer_is_not_the_share(record: Record) -> pl.DataFrame:
    shares = record["issuance"].select("issuance_id", "japan_government_tco2").drop_nulls()
    return (
        record["article6_event"]
        .filter((pl.col("action") == "first transfer") & pl.col("quantity_tco2").is_not_null())
        .with_columns(pl.col("quantity_tco2").sum().over("issuance_id").alias("sum"))
        .join(shares, on="issuance_id")
        .filter(pl.col("sum") != pl.col("japan_government_tco2"))
    )
