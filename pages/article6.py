"""The Article 6 page: the ledger of issued credits and the adjustments that follow from it."""

from functools import partial
from html import escape

import streamlit as st

from exports.article6.files import NotThisFormat, archive, read, workbook
from exports.article6.filling import PARTY, report_of, report_years
from loading.record import build_of
from pages.frame import Frame, open_frame
from queries.runner import ask
from view.header import draw_foot, draw_head, draw_ignored
from view.ledger.format import report_html
from view.ledger.page import Ledger, tiles_of
from view.ledger.sentences import answer, under
from view.selection import Selection
from view.texts import Language, Texts
from view.tiles import Tile, block, draw_tile

QUERIES = ("ledger_states", "ledger_adjustments", "ledger_entries")


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    lang: Language,
    _frame: Frame,
    _selection: Selection,
) -> tuple[str, str, dict[str, Tile]]:
    """The page of one selection, built once for all readers who choose it."""
    t = _frame.t
    answers = ask(_frame.warehouse, dict.fromkeys(QUERIES, _selection.filters()))
    ledger = Ledger(
        _selection,
        answers["ledger_states"],
        answers["ledger_adjustments"],
        answers["ledger_entries"],
        _frame.filters_text(_selection),
        build_of(_frame.warehouse),
    )
    tile = _frame.tile_maker(answers, _selection.as_of)
    return answer(ledger, t), under(ledger, t), tiles_of(ledger, tile, t)


def draw_format(frame: Frame, selection: Selection) -> None:
    """The report of a year in the agreed electronic format, to take away, and a file of it read back."""
    t = frame.t
    entries = frame.warehouse.run("ledger_entries", **selection.filters()).to_pylist()
    years = [str(year) for year in report_years(entries, selection.as_of.year)]
    parties = frozenset(frame.names["country"]) | {PARTY}
    with st.container(border=True, key="tile_format"):
        title = t("Agreed electronic format of Article 6 (decision 4/CMA.6, annex II)")
        words = t("A working aid filled from the ledger, not a submission. What no source states is empty.")
        heading = f'<h2 class="jcm-title">{escape(title)}</h2><p class="jcm-sentence">{escape(words)}</p>'
        st.html(block(t.lang, heading))
        year = st.selectbox(t("Year of the report"), years, key="format.year", width=200)
        report = report_of(entries, int(year))
        st.html(block(t.lang, report_html(report, parties, t)))
        stem = f"jcm_article6_{year}_{frame.warehouse.data_version}"
        with st.container(horizontal=True, gap="small"):
            st.download_button("XLSX", partial(workbook, report), file_name=f"{stem}.xlsx", on_click="ignore")
            st.download_button(
                "CSV (ZIP)", partial(archive, report), file_name=f"{stem}.zip", on_click="ignore"
            )
        given = st.file_uploader(t("Check a file in this format"), type=["xlsx", "zip"], key="format.file")
        if given is not None:
            draw_read_back(given.getvalue(), parties, t)


def draw_read_back(body: bytes, parties: frozenset[str], t: Texts) -> None:
    """What a file holds and what is wrong with it."""
    try:
        report = read(body)
    except NotThisFormat as refused:
        words = escape(t.pick(refused.en, refused.ja))
        st.html(
            block(t.lang, f'<div class="jcm-failure" role="alert"><p class="jcm-sentence">{words}</p></div>')
        )
        return
    st.html(block(t.lang, report_html(report, parties, t)))


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row()
    selection = controls.selection
    words, below, tiles = page_of(frame.warehouse.data_version, selection.key(), t.lang, frame, selection)
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{escape(words)}</h1><p class="jcm-under">{escape(below)}</p>')
    controls.finish()
    draw_ignored(t)
    for key in ("ledger_states", "adjustments", "article6_entries", "ledger_entries"):
        draw_tile(tiles[key], t)
    draw_format(frame, selection)
    draw_foot(t)


main()
