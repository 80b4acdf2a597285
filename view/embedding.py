"""A figure alone, for other people's pages: `/<page>?figure=<key>&embed=true` and the usual filters.

The page runs as always; controls take their values from the address without being drawn, and of all tiles the one asked
for is drawn, at the top and in full width. Nothing after it runs. The figure tells the page around it its height
(`view/document.js`), and the script that is offered with the frame sets it (`static/embed.js`).
"""

from typing import Any, NoReturn

import streamlit as st

from view.address import address_with, present, root
from view.marks.markup import Markup

FIGURE_KEY = "figure"
EMBED_KEY = "embed"
SCRIPT = "app/static/embed.js"
"""What the page that holds a figure may run, below the root of the app."""
OWN_KEYS = frozenset({FIGURE_KEY, EMBED_KEY})
_PLACE = "embedding.place"
_SEEN = "embedding.seen"


def is_on() -> bool:
    """Whether this run shows one figure alone. The framework hides `embed` from the address, and reports it separately."""
    return bool(st.context.is_embedded) or st.query_params.get_all(EMBED_KEY) == ["true"]


def asked() -> list[str]:
    """Keys of the figures asked for; a page may use the same key of the address for a choice of its own."""
    return present().get(FIGURE_KEY, [])


def begin() -> None:
    """Makes the place at the top of the page. To be called before anything is drawn."""
    st.session_state[_PLACE] = st.container(key="alone") if is_on() else None
    st.session_state[_SEEN] = []


def place() -> Any:  # noqa: ANN401 - the framework's own type
    """Where the figure is drawn."""
    return st.session_state[_PLACE]


def is_wanted(key: str) -> bool:
    """Whether a tile is drawn where one figure alone is shown."""
    st.session_state.setdefault(_SEEN, []).append(key)
    return key in asked()


def end() -> NoReturn:
    """Ends the run once the figure is drawn."""
    st.stop()


def offered() -> list[str]:
    """The figures that the page has, as far as it was run."""
    return list(dict.fromkeys(st.session_state.get(_SEEN, [])))


def snippet(key: str, title: str, heights: tuple[int, int]) -> str:
    """The HTML that puts a figure on another page: a frame, and the script that keeps its height to that of the figure.

    `heights` in px on a telephone and in a column of text: what the frame has where the script may not run.
    """
    narrow, wide = heights
    address = address_with({FIGURE_KEY: [*asked(), key], EMBED_KEY: ["true"]})
    # Between a telephone of 390 px and a window of 690 px the height goes from the one to the other.
    slope = (wide - narrow) / 3
    fluid = f"calc({narrow - 3.9 * slope:.0f}px {'-' if slope < 0 else '+'} {abs(slope):.0f}vw)"
    frame = Markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" style="border:0;height:clamp({}px,{},{}px)"'
        ' loading="lazy"></iframe>\n<script src="{}" async></script>'
    )
    return str(frame.format(address, title, wide, min(heights), fluid, max(heights), f"{root()}/{SCRIPT}"))


def whole_page(key: str) -> str:
    """Address of the page that the figure is taken from, with the page's own choice of the same key."""
    return address_with({FIGURE_KEY: [value for value in asked() if value != key], EMBED_KEY: []})
