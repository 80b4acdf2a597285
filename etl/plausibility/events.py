"""Issuance events: periods, repetitions, cumulative totals and amounts against estimates."""

from collections.abc import Iterator

import polars as pl

from etl.plausibility.record import Record
from etl.plausibility.rule import Doubt, Rule, of_event

OVER_ESTIMATE = 2
"""More than twice the estimate is not verified; at most 1.2 times on record."""
UNDER_ESTIMATE = 0.2
"""Less than a fifth of the estimate is more likely a lost digit; from 0.24 on record, but for two that are acknowledged."""
OWN_RATE = 4
"""Factor between the yearly rates of two events of one project; 1.3 on record."""
TELLING_AMOUNT = 10
"""tCO2; equal amounts below it are chance."""
CUMULATIVE_FIT = 0.25
"""How near the rate of an amount less all earlier amounts is to the earlier rate, when the amount is cumulative."""
CUMULATIVE_RISE = 1.4
"""Rise of the rate from which an event may be a cumulative total; 1.2 on record."""


def _overlapping_periods(record: Record) -> Iterator[Doubt]:
    periods = record.timeline.filter(pl.col("years").is_not_null())
    rows = periods.with_columns(pl.col("period_end_on").shift(1).alias("known_until")).filter(
        ~_begins() & (pl.col("period_start_on") <= pl.col("known_until"))
    )
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            f"{r['project']} {r['period_start_on']}",
            f"The period of {r['project']} begins on {r['period_start_on']}, an earlier one runs to {r['known_until']}.",
            f"{r['project']}のモニタリング期間の始期{r['period_start_on']}が、前の期間の終期{r['known_until']}以前。",
        )


def _begins() -> pl.Expr:
    """Whether a row of the timeline is the first of its project."""
    return pl.col("project_no").ne_missing(pl.col("project_no").shift(1))


def _repeated(record: Record) -> Iterator[Doubt]:
    # Two events of a day with one amount are one, whatever else differs; without an amount all must be equal.
    what = ["dated_on", "low_tco2"]
    rest = ["project_no", "dated_on", "japan_government_tco2", "period_start_on", "period_end_on"]
    known = record.same_amounts.filter(pl.struct("project_no", *what).is_duplicated())
    unknown = record.parts.filter(pl.col("low_tco2").is_null()).filter(pl.struct(rest).is_duplicated())
    unnamed = record.events.filter(pl.col("project_ids").is_null() & pl.col("low_tco2").is_not_null())
    unnamed = unnamed.filter(pl.struct("iso3", *what).is_duplicated()).with_columns(
        pl.col("iso3").alias("project")
    )
    columns = unnamed.columns
    for r in pl.concat([known.select(columns), unknown.select(columns), unnamed]).iter_rows(named=True):
        yield of_event(
            r,
            f"{r['project']} {r['dated_on']} {r['low_tco2']}",
            f"{r['project']} has another event of the same day ({r['dated_on'] or 'not known'}) and amount.",
            f"{r['project']}に同日（{r['dated_on'] or '不明'}）、同量の発行がほかにある。",
        )


def _same_amount(record: Record) -> Iterator[Doubt]:
    on_another_day = ~pl.struct("project_no", "low_tco2", "dated_on").is_duplicated()
    rows = record.same_amounts.filter(on_another_day & (pl.col("low_tco2") >= TELLING_AMOUNT))
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            f"{r['project']} {r['low_tco2']}",
            f"{r['project']} has another event of exactly {r['low_tco2']:,} t.",
            f"{r['project']}に同量（{r['low_tco2']:,}t）の発行がほかにある。",
        )


def _twice_in_a_decision(record: Record) -> Iterator[Doubt]:
    # Two periods of a project may be decided on one day; a joint event and another one may not.
    joint = record.parts.filter(pl.col("is_joint") & (pl.col("decided_precision") == "day"))
    what = ["project_no", "decided_on"]
    rows = record.parts.join(joint.select(what).unique(), on=what, how="semi", maintain_order="left")
    for r in rows.filter(pl.struct(what).is_duplicated()).iter_rows(named=True):
        yield of_event(
            r,
            f"{r['project']} {r['decided_on']}",
            f"{r['project']} stands in several events decided on {r['decided_on']}, one of them joint.",
            f"{r['project']}が{r['decided_on']}決定の複数の発行（うち少なくとも一つは合同）に含まれる。",
        )


