"""What the credits page knows for one selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from view.selection import Selection
from view.target.content import Rows
from view.texts import Texts

Counted = Literal["decision", "issuance", "period"]
By = Literal["country", "sector", "technology", "programme"]


@dataclass(frozen=True)
class Credits:
    """Rows by query. `names` are names of the values of each filter in the reader's language."""

    selection: Selection
    counted: Counted
    by: By
    by_year: Rows
    shared: Rows
    shared_by_year: Rows
    vintages: Rows
    events: Rows
    deliveries: Rows
    statements: Rows
    targets: Sequence[tuple[int, int]]
    names: Mapping[str, Mapping[str, str]]
    filters_text: str
    build: Mapping[str, Any]

    @property
    def amounts(self) -> list[int]:
        """Known amounts of the events, tCO2."""
        return [row["total_tco2"] for row in self.events if row["total_tco2"] is not None]

    @property
    def total_tco2(self) -> int:
        """Sum of the known amounts, tCO2."""
        return sum(self.amounts)

    def shares(self) -> dict[str, int]:
        """Tonnes of each part of the allocation, over all groups."""
        keys = ("government", "company", "unsplit", "partner", "unknown", "japan_least", "japan_most")
        return {key: sum(row[f"{key}_tco2"] for row in self.shared) for key in keys}

    def vintage(self, vintage: str, rung: str) -> Mapping[str, Any]:
        """Events and tonnes of a rung from one time; zeros and None where there is none."""
        for row in self.vintages:
            if row["vintage"] == vintage and row["rung"] == rung:
                return row
        return {"events": 0, "events_without_amount": 0, "tco2": None}

    def group_name(self, value: str | None, t: Texts) -> str:
        """Name of a group of the chart."""
        if value is None:
            return t("Not stated, or several")
        return self.names[self.by].get(value, t("Not stated, or several"))


def counted_names(t: Texts) -> dict[str, str]:
    """What a year is the year of."""
    return {
        "decision": t("Year of the decision"),
        "issuance": t("Year of issuance"),
        "period": t("Monitoring period (vintage)"),
    }


def by_names(t: Texts) -> dict[str, str]:
    """What the parts of the chart are."""
    return {
        "country": t("Partner country"),
        "sector": t("Sector"),
        "technology": t("Technology"),
        "programme": t("Programme"),
    }
