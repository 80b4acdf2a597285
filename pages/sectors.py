"""The sectors page: sectors and technologies beside each other and across partner countries."""

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.overview import Target
from pages.frame import Frame, open_frame, query_text
from queries.warehouse import Warehouse
from view.header import draw_foot, draw_head, draw_ignored
from view.sectors.content import By, Cell, Content
from view.sectors.heat_map import cell_names
from view.sectors.page import SectorsPage, build_page
from view.selection import Selection
from view.texts import Language
from view.theme import ThemeName
from view.tiles import draw_tile

VIEW = ("share", "year", "dating")
# Years that columns compare with on days when no target was in force.
FIRST_TARGET, LAST_TARGET = 2030, 2040


def target_years(warehouse: Warehouse, selection: Selection) -> tuple[tuple[Target, ...], int, int]:
    """Targets in force, and the years of the first and the last."""
    targets = tuple(
        Target(r["fiscal_year"], r["low_tco2"], r["high_tco2"], r["standing"] == "decided")
        for r in warehouse.run("targets", as_of=selection.as_of).to_pylist()
    )
    first = targets[0].fiscal_year if targets else FIRST_TARGET
    return targets, first, targets[-1].fiscal_year if len(targets) > 1 else LAST_TARGET


def query_parameters(
    selection: Selection, choice: tuple[By, Cell], first: int, last: int
) -> dict[str, dict[str, object]]:
    """The parameters of each query of the page, for one selection."""
    by, cell = choice
    filters = selection.filters()
    grouped = {**filters, "by": by}
    series: dict[str, object] = {**grouped, "dated_by": selection.dating, "share": selection.share}
    return {
        "ladder_by_group": {**series, "until_fiscal_year": first},
        "reductions_by_group": {**series, "year_basis": selection.year_basis, "measure": "rungs"},
        "sector_by_country": {**series, "until_fiscal_year": last if cell == "far" else first},
        "sector_sizes": grouped,
        "sector_names": {"by": by},
        "durations": filters,
        "delivery_ratio": filters,
    }


def load_content(
    warehouse: Warehouse, selection: Selection, choice: tuple[By, Cell], frame: Frame
) -> Content:
    """Runs the page's queries."""
    by, cell = choice
    targets, first, last = target_years(warehouse, selection)
    parameters = query_parameters(selection, choice, first, last)
    rows = {name: warehouse.run(name, **given).to_pylist() for name, given in parameters.items()}
    later = {**parameters["ladder_by_group"], "until_fiscal_year": last}
    return Content(
        selection=selection,
        by=by,
        cell=cell,
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        filters_text=frame.filters_text(selection),
        targets=targets,
        names=rows["sector_names"],
        ladder=rows["ladder_by_group"],
        ladder_later=warehouse.run("ladder_by_group", **later).to_pylist(),
        sizes=rows["sector_sizes"],
        by_year=rows["reductions_by_group"],
        cells=rows["sector_by_country"],
        durations=rows["durations"],
        deliveries=rows["delivery_ratio"],
        technology_names=frame.names["technology"],
        build=warehouse.run("build_info").to_pylist()[0],
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    choice: tuple[By, Cell],
    lang: Language,
    theme: ThemeName,
    _frame: Frame,
    _selection: Selection,
) -> SectorsPage:
    """The page of one selection, built once for all readers who choose it."""
    content = load_content(_frame.warehouse, _selection, choice, _frame)
    _, first, last = target_years(_frame.warehouse, _selection)
    parameters = query_parameters(_selection, choice, first, last)
    return build_page(content, _frame.t, theme, query_text(parameters))


def choose(frame: Frame) -> tuple[tuple[By, Cell], DeltaGenerator]:
    """The choices of this page, what the rows are and what a cell shows, and the place between the two."""
    t, controls = frame.t, frame.controls
    _, first, last = target_years(frame.warehouse, controls.selection)
    by = controls.one("by", t("Rows"), {"sector": t("Sectors"), "technology": t("Technologies")})
    between = st.container()
    names = {str(code): name for code, name in cell_names(t, first, last).items()}
    cell = controls.one("cell", t("Cells of the heat map"), names)
    return (cast("By", by), cast("Cell", cell)), between


def main() -> None:
    """Controls, then the tiles of the selection."""
    frame = open_frame()
    t, controls = frame.t, frame.controls
    head = st.container()
    controls.draw_row(view=VIEW)
    choice, between = choose(frame)
    selection, version = controls.selection, frame.warehouse.data_version
    page = page_of(version, selection.key(), choice, t.lang, frame.theme, frame, selection)
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{page.answer_html}</h1><p class="jcm-under">{page.under}</p>')
    controls.finish()
    with between:
        draw_ignored(t)
        draw_tile(page.tiles["groups"], t)
        draw_tile(page.tiles["build_up"], t, height=620)
    for key in ("heat", "durations", "delivery"):
        draw_tile(page.tiles[key], t)
    draw_foot(t)


main()
