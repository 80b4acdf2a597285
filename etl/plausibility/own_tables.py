"""Our own tables: targets, lifetimes, shares, and what plants serve."""

from collections.abc import Iterator

import polars as pl

from etl.contracts.columns import latest_day
from etl.plausibility.record import Record, key_of
from etl.plausibility.rule import Doubt, Rule

LIFE = (4, 60)
"""Years; from vehicles to forests."""
SHARE_POINTS = 0.10
"""An assumed share is rounded; it stays near the one it was taken from."""
SERVING = ("solar PV", "solar PV + battery", "boiler")
"""Technologies whose statutory life follows the industry of the factory that they serve."""
FACTORY = r"(?i)\bfactor(?:y|ies)\b|\bplants?\b|\bmills?\b|\bprocessing facilit"
"""Words of a title; a power plant is none."""
POWER_PLANT = r"(?i)\bpower plants?\b"


def _target(row: dict[str, object], value: object, en: str, ja: str) -> Doubt:
    return Doubt("target", str(row["target_id"]), str(row["fiscal_year"]), str(value), en, ja)


def _several_targets_in_force(record: Record) -> Iterator[Doubt]:
    rows = (
        record["target"]
        .sort("fiscal_year", "known_on")
        .with_columns(
            pl.col("target_id").shift(1).over("fiscal_year").alias("former"),
            pl.col("known_until").shift(1).over("fiscal_year").alias("former_until"),
        )
        .filter(
            pl.col("former").is_not_null()
            & (pl.col("former_until").is_null() | (pl.col("former_until") > pl.col("known_on")))
        )
    )
    for r in rows.iter_rows(named=True):
        yield _target(
            r,
            r["known_on"],
            f"{r['target_id']} and {r['former']} are both in force for FY{r['fiscal_year']} from {r['known_on']}.",
            f"{r['fiscal_year']}年度について{r['target_id']}と{r['former']}が{r['known_on']}以降同時に有効。",
        )


def _lower_target(record: Record) -> Iterator[Doubt]:
    targets = record["target"]
    # Against the former target of the year, and against targets of earlier years in force at the same time.
    pairs = targets.join(targets, how="cross", suffix="_other")
    is_former = (pl.col("fiscal_year_other") == pl.col("fiscal_year")) & (
        pl.col("known_on_other") < pl.col("known_on")
    )
    is_nearer = (
        (pl.col("fiscal_year_other") < pl.col("fiscal_year"))
        & (pl.col("known_until_other").is_null() | (pl.col("known_until_other") > pl.col("known_on")))
        & (pl.col("known_until").is_null() | (pl.col("known_until") > pl.col("known_on_other")))
    )
    lower = (pl.col("high_tco2") < pl.col("high_tco2_other")) | (
        pl.col("low_tco2") < pl.col("low_tco2_other")
    )
    for r in pairs.filter((is_former | is_nearer) & lower).iter_rows(named=True):
        yield _target(
            r,
            f"{r['low_tco2']}/{r['high_tco2']} {r['target_id_other']}",
            f"{r['target_id']} ({r['high_tco2']:,} t by FY{r['fiscal_year']}) is below {r['target_id_other']}"
            f" ({r['high_tco2_other']:,} t by FY{r['fiscal_year_other']}).",
            f"{r['target_id']}（{r['fiscal_year']}年度までに{r['high_tco2']:,}t）が{r['target_id_other']}"
            f"（{r['fiscal_year_other']}年度までに{r['high_tco2_other']:,}t）を下回る。",
        )


def _target_unlike_the_statement(record: Record) -> Iterator[Doubt]:
    stated = (
        record["official_total"]
        .with_columns(
            pl.col("metric")
            .str.extract(r"^target_cumulative_by_(?:fy)?(\d{4})$")
            .cast(pl.Int64)
            .alias("fiscal_year"),
            latest_day("as_of_on", "as_of_precision").alias("stated_on"),
        )
        .drop_nulls(["fiscal_year", "stated_on"])
        .select("fiscal_year", "stated_on", "value", pl.col("source_id").alias("stated_by"))
    )
    in_force = (pl.col("known_on") <= pl.col("stated_on")) & (
        pl.col("known_until").is_null() | (pl.col("known_until") > pl.col("stated_on"))
    )
    rows = record["target"].join(stated, on="fiscal_year").filter(in_force)
    outside = ~pl.col("value").is_between(pl.col("low_tco2"), pl.col("high_tco2"))
    for r in rows.filter(outside).iter_rows(named=True):
        yield _target(
            r,
            f"{r['low_tco2']}/{r['high_tco2']}",
            f"{r['target_id']} is {r['low_tco2']:,} to {r['high_tco2']:,} t; {r['stated_by']} states {r['value']:,.0f} t.",
            f"{r['target_id']}は{r['low_tco2']:,}～{r['high_tco2']:,}t。{r['stated_by']}では{r['value']:,.0f}t。",
        )


