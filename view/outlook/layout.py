"""Where things of the outlook page stand: levers beside the chart, which stays in sight while they are moved."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

CHART_KEY = "outlook_chart"
_STICKY = f"""<style>@media (min-width: 700px) {{
  [data-testid="stColumn"]:has(> * > * > .st-key-{CHART_KEY}) > [data-testid="stVerticalBlock"] {{ height: 100%; }}
  [data-testid="stLayoutWrapper"]:has(> .st-key-{CHART_KEY}) {{ position: sticky; top: 4rem; }}
}}
@media (max-width: 640px) {{ [data-testid="stColumn"]:has(> * > * > .st-key-{CHART_KEY}) {{ order: -1; }} }}</style>"""


def levers_and_chart() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The places of the levers and of the chart; on a narrow screen the chart stands first."""
    left, right = st.columns((3, 8), gap="medium")
    with right:
        chart = st.container(key=CHART_KEY)
    with left:
        st.html(_STICKY)
    return left, chart


def before_settings() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The places of the tiles on the draws, and of the settings of the counting that stand below them."""
    return st.container(), st.container()
