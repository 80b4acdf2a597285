"""Schemas of the views that hold tonnes. What a sum of a column means, and which condition it needs, its comment says."""

import dataframely as dy

from etl.contracts.columns import (
    NO_AMOUNT,
    NO_DATE,
    NO_SHARE,
    NOT_STATED,
    country_code,
    day,
    integer,
    remarks,
    source_key,
    text,
    tonnes,
    year,
)
from etl.contracts.derived import IssuanceEventSchema, LedgerEntrySchema, gx_why
from etl.contracts.issuances import IssuanceSchema
from etl.contracts.over_time import NOT_REACHED, SEVERAL, codes_used, issuance_key, opened, reported, years_of
from etl.contracts.projects import FUNDINGS
from etl.contracts.table import BY_ISSUANCE, BY_PROJECT, BY_SOURCE, view
from model.ladder import ACTUAL_RUNGS, EXPECTED_RUNGS, PROJECT_RUNGS
from model.ledger.gx_eligibility import USES
from model.ledger.rules import STATES

_NOT_BOTH_DAYS = ("not both known to the day", "いずれかの日が不明")
_OF_EVENTS = ("the rung counts events", "発行の段階")
_OF_PROJECTS = ("the rung counts projects", "案件の段階")
_NONE_KNOWN = ("no amount is known", "量が不明")

LOW = "sum it for the least that is known"
HIGH = "sum it for the most that is known; equal to the low end where no upper limit is known"
LOW_JA = "合計すると判明している最小値となる"
HIGH_JA = "合計すると判明している最大値となる。上限が不明な場合は下限と同じ"


def _ends(en: str, ja: str, null: tuple[str, str] = NOT_REACHED) -> tuple[dy.Int64, dy.Int64]:
    return (
        tonnes(f"{en}, low end: {LOW}", f"{ja}（下限。{LOW_JA}）", null=null),
        tonnes(f"{en}, high end: {HIGH}", f"{ja}（上限。{HIGH_JA}）", null=null),
    )


@view(
    "issuance",
    "Issuance events, one row an event, with both limits of every amount",
    "発行（1件1行、量は上下限で示す）",
    references=(BY_PROJECT, BY_SOURCE),
)
class IssuanceView(dy.Schema):
    issuance_id = IssuanceSchema.issuance_id
    project_id = IssuanceEventSchema.project_id
    projects = IssuanceEventSchema.projects
    iso3 = country_code()
    sector_number = IssuanceEventSchema.sector_number
    technology = IssuanceEventSchema.technology
    programme = IssuanceEventSchema.programme
    funding = IssuanceEventSchema.funding
    decided_on = IssuanceSchema.decided_on
    decided_precision = IssuanceSchema.decided_precision
    issued_on = IssuanceSchema.issued_on
    issued_precision = IssuanceSchema.issued_precision
    partner_issued_on = IssuanceSchema.partner_issued_on
    period_start_on = IssuanceSchema.period_start_on
    period_end_on = IssuanceSchema.period_end_on
    announced_on = IssuanceEventSchema.announced_on
    fiscal_year_decided = IssuanceEventSchema.fiscal_year_decided
    calendar_year_decided = IssuanceEventSchema.calendar_year_decided
    fiscal_year_issued = IssuanceEventSchema.fiscal_year_issued
    calendar_year_issued = IssuanceEventSchema.calendar_year_issued
    fiscal_year_period_end = IssuanceEventSchema.fiscal_year_period_end
    calendar_year_period_end = IssuanceEventSchema.calendar_year_period_end
    fiscal_year_dated, calendar_year_dated = years_of(
        "the decision, else of the issue, else of the announcement", "発行決定（不明な場合は発行又は公表）"
    )
    amount_basis = IssuanceEventSchema.amount_basis
    tco2_low, tco2_high = _ends(
        "tonnes decided for issuance, both sides", "発行決定量（両国合計）", NO_AMOUNT
    )
    issued_low_tco2, issued_high_tco2 = _ends("of these, issued", "うち発行済み")
    japan_low_tco2, japan_high_tco2 = _ends("of these, issued to the Japanese side", "うち日本側への発行")
    itmo_low_tco2, itmo_high_tco2 = _ends(
        "of these, first transferred under Article 6", "うち6条に基づく初回移転"
    )
    ndc_low_tco2, ndc_high_tco2 = _ends("of these, used towards the NDC", "うちNDC計上")
    japan_share_low_tco2, japan_share_high_tco2 = _ends(
        "Japanese part of what was decided, issued or not",
        "発行決定量のうち日本側（未発行を含む）",
        NO_AMOUNT,
    )
    japan_stated_tco2 = tonnes(
        "Japanese side as stated; a sum leaves out events that state none",
        "日本側（公表値。記載のない発行は合計に含まれない）",
        null=NOT_STATED,
    )
    japan_government_tco2 = tonnes(
        "Japanese government alone, as stated; part of the Japanese side",
        "日本政府分のみ（公表値。日本側の内数）",
        null=NOT_STATED,
    )
    partner_stated_tco2 = tonnes(
        "partner side as stated; a sum leaves out events that state none",
        "パートナー国側（公表値。記載のない発行は合計に含まれない）",
        null=NOT_STATED,
    )
    is_reported = reported()
    period_to_decision_days = integer(
        "days from the end of the period to the decision",
        "期間の終期から発行決定までの日数",
        unit="days",
        null=_NOT_BOTH_DAYS,
    )
    decision_to_issuance_days = integer(
        "days from the decision to the issuance in Japan",
        "発行決定から発行までの日数",
        unit="days",
        null=_NOT_BOTH_DAYS,
    )
    note = remarks()
    source_id = source_key()
    known_on = opened()
    assumption_codes = codes_used()


