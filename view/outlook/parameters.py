"""The parameters of scenarios as a table."""

from collections.abc import Mapping, Sequence
from functools import partial

from model.outlook.parameters import PARAMETERS, Parameter
from model.outlook.scenario import Scenario
from view.marks.table import Column, Table
from view.outlook.words import parameter_title, parameter_value, scenario_name
from view.texts import Texts


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
