"""Stated totals against ours and against each other. What a statement covers is its code, never read from prose."""

from collections.abc import Iterator

import polars as pl

from etl.contracts.columns import latest_day
from etl.plausibility.record import Record, key_of
from etl.plausibility.rule import Doubt, Rule

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


def _doubt(row: dict[str, object], en: str, ja: str) -> Doubt:
    value = row["value"]
    amount = int(value) if isinstance(value, float) and "CO2" in str(row["unit"]) else None
    return Doubt("official_total", str(row["key"]), str(row["scope"]), f"{value:.15g}", en, ja, amount)


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


def _ours_above(record: Record) -> Iterator[Doubt]:
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
    for r in scoped.filter(pl.col("metric").is_in(list(measured))).iter_rows(named=True):
        year, rows = r["calendar_year"], measured[r["metric"]]
        rows = rows.filter(pl.col("on") <= r["stated_on"] if year is None else pl.col("on").dt.year() == year)
        for column in ("iso3", "project_id"):
            if r[column] is not None:
                rows = rows.filter(pl.col(column) == r[column])
        found = rows.get_column("ours").sum()
        if found > OURS_OVER * r["value"]:
            yield _doubt(
                r,
                f"{r['source_id']} states {r['value']:,.0f} for {r['scope']} ({r['calendar_year'] or r['as_of_on']}); the"
                f" record has {found:,}.",
                f"{r['source_id']}では{r['scope']}（{r['calendar_year'] or r['as_of_on']}）が{r['value']:,.0f}とされるが、"
                f"本記録では{found:,}。",
            )


def _by_day(rows: pl.DataFrame, day: pl.Expr, measure: pl.Expr, projects: list[str]) -> pl.DataFrame:
    """A measure by country and day, and by project for those that are asked for; rows without a day are left out."""
    project = pl.when(pl.col("project_id").is_in(projects)).then("project_id").alias("project_id")
    return rows.group_by("iso3", project, day.alias("on")).agg(measure.alias("ours")).drop_nulls("on")


def _falling(record: Record) -> Iterator[Doubt]:
    of_one = ["metric", *_SCOPE]
    # A weak figure is never believed alone, so nothing is held against it.
    firm = pl.when(pl.col("reliability") != "weak").then(pl.col("value"))
    rows = (
        _scoped(record)
        .filter(pl.col("metric").str.contains(_GROWING) & pl.col("stated_on").is_not_null())
        .sort("stated_on")
        .with_columns(firm.cum_max().shift(1).over(of_one).forward_fill().over(of_one).alias("former"))
    )
    for r in rows.filter(pl.col("value") < FALL * pl.col("former")).iter_rows(named=True):
        yield _doubt(
            r,
            f"{r['metric']} of {r['scope']} is {r['value']:,.0f} on {r['as_of_on']}; an earlier statement has"
            f" {r['former']:,.0f}.",
            f"{r['scope']}の{r['metric']}が{r['as_of_on']}時点で{r['value']:,.0f}。それ以前の公表値は{r['former']:,.0f}。",
        )


def _far_from_its_metric(record: Record) -> Iterator[Doubt]:
    median, number = pl.col("value").median().over("metric"), pl.len().over("metric")
    ratio = pl.col("value") / median
    rows = (
        _scoped(record)
        .filter(pl.col("metric").str.contains("^(expected|target)_cumulative"))
        .with_columns(
            median.alias("usual"),
            ((number > 2) & ((ratio > ONE_METRIC) | (ratio < 1 / ONE_METRIC))).alias("far"),
        )
    )
    for r in rows.filter("far").iter_rows(named=True):
        yield _doubt(
            r,
            f"{r['value']:,.0f} t are stated; the median of the statements of {r['metric']} is {r['usual']:,.0f} t.",
            f"公表値は{r['value']:,.0f}t。{r['metric']}の公表値の中央値は{r['usual']:,.0f}t。",
        )


def _wrong_unit(record: Record) -> Iterator[Doubt]:
    in_tonnes = pl.col("metric").str.contains(_IN_TONNES)
    unit = pl.col("unit")
    is_odd = pl.when(in_tonnes).then(~unit.is_in(["tCO2", "tCO2/yr"])).otherwise(unit.str.contains("CO2"))
    is_split = (pl.col("value") % 1 != 0) & ~unit.str.starts_with("million")
    for r in _scoped(record).filter(is_odd | is_split).iter_rows(named=True):
        yield _doubt(
            r,
            f"{r['metric']} is {r['value']:g} {r['unit']}.",
            f"{r['metric']}が{r['value']:g} {r['unit']}。",
        )


