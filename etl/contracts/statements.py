"""Contracts of what officials and others stated, of milestones and of the targets."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    country_code,
    day,
    decimal,
    in_both,
    known_from,
    not_before,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.places import UNDATED
from etl.contracts.table import BY_COUNTRY, BY_PROJECT, BY_SOURCE, Reference, contract, rule, unique

STANDINGS = ("discussed", "decided")
QUALIFIERS = ("exact", "about", "at least")
METRICS = (
    "approved_methodologies",
    "article_6_2_agreements_world",
    "carbon_pricing_instruments_world",
    "credits_issued_cumulative",
    "credits_issued_cumulative_japan",
    "credits_issued_cumulative_partner",
    "credits_issued_event",
    "credits_issued_event_japan_company",
    "credits_issued_event_japan_government",
    "credits_issued_in_year",
    "credits_retired_cumulative",
    "expected_annual_reductions",
    "expected_cumulative_by_2030",
    "expected_cumulative_by_fy2030",
    "feasibility_studies",
    "itmo_issuance_events",
    "itmos_first_transferred_cumulative",
    "japan_net_ghg_emissions",
    "jfjcm_fund_size",
    "listed_projects",
    "partner_countries",
    "partners_with_pin_process",
    "pipeline_projects_total",
    "pre_registration_projects",
    "projects_and_studies_since_2010",
    "registered_projects",
    "registered_projects_with_issuance",
    "selected_in_fiscal_year",
    "supported_projects",
    "target_cumulative_by_2030",
    "target_cumulative_by_fy2030",
    "target_cumulative_by_fy2040",
)
MILESTONE_KINDS = ("target", "rule", "institution", "agreement", "meeting", "guidance", "issuance")


@contract(
    "official_total",
    "Totals stated by officials and others, to check ours against",
    "公表された合計値（当方の合計との照合用）",
    "snapshot",
    files=("snapshot/official_totals.csv",),
    references=(BY_SOURCE, Reference("scope", "statement_scope", "scope")),
)
class OfficialTotalSchema(dy.Schema):
    as_of_on = partial_day("date of the statement", "公表時点", header="as_of", null=UNDATED)
    as_of_precision = precision("the date of the statement", "公表時点", header="as_of", null=UNDATED)
    known_on = known_from()
    metric = text("what is counted, a fixed term", "指標（定められた用語）", terms=METRICS)
    calendar_year = year(
        "calendar year that the figure is of",
        "対象の暦年",
        header="year",
        null=("not a figure of one year", "単年の値ではない"),
    )
    value = decimal("figure stated", "公表値", unit="see unit", least=0)
    unit = text("unit of the figure", "単位")
    qualifier = text(
        "exact, about or at least", "exact（確定）、about（約）又はat least（以上）", terms=QUALIFIERS
    )
    scope = text(
        "what is counted, in the words of the source; key of statement_scope",
        "対象範囲（資料の記載。statement_scopeの識別子）",
    )
    source_id = source_key()
    reliability = text(
        "official, press, or weak (do not use without a second source)",
        "official（公的）、press（報道等）又はweak（単独では使用しない）",
        terms=("official", "press", "weak"),
    )
    note = remarks()

    is_unique = unique("metric", "as_of_on", "calendar_year", "scope", "value", "source_id")
    year_belongs_to_a_yearly_figure = rule(
        (pl.col("metric") == "credits_issued_in_year") == pl.col("calendar_year").is_not_null(),
        "Figures of one calendar year name it, and no others do.",
        "単年の値には対象の暦年を記載し、それ以外には記載しないでください。",
    )


SCOPE_CODES = (
    "jcm",
    "country",
    "project",
    "first_issuance",
    "government",
    "moej",
    "moej_model",
    "moej_jfjcm",
    "moej_unido",
    "moej_f_gas",
    "other",
)


@contract(
    "statement_scope",
    "What the stated scopes cover, as codes",
    "公表値の対象範囲の区分",
    "vocabulary",
    files=("vocabulary/statement_scopes.csv",),
    references=(BY_COUNTRY, BY_PROJECT),
)
class StatementScopeSchema(dy.Schema):
    scope = text("scope in the words of the source", "資料に記載された対象範囲", key=True)
    scope_code = text(
        "what it covers: jcm (whole JCM), country, project, first_issuance (of a country), government (with government support), moej (all programmes of the"
        " environment ministry), moej_model, moej_jfjcm, moej_unido, moej_f_gas or other (nothing here to compare with)",
        "対象範囲の区分。jcm（JCM全体）、country（国）、project（案件）、first_issuance（国の初回発行）、government（政府支援）、moej（環境省の全事業）、"
        "moej_model（設備補助）、moej_jfjcm（JFJCM）、moej_unido（UNIDO）、moej_f_gas（フロン回収）又はother（比較対象なし）",
        terms=SCOPE_CODES,
    )
    iso3 = country_code(null=("not one country", "1か国ではない"))
    project_id = text(
        "project, key of project", "案件（projectの識別子）", null=("not one project", "1案件ではない")
    )

    until_year = year(
        "last calendar year that the scope covers", "対象とする最後の暦年", null=("not limited", "限定なし")
    )

    code_fits_its_subject = rule(
        (pl.col("scope_code").is_in(["country", "first_issuance"]) == pl.col("iso3").is_not_null())
        & ((pl.col("scope_code") == "project") == pl.col("project_id").is_not_null()),
        "A scope of one country names it, a scope of one project names that.",
        "国を対象とする場合は国を、案件を対象とする場合は案件を記載してください。",
    )


@contract(
    "milestone",
    "Milestones of the JCM",
    "JCMの主な出来事",
    "snapshot",
    files=("snapshot/milestones.csv",),
    references=(BY_SOURCE,),
)
class MilestoneSchema(dy.Schema):
    milestone_on = partial_day("date", "日付", header="date")
    milestone_precision = precision("the date", "日付", header="date")
    known_on = known_from()
    title_en = text("what happened, English", "内容（英語）")
    title_ja = text(
        "what happened, Japanese", "内容（日本語）", null=("no Japanese wording found", "日本語の記載なし")
    )
    kind = text(
        "target, rule, institution, agreement, meeting, guidance or issuance",
        "target（目標）、rule（制度）、institution（体制）、agreement（合意）、meeting（会合）、guidance（指針）又はissuance（発行）",
        terms=MILESTONE_KINDS,
    )
    source_id = source_key()

    is_unique = unique("milestone_on", "title_en")


@contract(
    "target",
    "Targets, each from its announcement until another took its place",
    "目標（公表日から次の目標に置き換えられるまで）",
    "targets",
    files=("targets/targets.csv",),
    references=(BY_SOURCE,),
    place="history",
)
class TargetSchema(dy.Schema):
    target_id = text("key of the target", "識別子", key=True)
    fiscal_year = year(
        "fiscal year at whose end the target is compared", "目標年度（年度末で比較）", least=2020
    )
    low_tco2 = tonnes("lower end, cumulative", "下限（累積）", least=1)
    high_tco2 = tonnes(
        "upper end, cumulative; equals the lower end unless a range",
        "上限（累積）。範囲でない場合は下限と同じ",
        least=1,
    )
    standing = text("discussed or decided", "discussed（検討）又はdecided（決定）", terms=STANDINGS)
    qualifier = text(
        "exact, about or at least", "exact（確定）、about（約）又はat least（以上）", terms=QUALIFIERS
    )
    wording_en, wording_ja = in_both("what was decided", "記載内容")
    known_on = day("day of the announcement", "公表日")
    known_until = day(
        "day on which another target took its place", "次の目標に置き換えられた日", null=("in force", "有効")
    )
    source_id = source_key()

    range_in_order = rule(
        pl.col("low_tco2") <= pl.col("high_tco2"),
        "The lower end of a target must not exceed its upper end.",
        "目標の下限は上限を超えてはなりません。",
    )
    known_in_order = rule(
        not_before("known_until", "known_on"),
        "A target must not end before it was announced.",
        "目標の終了日は公表日より前であってはなりません。",
    )
