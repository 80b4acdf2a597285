"""Words of the outlook: names of components and levers, values of parameters, chances."""

from collections.abc import Mapping

from model.ladder import RUNG_BY_CODE
from model.outlook.counted_report import ALL, Group
from model.outlook.parameters import PARAMETER, Parameter
from model.outlook.scenario import Scenario
from view.amounts import amount_short
from view.texts import Texts


def scenario_name(scenario: Scenario, t: Texts) -> str:
    """Name of a scenario in the reader's language."""
    return t.pick(scenario.name_en, scenario.name_ja)


def component_name(component: str, t: Texts) -> str:
    """What a part of the waterfall is."""
    names = {
        "verified": t("Verified so far"),
        "imputed": t("Projects without an estimate, estimated by us"),
        "new_government": t("New projects, government-supported"),
        "new_private": t("New projects, private"),
        "new_large": t("New projects, very large"),
        "missing": t("Still missing"),
        "stated": t("Stated estimates, as accounted"),
        "delivery": t("Delivery and timing as observed"),
        "realisation": t("Projects that are not realised"),
        "total": t("Outlook, mean of all draws"),
    }
    if component in names:
        return names[component]
    rung = RUNG_BY_CODE[component]
    return t.pick(rung.name_en, rung.name_ja)


def parameter_title(name: str, t: Texts) -> str:
    """Name of a lever."""
    return t.pick(PARAMETER[name].title_en, PARAMETER[name].title_ja)


def parameter_value(name: str, value: float | None, t: Texts) -> str:
    """A value of a lever with its unit."""
    parameter = PARAMETER[name]
    if value is None:
        return t("as observed")
    if parameter.is_switch:
        return t("included") if value else t("left out")
    if parameter.unit in {"share", "a year"}:
        sign = "−" if value < 0 else ""
        return f"{sign}{t.percent(abs(value))}"
    if parameter.unit == "tCO2 a year":
        return amount_short(value, t)
    if parameter.unit == "fiscal year":
        return t.year(int(value))
    return f"{_number(value, t)}{unit_of(parameter, t)}"


def unit_of(parameter: Parameter, t: Texts) -> str:
    """The unit after a number, with the space it needs."""
    return {
        "ratio": "",
        "log standard deviation": "",
        "times the observed spread": t(" ×"),
        "times": t(" ×"),
        "years": t(" years"),
        "weeks": t(" weeks"),
        "projects a year": t(" a year"),
    }.get(parameter.unit, "")


def unit_of_lever(parameter: Parameter, t: Texts) -> str:
    """The unit of a lever, as its label has it; empty for a number without one."""
    return {
        "share": "%",
        "a year": t("% a year"),
        "times the observed spread": t("times"),
        "times": t("times"),
        "years": t("years"),
        "weeks": t("weeks"),
        "tCO2 a year": t("tCO₂ a year"),
        "log standard deviation": t("relative"),
    }.get(parameter.unit, "")


def _number(value: float, t: Texts) -> str:
    decimals = 0 if value == int(value) else 1 if abs(value) >= 3 or round(value, 1) == round(value, 6) else 2
    return ("−" if value < 0 else "") + t.number(abs(value), decimals)


def level_name(level: str, t: Texts) -> str:
    """A level on the way to counting."""
    return {
        "realised": t("Realised"),
        "monitored": t("In a monitoring period that has ended"),
        "decided": t("Issuance decided"),
        "issued": t("Issued in time"),
        "japan": t("of this the Japanese side"),
        "transferred": t("First transferred in time"),
        "cancelled": t("Cancelled in time"),
    }[level]


def loss_name(loss: str, t: Texts) -> str:
    """What is lost between two levels."""
    return {
        "not_monitored": t("not asked for, or in a period that ends too late"),
        "decided_late": t("decided too late"),
        "issued_late": t("issued too late"),
        "partner_share": t("to the partner's side"),
        "not_transferred": t("first transferred too late, or not"),
        "not_cancelled": t("cancelled too late, or not"),
    }[loss]


def step_name(step: str, t: Texts) -> str:
    """A step to counting: a wait, or a share."""
    return {
        "monitoring": t("Length of a monitoring period"),
        "decision": t("End of the period to the decision"),
        "issue": t("Decision to issue in Japan"),
        "transfer": t("Issue to first transfer"),
        "cancellation": t("First transfer to cancellation"),
        "registration": t("1 April of the fiscal year of selection to registration"),
        "monitored": t("Projects that ask for issuance"),
        "japan": t("Japanese side of what is issued"),
        "government": t("Government's part of the Japanese side"),
        "transferred": t("First transferred part of the Japanese side"),
        "cancelled": t("Part of it that is cancelled"),
    }[step]


def group_name(group: Group, names: Mapping[str, Mapping[Group, str]], t: Texts) -> str:
    """The JCM as a whole, a country or a sector."""
    if group == ALL:
        return t("JCM as a whole")
    return names["sectors" if isinstance(group, int) else "countries"][group]


def chance_words(chance: float, t: Texts) -> str:
    """A chance in percent; never a certainty that draws cannot give."""
    if chance < 0.001:
        return t("below 0.1%")
    if chance > 0.999:
        return t("above 99.9%")
    return t.percent(chance)