def _cumulative(record: Record) -> Iterator[Doubt]:
    known = record.timeline.filter(~pl.col("is_joint") & pl.col("low_tco2").is_not_null())
    rows = known.with_columns(
        _before(pl.col("low_tco2")).alias("before"),
        _before(pl.col("years").fill_null(0)).alias("years_before"),
    )
    rate, rate_before = pl.col("low_tco2") / pl.col("years"), pl.col("before") / pl.col("years_before")
    rest = (pl.col("low_tco2") - pl.col("before")) / pl.col("years")
    is_sum = (pl.col("low_tco2") >= TELLING_AMOUNT) & (pl.col("low_tco2") == pl.col("before"))
    fits_as_sum = (
        (pl.col("years_before") > 0)
        & (rate > CUMULATIVE_RISE * rate_before)
        & ((rest / rate_before - 1).abs() < CUMULATIVE_FIT)
    )
    for r in rows.filter(is_sum | fits_as_sum.fill_null(value=False)).iter_rows(named=True):
        yield of_event(
            r,
            r["low_tco2"],
            f"{r['low_tco2']:,} t look like a cumulative total: the earlier events of {r['project']} make {r['before']:,} t.",
            f"{r['low_tco2']:,}tは累計値の可能性がある（{r['project']}の過去の発行の合計は{r['before']:,}t）。",
        )


def _before(amount: pl.Expr) -> pl.Expr:
    """Sum of the earlier rows of the same project, along the timeline."""
    earlier = amount.cum_sum() - amount
    return earlier - pl.when(_begins()).then(earlier).forward_fill()


def _stated_as_cumulative(record: Record) -> Iterator[Doubt]:
    """Amounts that equal a stated cumulative total of the project or country which has other events with an amount."""
    stated = (
        record["official_total"]
        .filter((pl.col("metric") == "credits_issued_cumulative") & (pl.col("value") >= TELLING_AMOUNT))
        .join(record["statement_scope"].select("scope", "scope_code", "iso3", "project_id"), on="scope")
        .filter(pl.col("scope_code").is_in(["jcm", "country", "project"]))
        .select(pl.col("value").cast(pl.Int64).alias("low_tco2"), "source_id", "scope")
        .unique("low_tco2", keep="first", maintain_order=True)
    )
    rows = record.events.join(stated, on="low_tco2", suffix="_stated")
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            r["low_tco2"],
            f"{r['low_tco2']:,} t is what {r['source_id']} states as cumulative total ({r['scope']}).",
            f"{r['low_tco2']:,}tは{r['source_id']}が累計とする値（{r['scope']}）と同じ。",
        )


def _above_estimate(record: Record) -> Iterator[Doubt]:
    rows = record.rates.filter(pl.col("rate") > OVER_ESTIMATE * pl.col("annual"))
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            r["amount"],
            f"{r['amount']:,} t in {r['years']:.1f} years, {r['annual']:,} t a year were expected.",
            f"{r['years']:.1f}年間で{r['amount']:,}t。年間見込量は{r['annual']:,}t。",
        )


def _below_estimate(record: Record) -> Iterator[Doubt]:
    rows = record.rates.filter(
        pl.col("has_period")
        & pl.col("low_tco2").is_not_null()
        & (pl.col("rate") < UNDER_ESTIMATE * pl.col("annual"))
    )
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            r["amount"],
            f"Only {r['amount']:,} t in {r['years']:.1f} years, {r['annual']:,} t a year were expected.",
            f"{r['years']:.1f}年間で{r['amount']:,}tにとどまる。年間見込量は{r['annual']:,}t。",
        )


