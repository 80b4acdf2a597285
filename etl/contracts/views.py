"""Contracts of the views: the record as it stands today. Each has a macro `<name>_as_of(day)` for any other day.

The promise of the warehouse: whoever sums a column of tonnes of a table or view in the schema `main` gets a figure
that means what the column's name says. Where a sum needs a condition, the comment of the column says so.
"""

import dataframely as dy

from etl.contracts.columns import (
    NOT_KNOWN,
    boolean,
    country_code,
    day,
    decimal,
    integer,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.judgement import ASSUMPTION_BASES
from etl.contracts.over_time import (
    BY_ISSUANCE,
    BY_PROJECT,
    BY_SOURCE,
    NO_SCHEDULE,
    codes_used,
    estimate_found,
    opened,
    project_key,
    stage_of,
    start_found,
)
from etl.contracts.projects import CLAIM_FORMS, CLAIM_SCOPES, FUNDINGS
from etl.contracts.statements import QUALIFIERS, STANDINGS
from etl.contracts.table import Reference, Table
from etl.contracts.tonnes_views import (
    CreditView,
    IssuanceView,
    LadderView,
    OfficialYearView,
    ReductionView,
    is_reported_column,
)


class ProjectView(dy.Schema):
    project_id = text("key: the JCM reference number, else P-<ISO3>-<number>", "識別子", key=True)
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
    technology = text("main technology", "主な技術")
    sector_number = integer(
        "JCM sectoral scope", "JCMセクトラルスコープ番号", null=("not assigned", "未分類")
    )
    sector_basis = text(
        "stated, or classified by the compilers",
        "stated(記載)又はclassified(編者が分類)",
        null=("no scope assigned", "未分類"),
        terms=("stated", "classified"),
    )
    methodology = text("methodology numbers of the JCM site", "JCMサイトの方法論番号", null=NOT_KNOWN)
    programme = text("programme that supports the project", "支援事業", null=NOT_KNOWN)
    funding = text(
        "government, private or unknown", "government(政府)、private(民間)又はunknown(不明)", terms=FUNDINGS
    )
    stage = stage_of()
    in_target_scope = boolean("whether it is a JCM project", "JCMプロジェクトか")
    is_counted = boolean(
        "whether it is in sums of expected tonnes: a JCM project in the pipeline, under validation or registered",
        "見込みの合計に含めるか(採択・計画、妥当性確認中又は登録済みのJCMプロジェクト)",
    )
    fy_selected = year("fiscal year of the first selection", "最初に採択された年度", null=NOT_KNOWN)
    selected_from_on = day("first day of the fiscal year of selection", "採択年度の初日", null=NOT_KNOWN)
    registered_on = day("day of registration", "登録日", null=("not registered", "未登録"))
    fiscal_year_registered = year(
        "fiscal year of registration", "登録年度", null=("not registered", "未登録")
    )
    fiscal_year_known = year("fiscal year in which it became known", "判明した年度")
    annual_tco2 = tonnes(
        "annual estimate of a project that is counted; sum it for the year's stated expectation when all operate",
        "集計対象の案件の年間削減見込量(合計すると全案件稼働時の年間見込量となる)",
        null=("no estimate, or not counted", "見込量なし又は集計対象外"),
    )
    annual_not_counted_tco2 = tonnes(
        "annual estimate of a project that is not counted: dormant, withdrawn, study or outside the scope",
        "集計対象外の案件(選定後長期未掲載、取下げ、調査等)の年間削減見込量",
        null=("no estimate, or counted", "見込量なし又は集計対象"),
    )
    annual_basis = estimate_found()
    annual_source_id = source_key(
        "source of the annual estimate", "年間削減見込量の出典", null=("no estimate", "見込量なし")
    )
    start_on = day("first day of operation, stated or assumed", "稼働開始日(公表又は仮定)", null=NO_SCHEDULE)
    end_on = day("last day of operation", "稼働終了日", null=NO_SCHEDULE)
    start_basis = start_found()
    lifetime_years = decimal(
        "assumed time in operation", "想定稼働年数", unit="years", least=0, null=NO_SCHEDULE
    )
    is_reported = is_reported_column()
    note = remarks()
    known_on = opened()
    assumption_codes = codes_used()


class TargetView(dy.Schema):
    target_id = text("key of the target", "識別子", key=True)
    fiscal_year = year(
        "fiscal year at whose end the target is compared", "目標年度(年度末で比較)", least=2020
    )
    low_tco2 = tonnes(
        "lower end, cumulative; targets of different years do not add up",
        "下限(累積。年度の異なる目標は合計しない)",
    )
    high_tco2 = tonnes("upper end, cumulative; likewise", "上限(累積。同様)")
    standing = text("discussed or decided", "discussed(検討)又はdecided(決定)", terms=STANDINGS)
    qualifier = text("exact, about or at least", "exact(確定)、about(約)又はat least(以上)", terms=QUALIFIERS)
    wording_en = text("what was decided, English", "記載内容(英語)")
    wording_ja = text("what was decided, Japanese", "記載内容(日本語)")
    known_on = opened()
    source_id = source_key()


class AssumptionView(dy.Schema):
    assumption_code = text(
        "code written into the rows that rest on it", "仮定に基づく行に記載するコード", key=True
    )
    kind = text("what is assumed", "仮定の種別")
    subject = text(
        "technology, programme or country it is for",
        "対象(技術、支援事業又は国)",
        null=("holds for all", "全般"),
    )
    value = decimal("value", "値", unit="see unit", null=("a rule without a value", "値のない規則"))
    unit = text("unit of the value", "値の単位", null=("no value", "値なし"))
    basis = text(
        "stated by a source, measured on the facts, or convention",
        "stated(公表)、measured(実測)又はconvention(慣行)",
        terms=ASSUMPTION_BASES,
    )
    sample_size = integer(
        "observations behind a measured value", "実測の標本数", null=("not measured", "実測ではない"), least=0
    )
    reason_en = text("reason, English", "理由(英語)")
    reason_ja = text("reason, Japanese", "理由(日本語)")
    source_id = source_key(null=("no source; the reason says why", "出典なし(理由欄を参照)"))
    known_on = day(
        "day from which it could be known",
        "判明した日",
        null=("holds from the beginning", "当初から適用"),
    )


class AssumptionUseView(dy.Schema):
    project_id = text("project that rests on it", "対象のプロジェクト", null=("an event", "発行"))
    issuance_id = text("event that rests on it", "対象の発行", null=("a project", "プロジェクト"))
    assumption_code = text("assumption, key of assumption", "仮定(assumptionの識別子)")


class ProjectClaimView(dy.Schema):
    project_id = project_key(key=True)
    field = text("field that the statement is on", "公表値の対象項目", key=True, terms=tuple(CLAIM_FORMS))
    value = text("value stated, as text", "公表値(文字列)", key=True)
    source_id = text("source of the statement, key of source", "出典(sourceの識別子)", key=True)
    claim_scope = text(
        "project, part, other scope, derived or inferred",
        "project(全体)、part(一部)、other scope(別の範囲)、derived(算出)又はinferred(推定)",
        terms=CLAIM_SCOPES,
    )
    is_taken = boolean("whether it is the value taken", "採用した値か")
    figure_basis = text(
        "what an annual estimate rests on",
        "年間削減見込量の根拠",
        null=("the statement is on another field", "見込量以外の項目"),
    )
    known_on = opened()


def _view(
    name: str,
    schema: type[dy.Schema],
    title_en: str,
    title_ja: str,
    *,
    row_key: tuple[str, ...],
    references: tuple[Reference, ...] = (),
) -> Table:
    return Table(name, schema, title_en, title_ja, "view", row_key, references=references, sql=f"{name}.sql")


VIEWS = (
    _view(
        "project",
        ProjectView,
        "Projects as they stand today, one row each",
        "プロジェクト（現時点、1件1行）",
        row_key=("project_id",),
    ),
    _view(
        "project_claim",
        ProjectClaimView,
        "All statements on estimates, registration and selection, also those not taken",
        "見込量・登録日・採択年度に関する全ての公表値（不採用を含む）",
        row_key=("project_id", "field", "value", "source_id"),
        references=(BY_PROJECT, BY_SOURCE),
    ),
    _view(
        "issuance",
        IssuanceView,
        "Issuance events, one row an event, with both limits of every amount",
        "発行（1件1行、量は上下限で示す）",
        row_key=("issuance_id",),
        references=(BY_PROJECT, BY_SOURCE),
    ),
    _view(
        "reduction",
        ReductionView,
        "Expected tonnes net of verified ones, and verified tonnes: every tonne once, by year; without dormant projects",
        "見込量（検証済みの量を除く）及び検証済みの量（重複なし、年別、選定後長期未掲載を除く）",
        row_key=("project_id", "issuance_id", "rung", "fiscal_year", "calendar_year"),
        references=(BY_PROJECT, BY_ISSUANCE),
    ),
    _view(
        "credit",
        CreditView,
        "Credits: every tonne decided for issuance once, by state and holder",
        "クレジット（発行決定された量を状態・保有者別に重複なく示す）",
        row_key=("issuance_id", "state", "holder"),
        references=(BY_ISSUANCE,),
    ),
    _view(
        "ladder",
        LadderView,
        "The ladder: tonnes of each rung; the only table whose rows hold parts of each other",
        "段階別の量（内数を含む唯一の表）",
        row_key=("rung",),
    ),
    _view(
        "official_year",
        OfficialYearView,
        "Credits issued by calendar year as stated, beside the events of the record",
        "暦年別の発行量の公表値と収録している発行",
        row_key=("calendar_year",),
        references=(BY_SOURCE,),
    ),
    _view(
        "target",
        TargetView,
        "Targets in force",
        "有効な目標",
        row_key=("target_id",),
        references=(BY_SOURCE,),
    ),
    _view(
        "assumption",
        AssumptionView,
        "Assumptions as they stand today, each with its reason",
        "仮定（現時点）とその理由",
        row_key=("assumption_code",),
        references=(BY_SOURCE,),
    ),
    _view(
        "assumption_use",
        AssumptionUseView,
        "Which project or event rests on which assumption",
        "各案件・発行が依拠する仮定",
        row_key=("project_id", "issuance_id", "assumption_code"),
        references=(BY_PROJECT, BY_ISSUANCE, Reference("assumption_code", "assumption", "assumption_code")),
    ),
)
"""In the order of creation: a view may read those before it."""
