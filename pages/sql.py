"""The SQL page: questions with their parameters, an editor, results, and what the tables hold."""

from html import escape
from typing import Any

import streamlit as st

from pages.frame import Frame, open_frame
from pages.sql_answer import draw_answer
from pages.sql_running import (
    FIRST_QUESTION,
    ask,
    changed_values,
    desk_of_session,
    known_parameters,
    open_address,
    put_question,
    settle,
)
from pages.sql_taking import draw_panels
from queries.catalogue import catalogue
from view.address import ignore
from view.header import draw_foot, draw_head, draw_ignored
from view.sql.desk import Asked, Desk, packed, values_to_text
from view.sql.editor import Mark, Shown, draw_editor
from view.sql.inputs import Inputs
from view.sql.schema import TODAY, completions, schemas, table_html, tables_of
from view.stated_words import title_of
from view.tiles import block
from workbench import door
from workbench.parameters import named_in

SAMPLE_ROWS = 5


@st.cache_resource(max_entries=8, show_spinner=False)
def schema_of(
    data_version: str, lang: str, _frame: Frame
) -> tuple[list[dict[str, Any]], list[str], dict[str, Any]]:
    """Tables and columns with their meaning, the macros, and the same for completion."""
    rows, macros = _frame.warehouse.run("columns").to_pylist(), _frame.warehouse.macros()
    return rows, macros, completions(rows, macros, _frame.warehouse.data_as_of, _frame.t)


@st.cache_resource(max_entries=8, show_spinner=False)
def names_of(data_version: str, lang: str, _frame: Frame) -> dict[str, dict[str, str]]:
    """Names of the values that parameters choose from."""
    t = _frame.t
    projects = {r["project_id"]: title_of(r, t) for r in _frame.warehouse.run("project_keys").to_pylist()}
    return {**{key: dict(found) for key, found in _frame.names.items()}, "project": projects}


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
    names = names_of(frame.warehouse.data_version, t.lang, frame)
    days = (frame.warehouse.first_on, frame.warehouse.data_as_of)
    inputs = Inputs(names, days, f"sql.value.{desk.revision}", t)
    values = inputs.draw(named, known, desk.values)
    has_changed = values != {name: desk.values.get(name) for name in named}
    desk.values = values
    mark = None
    if desk.failure is not None and desk.failure.place is not None and desk.asked is not None:
        place, message = desk.failure.place, desk.failure.message
        mark = Mark(place.line, place.column, place.length, t.pick(message.en, message.ja), desk.asked.sql)
    schema = schema_of(frame.warehouse.data_version, t.lang, frame)[2]
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
    rows, macros, _ = schema_of(frame.warehouse.data_version, t.lang, frame)
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
    st.html(block(t.lang, table_html(rows, macros, table, t)))
    if st.toggle(t("First rows"), key="sql.sample"):
        answer = door.run(f"FROM {table} LIMIT {SAMPLE_ROWS}", {}, f"{desk_of_session().visitor}-sample")
        st.dataframe(
            getattr(answer, "table", None), hide_index=True, alt=t("First rows"), height="content", lazy=False
        )


def main() -> None:
    """Reads the address, lets the reader work, shows the answer."""
    frame = open_frame()
    t, controls, desk = frame.t, frame.controls, desk_of_session()
    door.warm()
    asked = (controls.given("query"), controls.given("sql"), controls.given("values"))
    if any(asked) and asked != desk.held:
        for key, value in zip(("query", "sql", "values"), asked, strict=True):
            if key in open_address(desk, asked, frame) and value:
                ignore(key, value)
    if not desk.text:
        put_question(desk, catalogue()[FIRST_QUESTION], frame)
    settle(desk)
    version = controls.given("version")
    title = t("Ask the data in SQL")
    under = t(
        "One reading statement at a time on data version {version}, as of {day}. Nothing can be changed; each query runs apart, within limits.",
        version=frame.warehouse.data_version,
        day=t.day(frame.warehouse.data_as_of),
    )
    draw_head(t, f'<h1 class="jcm-answer">{escape(title)}</h1><p class="jcm-under">{escape(under)}</p>')
    draw_ignored(t)
    if version and version != frame.warehouse.data_version:
        words = t(
            "The link was made on data version {version}; the answer below is of the present one.",
            version=version,
        )
        st.html(block(t.lang, f'<div class="jcm-note" role="status">{escape(words)}</div>'))
    left, right = st.columns([2.35, 1], gap="medium")
    with left:
        choose_question(desk, frame)
        work(desk, frame)
        draw_answer(desk, frame)
    with right:
        browse(frame)
    draw_panels(frame)
    draw_foot(t)
    desk.held = (
        desk.question,
        None if desk.question else packed(desk.text),
        values_to_text(changed_values(desk, frame)) or None,
    )
    for key, value in zip(("query", "sql", "values"), desk.held, strict=True):
        controls.hold(key, value)
    controls.finish()


main()
