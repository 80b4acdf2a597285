"""Issuance events: periods, repetitions, cumulative totals and amounts against estimates."""

import polars as pl

from etl.plausibility.record import Record
from etl.plausibility.rule import About, on_event, rule

OVER_ESTIMATE = 2
"""More than twice the estimate is not verified; at most 1.2 times on record."""
UNDER_ESTIMATE = 0.2
"""Less than a fifth of the estimate is more likely a lost digit; from 0.24 on record, but for two that are acknowledged."""
OWN_RATE = 4
"""Factor between the yearly rates of two events of one project; 1.3 on record."""
SIGNIFICANT_AMOUNT = 10
"""tCO2; equal amounts below it are chance."""
CUMULATIVE_FIT = 0.25
"""How near the rate of an amount less all earlier amounts is to the earlier rate, when the amount is cumulative."""
CUMULATIVE_RISE = 1.4
"""Rise of the rate from which an event may be a cumulative total; 1.2 on record."""


def _begins() -> pl.Expr:
    """Whether a row of the timeline is the first of its project."""
    return pl.col("project_no").ne_missing(pl.col("project_no").shift(1))


@rule(
    "EVENT-OVERLAP",
    "refuse",
    "Monitoring periods of one project do not overlap",
    "同じ案件のモニタリング期間は重複しない",
    on_event,
    value="{project} {period_start_on}",
    en="The period of {project} begins on {period_start_on}, an earlier one runs to {known_until}.",
    ja="{project}のモニタリング期間の始期{period_start_on}が、前の期間の終期{known_until}以前。",
)
def _overlapping_periods(record: Record) -> pl.DataFrame:
    periods = record.timeline.filter(pl.col("years").is_not_null())
    return periods.with_columns(pl.col("period_end_on").shift(1).alias("known_until")).filter(
        ~_begins() & (pl.col("period_start_on") <= pl.col("known_until"))
    )


@rule(
    "EVENT-REPEATED",
    "refuse",
    "A project has one event of a day and amount",
    "同じ案件、日及び量の発行は一つである",
    on_event,
    value="{project} {dated_on} {low_tco2}",
    en="{project} has another event of the same day ({day_en}) and amount.",
    ja="{project}に同日（{day_ja}）、同量の発行がほかにある。",
)
def _repeated(record: Record) -> pl.DataFrame:
    # Two events of a day with one amount are one, whatever else differs; without an amount all must be equal.
    what = ["dated_on", "low_tco2"]
    rest = ["project_no", "dated_on", "japan_government_tco2", "period_start_on", "period_end_on"]
    known = record.same_amounts.filter(pl.struct("project_no", *what).is_duplicated())
    unknown = record.parts.filter(pl.col("low_tco2").is_null()).filter(pl.struct(rest).is_duplicated())
    unnamed = record.events.filter(pl.col("project_ids").is_null() & pl.col("low_tco2").is_not_null())
    unnamed = unnamed.filter(pl.struct("iso3", *what).is_duplicated()).with_columns(
        pl.col("iso3").alias("project")
    )
    day = pl.col("dated_on").cast(pl.String)
    return pl.concat(rows.select(unnamed.columns) for rows in (known, unknown, unnamed)).with_columns(
        day.fill_null("not known").alias("day_en"), day.fill_null("不明").alias("day_ja")
    )


@rule(
    "EVENT-SAME-AMOUNT",
    "hold",
    "Two events of one project differ in their amounts",
    "同じ案件の複数の発行の量は異なる",
    on_event,
    value="{project} {low_tco2}",
    en="{project} has another event of exactly {low_tco2:,} t.",
    ja="{project}に同量（{low_tco2:,}t）の発行がほかにある。",
)
def _same_amount(record: Record) -> pl.DataFrame:
    on_another_day = ~pl.struct("project_no", "low_tco2", "dated_on").is_duplicated()
    return record.same_amounts.filter(on_another_day & (pl.col("low_tco2") >= SIGNIFICANT_AMOUNT))


@rule(
    "EVENT-ONE-DECISION",
    "hold",
    "A project stands in one joint event of a decision, and then in no other of it",
    "合同の発行に含まれる案件は、同じ決定の他の発行に含まれない",
    on_event,
    value="{project} {decided_on}",
    en="{project} stands in several events decided on {decided_on}, one of them joint.",
    ja="{project}が{decided_on}決定の複数の発行（うち少なくとも一つは合同）に含まれる。",
)
def _twice_in_a_decision(record: Record) -> pl.DataFrame:
    # Two periods of a project may be decided on one day; a joint event and another one may not.
    joint = record.parts.filter(pl.col("is_joint") & (pl.col("decided_precision") == "day"))
    what = ["project_no", "decided_on"]
    rows = record.parts.join(joint.select(what).unique(), on=what, how="semi", maintain_order="left")
    return rows.filter(pl.struct(what).is_duplicated())


