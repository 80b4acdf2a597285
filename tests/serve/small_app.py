"""A small app with what the server has to carry: pages, a bound widget, a chart, a table, a download."""

import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st


def start() -> None:
    """First page."""
    count = st.slider("Rows", 1, 50, 5, key="rows", bind="query-params")
    st.markdown(f"rows={count} lang={st.query_params.get('lang')} locale={st.context.locale}")
    st.plotly_chart(go.Figure(go.Bar(y=list(range(count)))))
    st.dataframe(pa.table({"row": list(range(count))}), alt="rows")
    # "rerun", the default, runs the script beside the request, and the end of that run forgets the file asked for.
    st.download_button("CSV", lambda: b"row\n1\n", file_name="rows.csv", mime="text/csv", on_click="ignore")


def countries() -> None:
    """Second page."""
    st.title("Countries")


st.navigation([st.Page(start, default=True), st.Page(countries, url_path="countries")]).run()
