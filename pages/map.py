"""The map: where the projects are, how well their places are known, and how they were built up."""

from typing import Any

import streamlit as st

from pages.frame import Frame, open_frame
from view.map import page as project_map
from view.map.points import years_of


def choose(frame: Frame) -> dict[str, Any]:
    """What is shown, what colours mean, and the fiscal year up to which projects are shown."""
    t, controls = frame.t, frame.controls
    as_of = controls.selection.as_of
    first_year, last_year = years_of(frame.rows("map_projects", as_of=as_of), as_of)
    shown = {"projects": t("Projects"), "partners": t("Expected by country")}
    colours = {"status": t("Stage"), "technology": t("Technology")}
    words = t("Selected or known by the end of fiscal year")
    left, middle, right = st.columns([1.2, 1.2, 2], gap="medium", vertical_alignment="bottom")
    with left:
        show = controls.one("show", t("Map shows"), shown)
    with middle:
        colour = controls.one("colour", t("Colour"), colours)
    with right:
        built_by = controls.number("built_by", words, first_year, last_year, last_year, slider=True)
    return {"show": show, "colour": colour, "built_by": built_by}


def main() -> None:
    """Controls, the map and the list below it."""
    frame = open_frame()
    choice = choose(frame)
    page = frame.show(project_map, choice)
    if choice["show"] == "projects":
        clicked = page.columns((3.4, 1), ("map",), ("by_country",))
    else:
        clicked = page.draw("partners")
    page.draw("list")
    frame.foot()
    frame.follow(clicked)


main()
