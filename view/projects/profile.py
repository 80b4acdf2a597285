"""The page of one project: facts, claims, life cycle, tonnes by year, issuances, place, similar projects."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from model.ladder import DORMANT
from queries.runner import Answers, Questions
from view.amounts import amount_short, as_reported, event_tonnes, japanese_tonnes, tonnes
from view.map.listing import doubt_names
from view.marks.table import DASH, Column, Markup, Table, linked, small
from view.page import Page, PageContext
from view.projects.content import ProjectProfile, coverage_of, has_no_schedule, stage_name, start_words
from view.projects.facts import annual_words, claims_tile, facts_tile, sources_tile
from view.projects.years import years_tile
from view.stated_words import stated, title_of
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker
from view.world_map import border_note, country_map, precision_names

Link = Callable[..., str]
TCO2 = "tCO2"
OF_PROJECT = (
    "project_facts",
    "project_events",
    "project_sightings",
    "project_years",
    "project_similar",
    "project_claims",
    "project_sources",
)


def head_html(profile: ProjectProfile, link: Link, t: Texts) -> Markup:
    """Title, number, country and stage."""
    facts = profile.facts
    title, other = title_of(facts, t), t.other_of(facts["title_en"], facts["title_ja"])
    stage = stage_name(profile, t)
    parts = (
        Markup("<b>{}</b>").format(facts["project_id"]),
        linked(link("country", iso3=facts["iso3"]), t.country(facts["iso3"])),
        profile.names["technology"].get(facts["technology"], facts["technology"]),
        as_reported(stage, t) if facts["is_reported"] else stage,
    )
    second = Markup('<p class="jcm-under" lang="{}">{}</p>').format(t.other, other)
    return Markup('<h1 class="jcm-answer">{}</h1>{}<p class="jcm-under">{}</p>').format(
        title, second if other and other != title else "", Markup(" · ").join(parts)
    )


def questions(context: PageContext) -> Questions:
    """What the page asks; the one choice is the `project`."""
    day: dict[str, object] = {"as_of": context.selection.as_of}
    dated: dict[str, object] = {**day, "project": context.choice["project"]}
    return {
        **dict.fromkeys(OF_PROJECT, dated),
        "project_participants": {"project": context.choice["project"]},
        "project_sites": {},
        "map_shapes": {},
        "assumptions": day,
    }


def page_of(context: PageContext, answers: Answers) -> Page[ProjectProfile]:
    """Every tile of the page."""
    t, theme = context.t, context.theme
    profile = ProjectProfile(context, answers)
    tile = context.tile_maker(answers)
    tiles = {
        "cycle": lambda: _cycle_tile(profile, tile, t),
        "years": lambda: years_tile(profile, tile, t, theme),
        "events": lambda: _events_tile(profile, tile, t),
        "facts": lambda: facts_tile(profile, context.link, tile, t),
        "claims": lambda: claims_tile(profile, tile, t),
        "place": lambda: _place_tile(profile, tile, t, theme),
        "similar": lambda: _similar_tile(profile, context.link, tile, t),
        "sources": lambda: sources_tile(profile, tile, t),
    }
    return Page(profile, lambda: head_html(profile, context.link, t), tiles)


def steps_of(profile: ProjectProfile, t: Texts) -> list[tuple[str, str, bool]]:
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


def _cycle_tile(profile: ProjectProfile, tile: TileMaker, t: Texts) -> Tile:
    facts = profile.facts
    steps = steps_of(profile, t)
    nothing = Markup("")
    items = nothing.join(
        Markup("<li><b>{}</b><span>{}{}</span></li>").format(
            when, what, small(t("assumed") if assumed else "")
        )
        for what, when, assumed in steps
    )
    codes = [code for code in (facts["assumption_codes"] or "").split(";") if code]
    reasons = nothing.join(
        Markup("<li><code>{}</code> {}</li>").format(code, _reason(profile, code, t)) for code in codes
    )
    stays = Markup('<ul class="jcm-reasons">{}</ul>').format(reasons) if codes else ""
    message = sentence = ""
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
        message = t(
            "Expected {annual} a year from {start} for {years} years",
            annual=amount_short(facts["annual_tco2"], t),
            start=start_words(facts, t),
            years=t.number(facts["lifetime_years"]),
        )
    return tile(
        "project_facts",
        coverage_of(profile, t),
        title=t("Life cycle: selected, registered, in operation, issued"),
        told=(message, sentence),
        body=Markup('<ol class="jcm-steps">{}</ol>{}').format(items, stays) if steps or stays else " ",
        table=Table(
            (
                Column("step", t("Step"), value=itemgetter(0), cell=None),
                Column("day", t("Date"), value=itemgetter(1), cell=None),
                Column("is_assumed", t("assumed"), value=itemgetter(2), cell=None),
            ),
            steps,
            t,
        ),
    )


def _reason(profile: ProjectProfile, code: str, t: Texts) -> str:
    row = profile.assumptions.get(code)
    return t.pick(row["reason_en"], row["reason_ja"]) if row else ""


def _events_tile(profile: ProjectProfile, tile: TileMaker, t: Texts) -> Tile:
    def part(key: str, label: str) -> Column[Mapping[str, Any]]:
        unknown = t("not known")
        return Column(
            key, label, value=lambda r: unknown if r[key] is None else tonnes(r[key], t), is_figure=True
        )

    def day(row: Mapping[str, Any], name: str) -> str:
        return t.partial_day(row[f"{name}_on"], row[f"{name}_precision"]) if row[f"{name}_on"] else DASH

    def period(row: Mapping[str, Any]) -> str:
        if not row["period_start_on"] or not row["period_end_on"]:
            return DASH
        return f"{t.day_short(row['period_start_on'])} – {t.day_short(row['period_end_on'])}"

    shared = sum(1 for row in profile.events if row["projects"] > 1)
    notes = (t("{n} of them are of several projects together", n=t.number(shared)),) if shared else ()
    sentence = (
        t.count("{n} issuance event is known.", "{n} issuance events are known.", len(profile.events))
        if profile.events
        else t("No issuance of this project is known.")
    )
    return tile(
        "project_events",
        coverage_of(profile, t),
        title=t("Issuance decided, issued and how it was shared"),
        sentence=sentence,
        body="" if profile.events else " ",
        table=Table(
            (
                Column("period", t("Monitoring period"), value=period),
                Column("decided_on", t("Issuance decided"), value=lambda r: day(r, "decided")),
                Column("issued_on", t("Issued on"), value=lambda r: day(r, "issued")),
                Column("total", t("Total"), value=lambda r: event_tonnes(r, t), is_figure=True),
                Column("japan", t("Japanese side"), value=lambda r: japanese_tonnes(r, t), is_figure=True),
                part("japan_government_tco2", t("of which government")),
                part("partner_tco2", t("Partner side")),
                Column("tco2_low", t("Total, low end (tCO2)"), "tonnes", cell=None),
                Column("tco2_high", t("Total, high end (tCO2)"), "tonnes", cell=None),
                Column("url", t("Source"), "source", cell=None),
            ),
            profile.events,
            t,
        ),
        notes=notes,
    )


def _place_tile(profile: ProjectProfile, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    precision, doubts = precision_names(t), doubt_names(t)

    def place(site: Mapping[str, Any]) -> str | None:
        return stated(site["place_text"], t) if site["place_text"] else None

    def doubt(site: Mapping[str, Any]) -> str | None:
        return doubts[site["doubt"]] if site["doubt"] else None

    words = []
    for site in profile.sites:
        told = t(
            "{place}: {precision}",
            place=place(site) or t("place not stated"),
            precision=precision[site["precision"]],
        )
        words.append(t.noted(told, doubts[site["doubt"]]) if site["doubt"] else told)
    return tile(
        "project_sites",
        t("Places by GeoNames (CC BY 4.0); provinces stand at their capital"),
        title=t("Place of the project and how exactly it is known"),
        sentence=t.listing(words) or t("place not stated"),
        figure=country_map(profile.shapes, profile.facts["iso3"], profile.sites, t, theme),
        height=320,
        is_map=True,
        table=Table(
            (
                Column("site_number", t("Site"), cell=None),
                Column("place_text", t("Place"), value=place, cell=None),
                Column("place_name", t("Name in the gazetteer"), cell=None),
                Column(
                    "precision", t("Location precision"), value=lambda r: precision[r["precision"]], cell=None
                ),
                Column("doubt", t("Why not better"), value=doubt, cell=None),
                Column("latitude", t("Latitude"), "number", cell=None),
                Column("longitude", t("Longitude"), "number", cell=None),
            ),
            profile.sites,
            t,
        ),
        notes=(border_note(t),),
    )


def _similar_tile(profile: ProjectProfile, link: Link, tile: TileMaker, t: Texts) -> Tile:
    stages = profile.names["status"]

    def title(row: Mapping[str, Any]) -> Markup:
        name = linked(link("project", project=row["project_id"]), title_of(row, t))
        return name + small(f"{row['project_id']} · {t.country(row['iso3'])}")

    return tile(
        "project_similar",
        coverage_of(profile, t),
        title=t("Similar projects, with their annual estimate"),
        sentence=t("Same technology and country first, then the same technology, nearest in size."),
        body="" if profile.similar else " ",
        table=Table(
            (
                Column("project_id", t("Project"), cell=None),
                Column("title", t("Title"), value=lambda r: title_of(r, t), cell=title, is_head=True),
                Column("stage", t("Stage"), value=None, cell=lambda r: stages.get(r["stage"], r["stage"])),
                Column(
                    "annual_tco2",
                    t("Annual estimate (tCO2)"),
                    "tonnes",
                    cell=lambda r: DASH if r["annual_tco2"] is None else tonnes(r["annual_tco2"], t),
                ),
            ),
            profile.similar,
            t,
            has_headings=False,
        ),
    )


def unknown_html(asked: str | None, near: Sequence[tuple[str, str]], link: Link, t: Texts) -> Markup:
    """That there is no such project, and those whose number or title is near."""
    title = t("No project is named") if not asked else t("There is no project “{asked}”", asked=asked[:80])
    items = Markup("").join(
        Markup("<li>{}</li>").format(linked(link("project", project=key), f"{key} · {name}"))
        for key, name in near
    )
    return Markup(
        '<h1 class="jcm-answer">{}</h1><p class="jcm-under">{}</p><ul class="jcm-reasons">{}</ul>'
        '<p class="jcm-under">{}</p>'
    ).format(
        title,
        t("Near matches:") if near else t("Search for it in the list of projects."),
        items,
        linked(link("projects"), t("All projects")),
    )
