"""Every issuance event with its dates and parts, and what was stated of issued credits beside our sums."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import pyarrow as pa

from view.amounts import as_reported, between, event_tonnes, tonnes, tonnes_between
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
CUMULATIVE = STATED[:3]


def events_table(content: Credits, link: Link, t: Texts) -> str:
    """HTML: one row an event, the latest first."""
    heads = (
        (t("Decided"), ""),
        (t("Partner country"), ""),
        (t("Project"), ""),
        (t("Monitoring period"), "jcm-hide-narrow jcm-nowrap"),
        (t("Issued"), "jcm-hide-narrow jcm-nowrap"),
        (t("Issuance decided"), "jcm-n"),
        (t("Japanese side"), "jcm-n"),
        (t("of which government"), "jcm-n jcm-hide-narrow"),
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
            escape(event_tonnes(row, t)),
            escape(_japan(row, t)),
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


def _japan(row: dict[str, Any], t: Texts) -> str:
    """The Japanese side's part: one figure, from the least to the most, or what is known of it."""
    low, high = row["japan_low_tco2"], row["japan_high_tco2"]
    if not high:
        return t("not known")
    if row["amount_basis"] == "at least":
        return t("at least {amount}", amount=tonnes(low, t)) if low else t("not known")
    return tonnes_between(low, high, t) if low else t("up to {amount}", amount=tonnes(high, t))


def basis_names(t: Texts) -> dict[str, str]:
    """How well an amount is known."""
    return {
        "exact": t("exact"),
        "range": t("range"),
        "at least": t("at least, a part is known"),
        "unknown": t("not known"),
    }


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
    return f'<small class="jcm-hide-narrow">{stated_html(row["note"], t)}</small>' if row["note"] else ""


def events_rows(content: Credits, t: Texts) -> pa.Table:
    """The same as a plain table."""
    rows, bases = content.events, basis_names(t)
    return labelled(
        {
            t("Event"): [r["issuance_id"] for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("Projects"): [r["project_ids"] for r in rows],
            t("Start of the monitoring period"): [r["period_start_on"] for r in rows],
            t("End of the monitoring period"): [r["period_end_on"] for r in rows],
            t("Decided on"): [r["decided_on"] for r in rows],
            t("Issued on"): [r["issued_on"] for r in rows],
            t("How well the amount is known"): [
                as_reported(bases[r["amount_basis"]], t) if r["is_reported"] else bases[r["amount_basis"]]
                for r in rows
            ],
            t("Amount, low end (tCO2)"): [r["tco2_low"] for r in rows],
            t("Amount, high end (tCO2)"): [r["tco2_high"] for r in rows],
            t("Japanese side at least (tCO2)"): [r["japan_low_tco2"] for r in rows],
            t("Japanese side at most (tCO2)"): [r["japan_high_tco2"] for r in rows],
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


def _issued(content: Credits, row: dict[str, Any]) -> Mapping[str, Any] | None:
    """The rung that a statement speaks of on its day, None where it cannot be compared with it."""
    found = content.issued.get((row["metric"], row["as_of_on"], row["scope"]))
    return None if found is None or found["tco2_low"] is None else found


def _ours(content: Credits, row: dict[str, Any]) -> tuple[float, float] | None:
    """Our figure for a statement, both ends: of cumulative issues what is issued, never what is decided."""
    if row["metric"] in CUMULATIVE:
        issued = _issued(content, row)
        return None if issued is None else (issued["tco2_low"], issued["tco2_high"])
    return None if row["our_value"] is None else (row["our_value"], row["our_high_value"])


def _coverage(content: Credits, row: dict[str, Any]) -> tuple[float, float] | None:
    ours = _ours(content, row)
    if ours is None or not row["is_comparable"]:
        return None
    return ours[0] / row["stated_value"], ours[1] / row["stated_value"]


def _basis(content: Credits, row: dict[str, Any], t: Texts) -> str:
    if row["metric"] not in CUMULATIVE:
        return t.pick(row["basis_en"], row["basis_ja"])
    issued = _issued(content, row)
    if issued is None:
        return t("Not compared here: weak, undated, for one project, or stated by calendar year (see above).")
    return t.count(
        "Issued by that day: {n} event, decisions alone not counted.",
        "Issued by that day: {n} events, decisions alone not counted.",
        issued["events"],
    )


def stated_table(content: Credits, t: Texts) -> str:
    """HTML: each dated statement on issued credits, what our record holds as issued, and what is missing."""
    names = metric_names(t)
    heads = (
        (t("Statement"), ""),
        (t("Date"), "jcm-nowrap"),
        (t("Stated"), "jcm-n"),
        (t("Issued in our records"), "jcm-n"),
        (t("Missing"), "jcm-n jcm-hide-narrow"),
        (t("Coverage"), "jcm-n"),
        (t("How ours was made"), "jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = ""
    for row in stated_rows_of(content):
        ours, coverage = _ours(content, row), _coverage(content, row)
        missing = "–"
        if ours is not None and coverage is not None:
            missing = between(row["stated_value"] - ours[1], row["stated_value"] - ours[0], t, _number)
        cells = (
            f"{escape(names[row['metric']])}<small>{stated_html(row['scope'], t)}</small>",
            t("undated")
            if row["as_of_on"] is None
            else escape(t.partial_day(row["as_of_on"], row["as_of_precision"])),
            escape(t.number(row["stated_value"])),
            "–" if ours is None else escape(between(*ours, t, _number)),
            escape(missing),
            "–" if coverage is None else escape(between(*coverage, t, lambda x, _: t.percent(x))),
            escape(_basis(content, row, t)),
        )
        body += (
            "<tr>"
            + "".join(f'<td class="{css}">{cell}</td>' for cell, (_, css) in zip(cells, heads, strict=True))
            + "</tr>"
        )
    return f'<div class="jcm-list" tabindex="0"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _number(value: float, t: Texts) -> str:
    return t.number(value)


def stated_rows_of(content: Credits) -> list[dict[str, Any]]:
    """Statements on issued credits, the widest scope and the latest first."""
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
    ours = [_ours(content, row) for row in rows]
    return labelled(
        {
            t("Statement"): [names[r["metric"]] for r in rows],
            t("Scope of the statement"): [stated(r["scope"], t) for r in rows],
            t("Date of statement"): [r["as_of_on"] for r in rows],
            t("Stated"): [r["stated_value"] for r in rows],
            t("Issued in our records, low end"): [o and o[0] for o in ours],
            t("Issued in our records, high end"): [o and o[1] for o in ours],
            t("Ours ÷ stated"): [c and c[0] for c in (_coverage(content, r) for r in rows)],
            t("How ours was made"): [_basis(content, r, t) for r in rows],
            t("Source"): [r["url"] for r in rows],
        }
    )
