"""The question, its parameters, the editor, and what the tables hold."""

from typing import Any

import streamlit as st

from pages.frame import Frame
from pages.panels.sql_running import ask, desk_of_session, known_parameters, put_question
from queries.catalogue import catalogue
from view.marks.markup import draw
from view.sql.desk import Asked, Desk
from view.sql.editor import Mark, Shown, draw_editor
from view.sql.inputs import Inputs
from view.sql.schema import TODAY, completions, schemas, table_html, tables_of
from view.stated_words import title_of
from workbench import door
from workbench.parameters import named_in

SAMPLE_ROWS = 5


def choose_question(desk: Desk, frame: Frame) -> None:
    """The list of named queries; choosing one puts it before the reader and runs it."""
    t = frame.t
    titles = {q.name: t.pick(q.title_en, q.title_ja) for q in catalogue().values()}
    names = sorted(titles, key=titles.__getitem__)
    key = f"sql.question.{desk.revision}.{desk.question}"

    def put() -> None:
        if (name := st.session_state[key]) is not None:
            put_question(desk, catalogue()[name], frame)

    st.selectbox(
        t("Questions ready to run"),
        names,
        index=names.index(desk.question) if desk.question in titles else None,
        format_func=titles.__getitem__,
        placeholder=t("own statement"),
        key=key,
        on_change=put,
    )


def work(desk: Desk, frame: Frame) -> None:
    """Parameters and editor; runs what the reader asks."""
    t = frame.t
    known = {p.name: p for p in known_parameters()}
    if desk.question is not None:
        known |= {p.name: p for p in catalogue()[desk.question].parameters}
    named = [name for name in known if name in (found := named_in(desk.text))]
    named += [name for name in found if name not in known]
    names = _names_of_values(frame)
    days = (frame.warehouse.first_on, frame.warehouse.data_as_of)
    inputs = Inputs(names, days, f"sql.value.{desk.revision}", t)
    values = inputs.draw(named, known, desk.values)
    has_changed = values != {name: desk.values.get(name) for name in named}
    desk.values = values
    mark = None
    if desk.failure is not None and desk.failure.place is not None and desk.asked is not None:
        place, message = desk.failure.place, desk.failure.message
        mark = Mark(place.line, place.column, place.length, t.pick(message.en, message.ja), desk.asked.sql)
    schema = _schema(frame)[2]
    is_dark, is_running = frame.theme == "dark", desk.ticket is not None
    event = draw_editor(Shown(desk.text, desk.revision, schema, list(known), mark, is_dark, is_running), t)
    if event is not None and event.text != desk.text:
        desk.text = event.text
        if desk.question is not None and desk.text != catalogue()[desk.question].sql:
            desk.question = None
    if event is not None and event.kind:
        given = {name: desk.values.get(name) for name in named_in(desk.text) if name in desk.values}
        ask(desk, Asked(desk.text, given, "explain" if event.kind == "explain" else "result"))
        st.rerun()
    if has_changed and desk.asked is not None and desk.asked.sql == desk.text:
        ask(desk, Asked(desk.text, dict(desk.values)))


@st.fragment
def browse(frame: Frame) -> None:
    """One table at a time: meaning of its columns, and its first rows."""
    t = frame.t
    rows, macros, _ = _schema(frame)
    names = schemas(t)
    schema = st.segmented_control(
        t("Schema"), list(names), default=TODAY, required=True, format_func=names.__getitem__
    )
    tables = tables_of(rows, schema or TODAY, t)
    table = st.selectbox(
        t("Tables"),
        list(tables),
        index=list(tables).index("project") if "project" in tables else 0,
        format_func=lambda n: f"{n} · {tables[n]}",
    )
    draw(t, table_html(rows, macros, table, t))
    if st.toggle(t("First rows"), key="sql.sample"):
        answer = door.run(f"FROM {table} LIMIT {SAMPLE_ROWS}", {}, f"{desk_of_session().visitor}-sample")
        st.dataframe(
            getattr(answer, "table", None), hide_index=True, alt=t("First rows"), height="content", lazy=False
        )


def _schema(frame: Frame) -> tuple[list[dict[str, Any]], list[str], dict[str, Any]]:
    """Tables and columns with their meaning, the macros, and the same for completion."""

    def make() -> tuple[list[dict[str, Any]], list[str], dict[str, Any]]:
        rows, macros = frame.rows("columns"), list(frame.warehouse.macros())
        return rows, macros, completions(rows, macros, frame.warehouse.data_as_of, frame.t)

    return frame.kept(make, "sql schema", frame.t.lang)


def _names_of_values(frame: Frame) -> dict[str, dict[str, str]]:
    """Names of the values that parameters choose from."""

    def make() -> dict[str, dict[str, str]]:
        projects = {r["project_id"]: title_of(r, frame.t) for r in frame.rows("project_keys")}
        return {**{key: dict(found) for key, found in frame.names.items()}, "project": projects}

    return frame.kept(make, "sql names", frame.t.lang)
