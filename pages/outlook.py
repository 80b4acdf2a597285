"""The outlook: where the portfolio and new projects lead by the target years, and what it would take."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from loading.outlook import NothingKnown, known_on, look_back, shipped_scenarios
from model.outlook.parameters import PARAMETER
from model.outlook.report import SEED, Known, PastView, Report, report_of
from model.outlook.results import Lever, tornado
from model.outlook.scenario import Scenario, ScenarioError, parse_scenario
from pages.frame import Frame, open_frame
from queries.runner import ask
from queries.warehouse import Warehouse
from view import address, embedding
from view.header import draw_foot, draw_head, draw_ignored
from view.outlook import page as tiles
from view.outlook.page import Reader
from view.outlook.parameters import draw_levers, levers_in_address, observed_values, scenario_of_address
from view.outlook.sentences import answer, coverage, under_answer
from view.outlook.statements import group_names, scenario_faults, stated_near
from view.outlook.words import scenario_name
from view.texts import Texts
from view.tiles import block, draw_tile

TORNADO_DRAWS = 400


@st.cache_resource(max_entries=16, show_spinner=False)
def known(data_version: str, as_of: date, _warehouse: Warehouse) -> Known:
    """Portfolio, fits and targets of a day."""
    return known_on(_warehouse, as_of)


@st.cache_resource(max_entries=256, show_spinner=False)
def report(
    data_version: str, as_of: date, key: tuple[object, ...], name: str, _known: Known, _scenario: Scenario
) -> Report:
    """Results of a scenario, drawn once for all readers."""
    return report_of(_known, _scenario)


@st.cache_resource(max_entries=64, show_spinner=False)
def levers(
    data_version: str, as_of: date, key: tuple[object, ...], _known: Known, _scenario: Scenario
) -> Sequence[Lever]:
    """The tornado of a scenario."""
    return tornado(_known.portfolio, _known.evidence, _scenario, _known.goals, draws=TORNADO_DRAWS, seed=SEED)


@st.cache_resource(max_entries=2, show_spinner=False)
def past(data_version: str, _warehouse: Warehouse) -> Sequence[PastView]:
    """The back-test; it does not depend on any choice."""
    shipped = shipped_scenarios()
    return look_back(_warehouse, shipped["present-pace"], shipped["present-portfolio"])


def choose_scenario(frame: Frame, found: Known) -> Scenario:
    """The shipped scenario chosen, with the levers that the reader moved or loaded from a file."""
    t, shipped = frame.t, shipped_scenarios()
    names = {code: scenario_name(scenario, t) for code, scenario in shipped.items()}
    base = shipped[frame.controls.one("scenario", t("Scenario"), names)]
    if embedding.is_on():
        return scenario_of_address(frame.controls, base, observed_values(found.evidence), t)
    with st.expander(t("Change the levers, save and load"), type="compact"):
        moved = draw_levers(frame.controls, base, observed_values(found.evidence), t)
        scenario = base
        if moved:
            try:
                scenario = base.changed(**moved).named("Own scenario", "独自シナリオ")
                st.session_state["outlook.valid"] = scenario
            except ScenarioError as error:
                st.html(block(t.lang, scenario_faults(error.faults, t)))
                scenario = st.session_state.get("outlook.valid", base)
        save_and_load(scenario, observed_values(found.evidence), t)
    return scenario


def save_and_load(scenario: Scenario, observed: Mapping[str, float], t: Texts) -> None:
    """Offers the scenario as a file, and takes one."""
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        st.download_button(
            t("Save this scenario (JSON)"),
            json.dumps(scenario.as_json(), ensure_ascii=False, indent=2),
            file_name=f"jcm_scenario_{scenario.code}.json",
            mime="application/json",
            on_click="ignore",
        )
        if st.button(t("Back to the shipped values"), type="tertiary"):
            address.adopt({name: [] for name in PARAMETER})
            st.rerun()
    with right:
        file = st.file_uploader(
            t("Load a scenario (JSON)"), type="json", key=address.widget_key("scenario_file")
        )
        if file is not None:
            try:
                loaded = parse_scenario(file.getvalue().decode("utf-8", "replace"), "own")
            except ScenarioError as error:
                st.html(block(t.lang, scenario_faults(error.faults, t)))
            else:
                st.button(
                    t("Use {name}", name=scenario_name(loaded, t)),
                    on_click=address.adopt,
                    args=(levers_in_address(loaded, observed),),
                )


def group_labels(frame: Frame) -> Mapping[str, Mapping[str | int, str]]:
    """Names of countries and sectors, and of what has none."""
    return group_names(frame.names["country"], frame.names["sector"], frame.t)


def main() -> None:
    """Controls, the answer, then the tiles."""
    frame = open_frame()
    t, version = frame.t, frame.warehouse.data_version
    head = st.container()
    frame.controls.draw_row(filters=())
    as_of = frame.controls.selection.as_of
    try:
        found = known(version, as_of, frame.warehouse)
    except NothingKnown as nothing:
        draw_nothing(frame, head, nothing)
        return
    scenario = choose_scenario(frame, found)
    frame.controls.finish()
    shipped = [one for one in shipped_scenarios().values() if one.key() != scenario.key()]
    reports = [report(version, as_of, one.key(), one.name_en, found, one) for one in (scenario, *shipped)]
    shown = reports[0]
    with head:
        under = under_answer(shown, t)
        draw_head(t, f'<h1 class="jcm-answer">{answer(shown, t)}</h1><p class="jcm-under">{under}</p>')
    draw_ignored(t)
    tile = frame.tile_maker(ask(frame.warehouse, {"outlook_projects": {"as_of": as_of}}), as_of)
    made = tiles.main_tiles(reports, found.evidence, group_labels(frame), tile, Reader(t, frame.theme))
    words = coverage(found.evidence, t)
    draw_tile(made["fan"], t, height=480)
    draw_tile(made["goals"], t)
    draw_tile(made["waterfall"], t)
    moved = levers(version, as_of, scenario.key(), found, scenario)
    draw_tile(tiles.tornado_tile(moved, shown, tile, words, t), t)
    left, right = st.columns(2, gap="small")
    with left:
        draw_tile(made["countries"], t)
    with right:
        draw_tile(made["sectors"], t)
    views = past(version, frame.warehouse)
    statements = frame.warehouse.run("reconciliation").to_pylist()
    officials = stated_near(statements, [view.as_of for view in views], t)
    draw_tile(tiles.look_back_tile(views, officials, tile, words, t), t)
    draw_tile(made["evidence"], t)
    everything = (scenario, *shipped)
    draw_tile(tiles.parameters_tile(everything, found.evidence, tile, words, t), t)
    draw_foot(t)


def draw_nothing(frame: Frame, head: st.delta_generator.DeltaGenerator, nothing: NothingKnown) -> None:
    """Says that no project was known on the day, and from which day on there is an outlook."""
    t = frame.t
    frame.controls.finish()
    with head:
        draw_head(t, f'<h1 class="jcm-answer">{t("No project was known on this day")}</h1>')
    text = t(
        "As of {day} no project was known; the first became known on {first}. Choose a later day.",
        day=t.day(nothing.as_of),
        first=t.day(nothing.first),
    )
    st.html(block(t.lang, f'<div class="jcm-note" role="status">{text}</div>'))
    draw_foot(t)


main()
