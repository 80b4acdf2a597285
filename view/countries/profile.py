"""The profile of one partner country."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from model.fiscal_year import fiscal_year_of
from model.ladder import EXPECTED_RUNGS
from view.amounts import (
    amount_short,
    as_reported,
    basis_names,
    event_tonnes,
    japanese_tonnes,
    tonnes,
    tonnes_between,
    with_reported,
)
from view.countries.country_facts import climate_tile, readiness_tile, statements_tile, unknown_tile
from view.countries.known import Profile, plain_table
from view.countries.mix import mix_tile
from view.countries.ranking import signed_words
from view.map.page import doubt_names
from view.projects.listing import decided_words
from view.stated_words import stated, title_of
from view.target.content import labelled
from view.texts import Texts, texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker
from view.world_map import border_note, country_map, precision_names

Link = Callable[..., str]


def head_html(profile: Profile, t: Texts) -> str:
    """Name, signature and what the country brings to each target."""
    partner = profile.partner
    place = t(", {place}", place=stated(partner["signed_place"], t)) if partner["signed_place"] else ""
    if partner["is_partner"]:
        signed = t(
            "Partner no. {n} by signature · signed {day}{place}",
            n=t.number(partner["sequence"]),
            day=signed_words(partner, t),
            place=place,
        )
    else:
        signed = t("Not yet a partner on this day.")
    other = texts(t.other).country(profile.iso3)
    lang = t.other
    return (
        f'<h1 class="jcm-answer">{escape(t.country(profile.iso3))} <small lang="{lang}">{escape(other)}</small></h1>'
        f'<p class="jcm-under">{escape(answer(profile, t))}</p><p class="jcm-under">{escape(signed)}</p>'
    )


def counted_projects(profile: Profile) -> list[Mapping[str, Any]]:
    """Projects whose expected tonnes count."""
    return [p for p in profile.projects if p["in_target_scope"] and p["stage"] in EXPECTED_RUNGS]


def expected_by(profile: Profile, year: int) -> int:
    """Expected tonnes to the end of a fiscal year, tCO2."""
    return sum(
        row["tco2_low"]
        for row in profile.by_year
        if row["rung"] in EXPECTED_RUNGS and row["year"] is not None and row["year"] <= year
    )


def answer(profile: Profile, t: Texts) -> str:
    """The country's expected tonnes beside each target."""
    counted = counted_projects(profile)
    if not counted:
        return t("No project is known on this day.")
    with_estimate = sum(1 for p in counted if p["annual_tco2"] is not None)
    if not with_estimate:
        return t.count(
            "{n} project is known, and none states an annual estimate.",
            "{n} projects are known, and none states an annual estimate.",
            len(counted),
        )
    parts = [
        t(
            "{amount} expected by {year} ({share} of the target)",
            amount=amount_short(expected_by(profile, year), t),
            year=t.year(year),
            share=t.percent(expected_by(profile, year) / target),
        )
        for year, target in profile.targets
    ]
    return t.count(
        "{parts}, from {n} project.",
        "{parts}, from {n} projects.",
        len(counted),
        parts=t.listing(parts),
    )


def tiles_of(profile: Profile, link: Link, tile: TileMaker, t: Texts, theme: ThemeName) -> dict[str, Tile]:
    """Every tile of the profile but those it shares with the target page."""
    counted = counted_projects(profile)
    coverage = t(
        "{n} of {all} projects with an annual estimate",
        n=t.number(sum(1 for p in counted if p["annual_tco2"] is not None)),
        all=t.number(len(counted)),
    )
    made = (
        _time_tile(profile, coverage, tile, t),
        mix_tile(profile, coverage, link, tile, t),
        _projects_tile(profile, coverage, link, tile, t),
        _issuances_tile(profile, coverage, tile, t),
        _place_tile(profile, tile, t, theme),
        climate_tile(profile, tile, t),
        readiness_tile(profile, tile, t),
        statements_tile(profile, tile, t),
        unknown_tile(profile, coverage, tile, t),
    )
    return {one.key: one for one in made}


def events_of(profile: Profile, t: Texts) -> list[tuple[int, str, str]]:
    """Fiscal year, date and what happened, in order of time."""
    partner = profile.partner
    found: list[tuple[str, int, str, str]] = [
        (
            partner["signed_to_on"].isoformat(),
            fiscal_year_of(partner["signed_to_on"]),
            t.day(partner["signed_to_on"])
            if partner["signed_precision"] == "day"
            else signed_words(partner, t),
            t("Memorandum signed"),
        )
    ]
    if not partner["is_partner"] or _is_told(profile, partner["signed_to_on"]):
        found.clear()
    selected: dict[int, int] = {}
    for project in profile.projects:
        if project["fy_selected"]:
            selected[project["fy_selected"]] = selected.get(project["fy_selected"], 0) + 1
        if project["registered_on"]:
            day = project["registered_on"]
            found.append(
                (
                    day.isoformat(),
                    fiscal_year_of(day),
                    t.day(day),
                    t("{project} registered", project=project["project_id"]),
                )
            )
    found += [
        (f"{year + 1}-03-31", year, t.year(year), t.count("{n} project selected", "{n} projects selected", n))
        for year, n in selected.items()
    ]
    for event in profile.issuances:
        if event["decided_on"]:
            what = t("Issuance decided: {project}", project=event["project_ids"] or t("projects not named"))
            amount = t("amount not known") if event["tco2_low"] is None else event_tonnes(event, t)
            day = event["decided_on"]
            when = t.partial_day(day, event["decided_precision"])
            found.append((day.isoformat(), fiscal_year_of(day), when, f"{what}, {amount}"))
    name = partner["name_en"]
    for row in profile.milestones:
        if name and name in (row["title_en"] or ""):
            day = row["milestone_on"]
            found.append(
                (
                    day.isoformat(),
                    fiscal_year_of(day),
                    t.partial_day(day, row["milestone_precision"]),
                    stated(t.pick(row["title_en"], row["title_ja"]), t),
                )
            )
    return [(year, when, what) for _, year, when, what in sorted(found, key=lambda one: (one[0], one[3]))]


