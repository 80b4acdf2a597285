"""The levers of a scenario as controls, and as a table."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from model.outlook.evidence import Evidence
from model.outlook.parameters import PARAMETER, PARAMETERS, Parameter
from model.outlook.scenario import Scenario, ScenarioError
from view.controls import Controls
from view.marks.table import Column, Table
from view.outlook.words import parameter_title, parameter_value, scenario_name
from view.texts import Texts

GROUPS: tuple[tuple[str, ...], ...] = (
    (
        "realisation_pipeline",
        "realisation_validation",
        "delivery_mean",
        "delivery_spread",
        "delivery_common_spread",
        "impute",
    ),
    ("start_spread", "start_shift_years", "lifetime_spread", "realisation_new", "last_intake_year", "growth"),
    (
        "new_per_year",
        "size_factor",
        "private_per_year",
        "private_size_factor",
        "large_per_year",
        "large_size_tco2",
    ),
)


def observed_values(evidence: Evidence) -> Mapping[str, float]:
    """What “as observed” means at the moment."""
    return {
        "delivery_mean": evidence.delivery.middle,
        "delivery_spread": evidence.delivery.spread,
        "delivery_common_spread": evidence.delivery.common_spread,
        "new_per_year": evidence.intake.government_per_year,
        "private_per_year": evidence.intake.private_per_year,
    }


def draw_levers(
    controls: Controls, scenario: Scenario, observed: Mapping[str, float], t: Texts
) -> dict[str, float]:
    """Draws a slider for each lever; returns the values that differ from the scenario."""
    changed: dict[str, float] = {}
    titles = (t("Projects known"), t("Time and intake"), t("New projects"))
    for column, names, title in zip(st.columns(3, gap="medium"), GROUPS, titles, strict=True):
        with column:
            st.caption(title)
            for name in names:
                parameter = PARAMETER[name]
                own = scenario[name]
                first = _on_step(parameter, observed[name] if own is None else own)
                label = parameter_title(name, t)
                if own is None:
                    label = t("{label} (as observed)", label=label)
                value = controls.slider(
                    name,
                    label,
                    (parameter.least, parameter.most),
                    first,
                    parameter.step,
                    help_text=t.pick(parameter.text_en, parameter.text_ja),
                    variant=scenario.code,
                )
                if value != first:
                    changed[name] = value
    return changed


def scenario_of_address(
    controls: Controls, base: Scenario, observed: Mapping[str, float], t: Texts
) -> Scenario:
    """The scenario with the levers that the address sets, none of which is drawn; `base` where they cannot be."""
    hidden = st.empty()
    with hidden.container():
        moved = draw_levers(controls, base, observed, t)
    hidden.empty()
    try:
        return base.changed(**moved).named("Own scenario", "独自シナリオ") if moved else base
    except ScenarioError:
        return base


def levers_in_address(scenario: Scenario, observed: Mapping[str, float]) -> dict[str, list[str]]:
    """The levers of a scenario as values of the address."""
    return {
        name: [f"{observed[name] if value is None else value:g}"] for name, value in scenario.values.items()
    }


def _on_step(parameter: Parameter, value: float) -> float:
    """The nearest place of the slider."""
    steps = round((value - parameter.least) / parameter.step)
    return float(
        min(parameter.most, max(parameter.least, round(parameter.least + steps * parameter.step, 6)))
    )


def parameters_table(
    scenarios: Sequence[Scenario], observed: Mapping[str, float], t: Texts
) -> Table[Parameter]:
    """Every parameter of every scenario, with its range and meaning, for files."""

    def value_in(scenario: Scenario, parameter: Parameter) -> str:
        name = parameter.name
        words = parameter_value(name, scenario[name], t)
        if scenario[name] is None:
            words += t(": {value}", value=parameter_value(name, observed[name], t))
        return words

    return Table(
        (
            Column("name", t("Lever"), value=lambda p: parameter_title(p.name, t), cell=None),
            *(
                Column(f"scenario_{i}", scenario_name(one, t), value=partial(value_in, one), cell=None)
                for i, one in enumerate(scenarios)
            ),
            Column(
                "allowed",
                t("Allowed"),
                value=lambda p: (
                    f"{parameter_value(p.name, p.least, t)} – {parameter_value(p.name, p.most, t)}"
                ),
                cell=None,
            ),
            Column("text", t("Meaning"), value=lambda p: t.pick(p.text_en, p.text_ja), cell=None),
        ),
        PARAMETERS,
        t,
    )
