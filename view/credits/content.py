"""What the credits page knows for one selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from model.amounts import AmountBasis
from view.amounts import tonnes
from view.selection import Selection
from view.target.content import Rows
from view.texts import Texts

Counted = Literal["decision", "issuance", "period"]
By = Literal["country", "sector", "technology", "programme"]
StatementKey = tuple[str, date, str]
"""Metric, day and scope of a statement."""


@dataclass(frozen=True)
class Credits:
    """Rows by query. `names` are names of the values of each filter in the reader's language.

    - official_years: stated by calendar year, beside the events of the whole record; no filter applies.
    - issued: the ladder of the day and scope of each statement on issued credits that can be compared with what the
      record holds as issued, by the rung that the statement speaks of; no filter applies but its own scope.
    """

    selection: Selection
    counted: Counted
    by: By
    ladder: Rows
    by_year: Rows
    shared: Rows
    shared_by_year: Rows
    vintages: Rows
    events: Rows
    official_years: Rows
    issued: Mapping[StatementKey, Mapping[str, Any]]
    deliveries: Rows
    statements: Rows
    targets: Sequence[tuple[int, int]]
    names: Mapping[str, Mapping[str, str]]
    filters_text: str
    build: Mapping[str, Any]

    def of_basis(self, *bases: AmountBasis) -> int:
        """Events whose amount is known in one of these ways."""
        return sum(row["amount_basis"] in bases for row in self.events)

    @property
    def known(self) -> int:
        """Events of whose amount anything is known."""
        return len(self.events) - self.of_basis("unknown")

    def rung(self, rung: str) -> Mapping[str, Any]:
        """The ladder's row of an actual rung: tco2_low, tco2_high (None where no amount is known), reported_tco2."""
        return next(row for row in self.ladder if row["rung"] == rung)

    def reported_tco2(self, rung: str) -> int:
        """Tonnes of a rung that rest on sources alone that are never believed alone, tCO2."""
        return int(self.rung(rung)["reported_tco2"] or 0)

    def shares(self) -> dict[str, int]:
        """Tonnes of each part of the allocation, over all groups."""
        keys = ("government", "company", "unsplit", "partner", "unknown", "japan_least", "japan_most")
        found = {key: sum(row[f"{key}_tco2"] for row in self.shared) for key in keys}
        low, high = (sum(row[end] or 0 for row in self.shared) for end in ("tco2_low", "tco2_high"))
        return found | {"tco2": low, "spread": high - low}

    def vintage(self, vintage: str, rung: str) -> Mapping[str, Any]:
        """Events and tonnes of a rung from one time; zeros and None where there is none."""
        for row in self.vintages:
            if row["vintage"] == vintage and row["rung"] == rung:
                return row
        return {"events": 0, "events_without_amount": 0, "tco2_low": None, "tco2_high": None}

    def group_name(self, value: str | None, t: Texts) -> str:
        """Name of a group of the chart."""
        if value is None:
            return t("Not stated, or several")
        return self.names[self.by].get(value, t("Not stated, or several"))


def reported_sentence(content: Credits, rung: str, t: Texts) -> str:
    """The part of a rung that rests on sources alone that are never believed alone; empty for none."""
    tco2 = content.reported_tco2(rung)
    return t("Reported, not confirmed: {tonnes} of it.", tonnes=tonnes(tco2, t)) if tco2 else ""


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
