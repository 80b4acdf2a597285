"""The comparison: two countries, sectors, programmes, participants or days side by side."""

import streamlit as st

from pages.frame import open_frame
from view.compare import page as compare
from view.compare.choosing import choose


def main() -> None:
    """Choices of both sides, then the tiles."""
    frame = open_frame()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        sides = choose(frame.controls, frame.names, frame.t)
    choice = {"sides": sides.selections, "labels": sides.labels}
    page = frame.begin(
        frame.built(
            compare, choice, sides.shared, key=(*(one.key() for one in sides.selections), *sides.labels)
        )
    )
    frame.loosen(selection=sides.shared)
    page.draw("compare_ladder", "compare_series")
    page.columns((1, 1), ("compare_mix",), ("compare_delivery",))
    frame.foot()


main()
