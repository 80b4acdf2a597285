"""Contracts of issuance events, Article 6 events and figures stated for several projects together."""

import dataframely as dy
import polars as pl

from etl.contracts.columns import (
    NOT_KNOWN,
    NOT_STATED,
    boolean,
    country_code,
    day,
    known_from,
    latest_day,
    not_before,
    partial_day,
    precision,
    remarks,
    source_key,
    text,
    tonnes,
)
from etl.contracts.table import (
    BY_COUNTRY,
    BY_ISSUANCE,
    BY_OTHER_SOURCES,
    BY_PROJECT,
    BY_PROJECTS,
    BY_SOURCE,
    contract,
    rule,
)

_NO_RANGE = ("not known as a range", "幅の記載なし")
_LARGEST_TOTAL = pl.coalesce("total_tco2", "total_high_tco2")

LARGEST_ISSUANCE = 50_000_000
"""tCO2 of one event, many times the largest known. What is above is a slip of units."""

ACTIONS = (
    "authorisation",
    "first transfer",
    "acquisition",
    "use towards NDC",
    "use for other purposes",
    "cancellation",
)


@contract(
    "issuance",
    "Issuance events: decisions and issues, one row an event",
    "発行（発行決定及び発行。1件1行）",
    "snapshot",
    files=("snapshot/issuances.csv",),
    references=(BY_COUNTRY, BY_PROJECT, BY_PROJECTS, BY_SOURCE, BY_OTHER_SOURCES),
    place="history",
)
class IssuanceSchema(dy.Schema):
    issuance_id = text("key of the event", "発行の識別子", key=True)
    project_id = text("project", "案件", null=("several projects, or not named", "複数又は記載なし"))
    project_ids = text(
        "projects covered, separated by ;", "対象案件（「;」区切り）", null=("not named", "記載なし")
    )
    iso3 = country_code()
    decided_on = partial_day(
        "decision of the Joint Committee", "合同委員会による発行決定", header="decided_on", null=NOT_KNOWN
    )
    decided_precision = precision("the decision", "発行決定日", header="decided_on", null=NOT_KNOWN)
    issued_on = partial_day("issuance in Japan", "日本における発行", header="issued_on", null=NOT_KNOWN)
    issued_precision = precision("the issuance", "発行日", header="issued_on", null=NOT_KNOWN)
    period_start_on = day(
        "start of the monitoring period", "モニタリング期間の始期", header="period_start", null=NOT_KNOWN
    )
    period_end_on = day(
        "end of the monitoring period", "モニタリング期間の終期", header="period_end", null=NOT_KNOWN
    )
    total_tco2 = tonnes(
        "exact amount of the event, both sides",
        "発行量（両国合計、確定値）",
        null=("not known exactly", "正確には不明"),
        most=LARGEST_ISSUANCE,
        least=1,
    )
    total_low_tco2 = tonnes(
        "lower limit of an amount known as a range",
        "発行量の下限（幅でのみ判明している場合）",
        null=_NO_RANGE,
        most=LARGEST_ISSUANCE,
        least=1,
    )
    total_high_tco2 = tonnes(
        "upper limit of an amount known as a range",
        "発行量の上限（幅でのみ判明している場合）",
        null=_NO_RANGE,
        most=LARGEST_ISSUANCE,
    )
    japan_tco2 = tonnes("Japanese side, government and companies", "日本側（政府及び企業）", null=NOT_KNOWN)
    japan_government_tco2 = tonnes(
        "Japanese government only; not the Japanese side",
        "日本政府分のみ（日本側全体ではない）",
        null=NOT_KNOWN,
    )
    partner_tco2 = tonnes("partner side", "パートナー国側", null=NOT_KNOWN)
    partner_issued_on = day(
        "issuance in the partner country", "パートナー国における発行", header=None, null=NOT_KNOWN
    )
    is_partner_issuance_pending = boolean(
        "whether the partner was notified and has not issued yet",
        "パートナー国側が通知済みで未発行か",
        header=None,
        default="false",
    )
    source_id = source_key(
        "source of the total, of the share where only a share is known, else of the dates",
        "発行量（配分のみ判明している場合はその配分、いずれも不明の場合は日付）の出典",
    )
    other_source_ids = text(
        "further sources, keys separated by ;",
        "その他の出典（「;」区切り）",
        null=("no further source", "なし"),
    )
    note = remarks()

    period_ends_after_it_starts = rule(
        not_before("period_end_on", "period_start_on"),
        "A monitoring period must not end before it starts.",
        "モニタリング期間の終期は始期より前であってはなりません。",
    )
    shares_within_the_total = rule(
        (pl.sum_horizontal("japan_tco2", "partner_tco2") <= _LARGEST_TOTAL).fill_null(value=True),
        "The Japanese and the partner side together must not exceed the total.",
        "日本側とパートナー国側の合計は発行量を超えてはなりません。",
    )
    government_within_the_japanese_side = rule(
        (
            pl.col("japan_government_tco2")
            <= pl.coalesce("japan_tco2", _LARGEST_TOTAL - pl.col("partner_tco2").fill_null(0))
        ).fill_null(value=True),
        "The share of the Japanese government must not exceed that of the Japanese side.",
        "日本政府分は日本側の量を超えてはなりません。",
    )
    shares_make_the_total = rule(
        (pl.col("japan_tco2") + pl.col("partner_tco2") == pl.col("total_tco2")).fill_null(value=True),
        "Where both sides are known they make the total.",
        "両国の量が判明している場合、その合計は発行量と一致しなければなりません。",
    )
    range_has_both_limits = rule(
        (pl.col("total_low_tco2").is_null() == pl.col("total_high_tco2").is_null())
        & (pl.col("total_low_tco2") < pl.col("total_high_tco2")).fill_null(value=True),
        "A range needs a lower and a higher upper limit.",
        "幅で記載する場合は、下限及びそれより大きい上限の両方が必要です。",
    )
    exact_or_a_range = rule(
        pl.col("total_tco2").is_null() | pl.col("total_low_tco2").is_null(),
        "An amount is exact or a range, not both.",
        "発行量は確定値又は幅のいずれか一方としてください。",
    )
    decided_after_the_period = rule(
        not_before(latest_day("decided_on", "decided_precision"), "period_end_on"),
        "An issuance must not be decided before its monitoring period ends.",
        "発行決定日はモニタリング期間の終期より前であってはなりません。",
    )
    issued_after_the_period = rule(
        not_before(latest_day("issued_on", "issued_precision"), "period_end_on"),
        "Tonnes must not be issued before their monitoring period ends.",
        "発行日はモニタリング期間の終期より前であってはなりません。",
    )
    issued_after_the_decision = rule(
        not_before(latest_day("issued_on", "issued_precision"), "decided_on"),
        "Tonnes must not be issued before the Joint Committee decided it.",
        "発行日は合同委員会の発行決定日より前であってはなりません。",
    )
    pending_is_not_issued = rule(
        ~pl.col("is_partner_issuance_pending") | pl.col("partner_issued_on").is_null(),
        "The partner has either issued, with a day, or is pending, not both.",
        "パートナー国側の発行日がある場合、未発行とすることはできません。",
    )
    one_project_stands_alone = rule(
        pl.col("project_id").is_null() | pl.col("project_id").eq_missing(pl.col("project_ids")),
        "Where project_id is given, project_ids holds that project and no other.",
        "project_idを記載する場合、project_idsは同じ案件のみとしてください。",
    )


