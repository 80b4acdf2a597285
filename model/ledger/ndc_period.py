"""The NDC period of Japan: where adjustments fall, by when a credit must be used, and the average over its years."""

from dataclasses import dataclass
from datetime import date

from model.apportion import round_half_up


@dataclass(frozen=True)
class NdcPeriod:
    """Calendar years of an implementation period, both included, and the last year in which a use of it can be booked."""

    first: int
    last: int
    use_by: int

    def has(self, vintage: int | None, on: date) -> bool:
        """Whether reductions known to be of a vintage are of the period.

        Where the vintage is not known, of what was transferred or used on a day of the period: nothing earlier may be.
        """
        return self.first <= (on.year if vintage is None else vintage) <= self.last

    def year_of_use(self, on: date) -> int:
        """The calendar year for which Japan subtracts what it uses on a day: the last of the period for a later use."""
        return min(on.year, self.last)

    def is_too_late(self, vintage: int | None, on: date) -> bool:
        """Whether reductions of the period are used when it can no longer be."""
        return vintage is not None and self.first <= vintage <= self.last and on.year > self.use_by


def average_a_year(tco2: int, first: int, last: int) -> int:
    """What counts at a single-year target by the averaging method: tonnes of a period over its years, a half rounded up."""
    return round_half_up(tco2, last - first + 1)
