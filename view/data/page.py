"""Data and methods: how fresh the sources are, what each rung means, what is assumed, corrected, checked and rejected."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import streamlit as st

from queries.runner import Answers, Questions
from view import methods
from view.data.headline import headline_sections, official_years_section
from view.marks.table import DASH, Table
from view.methods import Section, rungs_table
from view.page import PageContext
from view.marks.markup import draw, heading, sentence
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
    return {**dict.fromkeys(OF_THE_DAY, day), **dict.fromkeys(OF_THE_BUILD, {})}


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


def draw_sections(sections: Sequence[Section], t: Texts) -> None:
    """The index, each section as a table that can be searched, and after the first the rungs."""
    draw(t, methods.index_html(sections, t))
    first, *rest = sections
    _draw_section(first, t)
    with st.container(border=True):
        draw(t, heading(t("The stages")) + rungs_table(t).html())
    for section in rest:
        _draw_section(section, t)


def _draw_section(section: Section, t: Texts) -> None:
    with st.container(border=True, key=f"tile_grid_{section.key}"):
        draw(t, heading(section.title, section.sentence, anchor=section.key))
        if not section.rows:
            draw(t, sentence(t("None.")))
            return
        table = Table(section.columns, section.rows, t).arrow()
        numbers = (field.name for field in table.schema if pa.types.is_integer(field.type))
        st.dataframe(
            table,
            hide_index=True,
            alt=section.title,
            column_config={
                name: st.column_config.NumberColumn(format="localized") for name in numbers
            },
            height="content" if table.num_rows < 16 else 480,
            placeholder=DASH,
            lazy=False,
        )


def draw_citation(plain: str, bibtex: str, t: Texts) -> None:
    """How to cite the data."""
    with st.container(border=True):
        draw(t, heading(t("How to cite"), anchor="cite"))
        st.code(plain, language=None, wrap_lines=True)
        st.code(bibtex, language="latex")
