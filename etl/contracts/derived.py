"""Contracts of what the build derives from the facts: states of projects, issuance events and the ledger."""

import dataframely as dy

from etl.contracts.columns import (
    NO_AMOUNT,
    NOT_KNOWN,
    NOT_REGISTERED,
    boolean,
    day,
    decimal,
    in_both,
    integer,
    not_before,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.over_time import (
    NO_CODES,
    NO_SCHEDULE,
    SEVERAL,
    OverTime,
    closed,
    codes_used,
    issuance_key,
    opened,
    project_key,
    years_of,
)
from etl.contracts.projects import BASES, FUNDINGS, ProjectSchema
from etl.contracts.table import BY_CODES, BY_ISSUANCE, BY_PROJECT, BY_SOURCE, contract, rule
from model.amounts import AMOUNT_BASES
from model.ladder import ACTUAL_RUNGS, PROJECT_RUNGS
from model.ledger.gx_eligibility import USES, WHY
from model.ledger.rules import ACTIONS as LEDGER_ACTIONS
from model.ledger.rules import STATES as LEDGER_STATES

_CREATED = ("the tonnes came into being", "新たな発行決定")
_BOOKED = ("it was booked", "記帳済み")
_UNDATED_PAGES = ("no page is dated", "資料に日付がない")


@contract(
    "project_state",
    "What was known of each project over time: stage, annual estimate, selection, registration, operation",
    "各時点で判明していた各案件の段階、年間見込量、採択、登録及び稼働期間",
    "derived",
    references=(BY_PROJECT, BY_CODES),
    place="history",
)
class ProjectStateSchema(OverTime):
    project_id = project_key(key=True)
    stage = text(
        "rung the project stood on (dormant: selected long ago and never listed), or withdrawn or study",
        "その時点の段階。dormant（選定後長期未掲載）、pipeline（採択・計画）、validation（妥当性確認中）、registered（登録済み）、"
        "withdrawn（取下げ）又はstudy（調査）",
        terms=(*PROJECT_RUNGS, "withdrawn", "study"),
    )
    in_target_scope = boolean("whether it counted as a JCM project", "JCMプロジェクトとして数えるか")
    annual_tco2 = tonnes(
        "annual estimate in force, whole project, also of projects that do not count",
        "年間削減見込量（集計対象外の案件を含む）",
        null=("no estimate was known", "見込量が判明していない"),
    )
    annual_basis = text(
        "what the annual estimate in force rests on",
        "年間削減見込量の根拠",
        null=("no estimate was known", "見込量が判明していない"),
        terms=BASES,
    )
    annual_source_id = source_key(
        "source of the annual estimate", "年間削減見込量の出典", null=("no estimate was known", "見込量なし")
    )
    fy_selected = year("fiscal year of the first selection, as known", "採択年度", null=NOT_KNOWN, least=2000)
    selected_from_on = day("first day of the fiscal year of selection", "採択年度の初日", null=NOT_KNOWN)
    registered_on = ProjectSchema.registered_on
    fiscal_year_registered = year("fiscal year of registration", "登録年度", null=NOT_REGISTERED)
    fiscal_year_known = year("fiscal year in which the project became known", "案件が判明した年度")
    start_on = day(
        "first day of operation, stated or assumed", "稼働開始日（公表又は仮定）", null=NO_SCHEDULE
    )
    end_on = day("last day of operation", "稼働終了日", null=NO_SCHEDULE)
    start_basis = text(
        "how the start was found: stated, verified (start of a verified period), or counted from selection or registration",
        "稼働開始日の根拠。stated（公表）、verified（検証済み期間の始期）、selection（採択から推計）又はregistration（登録から推計）",
        null=NO_SCHEDULE,
        terms=("stated", "verified", "selection", "registration"),
    )
    lifetime_years = decimal(
        "assumed time in operation", "想定稼働年数", unit="years", least=0, null=NO_SCHEDULE
    )
    known_on = opened(key=True)
    known_until = closed()
    assumption_codes = codes_used()

    ends_after_it_starts = rule(
        not_before("end_on", "start_on"),
        "A project must not end before it starts.",
        "稼働終了日は開始日より前であってはなりません。",
    )


@contract(
    "project_search",
    "Folded text of each project that a search looks through",
    "案件の検索用テキスト",
    "derived",
    references=(BY_PROJECT,),
    place="record",
)
class ProjectSearchSchema(dy.Schema):
    project_id = project_key(key=True)
    text = text(
        "names of the project, its country, technology, programme and participants in both languages: half width,"
        " without case and accents, katakana as hiragana",
        "件名、国名、技術、事業及び参加者の名称（両言語）。半角化し、大文字小文字・アクセント・片仮名平仮名の別をなくしたもの",
    )


@contract(
    "issuance_event",
    "What is derived of each issuance event: amounts with their limits, years of its dates, attributes its projects share",
    "各発行から算出した情報（量の上下限、日付の年度・暦年、対象案件に共通の属性）",
    "derived",
    references=(BY_ISSUANCE, BY_PROJECT, BY_CODES),
    place="history",
)
class IssuanceEventSchema(dy.Schema):
    issuance_id = issuance_key(key=True)
    project_id = text(
        "the project, where it is one",
        "案件（1件の場合）",
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
        "量の判明状況。exact（確定）、range（幅）、at least（一部のみ判明）又はunknown（不明）",
        terms=AMOUNT_BASES,
    )
    tco2_low = tonnes("amount, low end", "量（下限）", null=NO_AMOUNT)
    tco2_high = tonnes(
        "amount, high end as far as known; the low end again where only a part is known",
        "量（判明している範囲の上限。一部のみ判明している場合は下限と同じ）",
        null=NO_AMOUNT,
    )
    japan_low_tco2 = tonnes("Japanese part, at least", "日本側（少なくとも）", null=NO_AMOUNT)
    japan_high_tco2 = tonnes(
        "Japanese part, at most, as far as known", "日本側（多くとも。判明している範囲）", null=NO_AMOUNT
    )
    fiscal_year_decided, calendar_year_decided = years_of("the decision", "発行決定")
    fiscal_year_issued, calendar_year_issued = years_of("the issue", "発行")
    fiscal_year_period_end, calendar_year_period_end = years_of(
        "the end of the monitoring period", "モニタリング期間の終期"
    )
    fiscal_year_announced, calendar_year_announced = years_of("the announcement", "公表")
    announced_on = day("day of the earliest page on it", "最も早い資料の日付", null=_UNDATED_PAGES)
    announced_known_on = day(
        "day from which the announcement was known", "公表が判明した日", null=_UNDATED_PAGES
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


@contract(
    "issuance_rung",
    "Rungs that each issuance event reached, also those without an amount",
    "発行が到達した段階（量が不明なものを含む）",
    "derived",
    references=(BY_ISSUANCE, BY_CODES),
    place="history",
)
class IssuanceRungSchema(dy.Schema):
    issuance_id = issuance_key(key=True)
    rung = text("rung the event reached", "到達した段階", key=True, terms=ACTUAL_RUNGS)
    has_amount = boolean(
        "whether anything is known of its amount on this rung", "この段階の量（一部を含む）が判明しているか"
    )
    known_on = opened(key=True)
    known_until = closed()
    assumption_codes = codes_used()


def gx_why() -> dy.String:
    """The column that says why credits are not usable in GX-ETS."""
    return text(
        f"why not, or what is not known of them, separated by ;: {', '.join(WHY)}",
        f"利用できない理由又は不明な事項（「;」区切り）：{'、'.join(WHY)}",
        null=("usable", "利用可"),
    )


_NO_PERIOD = ("no adjustment, or its period is not known", "調整の対象外、又は期間が不明")


@contract(
    "ledger_entry",
    "Ledger of credits, the one store of actual tonnes: every change of state or holder, booked or refused",
    "クレジットの台帳（実績の量の唯一の記録。状態又は保有者の変更。記帳しないものを含む）",
    "derived",
    references=(BY_SOURCE, BY_CODES),
    place="history",
)
class LedgerEntrySchema(dy.Schema):
    entry_number = integer(
        "place of the entry in the ledger, from 1", "台帳における順番（1から）", key=True, least=1
    )
    issuance_id = text("event, key of issuance", "発行（issuanceの識別子）")
    action = text("what happened", "処理の種類", terms=tuple(LEDGER_ACTIONS))
    vintage = year(
        "calendar year of the reductions; a monitoring period over several years has an entry for each, divided by days",
        "削減が行われた暦年（複数年にまたがるモニタリング期間は日数で按分し、年ごとに記載する）",
        null=("the monitoring period is not known", "モニタリング期間不明"),
        most=2100,
    )
    occurred_on = day("day on which it happened or became known", "発生日（不明な場合は判明日）")
    holder_from = text("holder before", "移転前の保有者", null=_CREATED)
    holder_to = text(
        "holder after: JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known",
        "移転後の保有者。JPN government（日本政府）、JPN companies（日本企業）、JPN（日本側、内訳不明）、国コード、"
        "unallocated（未発行）又はnot known（不明）",
    )
    state_from = text("state before", "前の状態", null=_CREATED, terms=LEDGER_STATES)
    state_to = text("state after", "後の状態", terms=LEDGER_STATES)
    quantity_tco2 = tonnes("amount, low end", "量（下限）", null=NOT_KNOWN)
    quantity_high_tco2 = tonnes("amount, high end", "量（上限）", null=NOT_KNOWN)
    adjustment_year = year(
        "calendar year of the corresponding adjustment: of the vintage where the host adds (first transfer), of the use"
        " where Japan subtracts, at the latest the last of the NDC period",
        "相当調整の暦年（初回移転はパートナー国が加算する削減年、NDCへの使用は日本が減算する使用年。NDC期間の最終年を上限とする）",
        null=("no adjustment, or its year is not known", "調整の対象外、又は年が不明"),
        most=2100,
    )
    ndc_first_year = year(
        "first year of the NDC period of the adjustment",
        "相当調整が属するNDC期間の最初の年",
        null=_NO_PERIOD,
        most=2100,
    )
    ndc_last_year = year("its last year", "同期間の最後の年", null=_NO_PERIOD, most=2100)
    authorisation_id = text(
        "authorisation that the tonnes stand under: key of the article6_event on record, or of the first transfer that"
        " implies one",
        "承認（article6_eventの識別子。記録がない場合は、承認を前提とする初回移転の識別子）",
        null=("not authorised", "未承認"),
    )
    article6_event_id = text(
        "event that the entry was made from, key of article6_event",
        "記載の元となった事象（article6_eventの識別子）",
        null=("decided or issued", "発行決定又は発行"),
    )
    source_id = source_key("source of the entry", "出典")
    assumption_codes = text(
        "assumptions it rests on, separated by ;", "依拠する仮定（「;」区切り）", null=NO_CODES
    )
    is_booked = boolean(
        "whether it was booked; a refused entry changes nothing",
        "記帳したか（記帳しない場合は残高に影響しない）",
    )
    message_en, message_ja = in_both("why it was refused", "記帳しない理由", null=_BOOKED)


@contract(
    "gx_rule",
    "Whether credits may be used in GX-ETS, for every state, holder, kind of vintage and time: an illustration of reported rules",
    "クレジットのGX-ETSにおける利用可否（状態、保有者、削減年の区分及び時期ごと。報道等による規則の例示）",
    "derived",
    place="record",
)
class GxRuleSchema(dy.Schema):
    state = text("state", "状態", key=True, terms=LEDGER_STATES)
    holder = text(
        "holder: JPN government, JPN companies, JPN (not divided), partner, unallocated or not known",
        "保有者。JPN government（日本政府）、JPN companies（日本企業）、JPN（日本側、内訳不明）、partner（パートナー国側）、"
        "unallocated（未発行）又はnot known（不明）",
        key=True,
    )
    vintage = text(
        "before the first vintage that may be used, since it, or not known",
        "before（最初の対象年より前）、since（同年以降）又はnot_known（不明）",
        key=True,
        terms=("before", "since", "not_known"),
    )
    from_on = day("first day on which it holds", "適用の始期", key=True)
    until_on = day("last day on which it holds", "適用の終期")
    gx_use = text("whether the credits are usable", "利用の可否", terms=USES)
    gx_why = gx_why()
