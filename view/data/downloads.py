"""The downloads page: the whole data set, each table, and the result of each named query, with their context."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import streamlit as st

from view import downloads
from view.controls import Controls
from view.marks.markup import draw, heading, items, titled, to_copy
from view.marks.table import ONE_LINE, WIDE, Column, Markup, Table, escape, small
from view.sql.desk import values_to_text
from view.texts import Texts

Row = Mapping[str, Any]
Rows = Sequence[Row]


def head_html(version: str, day: str, t: Texts) -> Markup:
    """Title of the page."""
    under = t(
        "Data version {version}, facts of {day}. Every file carries its version in its name; an empty cell is not known,"
        " never zero.",
        version=version,
        day=day,
    )
    return titled(t("Take the data away"), under)


@dataclass(frozen=True)
class File:
    """A file to take away: the label of its button, its name and kind, and what makes it when it is asked for."""

    label: str
    name: str
    media_type: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Question:
    """A named query as the page offers it, and its result with the filters that it knows."""

    name: str
    title: str
    values: Mapping[str, object]
    columns: Sequence[tuple[str, str, str]]
    table: pa.Table
    asks_for_one: bool


def draw_whole(files: Sequence[File], columns: Rows, cite: tuple[str, str], t: Texts) -> None:
    """The package, the data files of the versions that are kept, and how to cite them."""
    rows = {row["table_name"]: row["table_rows"] for row in columns}
    with st.container(border=True, key="tile_whole"):
        draw(t, whole_html(len(rows), total(rows.values()), t))
        with st.container(horizontal=True, gap="small"):
            for number, file in enumerate(files):
                st.download_button(
                    file.label,
                    file.make,
                    file.name,
                    file.media_type,
                    key=f"{'file' if number else 'main'}.{file.name}",
                    type="secondary" if number else "primary",
                    on_click="ignore",
                )
        plain, bibtex = cite
        draw(t, to_copy(t("Cite as"), plain, t))
        with st.expander("BibTeX", type="compact"):
            draw(t, to_copy("BibTeX", bibtex, t))


def draw_table(
    controls: Controls, columns: Rows, load: Callable[[str], pa.Table], version: str, cite: str
) -> None:
    """One table, chosen among all, with the meaning of its columns."""
    t = controls.t
    with st.container(border=True, key="tile_table"):
        draw(
            t,
            heading(t("Each table"), t("As it stands in the data file, with all its rows and exact values.")),
        )
        name = controls.one("table", t("Table"), table_names(columns, t))
        own = [row for row in columns if row["table_name"] == name]
        table = load(name)
        st.caption(t.count("{n} row", "{n} rows", table.num_rows))
        _offer(f"jcm_{name}_{version}", table, about_table(name, own, version, cite, t), t)
        draw(t, columns_html(own, t))


def draw_query(
    controls: Controls, titles: Mapping[str, str], ask: Callable[[str], Question], version: str
) -> None:
    """The result of one named query, with the filters that it knows."""
    t = controls.t
    with st.container(border=True, key="tile_query"):
        words = t(
            "The results behind the figures, with the filters and the day chosen above where the question knows them."
        )
        draw(t, heading(t("Each question"), words))
        found = ask(controls.one("query", t("Question"), titles))
        values = values_to_text(found.values)
        about = [
            (t("Query"), f"{found.name}.sql: {found.title}"),
            (t("Parameters"), values or t("none")),
            (t("Data version"), version),
            (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
            *((name, t.pick(en, ja)) for name, en, ja in found.columns),
        ]
        st.caption(t.count("{n} row", "{n} rows", found.table.num_rows))
        if found.asks_for_one and not found.table.num_rows:
            st.caption(t("This question asks for one country or project; choose it on the SQL page."))
        _offer(f"jcm_{found.name}_{version}", found.table, about, t)
        st.page_link(
            "pages/sql.py",
            label=t("Open in the SQL page"),
            query_params={"query": found.name, "values": values, "lang": t.lang},
        )
        draw(t, returns_html(found.columns, t))


def draw_limits(t: Texts) -> None:
    """What the files do not cover, and the terms."""
    with st.container(border=True, key="tile_limits"):
        draw(t, limits_html(t))


def _offer(stem: str, table: pa.Table, about: list[tuple[str, str]], t: Texts) -> None:
    """A button for every format; a file is made when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        for label, ending, mime, make in downloads.formats(table, about, t):
            st.download_button(label, make, f"{stem}{ending}", mime, key=f"{stem}{ending}", on_click="ignore")


