"""Schemas of the views that hold tonnes. What a sum of a column means, and which condition it needs, its comment says."""

import dataframely as dy

from etl.contracts.columns import (
    NOT_KNOWN,
    boolean,
    country_code,
    day,
    integer,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.over_time import (
    NOT_REACHED,
    SEVERAL,
    codes_used,
    issuance_key,
    opened,
)
from etl.contracts.projects import FUNDINGS
from model.amounts import AMOUNT_BASES
from model.ladder import ACTUAL_RUNGS, EXPECTED_RUNGS, PROJECT_RUNGS
from model.ledger.rules import STATES

NOTHING = ("nothing is known of the amount", "量が不明")
LOW = "sum it for the least that is known"
HIGH = "sum it for the most that is known; equal to the low end where no upper limit is known"
LOW_JA = "合計すると判明している最小値となる"
HIGH_JA = "合計すると判明している最大値となる。上限が不明な場合は下限と同じ"


def is_reported_column() -> dy.Bool:
    """Whether a figure rests on weak sources alone."""
    return boolean(
        "whether it rests on sources alone that are never believed alone; show it as reported",
        "単独では用いない出典のみに基づくか(「報道等による」として示す)",
    )


def _ends(en: str, ja: str, null: tuple[str, str] = NOT_REACHED) -> tuple[dy.Int64, dy.Int64]:
    return (
        tonnes(f"{en}, low end: {LOW}", f"{ja}(下限。{LOW_JA})", null=null),
        tonnes(f"{en}, high end: {HIGH}", f"{ja}(上限。{HIGH_JA})", null=null),
    )


def _dated_year(kind: str, en: str, ja: str) -> dy.Int64:
    return year(
        f"{kind} year of {en}", f"{ja}の{'年度' if kind == 'fiscal' else '暦年'}", null=NOT_KNOWN, most=2100
    )


class IssuanceView(dy.Schema):
    issuance_id = text("key of the event", "発行の識別子", key=True)
    project_id = text(
        "the project, where it is one",
        "プロジェクト(1件の場合)",
        null=("several, or not named", "複数又は記載なし"),
    )
    projects = integer("projects named", "記載された案件数", least=0)
    iso3 = country_code()
    sector_number = integer(
        "JCM sectoral scope of its projects", "対象案件のセクトラルスコープ", null=SEVERAL
    )
    technology = text("technology of its projects", "対象案件の技術", null=SEVERAL)
    programme = text("programme of its projects", "対象案件の支援事業", null=SEVERAL)
    funding = text("funding of its projects", "対象案件の資金", null=SEVERAL, terms=FUNDINGS)
    decided_on = partial_day(
        "decision of the Joint Committee", "合同委員会による発行決定", header="decided_on", null=NOT_KNOWN
    )
    decided_precision = precision("the decision", "発行決定日", header="decided_on", null=NOT_KNOWN)
    issued_on = partial_day("issuance in Japan", "日本における発行", header="issued_on", null=NOT_KNOWN)
    issued_precision = precision("the issuance", "発行日", header="issued_on", null=NOT_KNOWN)
    partner_issued_on = day("issuance in the partner country", "パートナー国における発行", null=NOT_KNOWN)
    period_start_on = day("start of the monitoring period", "モニタリング期間の始期", null=NOT_KNOWN)
    period_end_on = day("end of the monitoring period", "モニタリング期間の終期", null=NOT_KNOWN)
    announced_on = day(
        "day of the earliest page on it", "最も早い資料の日付", null=("no page is dated", "資料に日付がない")
    )
    fiscal_year_decided = _dated_year("fiscal", "the decision", "発行決定")
    calendar_year_decided = _dated_year("calendar", "the decision", "発行決定")
    fiscal_year_issued = _dated_year("fiscal", "the issue", "発行")
    calendar_year_issued = _dated_year("calendar", "the issue", "発行")
    fiscal_year_period_end = _dated_year(
        "fiscal", "the end of the monitoring period", "モニタリング期間の終期"
    )
    calendar_year_period_end = _dated_year(
        "calendar", "the end of the monitoring period", "モニタリング期間の終期"
    )
    fiscal_year_dated = _dated_year(
        "fiscal",
        "the decision, else of the issue, else of the announcement",
        "発行決定(不明な場合は発行又は公表)",
    )
    calendar_year_dated = _dated_year(
        "calendar",
        "the decision, else of the issue, else of the announcement",
        "発行決定(不明な場合は発行又は公表)",
    )
    amount_basis = text(
        "how the amount is known: exact, range, at least (only a part is known) or unknown",
        "量の判明状況。exact(確定)、range(幅)、at least(一部のみ判明)又はunknown(不明)",
        terms=AMOUNT_BASES,
    )
    tco2_low, tco2_high = _ends("tonnes decided for issuance, both sides", "発行決定量(両国合計)", NOTHING)
    issued_low_tco2, issued_high_tco2 = _ends("of these, issued", "うち発行済み")
    japan_low_tco2, japan_high_tco2 = _ends("of these, issued to the Japanese side", "うち日本側への発行")
    itmo_low_tco2, itmo_high_tco2 = _ends(
        "of these, first transferred under Article 6", "うち6条に基づく初回移転"
    )
    ndc_low_tco2, ndc_high_tco2 = _ends("of these, used towards the NDC", "うちNDC計上")
    japan_share_low_tco2, japan_share_high_tco2 = _ends(
        "Japanese part of what was decided, issued or not", "発行決定量のうち日本側(未発行を含む)", NOTHING
    )
    japan_stated_tco2 = tonnes(
        "Japanese side as stated; a sum leaves out events that state none",
        "日本側(公表値。記載のない発行は合計に含まれない)",
        null=("not stated", "記載なし"),
    )
    japan_government_tco2 = tonnes(
        "Japanese government alone, as stated; part of the Japanese side",
        "日本政府分のみ(公表値。日本側の内数)",
        null=("not stated", "記載なし"),
    )
    partner_stated_tco2 = tonnes(
        "partner side as stated; a sum leaves out events that state none",
        "パートナー国側(公表値。記載のない発行は合計に含まれない)",
        null=("not stated", "記載なし"),
    )
    is_reported = is_reported_column()
    period_to_decision_days = integer(
        "days from the end of the period to the decision",
        "期間の終期から発行決定までの日数",
        unit="days",
        null=("not both known to the day", "いずれかの日が不明"),
    )
    decision_to_issuance_days = integer(
        "days from the decision to the issuance in Japan",
        "発行決定から発行までの日数",
        unit="days",
        null=("not both known to the day", "いずれかの日が不明"),
    )
    note = remarks()
    source_id = source_key()
    known_on = opened()
    assumption_codes = codes_used()


class ReductionView(dy.Schema):
    project_id = text("project", "プロジェクト", null=SEVERAL)
    issuance_id = text("issuance event", "発行", null=("expected tonnes", "見込みの量"))
    iso3 = country_code()
    sector_number = integer("JCM sectoral scope", "セクトラルスコープ番号", null=SEVERAL)
    technology = text("technology", "技術", null=SEVERAL)
    programme = text("programme", "支援事業", null=("not stated, or several", "記載なし又は複数"))
    funding = text("funding", "資金", null=SEVERAL, terms=FUNDINGS)
    rung = text(
        "pipeline, validation or registered for expected tonnes, notified for verified ones; dormant projects are not here",
        "見込みはpipeline、validation又はregistered、検証済みはnotified。選定後長期未掲載の案件は含まない",
        terms=(*EXPECTED_RUNGS, "notified"),
    )
    fiscal_year = year(
        "fiscal year of the tonnes; a condition on it leaves out tonnes without a year",
        "計上年度(条件とすると年度不明の量が除かれる)",
        null=("no date is known", "日付不明"),
        most=2100,
    )
    calendar_year = year(
        "calendar year of the tonnes, likewise",
        "計上年(暦年。同様)",
        null=("no date is known", "日付不明"),
        most=2100,
    )
    tco2_low = tonnes(
        f"expected net of verified, or verified; every tonne once, low end: {LOW}",
        f"検証済みの量を除く見込量又は検証済みの量(重複なし。下限。{LOW_JA})",
    )
    tco2_high = tonnes(f"the same, high end: {HIGH}", f"同じく上限({HIGH_JA})")
    japan_low_tco2 = tonnes(
        "Japanese part, at least; a sum leaves out rows whose share is not known",
        "うち日本側(少なくとも。配分不明の行は合計に含まれない)",
        null=("the share is not known", "配分不明"),
    )
    japan_high_tco2 = tonnes(
        "Japanese part, at most; a sum leaves out rows whose share is not known",
        "うち日本側(多くとも。配分不明の行は合計に含まれない)",
        null=("the share is not known", "配分不明"),
    )
    expected_tco2 = tonnes(
        "stated expectation before verified tonnes took its place; sums to the expected rungs of the ladder",
        "検証済みの量に置き換える前の見込量(合計は段階別の見込量と一致)",
        null=("verified tonnes", "検証済みの量"),
    )
    is_reported = is_reported_column()
    assumption_codes = codes_used()


class CreditView(dy.Schema):
    issuance_id = issuance_key()
    project_id = text(
        "the project, where it is one",
        "プロジェクト(1件の場合)",
        null=("several, or not named", "複数又は記載なし"),
    )
    iso3 = country_code()
    sector_number = integer(
        "JCM sectoral scope of its projects", "対象案件のセクトラルスコープ", null=SEVERAL
    )
    technology = text("technology of its projects", "対象案件の技術", null=SEVERAL)
    programme = text("programme of its projects", "対象案件の支援事業", null=SEVERAL)
    funding = text("funding of its projects", "対象案件の資金", null=SEVERAL, terms=FUNDINGS)
    state = text(
        "the one state the tonnes are in; `issued` are those issued and not moved on (all issued: every state but decided)",
        "現在の状態(いずれか一つ)。issuedは発行後に次の状態へ移っていない量(発行済み全体はdecided以外の合計)",
        terms=STATES,
    )
    holder = text(
        "JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known",
        "保有者。JPN government(日本政府)、JPN companies(日本企業)、JPN(日本側、内訳不明)、国コード、unallocated(未発行)又はnot known(不明)",
    )
    side = text(
        "Japan, partner, unallocated or not known",
        "Japan(日本側)、partner(パートナー国側)、unallocated(未発行)又はnot known(不明)",
        terms=("Japan", "partner", "unallocated", "not known"),
    )
    tco2_low = tonnes(f"every tonne once, low end: {LOW}", f"量(重複なし。下限。{LOW_JA})")
    tco2_high = tonnes(f"every tonne once, high end: {HIGH}", f"量(重複なし。上限。{HIGH_JA})")
    without_amount = integer("entries of unknown amount that stand here", "量が不明な記載の件数", least=0)
    is_reported = is_reported_column()


class LadderView(dy.Schema):
    rung = text("rung", "段階", key=True, terms=(*PROJECT_RUNGS, *ACTUAL_RUNGS))
    place = integer(
        "place on the ladder; 0 for the dormant rung, which is in no sum",
        "段階の順番(0は合計に含めない選定後長期未掲載)",
        least=0,
    )
    is_part_of = text(
        "rung whose tonnes these are a part of: never add the two",
        "包含する段階(両者を加算してはならない)",
        null=("a part of no other", "他の段階の内数ではない"),
        terms=ACTUAL_RUNGS,
    )
    until_fiscal_year = year(
        "tonnes up to the end of this fiscal year, with those without a year",
        "この年度末までの量(年度不明分を含む)",
        most=2100,
    )
    projects = integer(
        "projects on the rung", "案件数", null=("the rung counts events", "発行の段階"), least=0
    )
    projects_with_estimate = integer(
        "of these, with an annual estimate",
        "うち年間見込量のある案件数",
        null=("the rung counts events", "発行の段階"),
        least=0,
    )
    events = integer(
        "issuance events that reached the rung",
        "発行件数",
        null=("the rung counts projects", "案件の段階"),
        least=0,
    )
    events_without_amount = integer(
        "of these, events of which no amount is known",
        "うち量が全く不明な件数",
        null=("the rung counts projects", "案件の段階"),
        least=0,
    )
    tco2_low = tonnes(
        "tonnes of the rung, low end; rungs nest: do not sum over rungs",
        "この段階の量(下限)。内数を含むため段階間で合計しない",
        null=("no amount is known", "量が不明"),
    )
    tco2_high = tonnes(
        "tonnes of the rung, high end as far as known; do not sum over rungs",
        "この段階の量(判明している範囲の上限)。段階間で合計しない",
        null=("no amount is known", "量が不明"),
    )
    reported_tco2 = tonnes(
        "of tco2_low, tonnes that rest on sources alone that are never believed alone",
        "tco2_lowのうち単独では用いない出典のみに基づく量",
    )
    undated_tco2 = tonnes("of tco2_low, tonnes without any year", "tco2_lowのうち年度不明の量")


class OfficialYearView(dy.Schema):
    calendar_year = year("calendar year of issuance", "発行の暦年", least=2000, most=2100)
    stated_tco2 = tonnes(
        "credits issued in the year as stated", "当該年の発行量(公表値)", null=("not stated", "記載なし")
    )
    events = integer("events of the record in the year", "収録している発行件数", least=0)
    events_without_amount = integer("of these, without any amount", "うち量が不明な件数", least=0)
    itemised_exact_tco2 = tonnes("tonnes of these events known exactly", "うち量が確定している発行の合計")
    itemised_low_tco2 = tonnes("tonnes of these events, low end", "収録している発行の合計(下限)")
    itemised_high_tco2 = tonnes(
        "tonnes of these events, high end as far as known", "収録している発行の合計(判明している範囲の上限)"
    )
    open_low_tco2 = tonnes(
        "stated and not itemised, at least",
        "公表されているが内訳不明の量(少なくとも)",
        null=("not stated", "記載なし"),
    )
    open_high_tco2 = tonnes(
        "stated and not itemised, at most",
        "公表されているが内訳不明の量(多くとも)",
        null=("not stated", "記載なし"),
    )
    more_than_stated_tco2 = tonnes(
        "itemised beyond what is stated", "公表値を上回る収録量", null=("not stated", "記載なし")
    )
    source_id = source_key("source of the statement", "公表値の出典", null=("not stated", "記載なし"))
    known_on = day(
        "day from which the statement is known", "公表値が判明した日", null=("not stated", "記載なし")
    )
