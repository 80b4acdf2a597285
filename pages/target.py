"""The target page: how far the JCM is from its targets."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from loading.target import load_target
from pages.frame import Frame, open_frame
from view import embedding
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.target.content import Content
from view.target.page import TargetPage, build_page, freshness
from view.texts import Language
from view.theme import ThemeName
from view.tiles import block, draw_tile

TOKYO = ZoneInfo("Asia/Tokyo")
VIEW = ("measure", "share", "form", "year", "axis", "dating")


@st.cache_resource(max_entries=256, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[Content, TargetPage]:
    """The page of one selection, built once for all readers who choose it."""
    content, answers = load_target(_frame.warehouse, _selection, _frame.filters_text(_selection))
    return content, build_page(content, _frame.t, theme, answers.asked)


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t = frame.t
    head = st.container()
    frame.controls.draw_row(view=VIEW)
    selection = frame.controls.selection
    content, page = page_of(
        frame.warehouse.data_version, selection.key(), t.lang, frame.theme, frame, selection
    )
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{page.answer_html}</h1><p class="jcm-under">{page.under}</p>')
    frame.controls.finish()
    draw_ignored(t)
    today = datetime.now(TOKYO).date()
    if not embedding.is_on():
        st.html(block(t.lang, f'<div class="jcm-note">{freshness(content, t, today)}</div>'))
    chart, aside = st.columns([2.35, 1], gap="small")
    with chart:
        draw_tile(page.tiles["cumulative"], t, height=740)
        draw_tile(page.tiles["milestones"], t)
    with aside:
        draw_tile(page.tiles["gap"], t)
        draw_tile(page.tiles["verified"], t, height=230)
    draw_tile(page.tiles["ladder"], t)
    left, right = st.columns(2, gap="small")
    with left:
        draw_tile(page.tiles["expectations"], t, height=390)
    with right:
        draw_tile(page.tiles["statements"], t)
    draw_tile(page.tiles["events"], t)
    draw_foot(t)


main()
