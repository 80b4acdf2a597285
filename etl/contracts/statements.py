"""Contracts of what officials and others stated, of milestones and of the targets."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    day,
    decimal,
    not_before,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.places import UNDATED, UNIQUE
from etl.contracts.table import Reference, RuleText, Table

QUALIFIERS = ("exact", "about", "at least")
METRICS = (
    "article_6_2_agreements_world",
    "carbon_pricing_instruments_world",
    "credits_issued_cumulative",
    "credits_issued_cumulative_japan",
    "credits_issued_cumulative_partner",
    "credits_issued_event",
    "credits_issued_event_japan_company",
    "credits_issued_event_japan_government",
    "expected_annual_reductions",
    "expected_cumulative_by_2030",
    "expected_cumulative_by_fy2030",
    "feasibility_studies",
    "itmo_issuance_events",
    "japan_net_ghg_emissions",
    "jfjcm_fund_size",
    "listed_projects",
    "partner_countries",
    "pipeline_projects_total",
    "pre_registration_projects",
    "projects_and_studies_since_2010",
    "registered_projects",
    "registered_projects_with_issuance",
    "supported_projects",
    "target_cumulative_by_2030",
    "target_cumulative_by_fy2030",
    "target_cumulative_by_fy2040",
)
MILESTONE_KINDS = ("target", "rule", "institution", "agreement", "meeting", "guidance", "issuance")


class OfficialTotalSchema(dy.Schema):
    as_of_on = partial_day("date of the statement", "公表時点", header="as_of", null=UNDATED)
    as_of_precision = precision("the date of the statement", "公表時点", header="as_of", null=UNDATED)
    metric = text("what is counted, a fixed term", "指標(定められた用語)", terms=METRICS)
    value = decimal("figure stated", "公表値", unit="see unit", least=0)
    unit = text("unit of the figure", "単位")
    qualifier = text("exact, about or at least", "exact(確定)、about(約)又はat least(以上)", terms=QUALIFIERS)
    scope = text(
        "what is counted; an ISO3 code or a reference number for one country or project",
        "対象範囲。1か国又は1案件の場合はISO3コード又は参照番号",
    )
    source_id = source_key()
    reliability = text(
        "official, press, or weak (do not use without a second source)",
        "official(公的)、press(報道等)又はweak(単独では使用しない)",
        terms=("official", "press", "weak"),
    )
    note = remarks()

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("as_of_on", "metric", "value", "scope", "source_id").is_unique()


class MilestoneSchema(dy.Schema):
    milestone_on = partial_day("date", "日付", header="date")
    milestone_precision = precision("the date", "日付", header="date")
    title_en = text("what happened, English", "内容(英語)")
    title_ja = text(
        "what happened, Japanese", "内容(日本語)", null=("no Japanese wording found", "日本語の記載なし")
    )
    kind = text(
        "target, rule, institution, agreement, meeting, guidance or issuance",
        "target(目標)、rule(制度)、institution(体制)、agreement(合意)、meeting(会合)、guidance(指針)又はissuance(発行)",
        terms=MILESTONE_KINDS,
    )
    source_id = source_key()

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("milestone_on", "title_en").is_unique()


class TargetSchema(dy.Schema):
    target_id = text("key of the target", "識別子", key=True)
    fiscal_year = year(
        "fiscal year at whose end the target is compared", "目標年度(年度末で比較)", least=2020
    )
    low_tco2 = tonnes("lower end, cumulative", "下限(累積)", least=1)
    high_tco2 = tonnes(
        "upper end, cumulative; equals the lower end unless a range",
        "上限(累積)。範囲でない場合は下限と同じ",
        least=1,
    )
    standing = text(
        "discussed or decided", "discussed(検討)又はdecided(決定)", terms=("discussed", "decided")
    )
    qualifier = text("exact, about or at least", "exact(確定)、about(約)又はat least(以上)", terms=QUALIFIERS)
    wording_en = text("what was decided, English", "記載内容(英語)")
    wording_ja = text("what was decided, Japanese", "記載内容(日本語)")
    known_on = day("day of the announcement", "公表日")
    known_until = day(
        "day on which another target took its place", "次の目標に置き換えられた日", null=("in force", "有効")
    )
    source_id = source_key()

    @dy.rule()
    def range_in_order(self) -> pl.Expr:
        return pl.col("low_tco2") <= pl.col("high_tco2")

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")


_SOURCE = Reference("source_id", "source", "source_id")

TABLES = (
    Table(
        "official_total",
        OfficialTotalSchema,
        "Totals stated by officials and others, to check ours against",
        "公表された合計値(当方の合計との照合用)",
        "snapshot",
        ("metric", "as_of_on", "scope", "value", "source_id"),
        ("snapshot/official_totals.csv",),
        (_SOURCE,),
        {"is_unique": UNIQUE},
    ),
    Table(
        "milestone",
        MilestoneSchema,
        "Milestones of the JCM",
        "JCMの主な出来事",
        "snapshot",
        ("milestone_on", "title_en"),
        ("snapshot/milestones.csv",),
        (_SOURCE,),
        {"is_unique": UNIQUE},
    ),
    Table(
        "target",
        TargetSchema,
        "Targets, each from its announcement until another took its place",
        "目標(公表日から次の目標に置き換えられるまで)",
        "targets",
        ("target_id",),
        ("targets/targets.csv",),
        (_SOURCE,),
        {
            "range_in_order": RuleText(
                "The lower end of a target must not exceed its upper end.",
                "目標の下限は上限を超えてはなりません。",
            ),
            "known_in_order": RuleText(
                "A target must not end before it was announced.",
                "目標の終了日は公表日より前であってはなりません。",
            ),
        },
    ),
)
