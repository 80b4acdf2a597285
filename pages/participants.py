"""The participants page: companies and bodies that take part in projects, with search, facets and the tonnes of the projects."""

from typing import Any

import streamlit as st

from pages.frame import Frame, open_frame
from view.participants import listing
from view.participants.listing import by_names, sort_names
from view.participants.words import side_names

ASKED_FOR = "participants.asked_for"


def choose(frame: Frame) -> dict[str, Any]:
    """Search, side, groups, order and page."""
    t, controls = frame.t, frame.controls
    left, middle, right, last = st.columns([1, 1.35, 1.05, 1.6], gap="medium", vertical_alignment="bottom")
    with left:
        search = controls.text("q", t("Search"), placeholder=t("Name, in Japanese or English"))
    with middle:
        side = controls.one("show", t("Side"), side_names(t))
    with right:
        by = controls.one("by", t("Rows"), by_names(t))
    with last:
        sort = controls.one("sort", t("Order"), sort_names(t))
    asked_for = (controls.selection.key(), search, side, by, sort)
    # Another selection begins at its first page.
    page = controls.given("page")
    if st.session_state.setdefault(ASKED_FOR, asked_for) != asked_for:
        st.session_state[ASKED_FOR], page = asked_for, None
        controls.hold("page", None)
    return {"search": search.strip(), "side": side, "by": by, "sort": sort, "page": page}


def main() -> None:
    """Controls, the list, and whose names the recorded ones are."""
    frame = open_frame(lists="participants")
    page = frame.show(listing, choose(frame))
    page.draw("participants", "participant_names")
    frame.foot()


main()
