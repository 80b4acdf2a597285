"""The map: where the projects are, how well their places are known, and how they were built up."""

from functools import partial

import streamlit as st

from loading.record import build_of, latest_target_years
from pages.frame import Frame, open_frame
from queries.runner import Answers, Questions, ask
from view.address import follow_link, link
from view.header import draw_foot, draw_head, draw_ignored
from view.map.page import MapContent, answer, list_tile, map_tile, partners_tile, under
from view.map.points import years_of
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import Tile, draw_tile
from view.world_map import MAP_CONFIG

Choice = tuple[str, str, int]


def questions(selection: Selection, target_year: int) -> Questions:
    """What the page asks."""
    filters = selection.filters()
    return {
        "map_shapes": {},
        "map_totals": filters,
        "map_projects": {**filters, "until_fiscal_year": target_year},
        "map_clusters": filters,
        "ladder_by_group": {
            **filters,
            "by": "country",
            "until_fiscal_year": target_year,
            "share": selection.share,
        },
    }


def load_content(frame: Frame, selection: Selection, choice: Choice) -> tuple[MapContent, Answers]:
    """Asks the page's questions."""
    _, colour_by, built_by = choice
    target_year, _ = latest_target_years(frame.warehouse, selection.as_of)
    found = ask(frame.warehouse, questions(selection, target_year))
    content = MapContent(
        shapes=found["map_shapes"],
        rows=[row for row in found["map_projects"] if row["from_fiscal_year"] <= built_by],
        clusters=found["map_clusters"],
        totals=found["map_totals"],
        ladder=found["ladder_by_group"],
        names=frame.names,
        filters_text=frame.filters_text(selection),
        colour_by=colour_by,
        built_by=built_by,
        target_year=target_year,
        build=build_of(frame.warehouse),
    )
    return content, found


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: Choice,
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[str, str, Tile, Tile]:
    """The page of one selection, built once for all readers who choose it."""
    t = _frame.t
    content, answers = load_content(_frame, _selection, choice)
    to = partial(link, selection=_selection, lang=lang, data_as_of=_frame.warehouse.data_as_of)
    tile = _frame.tile_maker(answers, _selection.as_of)
    make = partners_tile if choice[0] == "partners" else map_tile
    return (
        answer(content, t),
        under(content, t),
        make(content, tile, t, theme),
        list_tile(content, to, tile, t),
    )


def choose(frame: Frame) -> Choice:
    """What is shown, what colours tell, and the fiscal year up to which projects are shown."""
    t, controls = frame.t, frame.controls
    as_of = controls.selection.as_of
    first_year, last_year = years_of(frame.warehouse.run("map_projects", as_of=as_of).to_pylist(), as_of)
    left, middle, right = st.columns([1.2, 1.2, 2], gap="medium", vertical_alignment="bottom")
    with left:
        show = controls.one(
            "show", t("Map shows"), {"projects": t("Projects"), "partners": t("Expected by country")}
        )
    with middle:
        colour = controls.one("colour", t("Colour"), {"status": t("Stage"), "technology": t("Technology")})
    with right:
        built_by = controls.number(
            "built_by",
            t("Selected or known by the end of fiscal year"),
            first_year,
            last_year,
            last_year,
            slider=True,
        )
    return show, colour, built_by


def main() -> None:
    """Controls, the map and the list beside it."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row()
    choice = choose(frame)
    selection = controls.selection
    words, below, shown, listed = page_of(
        frame.warehouse.data_version, selection.key(), choice, t.lang, frame.theme, frame, selection
    )
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{words}</h1><p class="jcm-under">{below}</p>')
    controls.finish()
    draw_ignored(t)
    clicked = draw_tile(shown, t, height=620, frame="world", is_clickable=True, config=MAP_CONFIG)
    draw_tile(listed, t)
    draw_foot(t)
    for point in clicked:
        follow_link(point, selection, t.lang, frame.warehouse.data_as_of)


main()
