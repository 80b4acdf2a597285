"""The profile of one partner country."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from model.ladder import EXPECTED_RUNGS
from queries.runner import Answers, Questions
from view.amounts import (
    amount_short,
    basis_names,
    event_tonnes,
    japanese_tonnes,
    tonnes_between,
    with_reported,
)
from view.countries import country_facts
from view.countries.content import MIXES, CountryProfile
from view.countries.matrix import signed_words
from view.countries.message import far_from_most, message
from view.countries.own_part import own_part
from view.countries.stated_totals import totals_tile
from view.countries.time_line import time_tile
from view.coverage_words import estimates_known
from view.map.listing import doubt_names
from view.marks.markup import keys, titled
from view.marks.table import DASH, WIDE, Column, Markup, Table, linked
from view.page import Page, PageContext
from view.projects.mix import mix_tile
from view.projects.selected import ALL_ROWS, projects_tile
from view.stated_words import stated
from view.target import page as target
from view.target.courses import cumulative_course
from view.target.coverage import coverage_short
from view.target.cumulative_chart import cumulative_chart, cumulative_title
from view.target.milestone_strip import milestone_keys
from view.target.year_tables import cumulative_table
from view.texts import Texts, Told, texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker
from view.world_map import border_note, country_map, precision_names

Link = Callable[..., str]
Row = Mapping[str, Any]
OF_COUNTRY = ("country_issuances", "country_statements", "country_climate", "readiness", "readiness_matrix")


def head_html(profile: CountryProfile, t: Texts) -> Markup:
    """What the country has on paper and verified among all partners, then how far from the most, and its signature."""
    other = texts(t.other).country(profile.iso3)
    name = Markup('<span lang="{}">{}</span> · {}').format(t.other, other, signature(profile, t))
    return titled(message(profile, t), *filter(None, (far_from_most(profile, t), name)))


def signature(profile: CountryProfile, t: Texts) -> str:
    """When and where the country signed, and which partner it is by signature."""
    partner = profile.partner
    if not partner["is_partner"]:
        return t("Not yet a partner on this day.")
    place = t(", {place}", place=stated(partner["signed_place"], t)) if partner["signed_place"] else ""
    return t(
        "Partner no. {n} by signature · signed {day}{place}",
        n=t.number(partner["sequence"]),
        day=signed_words(partner, t),
        place=place,
    )


def counted_projects(profile: CountryProfile) -> list[Mapping[str, Any]]:
    """Projects whose expected tonnes count."""
    return [p for p in profile.projects if p["in_target_scope"] and p["stage"] in EXPECTED_RUNGS]


def expected_by(profile: CountryProfile, year: int) -> int:
    """Expected tonnes to the end of a fiscal year, tCO2."""
    return sum(
        row["tco2_low"]
        for row in profile.by_year
        if row["rung"] in EXPECTED_RUNGS and row["year"] is not None and row["year"] <= year
    )


def cumulative_told(profile: CountryProfile, t: Texts) -> Told:
    """The country's expected tonnes beside each target."""
    counted = counted_projects(profile)
    if not counted:
        return "", t("No project is known on this day.")
    with_estimate = sum(1 for p in counted if p["annual_tco2"] is not None)
    if not with_estimate:
        return "", t.count(
            "{n} project is known, and none states an annual estimate.",
            "{n} projects are known, and none states an annual estimate.",
            len(counted),
        )
    if profile.selection.share == "japan" and not expected_by(profile, profile.last_year):
        return "", t.count(
            "{n} project states an annual estimate; the part of the Japanese side is not known.",
            "{n} projects state an annual estimate; the part of the Japanese side is not known.",
            with_estimate,
        )
    parts = [
        t(
            "{amount} expected by {year} ({share} of the {target} target of all partners together)",
            amount=amount_short(expected_by(profile, year), t),
            year=t.year(year),
            share=t.percent(expected_by(profile, year) / target),
            target=amount_short(target, t),
        )
        for year, target in ((x.fiscal_year, x.high_tco2) for x in profile.targets)
    ] or [
        t(
            "{amount} expected by {year}",
            amount=amount_short(expected_by(profile, profile.first_year), t),
            year=t.year(profile.first_year),
        )
    ]
    own = t.count(
        "Sum of {n} project of {all}: those that state an annual estimate.",
        "Sum of {n} projects of {all}: those that state an annual estimate.",
        with_estimate,
        all=t.number(len(counted)),
    )
    later = (t.prose((part, "")) for part in parts[1:])
    return t.named(t.country(profile.iso3), parts[0]), t.gap.join((*later, own))