@view(
    "reduction",
    "Expected tonnes net of verified ones, and verified tonnes: every tonne once, by year; without dormant projects",
    "見込量（検証済みの量を除く）及び検証済みの量（重複なし、年別、選定後長期未掲載を除く）",
    row_key=("project_id", "issuance_id", "rung", "fiscal_year", "calendar_year"),
    references=(BY_PROJECT, BY_ISSUANCE),
)
class ReductionView(dy.Schema):
    project_id = text("project", "案件", null=SEVERAL)
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
        "計上年度（条件とすると年度不明の量が除かれる）",
        null=NO_DATE,
        most=2100,
    )
    calendar_year = year(
        "calendar year of the tonnes, likewise", "計上年（暦年。同様）", null=NO_DATE, most=2100
    )
    tco2_low = tonnes(
        f"expected net of verified, or verified; every tonne once, low end: {LOW}",
        f"検証済みの量を除く見込量又は検証済みの量（重複なし。下限。{LOW_JA}）",
    )
    tco2_high = tonnes(f"the same, high end: {HIGH}", f"同じく上限（{HIGH_JA}）")
    japan_low_tco2 = tonnes(
        "Japanese part, at least; a sum leaves out rows whose share is not known",
        "うち日本側（少なくとも。配分不明の行は合計に含まれない）",
        null=NO_SHARE,
    )
    japan_high_tco2 = tonnes(
        "Japanese part, at most; a sum leaves out rows whose share is not known",
        "うち日本側（多くとも。配分不明の行は合計に含まれない）",
        null=NO_SHARE,
    )
    expected_tco2 = tonnes(
        "stated expectation before verified tonnes took its place; sums to the expected rungs of the ladder",
        "検証済みの量に置き換える前の見込量（合計は段階別の見込量と一致）",
        null=("verified tonnes", "検証済みの量"),
    )
    is_reported = reported()
    assumption_codes = codes_used()


@view(
    "credit",
    "Credits: every tonne decided for issuance once, by vintage, state and holder",
    "クレジット（発行決定された量を削減年・状態・保有者別に重複なく示す）",
    row_key=("issuance_id", "vintage", "state", "holder"),
    references=(BY_ISSUANCE,),
)
class CreditView(dy.Schema):
    issuance_id = issuance_key()
    project_id = IssuanceEventSchema.project_id
    iso3 = country_code()
    sector_number = IssuanceEventSchema.sector_number
    technology = IssuanceEventSchema.technology
    programme = IssuanceEventSchema.programme
    funding = IssuanceEventSchema.funding
    vintage = LedgerEntrySchema.vintage
    state = text(
        "the one state the tonnes are in; `issued` are those issued and not moved on (all issued: every state but decided)",
        "現在の状態（いずれか一つ）。issuedは発行後に次の状態へ移っていない量（発行済み全体はdecided以外の合計）",
        terms=STATES,
    )
    holder = text(
        "JPN government, JPN companies, JPN (not divided), a country code, unallocated or not known",
        "保有者。JPN government（日本政府）、JPN companies（日本企業）、JPN（日本側、内訳不明）、国コード、unallocated（未発行）又はnot known（不明）",
    )
    side = text(
        "Japan, partner, unallocated or not known",
        "Japan（日本側）、partner（パートナー国側）、unallocated（未発行）又はnot known（不明）",
        terms=("Japan", "partner", "unallocated", "not known"),
    )
    tco2_low = tonnes(f"every tonne once, low end: {LOW}", f"量（重複なし。下限。{LOW_JA}）")
    tco2_high = tonnes(f"every tonne once, high end: {HIGH}", f"量（重複なし。上限。{HIGH_JA}）")
    without_amount = integer("entries of unknown amount that stand here", "量が不明な記載の件数", least=0)
    gx_use = text(
        "whether usable in GX-ETS on this day: an illustration of reported rules (GX-ARTICLE6, GX-HOLDERS-KIND, GX-DEADLINE)",
        "当該日におけるGX-ETSでの利用可否（報道等による規則の例示。GX-ARTICLE6、GX-HOLDERS-KIND、GX-DEADLINE）",
        terms=USES,
    )
    gx_why = gx_why()
    is_reported = reported()