@contract(
    "article6_event",
    "Authorisations, first transfers and uses under Article 6",
    "6条に基づく承認・初回移転・使用",
    "snapshot",
    files=("snapshot/article6_events.csv",),
    references=(BY_COUNTRY, BY_ISSUANCE, BY_SOURCE),
    place="history",
)
class Article6EventSchema(dy.Schema):
    article6_event_id = text("key of the event", "識別子", key=True)
    issuance_id = text("issuance it belongs to", "対応する発行", null=NOT_KNOWN)
    iso3 = country_code()
    occurred_on = day("day of the event", "発生日")
    action = text(
        "authorisation, first transfer, acquisition, use towards NDC, use for other purposes or cancellation",
        "authorisation（承認）、first transfer（初回移転）、acquisition（取得）、use towards NDC（NDCへの使用）、"
        "use for other purposes（その他の目的への使用）又はcancellation（取消）",
        terms=ACTIONS,
    )
    quantity_tco2 = tonnes("amount", "量", null=NOT_KNOWN, most=LARGEST_ISSUANCE)
    source_id = source_key()
    note = remarks()


@contract(
    "aggregate_statement",
    "Figures stated for several projects together; never added to the other tables",
    "複数案件をまとめた公表値（他の表には加算しない）",
    "snapshot",
    files=("snapshot/aggregates.csv",),
    references=(BY_COUNTRY, BY_PROJECTS, BY_SOURCE),
    place="history",
)
class AggregateStatementSchema(dy.Schema):
    aggregate_id = text("key of the statement", "識別子", key=True)
    kind = text(
        "expected reductions or issuance",
        "expected reductions（見込み）又はissuance（発行）",
        terms=("expected reductions", "issuance"),
    )
    iso3 = country_code(null=("several countries", "複数国"))
    label = text("what is stated", "公表内容")
    est_annual_tco2 = tonnes("expected reductions a year", "年間削減見込量", null=NOT_STATED)
    est_total_tco2 = tonnes("expected reductions in total", "総削減見込量", null=NOT_STATED)
    est_total_basis = text("period of the total", "総量の対象期間", null=("no total stated", "記載なし"))
    total_tco2 = tonnes("amount issued, both sides", "発行量（両国合計）", null=NOT_STATED)
    japan_tco2 = tonnes("Japanese side", "日本側", null=NOT_STATED)
    japan_government_tco2 = tonnes("Japanese government only", "日本政府分のみ", null=NOT_STATED)
    project_ids = text("projects covered, separated by ;", "対象案件（「;」区切り）")
    known_on = known_from()
    source_id = source_key()
    note = remarks()
