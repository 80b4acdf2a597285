"""What a reader takes from the SQL page: files, the link, what was asked before, limits, the data file."""

from functools import partial
from urllib.parse import urljoin

import streamlit as st

from pages.frame import Frame
from pages.panels.sql_running import ask, result_of
from queries.catalogue import catalogue
from queries.warehouse import published_files
from view import downloads
from view.address import link
from view.marks.markup import draw, to_copy
from view.sql.at_home import at_home_html
from view.sql.desk import LINK_AT_MOST, Asked, Desk, packed, values_to_text
from view.sql.result import limits_html
from view.texts import Texts
from workbench import door
from workbench.answers import Result
from workbench.limits import LIMITS


def take_away(desk: Desk, asked: Asked, result: Result, shown_as: str, frame: Frame) -> None:
    """Downloads of all rows, the link, and what was asked before."""
    t = frame.t
    everything = Asked(asked.sql, asked.values, "full")
    whole = result_of(desk, everything) if result.is_cut_off else result
    stem = f"jcm_{desk.question or 'sql'}_{result.data_version}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if whole is None:
            if st.button(t("Fetch all rows for download"), key="sql.full"):
                ask(desk, everything)
                st.rerun()
        else:
            for label, ending, mime, make in downloads.formats(whole.table, about(asked, whole, t), t):
                st.download_button(
                    label, make, file_name=f"{stem}{ending}", mime=mime, key=f"sql.{label}", on_click="ignore"
                )
        with st.popover(t("Link")):
            draw_link(desk, asked, shown_as, frame)
        with st.popover(t("History ({n})", n=t.number(len(desk.history)))):
            draw_history(desk, frame)
    if whole is not None and whole.is_cut_off:
        st.caption(
            t(
                "The download holds the first {n} rows; the data file has no such limit.",
                n=t.number(whole.rows_shown),
            )
        )


def about(asked: Asked, result: Result, t: Texts) -> list[tuple[str, str]]:
    """What travels with a workbook."""
    return [
        (t("Query"), asked.sql),
        (t("Parameters"), values_to_text(asked.values) or t("none")),
        (t("Data version"), result.data_version),
        (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
    ]


def draw_link(desk: Desk, asked: Asked, shown_as: str, frame: Frame) -> None:
    """The address of this statement with its values and data version."""
    t, selection = frame.t, frame.controls.selection
    text = packed(asked.sql)
    if desk.question is None and len(text) > LINK_AT_MOST:
        st.caption(t("The statement is too long for a link. Save it as a file and send that."))
        st.download_button(
            "SQL", asked.sql, file_name="statement.sql", mime="application/sql", on_click="ignore"
        )
        return
    what = {"query": desk.question} if desk.question else {"sql": text}
    values = values_to_text(asked.values)
    shown = {} if shown_as == "table" else {"draw": shown_as}
    given = what | ({"values": values} if values else {}) | shown | {"version": frame.warehouse.data_version}
    address = link("sql", selection, t.lang, frame.warehouse.data_as_of, **given)
    label = t("Carries the statement, its values and the data version.")
    draw(t, to_copy(label, urljoin(str(st.context.url or ""), address), t))


def draw_history(desk: Desk, frame: Frame) -> None:
    """Statements of this visit; each can be put back."""
    t = frame.t
    if not desk.history:
        st.caption(t("Nothing was run yet."))
    for i, entry in enumerate(desk.history):
        query = catalogue().get(entry.question or "")
        name = t.pick(query.title_en, query.title_ja) if query else " ".join(entry.asked.sql.split())[:70]
        end = entry.code if entry.rows is None else t.count("{n} row", "{n} rows", entry.rows)
        if st.button(f"{name} · {end}", key=f"sql.history.{i}", type="tertiary"):
            desk.put(entry.asked.sql, entry.asked.values, entry.question)
            ask(desk, entry.asked)
            st.rerun()


def draw_panels(frame: Frame) -> None:
    """Limits in force, and how to go on on one's own machine."""
    t = frame.t
    limits = door.limits_in_force()
    rows = [
        (
            t.pick(x.heading, x.heading_ja),
            getattr(limits, x.name),
            t.pick(x.unit_en, x.unit_ja),
            t.pick(x.en, x.ja),
            x.variable,
        )
        for x in LIMITS
    ]
    with st.expander(t("Limits in force"), type="compact"):
        draw(t, limits_html(rows, t))
    with st.expander(
        t("On your own machine: the data file, DuckDB shell, Python, R, notebook"), type="compact"
    ):
        files = published_files(frame.warehouse.path.parent)
        with st.container(horizontal=True, gap="small"):
            for path in files:
                st.download_button(
                    path.name,
                    partial(path.read_bytes),
                    file_name=path.name,
                    key=f"sql.file.{path.stem}",
                    on_click="ignore",
                )
        draw(t, at_home_html(frame.warehouse.path.name, t))
