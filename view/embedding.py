"""A figure alone, for other people's pages: `/<page>?figure=<key>&embed=true` and the usual filters.

The page runs as always; controls take their values from the address without being drawn, and of all tiles the one asked
for is drawn, at the top and in full width. Nothing after it runs.
"""

from typing import Any, NoReturn

import streamlit as st

from view.address import address_with, present
from view.marks.markup import Markup, code, joined

FIGURE_KEY = "figure"
EMBED_KEY = "embed"
_PLACE = "embedding.place"
_SEEN = "embedding.seen"


def is_on() -> bool:
    """Whether this run shows one figure alone. The framework hides `embed` from the address, and reports it separately."""
    return bool(st.context.is_embedded) or present().get(EMBED_KEY) == ["true"]


def asked() -> list[str]:
    """Keys of the figures asked for; a page may use the same key of the address for a choice of its own."""
    return present().get(FIGURE_KEY, [])


def begin() -> None:
    """Makes the place at the top of the page. To be called before anything is drawn."""
    st.session_state[_PLACE] = st.container() if is_on() else None
    st.session_state[_SEEN] = []


def place() -> Any:  # noqa: ANN401 - the framework's own type
    """Where the figure is drawn."""
    return st.session_state[_PLACE]


def is_wanted(key: str) -> bool:
    """Whether a tile is drawn in this run."""
    if not is_on():
        return True
    st.session_state.setdefault(_SEEN, []).append(key)
    return key in asked()


def end() -> NoReturn:
    """Ends the run once the figure is drawn."""
    st.stop()


def unknown_html() -> Markup:
    """The keys of the page, for an address that asks for none of them; empty where nothing was asked in vain."""
    keys = st.session_state.get(_SEEN, [])
    if not is_on() or not keys:
        return Markup("")
    return joined(map(code, dict.fromkeys(keys)), ", ")


def snippet(key: str, title: str) -> str:
    """The HTML that puts a figure on another page."""
    address = address_with({FIGURE_KEY: [*asked(), key], EMBED_KEY: ["true"]})
    frame = Markup(
        '<iframe src="{}" title="{}" width="100%" height="560" style="border:0" loading="lazy"></iframe>'
    )
    return str(frame.format(address, title))


def whole_page(key: str) -> str:
    """Address of the page that the figure is taken from, with the page's own choice of the same key."""
    return address_with({FIGURE_KEY: [value for value in asked() if value != key], EMBED_KEY: []})
