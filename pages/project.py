"""The page of one project."""

import streamlit as st

from model.near_matches import exact_match, near_matches
from pages.frame import open_frame
from view.breadcrumbs import draw_breadcrumbs
from view.flipping import flip_through
from view.projects import profile


def main() -> None:
    """The project asked for, or near matches."""
    frame = open_frame(filters=())
    t, controls = frame.t, frame.controls
    asked = controls.given("project") or ""
    titles = {r["project_id"]: (r["title_en"], r["title_ja"] or "") for r in frame.rows("project_keys")}
    project = exact_match(asked, list(titles))
    controls.hold("project", project or asked)
    if project is None:
        near = [(key, t.pick(*titles[key])) for key in near_matches(asked, titles)]
        frame.finish(profile.unknown_html(asked, near, frame.context().link, t))
        frame.foot()
        return
    place = frame.head.container()
    page = frame.show(profile, {"project": project})
    draw_breadcrumbs(place, "projects", t("Projects"), project, t)
    with frame.head, st.container(horizontal=True, gap="small"):
        flip_through("project", "project", {key: key for key in titles}, project, t)
    page.draw("cycle")
    page.columns((1.5, 1), ("years", "events", "facts"), ("place", "similar"))
    page.draw("claims", "sources")
    frame.foot()


main()