@view(
    "ladder",
    "The ladder: tonnes of each rung; the only table whose rows hold parts of each other",
    "段階別の量（内数を含む唯一の表）",
)
class LadderView(dy.Schema):
    rung = text("rung", "段階", key=True, terms=(*PROJECT_RUNGS, *ACTUAL_RUNGS))
    place = integer(
        "place on the ladder; 0 for the dormant rung, which is in no sum",
        "段階の順番（0は合計に含めない選定後長期未掲載）",
        least=0,
    )
    is_part_of = text(
        "rung whose tonnes these are a part of: never add the two",
        "包含する段階（両者を加算してはならない）",
        null=("a part of no other", "他の段階の内数ではない"),
        terms=ACTUAL_RUNGS,
    )
    until_fiscal_year = year(
        "tonnes up to the end of this fiscal year, with those without a year",
        "この年度末までの量（年度不明分を含む）",
        most=2100,
    )
    projects = integer("projects on the rung", "案件数", null=_OF_EVENTS, least=0)
    projects_with_estimate = integer(
        "of these, with an annual estimate", "うち年間見込量のある案件数", null=_OF_EVENTS, least=0
    )
    events = integer("issuance events that reached the rung", "発行件数", null=_OF_PROJECTS, least=0)
    events_without_amount = integer(
        "of these, events of which no amount is known", "うち量が全く不明な件数", null=_OF_PROJECTS, least=0
    )
    tco2_low = tonnes(
        "tonnes of the rung, low end; rungs nest: do not sum over rungs",
        "この段階の量（下限）。内数を含むため段階間で合計しない",
        null=_NONE_KNOWN,
    )
    tco2_high = tonnes(
        "tonnes of the rung, high end as far as known; do not sum over rungs",
        "この段階の量（判明している範囲の上限）。段階間で合計しない",
        null=_NONE_KNOWN,
    )
    reported_tco2 = tonnes(
        "of tco2_low, tonnes that rest on sources alone that are never believed alone",
        "tco2_lowのうち単独では用いない出典のみに基づく量",
    )
    undated_tco2 = tonnes("of tco2_low, tonnes without any year", "tco2_lowのうち年度不明の量")


@view(
    "official_year",
    "Credits issued by calendar year as stated, beside the events of the record",
    "暦年別の発行量の公表値と収録している発行",
    row_key=("calendar_year",),
    references=(BY_SOURCE,),
)
class OfficialYearView(dy.Schema):
    calendar_year = year("calendar year of issuance", "発行の暦年", least=2000, most=2100)
    stated_tco2 = tonnes("credits issued in the year as stated", "当該年の発行量（公表値）", null=NOT_STATED)
    events = integer("events of the record in the year", "収録している発行件数", least=0)
    events_without_amount = integer("of these, without any amount", "うち量が不明な件数", least=0)
    itemised_exact_tco2 = tonnes("tonnes of these events known exactly", "うち量が確定している発行の合計")
    itemised_low_tco2 = tonnes("tonnes of these events, low end", "収録している発行の合計（下限）")
    itemised_high_tco2 = tonnes(
        "tonnes of these events, high end as far as known", "収録している発行の合計（判明している範囲の上限）"
    )
    open_low_tco2 = tonnes(
        "stated and not itemised, at least", "公表されているが内訳不明の量（少なくとも）", null=NOT_STATED
    )
    open_high_tco2 = tonnes(
        "stated and not itemised, at most", "公表されているが内訳不明の量（多くとも）", null=NOT_STATED
    )
    more_than_stated_tco2 = tonnes("itemised beyond what is stated", "公表値を上回る収録量", null=NOT_STATED)
    source_id = source_key("source of the statement", "公表値の出典", null=NOT_STATED)
    known_on = day("day from which the statement is known", "公表値が判明した日", null=NOT_STATED)
