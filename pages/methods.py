"""Data and methods: what each rung means, what is assumed, what was corrected, checked and rejected."""

import streamlit as st

from pages.frame import open_frame
from view.header import draw_foot, draw_head, draw_ignored
from view.methods import rungs_table, sections, summary
from view.tiles import block

QUERIES = ("targets", "assumptions", "corrections", "checks", "source_files", "rejected_rows")


def main() -> None:
    """Draws the page."""
    frame = open_frame()
    t, warehouse = frame.t, frame.warehouse
    build = warehouse.run("build_info").to_pylist()[0]
    draw_head(
        t,
        f'<h1 class="jcm-answer">{t("Data and methods")}</h1><p class="jcm-under">{summary(build, t)}</p>',
    )
    frame.controls.finish()
    draw_ignored(t)
    with st.container(border=True):
        st.html(block(t.lang, f'<h2 class="jcm-title">{t("The rungs")}</h2>{rungs_table(t)}'))
    rows = {name: warehouse.run(name).to_pylist() for name in QUERIES}
    for section in sections(rows, t):
        with st.container(border=True):
            heading = f'<h2 class="jcm-title" id="{section.key}">{section.title}</h2>'
            st.html(block(t.lang, f'{heading}<p class="jcm-sentence">{section.sentence}</p>'))
            if section.table.num_rows:
                st.dataframe(
                    section.table,
                    hide_index=True,
                    alt=section.title,
                    height="content" if section.table.num_rows < 14 else 480,
                )
            else:
                st.html(block(t.lang, f'<p class="jcm-sentence">{t("None.")}</p>'))

    draw_foot(t)


main()
