"""Every issuance event with its dates and parts, and what was stated of issued content beside our sums."""

from collections.abc import Callable
from html import escape
from typing import Any

import pyarrow as pa

from view.amounts import tonnes
from view.credits.content import Credits
from view.stated_words import stated, stated_html
from view.target.content import labelled
from view.target.statements import metric_names
from view.texts import Texts

Link = Callable[..., str]

STATED = (
    "credits_issued_cumulative",
    "credits_issued_cumulative_japan",
    "credits_issued_cumulative_partner",
    "credits_issued_event",
    "credits_issued_event_japan_government",
    "credits_issued_event_japan_company",
    "itmo_issuance_events",
)


def events_table(content: Credits, link: Link, t: Texts) -> str:
    """HTML: one row an event, the latest first."""
    heads = (
        (t("Decided"), "jcm-nowrap"),
        (t("Partner country"), ""),
        (t("Project"), ""),
        (t("Monitoring period"), "jcm-hide-narrow jcm-nowrap"),
        (t("Issued"), "jcm-hide-narrow jcm-nowrap"),
        (t("Issuance decided"), "jcm-n"),
        (t("Japanese side"), "jcm-n"),
        (t("of it government"), "jcm-n jcm-hide-narrow"),
        (t("Partner side"), "jcm-n jcm-hide-narrow"),
        (t("Source"), "jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = ""
    for row in content.events:
        cells = (
            _day(row["decided_on"], row["decided_precision"], t),
            escape(t.country(row["iso3"])),
            _projects(row, link, t) + _remark(row, t),
            _period(row, t),
            _day(row["issued_on"], row["issued_precision"], t),
            _amount(row["total_tco2"], t),
            _amount(row["japan_tco2"], t),
            _amount(row["japan_government_tco2"], t),
            _amount(row["partner_tco2"], t),
            f'<a class="jcm-link" href="{escape(row["url"], quote=True)}" rel="noreferrer">{escape(t("page"))}</a>',
        )
        body += (
            "<tr>"
            + "".join(f'<td class="{css}">{cell}</td>' for cell, (_, css) in zip(cells, heads, strict=True))
            + "</tr>"
        )
    return f'<div class="jcm-list" tabindex="0"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _day(day: Any, precision: str | None, t: Texts) -> str:  # noqa: ANN401 - a date or None
    return "–" if day is None else escape(t.partial_day(day, precision or "day"))


def _amount(value: int | None, t: Texts) -> str:
    return escape(t("not known") if value is None else tonnes(value, t))


def _period(row: dict[str, Any], t: Texts) -> str:
    if row["period_start_on"] is None or row["period_end_on"] is None:
        return "–"
    return escape(f"{t.day_short(row['period_start_on'])} – {t.day_short(row['period_end_on'])}")


def _projects(row: dict[str, Any], link: Link, t: Texts) -> str:
    codes = [code for code in (row["project_ids"] or row["project_id"] or "").split(";") if code]
    if not codes:
        return escape(t("not named"))
    return ", ".join(
        f'<a class="jcm-link" href="{escape(link("project", project=code), quote=True)}">{escape(code)}</a>'
        for code in codes
    )


def _remark(row: dict[str, Any], t: Texts) -> str:
    return f"<small>{stated_html(row['note'], t)}</small>" if row["note"] else ""


def events_rows(content: Credits, t: Texts) -> pa.Table:
    """The same as a plain table."""
    rows = content.events
    return labelled(
        {
            t("Event"): [r["issuance_id"] for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("Projects"): [r["project_ids"] for r in rows],
            t("Start of the monitoring period"): [r["period_start_on"] for r in rows],
            t("End of the monitoring period"): [r["period_end_on"] for r in rows],
            t("Decided on"): [r["decided_on"] for r in rows],
            t("Issued on"): [r["issued_on"] for r in rows],
            t("Amount (tCO2)"): [r["total_tco2"] for r in rows],
            t("Japanese side (tCO2)"): [r["japan_tco2"] for r in rows],
            t("Japanese government (tCO2)"): [r["japan_government_tco2"] for r in rows],
            t("Partner side (tCO2)"): [r["partner_tco2"] for r in rows],
            t("Days from the end of the period to the decision"): [
                r["period_to_decision_days"] for r in rows
            ],
            t("Days from the decision to the issuance"): [r["decision_to_issuance_days"] for r in rows],
            t("Remarks"): [stated(r["note"], t) if r["note"] else None for r in rows],
            t("Source"): [r["url"] for r in rows],
        }
    )


def stated_table(content: Credits, t: Texts) -> str:
    """HTML: each dated statement on issued content, our sum for its date and scope, and what is missing."""
    names = metric_names(t)
    heads = (
        (t("Statement"), ""),
        (t("Date"), "jcm-nowrap"),
        (t("Stated"), "jcm-n"),
        (t("In our records"), "jcm-n"),
        (t("Missing"), "jcm-n"),
        (t("Coverage"), "jcm-n"),
        (t("How ours was made"), "jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = ""
    for row in stated_rows_of(content):
        ours, stated = row["our_value"], row["stated_value"]
        missing = None if ours is None or not row["is_comparable"] else stated - ours
        cells = (
            f"{escape(names[row['metric']])}<small>{stated_html(row['scope'], t)}</small>",
            t("undated")
            if row["as_of_on"] is None
            else escape(t.partial_day(row["as_of_on"], row["as_of_precision"])),
            escape(t.number(stated)),
            "–" if ours is None else escape(t.number(ours)),
            "–" if missing is None else escape(t.number(missing)),
            "–" if row["coverage"] is None else escape(t.percent(row["coverage"])),
            escape(t.pick(row["basis_en"], row["basis_ja"])),
        )
        body += (
            "<tr>"
            + "".join(f'<td class="{css}">{cell}</td>' for cell, (_, css) in zip(cells, heads, strict=True))
            + "</tr>"
        )
    return f'<div class="jcm-list" tabindex="0"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def stated_rows_of(content: Credits) -> list[dict[str, Any]]:
    """Statements on issued content, the widest scope and the latest first."""
    rows = [row for row in content.statements if row["metric"] in STATED]
    return sorted(
        rows,
        key=lambda row: (
            STATED.index(row["metric"]),
            not row["scope"].startswith("all JCM"),
            row["scope"],
            -(row["as_of_on"].toordinal() if row["as_of_on"] else 0),
        ),
    )


def stated_rows(content: Credits, t: Texts) -> pa.Table:
    """The same as a plain table."""
    names, rows = metric_names(t), stated_rows_of(content)
    return labelled(
        {
            t("Statement"): [names[r["metric"]] for r in rows],
            t("Scope of the statement"): [stated(r["scope"], t) for r in rows],
            t("Date of statement"): [r["as_of_on"] for r in rows],
            t("Stated"): [r["stated_value"] for r in rows],
            t("In our records"): [r["our_value"] for r in rows],
            t("Ours ÷ stated"): [r["coverage"] for r in rows],
            t("How ours was made"): [t.pick(r["basis_en"], r["basis_ja"]) for r in rows],
            t("Source"): [r["url"] for r in rows],
        }
    )
