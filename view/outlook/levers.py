"""The levers of a scenario as controls: a slider and a number beside it, four at first and the rest on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from model.outlook.parameters import PARAMETER, PARAMETERS, Parameter
from model.outlook.scenario import Scenario, ScenarioError
from view import address
from view.address_keys import CONTROL
from view.controls import Controls
from view.marks.markup import draw
from view.outlook.statements import scenario_faults
from view.outlook.words import parameter_title, unit_of_lever
from view.texts import Texts

FIRST: tuple[str, ...] = ("new_per_year", "size_factor", "realisation_pipeline", "start_shift_years")
"""Levers that are always in sight."""
REST: tuple[str, ...] = (
    "realisation_validation",
    "realisation_new",
    "delivery_mean",
    "delivery_spread",
    "delivery_common_spread",
    "impute",
    "start_spread",
    "lifetime_spread",
    "private_per_year",
    "private_size_factor",
    "growth",
    "last_intake_year",
    "large_per_year",
    "large_size_tco2",
)
COUNTING: tuple[str, ...] = tuple(p.name for p in PARAMETERS if p.moves == "counting")
"""Levers of the way to counting; they leave the draws as they are."""
SLIDES_TO: Mapping[str, float] = {
    "new_per_year": 100,
    "private_per_year": 100,
    "size_factor": 10,
    "private_size_factor": 10,
    "large_per_year": 5,
    "large_size_tco2": 5_000_000,
    "weeks_saved": 52,
    "monitoring_years": 5,
}
"""Where a slider ends; the number beside it goes as far as the parameter does."""
_LAST_VALID = "outlook.valid"


@dataclass(frozen=True)
class Lever:
    """A parameter as a control. `first` is its value in the scenario, rounded as it is shown.

    Shares are shown in percent; the address and the model have them as fractions.
    """

    parameter: Parameter
    first: float
    is_observed: bool
    variant: str

    @property
    def scale(self) -> float:
        """What a value is multiplied by to be shown."""
        return 100.0 if self.parameter.unit in {"share", "a year"} else 1.0

    def key(self, kind: str) -> str:
        """Key of one of its widgets; another scenario has other widgets."""
        return address.widget_key(f"{self.parameter.name}@{self.variant}.{kind}")

    def value(self) -> float:
        """As set with the widgets, else by the address, else that of the scenario."""
        held = st.session_state.get(self.key("number"))
        if held is not None:
            return round(float(held) / self.scale, 6)
        parameter = self.parameter
        asked = address.initial_decimal(CONTROL[parameter.name], parameter.least, parameter.most)
        return self.first if asked is None else asked

    @property
    def is_moved(self) -> bool:
        """Whether it differs from the scenario."""
        return abs(self.value() - self.first) > 1e-9

    def draw(self, t: Texts) -> None:
        """Draws the slider with the number beside it; each follows the other."""
        parameter, scale = self.parameter, self.scale
        slider, number = self.key("slider"), self.key("number")
        now = round(self.value() * scale, 6)
        least, most = float(parameter.least * scale), float(parameter.most * scale)
        reach = float(min(most, SLIDES_TO.get(parameter.name, most)))
        st.session_state.setdefault(number, now)
        st.session_state.setdefault(slider, min(now, reach))
        title, unit = parameter_title(parameter.name, t), unit_of_lever(parameter, t)
        label = t("{title} ({unit})", title=title, unit=unit) if unit else title
        if self.is_observed and not self.is_moved:
            label = t("{label} (as observed)", label=label)
        text = t.pick(parameter.text_en, parameter.text_ja)
        if parameter.is_switch:
            is_on = st.toggle(title, bool(now), key=self.key("switch"), help=text)
            st.session_state[number] = float(is_on)
            return
        step = parameter.step * scale
        wide, narrow = st.columns((5, 3), gap="small", vertical_alignment="bottom")
        with wide:
            st.slider(
                label,
                least,
                reach,
                step=float(step),
                format="%g",
                key=slider,
                help=text,
                on_change=_copy,
                args=(slider, number, most),
            )
        with narrow:
            st.number_input(
                label,
                least,
                most,
                step=float(step),
                format="%g",
                key=number,
                label_visibility="collapsed",
                on_change=_copy,
                args=(number, slider, reach),
            )


def _copy(source: str, to: str, most: float) -> None:
    st.session_state[to] = min(st.session_state[source], most)


def levers_of(scenario: Scenario, observed: Mapping[str, float]) -> dict[str, Lever]:
    """Every lever of a scenario, by name."""
    return {
        p.name: Lever(p, _shown(p, observed, scenario[p.name]), scenario[p.name] is None, scenario.code)
        for p in PARAMETERS
    }


def moved(levers: Mapping[str, Lever]) -> dict[str, float]:
    """Values of the levers that differ from the scenario."""
    return {name: lever.value() for name, lever in levers.items() if lever.is_moved}


def own_scenario(base: Scenario, values: Mapping[str, float], controls: Controls, t: Texts) -> Scenario:
    """The reader's own scenario; `base` where no lever is moved. What cannot be used is explained, the last valid kept."""
    for name in PARAMETER:
        controls.hold(name, f"{values[name]:g}" if name in values else None)
    if not values:
        return base
    try:
        scenario = base.changed(**values).own()
    except ScenarioError as error:
        draw(t, scenario_faults(error.faults, t))
        kept: Scenario = st.session_state.get(_LAST_VALID, base)
        return kept
    st.session_state[_LAST_VALID] = scenario
    return scenario


def draw_levers(levers: Mapping[str, Lever], names: Sequence[str], t: Texts) -> None:
    """Draws levers below each other."""
    for name in names:
        levers[name].draw(t)


def levers_in_address(scenario: Scenario, observed: Mapping[str, float]) -> dict[str, list[str]]:
    """The levers of a scenario as values of the address."""
    return {
        name: [f"{_shown(PARAMETER[name], observed, value):g}"] for name, value in scenario.values.items()
    }


def _shown(parameter: Parameter, observed: Mapping[str, float], value: float | None) -> float:
    """The value of a parameter; one observed is rounded to what a reader can tell apart."""
    if value is not None:
        return float(value)
    return round(min(parameter.most, max(parameter.least, observed[parameter.name])), 2)
