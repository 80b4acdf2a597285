"""The page that the target page is compared with: Streamlit and one Plotly chart, nothing else."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(y=[3, 1, 2])))
