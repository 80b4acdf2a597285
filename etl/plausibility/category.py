"""Categories: technology, sectoral scope, scope of the target. That funding follows the programme is held by a cross rule."""

from collections.abc import Iterator, Mapping

import polars as pl

from etl.plausibility.record import KEPT_ASIDE, Record
from etl.plausibility.rule import Doubt, Rule, of_project

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


def _scope_of_another_technology(record: Record) -> Iterator[Doubt]:
    fitting = record["technology_scope"].with_columns(pl.lit(value=True).alias("fits"))
    judged = fitting.get_column("technology").unique().implode()
    rows = (
        record["project"]
        .filter(pl.col("technology").is_in(judged) & pl.col("sector_number").is_not_null())
        .join(fitting, on=["technology", "sector_number"], how="anti")
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            f"{r['technology']} {r['sector_number']}",
            f"The technology is {r['technology']}, the sectoral scope {r['sector_number']}.",
            f"技術は{r['technology']}、セクトラルスコープは{r['sector_number']}。",
        )


def _title_names_another_technology(record: Record) -> Iterator[Doubt]:
    title, technology = pl.col("title_en"), pl.col("technology")
    named = [title.str.contains(f"(?i){words}") for words in NAMED_IN_TITLE]
    fits = [
        is_named & technology.is_in(technologies)
        for is_named, technologies in zip(named, NAMED_IN_TITLE.values(), strict=True)
    ]
    rows = record["project"].filter(pl.any_horizontal(named) & ~pl.any_horizontal(fits))
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["technology"],
            f"The technology is {r['technology']}, the title “{r['title_en']}”.",
            f"技術は{r['technology']}、件名は「{r['title_en']}」。",
        )


def _flag_against_status(record: Record) -> Iterator[Doubt]:
    is_listed = pl.col("status").is_in(["registered", "validation"])
    # What is listed was taken up, whatever programme it began with.
    of_study = pl.col("programme").str.contains(_STUDY).fill_null(value=False) & ~is_listed
    is_study = pl.col("status").is_in(KEPT_ASIDE) | of_study
    inside = pl.col("in_target_scope")
    # A project that is not listed may stand outside, when its remark says why.
    doubtful = (inside & is_study) | (~inside & is_listed) | (~inside & ~is_study & pl.col("note").is_null())
    moves = pl.col("est_annual_tco2").fill_null(0) > HEADLINE_SHARE * record.expected_sum
    unexplained = ~inside & ~is_study & moves & ~pl.col("note").fill_null("").str.contains("scope")
    for r in record["project"].filter(doubtful | unexplained).iter_rows(named=True):
        yield of_project(
            r,
            f"{r['status']} {str(r['in_target_scope']).lower()}",
            f"in_target_scope is {str(r['in_target_scope']).lower()}, the status {r['status']}, the programme"
            f" {r['programme'] or 'not known'}; {r['est_annual_tco2'] or 0:,} t a year of {record.expected_sum:,} t.",
            f"in_target_scopeは{str(r['in_target_scope']).lower()}、状態は{r['status']}、支援事業は{r['programme'] or '不明'}。"
            f"見込量の合計{record.expected_sum:,}tのうち{r['est_annual_tco2'] or 0:,}tに当たる。",
        )


FAMILY = "category"
RULES = (
    Rule(
        "CATEGORY-SECTOR",
        "hold",
        FAMILY,
        "The sectoral scope fits the technology",
        "セクトラルスコープは技術に適合する",
        _scope_of_another_technology,
    ),
    Rule(
        "CATEGORY-TITLE",
        "hold",
        FAMILY,
        "The technology is one that the title names",
        "技術は件名に示されたものである",
        _title_names_another_technology,
    ),
    Rule(
        "CATEGORY-TARGET-SCOPE",
        "hold",
        FAMILY,
        "Listed and planned projects count, studies do not; a planned one outside the scope has a remark that says why",
        "掲載案件及び計画案件は集計対象、調査は対象外とし、計画案件を対象外とする場合は備考に理由を記載する",
        _flag_against_status,
    ),
)