def questions(context: PageContext) -> Questions:
    """What the page asks: all that the target page asks for the country, and its own. The one choice is `iso3`."""
    selection = context.selection
    filters = selection.filters()
    dated: dict[str, object] = {"country": context.choice["iso3"], "as_of": selection.as_of}
    grouped: dict[str, object] = {
        **filters,
        "dated_by": selection.dating,
        "share": selection.share,
        "until_fiscal_year": context.target_years[0],
    }
    return {
        **target.questions(context),
        "projects": {**filters, "sort": "stage", "rows_at_most": ALL_ROWS},
        **{f"ladder_by_group:{by}": {**grouped, "by": by} for by in MIXES},
        "ladder_by_group:country": {**grouped, **selection.narrowed(country=[]).filters(), "by": "country"},
        **dict.fromkeys(OF_COUNTRY, dated),
        "coverage_matrix": {"as_of": selection.as_of},
        "project_sites": filters,
        "map_shapes": {},
    }


def page_of(context: PageContext, answers: Answers) -> Page[CountryProfile]:
    """Every tile of the profile, and those that it shares with the target page."""
    t, theme = context.t, context.theme
    profile = CountryProfile(context, answers)
    tile = context.tile_maker(answers)
    shared = target.page_of(context, answers)
    own = own_part(profile)
    # Links lead on with the reader's filters; the country of the profile is none of them.
    onward = replace(context, selection=context.selection.narrowed(country=[])).link

    def coverage() -> str:
        counted = counted_projects(profile)
        with_estimate = sum(1 for p in counted if p["annual_tco2"] is not None)
        return estimates_known(with_estimate, len(counted), t)

    tiles = {
        "cumulative": lambda: tile(
            "reductions_by_year",
            coverage_short(own, t),
            title=cumulative_title(own, t),
            told=cumulative_told(profile, t),
            figure=partial(cumulative_chart, own, t, theme),
            course=cumulative_course(own, t),
            keys=keys(milestone_keys(own, t), css="jcm-told"),
            height=460,
            table=cumulative_table(own, t),
        ),
        "stated_totals": lambda: totals_tile(profile, tile, t),
        "ladder": lambda: shared.tile("ladder"),
        "verified": lambda: shared.tile("verified"),
        "time_line": lambda: time_tile(profile, coverage(), tile, t),
        "mix": lambda: mix_tile(
            profile,
            profile.mixes,
            coverage(),
            context.link,
            tile,
            title=t("Projects and expected reductions by sector, technology, programme and funding"),
        ),
        "country_projects": lambda: projects_tile(profile, profile.projects, coverage(), onward, tile),
        "country_issuances": lambda: _issuances_tile(profile, coverage(), tile, t),
        "country_place": lambda: _place_tile(profile, tile, t, theme),
        "climate": lambda: country_facts.climate_tile(profile, tile, t),
        "readiness_steps": lambda: country_facts.steps_tile(profile, tile, t),
        "readiness": lambda: country_facts.readiness_tile(profile, tile, t),
        "country_statements": lambda: country_facts.statements_tile(profile, tile, t),
        "unknown": lambda: country_facts.unknown_tile(profile, coverage(), tile, t),
    }
    return Page(profile, lambda: head_html(profile, t), tiles)


