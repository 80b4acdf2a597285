"""The profile of one participant."""

import streamlit as st

from model.near_matches import exact_match, near_matches
from pages.frame import open_frame
from view.breadcrumbs import draw_breadcrumbs
from view.flipping import flip_through
from view.participants import profile
from view.participants.words import name_of


def main() -> None:
    """The participant asked for, by its key or any of its names, or near matches."""
    frame = open_frame(filters=(), view=("measure", "share", "form", "year", "dating"))
    t, controls = frame.t, frame.controls
    asked = controls.given("name") or controls.only("participant") or ""
    rows = frame.rows("participant_names")
    names = {row["participant_id"]: name_of(row, t) for row in rows}
    by_name = profile.keys_by_name(rows)
    key = by_name.get(exact_match(asked, list(by_name)) or "")
    controls.hold("name", key or asked)
    if key is None:
        near = near_matches(asked, dict.fromkeys(by_name, ()))
        found = list(dict.fromkeys((by_name[name], names[by_name[name]]) for name in near))
        frame.finish(profile.unknown_html(asked, found, frame.context().link, t))
        frame.foot()
        return
    place = frame.head.container()
    page = frame.show(profile, {"name": key}, frame.selection.narrowed(participant=[key]))
    draw_breadcrumbs(place, "participants", t("Participants"), names[key], t)
    with frame.head, st.container(horizontal=True, gap="small"):
        flip_through("participant", "name", names, key, t)
        st.page_link(
            "pages/briefing.py",
            label=t("Print or brief: this participant as slides and paper"),
            query_params={"audience": "participant", "name": key, "lang": t.lang},
        )
    if page.content.own is None:
        page.draw("participant_facts")
    else:
        page.columns((1.7, 1), ("cumulative",), ("participant_facts",))
        page.draw("participant_projects", "participant_partners", "ladder", "mix")
        if page.content.own["events"]:
            page.draw("issuance_events")
    frame.foot()


main()
