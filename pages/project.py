"""The page of one project."""

from functools import partial

import streamlit as st

from loading.record import build_of
from model.near_matches import exact_match, near_matches, neighbours
from pages.frame import Frame, open_frame
from queries.runner import Answers, Questions, ask
from view.address import link
from view.header import draw_foot, draw_head, draw_ignored
from view.projects.known import Profile
from view.projects.profile import head_html, tiles_of, unknown_html
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import Tile, draw_tile
from view.world_map import MAP_CONFIG

OF_PROJECT = ("project_facts", "project_events", "project_years", "project_similar")


def questions(project: str, selection: Selection) -> Questions:
    """What the page asks."""
    dated: dict[str, object] = {"project": project, "as_of": selection.as_of}
    return {
        **dict.fromkeys(OF_PROJECT, dated),
        "project_claims": dated,
        "project_sources": dated,
        "project_sites": {},
        "map_shapes": {},
        "assumptions": {"as_of": selection.as_of},
    }


def load_profile(frame: Frame, project: str, selection: Selection) -> tuple[Profile, Answers]:
    """Asks the page's questions."""
    rows = ask(frame.warehouse, questions(project, selection))
    profile = Profile(
        facts=rows["project_facts"][0],
        claims=rows["project_claims"],
        sources=rows["project_sources"],
        events=rows["project_events"],
        years=rows["project_years"],
        similar=rows["project_similar"],
        sites=[site for site in rows["project_sites"] if site["project_id"] == project],
        shapes=rows["map_shapes"],
        assumptions={row["assumption_code"]: row for row in rows["assumptions"]},
        names=frame.names,
        as_of=selection.as_of,
        list_of=build_of(frame.warehouse)["list_of_on"],
    )
    return profile, rows


@st.cache_resource(max_entries=256, show_spinner=False)
def page_of(
    data_version: str,
    project: str,
    selection_key: tuple[object, ...],
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[str, dict[str, Tile]]:
    """The page of one project, built once for all readers."""
    t = _frame.t
    to = partial(link, selection=_selection, lang=lang, data_as_of=_frame.warehouse.data_as_of)
    profile, answers = load_profile(_frame, project, _selection)
    tile = _frame.tile_maker(answers, _selection.as_of)
    return head_html(profile, to, t), tiles_of(profile, to, tile, t, theme)


def main() -> None:
    """The project asked for, or near matches."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(filters=())
    asked = controls.given("project")
    selection = controls.selection
    titles = {
        row["project_id"]: (row["title_en"], row["title_ja"] or "")
        for row in frame.warehouse.run("project_keys").to_pylist()
    }
    project = exact_match(asked or "", list(titles))
    controls.hold("project", project or asked)
    controls.finish()
    if project is None:
        to = partial(link, selection=selection, lang=t.lang, data_as_of=frame.warehouse.data_as_of)
        near = [(key, t.pick(*titles[key])) for key in near_matches(asked or "", titles)]
        with head:
            draw_head(t, unknown_html(asked, near, to, t))
        draw_foot(t)
        return
    html, tiles = page_of(
        frame.warehouse.data_version, project, selection.key(), t.lang, frame.theme, frame, selection
    )
    with head:
        draw_head(t, html)
        flip_through(list(titles), project, frame)
    draw_ignored(t)
    draw_tile(tiles["cycle"], t)
    left, right = st.columns([1.5, 1], gap="small")
    with left:
        draw_tile(tiles["years"], t, height=320)
        draw_tile(tiles["events"], t)
        draw_tile(tiles["facts"], t)
    with right:
        draw_tile(tiles["place"], t, height=320, config=MAP_CONFIG)
        draw_tile(tiles["similar"], t)
    draw_tile(tiles["claims"], t)
    draw_tile(tiles["sources"], t)
    draw_foot(t)


def flip_through(keys: list[str], project: str, frame: Frame) -> None:
    """Links to the project before and the one after."""
    t = frame.t
    before, after = neighbours(keys, project)
    with st.container(horizontal=True, gap="small"):
        for key, label in ((before, t("← {key}", key=before or "")), (after, t("{key} →", key=after or ""))):
            if key:
                st.page_link("pages/project.py", label=label, query_params={"project": key, "lang": t.lang})


main()
