"""The page of one project: facts, claims, life cycle, tonnes by year, issuances, place, similar projects."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from model.ladder import DORMANT
from view.amounts import amount_short, as_reported, event_tonnes, japanese_tonnes, tonnes, tonnes_between
from view.axes import tonnes_ticks
from view.map.page import doubt_names
from view.projects.facts import annual_words, claims_tile, facts_tile, sources_tile
from view.projects.known import Profile, coverage_of, has_no_schedule, stage_name, start_words
from view.stated_words import stated, title_of
from view.target.content import labelled
from view.texts import Texts
from view.theme import PALETTES, TEMPLATES, ThemeName
from view.tiles import Tile, TileMaker
from view.world_map import border_note, country_map, precision_names

Link = Callable[..., str]


def head_html(profile: Profile, link: Link, t: Texts) -> str:
    """Title, number, country and stage."""
    facts = profile.facts
    title, other = (
        title_of(facts, t),
        t.other_of(facts["title_en"], facts["title_ja"]),
    )
    lang = t.other
    country = escape(link("country", iso3=facts["iso3"]), quote=True)
    stage = stage_name(profile, t)
    parts = [
        f"<b>{escape(facts['project_id'])}</b>",
        f'<a class="jcm-link" href="{country}">{escape(t.country(facts["iso3"]))}</a>',
        escape(profile.names["technology"].get(facts["technology"], facts["technology"])),
        escape(as_reported(stage, t) if facts["is_reported"] else stage),
    ]
    second = f'<p class="jcm-under" lang="{lang}">{escape(other)}</p>' if other and other != title else ""
    return f'<h1 class="jcm-answer">{escape(title)}</h1>{second}<p class="jcm-under">{" · ".join(parts)}</p>'


def tiles_of(profile: Profile, link: Link, tile: TileMaker, t: Texts, theme: ThemeName) -> dict[str, Tile]:
    """Every tile of the page."""
    made = (
        _cycle_tile(profile, tile, t),
        _years_tile(profile, tile, t, theme),
        _events_tile(profile, tile, t),
        facts_tile(profile, tile, t),
        claims_tile(profile, tile, t),
        _place_tile(profile, tile, t, theme),
        _similar_tile(profile, link, tile, t),
        sources_tile(profile, tile, t),
    )
    return {one.key: one for one in made}


def steps_of(profile: Profile, t: Texts) -> list[tuple[str, str, bool]]:
    """Steps of the life cycle: what, when, and whether the date is assumed."""
    facts = profile.facts
    steps: list[tuple[str, str, bool]] = []
    if facts["fy_selected"]:
        steps.append((t("Selected"), t.year(facts["fy_selected"]), False))
    if facts["stage"] == DORMANT:
        steps.append((stage_name(profile, t), t("by {day}", day=t.day_short(profile.as_of)), False))
    if facts["stage"] == "validation":
        steps.append((t("Under validation"), t("by {day}", day=t.day_short(profile.as_of)), False))
    if facts["registered_on"]:
        steps.append((t("Registered on"), t.day_short(facts["registered_on"]), False))
    if facts["start_on"]:
        steps.append(
            (
                t("Start of operation"),
                start_words(facts, t),
                facts["start_basis"] not in {"stated", "verified"},
            )
        )
    steps += [
        (t("Issuance decided"), t.partial_day(event["decided_on"], event["decided_precision"]), False)
        for event in profile.events
        if event["decided_on"]
    ]
    if facts["end_on"]:
        steps.append((t("End of lifetime"), t.day_short(facts["end_on"]), True))
    return steps


def _cycle_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
    facts = profile.facts
    steps = steps_of(profile, t)
    items = "".join(
        f"<li><b>{escape(when)}</b><span>{escape(what)}{'<small>' + escape(t('assumed')) + '</small>' if assumed else ''}</span></li>"
        for what, when, assumed in steps
    )
    codes = [code for code in (facts["assumption_codes"] or "").split(";") if code]
    reasons = "".join(
        f"<li><code>{escape(code)}</code> {escape(_reason(profile, code, t))}</li>" for code in codes
    )
    stays = f'<ul class="jcm-reasons">{reasons}</ul>' if reasons else ""
    if facts["stage"] is None:
        sentence = t("Not known on this day.")
    elif facts["stage"] == DORMANT:
        sentence = t(
            "Selected longer ago than any project has needed for registration, and never listed: kept on record, in no sum."
        )
    elif has_no_schedule(facts):
        sentence = t(
            "No schedule: neither start, selection nor registration is known, so no year has tonnes of it."
            " Annual estimate: {annual}.",
            annual=annual_words(facts, t),
        )
    elif facts["start_on"] is None:
        sentence = t("Kept on record; nothing is expected of it and it is in no sum.")
    elif facts["annual_tco2"] is None:
        sentence = t("No annual estimate is known, so nothing is expected of it in the sums.")
    else:
        sentence = t(
            "Expected {annual} a year from {start} for {years} years.",
            annual=amount_short(facts["annual_tco2"], t),
            start=start_words(facts, t),
            years=t.number(facts["lifetime_years"]),
        )
    return tile(
        "cycle",
        "project_facts",
        coverage_of(profile, t),
        title=t("Life cycle: selected, registered, in operation, issued"),
        sentence=sentence,
        body=f'<ol class="jcm-steps">{items}</ol>{stays}' if steps or stays else " ",
        table=labelled(
            {
                t("Step"): [what for what, _, _ in steps],
                t("Date"): [when for _, when, _ in steps],
                t("assumed"): [assumed for _, _, assumed in steps],
            }
        ),
    )


def _reason(profile: Profile, code: str, t: Texts) -> str:
    row = profile.assumptions.get(code)
    return t.pick(row["reason_en"], row["reason_ja"]) if row else ""


def _years_tile(profile: Profile, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    dated = [row for row in profile.years if row["fiscal_year"] is not None]
    expected = sum(row["expected_tco2"] for row in dated)
    low, high = (sum(row[f"notified_{end}_tco2"] for row in profile.years) for end in ("low", "high"))
    parts = []
    if expected and profile.facts["stage"] == DORMANT:
        parts.append(t("{amount} by its estimate, in no sum", amount=amount_short(expected, t)))
    elif expected:
        parts.append(t("{amount} expected over its lifetime", amount=amount_short(expected, t)))
    if high:
        parts.append(t("{amount} decided for issuance so far", amount=tonnes_between(low, high, t)))
    table = labelled(
        {
            t("Fiscal year"): [t.year(r["fiscal_year"]) if r["fiscal_year"] else None for r in profile.years],
            t("Expected (tCO2)"): [r["expected_tco2"] for r in profile.years],
            t("Issuance decided, low end (tCO2)"): [r["notified_low_tco2"] for r in profile.years],
            t("Issuance decided, high end (tCO2)"): [r["notified_high_tco2"] for r in profile.years],
        }
    )
    shared: dict[str, Any] = {
        "title": t("Expected by fiscal year against issuance decided by monitoring period"),
        "sentence": t("{parts}.", parts=t.listing(parts))
        if parts
        else t("No tonnes are known of this project."),
        "table": table,
    }
    coverage = coverage_of(profile, t)
    if not parts:
        return tile("years", "project_years", coverage, body=" ", **shared)
    palette = PALETTES[theme]
    rung = profile.facts["stage"] if profile.facts["stage"] in palette.rungs else "registered"
    figure = go.Figure()
    years = [row["fiscal_year"] for row in dated]
    for name, ends, code in (
        (t("Expected"), ("expected_tco2", "expected_tco2"), rung),
        (t("Issuance decided"), ("notified_low_tco2", "notified_high_tco2"), "notified"),
    ):
        beyond = [row[ends[1]] - row[ends[0]] for row in dated]
        figure.add_bar(
            x=years,
            y=[row[ends[0]] for row in dated],
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [width or None for width in beyond],
                "arrayminus": [None] * len(beyond),
                "color": palette.ink,
                "thickness": 1.5,
                "visible": any(beyond),
            },
            name=name,
            marker={
                "color": palette.rungs[code].colour,
                "pattern": {
                    "shape": palette.rungs[code].pattern,
                    "fgcolor": palette.background,
                    "fillmode": "overlay",
                },
            },
            customdata=[
                [t.year(row["fiscal_year"]), tonnes_between(row[ends[0]], row[ends[1]], t)] for row in dated
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + name + "</extra>",
        )
    highest = max((max(row["expected_tco2"], row["notified_high_tco2"]) for row in dated), default=1)
    every = 5 if len(years) > 12 else 2
    ticks = [year for year in years if year % every == 0]
    figure.update_layout(
        template=TEMPLATES[theme],
        barmode="group",
        bargap=0.25,
        hovermode="closest",
        xaxis={
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [t.year(year) for year in ticks],
            "tickangle": 0,
        },
        yaxis={**_small_ticks(highest, t), "title": {"text": t("t-CO₂ of the year")}},
    )
    return tile("years", "project_years", coverage, figure=figure, **shared)


def _small_ticks(highest: int, t: Texts) -> dict[str, object]:
    """Tonnes as they are for a project: Mt would be all noughts."""
    ticks = tonnes_ticks(float(highest), t)
    values = ticks["tickvals"]
    labels = [t.number(round(value)) for value in values] if isinstance(values, list) else []
    return {**ticks, "ticktext": labels}


def _events_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
    def amount(value: int | None) -> str:
        return t("not known") if value is None else tonnes(value, t)

    def day(row: Mapping[str, Any], name: str) -> str:
        return t.partial_day(row[f"{name}_on"], row[f"{name}_precision"]) if row[f"{name}_on"] else "–"

    def period(row: Mapping[str, Any]) -> str:
        if not row["period_start_on"] or not row["period_end_on"]:
            return "–"
        return f"{t.day_short(row['period_start_on'])} – {t.day_short(row['period_end_on'])}"

    heads = (
        (t("Monitoring period"), ""),
        (t("Issuance decided"), ""),
        (t("Issued on"), ""),
        (t("Total"), "jcm-n"),
        (t("Japanese side"), "jcm-n"),
        (t("of it government"), "jcm-n"),
        (t("Partner side"), "jcm-n"),
    )
    rows = [
        (
            period(row),
            day(row, "decided"),
            day(row, "issued"),
            event_tonnes(row, t),
            japanese_tonnes(row, t),
            amount(row["japan_government_tco2"]),
            amount(row["partner_tco2"]),
        )
        for row in profile.events
    ]
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{css}">{escape(cell)}</td>' for cell, (_, css) in zip(cells, heads, strict=True)
        )
        + "</tr>"
        for cells in rows
    )
    shared = sum(1 for row in profile.events if row["projects"] > 1)
    notes = (t("{n} of them are of several projects together", n=t.number(shared)),) if shared else ()
    sentence = (
        t.count("{n} issuance event is known.", "{n} issuance events are known.", len(rows))
        if rows
        else t("No issuance of this project is known.")
    )
    return tile(
        "events",
        "project_events",
        coverage_of(profile, t),
        title=t("Issuance decided, issued and how it was shared"),
        sentence=sentence,
        body=f'<div class="jcm-scroll"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        if rows
        else " ",
        table=labelled(
            {name: [cells[i] for cells in rows] for i, (name, _) in enumerate(heads)}
            | {
                t("Total, low end (tCO2)"): [row["tco2_low"] for row in profile.events],
                t("Total, high end (tCO2)"): [row["tco2_high"] for row in profile.events],
                t("Source"): [row["url"] for row in profile.events],
            }
        ),
        notes=notes,
    )


def _place_tile(profile: Profile, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    precision, doubts = precision_names(t), doubt_names(t)
    words = [
        t(
            "{place}: {precision}",
            place=stated(site["place_text"], t) if site["place_text"] else t("place not stated"),
            precision=precision[site["precision"]],
        )
        + (f" ({doubts[site['doubt']]})" if site["doubt"] else "")
        for site in profile.sites
    ]
    return tile(
        "place",
        "project_sites",
        t("Places by GeoNames (CC BY 4.0); provinces stand at their capital"),
        title=t("Place of the project and how exactly it is known"),
        sentence=t.listing(words) or t("place not stated"),
        figure=country_map(profile.shapes, profile.facts["iso3"], profile.sites, t, theme),
        table=labelled(
            {
                t("Site"): [s["site_number"] for s in profile.sites],
                t("Place"): [stated(s["place_text"], t) if s["place_text"] else None for s in profile.sites],
                t("Name in the gazetteer"): [s["place_name"] for s in profile.sites],
                t("Known to"): [precision[s["precision"]] for s in profile.sites],
                t("Why not better"): [doubts[s["doubt"]] if s["doubt"] else None for s in profile.sites],
                t("Latitude"): [s["latitude"] for s in profile.sites],
                t("Longitude"): [s["longitude"] for s in profile.sites],
            }
        ),
        notes=(border_note(t),),
    )


def _similar_tile(profile: Profile, link: Link, tile: TileMaker, t: Texts) -> Tile:
    names = profile.names
    body = ""
    for row in profile.similar:
        href = escape(link("project", project=row["project_id"]), quote=True)
        size = tonnes(row["annual_tco2"], t) if row["annual_tco2"] is not None else "–"
        body += (
            f'<tr><th scope="row"><a class="jcm-link" href="{href}">{escape(title_of(row, t))}</a>'
            f"<small>{escape(row['project_id'])} · {escape(t.country(row['iso3']))}</small></th>"
            f"<td>{escape(names['status'].get(row['stage'], row['stage']))}</td>"
            f'<td class="jcm-n">{escape(size)}</td></tr>'
        )
    return tile(
        "similar",
        "project_similar",
        coverage_of(profile, t),
        title=t("Similar projects, with their annual estimate"),
        sentence=t("Same technology and country first, then the same technology, nearest in size."),
        body=f'<div class="jcm-scroll"><table class="jcm-tight"><tbody>{body}</tbody></table></div>'
        if body
        else " ",
        table=labelled(
            {
                t("Project"): [r["project_id"] for r in profile.similar],
                t("Title"): [title_of(r, t) for r in profile.similar],
                t("Annual estimate (tCO2)"): [r["annual_tco2"] for r in profile.similar],
            }
        ),
    )


def unknown_html(asked: str | None, near: Sequence[tuple[str, str]], link: Link, t: Texts) -> str:
    """That there is no such project, and those whose number or title is near."""
    title = t("No project is named") if not asked else t("There is no project “{asked}”", asked=asked[:80])
    items = "".join(
        f'<li><a class="jcm-link" href="{escape(link("project", project=key), quote=True)}">{escape(key)} · {escape(name)}</a></li>'
        for key, name in near
    )
    lead = escape(t("Near matches:") if near else t("Search for it in the list of projects."))
    back = (
        f'<a class="jcm-link" href="{escape(link("projects"), quote=True)}">{escape(t("All projects"))}</a>'
    )
    return (
        f'<h1 class="jcm-answer">{escape(title)}</h1><p class="jcm-under">{lead}</p><ul class="jcm-reasons">{items}</ul>'
        f'<p class="jcm-under">{back}</p>'
    )
