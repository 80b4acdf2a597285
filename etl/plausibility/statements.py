"""Stated totals against ours and against each other. What a statement covers is its code, never read from prose."""

from collections.abc import Iterator

import polars as pl

from etl.contracts.columns import latest_day
from etl.plausibility.record import Record, key_of
from etl.plausibility.rule import About, Row, rule

OURS_OVER = 1.5
"""Ours may be above a stated total by rounding or by a later cut-off, not by half."""
FALL = 0.5
"""A count or sum that only grows does not fall to less than half."""
ONE_METRIC = 10
"""Factor around the median of the statements of one metric on sums expected by one year; 3.7 on record."""
FIRST_ISSUANCE = 0.02
"""Two sources of one issuance differ by rounding at most; 150 and 151 t on record."""
PARTNERS = 1
"""A statement may be a few days older than its page: one signature more or less."""

_IN_TONNES = "^(credits_|expected_|target_|itmos_first_|japan_net_)"
_GROWING = "^(credits_.*cumulative|itmos_.*cumulative|partner_countries|registered_projects|supported_projects|approved_)"
_SCOPE = ["scope_code", "iso3", "project_id"]
_VALUE = "{value:.15g}"


def _on_statement(row: Row) -> About:
    amount = int(row["value"]) if "CO2" in row["unit"] else None
    return About("official_total", row["key"], row["scope"], amount)


def _scoped(record: Record) -> pl.DataFrame:
    """Statements with the code of their scope, `key` and `stated_on`, the last day that their date may mean."""
    return (
        record["official_total"]
        .with_columns(
            key_of("official_total").alias("key"),
            latest_day("as_of_on", "as_of_precision").alias("stated_on"),
        )
        .join(record["statement_scope"].select("scope", *_SCOPE), on="scope")
    )


@rule(
    "STATEMENT-OURS-ABOVE",
    "tell",
    f"Ours is at most {OURS_OVER:.0%} of what is stated for the same scope and day",
    f"本記録の値は同じ範囲及び時点の公表値の{OURS_OVER:.0%}以下である",
    _on_statement,
    value=_VALUE,
    en="{source_id} states {value:,.0f} for {scope} ({when}); the record has {ours:,}.",
    ja="{source_id}では{scope}（{when}）が{value:,.0f}とされるが、本記録では{ours:,}。",
)
def _ours_above(record: Record) -> Iterator[Row]:
    """Issued tonnes of the whole, a country, a project or a year against what is stated for the same day."""
    scoped = _scoped(record).filter(
        pl.col("scope_code").is_in(["jcm", "country", "project"])
        & pl.coalesce("calendar_year", pl.col("stated_on").dt.year()).is_not_null()
    )
    projects = scoped.get_column("project_id").drop_nulls().unique().to_list()
    issued = _by_day(
        record.events, pl.coalesce("issued_on", "decided_on"), pl.col("low_tco2").sum(), projects
    )
    registered = _by_day(record["project"], pl.col("registered_on"), pl.len(), projects)
    measured = {
        "credits_issued_in_year": issued,
        "credits_issued_cumulative": issued,
        "registered_projects": registered,
    }
    for row in scoped.filter(pl.col("metric").is_in(list(measured))).iter_rows(named=True):
        year, rows = row["calendar_year"], measured[row["metric"]]
        rows = rows.filter(
            pl.col("on") <= row["stated_on"] if year is None else pl.col("on").dt.year() == year
        )
        for column in ("iso3", "project_id"):
            if row[column] is not None:
                rows = rows.filter(pl.col(column) == row[column])
        ours = rows.get_column("ours").sum()
        if ours > OURS_OVER * row["value"]:
            yield {**row, "ours": ours, "when": year or row["as_of_on"]}


def _by_day(rows: pl.DataFrame, day: pl.Expr, measure: pl.Expr, projects: list[str]) -> pl.DataFrame:
    """A measure by country and day, and by project for those that are asked for; rows without a day are left out."""
    project = pl.when(pl.col("project_id").is_in(projects)).then("project_id").alias("project_id")
    return rows.group_by("iso3", project, day.alias("on")).agg(measure.alias("ours")).drop_nulls("on")


@rule(
    "STATEMENT-FALLS",
    "hold",
    "A cumulative figure does not fall",
    "累計値は減少しない",
    _on_statement,
    value=_VALUE,
    en="{metric} of {scope} is {value:,.0f} on {as_of_on}; an earlier statement has {former:,.0f}.",
    ja="{scope}の{metric}が{as_of_on}時点で{value:,.0f}。それ以前の公表値は{former:,.0f}。",
)
def _falling(record: Record) -> pl.DataFrame:
    of_one = ["metric", *_SCOPE]
    # A weak figure is never believed alone, so nothing is compared with it.
    firm = pl.when(pl.col("reliability") != "weak").then(pl.col("value"))
    return (
        _scoped(record)
        .filter(pl.col("metric").str.contains(_GROWING) & pl.col("stated_on").is_not_null())
        .sort("stated_on")
        .with_columns(firm.cum_max().shift(1).over(of_one).forward_fill().over(of_one).alias("former"))
        .filter(pl.col("value") < FALL * pl.col("former"))
    )


