"""The items of readiness, their states, and how a cell tells one: sign, date, source and how far it is believed."""

from collections.abc import Mapping
from typing import Any

from view.marks.markup import key, keys
from view.marks.table import ONE_LINE, Column, Markup, Table, small, source_link
from view.page import Rows
from view.stated_words import stated
from view.target.statements import reliability_names
from view.texts import Texts

Row = Mapping[str, Any]
SIGNS = {"in place": "✓", "in part": "◐", "not yet": "✕"}


def item_names(t: Texts) -> dict[str, str]:
    """The items, in the order in which a partner comes to them."""
    return {
        "memorandum": t("Memorandum"),
        "rules_article_6": t("Rules in line with Article 6"),
        "authorisation_arrangement": t("Authorisation under Article 6"),
        "registry": t("Registry"),
        "initial_report": t("Initial report"),
        "pin": t("Project Idea Note"),
        "first_decision": t("First decision on issuance"),
        "first_transfer": t("First transfer"),
    }


def state_names(t: Texts) -> dict[str | None, str]:
    """What is known of an item; None where nothing is."""
    return {
        "in place": t("done"),
        "in part": t("in part"),
        "not yet": t("not yet, as stated"),
        None: t("not known"),
    }


def dated(row: Row, t: Texts) -> str:
    """The date of an item as exactly as it is known."""
    if row["dated_on"] is None:
        return t("undated")
    if row["dated_precision"] == "day":
        return t.day_short(row["dated_on"])
    return t.partial_day(row["dated_on"], row["dated_precision"])


def believed(row: Row, t: Texts) -> str:
    """The kind of the source; a weak one makes what it says reported only."""
    return t("reported") if row["reliability"] == "weak" else reliability_names(t)[row["reliability"]]


def signed(state: str | None, t: Texts) -> Markup:
    """The sign of a state, which is read out in words."""
    if state is None:
        return Markup('<span class="jcm-none">– {}</span>').format(t("not known"))
    return Markup('<b role="img" aria-label="{}">{}</b>').format(state_names(t)[state], SIGNS[state])


def cell(row: Row, t: Texts) -> Markup:
    """Sign and date, below them the source; what was stated shows when the cell is pointed at."""
    if row["state"] is None:
        return signed(None, t)
    words = stated(row["value"], t) if row["value"] else state_names(t)[row["state"]]
    return Markup('<span title="{}">{} {}</span>{}').format(
        words, signed(row["state"], t), dated(row, t), small(source_link(row["url"], believed(row, t)))
    )


def legend(t: Texts) -> Markup:
    """What the signs mean."""
    names = state_names(t)
    return keys(
        *(key(Markup("<b>{}</b> ").format(sign), names[state]) for state, sign in SIGNS.items()),
        key(Markup("– "), t("not known: no statement was found, which does not mean that there is none")),
    )


def steps_table(rows: Rows, t: Texts, *, has_partner: bool = True) -> Table[dict[str, Any]]:
    """One row an item, of all partners or of one: state, statement, date, source."""
    names, states = item_names(t), state_names(t)

    def statement(row: Row) -> str | None:
        return stated(row["value"], t) if row["value"] else None

    partner: tuple[Column[dict[str, Any]], ...] = (
        Column("iso3", t("Partner country"), "country", value=lambda r: t.country(r["iso3"]), is_head=True),
    )
    return Table(
        (
            *(partner if has_partner else ()),
            Column("item", t("Step"), value=lambda r: names[r["item"]], is_head=not has_partner),
            Column(
                "state",
                t("State"),
                value=lambda r: states[r["state"]],
                cell=lambda r: signed(r["state"], t) + (f" {states[r['state']]}" if r["state"] else ""),
                css=ONE_LINE,
            ),
            Column("value", t("What is stated"), value=statement),
            Column(
                "dated_on",
                t("Dated"),
                "day",
                cell=lambda r: dated(r, t) if r["state"] else "",
                css=ONE_LINE,
            ),
            Column(
                "reliability",
                t("Reliability"),
                value=lambda r: believed(r, t) if r["state"] else None,
                cell=lambda r: source_link(r["url"], believed(r, t)) if r["state"] else "",
                page_label=t("Source"),
            ),
            Column("url", t("Source"), "source", cell=None),
        ),
        rows,
        t,
    )
