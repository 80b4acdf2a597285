"""Shares of both sides. That they add up, and that no part is above the whole, is held by the contract of issuance."""

from collections.abc import Iterator

import polars as pl

from etl.plausibility.record import Record
from etl.plausibility.rule import Doubt, Rule, of_event

POINTS = 0.15
"""Shares of one country differ by less, but for the events that are acknowledged."""
SHARED_AMOUNT = 20
"""tCO2 from which rounding to whole tonnes does not move a share by more than a few points."""

_TOTAL = pl.col("total_tco2")


def _share_unlike_the_country(record: Record) -> Iterator[Doubt]:
    side = pl.coalesce("japan_tco2", _TOTAL - pl.col("partner_tco2"))
    for part, measured, ja in (
        ("Japanese side", side, "日本側"),
        ("Japanese government", pl.col("japan_government_tco2"), "日本政府"),
    ):
        known = (
            record["issuance"]
            .filter(_TOTAL >= SHARED_AMOUNT)
            .with_columns((measured / _TOTAL).alias("share"))
            .drop_nulls("share")
        )
        number = pl.len().over("iso3")
        others = (pl.col("share").sum().over("iso3") - pl.col("share")) / (number - 1)
        rows = known.filter(number > 1).with_columns(others.alias("others"))
        for r in rows.filter((pl.col("share") - pl.col("others")).abs() > POINTS).iter_rows(named=True):
            yield of_event(
                r,
                f"{part} {r['share']:.3f}",
                f"The {part} has {r['share']:.0%}; in the other events of {r['iso3']} it has {r['others']:.0%}.",
                f"{ja}の割合は{r['share']:.0%}。{r['iso3']}の他の発行では{r['others']:.0%}。",
            )


def _joint_statement_is_not_the_sum(record: Record) -> Iterator[Doubt]:
    """Figures stated for several projects against the events of one day that cover just these projects."""
    columns = ["total_tco2", "japan_tco2", "japan_government_tco2"]
    stated = record["aggregate_statement"].filter(
        (pl.col("kind") == "issuance") & pl.col("project_ids").is_not_null()
    )
    if stated.is_empty():
        return
    projects = (
        pl.col("project_ids")
        .str.split(";")
        .list.eval(pl.element().str.strip_chars())
        .list.sort()
        .list.join(";")
    )
    wanted = stated.with_columns(projects.alias("projects"))
    members = wanted.get_column("projects").str.split(";").explode(empty_as_null=True).unique()
    days = (
        record.parts.filter(pl.col("project").is_in(members.implode()) & pl.col("dated_on").is_not_null())
        .group_by("iso3", "dated_on")
        .agg(
            pl.col("project").unique().sort().str.join(";").alias("projects"),
            *(pl.when(pl.col(c).null_count() == 0).then(pl.col(c).sum()).alias(c) for c in columns),
        )
    )
    for r in wanted.iter_rows(named=True):
        same = days.filter(pl.col("projects") == r["projects"])
        for column in columns:
            sums = same.get_column(column).drop_nulls().to_list()
            if r[column] is None or not sums or r[column] in sums:
                continue
            shown = ", ".join(f"{some:,}" for some in sums)
            yield Doubt(
                "aggregate_statement",
                r["aggregate_id"],
                r["projects"],
                f"{column} {r[column]}",
                f"{column} of {r['projects']} is stated as {r[column]:,} t; their events make {shown} t.",
                f"{r['projects']}の{column}は{r[column]:,}tとされるが、各発行の合計は{shown}t。",
                r[column],
            )


def _transfer_is_not_the_share(record: Record) -> Iterator[Doubt]:
    shares = record["issuance"].select("issuance_id", "japan_government_tco2").drop_nulls()
    rows = (
        record["article6_event"]
        .filter((pl.col("action") == "first transfer") & pl.col("quantity_tco2").is_not_null())
        .with_columns(pl.col("quantity_tco2").sum().over("issuance_id").alias("sum"))
        .join(shares, on="issuance_id")
        .filter(pl.col("sum") != pl.col("japan_government_tco2"))
    )
    for r in rows.iter_rows(named=True):
        key = r["article6_event_id"]
        yield Doubt(
            "article6_event",
            key,
            key,
            str(r["quantity_tco2"]),
            f"{r['sum']:,} t of {r['issuance_id']} were first transferred; the government took {r['japan_government_tco2']:,} t.",
            f"{r['issuance_id']}の初回移転は{r['sum']:,}t、日本政府分は{r['japan_government_tco2']:,}t。",
            r["quantity_tco2"],
        )


FAMILY = "shares"
RULES = (
    Rule(
        "SHARE-COUNTRY",
        "hold",
        FAMILY,
        f"The Japanese share is within {POINTS * 100:.0f} points of the other events of the country",
        f"日本側の割合と同じ国の他の発行における割合との差は{POINTS * 100:.0f}ポイント以内である",
        _share_unlike_the_country,
    ),
    Rule(
        "SHARE-JOINT",
        "hold",
        FAMILY,
        "A figure stated for several projects is the sum of their events",
        "複数案件についての公表値は各発行の合計に一致する",
        _joint_statement_is_not_the_sum,
    ),
    Rule(
        "SHARE-TRANSFER",
        "hold",
        FAMILY,
        "What is first transferred to Japan is what its government took",
        "日本への初回移転量は日本政府分に一致する",
        _transfer_is_not_the_share,
    ),
)
