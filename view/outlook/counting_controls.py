"""What the reader sets of the way to counting beside the levers: deadline, period, for whom, covered emissions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from model.outlook.counted_report import ALL, Group
from model.outlook.counting_terms import CountingRules, Terms
from model.outlook.gx_ets import checked_emissions
from model.outlook.report import LAST_YEAR, Known
from model.outlook.scenario import Fault, ScenarioError
from view import embedding
from view.controls import Controls
from view.marks.markup import draw, sentence
from view.outlook.statements import setting_faults
from view.outlook.words import group_name
from view.texts import Texts

OWN_DAY = "own"
YEARS_BACK = 10
"""How far before the period of the record one may begin."""
_SECTOR = "sector-"
_LAST_VALID = "outlook.counting.valid"


@dataclass(frozen=True)
class Asked:
    """Settings that can be used. covered_tco2: emissions that GX-ETS covers, a year; None: not known."""

    terms: Terms
    covered_tco2: float | None
    group: Group


def counting_settings(
    controls: Controls, known: Known, names: Mapping[str, Mapping[Group, str]], t: Texts
) -> Asked:
    """Draws the settings; what cannot be used is explained, and the last valid ones are kept."""
    rules = CountingRules.of(known.assumptions)
    usual = Asked(
        replace(rules.terms, deadline_on=max(rules.terms.deadline_on, known.portfolio.as_of)), None, ALL
    )
    if not embedding.is_on():
        words = t(
            "The way to counting: these settings hold for the five parts below; its levers stand beside the chart at the top."
        )
        draw(t, sentence(words))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="counting_settings"):
        group = _group(controls, known, names, t)
        terms = Terms(date(1, 1, 1), date(1, 1, 1), _deadline(controls, rules, t))
        least = rules.first_year - YEARS_BACK
        first = controls.number(
            "period_from", t("NDC period, first year"), least, LAST_YEAR, rules.first_year
        )
        last = controls.number("period_to", t("NDC period, last year"), least, LAST_YEAR, rules.last_year)
        covered = controls.text("covered_mt", t("GX-ETS covers (Mt a year)"), placeholder=t("not known"))
    terms = replace(terms, begins_on=date(first, 1, 1), ends_on=date(last, 12, 31))
    faults: list[Fault] = []
    kept: Asked = st.session_state.get(_LAST_VALID, usual)
    # What was valid on another day may not be on this one.
    asked = replace(usual if kept.terms.deadline_on < known.portfolio.as_of else kept, group=group)
    try:
        asked = replace(asked, terms=terms.checked(known.portfolio.as_of))
    except ScenarioError as error:
        faults += error.faults
    try:
        asked = replace(asked, covered_tco2=checked_emissions(_megatonnes(covered)))
    except ScenarioError as error:
        faults += error.faults
    if faults and not embedding.is_on():
        draw(t, setting_faults(faults, t))
    st.session_state[_LAST_VALID] = asked
    return asked


def _group(controls: Controls, known: Known, names: Mapping[str, Mapping[Group, str]], t: Texts) -> Group:
    rows = known.portfolio.rows
    groups: list[Group] = [ALL]
    groups += sorted({row["iso3"] for row in rows}, key=lambda iso3: names["countries"][iso3])
    groups += sorted({row["sector_number"] for row in rows})
    codes = {f"{_SECTOR}{group}" if isinstance(group, int) else group: group for group in groups}
    chosen = controls.one(
        "count_for", t("Counted for"), {code: group_name(group, names, t) for code, group in codes.items()}
    )
    return codes[chosen]


def _deadline(controls: Controls, rules: CountingRules, t: Texts) -> date:
    deadlines = rules.deadlines
    day = controls.one(
        "count_by",
        t("Cancelled by"),
        {
            "ndc": t(
                "NDC of {year}: {day}",
                year=t.year(rules.last_year, "calendar"),
                day=t.day_short(deadlines["ndc"]),
            ),
            "gx": t(
                "GX-ETS for {year}: {day}",
                year=t.year(rules.last_compliance),
                day=t.day_short(deadlines["gx"]),
            ),
            OWN_DAY: t("another day"),
        },
    )
    if day != OWN_DAY:
        return deadlines[day]
    limits = (date(rules.first_year - YEARS_BACK, 1, 1), date(LAST_YEAR, 12, 31))
    return controls.day("deadline", t("Day"), limits, deadlines["ndc"])


def _megatonnes(text: str) -> float | None:
    """tCO2 of what the reader wrote in Mt; not a number where it is none, which the check then names."""
    if not text.strip():
        return None
    try:
        return float(text) * 1_000_000
    except ValueError:
        return float("nan")
