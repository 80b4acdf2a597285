"""Annual reductions of projects: of one without an estimate by what is known of it, and of new ones as a distribution.

A project without an estimate has not been listed as a rule, and documents of a selection state other figures than
project documents do. So its size is learnt from projects not yet listed, where enough of them state one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.amounts import LARGEST_ANNUAL_TCO2
from model.outlook.portfolio import Floats, Portfolio, ProjectRow
from model.outlook.survival import Truths

ENOUGH = 20
"""Projects not yet listed with an estimate, from which on sizes are learnt from them alone."""
GROUP_WEIGHT = 5
"""Observations that the whole counts as against those of a group."""
PRIOR_WEIGHT = 3
PRIOR_SPREAD, PRIOR_SPREAD_PER_MW = 1.5, 0.7
PRIOR_LOG_SIZE, PRIOR_LOG_PER_MW = float(np.log(5_000)), float(np.log(700))
"""Tonnes a year, and per MW, where no project known states any."""

KNOTS = 4_096
TAIL_SHARE = 0.1
PRIOR_TAIL = 1.5
"""Exponent of the tail of project sizes (Pareto), with PRIOR_TAIL_WEIGHT observations behind it."""
PRIOR_TAIL_WEIGHT = 5


@dataclass(frozen=True)
class Fit:
    """A quantity on the log scale: the whole and what groups add to it, each drawn towards nothing by GROUP_WEIGHT."""

    whole: float
    technology: Mapping[str, float]
    programme: Mapping[str, float]
    stage: Mapping[str, float]
    spread: float
    projects: int

    def of(self, row: ProjectRow) -> float:
        """The middle for a project, log."""
        return (
            self.whole
            + self.technology.get(row["technology"], 0.0)
            + self.programme.get(row["programme"], 0.0)
            + self.stage.get(row["stage"], 0.0)
        )


@dataclass(frozen=True)
class Sizes:
    """Annual reductions: fits for projects without an estimate, and the whole distribution with its heavy tail.

    - by_words, per_mw: tonnes a year, and tonnes a year and MW for titles that state a power.
    - quantiles: annual tCO2 at KNOTS even probabilities, a lognormal body with a Pareto tail above the 90 % point.
    """

    by_words: Fit
    per_mw: Fit
    quantiles: Floats
    tail_exponent: float
    threshold: float
    projects: int

    def of_project(self, row: ProjectRow, power_mw: float) -> tuple[float, float]:
        """Log middle and log spread of the annual tonnes of a project; `power_mw` is NaN where none is stated."""
        if np.isfinite(power_mw) and self.per_mw.projects >= PRIOR_WEIGHT:
            return self.per_mw.of(row) + float(np.log(power_mw)), self.per_mw.spread
        return self.by_words.of(row), self.by_words.spread


def sizes_of(portfolio: Portfolio) -> Sizes:
    """The fits on all projects of the day with an estimate."""
    known = np.isfinite(portfolio.annual) & (portfolio.annual > 0)
    logs = np.log(np.where(known, portfolio.annual, 1.0))
    with_power = known & np.isfinite(portfolio.power_mw)
    per_mw = logs - np.log(np.where(with_power, portfolio.power_mw, 1.0))
    amounts = np.sort(portfolio.annual[known])
    exponent, threshold = _tail(amounts)
    return Sizes(
        _fit(portfolio.rows, logs, known, PRIOR_LOG_SIZE, PRIOR_SPREAD),
        _fit(portfolio.rows, per_mw, with_power, PRIOR_LOG_PER_MW, PRIOR_SPREAD_PER_MW),
        _size_quantiles(amounts, exponent, threshold),
        exponent,
        threshold,
        int(known.sum()),
    )


def _fit(rows: Sequence[ProjectRow], logs: Floats, known: Truths, prior: float, prior_spread: float) -> Fit:
    """Effects one after another, each on what the former leave, on projects not yet listed where ENOUGH are."""
    waiting = known & np.array([row["stage"] == "pipeline" for row in rows])
    fitted = waiting if waiting.sum() >= ENOUGH else known
    whole = (float(logs[fitted].sum()) + PRIOR_WEIGHT * prior) / (int(fitted.sum()) + PRIOR_WEIGHT)
    left = logs - whole
    technology, left = _effects([row["technology"] for row in rows], left, fitted)
    programme, left = _effects([row["programme"] for row in rows], left, fitted)
    squares = float((left[fitted] ** 2).sum()) + PRIOR_WEIGHT * prior_spread**2
    # What stage adds shows on all projects with an estimate, of which the fitted ones are one stage.
    stage, _ = _effects([row["stage"] for row in rows], left, known)
    if fitted is waiting:
        stage = {name: value for name, value in stage.items() if name != "pipeline"}
    spread = float(np.sqrt(squares / (int(fitted.sum()) + PRIOR_WEIGHT)))
    return Fit(whole, technology, programme, stage, spread, int(fitted.sum()))


def _effects(groups: Sequence[str], left: Floats, fitted: Truths) -> tuple[dict[str, float], Floats]:
    """What each group adds on average, drawn towards nothing, and what is left without it."""
    effects = {}
    for name in sorted(set(groups)):
        own = left[fitted & np.array([other == name for other in groups])]
        effects[name] = float(own.sum()) / (len(own) + GROUP_WEIGHT)
    return effects, left - np.array([effects[name] for name in groups])


def _tail(amounts: Floats) -> tuple[float, float]:
    """Exponent of the largest tenth by Hill's estimator, drawn towards PRIOR_TAIL, and where the tail begins."""
    if len(amounts) < 10:
        return PRIOR_TAIL, float(amounts[-1]) if len(amounts) else 50_000.0
    threshold = float(np.quantile(amounts, 1 - TAIL_SHARE))
    above = np.log(amounts[amounts > threshold] / threshold)
    exponent = (len(above) + PRIOR_TAIL_WEIGHT) / (float(above.sum()) + PRIOR_TAIL_WEIGHT / PRIOR_TAIL)
    return exponent, threshold


def _size_quantiles(amounts: Floats, exponent: float, threshold: float) -> Floats:
    at = (np.arange(KNOTS) + 0.5) / KNOTS
    if not len(amounts):
        return np.full(KNOTS, 5_000.0)
    body = np.quantile(amounts, np.minimum(at, 1 - TAIL_SHARE))
    into_tail = np.clip((1 - at) / TAIL_SHARE, 1e-9, 1.0)
    tail = threshold * into_tail ** (-1 / exponent)
    return np.minimum(np.where(at > 1 - TAIL_SHARE, tail, body), LARGEST_ANNUAL_TCO2)
