"""Contracts of the tables that the build derives from the facts."""

from itertools import pairwise

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    boolean,
    day,
    decimal,
    integer,
    not_before,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.over_time import (
    BY_CODES,
    BY_ISSUANCE,
    BY_PROJECT,
    BY_SOURCE,
    KNOWN_IN_ORDER,
    NO_CODES,
    NO_SCHEDULE,
    NOT_REACHED,
    SEVERAL,
    UNIQUE_ROW,
    closed,
    codes_used,
    estimate_found,
    issuance_key,
    opened,
    project_key,
    stage_of,
    start_found,
)
from etl.contracts.projects import FUNDINGS
from etl.contracts.table import RuleText, Table
from model.amounts import AMOUNT_BASES
from model.ladder import ACTUAL_RUNGS, PROJECT_RUNGS
from model.ledger.rules import ACTIONS as LEDGER_ACTIONS
from model.ledger.rules import STATES as LEDGER_STATES


class ProjectStateSchema(dy.Schema):
    project_id = project_key(key=True)
    stage = stage_of()
    in_target_scope = boolean("whether it counted as a JCM project", "JCMプロジェクトとして数えるか")
    annual_tco2 = tonnes(
        "annual estimate in force, whole project, also of projects that do not count",
        "年間削減見込量(集計対象外の案件を含む)",
        null=("no estimate was known", "見込量が判明していない"),
    )
    annual_basis = estimate_found()
    annual_source_id = source_key(
        "source of the annual estimate", "年間削減見込量の出典", null=("no estimate was known", "見込量なし")
    )
    fy_selected = year(
        "fiscal year of the first selection, as known", "採択年度", null=("not known", "不明"), least=2000
    )
    selected_from_on = day(
        "first day of the fiscal year of selection", "採択年度の初日", null=("not known", "不明")
    )
    registered_on = day("day of registration", "登録日", null=("not registered", "未登録"))
    fiscal_year_registered = year(
        "fiscal year of registration", "登録年度", null=("not registered", "未登録")
    )
    fiscal_year_known = year("fiscal year in which the project became known", "案件が判明した年度")
    start_on = day("first day of operation, stated or assumed", "稼働開始日(公表又は仮定)", null=NO_SCHEDULE)
    end_on = day("last day of operation", "稼働終了日", null=NO_SCHEDULE)
    start_basis = start_found()
    lifetime_years = decimal(
        "assumed time in operation", "想定稼働年数", unit="years", least=0, null=NO_SCHEDULE
    )
    known_on = opened(key=True)
    known_until = closed()
    assumption_codes = codes_used()

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")

    @dy.rule()
    def ends_after_it_starts(self) -> pl.Expr:
        return not_before("end_on", "start_on")


class ExpectedSchema(dy.Schema):
    project_id = project_key()
    rung = text("rung of the project", "段階", terms=PROJECT_RUNGS)
    fiscal_year = year("fiscal year of the tonnes", "計上年度", most=2100)
    calendar_year = year("calendar year of the tonnes", "計上年(暦年)", most=2100)
    tco2 = tonnes("stated expectation of this piece of a year", "当該期間の見込量")
    net_tco2 = tonnes(
        "the same without what was verified instead", "検証済みの量に置き換えられた分を除く見込量"
    )
    japan_tco2 = tonnes(
        "Japanese part of tco2", "tco2のうち日本側", null=("the share is not known", "配分不明")
    )
    japan_net_tco2 = tonnes(
        "Japanese part of net_tco2", "net_tco2のうち日本側", null=("the share is not known", "配分不明")
    )
    known_on = opened()
    known_until = closed()
    assumption_codes = codes_used()

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")

    @dy.rule()
    def parts_within(self) -> pl.Expr:
        return (pl.col("net_tco2") <= pl.col("tco2")) & (
            (pl.col("japan_tco2") <= pl.col("tco2")) & (pl.col("japan_net_tco2") <= pl.col("net_tco2"))
        ).fill_null(value=True)

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("project_id", "rung", "fiscal_year", "calendar_year", "known_on").is_unique()


