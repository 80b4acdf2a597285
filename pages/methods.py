"""Data and methods: how fresh the sources are, what each rung means, what is assumed, corrected, checked and rejected."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from exports.package.readme import bibtex, citation
from pages.frame import open_frame
from view import methods
from view.data.headline import headline_sections, official_years_section
from view.header import draw_foot, draw_head, draw_ignored
from view.marks.table import Table
from view.methods import Section, rungs_table, summary
from view.texts import Texts
from view.tiles import block

TOKYO = ZoneInfo("Asia/Tokyo")
# Queries that show what was known on the day looked at; the others tell of the build.
OF_THE_DAY = ("targets", "assumptions", "reconciliation", "official_years")
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


def draw_section(section: Section, t: Texts) -> None:
    """A section: heading, sentence and table, which can be searched."""
    with st.container(border=True):
        heading = f'<h2 class="jcm-title" id="{section.key}">{section.title}</h2>'
        st.html(block(t.lang, f'{heading}<p class="jcm-sentence">{section.sentence}</p>'))
        if section.rows:
            table = Table(section.columns, section.rows, t).arrow()
            st.dataframe(
                table,
                hide_index=True,
                alt=section.title,
                column_config={
                    field.name: st.column_config.NumberColumn(format="localized")
                    for field in table.schema
                    if pa.types.is_integer(field.type)
                },
                height="content" if table.num_rows < 16 else 480,
                lazy=False,
            )
        else:
            st.html(block(t.lang, f'<p class="jcm-sentence">{t("None.")}</p>'))


def main() -> None:
    """Draws the page."""
    frame = open_frame()
    t, warehouse = frame.t, frame.warehouse
    build = warehouse.run("build_info").to_pylist()[0]
    draw_head(
        t,
        f'<h1 class="jcm-answer">{t("Data and methods")}</h1><p class="jcm-under">{summary(build, t)}</p>',
    )
    frame.controls.draw_row(filters=())
    frame.controls.finish()
    draw_ignored(t)
    as_of = frame.controls.selection.as_of
    rows = {name: warehouse.run(name, as_of=as_of).to_pylist() for name in OF_THE_DAY}
    rows |= {name: warehouse.run(name).to_pylist() for name in OF_THE_BUILD}
    today = datetime.now(TOKYO).date()
    everything = (
        methods.freshness_section(rows["source_files"], today, t),
        *headline_sections(rows["headline_basis"], rows["headline_sensitivity"], t),
        *methods.sections(rows, t),
        *methods.reconciliation_sections(rows, t),
        official_years_section(rows["official_years"], rows["source_list"], t),
        methods.dictionary_section(rows["columns"], t),
    )
    st.html(block(t.lang, methods.index_html(everything, t)))
    first, *rest = everything
    draw_section(first, t)
    with st.container(border=True):
        st.html(block(t.lang, f'<h2 class="jcm-title">{t("The rungs")}</h2>{rungs_table(t).html()}'))
    for section in rest:
        draw_section(section, t)
    with st.container(border=True):
        st.html(block(t.lang, f'<h2 class="jcm-title" id="cite">{t("How to cite")}</h2>'))
        st.code(
            citation(warehouse.data_version, warehouse.data_as_of, t.lang), language=None, wrap_lines=True
        )
        st.code(bibtex(warehouse.data_version, warehouse.data_as_of), language="latex")
    draw_foot(t)


main()
