"""Draws a tile: title, figure, source line, and the panel with its table, files and query."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from view import address, downloads, embedding
from view.address import address_with
from view.frame_height import COLUMN, FRAMES, PHONE, frame_height
from view.guide.term_links import with_terms
from view.marks.markup import Markup, draw, sentence, source_line, tile_heading, to_copy
from view.marks.table import DASH
from view.picture import Caption
from view.sql.desk import values_to_text
from view.texts import Texts
from view.tiles import FailedTile, Tile, common_lines, failed_html
from view.world_map import MAP_CONFIG

CHART_CONFIG: Mapping[str, object] = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtonsToRemove": ["sendChartToCloud"],
    "responsive": True,
}


def draw_tile(tile: Tile | FailedTile, t: Texts, of_the_page: Sequence[str] = ()) -> list[Mapping[str, Any]]:
    """Draws the tile: title, sentence, figure, source line, and the panel with table, files and query.

    What `of_the_page` says for all tiles (`common_lines`) is left out of its source line. Returns the points of the
    figure that were clicked on.
    """
    if isinstance(tile, FailedTile):
        with embedding.place() if embedding.is_on() else st.container(border=True, key=f"tile_{tile.key}"):
            draw(t, failed_html(tile, t))
        if embedding.is_on():
            embedding.end()
        return []
    if embedding.is_on():
        with embedding.place():
            _draw_alone(tile, t)
        embedding.end()
    clicked: list[Mapping[str, Any]] = []
    with st.container(border=True, key=f"tile_{tile.key}"):
        words = tile_heading(tile.heading, tile.subject, with_terms(tile.explanation, t.lang))
        below = source_line(part for part in _sources(tile, t) if part not in of_the_page)
        if tile.figure is None:
            draw(t, words + tile.body + below)
        else:
            draw(t, words + tile.keys)
            state = _draw_figure(
                tile,
                tile.plot,
                t,
                tile.height,
                config={**CHART_CONFIG, **(MAP_CONFIG if tile.is_map else {})},
                on_select="rerun" if tile.is_clickable else "ignore",
                selection_mode="points",
            )
            if tile.is_clickable:
                clicked = list(state.selection.points)
            draw(t, below)
        panel = st.expander(
            t("Table, downloads and query"), key=f"panel_{tile.key}", on_change=address.acted, type="compact"
        )
        if panel.open:
            with panel:
                _draw_panel(tile, t)
    return clicked


def _draw_figure(tile: Tile, figure: go.Figure, t: Texts, height: int, **how: Any) -> Any:  # noqa: ANN401 - the framework's own
    place = st.container(key=f"tile_{tile.frame}_{tile.key}") if tile.frame else st
    return place.plotly_chart(
        figure,
        theme=None,
        key=f"chart_{tile.key}",
        alt=tile.alternative(t),
        height="stretch" if tile.frame else height,
        **how,
    )


def _draw_alone(tile: Tile, t: Texts) -> None:
    """The tile on another page: figure, what it is of and source, without panel and controls; a link to the whole page."""
    draw(t, _above(tile))
    if tile.figure is not None:
        figure = downloads.without_buttons(tile.plot)
        _draw_figure(tile, figure, t, tile.height_alone or tile.height, config=CHART_CONFIG)
    draw(t, _below(tile, t))


def _above(tile: Tile) -> Markup:
    """What stands above the figure of a tile alone, or is its figure."""
    of_what = "" if tile.selection in tile.title else sentence(tile.selection)
    return (
        tile_heading(tile.heading, tile.subject, tile.explanation)
        + of_what
        + (tile.keys if tile.figure else tile.body)
    )


def _below(tile: Tile, t: Texts) -> Markup:
    link = Markup('<a class="jcm-link jcm-lined" href="{}" target="_blank" rel="noopener">{}</a>')
    whole = link.format(embedding.whole_page(tile.key), t("JCM target tracker"))
    return source_line((*_sources(tile, t), whole))


def _heights(tile: Tile, t: Texts) -> tuple[int, int]:
    """Height of a frame for the tile, px, on a telephone and in a column of text."""
    blocks = (_above(tile), _below(tile, t))
    if tile.figure is None:
        sizes = 0, 0
    elif tile.frame:
        sizes = FRAMES[tile.frame]
    else:
        sizes = (tile.height_alone or tile.height,) * 2
    narrow, wide = (
        frame_height(blocks, size, width) for size, width in zip(sizes, (PHONE, COLUMN), strict=True)
    )
    return narrow, wide


def _sources(tile: Tile, t: Texts) -> Sequence[str]:
    source, *rest = common_lines(tile.source, tile.as_of, tile.data_version, t)
    return (source, tile.coverage, *rest, *tile.notes)


def _draw_panel(tile: Tile, t: Texts) -> None:
    table = tile.rows()
    st.dataframe(
        table,
        hide_index=True,
        alt=tile.title,
        height="content" if table.num_rows < 12 else 400,
        placeholder=DASH,
        lazy=False,
    )
    about = about_tile(tile, t)
    stem = f"jcm_{'NOT-PUBLIC_' if tile.is_not_public else ''}{tile.key}_{tile.data_version}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV",
            partial(downloads.csv_file, table),
            file_name=f"{stem}.csv",
            mime="text/csv",
            key=f"csv_{tile.key}",
            on_click="ignore",
        )
        st.download_button(
            "XLSX",
            partial(downloads.workbook, table, about, data_sheet=t("Data"), about_sheet=t("About")),
            file_name=f"{stem}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"xlsx_{tile.key}",
            on_click="ignore",
        )
        if tile.figure is not None or tile.picture is not None:
            _draw_image_buttons(tile, t, stem)
    st.page_link(
        "pages/sql.py",
        label=t("Open in the SQL page"),
        icon=None,
        query_params={"query": tile.query, "values": values_to_text(tile.parameters), "lang": t.lang},
    )
    if tile.has_own_record:
        st.caption(
            t("With the organisation's own record there are no lasting links, nor frames for other pages.")
        )
    else:
        lasting = t("A link to this page that stays as it is: it names the data version")
        draw(t, to_copy(lasting, address_with({"v": [tile.data_version]}), t, tile.title))
        frame = embedding.snippet(tile.key, tile.title, _heights(tile, t))
        draw(t, to_copy(t("This figure on another page"), frame, t, tile.title))
    st.caption(t("The query behind this figure, with the values of the controls"))
    st.code(sql_with_values(tile.sql, tile.parameters), language="sql", wrap_lines=True, height=320)


def _draw_image_buttons(tile: Tile, t: Texts, stem: str) -> None:
    kinds: tuple[Literal["png", "svg"], ...] = ("png", "svg")
    if not downloads.can_draw_images():
        st.caption(t("PNG and SVG need Chromium or Chrome on the machine that serves this page."))
        if tile.picture is None:
            return
        kinds = ("svg",)
    for kind in kinds:
        st.download_button(
            kind.upper(),
            partial(picture_of, tile, kind, t),
            file_name=f"{stem}.{kind}",
            mime={"png": "image/png", "svg": "image/svg+xml"}[kind],
            key=f"{kind}_{tile.key}",
            on_click="ignore",
        )


_KEY = re.compile(
    r'<span>(?:<i class="jcm-shade(?: jcm-(\w+))?"(?: style="background:([^";]+)")?></i>)?(.*?)</span>',
    re.DOTALL,
)
"""A key of `view/marks/markup.py`: hatch or colour of its sign where it has one, and its words."""


def picture_of(tile: Tile, kind: Literal["png", "svg"], t: Texts) -> bytes:
    """The figure of a tile as a file, with what it must carry in its margins. Raises RuntimeError without a browser."""
    selection = tile.selection or t("all partner countries, public and private")
    caption = Caption(
        tile.heading,
        " · ".join((tile.title, selection)) if tile.message else selection,
        tile.explanation,
        [(hatch or colour, Markup(words).striptags()) for hatch, colour, words in _KEY.findall(tile.keys)],
        [*_sources(tile, t), t("JCM target tracker")],
    )
    if tile.picture is not None:
        return downloads.image(tile.picture(), kind, caption, t.lang)
    # A frame of the style sheet has no height of its own here: its maps are twice as wide as high.
    figure = go.Figure(tile.plot).update_layout(height=550 if tile.frame else tile.height)
    return downloads.image(figure, kind, caption, t.lang)


def about_tile(tile: Tile, t: Texts) -> list[tuple[str, str]]:
    """What travels with a download: pairs of label and text."""
    values = ", ".join(f"{k} = {v}" for k, v in tile.parameters.items() if v is not None)
    return [
        (t("Title"), tile.title),
        (t("What it says"), tile.sentence),
        (t("Source"), tile.source),
        (t("Coverage"), tile.coverage),
        (t("As of"), tile.as_of),
        (t("Data version"), tile.data_version),
        (t("Query"), f"{tile.query}.sql"),
        (t("Parameters"), values or t("none")),
        (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
        (
            t("Cite as"),
            t(
                "JCM target tracker, {title}, data version {version}, as of {day}",
                title=tile.title,
                version=tile.data_version,
                day=tile.as_of,
            ),
        ),
    ]


def sql_with_values(sql: str, parameters: Mapping[str, object]) -> str:
    """The SQL with the values of its parameters stated above it, as DuckDB variables."""
    lines = [f"-- ${name} = {'NULL' if value is None else value!s}" for name, value in parameters.items()]
    return "\n".join([*lines, sql])
