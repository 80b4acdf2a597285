"""What it would take to reach a goal: so many times as many new projects, or projects so many times as large.

The two differ: many projects even out, large ones do not. Size multiplies the tonnes of each draw, so it is read off
the draws. Number is solved by drawing new projects at other rates, on equal random numbers, and the solution is drawn
again on other ones: what is reached then is kept beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from model.outlook.evidence import Evidence
from model.outlook.new_projects import KINDS, NewProjects, Shared
from model.outlook.portfolio import Floats, Portfolio
from model.outlook.results import Goal
from model.outlook.scenario import Scenario
from model.outlook.simulation import Draws

SEARCH_DRAWS, CHECK_DRAWS = 1_000, 1_500
SEARCH_BLOCK, CHECK_BLOCK = 1_000_001, 1_000_002
"""Addresses of random numbers that no block of draws has (see `streams`)."""
CLOSE_ENOUGH = 0.01
"""Of the chance; and 1 % of the number where the chance jumps."""
TIMES_AT_MOST = 10_000.0


@dataclass(frozen=True)
class Required:
    """Factors on new projects for a chance to reach a goal; None: not by any.

    `number_reaches` is the chance that a second run with the number gives, `size_reaches` that of the size.
    """

    number: float | None
    number_reaches: float | None
    size: float | None
    size_reaches: float | None


def required(
    of: tuple[Portfolio, Evidence, Scenario], draws: Draws, goal: Goal, chances: Sequence[float]
) -> dict[float, Required]:
    """Solves number and size apart, each with the other as the scenario has it."""
    at = list(draws.target_years).index(goal.fiscal_year)
    new = sum((tonnes[at] for cell, tonnes in draws.cells.items() if cell[0] in KINDS), np.zeros(draws.count))
    short = goal.tco2 - (draws.at(goal.fiscal_year) - new)

    def reached(part: slice, block: int) -> Callable[[float], float]:
        shared = Shared(draws.shared.delivery[part], draws.shared.realisation[part])
        ends = np.array([goal.fiscal_year + 1.0])

        def at_number(times: float) -> float:
            drawn = NewProjects(*of, ends, times).drawn(shared, draws.seed, block)
            tonnes = sum((one[0] for _, one in drawn), np.zeros(len(shared.delivery)))
            return float((tonnes >= short[part]).mean())

        return at_number

    search = cache(reached(slice(0, SEARCH_DRAWS), SEARCH_BLOCK))
    check = reached(slice(-min(CHECK_DRAWS, draws.count), None), CHECK_BLOCK)
    found = {}
    for chance in chances:
        size = size_factor(short, new, chance)
        number = solved(search, chance, size) if size else size
        found[chance] = Required(
            number,
            None if number is None else check(number),
            size,
            None if size is None else float((size * new >= short).mean()),
        )
    return found


def size_factor(short: Floats, new: Floats, chance: float) -> float | None:
    """The quantile of what each draw needs, what is short ÷ new; 0 where nothing new is needed, None where no factor helps."""
    with np.errstate(divide="ignore", invalid="ignore"):
        needs = np.where(short <= 0, 0.0, np.where(new > 0, short / new, np.inf))
    factor = float(np.quantile(needs, chance, method="inverted_cdf"))
    return factor if np.isfinite(factor) else None


def solved(reached: Callable[[float], float], chance: float, guess: float) -> float | None:
    """The number at which `chance` is reached, within CLOSE_ENOUGH of it; None beyond TIMES_AT_MOST.

    Bisection on the log of the number, at the place where a normal law between both ends has the chance.
    """
    low, high = guess * 0.75, guess
    while reached(high) < chance:
        low, high = high, high * 1.5
        if high > TIMES_AT_MOST:
            return None
    while reached(low) >= chance:
        low, high = low * 0.7, low
        if high < 1 / TIMES_AT_MOST:
            return 0.0
    while reached(high) - chance > CLOSE_ENOUGH and high / low > 1 + CLOSE_ENOUGH:
        left, right, wanted = _normal(reached(low)), _normal(reached(high)), _normal(chance)
        at = (wanted - left) / (right - left) if right > left else 0.5
        # A little above the place, so that the end that reaches the chance comes close to it.
        middle = float(low * (high / low) ** min(max(at * 1.02 + 0.02, 0.15), 0.9))
        low, high = (low, middle) if reached(middle) >= chance else (middle, high)
    return high


def _normal(chance: float) -> float:
    return NormalDist().inv_cdf(min(max(chance, 0.0005), 0.9995))