def _official_without_an_official_source(record: Record) -> Iterator[Doubt]:
    kinds = record["source"].select("source_id", "kind")
    rows = (
        _scoped(record)
        .filter(pl.col("reliability") == "official")
        .join(kinds, on="source_id")
        .filter(pl.col("kind") != "official")
    )
    for r in rows.iter_rows(named=True):
        yield _doubt(
            r,
            f"{r['source_id']} is {r['kind']}, but what it states is called official.",
            f"出典{r['source_id']}は{r['kind']}だが、公表値はofficialとされている。",
        )


def _first_issuance_unlike_ours(record: Record) -> Iterator[Doubt]:
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
    for r in stated.iter_rows(named=True):
        ours = first.filter(pl.col("iso3") == r["iso3"]).get_column(measures[r["metric"]])
        if ours.len() == 0 or ours.null_count():
            continue
        if abs(ours.sum() - r["value"]) > FIRST_ISSUANCE * r["value"]:
            yield _doubt(
                r,
                f"The first issuance of {r['iso3']} is stated as {r['value']:,.0f} t ({r['metric']}), ours is {ours.sum():,} t.",
                f"{r['iso3']}の初回発行は{r['value']:,.0f}t（{r['metric']}）とされるが、本記録では{ours.sum():,}t。",
            )


def _other_number_of_partners(record: Record) -> Iterator[Doubt]:
    signed = record["partner_country"].get_column("signed_to_on")
    stated = _scoped(record).filter(
        (pl.col("metric") == "partner_countries")
        & (pl.col("scope_code") == "jcm")
        & pl.col("stated_on").is_not_null()
    )
    for r in stated.iter_rows(named=True):
        ours = int((signed <= r["stated_on"]).sum())
        if abs(ours - r["value"]) > PARTNERS:
            yield _doubt(
                r,
                f"{r['value']:.0f} partners are stated on {r['as_of_on']}; {ours} had signed by then.",
                f"{r['as_of_on']}時点のパートナー国は{r['value']:.0f}か国とされるが、署名済みは{ours}か国。",
            )


FAMILY = "statements"
RULES = (
    Rule(
        "STATEMENT-OURS-ABOVE",
        "tell",
        FAMILY,
        f"Ours is at most {OURS_OVER:.0%} of what is stated for the same scope and day",
        f"本記録の値は同じ範囲及び時点の公表値の{OURS_OVER:.0%}以下である",
        _ours_above,
    ),
    Rule(
        "STATEMENT-FALLS",
        "hold",
        FAMILY,
        "A cumulative figure does not fall",
        "累計値は減少しない",
        _falling,
    ),
    Rule(
        "STATEMENT-METRIC",
        "hold",
        FAMILY,
        f"Statements of one metric are within a factor of {ONE_METRIC} of their median",
        f"同じ指標の公表値は中央値の{ONE_METRIC}分の1から{ONE_METRIC}倍までの範囲にある",
        _far_from_its_metric,
    ),
    Rule(
        "STATEMENT-UNIT",
        "hold",
        FAMILY,
        "Amounts are stated in tCO2, counts in whole numbers",
        "量の単位はtCO2、件数は整数である",
        _wrong_unit,
    ),
    Rule(
        "STATEMENT-OFFICIAL",
        "hold",
        FAMILY,
        "An official figure comes from an official source",
        "公的な値の出典は公的機関である",
        _official_without_an_official_source,
    ),
    Rule(
        "STATEMENT-FIRST-ISSUANCE",
        "hold",
        FAMILY,
        "The first issuance of a country is what was stated of it",
        "国の初回発行量は公表値に一致する",
        _first_issuance_unlike_ours,
    ),
    Rule(
        "STATEMENT-PARTNERS",
        "hold",
        FAMILY,
        "As many partners had signed as are stated for the day",
        "署名済みのパートナー国数は公表値に一致する",
        _other_number_of_partners,
    ),
)
