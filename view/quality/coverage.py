"""How much is known of each partner country: projects with an estimate and a start, events with amounts and periods."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from view.marks.table import DASH, Column, Markup, Table, escape, linked, small
from view.page import Rows
from view.texts import Texts, Told

Row = dict[str, Any]
Link = Callable[..., str]
_COUNTS = ("projects", "listed", "with_estimate", "with_start", "events", "with_exact_amount", "with_period")


def total_of(countries: Rows) -> Row:
    """The sum of all countries."""
    days = [row["newest_on"] for row in countries if row["newest_on"]]
    sums = {key: sum(row[key] for row in countries) for key in _COUNTS}
    return {"iso3": None, **sums, "newest_on": max(days, default=None)}


def coverage_told(countries: Rows, t: Texts) -> Told:
    """Shares of the whole record, and partners of which nothing is on record."""
    total = total_of(countries)
    without = [t.country(row["iso3"]) for row in countries if not row["projects"] and not row["events"]]
    message = t(
        "Of {projects} projects {estimates} have an annual estimate and {starts} a stated or verified start",
        projects=t.number(total["projects"]),
        estimates=t.number(total["with_estimate"]),
        starts=t.number(total["with_start"]),
    )
    words = [
        t(
            "Of {events} issuance events {amounts} have an exact amount and {periods} a monitoring period.",
            events=t.number(total["events"]),
            amounts=t.number(total["with_exact_amount"]),
            periods=t.number(total["with_period"]),
        )
    ]
    if without:
        words.append(
            t("Nothing is on record of {countries}; that does not mean zero.", countries=t.listing(without))
        )
    return message if total["projects"] else "", t.gap.join(words)


def coverage_table(countries: Rows, link: Link, t: Texts) -> Table[Row]:
    """One row a partner; shares are of its own projects or events."""

    def name(row: Row) -> str:
        return t("All partners") if row["iso3"] is None else t.country(row["iso3"])

    def country(row: Row) -> str:
        return (
            escape(name(row)) if row["iso3"] is None else linked(link("country", iso3=row["iso3"]), name(row))
        )

    return Table(
        (
            Column("iso3", t("Partner country"), value=name, cell=country, is_head=True),
            *_counted("projects", t("Projects in the record"), None, t),
            *_counted("listed", t("On the project list"), "projects", t),
            *_counted("with_estimate", t("With an estimate"), "projects", t),
            *_counted("with_start", t("With a stated start"), "projects", t),
            *_counted("events", t("Issuance events"), None, t),
            *_counted("with_exact_amount", t("With an exact amount"), "events", t),
            *_counted("with_period", t("With a period"), "events", t),
            Column("newest_on", t("Newest fact"), "day", css="jcm-n"),
        ),
        countries,
        t,
        css="jcm-tight jcm-matrix",
    )


def coverage_html(table: Table[Row]) -> Markup:
    """The countries, and beneath them their sum."""
    rows = [*table.rows, total_of(list(table.rows))]
    return replace(table, rows=rows, row_css=lambda r: "jcm-sum" if r["iso3"] is None else "").html()


def _counted(key: str, label: str, of: str | None, t: Texts) -> Iterator[Column[Row]]:
    """A count, and its share of another; nothing is known of a share of none."""

    def count(row: Row) -> int | None:
        return row[key] if row[of or key] else None

    def share(row: Row) -> float | None:
        return row[key] / row[of] if of and row[of] else None

    def cell(row: Row) -> str:
        known, part = count(row), share(row)
        if known is None:
            return DASH if of else t("none known")
        return escape(t.number(known)) + small("" if part is None else t.percent(part))

    yield Column(key, label, "number", value=count, cell=cell)
    if of:
        yield Column(f"{key}_share", t("{label}, share", label=label), "share", value=share, cell=None)
