"""What a plain Streamlit page does with the same table: pandas, a filter of the address, a chart and the rows."""

import os

import pandas as pd
import streamlit as st

countries = st.query_params.get_all("country")
projects = pd.read_parquet(os.environ["PEERS_TABLE"])
if countries:
    projects = projects[projects["iso3"].isin(countries)]
st.title(f"{len(projects)} projects")
st.bar_chart(projects.groupby("iso3")["annual_tco2"].sum().sort_values(ascending=False))
st.dataframe(projects)
