"""How much of what is realised is decided, issued, transferred and cancelled before a deadline, in every draw.

A project is monitored in periods of one length; each period waits for its decision, issue, first transfer and
cancellation. Its waits are the same for all its periods of a draw, so that what is through a step by a day are the
tonnes realised up to one day: nothing has to be gone through period by period. Time is in fiscal years (`portfolio`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from model.outlook.portfolio import Floats

Small = npt.NDArray[np.float32]
"""Single precision: good to half a minute within a decade, and to a tonne in ten million."""
Whole = npt.NDArray[np.intp]

LEVELS: Final = ("realised", "monitored", "decided", "issued", "japan", "transferred", "cancelled")
"""Each within the one before it. `monitored`: in a period that ends by the deadline."""
LOSSES: Final = (
    "not_monitored",
    "decided_late",
    "issued_late",
    "partner_share",
    "not_transferred",
    "not_cancelled",
)
"""What is lost from each level to the next, in their order."""
COMPANIES: Final = len(LEVELS)
"""Place of the company-held part of `japan` behind the levels; it is not one of them."""
PLACES: Final = COMPANIES + 1
STEPS: Final = ("monitored", "decided", "issued", "transferred", "cancelled")
"""What takes time; the other levels are shares."""
ISSUED: Final = STEPS.index("issued")
_TINY: Final = np.float32(1e-5)


@dataclass(frozen=True)
class Realised:
    """Tonnes of one project: [years, draws] by fiscal year from `first_year` on, without what is verified already.

    since, until: between which they lie, in fiscal years, one or one a draw; left out, all of these years.
    """

    first_year: int
    tonnes: Floats
    since: Floats | None = None
    until: Floats | None = None

    def within(self, begins: float, ends: float) -> "Realised | None":
        """The fiscal years between two days alone; None where there are none."""
        first = max(self.first_year, int(begins))
        last = min(self.first_year + len(self.tonnes), int(np.ceil(ends)))
        if first >= last:
            return None
        rows = self.tonnes[first - self.first_year : last - self.first_year]
        return Realised(first, rows, self.since, self.until)


@dataclass(frozen=True)
class Chances:
    """Length of a monitoring period and waits of one project in some draws, in years.

    - length: [draws]; waits: [4, draws] for decision, issue, first transfer and cancellation, in this order.
    - ready: day before which nothing is decided (as-of day, registration), in fiscal years. A period that ended
      before it waits from then on: the record has no decision on it.
    """

    length: Floats | Small
    waits: Floats | Small
    ready: Floats


@dataclass(frozen=True)
class Shares:
    """Shares of one country, each one or one a draw: of what is issued, of the Japanese side, of what is transferred.

    companies: of the Japanese side.
    """

    japan: Floats
    transferred: Floats
    cancelled: Floats
    companies: Floats


class Path:
    """Tonnes of a project realised up to any day: even within a year, between `since` and `until`.

    Tonnes before `since` (between two verified periods) count from the end of their year. Days are in years from the
    beginning of the first, in single precision, as are tonnes: only sums over projects are rounded to whole ones.
    """

    def __init__(self, realised: Realised) -> None:
        self.first_year = realised.first_year
        self.tonnes = np.ascontiguousarray(realised.tonnes, np.float32)
        self.years, self.draws = self.tonnes.shape
        self.before = np.zeros((self.years + 1, self.draws), np.float32)
        for row in range(self.years):
            np.add(self.before[row], self.tonnes[row], out=self.before[row + 1])
        self.since = self._each(realised.since, 0)
        self.until = self._each(realised.until, self.years)

    def at_edges(self, edges: Floats) -> Small:
        """Tonnes up to each of some days, in fiscal years [edges, draws]."""
        found = np.empty((len(edges), self.draws), np.float32)
        begun, ending = float(self.since.max()), float(self.until.min())
        for k, edge in enumerate(edges):
            inside = min(max(float(edge) - self.first_year, 0.0), float(self.years))
            row = min(int(inside), self.years - 1)
            part: Small | np.float32 = np.float32(inside - row)
            if begun > row or ending < row + 1:
                part = _part(np.float32(inside), np.float32(row), self.since, self.until)
            np.multiply(self.tonnes[row], part, out=found[k])
            found[k] += self.before[row]
        return found

    def at(self, day: Small, columns: Whole) -> Small:
        """Tonnes of some draws up to days of their own [days, columns]."""
        inside = np.maximum(day, np.float32(0.0))
        np.minimum(inside, np.float32(self.years), out=inside)
        row = inside.astype(np.intp)
        np.minimum(row, self.years - 1, out=row)
        place = row * self.draws
        place += columns
        found: Small = self.tonnes.ravel().take(place)
        found *= _part(inside, row.astype(np.float32), self.since[columns], self.until[columns])
        found += self.before.ravel().take(place)
        return found

    def _each(self, day: Floats | None, default: int) -> Small:
        years = np.float32(default) if day is None else (day - self.first_year).astype(np.float32)
        return np.broadcast_to(years, self.draws)


def through_steps(
    path: Path,
    columns: Whole,
    chances: Chances,
    *,
    curve: Small,
    edges: Floats,
    deadline: float,
    held_on: Sequence[float] = (),
) -> Small:
    """Tonnes from the first edge up to the last day that is through each step by the deadline, shares not taken off.

    [STEPS + days, columns]: below the steps what is issued by each day of `held_on`. `curve`: of the path at the edges of
    the vintages [edges, draws]. Periods follow each other from the first day that counts, or the start of operation. The
    last one ends with the operation, and one ends at the border, as all known ones did at the last border of an NDC period.
    """
    first, border = (np.float32(edge - path.first_year) for edge in (edges[0], edges[-1]))
    limits = np.empty((len(STEPS) + len(held_on), len(columns)), np.float32)
    limits[0] = deadline - path.first_year
    for k, wait in enumerate(chances.waits):
        np.subtract(limits[k], wait, out=limits[k + 1])
    for k, day in enumerate(held_on, len(STEPS)):
        np.subtract(limits[ISSUED], np.float32(deadline - day), out=limits[k])
    anchor = np.maximum(path.since[columns], first)
    length = chances.length.astype(np.float32, copy=False)
    # What ends on the day of the deadline is in time whatever the rounding.
    number = limits - anchor
    number /= length
    number += _TINY
    np.floor(number, out=number)
    number *= length
    number += anchor
    found = path.at(number, columns)
    begun, ended = curve[0].take(columns), curve[-1].take(columns)
    np.copyto(found, ended, where=limits >= np.minimum(path.until.take(columns), border))
    ready = (chances.ready - path.first_year).astype(np.float32)
    np.copyto(found[1:], begun, where=limits[1:] < ready)
    np.minimum(found, ended, out=found)
    found -= begun
    np.maximum(found, np.float32(0.0), out=found)
    return found


class Sums:
    """Sums over the projects of one country: they are rounded, and shares taken off, once for all of them.

    A sum of what nests nests too. `vintages`: realised and cancelled tonnes up to each edge, over all draws [2, edges].
    """

    def __init__(self, shares: Shares, edges: int, draws: int, days: int = 0) -> None:
        self.shares = shares
        self.share = shares.japan * shares.transferred
        self.cancelled = np.broadcast_to(self.share * shares.cancelled, draws)
        self.realised = np.zeros(draws, np.float32)
        self.steps = np.zeros((len(STEPS) + days, draws), np.float32)
        self.vintages = np.zeros((2, edges))

    def add(self, curve: Small, columns: Whole, steps: Small) -> None:
        """Adds a project: its tonnes up to the edges [edges, draws] and through each step in some draws, from the first edge."""
        self.realised += curve[-1]
        self.steps[:, columns] += steps
        self.vintages[0] += curve.sum(axis=1, dtype=float)
        through = np.minimum(curve.take(columns, axis=1), steps[len(STEPS) - 1])
        self.vintages[1] += through @ self.cancelled.take(columns)

    def levels(self) -> Floats:
        """Whole tonnes [PLACES + days, draws]; below the places a row for each day of company-held tonnes."""
        steps, shares = self.steps.astype(float), self.shares
        levels = np.empty((PLACES + len(steps) - len(STEPS), steps.shape[1]))
        levels[0] = np.rint(self.realised)
        levels[1:4] = np.rint(steps[:3])
        np.rint(steps[ISSUED] * shares.japan, out=levels[4])
        np.rint(steps[3] * self.share, out=levels[5])
        np.rint(steps[4] * self.cancelled, out=levels[6])
        np.rint(levels[4] * shares.companies, out=levels[COMPANIES])
        np.rint(np.rint(steps[len(STEPS) :] * shares.japan) * shares.companies, out=levels[PLACES:])
        return levels


def _part(inside: Small | np.float32, row: Small | np.float32, since: Small, until: Small) -> Small:
    """Part of the tonnes of a year that lie before a day in it; all in years from the first."""
    begins = np.maximum(row, since)
    length = np.minimum(row + np.float32(1.0), until)
    length -= begins
    np.maximum(length, _TINY, out=length)
    np.subtract(inside, begins, out=begins)
    begins /= length
    np.maximum(begins, np.float32(0.0), out=begins)
    return np.minimum(begins, np.float32(1.0), out=begins)
