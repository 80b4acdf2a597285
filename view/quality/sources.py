"""How old each source is, against the reader's day, and what came of the last attempt to read it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from model.freshness import OVERDUE_AFTER, age_days, state_of
from view.marks.table import DASH, ONE_LINE, Column, Table, escape, small, source_link
from view.methods import state_names
from view.page import Rows
from view.texts import Texts, Told

Row = dict[str, Any]


def judged(rows: Rows, today: date) -> list[Row]:
    """Each source with its age and state on a day; None for both where no day is known.

    The state counts from the day of what the record holds, or from the last reading if the record agrees with it.
    """

    def of(row: Mapping[str, Any]) -> Row:
        known = [day for day in (row["held_on"], row["agreed_on"]) if day]
        return {
            **row,
            "age_days": age_days(row["held_on"], today) if row["held_on"] else None,
            "state": state_of(max(known), row["cadence_days"], today) if known else None,
        }

    return [of(row) for row in rows]


def overdue(sources: Sequence[Row], t: Texts) -> str:
    """How many sources are overdue, as a title."""
    late = sum(row["state"] == "overdue" for row in sources)
    everything = t.number(len(sources))
    if not late:
        return t("No source is known to be overdue")
    return t.count(
        "{n} of {all} sources is overdue", "{n} of {all} sources are overdue", late, all=everything
    )


def sources_told(sources: Sequence[Row], today: date, t: Texts) -> Told:
    """The sources by state, how a state is told, and how many were never tried."""
    states = [row["state"] for row in sources]
    names = [*state_names(t).items(), (None, t("not known"))]
    counts = [f"{name} {t.number(states.count(state))}" for state, name in names if state in states]
    never = sum(row["tried_on"] is None for row in sources)
    words = [
        t(
            "A source is due after its interval and overdue after {n} of them, counted from the day of what the record holds or"
            " from a later reading that the record agrees with.",
            n=OVERDUE_AFTER,
        ),
    ]
    if never:
        words.append(t.count("{n} source was not tried yet.", "{n} sources were not tried yet.", never))
    message = t("Sources on {day}: {counts}", day=t.day(today), counts=t.listing(counts))
    return message if sources else "", t.gap.join(words)


def sources_table(sources: Sequence[Row], t: Texts) -> Table[Row]:
    """One row a source."""
    states, outcomes = state_names(t), outcome_names(t)
    bases = {
        "list": t("copy of the list"),
        "copy": t("copy taken by a refresh"),
        "publisher": t("third-party copy"),
        "table": t("newest day in its table"),
    }

    def held(row: Row) -> str:
        if row["held_on"] is None:
            return t("not known")
        return escape(t.day_short(row["held_on"])) + small(bases[row["held_basis"]])

    def tried(row: Row) -> str:
        if row["tried_on"] is None:
            return t("not tried yet")
        return escape(t.day_short(row["tried_on"])) + small(outcomes[row["outcome"]])

    def title(row: Row) -> str:
        return t.pick(row["title_en"], row["title_ja"])

    return Table(
        (
            Column(
                "title",
                t("Source"),
                value=title,
                cell=lambda r: (
                    escape(title(r))
                    + small(f"{r['source_code']} · {r['publisher']}")
                    + small(address(r["url"]))
                ),
                is_head=True,
            ),
            Column("source_code", t("Code"), cell=None),
            Column("publisher", t("Publisher"), cell=None),
            Column(
                "state",
                t("State"),
                value=lambda r: states[r["state"]] if r["state"] else t("not known"),
                css=ONE_LINE,
            ),
            Column("held_on", t("Day of what the record holds"), "day", cell=held, css=ONE_LINE),
            Column("age_days", t("Age (days)"), "number"),
            Column("cadence_days", t("Interval (days)"), "number"),
            Column("tried_on", t("Last attempt"), "day", cell=tried, css=ONE_LINE),
            Column("outcome", t("Outcome"), value=lambda r: outcomes.get(r["outcome"]), cell=None),
            Column(
                "message",
                t("What came of it"),
                value=lambda r: t.pick(r["message_en"], r["message_ja"]) or None,
                css="jcm-what",
            ),
            Column("set_aside", t("Rows not understood"), "number", cell=None),
            Column("open_proposals", t("Open proposals"), "number"),
            Column(
                "cadence",
                t("Why that interval"),
                value=lambda r: t.pick(r["cadence_en"], r["cadence_ja"]),
                css="jcm-what",
            ),
            Column("url", t("Address"), cell=None),
        ),
        sources,
        t,
        css="jcm-tight jcm-changes",
    )


def outcome_names(t: Texts) -> dict[str, str]:
    """What came of an attempt."""
    return {"read": t("read"), "unchanged": t("unchanged"), "partly": t("in part"), "failed": t("failed")}


def address(url: str | None, text: str = "") -> str:
    """An address of the record as text, or the text in its place; a link where it is one page under https."""
    if not url:
        return text or DASH
    shown = text or url.removeprefix("https://")
    return source_link(url, shown) if url.startswith("https://") and "{" not in url else escape(shown)
