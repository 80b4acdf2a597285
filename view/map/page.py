"""The map: where the projects are, how well their places are known, and how they were built up."""

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go

from model.ladder import DORMANT, EXPECTED_RUNGS
from queries.runner import Answers, Questions
from view.amounts import amount_short
from view.coverage_words import estimates_known
from view.map.by_country import by_country_tile
from view.map.content import MapContent
from view.map.listing import _table, list_tile
from view.map.points import by_project, sum_of
from view.map.project_map import add_build_up, project_map, sizes_html
from view.map_frame import zoomed
from view.marks.markup import key, keys, titled
from view.marks.table import Column, Markup, Table
from view.page import Page, PageContext
from view.texts import Texts
from view.theme import PALETTES, ThemeName
from view.tiles import Tile, TileMaker
from view.world_map import border_note, world_map

Link = Callable[..., str]
ON_THE_PAGE: Mapping[str, Any] = {"frame": "world", "is_map": True, "is_clickable": True}
_STEPS = (0.0, 0.02, 0.05, 0.1, 0.2)


def questions(context: PageContext) -> Questions:
    """What the page asks; choices are `colour`, and `built_by`, the fiscal year up to which projects are shown."""
    selection, until = context.selection, context.target_years[0]
    filters = selection.filters()
    return {
        "map_shapes": {},
        "map_totals": filters,
        "map_projects": {**filters, "until_fiscal_year": until},
        "map_clusters": filters,
        "ladder_by_group": {
            **filters,
            "by": "country",
            "until_fiscal_year": until,
            "share": selection.share,
        },
    }


def page_of(context: PageContext, answers: Answers) -> Page[MapContent]:
    """Every tile of the page; the map of projects and that of partners are two."""
    t, theme = context.t, context.theme
    content = MapContent(context, answers)
    tile = context.tile_maker(answers)
    tiles = {
        "map": lambda: map_tile(content, tile, t, theme),
        "partners": lambda: partners_tile(content, tile, t, theme),
        "by_country": lambda: by_country_tile(content, context.link, tile, t),
        "list": lambda: list_tile(content, context.link, tile, t),
    }
    return Page(content, lambda: titled(answer(content, t), under(content, t)), tiles)


def _counted(content: MapContent) -> tuple[int, int]:
    """Projects shown by the year chosen, and how many of them have a place."""
    if content.is_gathered:
        counts = {row["precision"]: row["projects"] for row in content.totals}
        total = sum(counts.values())
        return total, total - counts.get("country", 0)
    every = {row["project_id"] for row in content.rows}
    return len(every), len({row["project_id"] for row in content.rows if row["precision"] != "country"})


def answer(content: MapContent, t: Texts) -> str:
    """How many projects there are and how well their places are known."""
    total, placed = _counted(content)
    text = t(
        "{placed} of {total} projects are placed on the map; of the other {rest} only the country is known.",
        placed=t.number(placed),
        total=t.number(total),
        rest=t.number(total - placed),
    )
    if not total:
        text = t("No project in this selection was known on this day.")
    return text


def under(content: MapContent, t: Texts) -> str:
    """What the map shows, in one line."""
    filters = content.filters_text or t("all partner countries, sectors and technologies")
    return t(
        "Projects selected or known by the end of {year} · {filters}",
        year=t.year(content.built_by),
        filters=filters,
    )


