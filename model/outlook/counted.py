"""Draws of what counts by a deadline: the projects of a portfolio, new ones, and the events on record.

What is on record is not drawn again: of an event only the steps that are still open are. An event whose monitoring
period is not known counts where it was first transferred, as nothing before FIRST_VINTAGE is (VINTAGE-2021).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.fiscal_year import fiscal_year_of
from model.outlook.counting import (
    COMPANIES,
    LEVELS,
    LOSSES,
    PLACES,
    STEPS,
    Chances,
    Path,
    Realised,
    Sums,
    Whole,
    through_steps,
)
from model.outlook.counting_chances import Lots
from model.outlook.counting_terms import Levers, Terms
from model.outlook.evidence import Evidence
from model.outlook.portfolio import Floats, Portfolio
from model.outlook.scenario import Scenario
from model.outlook.simulation import BLOCK, THREADS, _Chance, _Plan
from model.outlook.steps_to_counting import StepRow, Steps

NEW = "new"
"""Stands for the projects selected after the as-of day, which have neither country nor sector."""
Cell = tuple[str, int]
"""Country (ISO 3166-1 alpha-3) and sectoral scope (0: none stated, or several)."""


@dataclass(frozen=True)
class Counted:
    """Tonnes by level of `counting` (rows, the last the part of companies) in every draw, by one deadline.

    - total: [PLACES, draws]; cells: the same by country and sector, new projects under ("", 0).
    - realised, cancelled: [vintages, draws] by calendar year of the terms; their totals hold what has no known
      vintage besides, which is the row of `without_vintage` [2, draws].
    - means: [PLACES] by project, over the draws; `NEW` and events of several projects stand for themselves.
    """

    terms: Terms
    total: Floats
    cells: Mapping[Cell, Floats]
    realised: Floats
    cancelled: Floats
    without_vintage: Floats
    means: Mapping[str, Floats]

    def level(self, name: str) -> Floats:
        """Tonnes of each draw on a level."""
        return np.asarray(self.total[LEVELS.index(name)])

    @property
    def companies(self) -> Floats:
        """Tonnes of each draw that companies of the Japanese side hold."""
        return np.asarray(self.total[COMPANIES])

    @property
    def losses(self) -> Mapping[str, Floats]:
        """What is lost at each step; with what is cancelled they add up to what is realised, in every draw."""
        return {name: self.total[k] - self.total[k + 1] for k, name in enumerate(LOSSES)}

    @property
    def averaged(self) -> Floats:
        """What counts for the single target year by the averaging method: cancelled ÷ years of the NDC period."""
        years = self.terms.ends_on.year - self.terms.begins_on.year + 1
        return np.asarray(self.level("cancelled") / years)

    def grouped(self, part: Callable[[Cell], str | int]) -> dict[str | int, Floats]:
        """Sums over cells [PLACES, draws] by what `part` says of a cell."""
        sums: dict[str | int, Floats] = {}
        for cell, tonnes in self.cells.items():
            name = part(cell)
            sums[name] = sums[name] + tonnes if name in sums else tonnes
        return sums


class Counter:
    """Counts one block of draws, project by project, in any order: random numbers belong to a project, not an order."""

    def __init__(self, portfolio: Portfolio, lots: Lots, terms: Terms) -> None:
        self.portfolio, self.lots = portfolio, lots
        self.edges, self.deadline = terms.edges, terms.deadline
        self.borders = terms.borders
        self.sums: dict[Cell, Sums] = {}
        self.means: dict[str, Floats] = {}
        self.of_events: dict[Cell, Floats] = {}
        self.realised, self.cancelled = np.zeros((2, len(self.edges) - 1, lots.draws))
        self.without_vintage = np.zeros((2, lots.draws))

    def add(self, i: int, realised: Realised) -> None:
        """Counts the project `i` of the portfolio."""
        row = self.portfolio.rows[i]
        asked = i in self.portfolio.covered or i in self.portfolio.replaced
        selected = None if row["stage"] == "registered" else row["fy_selected"] or self.lots.as_of_year

        def chances(columns: Whole) -> tuple[Whole, Chances]:
            return self.lots.of_project((1, i), row["iso3"], columns, selected=selected, has_asked=asked)

        self._add(row["project_id"], (row["iso3"], row["sector_number"]), realised, chances)

    def add_new(self, k: int, realised: Realised) -> None:
        """Counts the k-th component of new projects, all of which are still to be registered."""

        def chances(columns: Whole) -> tuple[Whole, Chances]:
            return self.lots.of_project((2, k), "", columns, selected=self.lots.as_of_year)

        self._add(NEW, ("", 0), realised, chances)

    def _add(
        self, name: str, cell: Cell, realised: Realised, chances: Callable[[Whole], tuple[Whole, Chances]]
    ) -> None:
        path = Path(realised)
        curve = path.at_edges(self.edges)
        # Draws without tonnes need no further thought; they are many.
        columns = np.flatnonzero(curve[-1] > curve[0])
        if not len(columns):
            return
        columns, chance = chances(columns)
        steps = np.repeat(curve[:1], len(STEPS), axis=0)
        steps[:, columns] = through_steps(
            path,
            columns,
            chance,
            curve=curve[:, columns],
            edges=self.edges,
            deadline=self.deadline,
        )
        if cell not in self.sums:
            self.sums[cell] = Sums(self.edges, self.lots.draws)
        self.sums[cell].add(curve, steps)
        shares = self.lots.shares_of(cell[0])
        share = shares.japan * shares.transferred
        steps -= curve[0]
        self._add_to_mean(
            name,
            [
                (curve[-1] - curve[0]).sum(),
                *steps[:3].sum(axis=1),
                steps[2] @ shares.japan,
                steps[3] @ share,
                steps[4] @ (share * shares.cancelled),
                steps[2] @ (shares.japan * shares.companies),
            ],
        )

    def _add_to_mean(self, name: str, tonnes: Sequence[float]) -> None:
        self.means[name] = self.means.get(name, np.zeros(PLACES)) + np.array(tonnes)

    def add_event(self, k: int, event: StepRow) -> None:
        """Counts an event on record, with its open steps drawn."""
        begins, ends, total = event["period_start_on"], event["period_end_on"], event["tco2_low"] or 0
        tonnes = np.zeros(len(self.edges))
        if begins is not None and ends is not None:
            days = (ends - begins).days + 1
            gone = [min(max((border - begins).days, 0), days) / days for border in self.borders]
            tonnes = np.rint((np.array(gone) - gone[0]) * total)
        elif event["first_transferred_on"] is not None:
            tonnes[-1] = total
        # Of most events on record nothing was reduced in years that count.
        if not tonnes[-1]:
            return
        parts = self.lots.of_event((3, k), event, self.deadline)
        levels = np.rint(parts * tonnes[-1])
        cell = (event["iso3"], event["sector_number"])
        self.of_events[cell] = self.of_events.get(cell, 0.0) + levels
        self._add_to_mean(event["project_id"] or event["issuance_id"], levels.sum(axis=1).tolist())
        if begins is not None and ends is not None:
            self.realised += np.diff(tonnes)[:, None]
            self.cancelled += np.diff(np.rint(parts[6] * tonnes[:, None]), axis=0)
        else:
            self.without_vintage += levels[[0, 6]]

    def close(self) -> dict[Cell, Floats]:
        """Whole tonnes [PLACES, draws] of every cell, events included; once, after the last was added."""
        found = dict(self.of_events)
        for cell, sums in self.sums.items():
            tally = sums.tally(self.lots.shares_of(cell[0]))
            found[cell] = found[cell] + tally.levels if cell in found else tally.levels
            self.realised += tally.realised
            self.cancelled += tally.cancelled
        self.sums.clear()
        return found


class _Hooked(_Plan):
    """Draws of the outlook that hand over each project's tonnes [years, draws] and its start of operation."""

    counter: Counter
    from_year: int

    def __init__(
        self,
        portfolio: Portfolio,
        evidence: Evidence,
        scenario: Scenario,
        target_years: tuple[int, ...],
        last_year: int,
    ) -> None:
        self.starts: dict[int, Floats] = {}
        super().__init__(portfolio, evidence, scenario, target_years, last_year)

    def hand_over(self, counter: Counter, first_year: int) -> None:
        """To whom, and from which fiscal year on."""
        self.counter, self.from_year, self.starts = counter, first_year, {}

    def _add(self, i: int, of_cell: Floats, chance: _Chance) -> None:
        own = np.zeros_like(of_cell)
        super()._add(i, own, chance)
        of_cell += own
        # A project without a start has no tonnes.
        if i in self.starts:
            covered = self.portfolio.covered.get(i, ())
            since = np.maximum(self.starts.pop(i), max((until for _, until in covered), default=-np.inf))
            tonnes = own[self.from_year - self.first_year :]
            self.counter.add(i, Realised(self.from_year, tonnes, since))

    def _start(self, i: int, started: Floats, *, is_certain: bool) -> Floats:
        self.starts[i] = super()._start(i, started, is_certain=is_certain)
        return self.starts[i]