def _issuances_tile(profile: CountryProfile, coverage: str, tile: TileMaker, t: Texts) -> Tile:
    def decided(row: Row) -> str:
        return t.partial_day(row["decided_on"], row["decided_precision"]) if row["decided_on"] else DASH

    def period(row: Row) -> str:
        if not (row["period_start_on"] and row["period_end_on"]):
            return DASH
        return f"{t.day_short(row['period_start_on'])} – {t.day_short(row['period_end_on'])}"

    def projects(row: Row) -> str:
        return ", ".join((row["project_ids"] or t("not named")).split(";"))

    amount = partial(Column[Row], kind="tonnes")
    table = Table[Row](
        (
            Column("issuance_id", t("Event"), cell=None),
            Column("project_ids", t("Project"), cell=projects),
            Column("decided_on", t("Issuance decided"), "day", cell=decided),
            Column("period", t("Monitoring period"), value=None, cell=period, css=WIDE),
            Column("issued_on", t("Issued on"), "day", cell=None),
            amount(
                "tco2_low",
                t("Total, low end (tCO2)"),
                cell=lambda r: event_tonnes(r, t),
                page_label=t("Total"),
            ),
            amount(
                "japan_low_tco2",
                t("Japanese side, at least (tCO2)"),
                cell=lambda r: japanese_tonnes(r, t),
                page_label=t("Japanese side"),
            ),
            amount(
                "japan_government_tco2",
                t("Japanese government (tCO2)"),
                page_label=t("of which government"),
                css=WIDE,
            ),
            amount("partner_tco2", t("Partner side (tCO2)"), page_label=t("Partner side")),
            Column("url", t("Source"), "source", cell=None),
            amount("tco2_high", t("Total, high end (tCO2)"), cell=None),
            amount("japan_high_tco2", t("Japanese side, at most (tCO2)"), cell=None),
            Column(
                "amount_basis",
                t("How far the amount is known"),
                value=lambda r: basis_names(t)[r["amount_basis"]],
                cell=None,
            ),
            Column("is_reported", t("Rests on reports alone"), cell=None),
        ),
        profile.issuances,
        t,
    )
    known = [row for row in profile.issuances if row["tco2_low"] is not None]
    low, high = (sum(row[end] for row in known) for end in ("tco2_low", "tco2_high"))
    weak = sum(row["tco2_low"] for row in known if row["is_reported"])
    told = "", t("No issuance is known.")
    if profile.issuances:
        told = (
            t.count(
                "{amount} decided for issuance in {known} of {n} event",
                "{amount} decided for issuance in {known} of {n} events",
                len(profile.issuances),
                known=t.number(len(known)),
                amount=with_reported(tonnes_between(low, high, t), weak, t),
            ),
            "",
        )
        if not known:
            told = (
                "",
                t.count(
                    "{n} event, amount not known.", "{n} events, no amount known.", len(profile.issuances)
                ),
            )
    return tile(
        "country_issuances",
        coverage,
        title=t("Issuance decided and how it was shared"),
        told=told,
        table=table,
        body="" if profile.issuances else " ",
    )


def _place_tile(profile: CountryProfile, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    precision, doubts = precision_names(t), doubt_names(t)
    placed = {s["project_id"] for s in profile.sites if s["precision"] != "country"}
    everything = {s["project_id"] for s in profile.sites}
    return tile(
        "project_sites",
        t("Places by GeoNames (CC BY 4.0); provinces stand at their capital"),
        title=t("Places of the projects"),
        told=(
            t(
                "The place of {n} of {all} projects is known, of the others only the country",
                n=t.number(len(placed)),
                all=t.number(len(everything)),
            ),
            "",
        )
        if placed != everything
        else (
            "",
            t("No project is known on this day.") if not everything else t("Every project has a place."),
        ),
        figure=country_map(profile.shapes, profile.iso3, profile.sites, t, theme),
        height=330,
        is_map=True,
        table=Table[Row](
            (
                Column("project_id", t("Project")),
                Column(
                    "place_text",
                    t("Place"),
                    value=lambda r: stated(r["place_text"], t) if r["place_text"] else None,
                ),
                Column("precision", t("Location precision"), value=lambda r: precision[r["precision"]]),
                Column(
                    "doubt", t("Why not better"), value=lambda r: doubts[r["doubt"]] if r["doubt"] else None
                ),
            ),
            profile.sites,
            t,
        ),
        notes=(border_note(t),),
    )


def unknown_country_html(
    asked: str | None, near: Sequence[str], partners: Sequence[str], link: Link, t: Texts
) -> str:
    """That there is no such partner: near matches first, then all partners."""
    title = t("Partner countries") if not asked else t("“{asked}” is no partner country", asked=asked[:60])

    def items(codes: Sequence[str]) -> Markup:
        links = (linked(link("country", iso3=code), t.country(code)) for code in codes)
        return Markup("").join(Markup("<li>{}</li>").format(one) for one in links)

    nearest = Markup('<p class="jcm-under">{}</p><ul class="jcm-reasons">{}</ul>').format(
        t("Near matches:"), items(near)
    )
    return Markup(
        '<h1 class="jcm-answer">{}</h1>{}<p class="jcm-under">{}</p><ul class="jcm-reasons jcm-columns">{}</ul>'
    ).format(title, nearest if near else "", t("All partner countries:"), items(partners))