def map_tile(content: MapContent, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    """The map of projects."""
    projects = by_project(content.rows)
    expected = sum_of(projects, "expected_tco2")
    with_estimate = sum(1 for row in projects if row["annual_tco2"] is not None)
    dormant = sum(1 for row in projects if row["stage"] == DORMANT)
    if content.is_gathered:
        figure = _gathered(content, t, theme)
    else:
        figure = project_map(
            content.shapes,
            content.rows,
            names=content.names,
            colour_by=content.colour_by,
            t=t,
            theme=theme,
        )
        add_build_up(figure, content.rows, content.built_by, t)
    message = ""
    if projects and expected:
        message = t.count(
            "{n} project with {expected} expected by {year}",
            "{n} projects with {expected} expected by {year}",
            len(projects),
            expected=amount_short(expected, t),
            year=t.year(content.first_year),
        )
    sentence = t(
        "Projects known to the country only are included; a project of several sites is drawn in equal parts."
    )
    if dormant:
        aside = t.count(
            "{n} selected long ago and never listed is drawn and in no sum.",
            "{n} selected long ago and never listed are drawn and in no sum.",
            dormant,
        )
        sentence += t.gap + aside
    return tile(
        "map_projects",
        estimates_known(with_estimate, len(projects), t),
        title=t("Projects by place, stage and expected annual reductions")
        if content.colour_by == "status"
        else t("Projects by place, technology and expected annual reductions"),
        told=(message, sentence),
        figure=figure,
        **ON_THE_PAGE,
        keys=sizes_html(t),
        table=_table(content, t),
        notes=(border_note(t),),
    )


def partners_tile(content: MapContent, tile: TileMaker, t: Texts, theme: ThemeName) -> Tile:
    """Partners shaded by their expected tonnes."""
    expected: dict[str, int] = {}
    for row in content.ladder:
        if row["rung"] in EXPECTED_RUNGS:
            expected[row["value"]] = expected.get(row["value"], 0) + (row["tco2_low"] or 0)
    total = sum(expected.values()) or 1
    colours, patterns, hover = {}, {}, {}
    for shape in content.shapes:
        code = shape["iso3"]
        if not code:
            continue
        value = expected.get(code, 0)
        step = max(i for i, least in enumerate(_STEPS) if value / total >= least)
        colours[code] = shades(theme)[step] if value else PALETTES[theme].panel
        patterns[code] = "" if value else "."
        words = (
            amount_short(value, t) if value else t("nothing expected: no project, or none with an estimate")
        )
        hover[code] = f"<b>{t.country(code)}</b><br>{words}"
    first = max(expected, key=lambda code: (expected[code], code), default=None)
    told = "", t("Nothing is expected in this selection.")
    if first and expected[first]:
        told = (
            t(
                "{country} has the most: {amount} of {total} expected by {year}",
                country=t.country(first),
                amount=amount_short(expected[first], t),
                total=amount_short(total, t),
                year=t.year(content.first_year),
            ),
            "",
        )
    return tile(
        "ladder_by_group",
        t("The lightest shade with dots: nothing expected"),
        title=t("Partner countries by expected reductions"),
        told=told,
        figure=zoomed(
            world_map(content.shapes, t, theme, colours=colours, patterns=patterns, hover=hover),
            content.shapes,
            content.selection.of("country"),
        ),
        **ON_THE_PAGE,
        keys=_shade_keys(total, t, theme),
        table=Table[str](
            (
                Column("iso3", t("Partner country"), value=t.country),
                Column("code", t("Code"), value=str),
                Column("expected_tco2", t("Expected (tCO2)"), "tonnes", expected.__getitem__),
            ),
            sorted(expected),
            t,
        ),
        notes=(border_note(t),),
    )


def _shade_keys(total: int, t: Texts, theme: ThemeName) -> Markup:
    """What the shades mean: tonnes from which each begins."""
    sign = Markup('<i class="jcm-shade" style="background:{}"></i>')
    return keys(
        key(Markup('<i class="jcm-shade jcm-dots"></i>'), t("nothing expected")),
        *(
            key(sign.format(colour), t("above {value}", value=amount_short(least * total, t)))
            for least, colour in zip(_STEPS, shades(theme), strict=True)
        ),
    )


def shades(theme: ThemeName) -> tuple[str, ...]:
    """Five shades of the blue of expected reductions, from little to much."""
    if theme == "light":
        return ("#dceaf4", "#b3d3e8", "#79b0d6", "#3f86ba", "#0b4f8a")
    return ("#22384b", "#2c5274", "#3b76a8", "#6aa5d4", "#b5dcf7")


def _gathered(content: MapContent, t: Texts, theme: ThemeName) -> go.Figure:
    """Squares as points whose area is their number of projects."""
    figure = world_map(content.shapes, t, theme)
    palette = PALETTES[theme]
    largest = max((row["projects"] for row in content.clusters), default=1)
    for stage, name in content.names["status"].items():
        some = [row for row in content.clusters if row["stage"] == stage]
        if some:
            figure.add_scatter(
                x=[row["map_x"] for row in some],
                y=[row["map_y"] for row in some],
                mode="markers",
                name=name,
                marker={
                    "size": [5 + 30 * (row["projects"] / largest) ** 0.5 for row in some],
                    "color": palette.rungs[stage].colour if stage in palette.rungs else palette.muted,
                    "opacity": 0.75,
                },
                customdata=[[row["iso3"]] for row in some],
                text=[
                    t.named(t.country(row["iso3"]), t.count("{n} project", "{n} projects", row["projects"]))
                    for row in some
                ],
                hovertemplate="%{text}<extra></extra>",
            )
    return zoomed(figure, content.shapes, {row["iso3"] for row in content.clusters})
