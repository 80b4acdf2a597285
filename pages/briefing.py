"""The page on which briefing packs are made: for whom, in which language, as of which day."""

import streamlit as st

from pages.frame import open_frame
from pages.panels.pack_choices import choose_requests
from pages.panels.packs import draw_pack, draw_preview
from view.briefing.page import head_html
from view.marks.markup import draw


def main() -> None:
    """Choices, the first look, and the pack."""
    frame = open_frame(filters=(), is_public=True)
    requests, faults = choose_requests(frame)
    frame.finish(head_html(frame.t))
    for fault in faults:
        draw(frame.t, fault)
    if requests:
        left, right = st.columns([1.35, 1], gap="small")
        with right:
            draw_pack(requests, frame)
        with left:
            draw_preview(requests, frame)
    frame.foot()


main()
