"""The sectors page: sectors and technologies beside each other and across partner countries."""

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loading.sectors import load_sectors, target_years
from pages.frame import Frame, open_frame
from view.header import draw_foot, draw_head, draw_ignored
from view.sectors.content import By, Cell
from view.sectors.heat_map import cell_names
from view.sectors.page import SectorsPage, build_page
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import draw_tile

VIEW = ("share", "year", "dating")


@st.cache_resource(max_entries=256, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: tuple[By, Cell],
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> SectorsPage:
    """The page of one selection, built once for all readers who choose it."""
    content, answers = load_sectors(
        _frame.warehouse, _selection, choice, _frame.names, _frame.filters_text(_selection)
    )
    return build_page(content, _frame.t, theme, answers.asked)


def choose(frame: Frame) -> tuple[tuple[By, Cell], DeltaGenerator]:
    """The choices of this page, what the rows are and what a cell shows, and the place between the two."""
    t, controls = frame.t, frame.controls
    _, first, last = target_years(frame.warehouse, controls.selection)
    by = controls.one("by", t("Rows"), {"sector": t("Sectors"), "technology": t("Technologies")})
    between = st.container()
    names = {str(code): name for code, name in cell_names(t, first, last).items()}
    cell = controls.one("cell", t("Cells of the heat map"), names)
    return (cast("By", by), cast("Cell", cell)), between


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(view=VIEW)
    choice, between = choose(frame)
    selection, version = controls.selection, frame.warehouse.data_version
    page = page_of(version, selection.key(), choice, t.lang, frame.theme, frame, selection)
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{page.answer_html}</h1><p class="jcm-under">{page.under}</p>')
    controls.finish()
    with between:
        draw_ignored(t)
        draw_tile(page.tiles["groups"], t)
        draw_tile(page.tiles["build_up"], t, height=620)
    for key in ("heat", "durations", "delivery"):
        draw_tile(page.tiles[key], t)
    draw_foot(t)


main()