def counted_of(
    portfolio: Portfolio,
    evidence: Evidence,
    scenario: Scenario,
    *,
    steps: Steps,
    events: Iterable[StepRow],
    terms: Terms,
    levers: Levers | None = None,
    draws: int = 10_000,
    seed: int = 2030,
    threads: int = THREADS,
) -> Counted:
    """Draws the scenario and counts it by the deadline. Equal seed and input give equal numbers.

    Raises ScenarioError for terms or levers that cannot be used.
    """
    terms.checked(portfolio.as_of)
    own = (levers or Levers()).checked()
    known = [event for event in events if event["tco2_low"]]
    years = list(range(fiscal_year_of(terms.first_on), fiscal_year_of(terms.ends_on + timedelta(days=1)) + 1))
    plan = _Hooked(portfolio, evidence, scenario, tuple(years), years[-1])

    def block(number: int) -> tuple[Counter, dict[Cell, Floats]]:
        size = min(BLOCK, draws - number * BLOCK)
        counter = Counter(portfolio, Lots(steps, own, portfolio.day_in_years, (seed, number), size), terms)
        drawing = copy(plan)
        drawing.hand_over(counter, years[0])
        cells = drawing.block(seed, number, size)[1]
        for k, cell in enumerate(sorted(cell for cell in cells if not cell[1])):
            counter.add_new(k, Realised(years[0], np.diff(cells[cell], axis=0, prepend=0.0)))
        for k, event in enumerate(known):
            counter.add_event(k, event)
        return counter, counter.close()

    numbers = range(-(-draws // BLOCK))
    if threads > 1 and len(numbers) > 1:
        with ThreadPoolExecutor(threads) as pool:
            return _together(terms, list(pool.map(block, numbers)))
    return _together(terms, [block(number) for number in numbers])


def held_by_companies(
    portfolio: Portfolio,
    evidence: Evidence,
    scenario: Scenario,
    *,
    steps: Steps,
    events: Sequence[StepRow],
    begins_on: date,
    ends_on: date,
    deadlines: Mapping[int, date],
    levers: Levers | None = None,
    draws: int = 2_000,
    seed: int = 2030,
) -> tuple[dict[int, Floats], dict[str, float]]:
    """Company-held tonnes [draws] issued by the deadline of each fiscal year, and by project the mean at the last one.

    On equal seeds, so that a later deadline never has less. Raises ScenarioError as `counted_of` does.
    """
    found = {
        fiscal_year: counted_of(
            portfolio,
            evidence,
            scenario,
            steps=steps,
            events=events,
            terms=Terms(begins_on, ends_on, deadline_on),
            levers=levers,
            draws=draws,
            seed=seed,
        )
        for fiscal_year, deadline_on in sorted(deadlines.items())
    }
    last = found[max(found)].means if found else {}
    return (
        {fiscal_year: one.companies for fiscal_year, one in found.items()},
        {name: float(tonnes[COMPANIES]) for name, tonnes in last.items()},
    )


def _together(terms: Terms, blocks: Sequence[tuple[Counter, dict[Cell, Floats]]]) -> Counted:
    draws = sum(one.lots.draws for one, _ in blocks)
    # A project may have no tonnes in any draw of a block.
    cells = sorted({cell for _, found in blocks for cell in found})
    names = sorted({name for one, _ in blocks for name in one.means})
    nothing = np.zeros(PLACES)
    by_cell = {
        cell: np.concatenate(
            [found.get(cell, np.zeros((PLACES, one.lots.draws))) for one, found in blocks], axis=1
        )
        for cell in cells
    }
    return Counted(
        terms=terms,
        total=sum(by_cell.values(), np.zeros((PLACES, draws))),
        cells=by_cell,
        realised=np.concatenate([one.realised for one, _ in blocks], axis=1),
        cancelled=np.concatenate([one.cancelled for one, _ in blocks], axis=1),
        without_vintage=np.concatenate([one.without_vintage for one, _ in blocks], axis=1),
        means={
            name: sum((one.means.get(name, nothing) for one, _ in blocks), nothing) / draws for name in names
        },
    )
