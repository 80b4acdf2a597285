"""Contracts of the tables that the build derives from the facts."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    boolean,
    country_code,
    day,
    decimal,
    integer,
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
from etl.contracts.projects import FUNDINGS
from etl.contracts.statements import METRICS, QUALIFIERS
from etl.contracts.table import Reference, RuleText, Table
from model.ladder import ACTUAL_RUNGS, EXPECTED_RUNGS
from model.ledger.rules import ACTIONS as LEDGER_ACTIONS
from model.ledger.rules import STATES as LEDGER_STATES

IN_FORCE = ("still in force", "現在も有効")
NO_CODES = ("rests on no assumption", "仮定なし")
SEVERAL = ("the projects of the event differ, or are not named", "対象案件により異なる、又は記載なし")
KNOWN_IN_ORDER = {
    "known_in_order": RuleText(
        "What is known from a day must not end before it.",
        "判明期間の終わりは始まりより前であってはなりません。",
    )
}


class ProjectStageSchema(dy.Schema):
    project_id = text("project, key of project", "プロジェクト(projectの識別子)", key=True)
    stage = text(
        "rung the project stood on, or withdrawn or study",
        "その時点の段階。取下げはwithdrawn、調査はstudy",
        terms=(*EXPECTED_RUNGS, "withdrawn", "study"),
    )
    in_target_scope = boolean("whether it counts as a JCM project", "JCMプロジェクトとして数えるか")
    has_estimate = boolean("whether an annual estimate was known", "年間削減見込量が判明していたか")
    known_on = day("day from which this was known", "判明した日", key=True)
    known_until = day(
        "day on which another state took its place", "次の状態に置き換えられた日", null=IN_FORCE
    )
    assumption_codes = text(
        "assumptions it rests on, separated by ;", "依拠する仮定(; 区切り)", null=NO_CODES
    )

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")


class ProjectScheduleSchema(dy.Schema):
    project_id = text("project, key of project", "プロジェクト(projectの識別子)", key=True)
    annual_tco2 = tonnes(
        "expected reductions a year in operation",
        "稼働中の年間削減見込量",
        null=("no estimate was known", "見込量が判明していない"),
    )
    start_on = day("first day of operation, stated or assumed", "稼働開始日(公表又は仮定)")
    end_on = day("last day of operation", "稼働終了日")
    start_basis = text(
        "how the start was found: stated, or counted from selection, from registration or from the day the project was known",
        "稼働開始日の根拠。stated(公表)、selection(採択から推計)、registration(登録から推計)又はknown(判明した日から推計)",
        terms=("stated", "selection", "registration", "known"),
    )
    lifetime_years = decimal("assumed time in operation", "想定稼働年数", unit="years", least=0)
    known_on = day("day from which this was known", "判明した日", key=True)
    known_until = day("day on which other rows took its place", "他の行に置き換えられた日", null=IN_FORCE)
    assumption_codes = text(
        "assumptions it rests on, separated by ;", "依拠する仮定(; 区切り)", null=NO_CODES
    )

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")

    @dy.rule()
    def ends_after_it_starts(self) -> pl.Expr:
        return not_before("end_on", "start_on")


class ProjectSearchSchema(dy.Schema):
    project_id = text("project, key of project", "プロジェクト(projectの識別子)", key=True)
    text = text(
        "names of the project, its country, technology, programme and participants in both languages: half width,"
        " without case and accents, katakana as hiragana",
        "件名、国名、技術、事業及び参加者の名称(両言語)。半角化し、大文字小文字・アクセント・片仮名平仮名の別をなくしたもの",
    )


class LedgerEntrySchema(dy.Schema):
    entry_number = integer(
        "place of the entry in the ledger, from 1", "台帳における順番(1から)", key=True, least=1
    )
    issuance_id = text("event, key of issuance", "発行(issuanceの識別子)")
    action = text("what happened", "処理の種類", terms=tuple(LEDGER_ACTIONS))
    occurred_on = day("day on which it happened or became known", "発生日(不明な場合は判明日)")
    holder_from = text(
        "holder before", "移転前の保有者", null=("the tonnes came into being", "新たな発行決定")
    )
    holder_to = text(
        "holder after: JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known",
        "移転後の保有者。JPN government(日本政府)、JPN companies(日本企業)、JPN(日本側、内訳不明)、国コード、"
        "unallocated(未発行)又はnot known(不明)",
    )
    state_from = text(
        "state before", "前の状態", null=("the tonnes came into being", "新たな発行決定"), terms=LEDGER_STATES
    )
    state_to = text("state after", "後の状態", terms=LEDGER_STATES)
    quantity_tco2 = tonnes("amount", "量", null=("not known", "不明"))
    source_id = source_key("source of the entry", "出典")
    assumption_codes = text(
        "assumptions it rests on, separated by ;", "依拠する仮定(; 区切り)", null=NO_CODES
    )
    is_booked = boolean(
        "whether it was booked; a refused entry changes nothing",
        "記帳したか(記帳しない場合は残高に影響しない)",
    )
    message_en = text(
        "why it was refused, English", "記帳しない理由(英語)", null=("it was booked", "記帳済み")
    )
    message_ja = text(
        "why it was refused, Japanese", "記帳しない理由(日本語)", null=("it was booked", "記帳済み")
    )


class IssuanceStageSchema(dy.Schema):
    issuance_id = text("event, key of issuance", "発行(issuanceの識別子)", key=True)
    rung = text(
        "rung the event reached",
        "到達した段階",
        key=True,
        terms=ACTUAL_RUNGS,
    )
    iso3 = country_code()
    sector_number = integer(
        "JCM sectoral scope of its projects", "対象案件のセクトラルスコープ", null=SEVERAL
    )
    technology = text("technology of its projects", "対象案件の技術", null=SEVERAL)
    programme = text("programme of its projects", "対象案件の支援事業", null=SEVERAL)
    funding = text("funding of its projects", "対象案件の資金", null=SEVERAL, terms=FUNDINGS)
    has_amount = boolean("whether its amount on this rung is known", "この段階の量が判明しているか")
    is_dated = boolean("whether a day or a period is known for it", "日付又は期間が判明しているか")
    known_on = day("day from which this was known", "判明した日")
    assumption_codes = text(
        "assumptions it rests on, separated by ;", "依拠する仮定(; 区切り)", null=NO_CODES
    )


class ReductionSchema(dy.Schema):
    subject_id = text("project or event that the tonnes are of", "対象(プロジェクト又は発行)")
    project_id = text("project", "プロジェクト", null=SEVERAL)
    issuance_id = text("issuance event", "発行", null=("expected tonnes", "見込みの量"))
    iso3 = country_code()
    sector_number = integer("JCM sectoral scope", "セクトラルスコープ番号", null=SEVERAL)
    technology = text("technology", "技術", null=SEVERAL)
    programme = text("programme", "支援事業", null=("no programme stated, or several", "記載なし又は複数"))
    funding = text(
        "government, private or unknown",
        "government(政府)、private(民間)又はunknown(不明)",
        null=SEVERAL,
        terms=FUNDINGS,
    )
    rung = text("rung of the ladder", "段階", terms=(*EXPECTED_RUNGS, *ACTUAL_RUNGS))
    dated_by = text(
        "what places the tonnes in time: operation (expected), monitoring_period or decision (actual)",
        "計上時点の根拠。operation(稼働。見込み)、monitoring_period(モニタリング期間)又はdecision(発行決定日)",
        terms=("operation", "monitoring_period", "decision"),
    )
    fiscal_year = year(
        "fiscal year of the tonnes", "計上年度", null=("no date is known", "日付不明"), most=2100
    )
    calendar_year = year(
        "calendar year of the tonnes", "計上年(暦年)", null=("no date is known", "日付不明"), most=2100
    )
    tco2 = tonnes("tonnes of this piece of a year", "当該期間の量")
    combined_tco2 = tonnes(
        "the part that counts in verified + expected, where nothing is counted twice",
        "「検証済み+見込み」に計上する量(重複計上なし)",
    )
    japan_tco2 = tonnes(
        "Japanese part of the tonnes", "うち日本側", null=("the share is not known", "配分不明")
    )
    combined_japan_tco2 = tonnes(
        "Japanese part of combined_tco2",
        "combined_tco2のうち日本側",
        null=("the share is not known", "配分不明"),
    )
    known_on = day("day from which this was known", "判明した日")
    known_until = day("day on which other rows took its place", "他の行に置き換えられた日", null=IN_FORCE)
    assumption_codes = text(
        "assumptions it rests on, separated by ;", "依拠する仮定(; 区切り)", null=NO_CODES
    )

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")

    @dy.rule()
    def japanese_part_within(self) -> pl.Expr:
        return (pl.col("japan_tco2") <= pl.col("tco2")).fill_null(value=True)

    @dy.rule()
    def years_go_together(self) -> pl.Expr:
        return pl.col("fiscal_year").is_null() == pl.col("calendar_year").is_null()

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct(
            "subject_id", "rung", "dated_by", "fiscal_year", "calendar_year", "known_on"
        ).is_unique()


class ReconciliationSchema(dy.Schema):
    metric = text("what was stated, a fixed term", "指標(定められた用語)", terms=METRICS)
    as_of_on = partial_day("date of the statement", "公表時点", header="as_of", null=UNDATED)
    as_of_precision = precision("the date of the statement", "公表時点", header="as_of", null=UNDATED)
    scope = text("what the statement counts", "対象範囲")
    stated_value = decimal("figure stated", "公表値", unit="see unit", least=0)
    unit = text("unit of both figures", "単位")
    qualifier = text("exact, about or at least", "exact(確定)、about(約)又はat least(以上)", terms=QUALIFIERS)
    our_value = decimal(
        "our figure for the same date and scope",
        "同じ時点・範囲の当方の値",
        unit="see unit",
        null=("none can be made", "算出不可"),
        least=0,
    )
    coverage = decimal(
        "our figure divided by the stated one",
        "当方の値÷公表値",
        unit="ratio",
        null=("not comparable", "比較不可"),
        least=0,
    )
    basis_en = text(
        "how our figure was made, or why there is none, English", "算出方法又は比較できない理由(英語)"
    )
    basis_ja = text(
        "how our figure was made, or why there is none, Japanese", "算出方法又は比較できない理由(日本語)"
    )
    is_comparable = boolean("whether both count the same thing", "同じものを数えているか")
    source_id = source_key()
    reliability = text(
        "official, press or weak",
        "official(公的)、press(報道等)又はweak(単独では使用しない)",
        terms=("official", "press", "weak"),
    )
    note = remarks()


_CODES = Reference("assumption_codes", "assumption", "assumption_code", is_list=True)

TABLES = (
    Table(
        "project_stage",
        ProjectStageSchema,
        "Stage of each project over known time",
        "各時点におけるプロジェクトの段階",
        "derived",
        ("project_id", "known_on"),
        references=(Reference("project_id", "project", "project_id"), _CODES),
        rule_texts=KNOWN_IN_ORDER,
    ),
    Table(
        "project_schedule",
        ProjectScheduleSchema,
        "Operation of each project over known time: annual estimate, first and last day",
        "各時点におけるプロジェクトの年間見込量及び稼働期間",
        "derived",
        ("project_id", "known_on"),
        references=(Reference("project_id", "project", "project_id"), _CODES),
        rule_texts={
            **KNOWN_IN_ORDER,
            "ends_after_it_starts": RuleText(
                "A project must not end before it starts.", "稼働終了日は開始日より前であってはなりません。"
            ),
        },
    ),
    Table(
        "project_search",
        ProjectSearchSchema,
        "Folded text of each project that a search looks through",
        "プロジェクトの検索用テキスト",
        "derived",
        ("project_id",),
        references=(Reference("project_id", "project", "project_id"),),
    ),
    Table(
        "issuance_stage",
        IssuanceStageSchema,
        "Rungs that each issuance event reached, also those without an amount",
        "発行が到達した段階(量が不明なものを含む)",
        "derived",
        ("issuance_id", "rung"),
        references=(Reference("issuance_id", "issuance", "issuance_id"), _CODES),
    ),
    Table(
        "ledger_entry",
        LedgerEntrySchema,
        "Ledger of credits: every change of state or holder, booked or refused",
        "クレジットの台帳(状態又は保有者の変更。記帳しないものを含む)",
        "derived",
        ("entry_number",),
        references=(Reference("source_id", "source", "source_id"), _CODES),
    ),
    Table(
        "reduction",
        ReductionSchema,
        "Tonnes by subject, rung and piece of a year, over known time: the fact of measure",
        "対象・段階・期間別の削減・吸収量(判明期間付き)",
        "derived",
        ("subject_id", "rung", "dated_by", "fiscal_year", "calendar_year", "known_on"),
        references=(
            Reference("project_id", "project", "project_id"),
            Reference("issuance_id", "issuance", "issuance_id"),
            _CODES,
        ),
        rule_texts={
            **KNOWN_IN_ORDER,
            "japanese_part_within": RuleText(
                "The Japanese part must not exceed the tonnes.", "日本側の量は全体の量を超えてはなりません。"
            ),
            "years_go_together": RuleText(
                "Fiscal and calendar year are both known or both not.",
                "年度と暦年は両方とも記載するか、両方とも空欄とします。",
            ),
            "is_unique": RuleText(
                "A subject has one row for each rung, dating, piece of a year and known day.",
                "対象・段階・計上方法・期間・判明日ごとに1行とします。",
            ),
        },
    ),
    Table(
        "reconciliation",
        ReconciliationSchema,
        "Our totals beside each official statement, for its date, with the coverage",
        "公表値と同時点の当方の値との照合及びカバー率",
        "derived",
        ("metric", "as_of_on", "scope", "stated_value", "source_id"),
        references=(Reference("source_id", "source", "source_id"),),
    ),
)
