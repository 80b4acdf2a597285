"""Draws of cumulative reductions: every project of the portfolio and every new one, many times, in blocks.

One draw is one possible future. Delivery and realisation have a part that all projects of a draw share, so that
uncertainty does not average out over many projects. Multipliers have the mean 1: more spread adds nothing to the mean.
Equal seed and scenario produce equal numbers, whatever the number of threads, and a parameter that adds tonnes lowers
no draw: random numbers belong to a project, or to a year of new ones, not to an order (see `streams`).
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from model.amounts import LARGEST_ANNUAL_TCO2
from model.fiscal_year import fiscal_year_of
from model.outlook.evidence import LARGEST_RATIO, Evidence
from model.outlook.new_projects import NewProjects, Shared, chances_of
from model.outlook.portfolio import Floats, Portfolio
from model.outlook.scenario import Scenario
from model.outlook.streams import generator
from model.outlook.survival import Chance

BLOCK = 2_500
"""Draws made together; a block has its own random numbers, whichever thread makes it."""
THREADS = 2
FACTOR_OF_VERIFIED = 3.0
"""A project with verified tonnes is not drawn farther than this from its verified tonnes a year."""
CERTAIN = Chance(1.0, 0.0, 0.0)
_TINY = 1e-6
_DENSE = 4_096

COMPONENTS = (
    "verified",
    "registered",
    "validation",
    "pipeline",
    "imputed",
    "new_government",
    "new_private",
    "new_large",
)
"""What the tonnes of a draw come from, the surest first. `imputed`: projects without an estimate, of any stage."""

Cell = tuple[str, str, int]
"""Component, country (ISO 3166-1 alpha-3) and sectoral scope (0: none stated)."""

Taker = Callable[[int, int, Floats, Floats, Floats], None]
"""Takes a project of a block: its place in the portfolio, a fiscal year, its tonnes [years from that one on, draws], and
when it starts and ends, in fiscal years, one or one a draw."""


@dataclass(frozen=True)
class Draws:
    """Results of all draws, tCO2.

    - years: fiscal years of the rows of `cumulative`.
    - cumulative: [years, draws], to the end of each year, verified tonnes without a date included from the year of
      the as-of day on.
    - cells: [target years, draws] by component, country and sector; new projects have the country "" and sector 0.
    - shared: what the projects of a draw share; seed: of the random numbers.
    """

    years: Sequence[int]
    target_years: Sequence[int]
    cumulative: Floats
    cells: Mapping[Cell, Floats]
    shared: Shared
    seed: int

    @property
    def count(self) -> int:
        """Number of draws."""
        return int(self.cumulative.shape[1])

    def at(self, year: int) -> Floats:
        """Cumulative tonnes of each draw at the end of a fiscal year."""
        return np.asarray(self.cumulative[list(self.years).index(year)])

    def grouped(self, part: Callable[[Cell], str | int | None]) -> dict[str | int, Floats]:
        """Sums over cells [target years, draws] by what `part` says of a cell; None leaves the cell out."""
        sums: dict[str | int, Floats] = {}
        for cell, tonnes in self.cells.items():
            name = part(cell)
            if name is not None:
                sums[name] = sums[name] + tonnes if name in sums else tonnes.copy()
        return sums


def simulate(
    portfolio: Portfolio,
    evidence: Evidence,
    scenario: Scenario,
    *,
    target_years: Sequence[int],
    last_year: int,
    draws: int = 10_000,
    seed: int = 2030,
    threads: int = THREADS,
) -> Draws:
    """Draws the scenario. `last_year` is the last fiscal year of the result, at least the last target year.

    Raises ValueError for target years outside the result or no draw.
    """
    if draws < 1 or not target_years or max(target_years) > last_year:
        message = f"{draws} draws to FY{last_year} for targets of {list(target_years)}"
        raise ValueError(message)
    plan = Plan(portfolio, evidence, scenario, tuple(target_years), last_year)
    sizes = [min(BLOCK, draws - at) for at in range(0, draws, BLOCK)]
    blocks = list(enumerate(sizes))
    if threads > 1 and len(blocks) > 1:
        with ThreadPoolExecutor(threads) as pool:
            made = list(pool.map(lambda block: plan.block(seed, *block), blocks))
    else:
        made = [plan.block(seed, *block) for block in blocks]
    cumulative = np.concatenate([one for one, _, _ in made], axis=1)
    names = made[0][1].keys()
    cells = {name: np.concatenate([some[name] for _, some, _ in made], axis=1) for name in names}
    shared = Shared(
        np.concatenate([some.delivery for _, _, some in made]),
        np.concatenate([some.realisation for _, _, some in made]),
    )
    return Draws(plan.years, tuple(target_years), cumulative, cells, shared, seed)


def delivered_amount(
    of: tuple[Portfolio, Evidence, Scenario], i: int, annual: Floats, shared: Shared, noise: Floats
) -> Floats:
    """tCO2 a year of project `i` as delivered, kept near what is verified where delivery is drawn at all."""
    portfolio, evidence, scenario = of
    delivery = evidence.delivery
    spread = scenario.value("delivery_spread", delivery.spread)
    middle = scenario.value("delivery_mean", delivery.of_technology[portfolio.rows[i]["technology"]])
    ratio = np.minimum(middle * shared.delivery * np.exp(spread * noise - spread**2 / 2), LARGEST_RATIO)
    amount = annual * ratio
    verified = portfolio.verified_per_year.get(i)
    if verified is not None and (spread or scenario.value("delivery_common_spread", delivery.common_spread)):
        amount = np.clip(amount, verified / FACTOR_OF_VERIFIED, verified * FACTOR_OF_VERIFIED)
    return np.asarray(amount, float)


@dataclass(frozen=True)
class _Chance:
    """Random numbers of one project, one a draw; `shared` is what all projects have in common."""

    shared: Shared
    realised: Floats
    started: Floats
    delivered: Floats
    lived: Floats
    sized: Floats


class Plan:
    """What is the same in every block."""

    def __init__(
        self,
        portfolio: Portfolio,
        evidence: Evidence,
        scenario: Scenario,
        target_years: tuple[int, ...],
        last_year: int,
    ) -> None:
        self.portfolio, self.evidence, self.scenario = self.of = (portfolio, evidence, scenario)
        delivery = evidence.delivery
        self.spread = scenario.value("delivery_spread", delivery.spread)
        self.common_spread = scenario.value("delivery_common_spread", delivery.common_spread)
        # Tonnes are whole where nothing of a project is drawn, as the accounting has them.
        self.is_certain = not any(
            (
                self.spread,
                self.common_spread,
                scenario.stated("start_spread"),
                scenario.stated("lifetime_spread"),
            )
        )
        self.order = sorted(range(len(portfolio.rows)), key=self._cell)
        self.now_year = fiscal_year_of(portfolio.as_of)
        self.dense: dict[int, Floats] = {}
        self.first_year = self._first_year()
        self.years = list(range(self.first_year, last_year + 1))
        self.edges = np.arange(self.first_year, last_year + 2, dtype=float)
        self.targets = [self.years.index(year) for year in target_years]
        self.new = NewProjects(portfolio, evidence, scenario, self.edges[1:])
        self.chances = [
            CERTAIN if row["stage"] == "registered" else evidence.realisation.of_project(row)
            for row in portfolio.rows
        ]

    def _first_year(self) -> int:
        """The earliest fiscal year in which any draw may have tonnes."""
        earliest = [
            int(self._start(i, np.zeros(1), is_certain=False)[0])
            for i, start in enumerate(self.portfolio.start)
            if np.isfinite(start)
        ]
        verified = [year for years in self.portfolio.verified.values() for year in years if year is not None]
        return min([self.now_year, *earliest, *verified])

    def _cell(self, i: int) -> Cell:
        row = self.portfolio.rows[i]
        component = row["stage"] if np.isfinite(self.portfolio.annual[i]) else "imputed"
        return component, row["iso3"], row["sector_number"]

    def block(
        self, seed: int, number: int, size: int, take: Taker | None = None
    ) -> tuple[Floats, dict[Cell, Floats], Shared]:
        """Cumulative tonnes [years, size], cells [targets, size] and what draws share, of one block.

        `take` is handed each project that has tonnes.
        """
        rng = generator(seed, number)
        # Drawn for all projects whether used or not, so that scenarios are compared on equal chances.
        shape = (len(self.order), size)
        shared = Shared(
            np.exp(self.common_spread * rng.standard_normal(size) - self.common_spread**2 / 2),
            rng.standard_normal(size),
        )
        realised, started = rng.random(shape), rng.random(shape)
        delivered, lived, sized = (rng.standard_normal(shape) for _ in range(3))
        yearly = np.zeros((len(self.years), size))
        cells: dict[Cell, Floats] = {}
        current: Cell | None = None
        of_cell = np.zeros_like(yearly)
        for place, i in enumerate(self.order):
            cell = self._cell(i)
            if cell != current:
                self._close(current, of_cell, yearly, cells)
                current = cell
            chance = _Chance(
                shared, realised[place], started[place], delivered[place], lived[place], sized[place]
            )
            self._add(i, of_cell, chance, take)
        self._close(current, of_cell, yearly, cells)
        cumulative = np.cumsum(yearly, axis=0)
        self._add_verified(cumulative, cells, size)
        for component, added in self.new.drawn(shared, seed, number):
            cumulative += added
            cells[(component, "", 0)] = added[self.targets]
        return cumulative, cells, shared

    def _close(self, cell: Cell | None, of_cell: Floats, yearly: Floats, cells: dict[Cell, Floats]) -> None:
        """Adds a finished cell to the block and empties it for the next."""
        if cell is None:
            return
        cells[cell] = np.stack([of_cell[: at + 1].sum(axis=0) for at in self.targets])
        yearly += of_cell
        of_cell[:] = 0

    def _add(self, i: int, of_cell: Floats, chance: "_Chance", take: Taker | None) -> None:
        """Adds the tonnes of one project in every draw."""
        scenario, row = self.scenario, self.portfolio.rows[i]
        annual = self._annual(i, chance.sized)
        if annual is None or not np.isfinite(self.portfolio.start[i]):
            return
        amount = delivered_amount(self.of, i, annual, chance.shared, chance.delivered)
        covered, replaced = self.portfolio.covered.get(i, ()), self.portfolio.replaced.get(i, {})
        # What has verified tonnes has begun and is there.
        has_begun = bool(covered or replaced)
        if not has_begun and row["stage"] != "registered":
            stated = scenario[f"realisation_{row['stage']}"]
            amount = amount * (chance.realised < chances_of(self.chances[i], stated, chance.shared))
        start = self._start(
            i, chance.started, is_certain=has_begun or row["start_basis"] in {"stated", "verified"}
        )
        life = self.portfolio.end[i] - self.portfolio.start[i]
        spread = scenario.stated("lifetime_spread")
        end = start + life * np.exp(spread * chance.lived - spread**2 / 2) if spread else start + life
        first = max(0, int(start.min()) - self.first_year)
        last = min(len(self.years), int(end.max()) - self.first_year + 1)
        if first >= last:
            return
        edges = self.edges[first : last + 1, None]
        years = np.diff(np.clip(edges, start, end), axis=0)
        for begin, finish in covered:
            since = np.maximum(start, begin)
            until = np.maximum(np.minimum(end, finish), since)
            years = years - np.diff(np.clip(edges, since, until), axis=0)
        tonnes = years * amount
        if self.is_certain:
            tonnes += 0.5 + _TINY
            np.floor(tonnes, out=tonnes)
        for year, tco2 in replaced.items():
            if first <= year - self.first_year < last:
                at = year - self.first_year - first
                tonnes[at] = np.maximum(tonnes[at] - tco2, 0.0)
        of_cell[first:last] += tonnes
        if take is not None:
            take(i, self.first_year + first, tonnes, start, end)

    def _annual(self, i: int, sized: Floats) -> Floats | None:
        """tCO2 a year: the estimate, or one drawn from like projects; None where such projects are left out."""
        known = self.portfolio.annual[i]
        if np.isfinite(known):
            return np.full(1, known)
        if not self.scenario.stated("impute"):
            return None
        log_middle, spread = self.evidence.sizes.of_project(
            self.portfolio.rows[i], float(self.portfolio.power_mw[i])
        )
        return np.asarray(np.minimum(np.exp(log_middle + spread * sized), LARGEST_ANNUAL_TCO2))

    def _start(self, i: int, started: Floats, *, is_certain: bool) -> Floats:
        base = self.portfolio.start[i]
        if is_certain:
            return np.full(1, base)
        delays, row = self.evidence.delays, self.portfolio.rows[i]
        if row["start_basis"] == "registration":
            table = delays.registration
        else:
            table = delays.deviations.get(row["programme"], delays.deviations[None])
        spread = self.scenario.stated("start_spread")
        shift = self.scenario.stated("start_shift_years") if base > self.portfolio.day_in_years else 0.0
        if not spread:
            return np.full(1, base + shift)
        return np.asarray(base + shift + spread * self._dense(table)[(started * _DENSE).astype(np.intp)])

    def _dense(self, table: Floats) -> Floats:
        """A quantile table at so many points that looking up takes the place of interpolating."""
        found = self.dense.get(id(table))
        if found is None:
            at = (np.arange(_DENSE) + 0.5) / _DENSE * (len(table) - 1)
            found = self.dense[id(table)] = np.interp(at, np.arange(len(table)), table)
        return found

    def _add_verified(self, cumulative: Floats, cells: dict[Cell, Floats], size: int) -> None:
        for (iso3, sector), years in self.portfolio.verified.items():
            row = np.zeros(len(self.years))
            for year, tco2 in years.items():
                row[max(0, (self.now_year if year is None else year) - self.first_year) :] += tco2
            cumulative += row[:, None]
            cells[("verified", iso3, sector)] = np.repeat(row[self.targets, None], size, axis=1)
