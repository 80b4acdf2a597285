"""The Article 6 page: the ledger of issued credits and the adjustments that follow from it."""

from html import escape

import streamlit as st

from pages.frame import Frame, open_frame, query_text
from view.header import draw_foot, draw_head, draw_ignored
from view.ledger.page import Ledger, answer, tiles_of, under
from view.selection import Selection
from view.texts import Language
from view.tiles import Tile, TileMaker, draw_tile, our_calculation

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
    t, run = _frame.t, _frame.warehouse.run
    filters = _selection.filters()
    states, adjustments, entries = (run(name, **filters).to_pylist() for name in QUERIES)
    ledger = Ledger(
        _selection,
        states,
        adjustments,
        entries,
        _frame.filters_text(_selection),
        run("build_info").to_pylist()[0],
    )
    tile = TileMaker(
        our_calculation(t, ledger.build["sources"]),
        t.day_short(_selection.as_of),
        data_version,
        query_text(dict.fromkeys(QUERIES, filters)),
    )
    return answer(ledger, t), under(ledger, t), tiles_of(ledger, tile, t)


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
    draw_foot(t)


main()
