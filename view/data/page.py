"""Data and methods: how fresh the sources are, what each rung means, what is assumed, corrected, checked and rejected."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import streamlit as st

from queries.runner import Answers, Questions
from view import methods
from view.data.headline import headline_sections, official_years_section
from view.data.way import Step, steps_html, steps_of_a_tonne
from view.marks.markup import Markup, draw, heading, sentence, to_copy
from view.marks.table import DASH, Table, linked
from view.methods import Section, rungs_table
from view.page import PageContext
from view.texts import Texts

OF_THE_DAY = ("targets", "assumptions", "reconciliation", "official_years")
"""Queries that show what was known on the day looked at; the others describe the build."""
OF_THE_BUILD = (
    "headline_basis",
    "headline_sensitivity",
    "corrections",
    "checks",
    "findings",
    "source_files",
    "rejected_rows",
    "source_list",
    "columns",
)


def questions(context: PageContext) -> Questions:
    """What the page asks."""
    day: dict[str, object] = {"as_of": context.selection.as_of}
    return {**dict.fromkeys(OF_THE_DAY, day), **{name: {} for name in OF_THE_BUILD}}


def sections_of(answers: Answers, today: date, t: Texts) -> Sequence[Section]:
    """Every section in the order of the page; the first depends on the day of the visit."""
    return (
        methods.freshness_section(answers["source_files"], today, t),
        *headline_sections(answers["headline_basis"], answers["headline_sensitivity"], t),
        *methods.sections(answers, t),
        *methods.reconciliation_sections(answers, t),
        official_years_section(answers["official_years"], answers["source_list"], t),
        methods.dictionary_section(answers["columns"], t),
    )


def draw_way(sections: Sequence[Section], first_vintage: int, t: Texts) -> None:
    """The way of a tonne in prose, with links to the sections."""
    titles = {section.key: section.title for section in sections}
    words = t(
        "One step after the other, from what a document states to what counts. Tonnes of different stages are never added, and"
        " an expectation is never told as a result."
    )
    with st.container(border=True):
        head = heading(t("How a tonne gets from a document to each stage"), words, anchor="way")
        draw(t, head + steps_html(steps_of_a_tonne(first_vintage, t), titles, t))


def draw_worked(title: str, project_url: str, steps: Sequence[Step], t: Texts) -> None:
    """One project worked through; `project_url` leads to all that is known of it."""
    with st.container(border=True):
        link = linked(project_url, t("All that is known of this project"))
        draw(
            t,
            heading(t("One project worked through"), title, anchor="worked")
            + steps_html(steps, {}, t)
            + Markup('<p class="jcm-behind">{} {}</p>').format(
                t(
                    "The data choose it: of the projects whose tonnes went farthest, the one with the most periods on"
                    " record, then the most tonnes."
                ),
                link,
            ),
        )


def draw_sections(sections: Sequence[Section], t: Texts) -> None:
    """The index, each section with its table folded behind it, and after the first the rungs."""
    draw(t, heading(t("The tables behind"), anchor="tables") + methods.index_html(sections, t))
    first, *rest = sections
    _draw_section(first, t)
    with st.container(border=True):
        draw(t, heading(t("The stages"), anchor="rungs"))
        with st.expander(t("Show the table"), key="panel_rungs", type="compact"):
            draw(t, rungs_table(t).html())
    for section in rest:
        _draw_section(section, t)


def _draw_section(section: Section, t: Texts) -> None:
    with st.container(border=True, key=f"tile_grid_{section.key}"):
        draw(t, heading(section.title, section.sentence, anchor=section.key))
        if not section.rows:
            draw(t, sentence(t("None.")))
            return
        rows = t.count("Show the table ({n} row)", "Show the table ({n} rows)", len(section.rows))
        panel = st.expander(rows, key=f"panel_{section.key}", on_change="rerun", type="compact")
        if panel.open:
            with panel:
                _draw_table(section, t)


def _draw_table(section: Section, t: Texts) -> None:
    table = Table(section.columns, section.rows, t).arrow()
    numbers = (field.name for field in table.schema if pa.types.is_integer(field.type))
    st.dataframe(
        table,
        hide_index=True,
        alt=section.title,
        column_config={name: st.column_config.NumberColumn(format="localized") for name in numbers},
        height="content" if table.num_rows < 16 else 480,
        placeholder=DASH,
        lazy=False,
    )


def draw_citation(plain: str, bibtex: str, t: Texts) -> None:
    """How to cite the data."""
    with st.container(border=True):
        draw(
            t,
            heading(t("How to cite"), anchor="cite")
            + to_copy(t("Cite as"), plain, t)
            + to_copy("BibTeX", bibtex, t),
        )
