"""The countries page: partner countries ranked, mapped, drawn beside each other, and what is known of each."""

from functools import partial
from html import escape
from typing import cast

import streamlit as st

from model.ranking import Per, ranked, shares_known
from pages.frame import Frame, open_frame, query_text
from view.address import follow_link, link
from view.countries.page import tiles_of
from view.countries.ranking import Countries, answer, figure_names, per_names, under
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import Tile, TileMaker, draw_tile, our_calculation
from view.world_map import MAP_CONFIG

VIEW = ("share", "year", "dating")
Choice = tuple[str, str, int]


def query_parameters(selection: Selection, until: int) -> dict[str, dict[str, object]]:
    """The parameters of each query of the page."""
    series: dict[str, object] = {
        **selection.filters(),
        "by": "country",
        "dated_by": selection.dating,
        "share": selection.share,
    }
    return {
        "ladder_by_group": {**series, "until_fiscal_year": until},
        "reductions_by_group": {**series, "year_basis": selection.year_basis},
        "coverage_matrix": {"as_of": selection.as_of},
    }


def targets_of(frame: Frame) -> dict[str, int]:
    """Tonnes of each decided target by its year, as text; of the data's day where none was in force."""
    for day in (frame.controls.selection.as_of, frame.warehouse.data_as_of):
        rows = frame.warehouse.run("targets", as_of=day).to_pylist()
        found = {str(r["fiscal_year"]): r["high_tco2"] for r in rows if r["standing"] == "decided"}
        if found:
            return found
    return {}


def load_countries(frame: Frame, selection: Selection, choice: Choice) -> Countries:
    """Runs the page's queries."""
    figure, per, until = choice
    run, target = frame.warehouse.run, targets_of(frame).get(str(until))
    rows = {
        name: run(name, **given).to_pylist() for name, given in query_parameters(selection, until).items()
    }
    chosen = set(selection.countries)
    partners = [row for row in rows["coverage_matrix"] if not chosen or row["iso3"] in chosen]
    return Countries(
        selection=selection,
        standings=ranked(
            shares_known(rows["ladder_by_group"], selection.share),
            partners,
            figure,
            cast("Per", per),
            target,
        ),
        partners=partners,
        by_year=rows["reductions_by_group"],
        shapes=run("map_shapes").to_pylist(),
        figure=figure,
        per=per,
        until=until,
        target_tco2=target,
        filters_text=frame.filters_text(selection),
        build=run("build_info").to_pylist()[0],
    )


@st.cache_resource(max_entries=128, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: Choice,
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> tuple[Countries, dict[str, Tile]]:
    """The page of one selection, built once for all readers who choose it."""
    t = _frame.t
    countries = load_countries(_frame, _selection, choice)
    to = partial(link, selection=_selection, lang=lang, data_as_of=_frame.warehouse.data_as_of)
    tile = TileMaker(
        our_calculation(t, countries.build["sources"]),
        t.day_short(_selection.as_of),
        data_version,
        query_text(query_parameters(_selection, choice[2])),
    )
    return countries, tiles_of(countries, to, tile, t, theme)


def choose(frame: Frame) -> Choice:
    """The measure, what it is set against, and up to which target year."""
    t, controls = frame.t, frame.controls
    years = {year: t.year(int(year)) for year in targets_of(frame)}
    left, middle, right = st.columns([1.6, 1.6, 1], gap="medium", vertical_alignment="bottom")
    with left:
        figure = controls.one("figure", t("Measure of the ladder"), figure_names(t))
    with middle:
        per = controls.one("per", t("Shown as"), per_names(t))
    with right:
        until = controls.one("until", t("To the end of"), years)
    return figure, per, int(until)


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(view=VIEW)
    choice = choose(frame)
    selection = controls.selection
    version = frame.warehouse.data_version
    countries, tiles = page_of(version, selection.key(), choice, t.lang, frame.theme, frame, selection)
    with head:
        words = f'<h1 class="jcm-answer">{escape(answer(countries, t))}</h1>'
        draw_head(t, f'{words}<p class="jcm-under">{escape(under(countries, t))}</p>')
    controls.finish()
    draw_ignored(t)
    left, right = st.columns([1, 1.15], gap="small")
    with left:
        draw_tile(tiles["ranking"], t)
    with right:
        clicked = draw_tile(tiles["choropleth"], t, height=360, is_clickable=True, config=MAP_CONFIG)
        draw_tile(tiles["multiples"], t)
    draw_tile(tiles["matrix"], t)
    draw_foot(t)
    for point in clicked:
        follow_link(point, selection, t.lang, frame.warehouse.data_as_of)


main()
