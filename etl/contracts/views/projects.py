"""Contracts of the views of projects and of what is stated of them."""

import dataframely as dy

from etl.contracts.columns import (
    ANOTHER_FIELD,
    NO_ESTIMATE,
    NOT_ASSIGNED,
    NOT_KNOWN,
    boolean,
    country_code,
    day,
    integer,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.derived import ProjectStateSchema
from etl.contracts.over_time import codes_used, opened, project_key, reported
from etl.contracts.projects import CLAIM_SCOPES, FUNDINGS, ProjectClaimSchema, ProjectSchema
from etl.contracts.refreshing import MethodologySchema
from etl.contracts.table import BY_COUNTRY, BY_PROJECT, BY_SOURCE, view

_NOT_READ = ("not known: the site's table was not read", "不明（JCMサイトの表を未取得）")


@view("project", "Projects as they stand today, one row each", "案件（現時点、1件1行）")
class ProjectView(dy.Schema):
    project_id = text("key: the JCM reference number, else P-<ISO3>-<number>", "識別子", key=True)
    ref_no = ProjectSchema.ref_no
    title_en = ProjectSchema.title_en
    title_en_basis = ProjectSchema.title_en_basis
    title_ja = ProjectSchema.title_ja
    iso3 = country_code()
    location = ProjectSchema.location
    technology = ProjectSchema.technology
    sector_number = integer("JCM sectoral scope", "JCMセクトラルスコープ番号", null=NOT_ASSIGNED)
    sector_basis = text(
        "stated, or classified by the compilers",
        "stated（記載）又はclassified（編者が分類）",
        null=("no scope assigned", "未分類"),
        terms=("stated", "classified"),
    )
    methodology = ProjectSchema.methodology
    programme = ProjectSchema.programme
    funding = text(
        "government, private or unknown",
        "government（政府）、private（民間）又はunknown（不明）",
        terms=FUNDINGS,
    )
    stage = ProjectStateSchema.stage
    in_target_scope = boolean("whether it is a JCM project", "JCMプロジェクトか")
    is_counted = boolean(
        "whether it is in sums of expected tonnes: a JCM project in the pipeline, under validation or registered",
        "見込みの合計に含めるか（採択・計画、妥当性確認中又は登録済みのJCMプロジェクト）",
    )
    fy_selected = year("fiscal year of the first selection", "最初に採択された年度", null=NOT_KNOWN)
    selected_from_on = ProjectStateSchema.selected_from_on
    registered_on = ProjectSchema.registered_on
    fiscal_year_registered = ProjectStateSchema.fiscal_year_registered
    fiscal_year_known = year("fiscal year in which it became known", "判明した年度")
    annual_tco2 = tonnes(
        "annual estimate of a project that is counted; sum it for the year's stated expectation when all operate",
        "集計対象の案件の年間削減見込量（合計すると全案件稼働時の年間見込量となる）",
        null=("no estimate, or not counted", "見込量なし又は集計対象外"),
    )
    annual_not_counted_tco2 = tonnes(
        "annual estimate of a project that is not counted: dormant, withdrawn, study or outside the scope",
        "集計対象外の案件（選定後長期未掲載、取下げ、調査等）の年間削減見込量",
        null=("no estimate, or counted", "見込量なし又は集計対象"),
    )
    annual_basis = ProjectStateSchema.annual_basis
    annual_source_id = source_key("source of the annual estimate", "年間削減見込量の出典", null=NO_ESTIMATE)
    start_on = ProjectStateSchema.start_on
    end_on = ProjectStateSchema.end_on
    start_basis = ProjectStateSchema.start_basis
    lifetime_years = ProjectStateSchema.lifetime_years
    is_reported = reported()
    note = remarks()
    known_on = opened()
    assumption_codes = codes_used()


@view(
    "project_claim",
    "All statements on estimates, registration and selection, also those not taken",
    "見込量・登録日・採択年度に関する全ての公表値（不採用を含む）",
    references=(BY_PROJECT, BY_SOURCE),
)
class ProjectClaimView(dy.Schema):
    project_id = project_key(key=True)
    field = ProjectClaimSchema.field
    value = ProjectClaimSchema.value
    source_id = ProjectClaimSchema.source_id
    claim_scope = text(
        "project, part, other scope, derived or inferred",
        "project（全体）、part（一部）、other scope（別の範囲）、derived（算出）又はinferred（推定）",
        terms=CLAIM_SCOPES,
    )
    is_taken = boolean("whether it is the value taken", "採用した値か")
    figure_basis = text("what an annual estimate rests on", "年間削減見込量の根拠", null=ANOTHER_FIELD)
    known_on = opened()


@view(
    "methodology",
    "Methodologies: those of the JCM site's tables, and those that projects on its list name",
    "方法論（JCMサイトの一覧及び掲載案件に記載されたもの）",
    references=(BY_COUNTRY, BY_SOURCE),
)
class MethodologyView(dy.Schema):
    methodology_code = MethodologySchema.methodology_code
    iso3 = country_code()
    title_en = text("title, English", "名称（英語）", null=_NOT_READ)
    status = MethodologySchema.status
    version = text(
        "latest version; those that projects use stand in project_methodology",
        "最新の版（案件が適用した版はproject_methodology）",
        null=_NOT_READ,
    )
    approved_on = day("day of approval", "承認日", null=("not approved, or not known", "未承認又は不明"))
    proposed_code = MethodologySchema.proposed_code
    proponent = MethodologySchema.proponent
    sector_numbers = MethodologySchema.sector_numbers
    public_input_start_on = MethodologySchema.public_input_start_on
    public_input_end_on = MethodologySchema.public_input_end_on
    source_id = source_key(null=("known from projects alone", "案件の記載のみによる"))
