"""The ranking, the choropleth and the matrix of partner countries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
import pyarrow as pa

from model.ladder import RUNG_BY_CODE
from model.ranking import EXPECTED, Standing
from view.amounts import amount_short, between, reported, tonnes_between
from view.map.page import shades
from view.selection import Selection
from view.target.content import Rows, labelled
from view.texts import Texts
from view.theme import PALETTES, ThemeName
from view.world_map import world_map

Link = Callable[..., str]
_STEPS = (0.0, 0.05, 0.15, 0.35, 0.65)


@dataclass(frozen=True)
class Countries:
    """What the page knows for one selection and measure."""

    selection: Selection
    standings: Sequence[Standing]
    partners: Rows
    by_year: Rows
    shapes: Rows
    figure: str
    per: str
    until: int
    target_tco2: int | None
    filters_text: str
    build: Mapping[str, Any]

    @property
    def total_tco2(self) -> int:
        """Sum over all countries, low end, tCO2."""
        return sum(s.tco2 or 0 for s in self.standings)

    @property
    def total_high_tco2(self) -> int:
        """The same, high end."""
        return sum(s.tco2_high or 0 for s in self.standings)

    @property
    def largest(self) -> float:
        """The largest value, high end, to which bars and shades are drawn; above 0."""
        return max((s.value_high or 0.0 for s in self.standings), default=0.0) or 1.0

    @property
    def rung(self) -> str:
        """The rung whose colour stands for the measure."""
        return "registered" if self.figure == EXPECTED else self.figure


def figure_names(t: Texts) -> dict[str, str]:
    """The measures of the ladder; what stands aside of it is none."""
    shown = [r for r in RUNG_BY_CODE.values() if r.kind != "aside" and r.code != "ndc"]
    return {EXPECTED: t("Expected, sum")} | {r.code: t.pick(r.name_en, r.name_ja) for r in shown}


def per_names(t: Texts) -> dict[str, str]:
    """What a measure is set against."""
    return {"amount": t("Tonnes"), "target": t("Share of the target"), "project": t("Per project or event")}


def value_words(low: float, high: float, countries: Countries, t: Texts) -> str:
    """A value in its unit, or its two ends."""
    if countries.per == "target":
        return between(low, high, t, lambda share, words: words.percent(share))
    return between(low, high, t, amount_short)


def standing_words(standing: Standing, countries: Countries, t: Texts) -> str:
    """The value of a country, or why there is none."""
    if standing.value is None or standing.value_high is None:
        return state_words(standing.state, t) or "–"
    return value_words(standing.value, standing.value_high, countries, t)


def state_words(state: str, t: Texts) -> str:
    """Why there is no value."""
    return {
        "no project": t("no project"),
        "no event": t("no event known"),
        "not known": t("amount not known"),
        "not yet a partner": t("not yet a partner"),
    }.get(state, "")


def answer(countries: Countries, t: Texts) -> str:
    """Who has the most, in one sentence."""
    first = [s for s in countries.standings if s.tco2][:3]
    name = figure_names(t)[countries.figure]
    if not first:
        return t("{measure}: no amount is known in this selection.", measure=name)
    if countries.per == "project":
        return t(
            "{measure}, per project or event: {country} has the most, {value}.",
            measure=name,
            country=t.country(first[0].iso3),
            value=standing_words(first[0], countries, t),
        )
    first = sorted((s for s in countries.standings if s.tco2), key=lambda s: -(s.tco2 or 0))[:3]
    share = sum(s.tco2 or 0 for s in first) / (countries.total_tco2 or 1)
    if len(first) == 1:
        return t(
            "{measure}: {country} accounts for all of {total}.",
            measure=name,
            country=t.country(first[0].iso3),
            total=_total_words(countries, t),
        )
    values = {
        "countries": t.listing([t.country(s.iso3) for s in first]),
        "share": t("more than {share}", share=t.percent(0.99)) if 0.995 <= share < 1 else t.percent(share),
        "total": _total_words(countries, t),
    }
    if countries.figure == EXPECTED:
        return t("{countries} account for {share} of expected reductions ({total}).", **values)
    return t("{measure}: {countries} account for {share} of {total}.", measure=name, **values)


def _total_words(countries: Countries, t: Texts) -> str:
    return between(countries.total_tco2, countries.total_high_tco2, t, amount_short)


def under(countries: Countries, t: Texts) -> str:
    """How many partners there were and what the figures count."""
    signed = sum(1 for p in countries.partners if p["is_partner"])
    filters = countries.filters_text or t("all sectors, technologies and programmes, public and private")
    return t.count(
        "{n} partner country on {day} · tonnes to the end of {year} · {filters}",
        "{n} partner countries on {day} · tonnes to the end of {year} · {filters}",
        signed,
        day=t.day(countries.selection.as_of),
        year=t.year(countries.until),
        filters=filters,
    )


def ranking_html(countries: Countries, link: Link, t: Texts) -> str:
    """Every partner with its rank, value, bar, share, projects and events."""
    largest = countries.largest
    heads = (
        ("", "jcm-n"),
        (t("Partner country"), ""),
        (per_names(t)[countries.per], "jcm-n"),
        ("", "jcm-hide-narrow"),
        (t("Share of the total"), "jcm-n"),
        (t("Projects"), "jcm-n"),
        (t("with an estimate"), "jcm-n jcm-hide-narrow"),
        (t("Events"), "jcm-n jcm-hide-narrow"),
    )
    body = ""
    for s in countries.standings:
        href = escape(link("country", iso3=s.iso3), quote=True)
        weak = reported(s.reported_tco2, t)
        weak = f"<small>{escape(weak)}</small>" if weak else ""
        low, high = ((end or 0.0) / largest * 100 for end in (s.value, s.value_high))
        bar = f'<i class="jcm-fill-{countries.rung}" style="width:{low:.2f}%"></i>' if low else ""
        if high > low:
            bar += f'<i class="jcm-fill-{countries.rung} jcm-range" style="left:{low:.2f}%;width:{high - low:.2f}%"></i>'
        css = f' class="jcm-kept jcm-state-{s.state.replace(" ", "-")}"' if s.value is None else ""
        share = (
            t.percent((s.tco2 or 0) / countries.total_tco2)
            if s.tco2 is not None and countries.total_tco2
            else "–"
        )
        body += (
            f'<tr{css}><td class="jcm-n">{s.rank or ""}</td>'
            f'<th scope="row"><a class="jcm-link" href="{href}">{escape(t.country(s.iso3))}</a>{weak}</th>'
            f'<td class="jcm-n">{escape(standing_words(s, countries, t))}</td>'
            f'<td class="jcm-wide jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{bar}</div></td>'
            f'<td class="jcm-n">{escape(share)}</td><td class="jcm-n">{t.number(s.projects) if s.projects else "–"}</td>'
            f'<td class="jcm-n jcm-hide-narrow">{t.number(s.with_estimate) if s.projects else "–"}</td>'
            f'<td class="jcm-n jcm-hide-narrow">{t.number(s.events) if s.events else "–"}</td></tr>'
        )
    total = _total_words(countries, t)
    if countries.per == "target" and countries.target_tco2:
        low, high = (end / countries.target_tco2 for end in (countries.total_tco2, countries.total_high_tco2))
        total = value_words(low, high, countries, t)
    elif countries.per == "project":
        total = "–"
    projects = sum(s.projects for s in countries.standings)
    estimates = sum(s.with_estimate for s in countries.standings)
    events = sum(s.events for s in countries.standings)
    body += (
        f'<tr class="jcm-sum"><td></td><th scope="row">{escape(t("All"))}</th><td class="jcm-n">{escape(total)}</td>'
        f'<td class="jcm-hide-narrow"></td><td class="jcm-n">{t.percent(1)}</td><td class="jcm-n">{t.number(projects)}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{t.number(estimates)}</td><td class="jcm-n jcm-hide-narrow">{t.number(events)}</td></tr>'
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    return f'<div class="jcm-scroll"><table class="jcm-tight jcm-ranking"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def ranking_rows(countries: Countries, t: Texts) -> pa.Table:
    """The ranking as a plain table."""
    some = countries.standings
    return labelled(
        {
            t("Rank"): [s.rank for s in some],
            t("Partner country"): [t.country(s.iso3) for s in some],
            t("Code"): [s.iso3 for s in some],
            t("State"): [state_words(s.state, t) for s in some],
            per_names(t)[countries.per]: [s.value for s in some],
            t("tCO2, low end"): [s.tco2 for s in some],
            t("Projects"): [s.projects for s in some],
            t("Projects with an estimate"): [s.with_estimate for s in some],
            t("Events"): [s.events for s in some],
            t("tCO2, high end"): [s.tco2_high for s in some],
            t("Of the low end, reported (tCO2)"): [s.reported_tco2 for s in some],
        }
    )


def choropleth(countries: Countries, t: Texts, theme: ThemeName) -> go.Figure:
    """The same measure on the map; what has no value is neutral, told by its pattern."""
    palette = PALETTES[theme]
    largest = countries.largest
    colours, patterns, hover = {}, {}, {}
    for s in countries.standings:
        if s.value is None:
            colours[s.iso3] = palette.panel if s.state != "not yet a partner" else palette.grid
            patterns[s.iso3] = {
                "no project": ".",
                "no event": ".",
                "not known": "x",
                "not yet a partner": "-",
            }[s.state]
        else:
            step = max(i for i, least in enumerate(_STEPS) if s.value / largest >= least)
            colours[s.iso3] = shades(theme)[step]
        hover[s.iso3] = f"<b>{t.country(s.iso3)}</b><br>{standing_words(s, countries, t)}"
    return world_map(countries.shapes, t, theme, colours=colours, patterns=patterns, hover=hover)


def legend_html(countries: Countries, t: Texts, theme: ThemeName) -> str:
    """What shades and patterns of the map mean."""
    largest = countries.largest if any(s.value for s in countries.standings) else 0.0
    parts = []
    for i, colour in enumerate(shades(theme)):
        limit = _STEPS[max(i, 1)] * largest
        value = value_words(limit, limit, countries, t)
        words = t("above {value}", value=value) if i else t("up to {value}", value=value)
        parts.append(f'<span><i class="jcm-shade" style="background:{colour}"></i>{escape(words)}</span>')
    nothing = "no project" if any(s.state == "no project" for s in countries.standings) else "no event"
    for state, css in ((nothing, "dots"), ("not known", "cross"), ("not yet a partner", "lines")):
        parts.append(f'<span><i class="jcm-shade jcm-{css}"></i>{escape(state_words(state, t))}</span>')
    return f'<div class="jcm-keys">{"".join(parts)}</div>'


def matrix_html(countries: Countries, link: Link, t: Texts) -> str:
    """Signed, methodologies, projects by stage, credits, ITMOs, and which facts we hold, by country."""
    heads = (
        t("Partner country"),
        t("Signed"),
        t("Rules of implementation"),
        t("Methodologies"),
        t("Selected long ago, never listed"),
        t("Selected or planned"),
        t("Under validation"),
        t("Registered"),
        t("Issuance decided"),
        t("Issued"),
        t("Authorised and first transferred"),
        t("NDC facts"),
        t("Carbon pricing facts"),
    )
    body = ""
    for p in countries.partners:
        href = escape(link("country", iso3=p["iso3"]), quote=True)
        name = f'<th scope="row"><a class="jcm-link" href="{href}">{escape(t.country(p["iso3"]))}</a></th>'
        signed = escape(signed_words(p, t))
        if not p["is_partner"]:
            later = escape(t("not yet a partner"))
            body += f'<tr class="jcm-kept jcm-state-not-yet-a-partner">{name}<td>{signed}</td><td colspan="11">{later}</td></tr>'
            continue
        rules = f'<td class="jcm-n jcm-nodata">{escape(t("no data"))}</td>'
        counted = ("methodologies", "dormant", "pipeline", "validation", "registered")
        cells = [rules, *(_count_cell(p[key], t) for key in counted)]
        decided = _count_cell(p["notified"], t)
        if p["notified"]:
            low, high = p["notified_low_tco2"], p["notified_high_tco2"]
            amount = t("amount not known") if low is None else tonnes_between(low, high, t)
            decided = (
                f'<td class="jcm-n jcm-has">{t.number(p["notified"])}<small>{escape(amount)}</small></td>'
            )
        cells += [decided, _count_cell(p["issued"], t), _count_cell(p["itmo"], t)]
        cells += [_fact_cell(p["has_ndc"], t), _fact_cell(p["has_pricing"], t)]
        body += f"<tr>{name}<td>{signed}</td>{''.join(cells)}</tr>"
    head = "".join(
        f'<th scope="col" class="{"" if i < 2 else "jcm-n"}">{escape(name)}</th>'
        for i, name in enumerate(heads)
    )
    return f'<div class="jcm-scroll"><table class="jcm-tight jcm-matrix"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def signed_words(partner: Mapping[str, Any], t: Texts) -> str:
    """Day of signature, or the interval in which it lies."""
    if partner["signed_precision"] == "day":
        return t.day_short(partner["signed_to_on"])
    return f"{t.day_short(partner['signed_from_on'])} – {t.day_short(partner['signed_to_on'])}"


def _count_cell(value: int, t: Texts) -> str:
    if value:
        return f'<td class="jcm-n jcm-has">{t.number(value)}</td>'
    return f'<td class="jcm-n jcm-none" title="{escape(t("none known"), quote=True)}">·</td>'


def _fact_cell(has: bool, t: Texts) -> str:  # noqa: FBT001 - a fact of the row
    words = t("held") if has else t("no data")
    return f'<td class="jcm-n {"jcm-has" if has else "jcm-nodata"}">{escape(words)}</td>'


def matrix_rows(countries: Countries, t: Texts) -> pa.Table:
    """The matrix as a plain table."""
    some = countries.partners
    return labelled(
        {
            t("Partner country"): [t.country(p["iso3"]) for p in some],
            t("Signed"): [signed_words(p, t) for p in some],
            t("Partner on this day"): [p["is_partner"] for p in some],
            t("Methodologies"): [p["methodologies"] for p in some],
            t("Selected long ago, never listed"): [p["dormant"] for p in some],
            t("Selected or planned"): [p["pipeline"] for p in some],
            t("Under validation"): [p["validation"] for p in some],
            t("Registered"): [p["registered"] for p in some],
            t("Issuance decisions"): [p["notified"] for p in some],
            t("Issuance decided, low end (tCO2)"): [p["notified_low_tco2"] for p in some],
            t("Issuance decided, high end (tCO2)"): [p["notified_high_tco2"] for p in some],
            t("Issued"): [p["issued"] for p in some],
            t("Authorised and first transferred"): [p["itmo"] for p in some],
            t("NDC facts"): [p["has_ndc"] for p in some],
            t("Carbon pricing facts"): [p["has_pricing"] for p in some],
        }
    )
