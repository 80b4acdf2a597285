"""Our totals beside what officials and press stated for the same date, with the coverage in percent."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pyarrow as pa

from view.amounts import between
from view.stated_words import stated, stated_html
from view.target.content import Content, Rows, labelled
from view.texts import Texts

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


def _latest_comparable(content: Content) -> Rows:
    """For each metric and scope that can be compared, the latest dated statement."""
    latest: dict[tuple[str, str], dict[str, object]] = {}
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


def statements_table(content: Content, t: Texts) -> str:
    """HTML: the latest statement of each kind, our value for its date, and the coverage as number and bar."""
    names = metric_names(t)
    rows = []
    for row in _latest_comparable(content):
        digits = 0
        coverage = row["coverage"]
        # More than the whole cannot be covered: what was counted differs, and a full bar would say otherwise.
        is_beyond = coverage is not None and float(coverage) > 1
        width = 0.0 if coverage is None or is_beyond else float(coverage) * 100
        remark = f"<small>{escape(t('scopes differ'))}</small>" if is_beyond else ""
        rows.append(
            f'<tr><th scope="row">{escape(names[str(row["metric"])])}'
            f"<small>{stated_html(str(row['scope']), t)} · "
            f"{escape(t.partial_day(row['as_of_on'], str(row['as_of_precision'])))}</small></th>"
            f'<td class="jcm-n">{_qualified(row, t)}{escape(t.number(float(row["stated_value"]), digits))}'
            f"<small>{escape(unit_name(str(row['unit']), t))}</small></td>"
            f'<td class="jcm-n">{_ours(row, t)}</td>'
            f'<td class="jcm-n" title="{escape(t.pick(row["basis_en"], row["basis_ja"]))}">'
            f"{'–' if coverage is None else escape(coverage_words(row, t))}{remark}</td>"
            f'<td class="jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">'
            f'<i class="jcm-fill-validation" style="width:{width:.1f}%"></i></div></td></tr>'
        )
    head = "".join(
        f'<th scope="col" class="{css}">{escape(text)}</th>'
        for text, css in (
            (t("Statement"), ""),
            (t("Stated"), "jcm-n"),
            (t("In our records"), "jcm-n"),
            (t("Coverage"), "jcm-n"),
            ("", "jcm-hide-narrow"),
        )
    )
    return f'<div class="jcm-scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _ours(row: dict[str, object], t: Texts) -> str:
    low, high = row["our_value"], row["our_high_value"]
    return (
        "–" if low is None or high is None else escape(between(float(str(low)), float(str(high)), t, _plain))
    )


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


def _qualified(row: dict[str, object], t: Texts) -> str:
    words = {"about": t("about "), "at least": t("at least ")}
    return escape(words.get(str(row["qualifier"]), ""))


def unit_name(unit: str, t: Texts) -> str:
    """The unit of a statement, named; one that is not known stands as recorded."""
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
        "weak": t("weak"),
    }


def statements_sentence(content: Content, t: Texts) -> str:
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


def statements_rows(content: Content, t: Texts) -> pa.Table:
    """Every statement, comparable or not."""
    names, rows = metric_names(t), content.statements
    reliabilities = reliability_names(t)
    return labelled(
        {
            t("Statement"): [names.get(r["metric"], r["metric"]) for r in rows],
            t("Date of statement"): [
                t("undated") if r["as_of_on"] is None else t.partial_day(r["as_of_on"], r["as_of_precision"])
                for r in rows
            ],
            t("Scope of the statement"): [stated(r["scope"], t) for r in rows],
            t("Stated"): [r["stated_value"] for r in rows],
            t("Unit"): [unit_name(r["unit"], t) for r in rows],
            **ours_columns(rows, t),
            t("Comparable"): [t("yes") if r["is_comparable"] else t("no") for r in rows],
            t("How ours was made"): [t.pick(r["basis_en"], r["basis_ja"]) for r in rows],
            t("Reliability"): [reliabilities[r["reliability"]] for r in rows],
            t("Source"): [r["url"] for r in rows],
        }
    )


def ours_columns(rows: Rows, t: Texts) -> dict[str, list[object]]:
    """Our figures beside the stated ones, with both ends; the coverage is that of the low end."""
    return {
        t("In our records, low end"): [r["our_value"] for r in rows],
        t("In our records, high end"): [r["our_high_value"] for r in rows],
        t("Ours (low end) ÷ stated"): [r["coverage"] for r in rows],
    }


def events_rows(content: Content, t: Texts) -> pa.Table:
    """Issuance events that no chart can place."""
    rows = content.events_beside
    lacks = {"amount": t("amount"), "date": t("date")}
    return labelled(
        {
            t("Event"): [r["issuance_id"] for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("Projects"): [r["project_ids"] for r in rows],
            t("Decided on"): [r["decided_on"] for r in rows],
            t("Issued on"): [r["issued_on"] for r in rows],
            t("Amount, low end (tCO2)"): [r["tco2_low"] for r in rows],
            t("Amount, high end (tCO2)"): [r["tco2_high"] for r in rows],
            t("Not known"): [lacks[r["lacks"]] for r in rows],
            t("Source"): [r["url"] for r in rows],
        }
    )