def _other_rate(record: Record) -> Iterator[Doubt]:
    rows = record.timeline.filter(
        ~pl.col("is_joint") & pl.col("years").is_not_null() & (pl.col("low_tco2") >= TELLING_AMOUNT)
    ).with_columns((pl.col("low_tco2") / pl.col("years")).alias("rate"))
    number = pl.len().over("project_no")
    others = (pl.col("rate").sum().over("project_no") - pl.col("rate")) / (number - 1)
    rows = rows.filter(number > 1).with_columns(others.alias("others"))
    far = (pl.col("rate") > OWN_RATE * pl.col("others")) | (pl.col("rate") * OWN_RATE < pl.col("others"))
    for r in rows.filter((pl.col("others") > 0) & far).iter_rows(named=True):
        yield of_event(
            r,
            r["low_tco2"],
            f"{r['low_tco2']:,} t are {r['rate']:,.0f} t a year; other events of {r['project']} make {r['others']:,.0f} t.",
            f"{r['low_tco2']:,}tは年間{r['rate']:,.0f}tに当たるが、{r['project']}の他の発行は年間{r['others']:,.0f}t。",
        )


def _less_than_a_tonne(record: Record) -> Iterator[Doubt]:
    for r in record["article6_event"].filter(pl.col("quantity_tco2") < 1).iter_rows(named=True):
        key = r["article6_event_id"]
        yield Doubt(
            "article6_event",
            key,
            key,
            str(r["quantity_tco2"]),
            f"The {r['action']} of {r['occurred_on']} is of {r['quantity_tco2']} t. An amount that is not known is left empty.",
            f"{r['occurred_on']}の{r['action']}の量が{r['quantity_tco2']}t。不明な場合は空欄とする。",
        )


FAMILY = "events"
RULES = (
    Rule(
        "EVENT-OVERLAP",
        "refuse",
        FAMILY,
        "Monitoring periods of one project do not overlap",
        "同じ案件のモニタリング期間は重複しない",
        _overlapping_periods,
    ),
    Rule(
        "EVENT-REPEATED",
        "refuse",
        FAMILY,
        "A project has one event of a day and amount",
        "同じ案件、日及び量の発行は一つである",
        _repeated,
    ),
    Rule(
        "EVENT-SAME-AMOUNT",
        "hold",
        FAMILY,
        "Two events of one project differ in their amounts",
        "同じ案件の複数の発行の量は異なる",
        _same_amount,
    ),
    Rule(
        "EVENT-ONE-DECISION",
        "hold",
        FAMILY,
        "A project stands in one joint event of a decision, and then in no other of it",
        "合同の発行に含まれる案件は、同じ決定の他の発行に含まれない",
        _twice_in_a_decision,
    ),
    Rule(
        "EVENT-CUMULATIVE",
        "hold",
        FAMILY,
        "An event holds its own tonnes, not those of earlier events",
        "発行量は当該発行分のみであり、過去の発行を含まない",
        _cumulative,
    ),
    Rule(
        "EVENT-STATED-CUMULATIVE",
        "hold",
        FAMILY,
        "The amount of an event is not a stated cumulative total",
        "発行量は公表された累計値ではない",
        _stated_as_cumulative,
    ),
    Rule(
        "EVENT-ABOVE-ESTIMATE",
        "hold",
        FAMILY,
        f"Issued tonnes are at most {OVER_ESTIMATE} times the estimate for their period",
        f"発行量は当該期間の見込量の{OVER_ESTIMATE}倍以下である",
        _above_estimate,
    ),
    Rule(
        "EVENT-BELOW-ESTIMATE",
        "hold",
        FAMILY,
        "Issued tonnes are at least a fifth of the estimate for their period",
        "発行量は当該期間の見込量の5分の1以上である",
        _below_estimate,
    ),
    Rule(
        "EVENT-OTHER-RATE",
        "hold",
        FAMILY,
        f"Tonnes a year of two events of one project are within a factor of {OWN_RATE}",
        f"同じ案件の発行の年当たりの量の差は{OWN_RATE}倍以内である",
        _other_rate,
    ),
    Rule(
        "EVENT-TONNE",
        "refuse",
        FAMILY,
        "An amount is at least one tonne",
        "量は1t以上である",
        _less_than_a_tonne,
    ),
)
