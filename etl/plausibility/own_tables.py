"""Our own tables: targets, lifetimes, shares, and what plants serve."""

import polars as pl

from etl.contracts.columns import latest_day
from etl.plausibility.record import Record, key_of
from etl.plausibility.rule import About, Row, on_project, rule

LIFE = (4, 60)
"""Years; from vehicles to forests."""
SHARE_POINTS = 0.10
"""An assumed share is rounded; it stays near the one it was taken from."""
SERVING = ("solar PV", "solar PV + battery", "boiler")
"""Technologies whose statutory life follows the industry of the factory that they serve."""
FACTORY = r"(?i)\bfactor(?:y|ies)\b|\bplants?\b|\bmills?\b|\bprocessing facilit"
"""Words of a title; a power plant is none."""
POWER_PLANT = r"(?i)\bpower plants?\b"


def _on_target(row: Row) -> About:
    return About("target", row["target_id"], str(row["fiscal_year"]))


def _on_assumption(row: Row) -> About:
    return About("assumption", row["key"], row["subject"] or row["assumption_code"])


@rule(
    "OWN-TARGET-ONE",
    "refuse",
    "One target is in force for a fiscal year",
    "一つの年度について有効な目標は一つである",
    _on_target,
    value="{known_on}",
    en="{target_id} and {former} are both in force for FY{fiscal_year} from {known_on}.",
    ja="{fiscal_year}年度について{target_id}と{former}が{known_on}以降同時に有効。",
)
def _several_targets_in_force(record: Record) -> pl.DataFrame:
    return (
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


@rule(
    "OWN-TARGET-LOWER",
    "hold",
    "A later cumulative target is not below a former one, nor below that of an earlier year",
    "新しい累積目標は従前の目標及びより早い年度の目標を下回らない",
    _on_target,
    value="{low_tco2}/{high_tco2} {target_id_other}",
    en="{target_id} ({high_tco2:,} t by FY{fiscal_year}) is below {target_id_other} ({high_tco2_other:,} t by"
    " FY{fiscal_year_other}).",
    ja="{target_id}（{fiscal_year}年度までに{high_tco2:,}t）が{target_id_other}"
    "（{fiscal_year_other}年度までに{high_tco2_other:,}t）を下回る。",
)
def _lower_target(record: Record) -> pl.DataFrame:
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
    return pairs.filter((is_former | is_nearer) & lower)


@rule(
    "OWN-TARGET-STATED",
    "hold",
    "A target is what was stated while it was in force",
    "目標は有効期間中の公表値に一致する",
    _on_target,
    value="{low_tco2}/{high_tco2}",
    en="{target_id} is {low_tco2:,} to {high_tco2:,} t; {stated_by} states {value:,.0f} t.",
    ja="{target_id}は{low_tco2:,}～{high_tco2:,}t。{stated_by}では{value:,.0f}t。",
)
def _target_unlike_the_statement(record: Record) -> pl.DataFrame:
    year = pl.col("metric").str.extract(r"^target_cumulative_by_(?:fy)?(\d{4})$").cast(pl.Int64)
    stated = (
        record["official_total"]
        .select(
            year.alias("fiscal_year"),
            latest_day("as_of_on", "as_of_precision").alias("stated_on"),
            "value",
            pl.col("source_id").alias("stated_by"),
        )
        .drop_nulls(["fiscal_year", "stated_on"])
    )
    in_force = (pl.col("known_on") <= pl.col("stated_on")) & (
        pl.col("known_until").is_null() | (pl.col("known_until") > pl.col("stated_on"))
    )
    outside = ~pl.col("value").is_between(pl.col("low_tco2"), pl.col("high_tco2"))
    return record["target"].join(stated, on="fiscal_year").filter(in_force & outside)


@rule(
    "OWN-LIFETIME",
    "hold",
    f"A lifetime is from {LIFE[0]} to {LIFE[1]} years",
    f"稼働年数は{LIFE[0]}年以上{LIFE[1]}年以下である",
    _on_assumption,
    value="{value:g}",
    en="The lifetime of {subject} is {value:g} years.",
    ja="{subject}の稼働年数が{value:g}年。",
)
def _odd_lifetime(record: Record) -> pl.DataFrame:
    odd = (pl.col("kind") == "lifetime") & ~pl.col("value").is_between(*LIFE)
    return record["assumption"].filter(odd).with_columns(key_of("assumption").alias("key"))


@rule(
    "OWN-SHARE",
    "hold",
    f"An assumed share is within {SHARE_POINTS * 100:.0f} points of the events it was taken from",
    f"仮定した割合と根拠となる発行実績との差は{SHARE_POINTS * 100:.0f}ポイント以内である",
    _on_assumption,
    value="{value:g}",
    en="The Japanese share of {subject} is taken as {value:g}; {known_en}.",
    ja="{subject}における日本側の割合を{value:g}としているが、{known_ja}。",
)
def _share_unlike_its_source(record: Record) -> list[dict[str, object]]:
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
    return [
        row
        | (
            {"known_en": "no event states one", "known_ja": "発行実績からは不明"}
            if (found := row["measured"]) is None
            else {"known_en": f"its events make {found:.3f}", "known_ja": f"発行実績では{found:.3f}"}
        )
        for row in rows.iter_rows(named=True)
    ]


@rule(
    "OWN-USE-MISSING",
    "hold",
    "A solar or boiler project whose title names a factory is in own_use",
    "件名に工場とある太陽光及びボイラーの案件はown_useに記載する",
    on_project,
    value="{technology}",
    en="“{title_en}” serves a factory, but is not in own_use: it gets the life of a power plant.",
    ja="「{title_en}」は工場に供給するが、own_useに記載がなく、発電事業用の耐用年数が適用される。",
)
def _factory_without_own_use(record: Record) -> pl.DataFrame:
    served = pl.col("title_en").str.replace_all(POWER_PLANT, "")
    return (
        record["project"]
        .filter(pl.col("technology").is_in(SERVING) & served.str.contains(FACTORY))
        .join(record["own_use"], on="project_id", how="anti")
    )


@rule(
    "OWN-USE-EVIDENCE",
    "hold",
    "The evidence of own_use stands in the title",
    "own_useの根拠となる語は件名にある",
    lambda row: About("own_use", row["project_id"], row["project_id"]),
    value="{evidence}",
    en="“{evidence}” does not stand in the title “{title_en}”.",
    ja="「{evidence}」は件名「{title_en}」にない。",
)
def _own_use_without_evidence(record: Record) -> pl.DataFrame:
    titles = record["project"].select("project_id", "title_en")
    evidence = pl.col("evidence").str.to_lowercase()
    in_title = pl.col("title_en").str.to_lowercase().str.contains(evidence, literal=True)
    return record["own_use"].join(titles, on="project_id").filter(~in_title)
