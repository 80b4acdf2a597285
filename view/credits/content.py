"""What the credits page knows for one selection."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from model.amounts import AmountBasis
from model.fiscal_year import fiscal_year_of
from queries.runner import Row
from view.amounts import tonnes
from view.page import Asked, Content
from view.texts import Texts

Counted = Literal["decision", "issuance", "period"]
By = Literal["country", "sector", "technology", "programme"]
StatementKey = tuple[str, date, str]
"""Metric, day and scope of a statement."""
RUNG_STATED = {"credits_issued_cumulative": "issued", "credits_issued_cumulative_japan": "japan"}
"""The rung of which a statement on issued credits speaks."""


class Credits(Content):
    """Rows by query.

    - official_years: stated by calendar year, beside the events of the whole record; no filter applies.
    """

    ladder = Asked("ladder")
    by_year = Asked("issuance_by_year")
    shared = Asked("allocation")
    shared_by_year = Asked("allocation:years")
    vintages = Asked("vintages")
    events = Asked("issuances")
    official_years = Asked("official_years")
    deliveries = Asked("delivery_ratio")
    statements = Asked("reconciliation")

    @property
    def counted(self) -> Counted:
        """What a year is the year of."""
        counted: Counted = self.context.choice["counted"]
        return counted

    @property
    def by(self) -> By:
        """What the parts of the chart are."""
        by: By = self.context.choice["by"]
        return by

    @cached_property
    def issued(self) -> Mapping[StatementKey, Row]:
        """The ladder of the day and scope of each statement on all credits or those of one country.

        By the rung that the statement speaks of; no filter applies but its own scope. A source that states year by year
        is compared year by year, and what cannot be compared has no figure here.
        """
        return dict(self._issued())

    def _issued(self) -> Iterator[tuple[StatementKey, Row]]:
        by_year = {row["source_id"] for row in self.statements if row["metric"] == "credits_issued_in_year"}
        for row in self.statements:
            rung, day, scope = RUNG_STATED.get(row["metric"]), row["as_of_on"], row["scope"]
            is_country = scope in self.names["country"]
            is_scope = is_country or scope.startswith("all JCM")
            if rung is None or day is None or not is_scope or not row["is_comparable"]:
                continue
            if row["source_id"] in by_year:
                continue
            filters = {"countries": [scope]} if is_country else {}
            asked = {"as_of": day, "until_fiscal_year": fiscal_year_of(day), **filters}
            ladder = self.answers.also({"ladder": asked})["ladder"]
            yield (row["metric"], day, scope), next(r for r in ladder if r["rung"] == rung)

    def of_basis(self, *bases: AmountBasis) -> int:
        """Events whose amount is known in one of these ways."""
        return sum(row["amount_basis"] in bases for row in self.events)

    @property
    def known(self) -> int:
        """Events of whose amount anything is known."""
        return len(self.events) - self.of_basis("unknown")

    def rung(self, rung: str) -> Row:
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

    def vintage(self, vintage: str, rung: str) -> Row:
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
