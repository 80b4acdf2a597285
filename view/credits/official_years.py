"""What was stated as issued by calendar year beside the events of the record: itemised, open, or more than stated."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from view.amounts import between, tonnes, tonnes_between
from view.credits.content import Credits
from view.credits.parts import events_cell, part_keys, parts_bar
from view.marks.table import DASH, WIDE, Column, Markup, Table
from view.page import Rows
from view.texts import Texts, Told

Row = Mapping[str, Any]
TCO2 = "tCO2"

SUMMED = (
    "stated_tco2",
    "events",
    "events_without_amount",
    "itemised_exact_tco2",
    "itemised_low_tco2",
    "itemised_high_tco2",
    "open_low_tco2",
    "open_high_tco2",
    "more_than_stated_tco2",
)


def _stated(content: Credits) -> Rows:
    return [row for row in content.official_years if row["stated_tco2"] is not None]


def _sum(rows: Rows) -> dict[str, int]:
    return {key: sum(row[key] for row in rows) for key in SUMMED}


def _span(rows: Rows, t: Texts) -> str:
    first, last = (t.year(row["calendar_year"], "calendar") for row in (rows[0], rows[-1]))
    return t("{low} to {high}", low=first, high=last)


def official_years_told(content: Credits, t: Texts) -> Told:
    """How much of what was stated the events itemise exactly, how much more as ranges or in part, and what is open."""
    stated = _stated(content)
    if not stated:
        return "", t("Nothing is stated by calendar year on this day.")
    total = _sum(stated)
    low, high = (
        total[end] - total["itemised_exact_tco2"] for end in ("itemised_low_tco2", "itemised_high_tco2")
    )
    parts = [
        t(
            "Of {stated} stated as issued in {years} our events itemise {exact} exactly.",
            stated=tonnes(total["stated_tco2"], t),
            years=_span(stated, t),
            exact=tonnes(total["itemised_exact_tco2"], t),
        ),
        t("Events known as a range or in part add {more}.", more=tonnes_between(low, high, t))
        if high
        else "",
        t(
            "{open} are stated and not itemised; they are given to no country.",
            open=tonnes_between(total["open_low_tco2"], total["open_high_tco2"], t),
        ),
    ]
    held = [total[end] / total["stated_tco2"] for end in ("itemised_low_tco2", "itemised_high_tco2")]
    message = t(
        "Our records itemise {share} of the credits stated as issued in {years}",
        share=between(held[0], held[1], t, lambda share, words: words.percent(share)),
        years=_span(stated, t),
    )
    # A year of which we hold more than was stated makes the sum say nothing of the others.
    return message if held[1] <= 1 else "", t.gap.join(part for part in parts if part)


def official_years_table(content: Credits, t: Texts) -> Table[Row]:
    """One row a year; the bar is what is stated for the year (or itemised, where that is more), whatever its size."""
    return Table(
        (
            Column(
                "calendar_year",
                t("Calendar year of issuance"),
                cell=lambda r: r.get("span") or t.year(r["calendar_year"], "calendar"),
                is_head=True,
            ),
            Column(
                "stated_tco2",
                t("Stated (tCO2)"),
                "tonnes",
                cell=lambda r: _stated_words(r, t),
                page_label=t("Stated"),
            ),
            Column("itemised_exact_tco2", t("Itemised exactly (tCO2)"), "tonnes", cell=None),
            Column(
                "itemised_low_tco2",
                t("Itemised, low end (tCO2)"),
                "tonnes",
                cell=lambda r: _itemised(r, t),
                page_label=t("Itemised in our records"),
            ),
            Column("itemised_high_tco2", t("Itemised, high end (tCO2)"), "tonnes", cell=None),
            Column("parts", t("Parts"), value=None, cell=_bar, css=WIDE),
            Column(
                "open_low_tco2",
                t("Stated, not itemised, at least (tCO2)"),
                "tonnes",
                cell=lambda r: _open(r, t),
                page_label=t("Open"),
            ),
            Column("open_high_tco2", t("Stated, not itemised, at most (tCO2)"), "tonnes", cell=None),
            Column(
                "more_than_stated_tco2",
                t("More than stated (tCO2)"),
                "tonnes",
                cell=lambda r: tonnes(r["more_than_stated_tco2"], t) if r["more_than_stated_tco2"] else DASH,
                page_label=t("More than stated"),
                css=WIDE,
            ),
            Column("events", t("Events"), "number", cell=lambda r: events_cell(r, t), css=WIDE),
            Column("events_without_amount", t("Events without an amount"), "number", cell=None),
            Column("url", t("Source"), "source", cell=None),
        ),
        content.official_years,
        t,
        css="jcm-tight jcm-shares",
        row_css=lambda r: "jcm-sum" if "span" in r else "",
    )


def official_years_html(content: Credits, t: Texts) -> Markup:
    """The table with the sum of the years with a statement, under the names of the parts of its bars."""
    names = {
        "exact": t("Itemised exactly"),
        "low": t("Itemised as a range or in part, low end"),
        "range": t("Up to the high end"),
        "open": t("Stated, not itemised"),
    }
    stated = _stated(content)
    sums = [{**_sum(stated), "span": _span(stated, t)}] if stated else []
    table = official_years_table(content, t)
    return part_keys(names) + replace(table, rows=[*table.rows, *sums]).html()


def _stated_words(row: Row, t: Texts) -> str:
    return t("nothing stated") if row["stated_tco2"] is None else tonnes(row["stated_tco2"], t)


def _itemised(row: Row, t: Texts) -> str:
    if row["events"] == row["events_without_amount"]:
        return t("amount not known") if row["events"] else DASH
    return tonnes_between(row["itemised_low_tco2"], row["itemised_high_tco2"], t)


def _open(row: Row, t: Texts) -> str:
    low, high = row["open_low_tco2"], row["open_high_tco2"]
    if row["stated_tco2"] is None:
        return DASH
    if not high:
        return t("none")
    return tonnes_between(low, high, t) if low else t("up to {amount}", amount=tonnes(high, t))


def _bar(row: Row) -> Markup:
    """The parts of the greater of both: the range reaches into what would otherwise be open."""
    exact, low, high = (row[f"itemised_{end}_tco2"] for end in ("exact", "low", "high"))
    return parts_bar(
        {"exact": exact, "low": low - exact, "range": high - low, "open": row["open_low_tco2"] or 0}
    )
