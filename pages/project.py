"""The page of one project."""

from functools import partial

import streamlit as st

from loading.record import build_of
from model.near_matches import exact_match, near_matches, neighbours
from pages.frame import Frame, open_frame, query_text
from view.address import link
from view.header import draw_foot, draw_head, draw_ignored
from view.projects.known import Profile
from view.projects.profile import head_html, tiles_of, unknown_html
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import Tile, TileMaker, draw_tile, our_calculation
from view.world_map import MAP_CONFIG

OF_PROJECT = ("project_facts", "project_events", "project_years", "project_similar")


def query_parameters(project: str, selection: Selection) -> dict[str, dict[str, object]]:
    """The parameters of each query of the page."""
    dated: dict[str, object] = {"project": project, "as_of": selection.as_of}
    return {
        **dict.fromkeys(OF_PROJECT, dated),
        "project_claims": {"project": project, "as_of": selection.as_of},
        "project_sources": {"project": project, "as_of": selection.as_of},
        "project_sites": {},
    }


def load_profile(frame: Frame, project: str, selection: Selection) -> Profile:
    """Runs the page's queries."""
    run, parameters = frame.warehouse.run, query_parameters(project, selection)
    rows = {name: run(name, **given).to_pylist() for name, given in parameters.items()}
    return Profile(
        facts=rows["project_facts"][0],
        claims=rows["project_claims"],
        sources=rows["project_sources"],
        events=rows["project_events"],
        years=rows["project_years"],
        similar=rows["project_similar"],
        sites=[site for site in rows["project_sites"] if site["project_id"] == project],
        shapes=run("map_shapes").to_pylist(),
        assumptions={
            row["assumption_code"]: row for row in run("assumptions", as_of=selection.as_of).to_pylist()
        },
        names=frame.names,
        as_of=selection.as_of,
        list_of=build_of(frame.warehouse)["list_of_on"],
    )


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
    profile = load_profile(_frame, project, _selection)
    tile = TileMaker(
        our_calculation(t, build_of(_frame.warehouse)),
        t.day_short(_selection.as_of),
        data_version,
        query_text(query_parameters(project, _selection)),
    )
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
