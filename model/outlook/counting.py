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
Flags = npt.NDArray[np.bool_]

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
_TINY: Final = np.float32(1e-5)


@dataclass(frozen=True)
class Realised:
    """Tonnes of one project: [years, draws] by fiscal year from `first_year` on, without what is verified already.

    since, until: between which they lie, in fiscal years, one or one a draw. Left out, they are read off the tonnes:
    a year with half the tonnes of the next is half a year.
    """

    first_year: int
    tonnes: Floats
    since: Floats | None = None
    until: Floats | None = None


@dataclass(frozen=True)
class Chances:
    """Length of a monitoring period and waits of one project in some draws, in years.

    - length: [draws]; waits: [4, draws] for decision, issue, first transfer and cancellation, in this order.
    - ready: day before which nothing is decided (as-of day, registration), in fiscal years. A period that ended
      before it waits from then on: the record has no decision on it.
    - monitored: whether the project asks for issuance at all.
    """

    length: Floats | Small
    waits: Floats | Small
    ready: Floats
    monitored: Flags


@dataclass(frozen=True)
class Shares:
    """Shares of one country, each one or one a draw: of what is issued, of the Japanese side, of what is transferred.

    companies: of the Japanese side.
    """

    japan: Floats
    transferred: Floats
    cancelled: Floats
    companies: Floats


@dataclass(frozen=True)
class Tally:
    """What projects of one country come to in every draw; whole tonnes.

    - levels: [PLACES, draws]; realised, cancelled: by vintage [vintages, draws], which add up to their levels.
    """

    levels: Floats
    realised: Floats
    cancelled: Floats


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
        self.since = self._since() if realised.since is None else self._each(realised.since)
        self.until = self._until() if realised.until is None else self._each(realised.until)

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
        inside = np.clip(day, np.float32(0.0), np.float32(self.years))
        row = inside.astype(np.intp)
        np.minimum(row, self.years - 1, out=row)
        place = row * self.draws
        place += columns
        found: Small = self.tonnes.ravel().take(place)
        found *= _part(inside, row.astype(np.float32), self.since[columns], self.until[columns])
        found += self.before.ravel().take(place)
        return found

    def _each(self, day: Floats) -> Small:
        return np.broadcast_to((day - self.first_year).astype(np.float32), self.draws)

    def _since(self) -> Small:
        first = (self.tonnes > 0).argmax(axis=0)
        columns = np.arange(self.draws)
        own = self.tonnes[first, columns]
        after = self.tonnes[np.minimum(first + 1, self.years - 1), columns]
        return np.asarray(first + 1 - _part_of_year(own, after), np.float32)

    def _until(self) -> Small:
        if ((self.tonnes[-1] > 0) | (self.before[-1] == 0)).all():
            return np.full(self.draws, np.inf, np.float32)
        last = self.years - 1 - (self.tonnes[::-1] > 0).argmax(axis=0)
        columns = np.arange(self.draws)
        own = self.tonnes[last, columns]
        before = self.tonnes[np.maximum(last - 1, 0), columns]
        return np.asarray(last + _part_of_year(own, before), np.float32)


def through_steps(
    path: Path, columns: Whole, chances: Chances, *, curve: Small, edges: Floats, deadline: float
) -> Small:
    """Tonnes up to the last day that is through each step by the deadline [STEPS, columns], shares not taken off.

    `curve`: of the path at the edges of the vintages [edges, columns]. Periods follow each other from the first day
    that counts, or the start of operation. The last one ends with the operation, and one ends at the border, as all
    known ones did at the last border of an NDC period.
    """
    first, border = (np.float32(edge - path.first_year) for edge in (edges[0], edges[-1]))
    limits = np.empty((len(STEPS), len(columns)), np.float32)
    limits[0] = deadline - path.first_year
    for k, wait in enumerate(chances.waits):
        np.subtract(limits[k], wait, out=limits[k + 1])
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
    np.clip(found, curve[0], curve[-1], out=found)
    np.copyto(found, curve[-1], where=limits >= np.minimum(path.until[columns], border))
    ready = (chances.ready - path.first_year).astype(np.float32)
    np.copyto(found[1:], curve[0], where=limits[1:] < ready)
    np.copyto(found, curve[0], where=~chances.monitored)
    return found


class Sums:
    """Sums over the projects of one country: they are rounded, and shares taken off, once for all of them.

    A sum of what nests nests too, and whole tonnes add up exactly.
    """

    def __init__(self, edges: Floats, draws: int) -> None:
        self.curve, self.cancelled = np.zeros((2, len(edges), draws), np.float32)
        self.steps = np.zeros((len(STEPS), draws), np.float32)

    def add(self, curve: Small, steps: Small) -> None:
        """Adds a project: its curve at the edges [edges, draws] and its tonnes through each step [STEPS, draws]."""
        self.curve += curve
        self.cancelled += np.minimum(curve, steps[-1])
        self.steps += steps

    def tally(self, shares: Shares) -> Tally:
        """Whole tonnes on every level, by vintage too."""
        first = self.curve[0].astype(float)
        realised = np.rint(self.curve - first)
        steps = np.rint(self.steps - first)
        share = shares.japan * shares.transferred
        cancelled = np.rint((self.cancelled - first) * (share * shares.cancelled))
        levels = np.empty((PLACES, len(first)))
        levels[0] = realised[-1]
        levels[1:4] = steps[:3]
        np.rint((self.steps[2] - first) * shares.japan, out=levels[4])
        np.rint((self.steps[3] - first) * share, out=levels[5])
        levels[6] = cancelled[-1]
        np.rint(levels[4] * shares.companies, out=levels[COMPANIES])
        return Tally(levels, np.diff(realised, axis=0), np.diff(cancelled, axis=0))


def counted(
    projects: Sequence[tuple[Realised, Chances]], shares: Shares, edges: Floats, deadline: float
) -> Tally:
    """Counts projects of one country by the deadline. `edges` are those of the vintages, in fiscal years."""
    sums = Sums(edges, projects[0][0].tonnes.shape[1])
    columns = np.arange(sums.curve.shape[1])
    for realised, chances in projects:
        path = Path(realised)
        curve = path.at_edges(edges)
        steps = through_steps(path, columns, chances, curve=curve, edges=edges, deadline=deadline)
        sums.add(curve, steps)
    return sums.tally(shares)


def _part(inside: Small | np.float32, row: Small | np.float32, since: Small, until: Small) -> Small:
    """Part of the tonnes of a year that lie before a day in it; all in years from the first."""
    begins = np.maximum(row, since)
    length = np.minimum(row + np.float32(1.0), until)
    length -= begins
    np.maximum(length, _TINY, out=length)
    np.subtract(inside, begins, out=begins)
    begins /= length
    return np.asarray(np.clip(begins, np.float32(0.0), np.float32(1.0), out=begins))


def _part_of_year(own: Small, neighbour: Small) -> Small:
    """Part of a year in operation, by the tonnes of the full year beside it; 1 where that tells nothing."""
    return np.asarray(
        np.where((neighbour > own) & (own > 0), own / np.where(neighbour > 0, neighbour, 1.0), 1.0)
    )
