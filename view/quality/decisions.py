"""Changes that a refresh proposes and nobody has decided on, and values that were replaced."""

from dataclasses import replace
from typing import Any

from view.marks.markup import sentence
from view.marks.table import DASH, ONE_LINE, Column, Markup, Table, escape, small
from view.page import Rows
from view.quality.sources import address
from view.texts import Texts

Row = dict[str, Any]
ROWS_AT_MOST = 80
_CSS = "jcm-tight jcm-changes"


def action_names(t: Texts) -> dict[str, str]:
    """What is proposed."""
    return {
        "added": t("new"),
        "changed": t("changed"),
        "same": t("probably one of ours"),
        "gone": t("no longer listed"),
        "contradicting": t("contradicts the record"),
    }


def waiting(proposals: Rows, t: Texts) -> str:
    """How many changes wait, as a title."""
    if not proposals:
        return t("No proposed change waits for a decision")
    return t.count(
        "{n} proposed change waits for a decision",
        "{n} proposed changes wait for a decision",
        len(proposals),
    )


def proposals_sentence(proposals: Rows, t: Texts) -> str:
    """How many need a person, and since when they wait; in words where nothing is open."""
    if not proposals:
        return t("Nothing is open: no refresh has left a proposal on which nobody has decided.")
    return t(
        "Changes that a refresh found and that have no effect yet: {people} to be decided by a person, {plain} that can be"
        " accepted as they are. The oldest is of {day}.",
        people=t.number(sum(row["needs_decision"] for row in proposals)),
        plain=t.number(sum(not row["needs_decision"] for row in proposals)),
        day=t.day(min(row["proposed_on"] for row in proposals)),
    )


def proposals_table(proposals: Rows, t: Texts) -> Table[Row]:
    """Open proposals by day, source and row."""
    actions = action_names(t)

    def source(row: Row) -> str:
        return t.pick(row["source_en"], row["source_ja"]) or str(row["source_code"])

    def like(row: Row) -> str:
        if row["match_key"] is None:
            return DASH
        score = row["match_score"]
        return escape(row["match_key"]) + small("" if score is None else t.percent(score))

    return Table(
        (
            Column("proposed_on", t("Proposed on"), "day", css=ONE_LINE),
            Column("action", t("What is proposed"), value=lambda r: actions[r["action"]]),
            *_changed(t, t("none stated")),
            Column("source", t("Source"), value=source, css="jcm-what"),
            Column("evidence", t("Where it was read"), css="jcm-what"),
            Column("match_key", t("Like row"), cell=like),
            Column("match_score", t("Likeness"), "share", cell=None),
            Column("finding_codes", t("Doubted by")),
            Column(
                "needs_decision",
                t("Decision"),
                value=lambda r: t("by a person") if r["needs_decision"] else t("can be accepted as it is"),
            ),
            Column("proposal_id", t("Proposal"), css=ONE_LINE),
        ),
        proposals,
        t,
        css=_CSS,
        is_long=True,
    )


def revisions_sentence(revisions: Rows, t: Texts) -> str:
    """How many values were replaced, and when last; in words where none was."""
    if not revisions:
        return t("No value was replaced yet: no proposal of a refresh has been accepted.")
    return t.count(
        "{n} change accepted, the last on {day}; the value before and its source are kept.",
        "{n} changes accepted, the last on {day}; the values before and their sources are kept.",
        len(revisions),
        day=t.day(revisions[0]["accepted_on"]),
    )


def revisions_table(revisions: Rows, t: Texts) -> Table[Row]:
    """Replaced values, the newest first."""

    def sources(row: Row) -> Markup:
        before = address(row["url_before"], row["source_before"] or t("not known"))
        return escape(before) + " → " + escape(address(row["url_after"], row["source_after"]))

    return Table(
        (
            Column("accepted_on", t("Accepted on"), "day", css=ONE_LINE),
            *_changed(t, t("emptied")),
            Column("sources", t("Source before → after"), value=None, cell=sources, css="jcm-what"),
            Column("source_before", t("Source before"), cell=None),
            Column("url_before", t("Address before"), "source", cell=None),
            Column("source_after", t("Source after"), cell=None),
            Column("url_after", t("Address after"), "source", cell=None),
            Column("reason", t("Reason"), value=lambda r: r["reason"], css="jcm-what"),
            Column("proposed_on", t("Proposed on"), "day", css=ONE_LINE),
            Column("proposal_id", t("Proposal"), css=ONE_LINE),
        ),
        revisions,
        t,
        css=_CSS,
        is_long=True,
    )


def _changed(t: Texts, nothing_after: str) -> tuple[Column[Row], ...]:
    """Which cell of which row, and its value before and after; `nothing_after` says that there is none after."""
    return (
        Column(
            "row_key",
            t("Row"),
            cell=lambda r: escape(r["row_key"]) + small(_place(r, t)),
            is_head=True,
        ),
        Column("table_name", t("Table"), cell=None),
        Column("column", t("Column"), cell=None),
        Column(
            "value_before",
            t("Value before → after"),
            value=None,
            cell=lambda r: _change(r, t("none on record"), nothing_after),
            css="jcm-what",
        ),
        Column("before", t("Value before"), value=lambda r: r["value_before"], cell=None),
        Column("after", t("Value after"), value=lambda r: r["value_after"], cell=None),
    )


def first_rows(table: Table[Row], t: Texts) -> Markup:
    """The rows that a page holds, and how many more there are; nothing for a table without rows."""
    if not table.rows:
        return Markup(" ")
    html = replace(table, rows=table.rows[:ROWS_AT_MOST]).html()
    more = len(table.rows) - ROWS_AT_MOST
    return (
        html
        if more <= 0
        else html + sentence(t("{n} more under “Table, downloads and query” below", n=t.number(more)))
    )


def _place(row: Row, t: Texts) -> str:
    return f"{row['table_name']} · {row['column'] or t('whole row')}"


def _change(row: Row, before: str, after: str) -> str:
    return f"{row['value_before'] or before} → {row['value_after'] or after}"
