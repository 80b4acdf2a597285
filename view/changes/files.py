"""The difference of two editions as files."""

from collections.abc import Callable
from urllib.parse import urljoin

import streamlit as st

from model.editions import Difference
from view.texts import Texts


def offer_files(
    found: Difference, markdown: Callable[[], bytes], feed: Callable[[], bytes], t: Texts
) -> None:
    """The difference as Markdown, and the feed; each is made when it is asked for."""
    address = urljoin(str(st.context.url or ""), f"feed/changes.{t.of_files}.atom")
    stem = f"jcm_changes_{found.old.as_of}_{found.new.as_of}_{found.new.data_version}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Markdown",
            markdown,
            f"{stem}.md",
            "text/markdown",
            key="changes.markdown",
            on_click="ignore",
        )
        st.download_button(
            t("Feed (Atom)"),
            feed,
            f"jcm_changes.{t.of_files}.atom",
            "application/atom+xml",
            key="changes.feed",
            on_click="ignore",
        )
        st.caption(t("Feed readers follow {address}.", address=address))
