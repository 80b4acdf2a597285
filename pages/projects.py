"""The projects page: all projects with search, facets and totals."""

from typing import Any

import streamlit as st

from pages.frame import Frame, open_frame
from queries.record import latest_target_years
from view.projects import listing
from view.projects.listing import USUAL_COLUMNS, column_names, sort_names

ASKED_FOR = "projects.asked_for"


def choose(frame: Frame) -> dict[str, Any]:
    """Search, order, columns and page."""
    t, controls = frame.t, frame.controls
    left, middle, right = st.columns([2, 1, 1.4], gap="medium", vertical_alignment="bottom")
    with left:
        hint = t("Title, place, participant, number, in Japanese or English")
        search = controls.text("q", t("Search"), placeholder=hint)
    with middle:
        sort = controls.one("sort", t("Order"), sort_names(t))
    with right, st.popover(t("Columns")):
        names = column_names(latest_target_years(frame.warehouse, controls.selection.as_of), t)
        columns = controls.many("column", t("Columns"), names, USUAL_COLUMNS)
    asked_for = (controls.selection.key(), search, sort)
    # Another selection begins at its first page.
    if st.session_state.setdefault(ASKED_FOR, asked_for) != asked_for:
        st.session_state[ASKED_FOR] = asked_for
        controls.hold("page", None)
        page = None
    else:
        page = controls.given("page")
    return {"search": search.strip(), "sort": sort, "columns": tuple(columns), "page": page}


def main() -> None:
    """Controls and the list."""
    frame = open_frame()
    page = frame.show(listing, choose(frame))
    page.draw("projects")
    frame.foot()


main()
