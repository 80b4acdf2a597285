"""Contracts of sources, partner countries, sectors and what is known of countries."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    NOT_KNOWN,
    country_code,
    day,
    in_both,
    integer,
    known_from,
    not_before,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
)
from etl.contracts.table import (
    BY_OTHER_SOURCES,
    BY_SECTOR,
    BY_SOURCE,
    Reference,
    contract,
    rule,
    unique,
)

RELIABILITIES = ("official", "press", "research", "copy", "weak", "own record")
UNDATED = ("the page states no date", "資料に日付の記載がない")


@contract(
    "source",
    "Sources: the pages that every figure comes from",
    "出典：各数値の根拠となる資料",
    "snapshot",
    files=("snapshot/sources.csv", "assumptions/sources.csv", "policy/sources.csv"),
)
class SourceSchema(dy.Schema):
    source_id = text("key of the source", "出典の識別子", key=True)
    url = text("address of the page", "資料の所在", regex="^(https?://|own-record:)")
    publisher = text("who publishes the page", "公表者")
    kind = text(
        "official, press, third-party copy, research, or own record (of the organisation that runs this)",
        "official（公的機関）、press（報道等）、third-party copy（第三者による写し）、research（研究機関）又はown record（運用する組織の記録）",
        terms=("official", "press", "third-party copy", "research", "own record"),
    )
    as_of_on = partial_day(
        "latest date the page states", "資料に記載された最新の日付", header="as_of", null=UNDATED
    )
    as_of_precision = precision("the date of the page", "資料の日付", header="as_of", null=UNDATED)
    retrieved_on = day("day the page was read", "取得日")
    reliability = text(
        "official, press, research, copy (third-party copy), weak (never believed alone) or own record; follows from kind and publisher",
        "official（公的機関）、press（報道等）、research（研究機関）、copy（第三者による写し）、weak（単独では用いない）又はown record（自組織の記録）。種別及び公表者による",
        terms=RELIABILITIES,
        header=None,
        default="weak",
    )
    known_on = known_from()

    dated_before_it_was_read = rule(
        not_before("retrieved_on", "as_of_on"),
        "The date of a page must not be later than the day it was read.",
        "資料の日付は取得日より後であってはなりません。",
    )


@contract(
    "partner_country",
    "Partner countries of the JCM, by signature",
    "JCMパートナー国（署名順）",
    "snapshot",
    files=("snapshot/partner_countries.csv",),
    references=(BY_SOURCE, BY_OTHER_SOURCES),
)
class PartnerCountrySchema(dy.Schema):
    iso3 = country_code(key=True)
    name_en, name_ja = in_both("name", "名称")
    sequence = integer("order of signature, from 1", "署名の順番", least=1)
    signed_from_on = day(
        "earliest day of signature",
        "署名日として考え得る最も早い日",
        header="signed_on",
        reads="interval_from",
    )
    signed_to_on = day(
        "latest day of signature; the country counts as a partner from this day",
        "署名日として考え得る最も遅い日。この日からパートナー国として数える",
        header="signed_on",
        reads="interval_to",
    )
    signed_precision = text(
        "precision of the date of signature: day, month or interval",
        "署名日の精度。day（日）、month（月）又はinterval（期間）",
        header="signed_on_precision",
        terms=("day", "month", "interval"),
    )
    signed_place = text("place of signature", "署名地", null=NOT_KNOWN)
    source_id = source_key()
    other_source_ids = text(
        "further sources, keys separated by ;",
        "その他の出典（「;」区切り）",
        null=("no further source", "なし"),
    )
    note = remarks()

    limits_in_order = rule(
        not_before("signed_to_on", "signed_from_on"),
        "The end of the interval of signature must not be before its start.",
        "署名期間の終わりは始まりより前であってはなりません。",
    )
    day_has_no_width = rule(
        (pl.col("signed_precision") == "day") == (pl.col("signed_from_on") == pl.col("signed_to_on")),
        "The precision must fit the date: day for one day, month or interval for more.",
        "精度は日付と一致する必要があります（1日ならday、それ以外はmonth又はinterval）。",
    )
    sequence_is_unique = rule(
        pl.col("sequence").is_unique(),
        "Two partners must not have the same place in the order of signature.",
        "署名の順番が他のパートナー国と重複してはなりません。",
    )


@contract(
    "sector",
    "JCM sectoral scopes",
    "JCMセクトラルスコープ",
    "snapshot",
    files=("snapshot/sectoral_scopes.csv",),
    references=(BY_SOURCE,),
)
class SectorSchema(dy.Schema):
    sector_number = integer(
        "JCM sectoral scope, 1 to 15",
        "JCMセクトラルスコープ番号（1～15）",
        key=True,
        header="number",
        least=1,
        most=15,
    )
    name_en = text("name, English", "名称（英語）")
    source_id = source_key()


@contract(
    "sector_name",
    "Japanese names of the JCM sectoral scopes",
    "JCMセクトラルスコープの日本語名称",
    "vocabulary",
    files=("vocabulary/sector_names.csv",),
    references=(BY_SECTOR,),
)
class SectorNameSchema(dy.Schema):
    sector_number = SectorSchema.sector_number
    name_ja = text("name, Japanese", "名称（日本語）")


_MARKET = ("the source says nothing on it", "資料に記載がない")
_OLD = ("the country is not in that database", "当該データベースに記載がない")


@contract(
    "ndc_target",
    "NDC targets of partners and Japan, and their position on markets",
    "パートナー国及び日本のNDC目標と市場利用に関する記載",
    "snapshot",
    files=("snapshot/ndc_targets.csv",),
    references=(BY_SOURCE, Reference("latest_source_id", "source", "source_id")),
)
class NdcTargetSchema(dy.Schema):
    iso3 = country_code(key=True)
    mitigation_type = text("kind of mitigation target", "緩和目標の種類", null=_OLD)
    mitigation_target = text("mitigation target in the words of the database", "緩和目標の記載", null=_OLD)
    baseline = text("base year or scenario", "基準年又は基準シナリオ", null=_OLD)
    target_year = text("year or years of the target", "目標年", null=_OLD)
    coverage = text("what the target covers", "対象範囲", null=_OLD)
    market_international = text(
        "position on international markets", "国際市場の利用に関する記載", null=_MARKET
    )
    market_regional = text("position on regional markets", "地域市場の利用に関する記載", null=_MARKET)
    market_bilateral = text("position on bilateral cooperation", "二国間協力の利用に関する記載", null=_MARKET)
    market_national_ets = text(
        "position on a national emissions trading system", "国内排出量取引に関する記載", null=_MARKET
    )
    market_cdm = text("position on the CDM", "CDMに関する記載", null=_MARKET)
    market_jcm = text("position on the JCM", "JCMに関する記載", null=_MARKET)
    ndc_submitted_on = day(
        "submission of the NDC the columns above describe", "上記の内容を含むNDCの提出日", null=_OLD
    )
    as_of_on = partial_day("date of the database", "データベースの時点", header="as_of", null=_OLD)
    as_of_precision = precision("the date of the database", "データベースの時点", header="as_of", null=_OLD)
    source_id = source_key("source of the columns above", "上記各列の出典", null=_OLD)
    latest_ndc_title = text("title of the latest NDC", "最新のNDCの表題", null=NOT_KNOWN)
    latest_ndc_submitted_on = day("submission of the latest NDC", "最新のNDCの提出日", null=NOT_KNOWN)
    latest_ndc_url = text("address of the latest NDC", "最新のNDCの所在", null=NOT_KNOWN)
    latest_as_of_on = day(
        "date of the list of latest NDCs", "最新NDC一覧の時点", header="latest_as_of", null=NOT_KNOWN
    )
    latest_source_id = source_key("source of the latest NDC", "最新のNDCの出典", null=NOT_KNOWN)


@contract(
    "carbon_pricing",
    "Carbon pricing, as far as a source was found; a country not listed is not known",
    "カーボンプライシング（出典が確認できたもの。記載のない国は不明）",
    "snapshot",
    files=("snapshot/carbon_pricing.csv",),
    references=(BY_SOURCE,),
)
class CarbonPricingSchema(dy.Schema):
    iso3 = country_code()
    status = text(
        "implemented, pilot, under development or under consideration",
        "implemented（実施）、pilot（試行）、under development（整備中）又はunder consideration（検討中）",
        terms=("implemented", "pilot", "under development", "under consideration"),
    )
    instrument = text("instrument", "制度", null=NOT_KNOWN)
    since_on = partial_day("start or adoption", "開始又は採択", header="since", null=NOT_KNOWN)
    since_precision = precision("the start", "開始時期", header="since", null=NOT_KNOWN)
    known_on = known_from()
    source_id = source_key()
    note = remarks()

    is_unique = unique("iso3", "status", "instrument")


@contract(
    "weak_publisher",
    "Publishers that are never believed alone, with the reason",
    "単独では用いない公表者とその理由",
    "vocabulary",
    files=("vocabulary/weak_publishers.csv",),
)
class WeakPublisherSchema(dy.Schema):
    publisher = text("publisher, as in source", "公表者（sourceと同じ表記）", key=True)
    reason_en, reason_ja = in_both("why it is never believed alone", "単独では用いない理由")
