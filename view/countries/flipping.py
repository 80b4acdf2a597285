"""From one profile to the next, as in a briefing."""

from collections.abc import Sequence

import streamlit as st

from model.near_matches import neighbours
from view.texts import Texts


def flip_through(codes: Sequence[str], iso3: str, t: Texts) -> None:
    """Links to the partners before and after in the order of `codes`, and back to all."""
    before, after = neighbours(codes, iso3)
    with st.container(horizontal=True, gap="small"):
        for code, arrow in (
            (before, t("← {key}", key=t.country(before) if before else "")),
            (after, t("{key} →", key=t.country(after) if after else "")),
        ):
            if code:
                st.page_link("pages/country.py", label=arrow, query_params={"iso3": code, "lang": t.lang})
        st.page_link("pages/countries.py", label=t("All partner countries"), query_params={"lang": t.lang})