def _is_told(profile: Profile, day: date) -> bool:
    """Whether a milestone tells of the country's signature already."""
    name = profile.partner["name_en"]
    return any(
        row["milestone_on"] == day and row["kind"] == "agreement" and name in (row["title_en"] or "")
        for row in profile.milestones
    )


def _time_tile(profile: Profile, coverage: str, tile: TileMaker, t: Texts) -> Tile:
    events = events_of(profile, t)
    by_year: dict[int, list[str]] = {}
    for year, when, what in events:
        by_year.setdefault(year, []).append(f"<li><b>{escape(when)}</b> {escape(what)}</li>")
    body = "".join(
        f'<tr><th scope="row">{escape(t.year(year))}</th><td><ul class="jcm-facet jcm-events">{"".join(items)}</ul></td></tr>'
        for year, items in by_year.items()
    )
    return tile(
        "time_line",
        "projects",
        coverage,
        title=t("Time line: signature, selections, registrations, issuance decided"),
        sentence=t.count("{n} dated event.", "{n} dated events.", len(events)),
        body=f'<div class="jcm-list" tabindex="0"><table class="jcm-tight jcm-years"><tbody>{body}</tbody></table></div>',
        table=labelled(
            {
                t("Fiscal year"): [t.year(year) for year, _, _ in events],
                t("Date"): [when for _, when, _ in events],
                t("Event"): [what for _, _, what in events],
            }
        ),
    )


def _projects_tile(profile: Profile, coverage: str, link: Link, tile: TileMaker, t: Texts) -> Tile:
    names = profile.names
    heads = (
        (t("Project"), ""),
        (t("Technology"), "jcm-hide-narrow jcm-nowrap"),
        (t("Stage"), "jcm-nowrap"),
        (t("Selected"), "jcm-hide-narrow jcm-nowrap"),
        (t("Annual estimate"), "jcm-n"),
        (t("Issuance decided"), "jcm-n jcm-hide-narrow"),
    )
    rows = []
    for row in profile.projects:
        href = escape(link("project", project=row["project_id"]), quote=True)
        title = escape(title_of(row, t))
        number = as_reported(row["project_id"], t) if row["is_reported"] else row["project_id"]
        rows.append(
            (
                f'<a class="jcm-link" href="{href}">{title}</a><small>{escape(number)}</small>',
                escape(names["technology"].get(row["technology"], row["technology"])),
                escape(names["status"].get(row["stage"], row["stage"])),
                escape(t.year(row["fy_selected"]) if row["fy_selected"] else "–"),
                escape(tonnes(row["annual_tco2"], t) if row["annual_tco2"] is not None else "–"),
                escape(decided_words(row, t)),
            )
        )
    return tile(
        "country_projects",
        "projects",
        coverage,
        title=t("Projects with stage, annual estimate and issuance decided"),
        sentence=t.count("{n} project known on this day.", "{n} projects known on this day.", len(rows)),
        body=f'<div class="jcm-list" tabindex="0">{plain_table(heads, rows)}</div>' if rows else " ",
        table=labelled(
            {
                t("Project"): [r["project_id"] for r in profile.projects],
                t("Title"): [title_of(r, t) for r in profile.projects],
                t("Technology"): [names["technology"].get(r["technology"]) for r in profile.projects],
                t("Stage"): [names["status"].get(r["stage"]) for r in profile.projects],
                t("Selected"): [r["fy_selected"] for r in profile.projects],
                t("Registered on"): [r["registered_on"] for r in profile.projects],
                t("Annual estimate (tCO2)"): [r["annual_tco2"] for r in profile.projects],
                t("Issuance decided, low end (tCO2)"): [r["notified_low_tco2"] for r in profile.projects],
                t("Issuance decided, high end (tCO2)"): [r["notified_high_tco2"] for r in profile.projects],
                t("Rests on reports alone"): [r["is_reported"] for r in profile.projects],
            }
        ),
    )


