"""Contracts of projects, the statements on them, and the vocabularies they use."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    NOT_KNOWN,
    boolean,
    coordinate,
    country_code,
    day,
    integer,
    known_from,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.table import Reference, RuleText, Table

LARGEST_ANNUAL_ESTIMATE = 2_000_000
"""tCO2 a year; several times the largest JCM project. What is above is a slip of units, not a project."""

STATUSES = ("registered", "validation", "pipeline", "withdrawn", "study")
FUNDINGS = ("government", "private", "unknown")
CLAIM_SCOPES = ("project", "part", "other scope", "derived", "inferred")
BASES = ("project document", "selection", "company or press", "study", "unknown")
"""What an estimate may rest on, the best first; the last two count alike."""


CLAIM_FORMS = {
    "est_annual_tco2": "^[1-9][0-9]*$",
    "registered_on": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$",
    "fy_selected": "^20[0-9]{2}$",
}
"""Form of a stated value, by the field that it is on: whole tonnes, a day or month, a year."""


class TechnologySchema(dy.Schema):
    technology = text("term used in project", "projectで用いる用語", key=True)
    name_en = text("name, English", "名称(英語)")
    name_ja = text("name, Japanese", "名称(日本語)")


class ProgrammeSchema(dy.Schema):
    programme = text("term used in project", "projectで用いる用語", key=True)
    name_en = text("name, English", "名称(英語)")
    name_ja = text("name, Japanese", "名称(日本語)")
    funding = text(
        "government or private", "government(政府)又はprivate(民間)", terms=("government", "private")
    )


class ProjectSchema(dy.Schema):
    project_id = text(
        "key: the JCM reference number, else P-<ISO3>-<number>",
        "識別子。JCM参照番号、ない場合は P-<ISO3>-<番号>",
        key=True,
        regex="^([A-Z]{2}[0-9]{3}|P-[A-Z]{3}-[0-9]{3})$",
    )
    ref_no = text(
        "reference number of the JCM site",
        "JCMサイトの参照番号",
        null=("not on the list of the JCM site", "JCMサイトの一覧に未掲載"),
    )
    title_en = text("title, English", "件名(英語)")
    title_en_basis = text(
        "published, or translated by the compilers",
        "published(公表)又はtranslated(編者訳)",
        terms=("published", "translated"),
    )
    title_ja = text("title, Japanese", "件名(日本語)", null=NOT_KNOWN)
    iso3 = country_code()
    location = text("place", "所在地", null=NOT_KNOWN)
    latitude = coordinate(
        "latitude as stated; where it does not fit the country, project_site says so",
        "緯度(公表値)。国と合致しない場合はproject_siteに示す",
        unit="degrees north",
    )
    longitude = coordinate(
        "longitude as stated; where it does not fit the country, project_site says so",
        "経度(公表値)。国と合致しない場合はproject_siteに示す",
        unit="degrees east",
    )
    technology = text("main technology", "主な技術")
    sector_number = integer(
        "JCM sectoral scope",
        "JCMセクトラルスコープ番号",
        header="sectoral_scope",
        null=("not assigned", "未分類"),
        least=1,
        most=15,
    )
    sector_basis = text(
        "stated, or classified from the technology by the compilers",
        "stated(記載)又はclassified(技術から編者が分類)",
        header="scope_basis",
        null=("no scope assigned", "未分類"),
        terms=("stated", "classified"),
    )
    methodology = text("methodology numbers of the JCM site", "JCMサイトの方法論番号", null=NOT_KNOWN)
    programme = text("programme that supports the project", "支援事業", null=NOT_KNOWN)
    funding = text(
        "government, private or unknown; follows from the programme",
        "government(政府)、private(民間)又はunknown(不明)。支援事業による",
        terms=FUNDINGS,
    )
    fy_selected = year(
        "fiscal year of the first selection", "最初に採択された年度", null=NOT_KNOWN, least=2010
    )
    status = text(
        "registered, validation, withdrawn (as on the list of the JCM site), pipeline or study",
        "registered(登録済み)、validation(妥当性確認中)、withdrawn(取下げ)、pipeline(採択・計画)又はstudy(調査)",
        terms=STATUSES,
    )
    registered_on = day("day of registration", "登録日", null=("not registered", "未登録"))
    operation_start_on = partial_day(
        "stated start of operation", "公表された稼働開始日", header="operation_start", null=NOT_KNOWN
    )
    operation_start_precision = precision(
        "the start of operation", "稼働開始日", header="operation_start", null=NOT_KNOWN
    )
    est_annual_tco2 = tonnes(
        "expected reductions a year, whole project, before sharing",
        "年間削減見込量(プロジェクト全体、配分前)",
        null=NOT_KNOWN,
        least=1,
        most=LARGEST_ANNUAL_ESTIMATE,
    )
    est_annual_source_id = source_key(
        "source of the annual estimate", "年間削減見込量の出典", null=("no estimate", "見込量なし")
    )
    est_annual_basis = text(
        "what the annual estimate rests on: project document, selection, company or press, study or unknown",
        "年間削減見込量の根拠。project document(プロジェクト設計書)、selection(採択)、company or press(企業・報道)、study(調査)又はunknown(不明)",
        null=("no estimate", "見込量なし"),
        terms=BASES,
    )
    est_total_tco2 = tonnes("a stated total", "公表された総量", null=NOT_KNOWN)
    est_total_basis = text(
        "period that the stated total covers", "総量の対象期間", null=("no stated total", "総量の記載なし")
    )
    jp_participants = text("Japanese participants, separated by ;", "日本側参加者(; 区切り)", null=NOT_KNOWN)
    partner_participants = text(
        "participants of the partner, separated by ;", "パートナー国側参加者(; 区切り)", null=NOT_KNOWN
    )
    in_target_scope = boolean(
        "whether it counts as a JCM project; false for studies, withdrawn requests and the like",
        "JCMプロジェクトとして数えるか。調査、取下げ等はfalse",
    )
    note = remarks()
    source_ids = text("all sources, keys separated by ;", "全ての出典(; 区切り)")

    @dy.rule()
    def registered_has_a_day(self) -> pl.Expr:
        return (pl.col("status") == "registered") == pl.col("registered_on").is_not_null()

    @dy.rule()
    def estimate_has_a_source(self) -> pl.Expr:
        has_none = pl.col("est_annual_tco2").is_null()
        return (has_none == pl.col("est_annual_source_id").is_null()) & (
            has_none == pl.col("est_annual_basis").is_null()
        )

    @dy.rule()
    def kept_aside_is_outside_the_scope(self) -> pl.Expr:
        return ~(pl.col("status").is_in(["withdrawn", "study"]) & pl.col("in_target_scope"))

    @dy.rule()
    def total_has_a_basis(self) -> pl.Expr:
        return pl.col("est_total_tco2").is_null() == pl.col("est_total_basis").is_null()

    @dy.rule()
    def funding_needs_a_programme(self) -> pl.Expr:
        return pl.col("programme").is_not_null() | (pl.col("funding") == "unknown")

    @dy.rule()
    def both_coordinates_or_none(self) -> pl.Expr:
        return pl.col("latitude").is_null() == pl.col("longitude").is_null()

    @dy.rule()
    def reference_is_the_key(self) -> pl.Expr:
        return (pl.col("ref_no") == pl.col("project_id")).fill_null(value=True)


class OwnUseSchema(dy.Schema):
    project_id = text("project, key of project", "プロジェクト(projectの識別子)", key=True)
    serves = text("what the plant serves", "供給先", terms=("factory",))
    evidence = text("words of the title that say so", "件名中の根拠となる語")


class ProjectListSchema(dy.Schema):
    source_id = text(
        "source that lists the projects of the JCM, key of source", "JCM案件の一覧である出典", key=True
    )
    note_en = text("what it is, English", "内容(英語)")
    note_ja = text("what it is, Japanese", "内容(日本語)")


class ProjectClaimSchema(dy.Schema):
    project_id = text("project, key of project", "プロジェクト(projectの識別子)", key=True)
    field = text(
        "field that the statement is on",
        "公表値の対象項目",
        key=True,
        terms=tuple(CLAIM_FORMS),
    )
    value = text("value stated, as text", "公表値(文字列)", key=True)
    source_id = text("source of the statement, key of source", "出典(sourceの識別子)", key=True)
    claim_scope = text(
        "project, part (one site or phase), other scope, derived (computed) or inferred",
        "project(全体)、part(一部)、other scope(別の範囲)、derived(算出)又はinferred(推定)",
        terms=CLAIM_SCOPES,
    )
    is_taken = boolean("whether the table project holds this value", "projectに採用した値か", header="taken")
    figure_basis = text(
        "what an annual estimate rests on, as est_annual_basis of project",
        "年間削減見込量の根拠(projectのest_annual_basisと同じ区分)",
        null=("the statement is on another field", "見込量以外の項目"),
        terms=BASES,
    )

    known_on = known_from()

    @dy.rule()
    def value_fits_the_field(self) -> pl.Expr:
        form = pl.col("field").replace_strict(CLAIM_FORMS, default=None, return_dtype=pl.String)
        return pl.col("value").str.contains(form)


_SOURCES = Reference("source_ids", "source", "source_id", is_list=True)

TABLES = (
    Table(
        "technology",
        TechnologySchema,
        "Technologies, names in both languages",
        "技術の名称",
        "vocabulary",
        ("technology",),
        ("vocabulary/technologies.csv",),
    ),
    Table(
        "programme",
        ProgrammeSchema,
        "Programmes that support projects",
        "支援事業の名称",
        "vocabulary",
        ("programme",),
        ("vocabulary/programmes.csv",),
    ),
    Table(
        "project",
        ProjectSchema,
        "Projects, one row each, with the values taken",
        "プロジェクト(採用した値)",
        "snapshot",
        ("project_id",),
        ("snapshot/projects.csv",),
        (
            Reference("iso3", "partner_country", "iso3"),
            Reference("technology", "technology", "technology"),
            Reference("programme", "programme", "programme"),
            Reference("sector_number", "sector", "sector_number"),
            Reference("est_annual_source_id", "source", "source_id"),
            _SOURCES,
        ),
        {
            "registered_has_a_day": RuleText(
                "A registered project has a day of registration, and no other project has one.",
                "登録済みのプロジェクトには登録日があり、それ以外にはあってはなりません。",
            ),
            "estimate_has_a_source": RuleText(
                "An annual estimate needs its source and its basis, and these need the estimate.",
                "年間削減見込量、その出典及び根拠は、全てそろっている必要があります。",
            ),
            "kept_aside_is_outside_the_scope": RuleText(
                "Withdrawn projects and studies do not count: in_target_scope must be false.",
                "取下げ及び調査は集計対象外です。in_target_scopeはfalseとしてください。",
            ),
            "total_has_a_basis": RuleText(
                "A stated total needs the period it covers, and a period needs the total.",
                "総量とその対象期間は、両方そろっている必要があります。",
            ),
            "funding_needs_a_programme": RuleText(
                "Without a programme the funding is unknown.",
                "支援事業が不明な場合、資金の区分はunknownとしてください。",
            ),
            "both_coordinates_or_none": RuleText(
                "Latitude and longitude are given together or not at all.",
                "緯度と経度は両方とも記載するか、両方とも空欄としてください。",
            ),
            "reference_is_the_key": RuleText(
                "A project with a JCM reference number uses it as its key.",
                "JCM参照番号のあるプロジェクトは、その番号を識別子としてください。",
            ),
        },
        place="history",
    ),
    Table(
        "own_use",
        OwnUseSchema,
        "Plants that serve a factory, whose statutory life follows the factory's industry",
        "工場に供給する設備(法定耐用年数は当該工場の業種による)",
        "assumptions",
        ("project_id",),
        ("assumptions/own_use.csv",),
        (Reference("project_id", "project", "project_id"),),
    ),
    Table(
        "project_list",
        ProjectListSchema,
        "Sources that list all projects of the JCM: evidence that a project is on the list",
        "JCM案件の一覧である出典(一覧への掲載の根拠)",
        "vocabulary",
        ("source_id",),
        ("vocabulary/project_lists.csv",),
        (Reference("source_id", "source", "source_id"),),
    ),
    Table(
        "project_claim",
        ProjectClaimSchema,
        "All statements found on estimates, registration and selection, also those not taken",
        "見込量・登録日・採択年度に関する全ての公表値(不採用を含む)",
        "snapshot",
        ("project_id", "field", "value", "source_id"),
        ("snapshot/project_claims.csv",),
        (Reference("project_id", "project", "project_id"), Reference("source_id", "source", "source_id")),
        {
            "value_fits_the_field": RuleText(
                "The value must be whole tonnes, a day or month (2025-02-18, 2025-02) or a year, as the field asks.",
                "値は対象項目に応じて、整数のトン数、年月日若しくは年月(2025-02-18、2025-02)又は年度としてください。",
            ),
        },
        place="history",
    ),
)
