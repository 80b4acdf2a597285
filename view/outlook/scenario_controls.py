"""The choice of a scenario: a shipped one, its levers moved by the reader, or one loaded from a file."""

import json
from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.outlook.parameters import PARAMETER
from model.outlook.scenario import OWN, Scenario, ScenarioError, parse_scenario
from view import address, embedding
from view.address_keys import CONTROL
from view.controls import Controls
from view.marks.markup import Markup, draw
from view.outlook.layout import levers_and_chart
from view.outlook.levers import (
    COUNTING,
    FIRST,
    REST,
    draw_levers,
    levers_in_address,
    levers_of,
    moved,
    own_scenario,
)
from view.outlook.statements import scenario_faults
from view.outlook.words import scenario_name
from view.texts import Texts


def scenario_beside_chart(
    controls: Controls, shipped: Mapping[str, Scenario], observed: Mapping[str, float], t: Texts
) -> tuple[Scenario, DeltaGenerator]:
    """The scenario that the reader chose and changed, and the place of the chart beside its levers.

    `observed` are the values that “as observed” means.
    """
    base = choose_scenario(controls, shipped, observed, t)
    levers, chart = levers_and_chart()
    with levers:
        return choose_levers(controls, base, observed, t), chart


def choose_scenario(
    controls: Controls, shipped: Mapping[str, Scenario], observed: Mapping[str, float], t: Texts
) -> Scenario:
    """Draws the shipped scenarios with the text of the one chosen, and returns the one that levers start from.

    With a lever moved none of them is lit but “own”; to choose one puts all levers back.
    """
    first = next(iter(shipped))
    base = shipped[next(iter(address.initial(CONTROL["scenario"], list(shipped))), first)]
    controls.hold("scenario", None if base.code == first else base.code)
    if embedding.is_on():
        return base
    names = {code: scenario_name(scenario, t) for code, scenario in shipped.items()}
    lit = base.code
    if moved(levers_of(base, observed)):
        names[OWN], lit = t("Own scenario"), OWN
    key = address.widget_key(f"scenario@{lit}")
    st.segmented_control(
        t("Scenario"),
        list(names),
        default=lit,
        required=True,
        format_func=names.__getitem__,
        key=key,
        on_change=_choose,
        args=(key,),
    )
    text = t.pick(base.text_en, base.text_ja)
    if lit == OWN:
        text = t("Your own values, starting from “{name}”.", name=scenario_name(base, t))
    draw(t, Markup('<p class="jcm-sentence">{}</p>').format(text))
    return base


def _choose(key: str) -> None:
    """Takes a shipped scenario as it is."""
    code = st.session_state[key]
    if code != OWN:
        address.adopt({"scenario": [code], **{name: [] for name in PARAMETER}})


def choose_levers(controls: Controls, base: Scenario, observed: Mapping[str, float], t: Texts) -> Scenario:
    """Draws the levers and returns the scenario with those that the reader moved or loaded from a file."""
    levers = levers_of(base, observed)
    if embedding.is_on():
        return own_scenario(base, moved(levers), controls, t)
    draw_levers(levers, FIRST, t)
    with st.expander(t("Expert"), type="compact"):
        draw_levers(levers, REST, t)
    with st.expander(t("The way to counting"), type="compact"):
        draw_levers(levers, COUNTING, t)
    scenario = own_scenario(base, moved(levers), controls, t)
    with st.expander(t("Save and load"), type="compact"):
        _save_and_load(scenario, observed, t)
    return scenario


def _save_and_load(scenario: Scenario, observed: Mapping[str, float], t: Texts) -> None:
    """Offers the scenario as a file, and takes one."""
    st.download_button(
        t("Save this scenario (JSON)"),
        json.dumps(scenario.as_json(), ensure_ascii=False, indent=2),
        file_name=f"jcm_scenario_{scenario.code}.json",
        mime="application/json",
        on_click="ignore",
    )
    if st.button(t("Reset the levers"), type="tertiary"):
        address.adopt({name: [] for name in PARAMETER})
        st.rerun()
    key = address.widget_key("scenario_file")
    file = st.file_uploader(t("Load a scenario (JSON)"), type="json", key=key)
    if file is None:
        return
    try:
        loaded = parse_scenario(file.getvalue().decode("utf-8", "replace"), OWN)
    except ScenarioError as error:
        draw(t, scenario_faults(error.faults, t))
        return
    st.button(
        t("Use {name}", name=scenario_name(loaded, t)),
        on_click=address.adopt,
        args=(levers_in_address(loaded, observed),),
    )
