"""Names of the shared filters and of the choices of the view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.filters import FILTERS
from view.texts import Texts


@dataclass(frozen=True)
class Option:
    """A value of a filter, its name in the reader's language and the same with the number of projects that have it."""

    value: str
    name: str
    counted: str


Options = Mapping[str, Sequence[Option]]


def filter_labels(t: Texts) -> Mapping[str, tuple[str, str]]:
    """For each filter, what it says when nothing is chosen, and its name."""
    return {one.key: (t.pick(one.all_en, one.all_ja), t.pick(one.label_en, one.label_ja)) for one in FILTERS}


def view_words(t: Texts) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """For each choice of the view, its name and the names of its options."""
    return {
        "measure": (t("Measure"), {"expected": t("Expected"), "combined": t("Verified + expected")}),
        "share": (t("Share"), {"total": t("Total"), "japan": t("Japanese side")}),
        "form": (t("Form"), {"cumulative": t("Cumulative"), "yearly": t("Each year")}),
        "year": (t("Year"), {"fiscal": t("Fiscal year"), "calendar": t("Calendar year")}),
        "axis": (
            t("Axis reaches to"),
            {"auto": t("automatic"), "targets": t("the targets"), "data": t("the data only")},
        ),
        "dating": (
            t("Issued tonnes are counted"),
            {"monitoring_period": t("in the monitoring period"), "decision": t("on the decision date")},
        ),
    }