def _rung_tonnes(en: str, ja: str) -> tuple[dy.Int64, dy.Int64]:
    return (
        tonnes(f"{en}, low end", f"{ja}(下限)", null=NOT_REACHED),
        tonnes(f"{en}, high end as far as known", f"{ja}(判明している範囲の上限)", null=NOT_REACHED),
    )


class VerifiedSchema(dy.Schema):
    issuance_id = issuance_key()
    fiscal_year = year(
        "fiscal year of the monitoring period, else of the decision, issue or announcement",
        "モニタリング期間の年度(不明な場合は発行決定、発行又は公表の年度)",
        null=("no date is known", "日付不明"),
        most=2100,
    )
    calendar_year = year(
        "calendar year, likewise", "同じく暦年", null=("no date is known", "日付不明"), most=2100
    )
    notified_low_tco2, notified_high_tco2 = _rung_tonnes("decided for issuance", "発行決定量")
    issued_low_tco2, issued_high_tco2 = _rung_tonnes("of these, issued", "うち発行済み")
    japan_low_tco2, japan_high_tco2 = _rung_tonnes(
        "of these, issued to the Japanese side", "うち日本側への発行"
    )
    itmo_low_tco2, itmo_high_tco2 = _rung_tonnes("of these, first transferred", "うち初回移転")
    ndc_low_tco2, ndc_high_tco2 = _rung_tonnes("of these, used towards the NDC", "うちNDC計上")
    japan_share_low_tco2, japan_share_high_tco2 = _rung_tonnes(
        "Japanese part of what was decided, issued or not", "発行決定量のうち日本側(未発行を含む)"
    )
    known_on = opened()
    known_until = closed()
    assumption_codes = codes_used()

    @dy.rule()
    def known_in_order(self) -> pl.Expr:
        return not_before("known_until", "known_on")

    @dy.rule()
    def rungs_nest(self) -> pl.Expr:
        chain = ("notified", "issued", "japan", "itmo", "ndc")
        pairs = [
            pl.col(f"{lower}_{end}_tco2") <= pl.col(f"{upper}_{end}_tco2")
            for end in ("low", "high")
            for upper, lower in pairwise(chain)
        ]
        ends = [pl.col(f"{rung}_low_tco2") <= pl.col(f"{rung}_high_tco2") for rung in chain]
        return pl.all_horizontal(*pairs, *ends).fill_null(value=True)

    @dy.rule()
    def years_go_together(self) -> pl.Expr:
        return pl.col("fiscal_year").is_null() == pl.col("calendar_year").is_null()

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("issuance_id", "fiscal_year", "calendar_year", "known_on").is_unique()


def _event_year(kind: str, en: str, ja: str, null: tuple[str, str]) -> dy.Int64:
    return year(
        f"{kind} year of {en}", f"{ja}の{'年度' if kind == 'fiscal' else '暦年'}", null=null, most=2100
    )


