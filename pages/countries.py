"""The countries page: partner countries ranked, mapped, drawn beside each other, and what is known of each."""

from functools import partial
from html import escape

import streamlit as st

from loading.countries import Choice, decided_targets, load_countries
from pages.frame import Frame, open_frame
from view.address import follow_link, link
from view.countries.page import tiles_of
from view.countries.ranking import Countries, answer, figure_names, per_names, under
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import Tile, draw_tile
from view.world_map import MAP_CONFIG

VIEW = ("share", "year", "dating")


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: Choice,
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[Countries, dict[str, Tile]]:
    """The page of one selection, built once for all readers who choose it."""
    t = _frame.t
    countries, answers = load_countries(_frame.warehouse, _selection, choice, _frame.filters_text(_selection))
    to = partial(link, selection=_selection, lang=lang, data_as_of=_frame.warehouse.data_as_of)
    tile = _frame.tile_maker(answers, _selection.as_of)
    return countries, tiles_of(countries, to, tile, t, theme)


def choose(frame: Frame) -> Choice:
    """The measure, what it is set against, and up to which target year."""
    t, controls = frame.t, frame.controls
    years = {year: t.year(int(year)) for year in decided_targets(frame.warehouse, controls.selection.as_of)}
    left, middle, right = st.columns([1.6, 1.6, 1], gap="medium", vertical_alignment="bottom")
    with left:
        figure = controls.one("figure", t("Measure of the ladder"), figure_names(t))
    with middle:
        per = controls.one("per", t("Shown as"), per_names(t))
    with right:
        until = controls.one("until", t("To the end of"), years)
    return figure, per, int(until)


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(view=VIEW)
    choice = choose(frame)
    selection = controls.selection
    version = frame.warehouse.data_version
    countries, tiles = page_of(version, selection.key(), choice, t.lang, frame.theme, frame, selection)
    with head:
        words = f'<h1 class="jcm-answer">{escape(answer(countries, t))}</h1>'
        draw_head(t, f'{words}<p class="jcm-under">{escape(under(countries, t))}</p>')
    controls.finish()
    draw_ignored(t)
    left, right = st.columns([1, 1.15], gap="small")
    with left:
        draw_tile(tiles["ranking"], t)
    with right:
        clicked = draw_tile(
            tiles["choropleth"], t, height=360, frame="atlas", is_clickable=True, config=MAP_CONFIG
        )
        draw_tile(tiles["multiples"], t)
    draw_tile(tiles["matrix"], t)
    draw_foot(t)
    for point in clicked:
        follow_link(point, selection, t.lang, frame.warehouse.data_as_of)


main()
