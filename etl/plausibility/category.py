"""Categories: technology, sectoral scope, scope of the target. That funding follows the programme is a cross rule."""

from collections.abc import Mapping

import polars as pl

from etl.plausibility.record import KEPT_ASIDE, Record
from etl.plausibility.rule import on_project, rule

HEADLINE_SHARE = 0.01
"""Share of the sum of all estimates that a scope flag may move without being held."""

NAMED_IN_TITLE: Mapping[str, tuple[str, ...]] = {
    r"solar|photovoltaic|\bPV\b": ("solar PV", "solar PV + battery"),
    r"\bwind (?:power|farm)": ("wind",),
    r"\bhydro(?:power|\b)": ("hydro",),
    r"geothermal": ("geothermal",),
    r"biomass|rice husk": ("biomass",),
    r"biogas": ("biogas",),
    r"\bboilers?\b": ("boiler",),
    r"\bLED\b": ("LED lighting",),
    r"co-?generation": ("cogeneration",),
    r"chill(?:er|ed water)|air[- ]condition": ("chiller/air conditioning",),
    r"transformer|transmission line": ("transformer/grid",),
    r"waste heat": ("waste heat recovery",),
    r"waste[- ]to[- ]energy": ("waste-to-energy",),
    r"refrigerat|freezer|cold storage": ("refrigeration",),
    r"REDD": ("REDD+/forestry",),
    r"storage battery|battery energy storage|battery storage": ("battery storage", "solar PV + battery"),
}
"""Words of a title and the technologies they name. A title may name several; the main one is one of them."""
_STUDY = r"(?i)study|\bFS\b"


@rule(
    "CATEGORY-SECTOR",
    "hold",
    "The sectoral scope fits the technology",
    "セクトラルスコープは技術に適合する",
    on_project,
    value="{technology} {sector_number}",
    en="The technology is {technology}, the sectoral scope {sector_number}.",
    ja="技術は{technology}、セクトラルスコープは{sector_number}。",
)
def _scope_of_another_technology(record: Record) -> pl.DataFrame:
    fitting = record["technology_scope"].with_columns(pl.lit(value=True).alias("fits"))
    judged = fitting.get_column("technology").unique().implode()
    return (
        record["project"]
        .filter(pl.col("technology").is_in(judged) & pl.col("sector_number").is_not_null())
        .join(fitting, on=["technology", "sector_number"], how="anti")
    )


@rule(
    "CATEGORY-TITLE",
    "hold",
    "The technology is one that the title names",
    "技術は件名に示されたものである",
    on_project,
    value="{technology}",
    en="The technology is {technology}, the title “{title_en}”.",
    ja="技術は{technology}、件名は「{title_en}」。",
)
def _title_names_another_technology(record: Record) -> pl.DataFrame:
    title, technology = pl.col("title_en"), pl.col("technology")
    named = [title.str.contains(f"(?i){words}") for words in NAMED_IN_TITLE]
    fits = [
        is_named & technology.is_in(technologies)
        for is_named, technologies in zip(named, NAMED_IN_TITLE.values(), strict=True)
    ]
    return record["project"].filter(pl.any_horizontal(named) & ~pl.any_horizontal(fits))


@rule(
    "CATEGORY-TARGET-SCOPE",
    "hold",
    "Listed and planned projects count, studies do not; a planned one outside the scope has a remark that says why",
    "掲載案件及び計画案件は集計対象、調査は対象外とし、計画案件を対象外とする場合は備考に理由を記載する",
    on_project,
    value="{status} {flag}",
    en="in_target_scope is {flag}, the status {status}, the programme {programme_en}; {annual:,} t a year of {all:,} t.",
    ja="in_target_scopeは{flag}、状態は{status}、支援事業は{programme_ja}。見込量の合計{all:,}tのうち{annual:,}tに当たる。",
)
def _flag_against_status(record: Record) -> pl.DataFrame:
    is_listed = pl.col("status").is_in(["registered", "validation"])
    # What is listed was taken up, whatever programme it began with.
    of_study = pl.col("programme").str.contains(_STUDY).fill_null(value=False) & ~is_listed
    is_study = pl.col("status").is_in(KEPT_ASIDE) | of_study
    inside = pl.col("in_target_scope")
    # A project that is not listed may be outside, when its remark says why.
    doubtful = (inside & is_study) | (~inside & is_listed) | (~inside & ~is_study & pl.col("note").is_null())
    annual = pl.col("est_annual_tco2").fill_null(0)
    moves = annual > HEADLINE_SHARE * record.expected_sum
    unexplained = ~inside & ~is_study & moves & ~pl.col("note").fill_null("").str.contains("scope")
    return (
        record["project"]
        .filter(doubtful | unexplained)
        .with_columns(
            inside.cast(pl.String).alias("flag"),
            pl.col("programme").fill_null("not known").alias("programme_en"),
            pl.col("programme").fill_null("不明").alias("programme_ja"),
            annual.alias("annual"),
            pl.lit(record.expected_sum).alias("all"),
        )
    )
