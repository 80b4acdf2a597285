"""Names of groups, and faults of a scenario, in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from model.outlook.scenario import Fault
from view.marks.markup import Markup, code, escape, items, note
from view.marks.table import DASH
from view.texts import Texts


def group_names(
    countries: Mapping[str, str], sectors: Mapping[str, str], t: Texts
) -> Mapping[str, Mapping[str | int, str]]:
    """Names of the groups of the outlook; new projects have neither country nor sector."""
    new = t("New projects, not yet placed")
    of_sectors: dict[str | int, str] = {int(code): name for code, name in sectors.items()}
    of_countries: dict[str | int, str] = dict(countries.items())
    return {
        "countries": {**of_countries, "": new},
        "sectors": {0: t("Not stated"), **of_sectors, "": new},
    }


def scenario_faults(faults: Sequence[Fault], t: Texts) -> Markup:
    """What is wrong with a scenario, as HTML; the last valid result stays."""
    lead = t("This scenario cannot be used; the last valid one stays on the page.")
    return note(escape(lead) + items(fault_words(f, t) for f in faults[:12]), "alert")


def setting_faults(faults: Sequence[Fault], t: Texts) -> Markup:
    """What is wrong with the settings of the counting, as HTML; the last valid result stays."""
    lead = t("These settings cannot be used; the last valid ones stay on the page.")
    return note(escape(lead) + items(fault_words(f, t) for f in faults), "alert")


def fault_words(fault: Fault, t: Texts) -> Markup:
    """A field of a scenario or a request, its value, and what is wrong with it."""
    return Markup("{} = {}: {}").format(code(fault.field), fault.value or DASH, t.pick(fault.en, fault.ja))


def no_outlook_html(as_of: date, first: date, t: Texts) -> Markup:
    """That no project was known on a day, and from which day on there is an outlook."""
    text = t(
        "As of {day} no project was known; the first became known on {first}. Choose a later day.",
        day=t.day(as_of),
        first=t.day(first),
    )
    return note(text)
