"""Every issuance event with its dates and parts, and what was stated of issued credits beside our sums."""

from collections.abc import Callable, Mapping
from typing import Any

from view.amounts import as_reported, between, event_tonnes, tonnes, tonnes_between
from view.credits.content import Credits
from view.marks.table import DASH, ONE_LINE, WIDE, Column, Markup, Table, escape, linked, small
from view.stated_words import stated, stated_html
from view.target.statements import metric_names
from view.texts import Texts

Link = Callable[..., str]
Row = dict[str, Any]
TCO2 = "tCO2"

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


def events_table(content: Credits, link: Link, t: Texts) -> Table[Row]:
    """One row an event, the latest first; a file holds both ends of each amount."""
    return Table(
        (
            Column("issuance_id", t("Event"), cell=None),
            Column(
                "decided_on", t("Decided on"), cell=lambda r: _day(r, "decided", t), page_label=t("Decided")
            ),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            Column(
                "project_ids",
                t("Projects"),
                cell=lambda r: _projects(r, link, t) + _remark(r, t),
                page_label=t("Project"),
            ),
            Column("period_start_on", t("Start of the monitoring period"), cell=None),
            Column("period_end_on", t("End of the monitoring period"), cell=None),
            Column(
                "period",
                t("Monitoring period"),
                value=None,
                cell=lambda r: _period(r, t),
                css=f"{WIDE} {ONE_LINE}",
            ),
            Column(
                "issued_on",
                t("Issued on"),
                cell=lambda r: _day(r, "issued", t),
                page_label=t("Issued"),
                css=f"{WIDE} {ONE_LINE}",
            ),
            Column(
                "amount_basis",
                t("How well the amount is known"),
                value=lambda r: _basis_of_amount(r, t),
                cell=None,
            ),
            Column(
                "tco2_low",
                t("Amount, low end (tCO2)"),
                "tonnes",
                cell=lambda r: event_tonnes(r, t),
                page_label=t("Issuance decided"),
            ),
            Column("tco2_high", t("Amount, high end (tCO2)"), "tonnes", cell=None),
            Column(
                "japan_low_tco2",
                t("Japanese side at least (tCO2)"),
                "tonnes",
                cell=lambda r: _japan(r, t),
                page_label=t("Japanese side"),
            ),
            Column("japan_high_tco2", t("Japanese side at most (tCO2)"), "tonnes", cell=None),
            Column(
                "japan_government_tco2",
                t("Japanese government (tCO2)"),
                "tonnes",
                page_label=t("of which government"),
                css=WIDE,
            ),
            Column(
                "partner_tco2", t("Partner side (tCO2)"), "tonnes", page_label=t("Partner side"), css=WIDE
            ),
            Column(
                "period_to_decision_days", t("Days from the end of the period to the decision"), cell=None
            ),
            Column("decision_to_issuance_days", t("Days from the decision to the issuance"), cell=None),
            Column(
                "note", t("Remarks"), value=lambda r: stated(r["note"], t) if r["note"] else None, cell=None
            ),
            Column("url", t("Source"), "source", css=WIDE),
        ),
        content.events,
        t,
        is_long=True,
    )


def _day(row: Row, what: str, t: Texts) -> str:
    day = row[f"{what}_on"]
    return DASH if day is None else t.partial_day(day, row[f"{what}_precision"] or "day")


def _japan(row: Row, t: Texts) -> str:
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


def _basis_of_amount(row: Row, t: Texts) -> str:
    basis = basis_names(t)[row["amount_basis"]]
    return as_reported(basis, t) if row["is_reported"] else basis


def _period(row: Row, t: Texts) -> str:
    if row["period_start_on"] is None or row["period_end_on"] is None:
        return DASH
    return f"{t.day_short(row['period_start_on'])} – {t.day_short(row['period_end_on'])}"


def _projects(row: Row, link: Link, t: Texts) -> Markup:
    codes = [code for code in (row["project_ids"] or row["project_id"] or "").split(";") if code]
    if not codes:
        return escape(t("not named"))
    return Markup(", ").join(linked(link("project", project=code), code) for code in codes)


def _remark(row: Row, t: Texts) -> Markup:
    """The remark of the record; a wide screen alone has room for it."""
    return small(stated_html(row["note"], t) if row["note"] else "", WIDE)


def _issued(content: Credits, row: Row) -> Mapping[str, Any] | None:
    """The rung that a statement speaks of on its day, None where it cannot be compared with it."""
    found = content.issued.get((row["metric"], row["as_of_on"], row["scope"]))
    return None if found is None or found["tco2_low"] is None else found


def _ours(content: Credits, row: Row) -> tuple[float, float] | None:
    """Our figure for a statement, both ends: of cumulative issues what is issued, never what is decided."""
    if row["metric"] in CUMULATIVE:
        issued = _issued(content, row)
        return None if issued is None else (issued["tco2_low"], issued["tco2_high"])
    return None if row["our_value"] is None else (row["our_value"], row["our_high_value"])


def _coverage(content: Credits, row: Row) -> tuple[float, float] | None:
    ours = _ours(content, row)
    if ours is None or not row["is_comparable"]:
        return None
    return ours[0] / row["stated_value"], ours[1] / row["stated_value"]


def _basis(content: Credits, row: Row, t: Texts) -> str:
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


def stated_table(content: Credits, t: Texts) -> Table[Row]:
    """Each dated statement on issued credits, what our record holds as issued, and what is missing."""
    names = metric_names(t)

    def end(row: Row, which: int) -> float | None:
        ours = _ours(content, row)
        return ours and ours[which]

    def ours_words(row: Row) -> str:
        ours = _ours(content, row)
        return DASH if ours is None else between(*ours, t, _number)

    def missing_words(row: Row) -> str:
        ours = _ours(content, row)
        if ours is None or _coverage(content, row) is None:
            return DASH
        return between(row["stated_value"] - ours[1], row["stated_value"] - ours[0], t, _number)

    def coverage_words(row: Row) -> str:
        coverage = _coverage(content, row)
        return DASH if coverage is None else between(*coverage, t, lambda x, _: t.percent(x))

    return Table(
        (
            Column(
                "metric",
                t("Statement"),
                value=lambda r: names[r["metric"]],
                cell=lambda r: escape(names[r["metric"]]) + small(stated_html(r["scope"], t)),
            ),
            Column("scope", t("Scope of the statement"), value=lambda r: stated(r["scope"], t), cell=None),
            Column(
                "as_of_on",
                t("Date of statement"),
                cell=lambda r: _day(r, "as_of", t) if r["as_of_on"] else t("undated"),
                page_label=t("Date"),
                css=ONE_LINE,
            ),
            Column("stated_value", t("Stated"), "number"),
            Column(
                "our_low",
                t("Issued in our records, low end"),
                value=lambda r: end(r, 0),
                cell=ours_words,
                page_label=t("Issued in our records"),
                is_figure=True,
            ),
            Column("our_high", t("Issued in our records, high end"), value=lambda r: end(r, 1), cell=None),
            Column("missing", t("Missing"), value=None, cell=missing_words, css=WIDE, is_figure=True),
            Column(
                "coverage",
                t("Ours ÷ stated"),
                value=lambda r: (_coverage(content, r) or (None,))[0],
                cell=coverage_words,
                page_label=t("Coverage"),
                is_figure=True,
            ),
            Column("basis", t("How ours was made"), value=lambda r: _basis(content, r, t), css=WIDE),
            Column("url", t("Source"), cell=None),
        ),
        stated_rows_of(content),
        t,
        is_long=True,
    )


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
