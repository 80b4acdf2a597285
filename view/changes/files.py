"""The difference of two editions as files."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urljoin

import streamlit as st

from model.editions import Difference
from view.selection import Selection
from view.texts import Language, Texts

FEED_PATH: Final = "feed/changes.{lang}.atom"
"""Where the feed is served, from the app's own address."""


def feed_address(lang: Language, selection: Selection | None = None) -> str:
    """Address of the feed from the app's own, narrowed by the filters of a selection, every value once and in order."""
    pairs = [
        (key, value) for key, values in (selection.chosen if selection else ()) for value in sorted(values)
    ]
    return FEED_PATH.format(lang=lang) + (f"?{urlencode(pairs)}" if pairs else "")


def offer_files(
    found: Difference, markdown: Callable[[], bytes], feed: Callable[[], bytes], t: Texts
) -> None:
    """The difference as Markdown, and the feed; each is made when it is asked for."""
    address = urljoin(str(st.context.url or ""), feed_address(t.of_files))
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
