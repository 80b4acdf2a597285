"""How credits are shared: Japanese government and companies, partner, and what is not known."""

from collections.abc import Mapping
from typing import Any

from model.fiscal_year import fiscal_year_of
from view.amounts import amount_short, between, reported, tonnes, tonnes_between
from view.credits.content import Credits, reported_sentence
from view.credits.parts import events_cell, part_keys, parts_bar
from view.marks.table import DASH, WIDE, Column, Markup, Table, escape, small
from view.page import Rows
from view.texts import Texts, Told

Row = Mapping[str, Any]
TCO2 = "tCO2"

PARTS = ("government", "company", "unsplit", "partner", "unknown")


def part_names(t: Texts) -> dict[str, str]:
    """Names of the parts, in the order in which they are drawn."""
    return {
        "government": t("Japanese government"),
        "company": t("Japanese companies"),
        "unsplit": t("Japanese side, not divided in our records"),
        "partner": t("Partner side"),
        "unknown": t("Holder not known"),
    }


def allocation_table(content: Credits, rows: Rows, heading: str, t: Texts) -> Table[Row]:
    """One row a group, a bar of its parts, and what the Japanese side holds at least and at most."""
    return Table(
        (
            Column("value", heading, value=lambda r: _name(r, content, t), is_head=True),
            Column("events", t("Events"), "number", cell=lambda r: events_cell(r, t), css=WIDE),
            Column("events_without_amount", t("Events without an amount"), "number", cell=None),
            Column(
                "tco2_low",
                t("Issuance decided, low end (tCO2)"),
                "tonnes",
                cell=lambda r: _decided(r, content, t),
                page_label=t("Issuance decided"),
            ),
            Column("tco2_high", t("Issuance decided, high end (tCO2)"), "tonnes", cell=None),
            Column("shares", t("Shares"), value=None, cell=_bar, css=WIDE),
            *(
                Column(f"{part}_tco2", t("{part} (tCO2)", part=name), "tonnes", cell=None, page_label=name)
                for part, name in part_names(t).items()
            ),
            Column(
                "japan_least_tco2",
                t("Japanese side at least (tCO2)"),
                "tonnes",
                cell=lambda r: _japan(r, content, t),
                page_label=t("Japanese side"),
            ),
            Column("japan_most_tco2", t("Japanese side at most (tCO2)"), "tonnes", cell=None),
            Column("reported_tco2", t("Reported, not confirmed (tCO2)"), "tonnes", cell=None),
        ),
        rows,
        t,
        css="jcm-tight jcm-shares",
        row_css=lambda r: "jcm-kept" if r["tco2_low"] is None else "",
    )


def allocation_html(table: Table[Row], t: Texts) -> Markup:
    """The table under the names of the parts of its bars."""
    names = part_names(t)
    if any(_spread(row) for row in table.rows):
        names["range"] = t("From the low to the high end of ranges")
    return part_keys(names) + table.html()


def _name(row: Row, content: Credits, t: Texts) -> str:
    value = row["value"]
    if value is None:
        return t("no date known")
    text = str(value)
    return t.year(int(text)) if text.isdecimal() else content.names["country"].get(text, text)


def _spread(row: Row) -> int:
    """Tonnes from the low to the high end; the holder of none of them is known."""
    return (row["tco2_high"] or 0) - (row["tco2_low"] or 0)


def _bar(row: Row) -> Markup:
    if row["tco2_low"] is None:
        return Markup("")
    drawn = {part: row[f"{part}_tco2"] for part in PARTS} | {"range": _spread(row)}
    drawn["unknown"] -= drawn["range"]
    return parts_bar(drawn)


def _decided(row: Row, content: Credits, t: Texts) -> str:
    if row["tco2_low"] is None:
        return DASH
    total = _at_least(tonnes_between(row["tco2_low"], row["tco2_high"], t), row, content, t)
    return escape(total) + small(reported(row["reported_tco2"], t))


def _is_in_part(row: Row, content: Credits) -> bool:
    """Whether of an event of the group one side's part alone is known."""
    return any(
        row["value"] in {event["iso3"], _fiscal_year(event)}
        for event in content.events
        if event["amount_basis"] == "at least"
    )


def _fiscal_year(event: Mapping[str, Any]) -> str | None:
    day = event["decided_on"] or event["issued_on"]
    return None if day is None else str(fiscal_year_of(day))


def _at_least(text: str, row: Row, content: Credits, t: Texts) -> str:
    return t("at least {amount}", amount=text) if _is_in_part(row, content) else text


def _japan(row: Row, content: Credits, t: Texts) -> str:
    """Tonnes of the Japanese side; its share too, unless the whole is known in part only."""
    least, most, whole = row["japan_least_tco2"], row["japan_most_tco2"], row["tco2_high"]
    if row["tco2_low"] is None:
        return t("amount not known")
    if most and not least:
        return t("up to {amount}", amount=tonnes(most, t))
    text = _at_least(tonnes_between(least, most, t), row, content, t)
    if _is_in_part(row, content):
        return text
    return escape(text) + small(between(least / whole, most / whole, t, lambda x, _: t.percent(x)))


def allocation_by_year_told(content: Credits, t: Texts) -> Told:
    """In which year most was decided of which the Japanese side's part is known."""
    known = {
        row["value"]: row["japan_least_tco2"] for row in content.shared_by_year if row["value"] is not None
    }
    most = max(known, key=lambda year: known[year] or 0, default=None)
    if most is None or not known[most]:
        return "", t.prose(allocation_told(content, t))
    return t(
        "Most of what is known to be the Japanese side's was decided in {year}: {amount} of {total}",
        year=t.year(int(most)),
        amount=amount_short(known[most], t),
        total=amount_short(content.shares()["japan_least"], t),
    ), reported_sentence(content, "notified", t)


def allocation_told(content: Credits, t: Texts) -> Told:
    """What each side has of the known amounts."""
    parts = content.shares()
    if not parts["tco2"]:
        return "", t("No amount is known in this selection.")
    total = between(
        content.rung("notified")["tco2_low"], content.rung("notified")["tco2_high"], t, amount_short
    )
    message = t(
        "Of {total} decided, {japan} are known to be the Japanese side's part and {partner} the partner's; of {unknown} the"
        " holder is not known",
        total=total,
        japan=amount_short(parts["japan_least"], t),
        partner=amount_short(parts["partner"], t),
        unknown=between(parts["unknown"] - parts["spread"], parts["unknown"], t, amount_short),
    )
    return message, reported_sentence(content, "notified", t)