@rule(
    "STATEMENT-METRIC",
    "hold",
    f"Statements of one metric are within a factor of {ONE_METRIC} of their median",
    f"同じ指標の公表値は中央値の{ONE_METRIC}分の1から{ONE_METRIC}倍までの範囲にある",
    _on_statement,
    value=_VALUE,
    en="{value:,.0f} t are stated; the median of the statements of {metric} is {usual:,.0f} t.",
    ja="公表値は{value:,.0f}t。{metric}の公表値の中央値は{usual:,.0f}t。",
)
def _far_from_its_metric(record: Record) -> pl.DataFrame:
    median, number = pl.col("value").median().over("metric"), pl.len().over("metric")
    ratio = pl.col("value") / median
    return (
        _scoped(record)
        .filter(pl.col("metric").str.contains("^(expected|target)_cumulative"))
        .with_columns(median.alias("usual"))
        .filter((number > 2) & ((ratio > ONE_METRIC) | (ratio < 1 / ONE_METRIC)))
    )


@rule(
    "STATEMENT-UNIT",
    "hold",
    "Amounts are stated in tCO2, counts in whole numbers",
    "量の単位はtCO2、件数は整数である",
    _on_statement,
    value=_VALUE,
    en="{metric} is {value:g} {unit}.",
    ja="{metric}が{value:g} {unit}。",
)
def _wrong_unit(record: Record) -> pl.DataFrame:
    in_tonnes = pl.col("metric").str.contains(_IN_TONNES)
    unit = pl.col("unit")
    is_odd = pl.when(in_tonnes).then(~unit.is_in(["tCO2", "tCO2/yr"])).otherwise(unit.str.contains("CO2"))
    is_split = (pl.col("value") % 1 != 0) & ~unit.str.starts_with("million")
    return _scoped(record).filter(is_odd | is_split)


@rule(
    "STATEMENT-OFFICIAL",
    "hold",
    "An official figure comes from an official source",
    "公的な値の出典は公的機関である",
    _on_statement,
    value=_VALUE,
    en="{source_id} is {kind}, but what it states is called official.",
    ja="出典{source_id}は{kind}だが、公表値はofficialとされている。",
)
def _official_without_an_official_source(record: Record) -> pl.DataFrame:
    kinds = record["source"].select("source_id", "kind")
    return (
        _scoped(record)
        .filter(pl.col("reliability") == "official")
        .join(kinds, on="source_id")
        .filter(pl.col("kind") != "official")
    )


@rule(
    "STATEMENT-FIRST-ISSUANCE",
    "hold",
    "The first issuance of a country is what was stated of it",
    "国の初回発行量は公表値に一致する",
    _on_statement,
    value=_VALUE,
    en="The first issuance of {iso3} is stated as {value:,.0f} t ({metric}), ours is {ours:,} t.",
    ja="{iso3}の初回発行は{value:,.0f}t（{metric}）とされるが、本記録では{ours:,}t。",
)
def _first_issuance_unlike_ours(record: Record) -> Iterator[Row]:
    measures = {
        "credits_issued_event": "total_tco2",
        "credits_issued_event_japan_government": "japan_government_tco2",
    }
    dated = (
        record["issuance"].with_columns(pl.coalesce("decided_on", "issued_on").alias("on")).drop_nulls("on")
    )
    first = dated.filter(pl.col("on") == pl.col("on").min().over("iso3"))
    stated = _scoped(record).filter(
        (pl.col("scope_code") == "first_issuance") & pl.col("metric").is_in(list(measures))
    )
    for row in stated.iter_rows(named=True):
        ours = first.filter(pl.col("iso3") == row["iso3"]).get_column(measures[row["metric"]])
        is_known = ours.len() > 0 and not ours.null_count()
        if is_known and abs(ours.sum() - row["value"]) > FIRST_ISSUANCE * row["value"]:
            yield {**row, "ours": ours.sum()}


@rule(
    "STATEMENT-PARTNERS",
    "hold",
    "As many partners had signed as are stated for the day",
    "署名済みのパートナー国数は公表値に一致する",
    _on_statement,
    value=_VALUE,
    en="{value:.0f} partners are stated on {as_of_on}; {ours} had signed by then.",
    ja="{as_of_on}時点のパートナー国は{value:.0f}か国とされるが、署名済みは{ours}か国。",
)
def _other_number_of_partners(record: Record) -> Iterator[Row]:
    signed = record["partner_country"].get_column("signed_to_on")
    stated = _scoped(record).filter(
        (pl.col("metric") == "partner_countries")
        & (pl.col("scope_code") == "jcm")
        & pl.col("stated_on").is_not_null()
    )
    for row in stated.iter_rows(named=True):
        ours = int((signed <= row["stated_on"]).sum())
        if abs(ours - row["value"]) > PARTNERS:
            yield {**row, "ours": ours}
