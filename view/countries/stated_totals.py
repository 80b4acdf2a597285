"""Totals that officials and others stated for one country, beside ours."""

from view.amounts import between
from view.countries.content import CountryProfile
from view.marks.table import DASH, ONE_LINE, Column, Markup, Table, escape, small, source_link
from view.page import Rows
from view.target.statements import Row, coverage_words, metric_names, reliability_names, unit_name
from view.texts import Texts, Told
from view.tiles import Tile, TileMaker

TOTALS = (
    "credits_issued_cumulative",
    "credits_issued_cumulative_japan",
    "credits_issued_cumulative_partner",
    "expected_annual_reductions",
    "registered_projects",
    "listed_projects",
    "supported_projects",
)
"""Metrics that count the whole country, in the order in which they are shown; the others are of single events."""


def stated_totals(profile: CountryProfile) -> Rows:
    """The latest statement of each metric, one that is dated and not of a weak source where there is one."""
    latest: dict[str, Row] = {}

    def weight(row: Row) -> tuple[bool, str]:
        return row["reliability"] != "weak", str(row["as_of_on"] or "")

    for row in profile.stated:
        metric = row["metric"]
        if row["iso3"] != profile.iso3 or metric not in TOTALS:
            continue
        if metric not in latest or weight(row) >= weight(latest[metric]):
            latest[metric] = row
    return [latest[metric] for metric in TOTALS if metric in latest]


def totals_tile(profile: CountryProfile, tile: TileMaker, t: Texts) -> Tile:
    """Stated and ours beside each other, with what ours covers."""
    names, reliability = metric_names(t), reliability_names(t)

    def day(row: Row) -> str:
        return t.partial_day(row["as_of_on"], row["as_of_precision"]) if row["as_of_on"] else t("undated")

    def what(row: Row) -> Markup:
        return source_link(row["url"], names[row["metric"]]) + small(
            f"{day(row)} · {reliability[row['reliability']]}"
        )

    def stated(row: Row) -> Markup:
        return escape(t.number(row["stated_value"])) + small(unit_name(row["unit"], t))

    def coverage(row: Row) -> str:
        return DASH if row["coverage"] is None else coverage_words(row, t)

    rows = stated_totals(profile)
    table = Table[Row](
        (
            Column("metric", t("Statement"), value=lambda r: names[r["metric"]], cell=what, is_head=True),
            Column("as_of_on", t("Date of statement"), value=day, cell=None),
            Column("stated_value", t("Stated"), "number", cell=stated),
            Column("unit", t("Unit"), value=lambda r: unit_name(r["unit"], t), cell=None),
            Column("our_value", t("Ours"), "number", cell=lambda r: _ours(r, t)),
            Column("our_high_value", t("Ours, high end"), "number", cell=None),
            Column("coverage", t("Coverage"), "share", cell=coverage, css=ONE_LINE),
            Column(
                "basis",
                t("How ours was made"),
                value=lambda r: t.pick(r["basis_en"], r["basis_ja"]),
                cell=None,
            ),
            Column("reliability", t("Reliability"), value=lambda r: reliability[r["reliability"]], cell=None),
            Column("url", t("Source"), "source", cell=None),
        ),
        rows,
        t,
    )
    return tile(
        "reconciliation",
        t("Ours for the date of each statement; nothing is scaled up"),
        title=t("Totals stated for the country, beside ours"),
        told=_told(rows, t),
        table=table,
    )


def _ours(row: Row, t: Texts) -> str:
    if row["our_value"] is None:
        return t("not known")
    return between(row["our_value"], row["our_high_value"], t, lambda value, words: words.number(value))


def _told(rows: Rows, t: Texts) -> Told:
    """What our records hold of the first total."""
    row = rows[0]
    values = {
        "what": metric_names(t)[row["metric"]],
        "stated": t("{n} {unit}", n=t.number(row["stated_value"]), unit=unit_name(row["unit"], t)),
    }
    if row["coverage"] is None:
        return "", t("{what}: {stated} stated; ours cannot be compared with it.", **values)
    ours = t("{n} {unit}", n=_ours(row, t), unit=unit_name(row["unit"], t))
    return t(
        "{what}: of {stated} stated our records hold {ours} for that date, {share}",
        ours=ours,
        share=coverage_words(row, t),
        **values,
    ), ""
