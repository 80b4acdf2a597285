"""The downloads page: the whole data set, each table, and the result of each named query, with their context."""

from functools import partial

import streamlit as st

from exports.package.archive import file_name, package_of
from exports.package.readme import bibtex, citation
from pages.frame import Frame, open_frame
from queries.catalogue import catalogue
from queries.warehouse import published_files
from view.data import downloads
from view.data.downloads import File, Question

# A download holds every row, not a page of them.
ALL_ROWS = {"rows_at_most": 1_000_000}


def ask_for_all(frame: Frame, name: str) -> Question:
    """A named query and its result, with the filters that it knows."""
    query = catalogue()[name]
    known = {p.name for p in query.parameters}
    given = {key: v for key, v in {**frame.selection.filters(), **ALL_ROWS}.items() if key in known}
    values = query.bind(given, frame.warehouse.data_as_of)
    title = frame.t.pick(query.title_en, query.title_ja)
    columns = [(c.name, c.en, c.ja) for c in query.columns]
    asks_for_one = not known.isdisjoint({"country", "project"})
    return Question(name, title, values, columns, frame.warehouse.run(name, **given), asks_for_one)


def main() -> None:
    """The parts of the page."""
    frame = open_frame(has_row=False, is_public=True, shows_nothing_too=True)
    t, warehouse, columns = frame.t, frame.warehouse, frame.rows("columns")
    version, day = warehouse.data_version, warehouse.data_as_of
    make = partial(frame.kept, partial(package_of, warehouse), "package")
    package = File(t("Data Package (ZIP)"), file_name(version), "application/zip", make)
    kept = published_files(warehouse.path.parent)
    files = [File(f"DuckDB · {p.stem}", p.name, "application/octet-stream", p.read_bytes) for p in kept]
    cite = citation(version, day, t.lang)
    downloads.draw_whole([package, *files], columns, (cite, bibtex(version, day)), t)
    frame.controls.draw_row()
    titles = {name: t.pick(q.title_en, q.title_ja) for name, q in catalogue().items()}
    left, right = st.columns(2, gap="small")
    with left:
        downloads.draw_table(frame.controls, columns, warehouse.table, version, cite)
    with right:
        downloads.draw_query(frame.controls, titles, partial(ask_for_all, frame), version)
    frame.finish(downloads.head_html(version, t.day(day), t))
    frame.loosen()
    downloads.draw_limits(t)
    frame.foot()


main()
