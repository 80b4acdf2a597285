"""What is compared: of what kind, and the two of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.filters import FILTER
from model.fiscal_year import a_year_before
from view.control_words import filter_labels
from view.controls import Controls
from view.names import Names
from view.selection import Selection
from view.texts import Texts

DAY = "day"
KINDS = ("country", "sector", "technology", "programme", "participant")
"""Filters of which two values can be set beside each other; another kind is two days."""


@dataclass(frozen=True)
class Sides:
    """Both selections with their names, and what they share."""

    selections: tuple[Selection, Selection]
    labels: tuple[str, str]
    shared: Selection


def choose(controls: Controls, names: Names, t: Texts) -> Sides:
    """Draws the choices. A filter of the kind compared gives way to it; all others hold for both sides."""
    selection = controls.selection
    kinds = {key: filter_labels(t)[key][1] for key in KINDS} | {DAY: t("Two days")}
    kind = controls.one("compare", t("Compare"), kinds)
    if kind == DAY:
        return _days(controls, selection, t)
    shared = selection.narrowed(**{kind: ()})
    values = _values(kind, selection, names)
    first = controls.one("first", t("First"), values)
    others = {code: name for code, name in values.items() if code != first}
    second = controls.one("second", t("Second"), others)
    return Sides(
        (shared.narrowed(**{kind: (first,)}), shared.narrowed(**{kind: (second,)})),
        (values[first], others[second]),
        shared,
    )


def _values(kind: str, selection: Selection, names: Names) -> Mapping[str, str]:
    """Those chosen in the filter first, so that a link to the comparison begins with them."""
    found = names[FILTER[kind].key]
    chosen = [code for code in selection.of(kind) if code in found]
    return {code: found[code] for code in (*chosen, *found)}


def _days(controls: Controls, selection: Selection, t: Texts) -> Sides:
    usual = a_year_before(selection.as_of, controls.earliest)
    earlier = controls.day("earlier", t("Compared with"), (controls.earliest, selection.as_of), usual)
    before = replace(selection, as_of=earlier)
    return Sides((before, selection), (t.day(earlier), t.day(selection.as_of)), selection)