def _issuances_tile(profile: Profile, coverage: str, tile: TileMaker, t: Texts) -> Tile:
    def amount(value: int | None) -> str:
        return escape(t("not known") if value is None else tonnes(value, t))

    heads = (
        (t("Project"), ""),
        (t("Issuance decided"), ""),
        (t("Monitoring period"), "jcm-hide-narrow"),
        (t("Total"), "jcm-n"),
        (t("Japanese side"), "jcm-n"),
        (t("of it government"), "jcm-n jcm-hide-narrow"),
        (t("Partner side"), "jcm-n"),
    )
    rows = []
    for row in profile.issuances:
        period = "–"
        if row["period_start_on"] and row["period_end_on"]:
            period = f"{t.day_short(row['period_start_on'])} – {t.day_short(row['period_end_on'])}"
        decided = t.partial_day(row["decided_on"], row["decided_precision"]) if row["decided_on"] else "–"
        rows.append(
            (
                escape(row["project_ids"] or t("not named")),
                escape(decided),
                escape(period),
                escape(event_tonnes(row, t)),
                escape(japanese_tonnes(row, t)),
                amount(row["japan_government_tco2"]),
                amount(row["partner_tco2"]),
            )
        )
    known = [row for row in profile.issuances if row["tco2_low"] is not None]
    low, high = (sum(row[end] for row in known) for end in ("tco2_low", "tco2_high"))
    weak = sum(row["tco2_low"] for row in known if row["is_reported"])
    sentence = (
        t.count(
            "{n} event, {known} with an amount, {amount} decided for issuance.",
            "{n} events, {known} with an amount, together {amount} decided for issuance.",
            len(rows),
            known=t.number(len(known)),
            amount=with_reported(tonnes_between(low, high, t), weak, t),
        )
        if rows
        else t("No issuance is known.")
    )
    return tile(
        "country_issuances",
        "country_issuances",
        coverage,
        title=t("Issuance decided and how it was shared"),
        sentence=sentence,
        body=plain_table(heads, rows) if rows else " ",
        table=labelled(
            {
                t("Event"): [r["issuance_id"] for r in profile.issuances],
                t("Project"): [r["project_ids"] for r in profile.issuances],
                t("Issuance decided"): [r["decided_on"] for r in profile.issuances],
                t("Issued on"): [r["issued_on"] for r in profile.issuances],
                t("Total, low end (tCO2)"): [r["tco2_low"] for r in profile.issuances],
                t("Japanese side, at least (tCO2)"): [r["japan_low_tco2"] for r in profile.issuances],
                t("Japanese government (tCO2)"): [r["japan_government_tco2"] for r in profile.issuances],
                t("Partner side (tCO2)"): [r["partner_tco2"] for r in profile.issuances],
                t("Source"): [r["url"] for r in profile.issuances],
                t("Total, high end (tCO2)"): [r["tco2_high"] for r in profile.issuances],
                t("Japanese side, at most (tCO2)"): [r["japan_high_tco2"] for r in profile.issuances],
                t("How far the amount is known"): [
                    basis_names(t)[r["amount_basis"]] for r in profile.issuances
                ],
                t("Rests on reports alone"): [r["is_reported"] for r in profile.issuances],
            }
        ),
    )


def _place_tile(profile: Profile, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    precision, doubts = precision_names(t), doubt_names(t)
    placed = {s["project_id"] for s in profile.sites if s["precision"] != "country"}
    everything = {s["project_id"] for s in profile.sites}
    return tile(
        "country_place",
        "project_sites",
        t("Places by GeoNames (CC BY 4.0); provinces stand at their capital"),
        title=t("Places of the projects"),
        sentence=t(
            "{n} of {all} projects have a place; of the others only the country is known.",
            n=t.number(len(placed)),
            all=t.number(len(everything)),
        ),
        figure=country_map(profile.shapes, profile.iso3, profile.sites, t, theme),
        table=labelled(
            {
                t("Project"): [s["project_id"] for s in profile.sites],
                t("Place"): [stated(s["place_text"], t) if s["place_text"] else None for s in profile.sites],
                t("Known to"): [precision[s["precision"]] for s in profile.sites],
                t("Why not better"): [doubts[s["doubt"]] if s["doubt"] else None for s in profile.sites],
            }
        ),
        notes=(border_note(t),),
    )


def unknown_country_html(
    asked: str | None, near: Sequence[str], partners: Sequence[str], link: Link, t: Texts
) -> str:
    """That there is no such partner: near matches first, then all partners."""
    title = t("Partner countries") if not asked else t("“{asked}” is no partner country", asked=asked[:60])

    def items(codes: Sequence[str]) -> str:
        return "".join(
            f'<li><a class="jcm-link" href="{escape(link("country", iso3=code), quote=True)}">{escape(t.country(code))}</a></li>'
            for code in codes
        )

    nearest = (
        f'<p class="jcm-under">{escape(t("Near matches:"))}</p><ul class="jcm-reasons">{items(near)}</ul>'
        if near
        else ""
    )
    return (
        f'<h1 class="jcm-answer">{escape(title)}</h1>{nearest}<p class="jcm-under">{escape(t("All partner countries:"))}</p>'
        f'<ul class="jcm-reasons jcm-columns">{items(partners)}</ul>'
    )
