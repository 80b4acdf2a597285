"""Contract of the figures in tonnes that the wording of a partner's NDC states."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import country_code, source_key, text, tonnes, year
from etl.contracts.table import BY_COUNTRY, BY_SOURCE, contract, rule, unique

MEASURES = ("level", "budget", "reduction", "not stated")
LARGEST_TCO2 = 50_000_000_000
"""Of a country over some years: about the yearly emissions of the world."""


@contract(
    "ndc_figure",
    "Figures in tonnes that the wording of an NDC states, read from ndc_target and readiness; a wording in percent alone has none",
    "NDCの記載のうち量（トン）で示されたもの（ndc_target及びreadinessの記載による。割合のみの記載は含まない）",
    "vocabulary",
    files=("vocabulary/ndc_figures.csv",),
    references=(BY_COUNTRY, BY_SOURCE),
    place="history",
)
class NdcFigureSchema(dy.Schema):
    iso3 = country_code()
    first_year = year("first calendar year that the figure is for", "対象とする最初の暦年", most=2100)
    last_year = year("last calendar year that the figure is for", "対象とする最後の暦年", most=2100)
    measure = text(
        "level (emissions of a year), budget (emissions of all years together), reduction (against business as usual) or"
        " not stated",
        "level（単年の排出量）、budget（期間の総排出量）、reduction（対策なしの場合からの削減量）又はnot stated（記載なし）",
        terms=MEASURES,
    )
    condition = text(
        "conditional on support or unconditional",
        "conditional（支援を条件とする）又はunconditional（条件なし）",
        null=("the source does not say", "記載なし"),
        terms=("conditional", "unconditional"),
    )
    low_tco2 = tonnes(
        "figure, low end; never add figures", "量（下限。加算してはならない）", most=LARGEST_TCO2
    )
    high_tco2 = tonnes("figure, high end", "量（上限）", most=LARGEST_TCO2)
    wording = text("the words that it was read from", "根拠とした記載")
    source_id = source_key()

    is_unique = unique("iso3", "first_year", "last_year", "measure", "condition")
    ends_are_in_order = rule(
        (pl.col("low_tco2") <= pl.col("high_tco2")) & (pl.col("first_year") <= pl.col("last_year")),
        "The low end must not be above the high end, nor the first year after the last.",
        "下限は上限以下、最初の年は最後の年以前としてください。",
    )