def _odd_lifetime(record: Record) -> Iterator[Doubt]:
    odd = (pl.col("kind") == "lifetime") & ~pl.col("value").is_between(*LIFE)
    rows = record["assumption"].filter(odd).with_columns(key_of("assumption").alias("key"))
    for r in rows.iter_rows(named=True):
        yield Doubt(
            "assumption",
            r["key"],
            r["subject"] or r["assumption_code"],
            f"{r['value']:g}",
            f"The lifetime of {r['subject']} is {r['value']:g} years.",
            f"{r['subject']}の稼働年数が{r['value']:g}年。",
        )


def _share_unlike_its_source(record: Record) -> Iterator[Doubt]:
    share = pl.coalesce("japan_tco2", "japan_government_tco2")
    measured = (
        record["issuance"]
        .filter(share.is_not_null() & pl.col("total_tco2").is_not_null())
        .group_by(pl.col("iso3").alias("subject"))
        .agg((share.sum() / pl.col("total_tco2").sum()).alias("measured"))
    )
    rows = (
        record["assumption"]
        .filter((pl.col("unit") == "share") & (pl.col("basis") == "stated"))
        .with_columns(key_of("assumption").alias("key"))
        .join(measured, on="subject", how="left")
        .filter(pl.col("measured").is_null() | ((pl.col("value") - pl.col("measured")).abs() > SHARE_POINTS))
    )
    for r in rows.iter_rows(named=True):
        known = "no event states one" if r["measured"] is None else f"its events make {r['measured']:.3f}"
        known_ja = "発行実績からは不明" if r["measured"] is None else f"発行実績では{r['measured']:.3f}"
        yield Doubt(
            "assumption",
            r["key"],
            r["subject"],
            f"{r['value']:g}",
            f"The Japanese share of {r['subject']} is taken as {r['value']:g}; {known}.",
            f"{r['subject']}における日本側の割合を{r['value']:g}としているが、{known_ja}。",
        )


def _factory_without_own_use(record: Record) -> Iterator[Doubt]:
    served = pl.col("title_en").str.replace_all(POWER_PLANT, "")
    rows = (
        record["project"]
        .filter(pl.col("technology").is_in(SERVING) & served.str.contains(FACTORY))
        .join(record["own_use"], on="project_id", how="anti")
    )
    for r in rows.iter_rows(named=True):
        yield Doubt(
            "project",
            r["project_id"],
            r["project_id"],
            r["technology"],
            f"“{r['title_en']}” serves a factory, but is not in own_use: it gets the life of a power plant.",
            f"「{r['title_en']}」は工場に供給するが、own_useに記載がなく、発電事業用の耐用年数が適用される。",
            r["est_annual_tco2"],
        )


def _own_use_without_evidence(record: Record) -> Iterator[Doubt]:
    titles = record["project"].select("project_id", "title_en")
    in_title = (
        pl.col("title_en")
        .str.to_lowercase()
        .str.contains(pl.col("evidence").str.to_lowercase(), literal=True)
    )
    for r in record["own_use"].join(titles, on="project_id").filter(~in_title).iter_rows(named=True):
        yield Doubt(
            "own_use",
            r["project_id"],
            r["project_id"],
            r["evidence"],
            f"“{r['evidence']}” does not stand in the title “{r['title_en']}”.",
            f"「{r['evidence']}」は件名「{r['title_en']}」にない。",
        )


FAMILY = "own tables"
RULES = (
    Rule(
        "OWN-TARGET-ONE",
        "refuse",
        FAMILY,
        "One target is in force for a fiscal year",
        "一つの年度について有効な目標は一つである",
        _several_targets_in_force,
    ),
    Rule(
        "OWN-TARGET-LOWER",
        "hold",
        FAMILY,
        "A later cumulative target is not below a former one, nor below that of an earlier year",
        "新しい累積目標は従前の目標及びより早い年度の目標を下回らない",
        _lower_target,
    ),
    Rule(
        "OWN-TARGET-STATED",
        "hold",
        FAMILY,
        "A target is what was stated while it was in force",
        "目標は有効期間中の公表値に一致する",
        _target_unlike_the_statement,
    ),
    Rule(
        "OWN-LIFETIME",
        "hold",
        FAMILY,
        f"A lifetime is from {LIFE[0]} to {LIFE[1]} years",
        f"稼働年数は{LIFE[0]}年以上{LIFE[1]}年以下である",
        _odd_lifetime,
    ),
    Rule(
        "OWN-SHARE",
        "hold",
        FAMILY,
        f"An assumed share is within {SHARE_POINTS * 100:.0f} points of the events it was taken from",
        f"仮定した割合と根拠となる発行実績との差は{SHARE_POINTS * 100:.0f}ポイント以内である",
        _share_unlike_its_source,
    ),
    Rule(
        "OWN-USE-MISSING",
        "hold",
        FAMILY,
        "A solar or boiler project whose title names a factory is in own_use",
        "件名に工場とある太陽光及びボイラーの案件はown_useに記載する",
        _factory_without_own_use,
    ),
    Rule(
        "OWN-USE-EVIDENCE",
        "hold",
        FAMILY,
        "The evidence of own_use stands in the title",
        "own_useの根拠となる語は件名にある",
        _own_use_without_evidence,
    ),
)
