"""The downloads page: the whole data set, each table, and the result of each named query, with their context."""

from functools import partial

import pyarrow as pa
import streamlit as st

from exports.package.archive import file_name, package_of
from exports.package.readme import bibtex, citation
from pages.frame import Frame, open_frame
from queries.catalogue import catalogue
from queries.warehouse import published_files
from view import downloads
from view.data import downloads as words
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.sql.desk import values_to_text
from view.tiles import block

# A download holds every row, not a page of them.
ALL_ROWS = {"rows_at_most": 1_000_000}


def draw_whole(frame: Frame) -> None:
    """The package, the data files of the versions that are kept, and how to cite them."""
    t, warehouse = frame.t, frame.warehouse
    build = warehouse.run("columns").to_pylist()
    rows = {row["table_name"]: row["table_rows"] for row in build}
    with st.container(border=True, key="tile_whole"):
        st.html(block(t.lang, words.whole_html(len(rows), words.total(rows.values()), t)))
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                t("Data Package (ZIP)"),
                partial(package_of, warehouse),
                file_name(warehouse.data_version),
                "application/zip",
                key="package",
                type="primary",
                on_click="ignore",
            )
            for path in published_files(warehouse.path.parent):
                st.download_button(
                    f"DuckDB · {path.stem}",
                    path.read_bytes,
                    path.name,
                    "application/octet-stream",
                    key=f"file.{path.stem}",
                    on_click="ignore",
                )
        st.caption(t("Cite as"))
        version, day = warehouse.data_version, warehouse.data_as_of
        st.code(citation(version, day, t.lang), language=None, wrap_lines=True)
        with st.expander("BibTeX", type="compact"):
            st.code(bibtex(version, day), language="latex")


def offer(stem: str, table: pa.Table, about: list[tuple[str, str]], frame: Frame) -> None:
    """A button for every format; a file is made when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        for label, ending, mime, make in downloads.formats(table, about, frame.t):
            st.download_button(label, make, f"{stem}{ending}", mime, key=f"{stem}{ending}", on_click="ignore")


def draw_table(frame: Frame) -> None:
    """One table, chosen among all, with the meaning of its columns."""
    t, warehouse = frame.t, frame.warehouse
    columns = warehouse.run("columns").to_pylist()
    with st.container(border=True, key="tile_table"):
        heading = words.section_html(
            t("Each table"), t("As it stands in the data file, with all its rows and exact values.")
        )
        st.html(block(t.lang, heading))
        name = frame.controls.one("table", t("Table"), words.table_names(columns, t))
        own = [row for row in columns if row["table_name"] == name]
        cite = citation(warehouse.data_version, warehouse.data_as_of, t.lang)
        about = words.about_table(name, own, warehouse.data_version, cite, t)
        table = warehouse.table(name)
        st.caption(t.count("{n} row", "{n} rows", table.num_rows))
        offer(f"jcm_{name}_{warehouse.data_version}", table, about, frame)
        st.html(block(t.lang, words.columns_html(own, t)))


def draw_query(frame: Frame, selection: Selection) -> None:
    """The result of one named query, with the filters that it knows."""
    t, warehouse = frame.t, frame.warehouse
    questions = {name: t.pick(q.title_en, q.title_ja) for name, q in catalogue().items()}
    with st.container(border=True, key="tile_query"):
        heading = words.section_html(
            t("Each question"),
            t(
                "The results behind the figures, with the filters and the day chosen above where the question knows them."
            ),
        )
        st.html(block(t.lang, heading))
        name = frame.controls.one("query", t("Question"), questions)
        query = catalogue()[name]
        known = {p.name for p in query.parameters}
        given = {key: value for key, value in {**selection.filters(), **ALL_ROWS}.items() if key in known}
        values = query.bind(given, warehouse.data_as_of)
        table = warehouse.run(name, **given)
        about = [
            (t("Query"), f"{name}.sql: {questions[name]}"),
            (t("Parameters"), values_to_text(values) or t("none")),
            (t("Data version"), warehouse.data_version),
            (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
            *((c.name, t.pick(c.en, c.ja)) for c in query.columns),
        ]
        st.caption(t.count("{n} row", "{n} rows", table.num_rows))
        if not table.num_rows and not known.isdisjoint({"country", "project"}):
            st.caption(t("This question asks for one country or project; choose it on the SQL page."))
        offer(f"jcm_{name}_{warehouse.data_version}", table, about, frame)
        st.page_link(
            "pages/sql.py",
            label=t("Open in the SQL page"),
            query_params={"query": name, "values": values_to_text(values), "lang": t.lang},
        )
        st.html(block(t.lang, words.returns_html([(c.name, c.en, c.ja) for c in query.columns], t)))


def main() -> None:
    """The parts of the page."""
    frame = open_frame()
    t, warehouse = frame.t, frame.warehouse
    head = st.container()
    with head:
        draw_head(t, words.head_html(warehouse.data_version, t.day(warehouse.data_as_of), t))
    draw_whole(frame)
    frame.controls.draw_row()
    left, right = st.columns(2, gap="small")
    with left:
        draw_table(frame)
    with right:
        draw_query(frame, frame.controls.selection)
    frame.controls.finish()
    draw_ignored(t)
    with st.container(border=True, key="tile_limits"):
        st.html(block(t.lang, words.limits_html(t)))
    draw_foot(t)


main()
