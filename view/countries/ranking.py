"""The ranking and the choropleth of partner countries."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import plotly.graph_objects as go

from model.ladder import PROJECT_RUNGS, RUNG_BY_CODE
from model.ranking import EXPECTED, Standing
from view.amounts import amount_short, between, reported
from view.countries.drawings import sparkline
from view.countries.ranking_content import Countries
from view.map.page import shades
from view.map_frame import zoomed
from view.marks.markup import key, keys
from view.marks.table import DASH, WIDE, Column, Markup, Table, linked, small
from view.texts import Texts, Told
from view.theme import PALETTES, ThemeName
from view.world_map import world_map

Link = Callable[..., str]
FEW = 5
"""Countries whose part a message tells together."""
_STEPS = (0.0, 0.05, 0.15, 0.35, 0.65)


def figure_names(t: Texts) -> dict[str, str]:
    """The measures of the ladder; rungs aside of it are left out."""
    shown = [r for r in RUNG_BY_CODE.values() if r.kind != "aside" and r.code != "ndc"]
    return {EXPECTED: t("Expected reductions")} | {r.code: t.pick(r.name_en, r.name_ja) for r in shown}


def per_names(t: Texts) -> dict[str, str]:
    """What a measure is set against."""
    return {"amount": "t-CO₂", "target": t("Share of the target"), "project": t("Per project or event")}


def value_words(low: float, high: float, countries: Countries, t: Texts) -> str:
    """A value in its unit, or its two ends."""
    if countries.per == "target":
        return between(low, high, t, lambda share, words: words.percent(share))
    return between(low, high, t, amount_short)


def standing_words(standing: Standing, countries: Countries, t: Texts) -> str:
    """The value of a country, or why there is none."""
    if standing.value is None or standing.value_high is None:
        return state_words(standing.state, t) or DASH
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
    if len(first) == 1:
        return t(
            "{measure}: {country} accounts for all of {total}.",
            measure=name,
            country=t.country(first[0].iso3),
            total=_total_words(countries, t),
        )
    values = {
        "countries": t.listing([t.country(s.iso3) for s in first]),
        "share": _share(first, countries, t),
        "total": _total_words(countries, t),
    }
    if countries.figure == EXPECTED:
        return t("{countries} account for {share} of expected reductions ({total}).", **values)
    return t("{measure}: {countries} account for {share} of {total}.", measure=name, **values)


def ranking_told(countries: Countries, t: Texts) -> Told:
    """What the country with the most holds, and what the first few hold together."""
    having = sorted((s for s in countries.standings if s.tco2), key=lambda s: -(s.tco2 or 0))
    if not having:
        return "", answer(countries, t)
    measure = figure_names(t)[countries.figure]
    if countries.per == "project":
        first = next(s for s in countries.standings if s.tco2)
        words = standing_words(first, countries, t)
        return t(
            "{measure} per project or event: {country} has the most, {value}",
            measure=measure,
            country=t.country(first.iso3),
            value=words,
        ), ""
    values = {
        "country": t.country(having[0].iso3),
        "measure": measure,
        "share": _share(having[:1], countries, t),
    }
    if len(having) == 1:
        return t(
            "{measure}: {country} accounts for all of {total}", total=_total_words(countries, t), **values
        ), ""
    if len(having) <= FEW:
        return t.count(
            "{measure}: {country} accounts for {share}, {n} other country for the rest",
            "{measure}: {country} accounts for {share}, {n} other countries for the rest",
            len(having) - 1,
            **values,
        ), ""
    most = _share(having[:FEW], countries, t)
    return t(
        "{measure}: {country} accounts for {share}, the first {n} countries for {most}",
        n=t.number(FEW),
        most=most,
        **values,
    ), ""


def _share(some: Sequence[Standing], countries: Countries, t: Texts) -> str:
    """Their share of all; never told as the whole where others have a part."""
    low = sum(s.tco2 or 0 for s in some) / (countries.total_tco2 or 1)
    return t("more than {share}", share=t.percent(0.99)) if 0.995 <= low < 1 else t.percent(low)


def choropleth_told(countries: Countries, t: Texts) -> Told:
    """Of how many partners an amount is known."""
    known, partners = sum(1 for s in countries.standings if s.value is not None), len(countries.standings)
    if not known or partners == 1:
        return "", answer(countries, t)
    values = {"n": t.number(known), "all": t.number(partners), "measure": figure_names(t)[countries.figure]}
    return t("{measure}: an amount is known for {n} of {all} partner countries", **values), answer(
        countries, t
    )


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


def ranking_table(countries: Countries, link: Link, t: Texts, theme: ThemeName) -> Table[Standing]:
    """Every partner with its rank, value, bar, share, projects and events."""
    total = countries.total_tco2

    def name(s: Standing) -> str:
        if not s.iso3:
            return t("All")
        return linked(link("country", iso3=s.iso3), t.country(s.iso3)) + small(reported(s.reported_tco2, t))

    def value(s: Standing) -> str:
        return standing_words(s, countries, t) if s.iso3 else _sum_words(countries, t)

    def share(s: Standing) -> str:
        if not s.iso3:
            return t.percent(1)
        return t.percent(s.tco2 / total) if s.tco2 is not None and total else DASH

    def count(n: int, known: int, s: Standing) -> str:
        return t.number(n) if known or not s.iso3 else DASH

    def row_css(s: Standing) -> str:
        if not s.iso3:
            return "jcm-sum"
        return f"jcm-kept jcm-state-{s.state.replace(' ', '-')}" if s.value is None else ""

    # Projects and estimates are those of expectations, events of what is verified; files have both.
    is_expected = countries.figure == EXPECTED or countries.figure in PROJECT_RUNGS
    tonnes_of = partial(Column[Standing], kind="tonnes", cell=None)
    return Table(
        (
            Column("rank", t("Rank"), "number", lambda s: s.rank, lambda s: str(s.rank or ""), page_label=""),
            Column(
                "country", t("Partner country"), value=lambda s: t.country(s.iso3), cell=name, is_head=True
            ),
            Column("iso3", t("Code"), value=lambda s: s.iso3, cell=None),
            Column("state", t("State"), value=lambda s: state_words(s.state, t), cell=None),
            Column(
                "value",
                per_names(t)[countries.per],
                "share" if countries.per == "target" else "tonnes",
                lambda s: s.value,
                value,
            ),
            Column("trend", t("By year"), value=None, cell=lambda s: _trend(s, countries, t, theme)),
            Column("bar", "", value=None, cell=lambda s: _bar(s, countries), css=f"jcm-wide {WIDE}"),
            tonnes_of("tco2", t("tCO2, low end"), value=lambda s: s.tco2),
            Column("share", t("Share of the total"), "share", None, share),
            Column(
                "projects",
                t("Projects"),
                "number",
                lambda s: s.projects,
                (lambda s: count(s.projects, s.projects, s)) if is_expected else None,
            ),
            Column(
                "with_estimate",
                t("Projects with an estimate"),
                "number",
                lambda s: s.with_estimate,
                (lambda s: count(s.with_estimate, s.projects, s)) if is_expected else None,
                page_label=t("with an estimate"),
                css=WIDE,
            ),
            Column(
                "events",
                t("Events"),
                "number",
                lambda s: s.events,
                None if is_expected else lambda s: count(s.events, s.events, s),
                css=WIDE,
            ),
            tonnes_of("tco2_high", t("tCO2, high end"), value=lambda s: s.tco2_high),
            tonnes_of("reported_tco2", t("Of the low end, reported (tCO2)"), value=lambda s: s.reported_tco2),
        ),
        countries.standings,
        t,
        css="jcm-tight jcm-ranking",
        row_css=row_css,
    )


def ranking_html(countries: Countries, link: Link, t: Texts, theme: ThemeName) -> Markup:
    """The ranking with a last row for the sum, which files do not hold."""
    some = countries.standings
    everyone = Standing(
        iso3="",
        state="known",
        value=None,
        tco2=countries.total_tco2,
        projects=sum(s.projects for s in some),
        with_estimate=sum(s.with_estimate for s in some),
        events=sum(s.events for s in some),
    )
    return replace(ranking_table(countries, link, t, theme), rows=[*some, everyone]).html()


def _sum_words(countries: Countries, t: Texts) -> str:
    if countries.per == "project":
        return DASH
    if countries.per == "target" and countries.target_tco2:
        low, high = (end / countries.target_tco2 for end in (countries.total_tco2, countries.total_high_tco2))
        return value_words(low, high, countries, t)
    return _total_words(countries, t)


def _trend(standing: Standing, countries: Countries, t: Texts, theme: ThemeName) -> Markup:
    """The cumulative tonnes year by year, low end; nothing where none are known."""
    series = countries.series.get(standing.iso3)
    if series is None:
        return Markup("")
    years, basis = countries.years, countries.selection.year_basis
    marked = countries.marked
    label = t(
        "{country}, cumulative from {first} to {last}: {amount} at the end of {year}, {most} at the end",
        country=t.country(standing.iso3),
        first=t.year(years[0], basis),
        last=t.year(years[-1], basis),
        year=t.year(years[marked], basis),
        amount=amount_short(series.lows[marked], t),
        most=amount_short(series.lows[-1], t),
    )
    colour = PALETTES[theme].rungs[countries.rung].colour
    return sparkline(series.lows, marked, label, colour, theme)


def _bar(standing: Standing, countries: Countries) -> Markup:
    """The low end, and the range up to the high end; nothing where there is no value."""
    if not standing.iso3 or standing.value is None:
        return Markup("")
    low, high = ((end or 0.0) / countries.largest * 100 for end in (standing.value, standing.value_high))
    parts = ((0.0, low, ""), (low, high - low, " jcm-range"))
    fills = Markup("").join(
        Markup('<i class="jcm-fill-{}{}" style="left:{:.2f}%;width:{:.2f}%"></i>').format(
            countries.rung, css, left, width
        )
        for left, width, css in parts
        if width > 0
    )
    return Markup('<div class="jcm-bar" aria-hidden="true">{}</div>').format(fills)


def choropleth(countries: Countries, t: Texts, theme: ThemeName) -> go.Figure:
    """The same measure on the map; what has no value is neutral, with a pattern."""
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
    figure = world_map(countries.shapes, t, theme, colours=colours, patterns=patterns, hover=hover)
    return zoomed(figure, countries.shapes, {s.iso3 for s in countries.standings})


def legend_html(countries: Countries, t: Texts, theme: ThemeName) -> Markup:
    """What shades mean, and the patterns that the map has."""
    largest = countries.largest if any(s.value for s in countries.standings) else 0.0
    sign = Markup('<i class="jcm-shade" style="background:{}"></i>')
    signs = []
    for i, colour in enumerate(shades(theme)):
        limit = _STEPS[max(i, 1)] * largest
        value = value_words(limit, limit, countries, t)
        words = t("above {value}", value=value) if i else t("up to {value}", value=value)
        signs.append(key(sign.format(colour), words))
    patterns = {"no project": "dots", "no event": "dots", "not known": "cross", "not yet a partner": "lines"}
    for state, css in patterns.items():
        if any(s.state == state for s in countries.standings):
            signs.append(key(Markup('<i class="jcm-shade jcm-{}"></i>').format(css), state_words(state, t)))
    return keys(*signs)
