"""What is asked of the counting: from when to when reductions count, by when, and what a reader may set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from model.ledger.rules import FIRST_VINTAGE
from model.outlook.portfolio import Floats, in_fiscal_years
from model.outlook.scenario import Fault, ScenarioError


@dataclass(frozen=True)
class Terms:
    """From when to when reductions count, and by when they must be cancelled. All days included.

    Source: questions and answers of the Ministry of the Environment of 2025-12-26 and its webinar of 2026-07-03,
    both reported through article6-wiki; the ledger's FIRST_VINTAGE holds for every term.
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
                    "deadline_on",
                    self.deadline_on.isoformat(),
                    f"is in the past; give a day from {as_of.isoformat()} on.",
                    f"過去の日付です。{as_of.isoformat()}以降の日を指定してください。",
                )
            )
        if self.ends_on < self.begins_on:
            faults.append(
                Fault(
                    "ends_on",
                    self.ends_on.isoformat(),
                    f"is before the period begins ({self.begins_on.isoformat()}).",
                    f"期間の始期({self.begins_on.isoformat()})より前です。",
                )
            )
        elif self.ends_on.year < FIRST_VINTAGE:
            faults.append(
                Fault(
                    "ends_on",
                    self.ends_on.isoformat(),
                    f"leaves nothing to count: reductions before {FIRST_VINTAGE} may not be used (assumption VINTAGE-2021).",
                    f"計上できる削減がありません。{FIRST_VINTAGE}年より前の削減分は使用できません(仮定 VINTAGE-2021)。",
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
class Levers:
    """What a reader may set; None is as observed.

    - monitoring_years: length of a monitoring period.
    - weeks_saved: taken off each wait from the end of the period on, which then is 0 at least.
    - shares: of projects that ask for issuance, of the Japanese side, of it first transferred, of that cancelled.
    """

    monitoring_years: float | None = None
    weeks_saved: float = 0.0
    monitored_share: float | None = None
    japan_share: float | None = None
    transferred_share: float | None = None
    cancelled_share: float | None = None

    def checked(self) -> "Levers":
        """Itself. Raises ScenarioError with every value out of range."""
        faults = [
            Fault(
                name,
                str(value),
                f"is out of range; allowed: {least:g} to {most:g} ({unit_en}).",
                f"範囲外です。許容範囲:{least:g}~{most:g}({unit_ja})。",
            )
            for name, (least, most, unit_en, unit_ja) in _RANGES.items()
            # Written so that NaN, which compares with nothing, is refused too.
            if (value := getattr(self, name)) is not None and not least <= value <= most
        ]
        if faults:
            raise ScenarioError(tuple(faults))
        return self


_SHARE: Final = (0.0, 1.0, "share", "割合")
_RANGES: Final[Mapping[str, tuple[float, float, str, str]]] = {
    "monitoring_years": (0.25, 10.0, "years", "年"),
    "weeks_saved": (0.0, 260.0, "weeks", "週"),
    "monitored_share": _SHARE,
    "japan_share": _SHARE,
    "transferred_share": _SHARE,
    "cancelled_share": _SHARE,
}
