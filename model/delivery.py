"""Delivery: tonnes decided for issuance beside those expected for the same monitoring periods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from model.durations import FEW


@dataclass(frozen=True)
class Delivery:
    """Events of a group taken together; the ratio is that of the sums, so long periods weigh more. Tonnes are tCO2.

    What was decided lies between two limits, equal where every amount is exact.
    """

    events: int
    projects: int
    decided_low_tco2: int
    decided_high_tco2: int
    expected_tco2: float

    @property
    def ratio(self) -> float:
        """Decided ÷ expected, of the sums and the low end of what was decided."""
        return self.decided_low_tco2 / self.expected_tco2

    @property
    def high_ratio(self) -> float:
        """The same of the high end."""
        return self.decided_high_tco2 / self.expected_tco2

    @property
    def is_few(self) -> bool:
        """Whether it is of too few projects to generalise."""
        return self.projects < FEW


def delivery_of(rows: Iterable[Mapping[str, Any]]) -> Delivery | None:
    """The events that can be compared, together; None where there is none.

    `rows` are of the query `delivery_ratio`: with what was expected for the period of each event, which the build
    makes by `model.schedule.expected_over_periods`. A row that lacks something is left out.
    """
    found = [row for row in rows if row["lacks"] is None]
    if not found:
        return None
    return Delivery(
        len(found),
        len({row["project_id"] for row in found}),
        sum(row["decided_low_tco2"] for row in found),
        sum(row["decided_high_tco2"] for row in found),
        sum(row["expected_tco2"] for row in found),
    )
