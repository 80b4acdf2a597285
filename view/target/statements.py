"""Our totals beside what officials and press stated for the same date, with the coverage in percent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from view.amounts import between
from view.marks.table import DASH, WIDE, Column, Markup, Table, escape, small
from view.page import Rows
from view.stated_words import stated, stated_html
from view.target.content import TargetContent
from view.texts import Texts

Row = dict[str, Any]

SHOWN = (
    "credits_issued_cumulative",
    "registered_projects",
    "supported_projects",
    "partner_countries",
    "expected_annual_reductions",
)
"""Metrics of the short table; expectations for 2030 have a chart of their own, and the full list holds all."""


def metric_names(t: Texts) -> dict[str, str]:
    """Names of the metrics that statements speak of."""
    return {
        "partner_countries": t("Partner countries"),
        "registered_projects": t("Registered projects"),
        "registered_projects_with_issuance": t("Registered projects with issuance"),
        "supported_projects": t("Supported projects"),
        "listed_projects": t("Projects on the JCM list"),
        "pre_registration_projects": t("Projects before registration"),
        "pipeline_projects_total": t("Projects, registered and before"),
        "feasibility_studies": t("Feasibility studies"),
        "projects_and_studies_since_2010": t("Projects and studies since 2010"),
        "expected reductions": t("Expected reductions"),
        "issuance": t("Issuance"),
        "expected_annual_reductions": t("Expected annual reductions"),
        "expected_cumulative_by_2030": t("Expected cumulative reductions by 2030"),
        "expected_cumulative_by_fy2030": t("Expected cumulative reductions by FY2030"),
        "target_cumulative_by_2030": t("Target by 2030"),
        "target_cumulative_by_fy2030": t("Target by FY2030"),
        "target_cumulative_by_fy2040": t("Target by FY2040"),
        "approved_methodologies": t("Approved methodologies"),
        "credits_issued_cumulative": t("Credits issued"),
        "credits_issued_in_year": t("Credits issued in the year"),
        "credits_retired_cumulative": t("Credits retired"),
        "itmos_first_transferred_cumulative": t("ITMOs first transferred"),
        "partners_with_pin_process": t("Partner countries that take project idea notes"),
        "selected_in_fiscal_year": t("Projects selected in the fiscal year"),
        "credits_issued_cumulative_japan": t("Credits issued, Japanese side"),
        "credits_issued_cumulative_partner": t("Credits issued, partner side"),
        "credits_issued_event": t("Credits of one issuance"),
        "credits_issued_event_japan_government": t("Credits of one issuance, Japanese government"),
        "credits_issued_event_japan_company": t("Credits of one issuance, Japanese companies"),
        "itmo_issuance_events": t("Issuances as ITMOs"),
        "jfjcm_fund_size": t("Size of the JFJCM fund"),
        "japan_net_ghg_emissions": t("Japan's net emissions"),
        "article_6_2_agreements_world": t("Article 6.2 agreements, world"),
        "carbon_pricing_instruments_world": t("Carbon pricing instruments, world"),
    }


def _latest_comparable(content: TargetContent) -> Rows:
    """For each metric and scope that can be compared, the latest dated statement."""
    latest: dict[tuple[str, str], Row] = {}
    for row in content.statements:
        if not row["is_comparable"] or row["as_of_on"] is None or row["metric"] not in SHOWN:
            continue
        if row["reliability"] == "weak":
            continue
        # Officials word the scope of this count anew each time; one line is enough for it.
        scope = "" if row["metric"] == "supported_projects" else row["scope"]
        key = (row["metric"], scope)
        found = latest.get(key)
        if found is None or str(row["as_of_on"]) > str(found["as_of_on"]):
            latest[key] = row
    return sorted(latest.values(), key=lambda r: (SHOWN.index(str(r["metric"])), str(r["scope"])))


def statements_table(content: TargetContent, t: Texts) -> Table[Row]:
    """Every statement, comparable or not, beside our figures; the coverage is that of the low end."""
    names, reliabilities = metric_names(t), reliability_names(t)
    qualified = {"about": t("about "), "at least": t("at least ")}

    def day(row: Row) -> str:
        return (
            t("undated")
            if row["as_of_on"] is None
            else t.partial_day(row["as_of_on"], row["as_of_precision"])
        )

    def named(row: Row) -> str:
        name, year = names.get(row["metric"]) or str(row["metric"]), row["calendar_year"]
        return name if year is None else t.noted(name, t.year(year, "calendar"))

    def what(row: Row) -> Markup:
        return Markup("{}<small>{} · {}</small>").format(named(row), stated_html(row["scope"], t), day(row))

    def stated_words(row: Row) -> Markup:
        words = qualified.get(row["qualifier"], "") + t.number(row["stated_value"])
        return escape(words) + small(unit_name(row["unit"], t))

    def ours(row: Row) -> str:
        low, high = row["our_value"], row["our_high_value"]
        return DASH if low is None or high is None else between(low, high, t, _plain)

    def coverage(row: Row) -> Markup:
        words = DASH if row["coverage"] is None else coverage_words(row, t)
        remark = small(t("scopes differ") if _is_beyond(row) else "")
        return Markup('<span title="{}">{}{}</span>').format(
            t.pick(row["basis_en"], row["basis_ja"]), words, remark
        )

    return Table(
        (
            Column(
                "metric",
                t("Statement"),
                value=named,
                cell=what,
                is_head=True,
            ),
            Column("as_of_on", t("Date of statement"), value=day, cell=None),
            Column("scope", t("Scope of the statement"), value=lambda r: stated(r["scope"], t), cell=None),
            Column("stated_value", t("Stated"), "number", cell=stated_words),
            Column("unit", t("Unit"), value=lambda r: unit_name(r["unit"], t), cell=None),
            Column(
                "our_value", t("In our records, low end"), "number", cell=ours, page_label=t("In our records")
            ),
            Column("our_high_value", t("In our records, high end"), "number", cell=None),
            Column(
                "coverage", t("Ours (low end) ÷ stated"), "share", cell=coverage, page_label=t("Coverage")
            ),
            Column("bar", "", value=None, cell=_bar, css=WIDE),
            Column(
                "is_comparable",
                t("Comparable"),
                value=lambda r: t("yes") if r["is_comparable"] else t("no"),
                cell=None,
            ),
            Column(
                "basis",
                t("How ours was made"),
                value=lambda r: t.pick(r["basis_en"], r["basis_ja"]),
                cell=None,
            ),
            Column(
                "reliability", t("Reliability"), value=lambda r: reliabilities[r["reliability"]], cell=None
            ),
            Column("url", t("Source"), "source", cell=None),
        ),
        content.statements,
        t,
        css="",
    )


def statements_html(content: TargetContent, t: Texts) -> Markup:
    """The latest statement of each kind, our value for its date, and the coverage as number and bar."""
    return replace(statements_table(content, t), rows=_latest_comparable(content)).html()


def _is_beyond(row: Row) -> bool:
    """More than the whole cannot be covered: what was counted differs, and a full bar would say otherwise."""
    return row["coverage"] is not None and row["coverage"] > 1


def _bar(row: Row) -> Markup:
    width = 0.0 if row["coverage"] is None or _is_beyond(row) else row["coverage"] * 100
    return Markup(
        '<div class="jcm-bar" aria-hidden="true"><i class="jcm-fill-validation" style="width:{:.1f}%"></i></div>'
    ).format(width)


def _plain(value: float, t: Texts) -> str:
    return t.number(value)


def coverage_words(statement: Mapping[str, Any], t: Texts) -> str:
    """What our records hold of a statement that can be compared: a share, from the low to the high end."""
    return between(
        statement["coverage"],
        statement["our_high_value"] / statement["stated_value"],
        t,
        lambda share, words: words.percent(share),
    )


def unit_name(unit: str, t: Texts) -> str:
    """The unit of a statement, named; one that is not known is shown as recorded."""
    words = {
        "tCO2": "tCO2",
        "tCO2/yr": t("tCO2 a year"),
        "projects": t("projects"),
        "countries": t("countries"),
        "methodologies": t("methodologies"),
        "arrangements": t("arrangements"),
        "agreements": t("agreements"),
        "instruments": t("instruments"),
        "studies": t("studies"),
        "issuances": t("issuances"),
        "million USD": t("million USD"),
        "projects and studies": t("projects and studies"),
    }
    return words.get(unit, unit)


def reliability_names(t: Texts) -> dict[str, str]:
    """How far sources of each kind are believed."""
    return {
        "official": t("official"),
        "press": t("press"),
        "research": t("research"),
        "copy": t("third-party copy"),
        "own record": t("own record"),
        "weak": t("weak"),
    }


def statements_sentence(content: TargetContent, t: Texts) -> str:
    """How many statements were compared, and the most telling one."""
    comparable = [r for r in content.statements if r["is_comparable"] and r["coverage"] is not None]
    stated = content.stated_issued()
    text = t.count(
        "{n} statement can be compared with our records for its date; differences are shown, never scaled away.",
        "{n} statements can be compared with our records for their dates; differences are shown, never scaled away.",
        len(comparable),
    )
    if stated is not None and stated["coverage"] is not None:
        text += t.gap + t(
            "Of the credits stated as issued our records hold {share}.", share=coverage_words(stated, t)
        )
    return text


def events_table(content: TargetContent, t: Texts) -> Table[Row]:
    """Issuance events that no chart can place, for files."""
    lacks = {"amount": t("amount"), "date": t("date")}
    return Table(
        (
            Column("issuance_id", t("Event")),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            Column("project_ids", t("Projects")),
            Column("decided_on", t("Decided on"), "day"),
            Column("issued_on", t("Issued on"), "day"),
            Column("tco2_low", t("Amount, low end (tCO2)"), "tonnes"),
            Column("tco2_high", t("Amount, high end (tCO2)"), "tonnes"),
            Column("lacks", t("Not known"), value=lambda r: lacks[r["lacks"]]),
            Column("url", t("Source"), "source"),
        ),
        content.events_beside,
        t,
    )