@rule(
    "EVENT-CUMULATIVE",
    "hold",
    "An event holds its own tonnes, not those of earlier events",
    "発行量は当該発行分のみであり、過去の発行を含まない",
    on_event,
    value="{low_tco2}",
    en="{low_tco2:,} t look like a cumulative total: the earlier events of {project} make {before:,} t.",
    ja="{low_tco2:,}tは累計値の可能性がある（{project}の過去の発行の合計は{before:,}t）。",
)
def _cumulative(record: Record) -> pl.DataFrame:
    known = record.timeline.filter(~pl.col("is_joint") & pl.col("low_tco2").is_not_null())
    rows = known.with_columns(
        _before(pl.col("low_tco2")).alias("before"),
        _before(pl.col("years").fill_null(0)).alias("years_before"),
    )
    rate, rate_before = pl.col("low_tco2") / pl.col("years"), pl.col("before") / pl.col("years_before")
    rest = (pl.col("low_tco2") - pl.col("before")) / pl.col("years")
    is_sum = (pl.col("low_tco2") >= SIGNIFICANT_AMOUNT) & (pl.col("low_tco2") == pl.col("before"))
    fits_as_sum = (
        (pl.col("years_before") > 0)
        & (rate > CUMULATIVE_RISE * rate_before)
        & ((rest / rate_before - 1).abs() < CUMULATIVE_FIT)
    )
    return rows.filter(is_sum | fits_as_sum.fill_null(value=False))


def _before(amount: pl.Expr) -> pl.Expr:
    """Sum of the earlier rows of the same project, along the timeline."""
    earlier = amount.cum_sum() - amount
    return earlier - pl.when(_begins()).then(earlier).forward_fill()


@rule(
    "EVENT-STATED-CUMULATIVE",
    "hold",
    "The amount of an event is not a stated cumulative total",
    "発行量は公表された累計値ではない",
    on_event,
    value="{low_tco2}",
    en="{low_tco2:,} t is what {stated_by} states as cumulative total ({scope}).",
    ja="{low_tco2:,}tは{stated_by}が累計とする値（{scope}）と同じ。",
)
def _stated_as_cumulative(record: Record) -> pl.DataFrame:
    """Amounts that equal a stated cumulative total of the project or country which has other events with an amount."""
    stated = (
        record["official_total"]
        .filter((pl.col("metric") == "credits_issued_cumulative") & (pl.col("value") >= SIGNIFICANT_AMOUNT))
        .join(record["statement_scope"].select("scope", "scope_code", "iso3", "project_id"), on="scope")
        .filter(pl.col("scope_code").is_in(["jcm", "country", "project"]))
        .select(
            pl.col("value").cast(pl.Int64).alias("low_tco2"), pl.col("source_id").alias("stated_by"), "scope"
        )
        .unique("low_tco2", keep="first", maintain_order=True)
    )
    return record.events.join(stated, on="low_tco2")


@rule(
    "EVENT-ABOVE-ESTIMATE",
    "hold",
    f"Issued tonnes are at most {OVER_ESTIMATE} times the estimate for their period",
    f"発行量は当該期間の見込量の{OVER_ESTIMATE}倍以下である",
    on_event,
    value="{amount}",
    en="{amount:,} t in {years:.1f} years, {annual:,} t a year were expected.",
    ja="{years:.1f}年間で{amount:,}t。年間見込量は{annual:,}t。",
)
def _above_estimate(record: Record) -> pl.DataFrame:
    return record.rates.filter(pl.col("rate") > OVER_ESTIMATE * pl.col("annual"))


@rule(
    "EVENT-BELOW-ESTIMATE",
    "hold",
    "Issued tonnes are at least a fifth of the estimate for their period",
    "発行量は当該期間の見込量の5分の1以上である",
    on_event,
    value="{amount}",
    en="Only {amount:,} t in {years:.1f} years, {annual:,} t a year were expected.",
    ja="{years:.1f}年間で{amount:,}tにとどまる。年間見込量は{annual:,}t。",
)
def _below_estimate(record: Record) -> pl.DataFrame:
    is_known = pl.col("has_period") & pl.col("low_tco2").is_not_null()
    return record.rates.filter(is_known & (pl.col("rate") < UNDER_ESTIMATE * pl.col("annual")))


@rule(
    "EVENT-OTHER-RATE",
    "hold",
    f"Tonnes a year of two events of one project are within a factor of {OWN_RATE}",
    f"同じ案件の発行の年当たりの量の差は{OWN_RATE}倍以内である",
    on_event,
    value="{low_tco2}",
    en="{low_tco2:,} t are {rate:,.0f} t a year; other events of {project} make {others:,.0f} t.",
    ja="{low_tco2:,}tは年間{rate:,.0f}tに当たるが、{project}の他の発行は年間{others:,.0f}t。",
)
def _other_rate(record: Record) -> pl.DataFrame:
    rows = record.timeline.filter(
        ~pl.col("is_joint") & pl.col("years").is_not_null() & (pl.col("low_tco2") >= SIGNIFICANT_AMOUNT)
    ).with_columns((pl.col("low_tco2") / pl.col("years")).alias("rate"))
    number = pl.len().over("project_no")
    others = (pl.col("rate").sum().over("project_no") - pl.col("rate")) / (number - 1)
    rows = rows.filter(number > 1).with_columns(others.alias("others"))
    far = (pl.col("rate") > OWN_RATE * pl.col("others")) | (pl.col("rate") * OWN_RATE < pl.col("others"))
    return rows.filter((pl.col("others") > 0) & far)


@rule(
    "EVENT-TONNE",
    "refuse",
    "An amount is at least one tonne",
    "量は1t以上である",
    lambda row: About("article6_event", row["article6_event_id"], row["article6_event_id"]),
    value="{quantity_tco2}",
    en="The {action} of {occurred_on} is of {quantity_tco2} t. An amount that is not known is left empty.",
    ja="{occurred_on}の{action}の量が{quantity_tco2}t。不明な場合は空欄とする。",
)
def _less_than_a_tonne(record: Record) -> pl.DataFrame:
    return record["article6_event"].filter(pl.col("quantity_tco2") < 1)
