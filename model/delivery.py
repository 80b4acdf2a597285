"""Delivery: tonnes decided for issuance beside those expected for the same monitoring periods."""

from collections.abc import Iterable
from dataclasses import dataclass

from model.durations import FEW


@dataclass(frozen=True)
class Monitored:
    """One event of one project: what was decided, and what the annual estimate expects for its period. tCO2."""

    event: str
    project: str
    decided_tco2: int
    expected_tco2: float

    @property
    def ratio(self) -> float:
        """Decided ÷ expected."""
        return self.decided_tco2 / self.expected_tco2


@dataclass(frozen=True)
class Delivery:
    """Events of a group taken together; the ratio is that of the sums, so long periods weigh more."""

    events: int
    projects: int
    decided_tco2: int
    expected_tco2: float

    @property
    def ratio(self) -> float:
        """Decided ÷ expected, of the sums."""
        return self.decided_tco2 / self.expected_tco2

    @property
    def is_few(self) -> bool:
        """Whether too few projects stand behind it to generalise."""
        return self.projects < FEW


def delivery_of(events: Iterable[Monitored]) -> Delivery | None:
    """The events together; None where there is none. Expectations are above 0."""
    found = list(events)
    if not found:
        return None
    return Delivery(
        len(found),
        len({e.project for e in found}),
        sum(e.decided_tco2 for e in found),
        sum(e.expected_tco2 for e in found),
    )
