"""Contracts of projects, the statements on them, and the vocabularies they use."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    ANOTHER_FIELD,
    NO_ESTIMATE,
    NOT_ASSIGNED,
    NOT_KNOWN,
    NOT_REGISTERED,
    boolean,
    coordinate,
    country_code,
    day,
    in_both,
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
from etl.contracts.over_time import project_key
from etl.contracts.table import (
    BY_COUNTRY,
    BY_PROJECT,
    BY_SECTOR,
    BY_SOURCE,
    BY_TECHNOLOGY,
    Reference,
    contract,
    rule,
)
from model.amounts import LARGEST_ANNUAL_TCO2

STATUSES = ("registered", "validation", "pipeline", "withdrawn", "study")
LISTED = ("registered", "validation", "withdrawn")
"""Statuses of the list of the JCM site; the projects on it have a reference number, and no others have."""
FUNDINGS = ("government", "private", "unknown")
CLAIM_SCOPES = ("project", "part", "other scope", "derived", "inferred")
BASES = ("own record", "project document", "selection", "company or press", "study", "unknown")
"""What an estimate may rest on, the best first; the last two count alike."""


CLAIM_FORMS = {
    "est_annual_tco2": "^[1-9][0-9]*$",
    "registered_on": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$",
    "fy_selected": "^20[0-9]{2}$",
}
"""Form of a stated value, by the field that it is on: whole tonnes, a day or month, a year."""


@contract(
    "technology",
    "Technologies, names in both languages",
    "技術の名称",
    "vocabulary",
    files=("vocabulary/technologies.csv",),
)
class TechnologySchema(dy.Schema):
    technology = text("term used in project", "projectで用いる用語", key=True)
    name_en, name_ja = in_both("name", "名称")


@contract(
    "programme",
    "Programmes that support projects",
    "支援事業の名称",
    "vocabulary",
    files=("vocabulary/programmes.csv",),
)
class ProgrammeSchema(dy.Schema):
    programme = text("term used in project", "projectで用いる用語", key=True)
    name_en, name_ja = in_both("name", "名称")
    funding = text(
        "government or private", "government（政府）又はprivate（民間）", terms=("government", "private")
    )


@contract(
    "project",
    "Projects, one row each, with the values taken",
    "案件（採用した値）",
    "snapshot",
    files=("snapshot/projects.csv",),
    references=(
        BY_COUNTRY,
        BY_TECHNOLOGY,
        Reference("programme", "programme", "programme"),
        BY_SECTOR,
        Reference("est_annual_source_id", "source", "source_id"),
        Reference("source_ids", "source", "source_id", is_list=True),
    ),
    place="history",
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
    title_en = text("title, English", "件名（英語）")
    title_en_basis = text(
        "published, or translated by the compilers",
        "published（公表）又はtranslated（編者訳）",
        terms=("published", "translated"),
    )
    title_ja = text("title, Japanese", "件名（日本語）", null=NOT_KNOWN)
    iso3 = country_code()
    location = text("place", "所在地", null=NOT_KNOWN)
    latitude = coordinate(
        "latitude as stated; where it does not fit the country, project_site says so",
        "緯度（公表値）。国と合致しない場合はproject_siteに示す",
        unit="degrees north",
    )
    longitude = coordinate(
        "longitude as stated; where it does not fit the country, project_site says so",
        "経度（公表値）。国と合致しない場合はproject_siteに示す",
        unit="degrees east",
    )
    technology = text("main technology", "主な技術")
    sector_number = integer(
        "JCM sectoral scope",
        "JCMセクトラルスコープ番号",
        header="sectoral_scope",
        null=NOT_ASSIGNED,
        least=1,
        most=15,
    )
    sector_basis = text(
        "stated, or classified from the technology by the compilers",
        "stated（記載）又はclassified（技術から編者が分類）",
        header="scope_basis",
        null=("no scope assigned", "未分類"),
        terms=("stated", "classified"),
    )
    methodology = text("methodology numbers of the JCM site", "JCMサイトの方法論番号", null=NOT_KNOWN)
    programme = text("programme that supports the project", "支援事業", null=NOT_KNOWN)
    funding = text(
        "government, private or unknown; follows from the programme",
        "government（政府）、private（民間）又はunknown（不明）。支援事業による",
        terms=FUNDINGS,
    )
    fy_selected = year(
        "fiscal year of the first selection", "最初に採択された年度", null=NOT_KNOWN, least=2010
    )
    status = text(
        "registered, validation, withdrawn (as on the list of the JCM site), pipeline or study",
        "registered（登録済み）、validation（妥当性確認中）、withdrawn（取下げ）、pipeline（採択・計画）又はstudy（調査）",
        terms=STATUSES,
    )
    registered_on = day("day of registration", "登録日", null=NOT_REGISTERED)
    operation_start_on = partial_day(
        "stated start of operation", "公表された稼働開始日", header="operation_start", null=NOT_KNOWN
    )
    operation_start_precision = precision(
        "the start of operation", "稼働開始日", header="operation_start", null=NOT_KNOWN
    )
    est_annual_tco2 = tonnes(
        "expected reductions a year, whole project, before sharing",
        "年間削減見込量（案件全体、配分前）",
        null=NOT_KNOWN,
        least=1,
        most=LARGEST_ANNUAL_TCO2,
    )
    est_annual_source_id = source_key(
        "source of the annual estimate", "年間削減見込量の出典", null=NO_ESTIMATE
    )
    est_annual_basis = text(
        "what the annual estimate rests on: own record (of the organisation), project document, selection, company or press, study or unknown",
        "年間削減見込量の根拠。own record（自組織の記録）、project document（プロジェクト設計書）、selection（採択）、company or press（企業・報道）、study（調査）又はunknown（不明）",
        null=NO_ESTIMATE,
        terms=BASES,
    )
    est_total_tco2 = tonnes("a stated total", "公表された総量", null=NOT_KNOWN)
    est_total_basis = text(
        "period that the stated total covers", "総量の対象期間", null=("no stated total", "総量の記載なし")
    )
    jp_participants = text(
        "Japanese participants, separated by ;", "日本側参加者（「;」区切り）", null=NOT_KNOWN
    )
    partner_participants = text(
        "participants of the partner, separated by ;", "パートナー国側参加者（「;」区切り）", null=NOT_KNOWN
    )
    in_target_scope = boolean(
        "whether it counts as a JCM project; false for studies, withdrawn requests and the like",
        "JCMプロジェクトとして数えるか。調査、取下げ等はfalse",
    )
    note = remarks()
    source_ids = text("all sources, keys separated by ;", "全ての出典（「;」区切り）")

    registered_has_a_day = rule(
        (pl.col("status") == "registered") == pl.col("registered_on").is_not_null(),
        "A registered project has a day of registration, and no other project has one.",
        "登録済みの案件には登録日があり、それ以外にはあってはなりません。",
    )
    estimate_has_a_source = rule(
        (pl.col("est_annual_tco2").is_null() == pl.col("est_annual_source_id").is_null())
        & (pl.col("est_annual_tco2").is_null() == pl.col("est_annual_basis").is_null()),
        "An annual estimate needs its source and its basis, and these need the estimate.",
        "年間削減見込量、その出典及び根拠は、全てそろっている必要があります。",
    )
    kept_aside_is_outside_the_scope = rule(
        ~(pl.col("status").is_in(["withdrawn", "study"]) & pl.col("in_target_scope")),
        "Withdrawn projects and studies do not count: in_target_scope must be false.",
        "取下げ及び調査は集計対象外です。in_target_scopeはfalseとしてください。",
    )
    total_has_a_basis = rule(
        pl.col("est_total_tco2").is_null() == pl.col("est_total_basis").is_null(),
        "A stated total needs the period it covers, and a period needs the total.",
        "総量とその対象期間は、両方そろっている必要があります。",
    )
    funding_needs_a_programme = rule(
        pl.col("programme").is_not_null() | (pl.col("funding") == "unknown"),
        "Without a programme the funding is unknown.",
        "支援事業が不明な場合、資金の区分はunknownとしてください。",
    )
    both_coordinates_or_none = rule(
        pl.col("latitude").is_null() == pl.col("longitude").is_null(),
        "Latitude and longitude are given together or not at all.",
        "緯度と経度は両方とも記載するか、両方とも空欄としてください。",
    )
    reference_is_the_key = rule(
        (pl.col("ref_no") == pl.col("project_id")).fill_null(value=True),
        "A project with a JCM reference number uses it as its key.",
        "JCM参照番号のある案件は、その番号を識別子としてください。",
    )


@contract(
    "own_use",
    "Plants that serve a factory, whose statutory life follows the factory's industry",
    "工場に供給する設備（法定耐用年数は当該工場の業種による）",
    "assumptions",
    files=("assumptions/own_use.csv",),
    references=(BY_PROJECT,),
)
class OwnUseSchema(dy.Schema):
    project_id = project_key(key=True)
    serves = text("what the plant serves", "供給先", terms=("factory",))
    evidence = text("words of the title that say so", "件名中の根拠となる語")


@contract(
    "project_list",
    "Sources that list all projects of the JCM: evidence that a project is on the list",
    "JCM案件の一覧である出典（一覧への掲載の根拠）",
    "vocabulary",
    files=("vocabulary/project_lists.csv",),
    references=(BY_SOURCE,),
)
class ProjectListSchema(dy.Schema):
    source_id = text(
        "source that lists the projects of the JCM, key of source", "JCM案件の一覧である出典", key=True
    )
    note_en, note_ja = in_both("what it is", "内容")


@contract(
    "project_claim",
    "All statements found on estimates, registration and selection, also those not taken",
    "見込量・登録日・採択年度に関する全ての公表値（不採用を含む）",
    "snapshot",
    files=("snapshot/project_claims.csv",),
    references=(BY_PROJECT, BY_SOURCE),
    place="history",
)
class ProjectClaimSchema(dy.Schema):
    project_id = project_key(key=True)
    field = text("field that the statement is on", "公表値の対象項目", key=True, terms=tuple(CLAIM_FORMS))
    value = text("value stated, as text", "公表値（文字列）", key=True)
    source_id = text("source of the statement, key of source", "出典（sourceの識別子）", key=True)
    claim_scope = text(
        "project, part (one site or phase), other scope, derived (computed) or inferred",
        "project（全体）、part（一部）、other scope（別の範囲）、derived（算出）又はinferred（推定）",
        terms=CLAIM_SCOPES,
    )
    is_taken = boolean("whether the table project holds this value", "projectに採用した値か", header="taken")
    figure_basis = text(
        "what an annual estimate rests on, as est_annual_basis of project",
        "年間削減見込量の根拠（projectのest_annual_basisと同じ区分）",
        null=ANOTHER_FIELD,
        terms=BASES,
    )

    known_on = known_from()

    value_fits_the_field = rule(
        pl.col("value").str.contains(
            pl.col("field").replace_strict(CLAIM_FORMS, default=None, return_dtype=pl.String)
        ),
        "The value must be whole tonnes, a day or month (2025-02-18, 2025-02) or a year, as the field asks.",
        "値は対象項目に応じて、整数のトン数、年月日若しくは年月（2025-02-18、2025-02）又は年度としてください。",
    )
