"""Contracts of the views of targets and of assumptions."""

import dataframely as dy

from etl.contracts.columns import source_key, text, tonnes
from etl.contracts.judgement import ASSUMPTION_BASES, AssumptionSchema
from etl.contracts.over_time import opened
from etl.contracts.statements import TargetSchema
from etl.contracts.table import BY_ISSUANCE, BY_PROJECT, BY_SOURCE, Reference, view


@view("target", "Targets in force", "有効な目標", references=(BY_SOURCE,))
class TargetView(dy.Schema):
    target_id = TargetSchema.target_id
    fiscal_year = TargetSchema.fiscal_year
    low_tco2 = tonnes(
        "lower end, cumulative; targets of different years do not add up",
        "下限（累積。年度の異なる目標は合計しない）",
    )
    high_tco2 = tonnes("upper end, cumulative; likewise", "上限（累積。同様）")
    standing = TargetSchema.standing
    qualifier = TargetSchema.qualifier
    wording_en = TargetSchema.wording_en
    wording_ja = TargetSchema.wording_ja
    known_on = opened()
    source_id = source_key()


@view(
    "assumption",
    "Assumptions as they stand today, each with its reason",
    "仮定（現時点）とその理由",
    references=(BY_SOURCE,),
)
class AssumptionView(dy.Schema):
    assumption_code = text(
        "code written into the rows that rest on it", "仮定に基づく行に記載するコード", key=True
    )
    kind = AssumptionSchema.kind
    subject = AssumptionSchema.subject
    value = AssumptionSchema.value
    unit = AssumptionSchema.unit
    basis = text(
        "stated by a source, measured on the facts, or convention",
        "stated（公表）、measured（実測）又はconvention（計算上の取扱い）",
        terms=ASSUMPTION_BASES,
    )
    sample_size = AssumptionSchema.sample_size
    reason_en = AssumptionSchema.reason_en
    reason_ja = AssumptionSchema.reason_ja
    source_id = AssumptionSchema.source_id
    known_on = AssumptionSchema.known_on


@view(
    "assumption_use",
    "Which project or event rests on which assumption",
    "各案件・発行が依拠する仮定",
    row_key=("project_id", "issuance_id", "assumption_code"),
    references=(BY_PROJECT, BY_ISSUANCE, Reference("assumption_code", "assumption", "assumption_code")),
)
class AssumptionUseView(dy.Schema):
    project_id = text("project that rests on it", "対象の案件", null=("an event", "発行"))
    issuance_id = text("event that rests on it", "対象の発行", null=("a project", "案件"))
    assumption_code = text("assumption, key of assumption", "仮定（assumptionの識別子）")
