"""Contracts of sources, partner countries, sectors and what is known of countries."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    NOT_KNOWN,
    country_code,
    day,
    integer,
    known_from,
    not_before,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
)
from etl.contracts.table import Reference, RuleText, Table

RELIABILITIES = ("official", "press", "research", "copy", "weak")
UNDATED = ("the page states no date", "資料に日付の記載がない")


class SourceSchema(dy.Schema):
    source_id = text("key of the source", "出典の識別子", key=True)
    url = text("address of the page", "資料の所在", regex="^https?://")
    publisher = text("who publishes the page", "公表者")
    kind = text(
        "official, press, third-party copy or research",
        "official(公的機関)、press(報道等)、third-party copy(第三者による写し)又はresearch(研究機関)",
        terms=("official", "press", "third-party copy", "research"),
    )
    as_of_on = partial_day(
        "latest date the page states", "資料に記載された最新の日付", header="as_of", null=UNDATED
    )
    as_of_precision = precision("the date of the page", "資料の日付", header="as_of", null=UNDATED)
    retrieved_on = day("day the page was read", "取得日")
    reliability = text(
        "official, press, research, copy (third-party copy) or weak (never believed alone); follows from kind and publisher",
        "official(公的機関)、press(報道等)、research(研究機関)、copy(第三者による写し)又はweak(単独では用いない)。種別及び公表者による",
        terms=RELIABILITIES,
        header=None,
        default="weak",
    )
    known_on = known_from()

    @dy.rule()
    def dated_before_it_was_read(self) -> pl.Expr:
        return not_before("retrieved_on", "as_of_on")


class PartnerCountrySchema(dy.Schema):
    iso3 = country_code(key=True)
    name_en = text("name, English", "名称(英語)")
    name_ja = text("name, Japanese", "名称(日本語)")
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
        "署名日の精度。day(日)、month(月)又はinterval(期間)",
        header="signed_on_precision",
        terms=("day", "month", "interval"),
    )
    signed_place = text("place of signature", "署名地", null=NOT_KNOWN)
    source_id = source_key()
    other_source_ids = text(
        "further sources, keys separated by ;", "その他の出典(; 区切り)", null=("no further source", "なし")
    )
    note = remarks()

    @dy.rule()
    def limits_in_order(self) -> pl.Expr:
        return not_before("signed_to_on", "signed_from_on")

    @dy.rule()
    def day_has_no_width(self) -> pl.Expr:
        return (pl.col("signed_precision") == "day") == (pl.col("signed_from_on") == pl.col("signed_to_on"))

    @dy.rule()
    def sequence_is_unique(self) -> pl.Expr:
        return pl.col("sequence").is_unique()


class SectorSchema(dy.Schema):
    sector_number = integer(
        "JCM sectoral scope, 1 to 15",
        "JCMセクトラルスコープ番号(1~15)",
        key=True,
        header="number",
        least=1,
        most=15,
    )
    name_en = text("name, English", "名称(英語)")
    source_id = source_key()


class SectorNameSchema(dy.Schema):
    sector_number = integer(
        "JCM sectoral scope, 1 to 15",
        "JCMセクトラルスコープ番号(1~15)",
        key=True,
        header="number",
        least=1,
        most=15,
    )
    name_ja = text("name, Japanese", "名称(日本語)")


_MARKET = ("the source says nothing on it", "資料に記載がない")
_OLD = ("the country is not in that database", "当該データベースに記載がない")


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


class CarbonPricingSchema(dy.Schema):
    iso3 = country_code()
    status = text(
        "implemented, pilot, under development or under consideration",
        "implemented(実施)、pilot(試行)、under development(整備中)又はunder consideration(検討中)",
        terms=("implemented", "pilot", "under development", "under consideration"),
    )
    instrument = text("instrument", "制度", null=NOT_KNOWN)
    since_on = partial_day("start or adoption", "開始又は採択", header="since", null=NOT_KNOWN)
    since_precision = precision("the start", "開始時期", header="since", null=NOT_KNOWN)
    known_on = known_from()
    source_id = source_key()
    note = remarks()

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("iso3", "status", "instrument").is_unique()


READINESS_ITEMS = (
    "ndc_2035_target",
    "ndc_2035_status",
    "authorisation_arrangement",
    "registry",
    "transfer_limit",
    "mutual_recognition",
    "dna",
    "cooperative_approaches",
    "bilateral_agreements",
    "other",
)


class ReadinessSchema(dy.Schema):
    iso3 = country_code()
    item = text(
        "what the statement is about: ndc_2035_target, ndc_2035_status, authorisation_arrangement, registry, transfer_limit,"
        " mutual_recognition, dna (national authority), cooperative_approaches, bilateral_agreements or other",
        "記載の対象。ndc_2035_target(2035年目標)、ndc_2035_status(2035年NDCの状況)、authorisation_arrangement(承認の手続)、"
        "registry(登録簿)、transfer_limit(移転の上限)、mutual_recognition(相互承認)、dna(国内当局)、"
        "cooperative_approaches(協力的アプローチの数)、bilateral_agreements(二国間協定の数)又はother(その他)",
        terms=READINESS_ITEMS,
    )
    value = text(
        "the statement in short words, or a number for the two counts", "記載内容の要約。件数の場合は数値"
    )
    as_of_on = partial_day("date of the statement or the page", "記載の時点", header="as_of", null=UNDATED)
    as_of_precision = precision("the date of the statement", "記載の時点", header="as_of", null=UNDATED)
    known_on = known_from()
    source_id = source_key()
    evidence = text("words of the page", "資料の文言")

    @dy.rule()
    def is_unique(self) -> pl.Expr:
        return pl.struct("iso3", "item", "value", "source_id").is_unique()


class WeakPublisherSchema(dy.Schema):
    publisher = text("publisher, as in source", "公表者(sourceと同じ表記)", key=True)
    reason_en = text("why it is never believed alone, English", "単独では用いない理由(英語)")
    reason_ja = text("why it is never believed alone, Japanese", "単独では用いない理由(日本語)")


_SOURCE = Reference("source_id", "source", "source_id")
UNIQUE = RuleText(
    "The same row must not stand in the table twice.", "同じ行を重複して記載することはできません。"
)

TABLES = (
    Table(
        "source",
        SourceSchema,
        "Sources: the pages that every figure comes from",
        "出典:各数値の根拠となる資料",
        "snapshot",
        ("source_id",),
        ("snapshot/sources.csv", "assumptions/sources.csv"),
        rule_texts={
            "dated_before_it_was_read": RuleText(
                "The date of a page must not be later than the day it was read.",
                "資料の日付は取得日より後であってはなりません。",
            )
        },
    ),
    Table(
        "partner_country",
        PartnerCountrySchema,
        "Partner countries of the JCM, by signature",
        "JCMパートナー国(署名順)",
        "snapshot",
        ("iso3",),
        ("snapshot/partner_countries.csv",),
        (_SOURCE, Reference("other_source_ids", "source", "source_id", is_list=True)),
        {
            "limits_in_order": RuleText(
                "The end of the interval of signature must not be before its start.",
                "署名期間の終わりは始まりより前であってはなりません。",
            ),
            "day_has_no_width": RuleText(
                "The precision must fit the date: day for one day, month or interval for more.",
                "精度は日付と一致する必要があります(1日ならday、それ以外はmonth又はinterval)。",
            ),
            "sequence_is_unique": RuleText(
                "Two partners must not have the same place in the order of signature.",
                "署名の順番が他のパートナー国と重複してはなりません。",
            ),
        },
    ),
    Table(
        "sector",
        SectorSchema,
        "JCM sectoral scopes",
        "JCMセクトラルスコープ",
        "snapshot",
        ("sector_number",),
        ("snapshot/sectoral_scopes.csv",),
        (_SOURCE,),
    ),
    Table(
        "sector_name",
        SectorNameSchema,
        "Japanese names of the JCM sectoral scopes",
        "JCMセクトラルスコープの日本語名称",
        "vocabulary",
        ("sector_number",),
        ("vocabulary/sector_names.csv",),
        (Reference("sector_number", "sector", "sector_number"),),
    ),
    Table(
        "ndc_target",
        NdcTargetSchema,
        "NDC targets of partners and Japan, and their position on markets",
        "パートナー国及び日本のNDC目標と市場利用に関する記載",
        "snapshot",
        ("iso3",),
        ("snapshot/ndc_targets.csv",),
        (_SOURCE, Reference("latest_source_id", "source", "source_id")),
    ),
    Table(
        "carbon_pricing",
        CarbonPricingSchema,
        "Carbon pricing, as far as a source was found; a country not listed is not known",
        "カーボンプライシング(出典が確認できたもの。記載のない国は不明)",
        "snapshot",
        ("iso3", "status", "instrument"),
        ("snapshot/carbon_pricing.csv",),
        (_SOURCE,),
        {"is_unique": UNIQUE},
    ),
    Table(
        "readiness",
        ReadinessSchema,
        "Statements on how far a partner is with Article 6 and with its NDC for 2035; no row means that nothing was found",
        "6条への対応状況及び2035年NDCに関する記載(行がない場合は該当する資料が確認できていない)",
        "snapshot",
        ("iso3", "item", "value", "source_id"),
        ("snapshot/readiness.csv",),
        (Reference("iso3", "partner_country", "iso3"), _SOURCE),
        {"is_unique": UNIQUE},
    ),
    Table(
        "weak_publisher",
        WeakPublisherSchema,
        "Publishers that are never believed alone, with the reason",
        "単独では用いない公表者とその理由",
        "vocabulary",
        ("publisher",),
        ("vocabulary/weak_publishers.csv",),
    ),
)
