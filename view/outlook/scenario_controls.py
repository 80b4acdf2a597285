"""The choice of a scenario: a shipped one, its levers moved by the reader, or one loaded from a file."""

import json
from collections.abc import Mapping

import streamlit as st

from model.outlook.parameters import PARAMETER
from model.outlook.scenario import Scenario, ScenarioError, parse_scenario
from view import address, embedding
from view.controls import Controls
from view.marks.markup import draw
from view.outlook.parameters import draw_levers, levers_in_address, scenario_of_address
from view.outlook.statements import scenario_faults
from view.outlook.words import scenario_name
from view.texts import Texts

_LAST_VALID = "outlook.valid"


def choose_scenario(
    controls: Controls, shipped: Mapping[str, Scenario], observed: Mapping[str, float], t: Texts
) -> Scenario:
    """The shipped scenario chosen, with the levers that the reader moved or loaded from a file.

    `observed` are the values that “as observed” means. A scenario that cannot be used is explained, and the last valid one kept.
    """
    names = {code: scenario_name(scenario, t) for code, scenario in shipped.items()}
    base = shipped[controls.one("scenario", t("Scenario"), names)]
    if embedding.is_on():
        return scenario_of_address(controls, base, observed, t)
    with st.expander(t("Change the levers, save and load"), type="compact"):
        moved = draw_levers(controls, base, observed, t)
        scenario = base
        if moved:
            try:
                scenario = base.changed(**moved).named("Own scenario", "独自シナリオ")
                st.session_state[_LAST_VALID] = scenario
            except ScenarioError as error:
                draw(t, scenario_faults(error.faults, t))
                scenario = st.session_state.get(_LAST_VALID, base)
        _save_and_load(scenario, observed, t)
    return scenario


def _save_and_load(scenario: Scenario, observed: Mapping[str, float], t: Texts) -> None:
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
        key = address.widget_key("scenario_file")
        file = st.file_uploader(t("Load a scenario (JSON)"), type="json", key=key)
        if file is None:
            return
        try:
            loaded = parse_scenario(file.getvalue().decode("utf-8", "replace"), "own")
        except ScenarioError as error:
            draw(t, scenario_faults(error.faults, t))
            return
        st.button(
            t("Use {name}", name=scenario_name(loaded, t)),
            on_click=address.adopt,
            args=(levers_in_address(loaded, observed),),
        )
