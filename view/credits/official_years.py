"""What was stated as issued by calendar year beside the events of the record: itemised, open, or more than stated."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pyarrow as pa

from view.amounts import tonnes, tonnes_between
from view.credits.content import Credits
from view.target.content import Rows, labelled
from view.texts import Texts

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


def official_years_sentence(content: Credits, t: Texts) -> str:
    """How much of what was stated the events itemise exactly, how much more as ranges or in part, and what is open."""
    stated = _stated(content)
    if not stated:
        return t("Nothing is stated by calendar year on this day.")
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
    return t.gap.join(part for part in parts if part)


def official_years_table(content: Credits, t: Texts) -> str:
    """HTML: a row a year; the bar is what is stated for the year (or itemised, where that is more), whatever its size."""
    keys = (
        ("exact", t("Itemised exactly")),
        ("low", t("Itemised as a range or in part, low end")),
        ("range", t("Up to the high end")),
        ("open", t("Stated, not itemised")),
    )
    legend = "".join(
        f'<span><i class="jcm-swatch jcm-part-{part}"></i>{escape(name)}</span>' for part, name in keys
    )
    heads = (
        (t("Calendar year of issuance"), ""),
        (t("Stated"), "jcm-n"),
        (t("Itemised in our records"), "jcm-n"),
        (t("Parts"), "jcm-hide-narrow"),
        (t("Open"), "jcm-n"),
        (t("More than stated"), "jcm-n jcm-hide-narrow"),
        (t("Events"), "jcm-n jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = "".join(
        _row(t.year(row["calendar_year"], "calendar"), row, "", t) for row in content.official_years
    )
    stated = _stated(content)
    if stated:
        body += _row(_span(stated, t), _sum(stated), "jcm-sum", t)
    return (
        f'<div class="jcm-keys">{legend}</div><div class="jcm-scroll"><table class="jcm-tight jcm-shares">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(name: str, row: Mapping[str, Any], css: str, t: Texts) -> str:
    missing = row["events_without_amount"]
    small = f"<small>{escape(t('{n} without an amount', n=t.number(missing)))}</small>" if missing else ""
    is_stated = row["stated_tco2"] is not None
    if row["events"] == missing:
        itemised = "–" if not missing else t("amount not known")
    else:
        itemised = tonnes_between(row["itemised_low_tco2"], row["itemised_high_tco2"], t)
    cells = (
        ("jcm-n", escape(tonnes(row["stated_tco2"], t) if is_stated else t("nothing stated"))),
        ("jcm-n", escape(itemised)),
        ("jcm-hide-narrow", f'<div class="jcm-parts" aria-hidden="true">{_bar(row)}</div>'),
        ("jcm-n", escape(_open(row, t)) if is_stated else "–"),
        (
            "jcm-n jcm-hide-narrow",
            escape(tonnes(row["more_than_stated_tco2"], t)) if row["more_than_stated_tco2"] else "–",
        ),
        ("jcm-n jcm-hide-narrow", t.number(row["events"]) + small),
    )
    tds = "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in cells)
    return f'<tr class="{css}"><th scope="row">{escape(name)}</th>{tds}</tr>'


def _open(row: Mapping[str, Any], t: Texts) -> str:
    low, high = row["open_low_tco2"], row["open_high_tco2"]
    if not high:
        return t("none")
    return tonnes_between(low, high, t) if low else t("up to {amount}", amount=tonnes(high, t))


def _bar(row: Mapping[str, Any]) -> str:
    """The parts of the greater of both: the range reaches into what would otherwise be open. Nothing is drawn of 0 t."""
    exact, low, high = (row[f"itemised_{end}_tco2"] for end in ("exact", "low", "high"))
    parts = {"exact": exact, "low": low - exact, "range": high - low, "open": row["open_low_tco2"] or 0}
    whole = sum(parts.values())
    return "".join(
        f'<i class="jcm-part-{part}" style="width:{tco2 / whole * 100:.2f}%"></i>'
        for part, tco2 in parts.items()
        if tco2
    )


def official_years_rows(content: Credits, t: Texts) -> pa.Table:
    """The same as a plain table."""
    rows = content.official_years
    return labelled(
        {
            t("Calendar year of issuance"): [row["calendar_year"] for row in rows],
            t("Stated (tCO2)"): [row["stated_tco2"] for row in rows],
            t("Itemised exactly (tCO2)"): [row["itemised_exact_tco2"] for row in rows],
            t("Itemised, low end (tCO2)"): [row["itemised_low_tco2"] for row in rows],
            t("Itemised, high end (tCO2)"): [row["itemised_high_tco2"] for row in rows],
            t("Stated, not itemised, at least (tCO2)"): [row["open_low_tco2"] for row in rows],
            t("Stated, not itemised, at most (tCO2)"): [row["open_high_tco2"] for row in rows],
            t("More than stated (tCO2)"): [row["more_than_stated_tco2"] for row in rows],
            t("Events"): [row["events"] for row in rows],
            t("Events without an amount"): [row["events_without_amount"] for row in rows],
            t("Source"): [row["url"] for row in rows],
        }
    )
