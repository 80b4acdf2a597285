"""The profile of one partner country."""

from dataclasses import replace
from functools import partial

import streamlit as st

from loading.country import load_profile
from loading.target import load_target
from model.near_matches import exact_match, near_matches
from pages.frame import Frame, open_frame
from view.address import link
from view.countries.flipping import flip_through
from view.countries.profile import answer, head_html, tiles_of, unknown_country_html
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.target.page import build_page
from view.texts import Language, texts
from view.theme import ThemeName
from view.tiles import Tile, draw_tile
from view.world_map import MAP_CONFIG

VIEW = ("measure", "share", "form", "year", "dating")
WITHOUT_PROJECTS = ("time_line", "country_place", "climate", "readiness", "country_statements", "unknown")


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    iso3: str,
    selection_key: tuple[object, ...],
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[str, dict[str, Tile]]:
    """The profile of one country, built once for all readers."""
    t, warehouse = _frame.t, _frame.warehouse
    # Links lead on with the reader's filters; the country of the profile is none of them.
    onward = _selection.narrowed(country=[])
    to = partial(link, selection=onward, lang=lang, data_as_of=warehouse.data_as_of)
    profile, answers = load_profile(warehouse, iso3, _selection, _frame.names)
    content, of_target = load_target(warehouse, _selection, t.country(iso3))
    shared = build_page(content, t, theme, of_target.asked)
    tile = _frame.tile_maker(answers, _selection.as_of)
    own = tiles_of(profile, to, tile, t, theme)
    if not profile.projects and not profile.issuances:
        return head_html(profile, t), {key: own[key] for key in WITHOUT_PROJECTS}
    cumulative = replace(shared.tiles["cumulative"], sentence=answer(profile, t))
    kept = {"ladder": shared.tiles["ladder"], "verified": shared.tiles["verified"]}
    return head_html(profile, t), {"cumulative": cumulative, **kept, **own}


def main() -> None:
    """The country asked for, or near matches."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(filters=(), view=VIEW)
    asked = controls.given("iso3") or controls.only("country")
    names = {
        o.value: (o.name, texts("en").country(o.value), texts("ja").country(o.value))
        for o in frame.options["country"]
    }
    by_name = {name: code for code, some in names.items() for name in (code, *some)}
    found = exact_match(asked or "", list(by_name))
    iso3 = by_name[found] if found else None
    controls.hold("iso3", iso3 or asked)
    controls.finish()
    if iso3 is None:
        to = partial(link, selection=controls.selection, lang=t.lang, data_as_of=frame.warehouse.data_as_of)
        with head:
            draw_head(t, unknown_country_html(asked, near_matches(asked or "", names), list(names), to, t))
        draw_foot(t)
        return
    selection = controls.selection.narrowed(country=[iso3])
    html, tiles = page_of(
        frame.warehouse.data_version, iso3, selection.key(), t.lang, frame.theme, frame, selection
    )
    with head:
        draw_head(t, html)
        flip_through(list(names), iso3, t)
        st.page_link(
            "pages/briefing.py",
            label=t("Print or brief: this country as slides and paper"),
            query_params={"audience": "country", "iso3": iso3, "lang": t.lang},
        )
    draw_ignored(t)
    draw_profile(tiles, frame)
    draw_foot(t)


def draw_profile(tiles: dict[str, Tile], frame: Frame) -> None:
    """The tiles in the order in which a briefing reads them."""
    t = frame.t
    if set(tiles) == set(WITHOUT_PROJECTS):
        left, right = st.columns([1.7, 1], gap="small")
        with left:
            for key in ("time_line", "climate", "readiness", "country_statements"):
                draw_tile(tiles[key], t)
        with right:
            draw_tile(tiles["country_place"], t, height=330, config=MAP_CONFIG)
            draw_tile(tiles["unknown"], t)
        return
    chart, aside = st.columns([1.7, 1], gap="small")
    with chart:
        draw_tile(tiles["cumulative"], t, height=420)
    with aside:
        draw_tile(tiles["country_place"], t, height=330, config=MAP_CONFIG)
    draw_tile(tiles["ladder"], t)
    draw_tile(tiles["mix"], t)
    left, right = st.columns([1.4, 1], gap="small")
    with left:
        draw_tile(tiles["country_projects"], t)
    with right:
        draw_tile(tiles["time_line"], t)
    draw_tile(tiles["country_issuances"], t)
    left, right = st.columns(2, gap="small")
    with left:
        draw_tile(tiles["climate"], t)
        draw_tile(tiles["readiness"], t)
        draw_tile(tiles["country_statements"], t)
    with right:
        draw_tile(tiles["unknown"], t)
        draw_tile(tiles["verified"], t, height=230)


main()
