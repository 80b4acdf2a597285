"""What is asked of the counting: from when to when reductions count, and by when they must be cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.fiscal_year import last_day
from model.ledger.rules import FIRST_VINTAGE
from model.outlook.portfolio import Floats, in_fiscal_years
from model.outlook.scenario import Fault, ScenarioError


@dataclass(frozen=True)
class Terms:
    """From when to when reductions count, and by when they must be cancelled. All days included.

    The ledger's FIRST_VINTAGE holds for every term.
    """

    begins_on: date
    ends_on: date
    deadline_on: date

    def checked(self, as_of: date) -> "Terms":
        """Itself. Raises ScenarioError with every fault: a deadline in the past, a period that ends before it begins."""
        faults = []
        if self.deadline_on < as_of:
            faults.append(
                Fault(
                    "deadline",
                    self.deadline_on.isoformat(),
                    f"is in the past; give a day from {as_of.isoformat()} on.",
                    f"過去の日付です。{as_of.isoformat()}以降の日を指定してください。",
                )
            )
        if self.ends_on < self.begins_on:
            faults.append(
                Fault(
                    "period_to",
                    self.ends_on.isoformat(),
                    f"is before the period begins ({self.begins_on.isoformat()}).",
                    f"期間の始期（{self.begins_on.isoformat()}）より前です。",
                )
            )
        elif self.ends_on.year < FIRST_VINTAGE:
            faults.append(
                Fault(
                    "period_to",
                    self.ends_on.isoformat(),
                    f"leaves nothing to count: reductions before {FIRST_VINTAGE} may not be used (assumption VINTAGE-2021).",
                    f"計上できる削減がありません。{FIRST_VINTAGE}年より前の削減分は使用できません（仮定 VINTAGE-2021）。",
                )
            )
        if faults:
            raise ScenarioError(tuple(faults))
        return self

    @property
    def first_on(self) -> date:
        """The first day whose reductions count."""
        return max(self.begins_on, date(FIRST_VINTAGE, 1, 1))

    @property
    def years(self) -> int:
        """Calendar years of the period, by which the averaging method divides."""
        return self.ends_on.year - self.begins_on.year + 1

    @property
    def vintages(self) -> Sequence[int]:
        """Calendar years of the reductions that count."""
        return range(self.first_on.year, self.ends_on.year + 1)

    @property
    def borders(self) -> Sequence[date]:
        """First day of each vintage, and the day after the last."""
        return [
            self.first_on,
            *(date(year, 1, 1) for year in self.vintages[1:]),
            self.ends_on + timedelta(days=1),
        ]

    @property
    def edges(self) -> Floats:
        """The borders in fiscal years."""
        return np.array([in_fiscal_years(day) for day in self.borders])

    @property
    def deadline(self) -> float:
        """The end of the day of the deadline, in fiscal years."""
        return in_fiscal_years(self.deadline_on + timedelta(days=1))


@dataclass(frozen=True)
class CountingRules:
    """The rules as the assumptions state them: calendar years of the NDC period, and fiscal years of GX-ETS.

    months: from the end of the period to the deadline; days: from the end of a fiscal year to the cancellation for it.
    """

    first_year: int
    last_year: int
    months: int
    first_compliance: int
    last_compliance: int
    days: int

    @classmethod
    def of(cls, assumptions: Mapping[str, float]) -> "CountingRules":
        """From the values of the assumptions, by code. Raises KeyError for one that is not there."""
        codes = (
            "NDC-PERIOD-FIRST",
            "NDC-PERIOD-LAST",
            "DEADLINE-NDC",
            "GX-FIRST-YEAR",
            "GX-LAST-YEAR",
            "GX-DEADLINE",
        )
        return cls(*(int(assumptions[code]) for code in codes))

    @property
    def begins_on(self) -> date:
        """First day of the NDC period."""
        return date(self.first_year, 1, 1)

    @property
    def ends_on(self) -> date:
        """Last day of the NDC period."""
        return date(self.last_year, 12, 31)

    @property
    def deadlines(self) -> Mapping[str, date]:
        """Both deadlines of the record: `ndc`, the end of its month, and `gx`, of the last fiscal year."""
        month = date(self.last_year + 1 + self.months // 12, self.months % 12 + 1, 1)
        return {"ndc": month - timedelta(days=1), "gx": self.compliance[self.last_compliance]}

    @property
    def compliance(self) -> Mapping[int, date]:
        """By fiscal year of GX-ETS, the day by which credits for it must be cancelled."""
        years = range(self.first_compliance, self.last_compliance + 1)
        return {year: last_day(year) + timedelta(days=self.days) for year in years}

    @property
    def terms(self) -> Terms:
        """Those of the NDC."""
        return Terms(self.begins_on, self.ends_on, self.deadlines["ndc"])