class IssuanceEventSchema(dy.Schema):
    issuance_id = issuance_key(key=True)
    project_id = text(
        "the project, where it is one",
        "プロジェクト(1件の場合)",
        null=("several, or not named", "複数又は記載なし"),
    )
    projects = integer("projects named", "記載された案件数", least=0)
    sector_number = integer(
        "JCM sectoral scope of its projects", "対象案件のセクトラルスコープ", null=SEVERAL
    )
    technology = text("technology of its projects", "対象案件の技術", null=SEVERAL)
    programme = text("programme of its projects", "対象案件の支援事業", null=SEVERAL)
    funding = text("funding of its projects", "対象案件の資金", null=SEVERAL, terms=FUNDINGS)
    amount_basis = text(
        "how the amount is known: exact, range, at least (only a part is known) or unknown",
        "量の判明状況。exact(確定)、range(幅)、at least(一部のみ判明)又はunknown(不明)",
        terms=AMOUNT_BASES,
    )
    tco2_low = tonnes("amount, low end", "量(下限)", null=("nothing is known of the amount", "量が不明"))
    tco2_high = tonnes(
        "amount, high end as far as known; the low end again where only a part is known",
        "量(判明している範囲の上限。一部のみ判明している場合は下限と同じ)",
        null=("nothing is known of the amount", "量が不明"),
    )
    japan_low_tco2 = tonnes(
        "Japanese part, at least", "日本側(少なくとも)", null=("nothing is known of the amount", "量が不明")
    )
    japan_high_tco2 = tonnes(
        "Japanese part, at most, as far as known",
        "日本側(多くとも。判明している範囲)",
        null=("nothing is known of the amount", "量が不明"),
    )
    fiscal_year_decided = _event_year("fiscal", "the decision", "発行決定", ("not known", "不明"))
    calendar_year_decided = _event_year("calendar", "the decision", "発行決定", ("not known", "不明"))
    fiscal_year_issued = _event_year("fiscal", "the issue", "発行", ("not known", "不明"))
    calendar_year_issued = _event_year("calendar", "the issue", "発行", ("not known", "不明"))
    fiscal_year_period_end = _event_year(
        "fiscal", "the end of the monitoring period", "モニタリング期間の終期", ("not known", "不明")
    )
    calendar_year_period_end = _event_year(
        "calendar", "the end of the monitoring period", "モニタリング期間の終期", ("not known", "不明")
    )
    fiscal_year_announced = _event_year("fiscal", "the announcement", "公表", ("not known", "不明"))
    calendar_year_announced = _event_year("calendar", "the announcement", "公表", ("not known", "不明"))
    announced_on = day(
        "day of the earliest page on it", "最も早い資料の日付", null=("no page is dated", "資料に日付がない")
    )
    announced_known_on = day(
        "day from which the announcement was known",
        "公表が判明した日",
        null=("no page is dated", "資料に日付がない"),
    )
    is_reported = boolean(
        "whether it rests on sources alone that are never believed alone",
        "単独では用いない出典のみに基づくか",
    )
    known_on = opened()
    issued_known_on = day(
        "day from which the issue was known",
        "発行が判明した日",
        null=("the issue is not known", "発行は不明"),
    )
    assumption_codes = codes_used()


class IssuanceRungSchema(dy.Schema):
    issuance_id = issuance_key(key=True)
    rung = text("rung the event reached", "到達した段階", key=True, terms=ACTUAL_RUNGS)
    has_amount = boolean(
        "whether anything is known of its amount on this rung", "この段階の量(一部を含む)が判明しているか"
    )
    known_on = opened(key=True)
    known_until = closed()
    assumption_codes = codes_used()


class DeliverySchema(dy.Schema):
    issuance_id = issuance_key()
    annual_tco2 = tonnes(
        "annual estimate in force of the event's project",
        "対象案件の年間削減見込量",
        null=("no estimate, or not one project", "見込量なし又は1案件ではない"),
    )
    expected_tco2 = decimal(
        "what it expects for the event's monitoring period, each day by the days of its fiscal year",
        "モニタリング期間に対する見込量(各日を当該年度の日数で除す)",
        unit="tCO2",
        null=("not comparable", "比較不可"),
        least=0,
    )
    lacks = text(
        "what is missing to compare: amount (or a part of it), project, period or estimate",
        "比較に不足する情報。amount(量又はその一部)、project(案件)、period(期間)又はestimate(見込量)",
        null=("comparable", "比較可能"),
        terms=("amount", "project", "period", "estimate"),
    )
    known_on = opened()
    known_until = closed()

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("issuance_id", "known_on").is_unique()


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
    quantity_tco2 = tonnes("amount, low end", "量(下限)", null=("not known", "不明"))
    quantity_high_tco2 = tonnes("amount, high end", "量(上限)", null=("not known", "不明"))
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


