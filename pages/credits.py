"""The credits page: what was decided for issuance and issued, when, to whom, and how late."""

from functools import partial
from typing import cast

import streamlit as st

from loading.credits import Choice, load_credits
from pages.frame import Frame, open_frame
from view.address import link
from view.credits.content import By, Counted, by_names, counted_names
from view.credits.page import answer_html, tiles_of, under
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import Tile, draw_tile

VIEW = ("form",)


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: Choice,
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[str, str, dict[str, Tile]]:
    """The page of one selection, built once for all readers who choose it."""
    t = _frame.t
    content, answers = load_credits(
        _frame.warehouse, _selection, choice, _frame.names, _frame.filters_text(_selection)
    )
    to = partial(link, selection=_selection, lang=lang, data_as_of=_frame.warehouse.data_as_of)
    tile = _frame.tile_maker(answers, _selection.as_of)
    return answer_html(content, t), under(content, t), tiles_of(content, to, tile, t, theme)


def choose(frame: Frame) -> Choice:
    """What a year is the year of, and what the parts of the chart are."""
    t, controls = frame.t, frame.controls
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        counted = controls.one("counted", t("Counted in the"), counted_names(t))
    with right:
        by = controls.one("by", t("Parts"), by_names(t))
    return cast("Counted", counted), cast("By", by)


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(view=VIEW)
    choice = choose(frame)
    selection, version = controls.selection, frame.warehouse.data_version
    answer, below, tiles = page_of(version, selection.key(), choice, t.lang, frame.theme, frame, selection)
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{answer}</h1><p class="jcm-under">{below}</p>')
    controls.finish()
    draw_ignored(t)
    draw_tile(tiles["credits_by_year"], t, height=400)
    for key in ("official_years", "vintages", "allocation_country", "allocation_year"):
        draw_tile(tiles[key], t)
    left, right = st.columns([1.1, 1], gap="small")
    with left:
        draw_tile(tiles["issuance_delays"], t)
    with right:
        draw_tile(tiles["delivery_country"], t)
    for key in ("issuance_events", "stated_credits"):
        draw_tile(tiles[key], t)
    draw_foot(t)


main()