def whole_html(tables: int, rows: int, t: Texts) -> Markup:
    """What the package and the data file are."""
    package = t(
        "Data Package: {tables} tables with {rows} rows as CSV and Parquet, with a machine-readable schema, meanings in both"
        " languages, limits, terms and citation.",
        tables=t.number(tables),
        rows=t.number(rows),
    )
    file = t("DuckDB file: the same tables in one file of DuckDB 2.0, with a comment on every column.")
    return heading(t("Everything"), package, file)


def table_names(columns: Rows, t: Texts) -> dict[str, str]:
    """Every table with what it holds."""
    return {
        r["table_name"]: f"{r['table_name']} · {t.pick(r['table_en'], r['table_ja'])}"
        for r in columns
        if r["position"] == 1
    }


def columns_html(columns: Rows, t: Texts) -> Markup:
    """The columns of one table: name, type, unit, meaning and what an empty cell means."""

    def name(row: Row) -> Markup:
        template = Markup("<b><code>{}</code></b>") if row["is_key"] else Markup("<code>{}</code>")
        return template.format(row["column_name"])

    def meaning(row: Row) -> Markup:
        refers = small(Markup("→ <code>{}</code>").format(row["refers_to"]) if row["refers_to"] else "")
        return escape(t.pick(row["meaning_en"], row["meaning_ja"])) + refers

    return Table(
        (
            Column("column_name", t("Column"), cell=name, is_head=True, css=ONE_LINE),
            Column("sql_type", t("Type"), css=WIDE),
            Column("unit", t("Unit"), cell=lambda r: r["unit"] or "", css=WIDE),
            Column("meaning", t("Meaning"), value=None, cell=meaning),
            Column("null", t("When empty"), value=lambda r: t.pick(r["null_en"], r["null_ja"])),
        ),
        columns,
        t,
        is_long=True,
    ).html()


def returns_html(columns: Sequence[tuple[str, str, str]], t: Texts) -> Markup:
    """The columns that a query returns: name and meaning in both languages."""
    return Table(
        (
            Column(
                "name",
                "",
                value=None,
                cell=lambda c: Markup("<code>{}</code>").format(c[0]),
                is_head=True,
                css=ONE_LINE,
            ),
            Column("meaning", "", value=lambda c: t.pick(c[1], c[2])),
        ),
        columns,
        t,
        is_long=True,
        has_headings=False,
    ).html()


def about_table(name: str, columns: Rows, version: str, cite: str, t: Texts) -> list[tuple[str, str]]:
    """What travels with the workbook of a table: what it is, then every column."""
    first = columns[0]
    return [
        (t("Table"), t.named(name, t.pick(first["table_en"], first["table_ja"]))),
        (t("Data version"), version),
        (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
        (t("Cite as"), cite),
        *(
            (
                r["column_name"],
                t.pick(r["meaning_en"], r["meaning_ja"])
                + (f" [{r['unit']}]" if r["unit"] else "")
                + (f" – {t.pick(r['null_en'], r['null_ja'])}" if r["null_en"] else ""),
            )
            for r in columns
        ),
    ]


def limits_html(t: Texts) -> Markup:
    """What the files do not cover, and the terms."""
    points = (
        t(
            "An annual estimate is not known for every project: expected totals are the sum of the stated estimates only."
        ),
        t("Amounts of many issuance decisions are not stated; what no source states is shown as not known."),
        t(
            "Facts read from public pages, each named in the table source; rights in the pages stay with their publishers."
        ),
        t("Places are from GeoNames (CC BY 4.0); outlines are UN geodata as shipped with plotly.js."),
        t("An independent compilation of public statements, not a publication of a government."),
    )
    return heading(t("What the files do not cover, and their terms")) + items(points, "jcm-sentence")


def total(rows: Iterable[int | None]) -> int:
    """Rows of all tables; a view repeats rows of tables and has no number."""
    return sum(n for n in rows if n is not None)
