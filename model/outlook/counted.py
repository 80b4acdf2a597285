"""Draws of what counts by a deadline: the projects of a portfolio, new ones, and the events on record.

What is on record is not drawn again: of an event only the steps that are still open are. An event whose monitoring
period is not known counts where it was first transferred, as nothing before FIRST_VINTAGE is (VINTAGE-2021).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.fiscal_year import fiscal_year_of
from model.outlook.counting import (
    COMPANIES,
    LEVELS,
    LOSSES,
    PLACES,
    Chances,
    Path,
    Realised,
    Sums,
    Whole,
    through_steps,
)
from model.outlook.counting_chances import Lots
from model.outlook.counting_terms import Terms
from model.outlook.evidence import Evidence
from model.outlook.portfolio import Floats, Portfolio, in_fiscal_years
from model.outlook.scenario import Scenario
from model.outlook.simulation import BLOCK, THREADS, Plan
from model.outlook.steps_to_counting import StepRow, Steps

NEW = "new"
"""Stands for the projects selected after the as-of day, which have neither country nor sector."""
Cell = tuple[str, int]
"""Country (ISO 3166-1 alpha-3) and sectoral scope (0: none stated, or several)."""


@dataclass(frozen=True)
class Counted:
    """Tonnes by level of `counting` in every draw, by one deadline.

    - total: [PLACES + days, draws]: the levels, the company-held part, and that issued by each day asked for.
    - cells: the same by country and sector, new projects under ("", 0).
    - vintages: by cell, mean realised and cancelled tonnes [2, vintages + 1] by calendar year of the terms; the last
      column is of what has no known vintage.
    - held: by project, mean of the company-held part by the last day asked for; `NEW` and events of several projects
      stand for themselves.
    """

    terms: Terms
    total: Floats
    cells: Mapping[Cell, Floats]
    vintages: Mapping[Cell, Floats]
    held: Mapping[str, float]

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


class Counter:
    """Counts one block of draws, project by project, in any order: random numbers belong to a project, not an order."""

    def __init__(self, portfolio: Portfolio, lots: Lots, terms: Terms, held_on: Sequence[float]) -> None:
        self.portfolio, self.lots, self.held_on = portfolio, lots, held_on
        self.edges, self.deadline = terms.edges, terms.deadline
        self.borders = terms.borders
        self.sums: dict[Cell, Sums] = {}
        self.held: dict[str, float] = {}
        self.cells: dict[Cell, Floats] = {}
        self.vintages: dict[Cell, Floats] = {}

    def add(self, i: int, first_year: int, tonnes: Floats, start: Floats, end: Floats) -> None:
        """Counts the project `i` of the portfolio."""
        row, covered = self.portfolio.rows[i], self.portfolio.covered.get(i, ())
        asked = bool(covered) or i in self.portfolio.replaced
        selected = None if row["stage"] == "registered" else row["fy_selected"] or self.lots.as_of_year
        since = np.maximum(start, max((until for _, until in covered), default=-np.inf))

        def chances(columns: Whole) -> tuple[Whole, Chances]:
            return self.lots.of_project((1, i), row["iso3"], columns, selected=selected, has_asked=asked)

        cell = (row["iso3"], row["sector_number"])
        self._add(row["project_id"], cell, Realised(first_year, tonnes, since, end), chances)

    def add_new(self, k: int, first_year: int, tonnes: Floats) -> None:
        """Counts the k-th component of new projects, all of which are still to be registered."""

        def chances(columns: Whole) -> tuple[Whole, Chances]:
            return self.lots.of_project((2, k), "", columns, selected=self.lots.as_of_year)

        since = np.array([self.lots.as_of_year])
        self._add(NEW, ("", 0), Realised(first_year, tonnes, since), chances)

    def _add(
        self, name: str, cell: Cell, realised: Realised, chances: Callable[[Whole], tuple[Whole, Chances]]
    ) -> None:
        within = realised.within(self.edges[0], self.edges[-1])
        if within is None:
            return
        path = Path(within)
        curve = path.at_edges(self.edges)
        # Draws without tonnes need no further thought; they are many.
        columns = np.flatnonzero(curve[-1] > curve[0])
        if not len(columns):
            return
        columns, chance = chances(columns)
        steps = through_steps(
            path,
            columns,
            chance,
            curve=curve,
            edges=self.edges,
            deadline=self.deadline,
            held_on=self.held_on,
        )
        curve -= curve[0].copy()
        shares = self.lots.shares_of(cell[0])
        if cell not in self.sums:
            self.sums[cell] = Sums(shares, len(self.edges), self.lots.draws, len(self.held_on))
        self.sums[cell].add(curve, columns, steps)
        if self.held_on:
            part = (shares.japan * shares.companies).take(columns)
            self._add_to_held(name, float(steps[-1] @ part))

    def _add_to_held(self, name: str, tonnes: float) -> None:
        self.held[name] = self.held.get(name, 0.0) + tonnes

    def _add_to_cell(self, cell: Cell, levels: Floats, vintages: Floats) -> None:
        self.cells[cell] = self.cells.get(cell, 0.0) + levels
        self.vintages[cell] = self.vintages.get(cell, 0.0) + vintages

    def add_event(self, k: int, event: StepRow) -> None:
        """Counts an event on record, with its open steps drawn."""
        begins, ends, total = event["period_start_on"], event["period_end_on"], event["tco2_low"] or 0
        tonnes = np.zeros(len(self.edges))
        has_vintage = begins is not None and ends is not None
        if begins is not None and ends is not None:
            days = (ends - begins).days + 1
            gone = [min(max((border - begins).days, 0), days) / days for border in self.borders]
            tonnes = np.rint((np.array(gone) - gone[0]) * total)
        elif event["first_transferred_on"] is not None:
            tonnes[-1] = total
        # Of most events on record nothing was reduced in years that count.
        if not tonnes[-1]:
            return
        parts = self.lots.of_event((3, k), event, self.deadline, self.held_on)
        levels = np.rint(parts * tonnes[-1])
        cancelled = np.rint(parts[LEVELS.index("cancelled")] * tonnes[:, None])
        vintages = np.zeros((2, len(tonnes)))
        if has_vintage:
            vintages[:, :-1] = np.diff(tonnes) * self.lots.draws, np.diff(cancelled, axis=0).sum(axis=1)
        else:
            vintages[:, -1] = tonnes[-1] * self.lots.draws, cancelled[-1].sum()
        self._add_to_cell((event["iso3"], event["sector_number"]), levels, vintages)
        if self.held_on:
            self._add_to_held(event["project_id"] or event["issuance_id"], float(levels[-1].sum()))

    def close(self) -> "Counter":
        """Itself with the whole tonnes of every cell, events included; once, after the last was added."""
        for cell, sums in self.sums.items():
            vintages = np.zeros((2, len(self.edges)))
            vintages[:, :-1] = np.diff(sums.vintages)
            self._add_to_cell(cell, sums.levels(), vintages)
        self.sums.clear()
        return self


def counted_of(
    portfolio: Portfolio,
    evidence: Evidence,
    scenario: Scenario,
    *,
    steps: Steps,
    events: Iterable[StepRow],
    terms: Terms,
    held_on: Sequence[date] = (),
    draws: int = 10_000,
    seed: int = 2030,
    threads: int = THREADS,
) -> Counted:
    """Draws the scenario and counts it by the deadline. Equal seed and input give equal numbers.

    `held_on`: days by which company-held tonnes are asked for besides; a later one never has less.

    Raises ScenarioError for terms that cannot be used.
    """
    terms.checked(portfolio.as_of)
    known = [event for event in events if event["tco2_low"]]
    days = [in_fiscal_years(day + timedelta(days=1)) for day in held_on]
    first, last = (fiscal_year_of(day) for day in (terms.first_on, terms.ends_on + timedelta(days=1)))
    years = tuple(range(first, last + 1))
    plan = Plan(portfolio, evidence, scenario, years, last)

    def block(number: int) -> Counter:
        size = min(BLOCK, draws - number * BLOCK)
        lots = Lots(steps, scenario, portfolio.day_in_years, (seed, number), size)
        counter = Counter(portfolio, lots, terms, days)
        cells = plan.block(seed, number, size, counter.add)[1]
        for k, cell in enumerate(sorted(cell for cell in cells if not cell[1])):
            counter.add_new(k, first, np.diff(cells[cell], axis=0, prepend=0.0))
        for k, event in enumerate(known):
            counter.add_event(k, event)
        return counter.close()

    numbers = range(-(-draws // BLOCK))
    if threads > 1 and len(numbers) > 1:
        with ThreadPoolExecutor(threads) as pool:
            return _together(terms, list(pool.map(block, numbers)), PLACES + len(days))
    return _together(terms, [block(number) for number in numbers], PLACES + len(days))


def _together(terms: Terms, blocks: Sequence[Counter], places: int) -> Counted:
    draws = sum(one.lots.draws for one in blocks)
    # A project may have no tonnes in any draw of a block.
    cells = sorted({cell for one in blocks for cell in one.cells})
    by_cell = {
        cell: np.concatenate(
            [one.cells.get(cell, np.zeros((places, one.lots.draws))) for one in blocks], axis=1
        )
        for cell in cells
    }
    return Counted(
        terms=terms,
        total=sum(by_cell.values(), np.zeros((places, draws))),
        cells=by_cell,
        vintages={cell: _mean([one.vintages.get(cell) for one in blocks], draws) for cell in cells},
        held={
            name: sum(one.held.get(name, 0.0) for one in blocks) / draws
            for name in sorted({name for one in blocks for name in one.held})
        },
    )


def _mean(sums: Sequence[Floats | None], draws: int) -> Floats:
    return np.asarray(sum(one for one in sums if one is not None) / draws, float)
