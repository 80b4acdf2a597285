"""Contracts of expected and verified tonnes over time."""

from collections.abc import Sequence
from itertools import pairwise

import dataframely as dy
import polars as pl

from etl.contracts.columns import NO_DATE, NO_SHARE, decimal, text, tonnes, year
from etl.contracts.over_time import (
    NOT_REACHED,
    OverTime,
    closed,
    codes_used,
    issuance_key,
    opened,
    project_key,
)
from etl.contracts.table import BY_CODES, BY_ISSUANCE, BY_PROJECT, contract, rule, unique
from model.ladder import PROJECT_RUNGS


def _rung_tonnes(en: str, ja: str) -> tuple[dy.Int64, dy.Int64]:
    return (
        tonnes(f"{en}, low end", f"{ja}（下限）", null=NOT_REACHED),
        tonnes(f"{en}, high end as far as known", f"{ja}（判明している範囲の上限）", null=NOT_REACHED),
    )


def _nested(rungs: Sequence[str]) -> pl.Expr:
    """Whether no rung is above the one before it, nor its low end above the high one; unknown amounts pass."""
    pairs = [
        pl.col(f"{lower}_{end}_tco2") <= pl.col(f"{upper}_{end}_tco2")
        for end in ("low", "high")
        for upper, lower in pairwise(rungs)
    ]
    ends = [pl.col(f"{rung}_low_tco2") <= pl.col(f"{rung}_high_tco2") for rung in rungs]
    return pl.all_horizontal(*pairs, *ends).fill_null(value=True)


@contract(
    "expected",
    "Expected tonnes by project, rung and piece of a year, over known time",
    "案件・段階・期間別の見込量（判明期間付き）",
    "derived",
    references=(BY_PROJECT, BY_CODES),
    place="history",
)
class ExpectedSchema(OverTime):
    project_id = project_key()
    rung = text("rung of the project", "段階", terms=PROJECT_RUNGS)
    fiscal_year = year("fiscal year of the tonnes", "計上年度", most=2100)
    calendar_year = year("calendar year of the tonnes", "計上年（暦年）", most=2100)
    tco2 = tonnes("stated expectation of this piece of a year", "当該期間の見込量")
    net_tco2 = tonnes(
        "the same without what was verified instead", "検証済みの量に置き換えられた分を除く見込量"
    )
    japan_tco2 = tonnes("Japanese part of tco2", "tco2のうち日本側", null=NO_SHARE)
    japan_net_tco2 = tonnes("Japanese part of net_tco2", "net_tco2のうち日本側", null=NO_SHARE)
    known_on = opened()
    known_until = closed()
    assumption_codes = codes_used()

    parts_within = rule(
        (pl.col("net_tco2") <= pl.col("tco2"))
        & (
            (pl.col("japan_tco2") <= pl.col("tco2")) & (pl.col("japan_net_tco2") <= pl.col("net_tco2"))
        ).fill_null(value=True),
        "A part must not exceed the tonnes it is of.",
        "内数は全体の量を超えてはなりません。",
    )
    is_unique = unique("project_id", "rung", "fiscal_year", "calendar_year", "known_on")


@contract(
    "verified",
    "Verified tonnes by event and piece of a year with all its rungs side by side, over known time; read off the ledger",
    "発行・期間別の検証済みの量（各段階を列とする。判明期間付き。台帳から算出）",
    "derived",
    references=(BY_ISSUANCE, BY_CODES),
    place="history",
)
class VerifiedSchema(OverTime):
    issuance_id = issuance_key()
    fiscal_year = year(
        "fiscal year of the monitoring period, else of the decision, issue or announcement",
        "モニタリング期間の年度（不明な場合は発行決定、発行又は公表の年度）",
        null=NO_DATE,
        most=2100,
    )
    calendar_year = year("calendar year, likewise", "同じく暦年", null=NO_DATE, most=2100)
    notified_low_tco2, notified_high_tco2 = _rung_tonnes("decided for issuance", "発行決定量")
    issued_low_tco2, issued_high_tco2 = _rung_tonnes("of these, issued", "うち発行済み")
    japan_low_tco2, japan_high_tco2 = _rung_tonnes(
        "of these, issued to the Japanese side", "うち日本側への発行"
    )
    itmo_low_tco2, itmo_high_tco2 = _rung_tonnes("of these, first transferred", "うち初回移転")
    ndc_low_tco2, ndc_high_tco2 = _rung_tonnes("of these, used towards the NDC", "うちNDC計上")
    japan_share_low_tco2, japan_share_high_tco2 = _rung_tonnes(
        "Japanese part of what was decided, issued or not", "発行決定量のうち日本側（未発行を含む）"
    )
    known_on = opened()
    known_until = closed()
    assumption_codes = codes_used()

    rungs_nest = rule(
        _nested(("notified", "issued", "japan", "itmo", "ndc")),
        "A later rung must not hold more than the one before it.",
        "後の段階の量は前の段階の量を超えてはなりません。",
    )
    years_go_together = rule(
        pl.col("fiscal_year").is_null() == pl.col("calendar_year").is_null(),
        "Fiscal and calendar year are both known or both not.",
        "年度と暦年は両方とも記載するか、両方とも空欄とします。",
    )
    is_unique = unique("issuance_id", "fiscal_year", "calendar_year", "known_on")


@contract(
    "delivery",
    "What was expected for the days that each issuance event verifies, over known time",
    "各発行のモニタリング期間に対する見込量（判明期間付き）",
    "derived",
    references=(BY_ISSUANCE,),
    place="history",
)
class DeliverySchema(dy.Schema):
    issuance_id = issuance_key()
    annual_tco2 = tonnes(
        "annual estimate in force of the event's project",
        "対象案件の年間削減見込量",
        null=("no estimate, or not one project", "見込量なし又は1案件ではない"),
    )
    expected_tco2 = decimal(
        "what it expects for the event's monitoring period, each day by the days of its fiscal year",
        "モニタリング期間に対する見込量（各日を当該年度の日数で除す）",
        unit="tCO2",
        null=("not comparable", "比較不可"),
        least=0,
    )
    lacks = text(
        "what is missing to compare: amount (or a part of it), project, period or estimate",
        "比較に不足する情報。amount（量又はその一部）、project（案件）、period（期間）又はestimate（見込量）",
        null=("comparable", "比較可能"),
        terms=("amount", "project", "period", "estimate"),
    )
    known_on = opened()
    known_until = closed()

    is_unique = unique("issuance_id", "known_on")