TABLES = (
    Table(
        "project_state",
        ProjectStateSchema,
        "What was known of each project over time: stage, annual estimate, selection, registration, operation",
        "各時点で判明していた各プロジェクトの段階、年間見込量、採択、登録及び稼働期間",
        "derived",
        ("project_id", "known_on"),
        references=(BY_PROJECT, BY_CODES),
        rule_texts={
            **KNOWN_IN_ORDER,
            "ends_after_it_starts": RuleText(
                "A project must not end before it starts.", "稼働終了日は開始日より前であってはなりません。"
            ),
        },
        place="history",
    ),
    Table(
        "project_search",
        ProjectSearchSchema,
        "Folded text of each project that a search looks through",
        "プロジェクトの検索用テキスト",
        "derived",
        ("project_id",),
        references=(BY_PROJECT,),
        place="record",
    ),
    Table(
        "issuance_event",
        IssuanceEventSchema,
        "What is derived of each issuance event: amounts with their limits, years of its dates, attributes its projects share",
        "各発行から算出した情報(量の上下限、日付の年度・暦年、対象案件に共通の属性)",
        "derived",
        ("issuance_id",),
        references=(BY_ISSUANCE, BY_PROJECT, BY_CODES),
        place="history",
    ),
    Table(
        "issuance_rung",
        IssuanceRungSchema,
        "Rungs that each issuance event reached, also those without an amount",
        "発行が到達した段階(量が不明なものを含む)",
        "derived",
        ("issuance_id", "rung", "known_on"),
        references=(BY_ISSUANCE, BY_CODES),
        place="history",
    ),
    Table(
        "ledger_entry",
        LedgerEntrySchema,
        "Ledger of credits, the one store of actual tonnes: every change of state or holder, booked or refused",
        "クレジットの台帳(実績の量の唯一の記録。状態又は保有者の変更。記帳しないものを含む)",
        "derived",
        ("entry_number",),
        references=(BY_SOURCE, BY_CODES),
        place="history",
    ),
    Table(
        "expected",
        ExpectedSchema,
        "Expected tonnes by project, rung and piece of a year, over known time",
        "案件・段階・期間別の見込量(判明期間付き)",
        "derived",
        ("project_id", "rung", "fiscal_year", "calendar_year", "known_on"),
        references=(BY_PROJECT, BY_CODES),
        rule_texts={
            **KNOWN_IN_ORDER,
            "parts_within": RuleText(
                "A part must not exceed the tonnes it is of.", "内数は全体の量を超えてはなりません。"
            ),
            "is_unique": UNIQUE_ROW,
        },
        place="history",
    ),
    Table(
        "verified",
        VerifiedSchema,
        "Verified tonnes by event and piece of a year with all its rungs side by side, over known time; read off the ledger",
        "発行・期間別の検証済みの量(各段階を列とする。判明期間付き。台帳から算出)",
        "derived",
        ("issuance_id", "fiscal_year", "calendar_year", "known_on"),
        references=(BY_ISSUANCE, BY_CODES),
        rule_texts={
            **KNOWN_IN_ORDER,
            "rungs_nest": RuleText(
                "A later rung must not hold more than the one before it.",
                "後の段階の量は前の段階の量を超えてはなりません。",
            ),
            "years_go_together": RuleText(
                "Fiscal and calendar year are both known or both not.",
                "年度と暦年は両方とも記載するか、両方とも空欄とします。",
            ),
            "is_unique": UNIQUE_ROW,
        },
        place="history",
    ),
    Table(
        "delivery",
        DeliverySchema,
        "What was expected for the days that each issuance event verifies, over known time",
        "各発行のモニタリング期間に対する見込量(判明期間付き)",
        "derived",
        ("issuance_id", "known_on"),
        references=(BY_ISSUANCE,),
        rule_texts={"is_unique": UNIQUE_ROW},
        place="history",
    ),
)
