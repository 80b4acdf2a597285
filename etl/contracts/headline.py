"""Contracts of what the headline rests on, and of our totals beside official statements."""

import dataframely as dy

from etl.contracts.columns import (
    boolean,
    country_code,
    day,
    decimal,
    in_both,
    integer,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.statements import METRICS, SCOPE_CODES, OfficialTotalSchema
from etl.contracts.table import BY_SOURCE, contract, unique

_NO_FIGURE = ("none can be made", "算出不可")


@contract(
    "headline_basis",
    "What the headline rests on: the stated expectation to the year of each target, by what it is known from",
    "見込量の根拠（各目標年度までの見込量の、根拠となる情報別の内訳）",
    "derived",
    place="record",
)
class HeadlineBasisSchema(dy.Schema):
    target_fiscal_year = year("fiscal year of the target", "目標年度", least=2020, most=2100)
    item = text(
        "what the tonnes rest on: all; start_stated, start_verified or start_assumed; project_document, selection or"
        " other_basis of the estimate; largest_project, five_largest; dormant (beside the headline, not in it)",
        "依拠する情報。all（全体）、start_stated（稼働開始日が公表）、start_verified（検証済み期間による）、start_assumed（仮定）、"
        "project_document（設計書）、selection（採択）、other_basis（その他）、largest_project（最大の案件）、"
        "five_largest（上位5件）又はdormant（選定後長期未掲載。合計に含めない）",
        key=False,
    )
    projects = integer("projects", "案件数", least=0)
    tco2 = tonnes("expected tonnes to the end of that year", "当該年度末までの見込量")
    share = decimal(
        "share of the headline",
        "全体に占める割合",
        unit="share",
        null=("the headline is 0", "全体が0"),
        least=0,
    )

    is_unique = unique("target_fiscal_year", "item")


@contract(
    "headline_sensitivity",
    "How far the headline moves when an assumption does",
    "仮定を変えた場合の見込量",
    "derived",
    place="record",
)
class HeadlineSensitivitySchema(dy.Schema):
    target_fiscal_year = HeadlineBasisSchema.target_fiscal_year
    variant = text(
        "what is assumed otherwise: start_a_year_earlier, start_a_year_later, lives_a_fifth_longer,"
        " lives_a_fifth_shorter, without_largest_project, with_dormant, lapse_of_six_years or without_lapse",
        "変更した仮定。start_a_year_earlier（稼働開始を1年早く）、start_a_year_later（1年遅く）、lives_a_fifth_longer（稼働年数2割増）、"
        "lives_a_fifth_shorter（2割減）、without_largest_project（最大の案件を除く）、with_dormant（選定後長期未掲載を含む）、"
        "lapse_of_six_years（失効期間6年）又はwithout_lapse（失効なし）",
    )
    tco2 = tonnes("headline under this assumption", "この仮定による見込量")
    difference_tco2 = integer("difference from the headline", "見込量との差", unit="tCO2")

    is_unique = unique("target_fiscal_year", "variant")


@contract(
    "reconciliation",
    "Our totals beside each official statement, for its date, with the coverage",
    "公表値と同時点の当方の値との照合及びカバー率",
    "derived",
    row_key=("metric", "as_of_on", "calendar_year", "scope", "stated_value", "source_id"),
    references=(BY_SOURCE,),
)
class ReconciliationSchema(dy.Schema):
    metric = text("what was stated, a fixed term", "指標（定められた用語）", terms=METRICS)
    as_of_on = OfficialTotalSchema.as_of_on
    as_of_precision = OfficialTotalSchema.as_of_precision
    known_on = day("day from which the statement is known", "公表値が判明した日")
    calendar_year = OfficialTotalSchema.calendar_year
    scope = text("what the statement counts, in the words of the source", "対象範囲（資料の記載）")
    scope_code = text(
        "the same as a code, as in statement_scope",
        "対象範囲の区分（statement_scopeと同じ）",
        terms=SCOPE_CODES,
    )
    iso3 = country_code(null=("not one country", "1か国ではない"))
    stated_value = decimal("figure stated", "公表値", unit="see unit", least=0)
    unit = text("unit of both figures", "単位")
    qualifier = OfficialTotalSchema.qualifier
    our_value = decimal(
        "our figure for the same date and scope; the low end of a range",
        "同じ時点・範囲の当方の値（幅がある場合は下限）",
        unit="see unit",
        null=_NO_FIGURE,
        least=0,
    )
    our_high_value = decimal(
        "high end of our figure, equal to it unless a range",
        "当方の値の上限（幅がない場合は同じ）",
        unit="see unit",
        null=_NO_FIGURE,
        least=0,
    )
    coverage = decimal(
        "our figure divided by the stated one",
        "当方の値÷公表値",
        unit="ratio",
        null=("not comparable", "比較不可"),
        least=0,
    )
    basis_en, basis_ja = in_both(
        "how our figure was made, or why there is none", "算出方法又は比較できない理由"
    )
    is_comparable = boolean("whether both count the same thing", "同じものを数えているか")
    source_id = source_key()
    reliability = text(
        "official, press or weak",
        "official（公的）、press（報道等）又はweak（単独では使用しない）",
        terms=("official", "press", "weak"),
    )
    note = remarks()
