"""The projects page: all projects with search, facets and totals."""

from functools import partial
from html import escape

import streamlit as st

from loading.record import latest_target_years
from model.filters import FILTER
from model.search_text import search_words
from pages.frame import Frame, open_frame
from queries.runner import Answers, ask
from view.address import link
from view.header import draw_foot, draw_head, draw_ignored
from view.projects.listing import (
    ROWS_A_PAGE,
    USUAL_COLUMNS,
    Listing,
    column_names,
    list_tile,
    page_number,
    rows_before,
    sort_names,
    told,
)
from view.selection import Selection
from view.texts import Language
from view.tiles import Tile, draw_tile

ALL_ROWS = 1_000_000
Choice = tuple[str, str, tuple[str, ...], str | None]
ASKED_FOR = "projects.asked_for"


def questions(
    selection: Selection, search: str, sort: str, target_years: tuple[int, int]
) -> dict[str, dict[str, object]]:
    """What the page asks, but for the rows of one page of the list."""
    chosen = {**selection.filters(), "words": search_words(search) or None}
    years = dict(zip(("first_year", "last_year"), target_years, strict=True))
    facets = {
        f"project_facet:{key}": {**chosen, one.parameter: None, "by": key} for key, one in FILTER.items()
    }
    return {
        "project_totals": {**chosen, **years},
        "project_totals:all": {"as_of": selection.as_of},
        **facets,
        "projects": {**chosen, **years, "sort": sort},
    }


def load_listing(frame: Frame, selection: Selection, choice: Choice) -> tuple[Listing, Answers]:
    """Asks the page's questions; the list itself for the rows of one page."""
    search, sort, columns, asked_page = choice
    target_years = latest_target_years(frame.warehouse, selection.as_of)
    asked = questions(selection, search, sort, target_years)
    listed = asked.pop("projects")
    answers = ask(frame.warehouse, asked)
    page = page_number(asked_page, answers["project_totals"][0]["projects"])
    rows = ask(
        frame.warehouse,
        {"projects": {**listed, "rows_before": rows_before(page), "rows_at_most": ROWS_A_PAGE}},
    )
    listing = Listing(
        rows=rows["projects"],
        whole=partial(frame.warehouse.run, "projects", **listed, rows_at_most=ALL_ROWS),
        total=answers["project_totals:all"][0],
        chosen=answers["project_totals"][0],
        facets={key: answers[f"project_facet:{key}"] for key in FILTER},
        names=frame.names,
        columns=columns,
        sort=sort,
        first_year=target_years[0],
        last_year=target_years[1],
        page=page,
        search=search,
        filters_text=frame.filters_text(selection),
        is_filtered=selection.is_filtered,
    )
    return listing, ask(frame.warehouse, {"projects": listed})


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: Choice,
    lang: Language,
    _frame: Frame,
    _selection: Selection,
) -> tuple[str, Tile]:
    """The list of one selection, built once for all readers who choose it."""
    t = _frame.t
    listing, answers = load_listing(_frame, _selection, choice)
    to = partial(link, selection=_selection, lang=lang, data_as_of=_frame.warehouse.data_as_of)
    tile = _frame.tile_maker(answers, _selection.as_of)
    return escape(told(listing, t)), list_tile(listing, to, tile, t)


def choose(frame: Frame) -> Choice:
    """Search, order, columns and page."""
    t, controls = frame.t, frame.controls
    left, middle, right = st.columns([2, 1, 1.4], gap="medium", vertical_alignment="bottom")
    with left:
        search = controls.text(
            "q", t("Search"), placeholder=t("Title, place, participant, number, in Japanese or English")
        )
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
        return search.strip(), sort, tuple(columns), None
    return search.strip(), sort, tuple(columns), controls.given("page")


def main() -> None:
    """Controls and the list."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row()
    choice = choose(frame)
    selection = controls.selection
    words, tile = page_of(frame.warehouse.data_version, selection.key(), choice, t.lang, frame, selection)
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{words}</h1>')
    controls.finish()
    draw_ignored(t)
    draw_tile(tile, t)
    draw_foot(t)


main()
