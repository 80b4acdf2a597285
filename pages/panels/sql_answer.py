"""The answer on the SQL page: on its way, failed, or as rows, chart and map."""

from collections.abc import Mapping

import streamlit as st

from pages.frame import Frame
from pages.panels.sql_running import ask, result_of, settle
from pages.panels.sql_taking import take_away
from queries.catalogue import catalogue
from queries.record import build_of
from view.marks.markup import draw, heading, sentence, source_line
from view.sql.chart import KINDS, Choice, chart, drawn_rows, proposed, roles_of
from view.sql.desk import Asked, Desk
from view.sql.result import draw_rows, facts, failure_html, plan_text, rows_words
from view.sql.result_map import numbers_in, places_in, result_map
from view.tile_drawing import CHART_CONFIG
from view.tiles import our_calculation
from view.world_map import MAP_CONFIG, border_note
from workbench import door
from workbench.answers import Result

LOOKS_EVERY = 0.25


def draw_answer(desk: Desk, frame: Frame) -> None:
    """What came back, or that it is on its way."""
    t = frame.t
    if desk.ticket is not None:
        watch(desk, frame)
        return
    if desk.failure is not None:
        draw(t, failure_html(desk.failure, t))
        if desk.asked is None or desk.asked.kind != "full":
            return
    shown = desk.asked
    if shown is not None and shown.kind == "full":
        shown = Asked(shown.sql, shown.values)
    result = result_of(desk, shown)
    if shown is not None and result is None:
        # It is kept no more, or newer data were published: the same again.
        ask(desk, shown)
        st.rerun()
    if shown is None or result is None:
        return
    if shown.kind == "explain":
        with st.container(border=True):
            draw(t, heading(t("Query plan")))
            st.code(plan_text(result), language=None, height=420)
        return
    with st.container(border=True, key="tile_sql_result"):
        draw_result(desk, shown, result, frame)


@st.fragment(run_every=LOOKS_EVERY)
def watch(desk: Desk, frame: Frame) -> None:
    """Looks for the answer while the reader waits, and stops the query on demand."""
    t = frame.t
    ticket = desk.ticket
    if settle(desk):
        st.rerun()
    before = door.before(ticket)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(t("Stop"), key="sql.stop", type="primary"):
            door.stop(desk.visitor)
            ticket.wait(LOOKS_EVERY)
            settle(desk)
            st.rerun()
        words = t("Running …")
        if before is not None:
            words = t.count(
                "Waiting; {n} query is before yours", "Waiting; {n} queries are before yours", before
            )
        draw(t, sentence(words, "status"))


def draw_result(desk: Desk, asked: Asked, result: Result, frame: Frame) -> None:
    """Heading, the views of the result, and what can be taken away."""
    t = frame.t
    query = catalogue()[desk.question] if desk.question else None
    meanings = {c.name: t.pick(c.en, c.ja) for c in query.columns} if query else {}
    title = rows_words(result, t)
    if query is not None:
        title = t("{question}: {rows}", question=t.pick(query.title_en, query.title_ja), rows=title)
    draw(t, heading(title, facts(result, t)))
    views = {"table": t("Table")}
    places = places_in(result.table, list(frame.names["country"]))
    if proposed(result.table) is not None:
        views["chart"] = t("Chart")
    if places is not None:
        views["map"] = t("Map")
    chosen = frame.controls.one("draw", t("Show as"), views, is_shown=False)
    if chosen == "chart":
        draw_chart(result, meanings, frame)
    elif chosen == "map" and places is not None:
        numbers, likely = numbers_in(result.table), proposed(result.table)
        place = numbers.index(likely.y) if likely is not None and likely.y in numbers else None
        measure = st.selectbox(
            t("Measure"), numbers, place, placeholder=t("number of rows"), key="sql.measure"
        )
        shapes = frame.warehouse.run("map_shapes").to_pylist()
        figure = result_map((result.table, places, measure), shapes, t, frame.theme)
        st.plotly_chart(
            figure,
            theme=None,
            config=dict(CHART_CONFIG) | dict(MAP_CONFIG),
            key="sql.map",
            alt=title,
            height=430,
        )
        st.caption(border_note(t))
    else:
        draw_rows(result, meanings, t)
    source = t("Source: {source}", source=our_calculation(t, build_of(frame.warehouse)))
    day = t("As of {day}", day=t.day_short(frame.warehouse.data_as_of))
    draw(t, source_line((source, day)))
    take_away(desk, asked, result, chosen, frame)


def draw_chart(result: Result, meanings: Mapping[str, str], frame: Frame) -> None:
    """The chart that fits, and its choices."""
    t = frame.t
    first = proposed(result.table)
    assert first is not None  # noqa: S101 - only offered where one fits
    roles = roles_of(result.table)
    numbers = [n for n, role in roles.items() if role == "number"]
    words = [n for n, role in roles.items() if role in {"word", "time"}]
    kinds = {"line": t("Lines"), "area": t("Areas"), "bar": t("Bars"), "scatter": t("Points")}
    signature = f"{hash(tuple(roles.items()))}"
    with st.container(horizontal=True, gap="small"):
        kind = st.selectbox(
            t("Kind"),
            KINDS,
            KINDS.index(first.kind),
            format_func=kinds.__getitem__,
            key=f"sql.kind.{signature}",
        )
        columns = result.table.column_names
        x = st.selectbox("x", columns, columns.index(first.x), key=f"sql.x.{signature}")
        y = st.selectbox("y", numbers, numbers.index(first.y), key=f"sql.y.{signature}")
        place = words.index(first.series) if first.series in words else None
        series = st.selectbox(t("Colour"), words, place, placeholder="–", key=f"sql.series.{signature}")
    choice = Choice(kind, x, y, series)
    figure = chart(result.table, choice, meanings, t, frame.theme)
    st.plotly_chart(
        figure, theme=None, config=dict(CHART_CONFIG), key="sql.chart", alt=f"{y} / {x}", height=430
    )
    drawn = drawn_rows(result.table, choice)
    if drawn < result.rows_shown:
        st.caption(t("The first {n} rows are drawn.", n=t.number(drawn)))
