"""From one profile to the next, as in a briefing."""

from collections.abc import Mapping

import streamlit as st

from model.near_matches import neighbours
from view.texts import Texts


def flip_through(page: str, key: str, names: Mapping[str, str], current: str, t: Texts) -> None:
    """Links to the profiles before and after the current one, in the order of `names`.

    `page` is the name of the page, `key` the key of its subject in the address.
    """
    before, after = neighbours(list(names), current)
    if before:
        _link(page, key, before, t("← {key}", key=names[before]), t)
    if after:
        _link(page, key, after, t("{key} →", key=names[after]), t)


def _link(page: str, key: str, code: str, label: str, t: Texts) -> None:
    st.page_link(f"pages/{page}.py", label=label, query_params={key: code, "lang": t.lang})
