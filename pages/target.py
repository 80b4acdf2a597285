"""The target page: how far the JCM is from 100 Mt-CO2 by FY2030 and 200 Mt-CO2 by FY2040."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from model.overview import Target
from queries.catalogue import catalogue
from queries.warehouse import Warehouse, current
from view.controls import Option, choose_language, draw_controls
from view.header import draw_foot, draw_head, draw_ignored, draw_style, theme_of_reader
from view.selection import Selection
from view.target.content import Content
from view.target.page import TargetPage, build_page, freshness
from view.texts import Language, Texts, texts
from view.theme import ThemeName
from view.tiles import block, draw_tile

TOKYO = ZoneInfo("Asia/Tokyo")


@st.cache_resource(max_entries=8, show_spinner=False)
def filter_options(data_version: str, lang: Language, _warehouse: Warehouse) -> Mapping[str, list[Option]]:
    """The values of each filter, named in the reader's language."""
    t = texts(lang)
    options: dict[str, list[Option]] = {}
    for row in _warehouse.run("filter_options").to_pylist():
        name = (
            t.country(row["value"]) if row["filter"] == "country" else t.pick(row["name_en"], row["name_ja"])
        )
        if row["filter"] == "sector" and row["value"] != "0":
            name = f"{row['value']} {name}"
        options.setdefault(row["filter"], []).append(Option(row["value"], name, row["projects"]))
    return options


def query_parameters(selection: Selection) -> dict[str, dict[str, object]]:
    """The parameters of each query of the page, for one selection."""
    filters = selection.filters()
    series: dict[str, object] = {**filters, "dated_by": selection.dating, "share": selection.share}
    return {
        "reductions_by_year": {
            **series,
            "year_basis": selection.year_basis,
            "measure": "combined" if selection.measure == "combined" else "rungs",
        },
        "ladder": series,
        "events_beside_the_chart": filters,
        "targets": {"as_of": selection.as_of},
        "milestones": {"as_of": selection.as_of},
        "reconciliation": {"as_of": selection.as_of},
    }


def load_content(warehouse: Warehouse, selection: Selection, t: Texts) -> Content:
    """Runs the page's queries."""
    parameters = query_parameters(selection)
    rows = {
        name: warehouse.run(name, **parameters[name]).to_pylist()
        for name in ("events_beside_the_chart", "targets", "milestones", "reconciliation")
    }
    targets = tuple(
        Target(r["fiscal_year"], r["low_tco2"], r["high_tco2"], r["standing"] == "decided")
        for r in rows["targets"]
    )
    series = parameters["reductions_by_year"]
    first, last = (targets[0].fiscal_year, targets[-1].fiscal_year) if targets else (2030, 2030)
    names = {
        key: {o.value: o.name for o in found}
        for key, found in filter_options(warehouse.data_version, t.lang, warehouse).items()
    }
    return Content(
        selection=selection,
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        filters_text=selection.describe(t, names),
        targets=targets,
        by_year=warehouse.run("reductions_by_year", **series).to_pylist(),
        by_fiscal_year=warehouse.run("reductions_by_year", **{**series, "year_basis": "fiscal"}).to_pylist(),
        by_rung=warehouse.run(
            "reductions_by_year", **{**series, "year_basis": "fiscal", "measure": "rungs"}
        ).to_pylist(),
        ladder=warehouse.run("ladder", **parameters["ladder"], until_fiscal_year=first).to_pylist(),
        ladder_later=warehouse.run("ladder", **parameters["ladder"], until_fiscal_year=last).to_pylist(),
        milestones=rows["milestones"],
        statements=rows["reconciliation"],
        events_beside=rows["events_beside_the_chart"],
        build=warehouse.run("build_info").to_pylist()[0],
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def page_of(
    data_version: str,
    selection_key: tuple[object, ...],
    lang: Language,
    theme: ThemeName,
    _warehouse: Warehouse,
    _selection: Selection,
) -> tuple[Content, TargetPage]:
    """The page of one selection, built once for all readers who choose it."""
    t = texts(lang)
    content = load_content(_warehouse, _selection, t)
    parameters = query_parameters(_selection)
    return content, build_page(content, t, theme, lambda name: (catalogue()[name].sql, parameters[name]))


def main() -> None:
    """Controls, then the tiles of the selection."""
    t, theme = texts(choose_language()), theme_of_reader()
    warehouse = current()
    options = filter_options(warehouse.data_version, t.lang, warehouse)
    draw_style(theme)
    head = st.container()
    selection = draw_controls(t, options, warehouse.data_as_of)
    content, page = page_of(warehouse.data_version, selection.key(), t.lang, theme, warehouse, selection)
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{page.answer_html}</h1><p class="jcm-under">{page.under}</p>')
    draw_ignored(t)
    today = datetime.now(TOKYO).date()
    st.html(block(t.lang, f'<div class="jcm-note">{freshness(content, t, today)}</div>'))
    chart, aside = st.columns([2.35, 1], gap="small")
    with chart:
        draw_tile(page.tiles["cumulative"], t, height=740)
        draw_tile(page.tiles["milestones"], t)
    with aside:
        draw_tile(page.tiles["gap"], t)
        draw_tile(page.tiles["verified"], t, height=230)
    draw_tile(page.tiles["ladder"], t)
    left, right = st.columns(2, gap="small")
    with left:
        draw_tile(page.tiles["expectations"], t, height=390)
    with right:
        draw_tile(page.tiles["statements"], t)
    draw_tile(page.tiles["events"], t)
    draw_foot(t)


main()
