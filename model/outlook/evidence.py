"""What the facts say about delays, delivery, sizes and intake, on the day of the portfolio.

Small groups are drawn towards the whole (shrinkage), and the whole towards a stated prior, by weights that count as
so many observations. Every fit keeps the number of projects behind it, so that a reader sees how thin the evidence is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.amounts import LARGEST_ANNUAL_TCO2
from model.fiscal_year import fiscal_year_of
from model.outlook.portfolio import Floats, Portfolio, ProjectRow, VerifiedRow, in_fiscal_years

PRIOR_DELIVERY = 0.85
PRIOR_DELIVERY_SPREAD = 0.3
PRIOR_WEIGHT = 3
GROUP_WEIGHT = 5
"""Observations that the whole counts as against those of a group."""

LARGEST_RATIO = 3.0
"""Verified ÷ expected; above it none is drawn."""

KNOTS = 4_096
TAIL_SHARE = 0.1
PRIOR_TAIL = 1.5
"""Exponent of the tail of project sizes (Pareto), with PRIOR_TAIL_WEIGHT observations behind it."""
PRIOR_TAIL_WEIGHT = 5
PRIOR_INTAKE_SPREAD = 0.4
PRIOR_LIFETIME_YEARS = 10.0
"""Of new projects, where no project known has a schedule."""
RECENT_YEARS = 5


@dataclass(frozen=True)
class Delivery:
    """Verified ÷ expected. `middle` is the median ratio of all; `of_technology` with shrinkage.

    spread: log standard deviation between projects; common_spread: of the middle itself.
    """

    middle: float
    spread: float
    common_spread: float
    of_technology: Mapping[str, float]
    observed: Sequence[tuple[str, str, float]]

    @property
    def projects(self) -> int:
        """Projects behind the fit."""
        return len(self.observed)


@dataclass(frozen=True)
class Delays:
    """Years by which a start differs from the assumed one: quantile functions on even probabilities.

    `deviations` by programme; the key None is of all. `new` is the whole delay from 1 April of the fiscal year of
    selection, for new projects. `registration` are deviations for starts counted from registration.
    """

    deviations: Mapping[str | None, Floats]
    registration: Floats
    new: Floats
    projects: int


@dataclass(frozen=True)
class Sizes:
    """Annual reductions: log means by technology with shrinkage, and the whole distribution with its heavy tail.

    - log_mean, log_per_mw: by technology; per MW only where three projects state both.
    - quantiles: annual tCO2 at KNOTS even probabilities, a lognormal body with a Pareto tail above the 90 % point.
    """

    log_mean: Mapping[str, float]
    log_spread: float
    log_per_mw: Mapping[str, float]
    log_per_mw_spread: float
    quantiles: Floats
    tail_exponent: float
    threshold: float
    projects: int


@dataclass(frozen=True)
class Intake:
    """New projects a fiscal year as observed, and how much years differ (standard deviation ÷ mean)."""

    government_per_year: float
    private_per_year: float
    spread: float
    by_year: Mapping[int, int]
    without_year: int
    mean_lifetime_years: float


@dataclass(frozen=True)
class Evidence:
    """All fits for one portfolio of so many projects, and how many of them have no schedule."""

    delivery: Delivery
    delays: Delays
    sizes: Sizes
    intake: Intake
    projects: int
    unscheduled: int


def evidence_of(portfolio: Portfolio, verified: Sequence[VerifiedRow]) -> Evidence:
    """Fits everything on what was known on the day of the portfolio."""
    return Evidence(
        _delivery(portfolio, verified),
        _delays(portfolio.rows),
        _sizes(portfolio),
        _intake(portfolio),
        len(portfolio.rows),
        int(np.isnan(portfolio.start).sum()),
    )


def _delivery(portfolio: Portfolio, verified: Sequence[VerifiedRow]) -> Delivery:
    place = {row["project_id"]: i for i, row in enumerate(portfolio.rows)}
    sums: dict[int, tuple[float, float]] = {}
    for event in verified:
        i = place.get(event["project_id"] or "")
        expected = event["expected_tco2"]
        if i is not None and expected and event["tco2_low"] > 0:
            was = sums.get(i, (0.0, 0.0))
            sums[i] = (was[0] + event["tco2_low"], was[1] + expected)
    observed = [
        (portfolio.rows[i]["project_id"], portfolio.rows[i]["technology"], got / wanted)
        for i, (got, wanted) in sorted(sums.items())
    ]
    logs = np.log([ratio for _, _, ratio in observed])
    n = len(logs)
    prior = float(np.log(PRIOR_DELIVERY))
    middle = (float(logs.sum()) + PRIOR_WEIGHT * prior) / (n + PRIOR_WEIGHT)
    squares = float(((logs - middle) ** 2).sum()) + PRIOR_WEIGHT * PRIOR_DELIVERY_SPREAD**2
    spread = float(np.sqrt(squares / (n + PRIOR_WEIGHT)))
    of_technology = {}
    for technology in sorted({row["technology"] for row in portfolio.rows}):
        own = [float(np.log(ratio)) for _, other, ratio in observed if other == technology]
        of_technology[technology] = float(
            np.exp((sum(own) + GROUP_WEIGHT * middle) / (len(own) + GROUP_WEIGHT))
        )
    return Delivery(
        float(np.exp(middle)), spread, spread / float(np.sqrt(n + PRIOR_WEIGHT)), of_technology, observed
    )


def _delays(rows: Sequence[ProjectRow]) -> Delays:
    by_programme: dict[str, list[float]] = {}
    from_registration: list[float] = []
    for row in rows:
        if row["start_basis"] != "stated" or row["start_on"] is None:
            continue
        start = in_fiscal_years(row["start_on"])
        if row["fy_selected"] is not None:
            by_programme.setdefault(row["programme"], []).append(start - row["fy_selected"])
        if row["registered_on"] is not None:
            from_registration.append(start - in_fiscal_years(row["registered_on"]))
    everything = [delay for some in by_programme.values() for delay in some]
    of_all = _deviation_quantiles(everything)
    deviations: dict[str | None, Floats] = {None: of_all}
    for programme, some in by_programme.items():
        weight = len(some) / (len(some) + GROUP_WEIGHT)
        deviations[programme] = weight * _deviation_quantiles(some) + (1 - weight) * of_all
    middle = float(np.median(everything)) if everything else 2.0
    return Delays(
        deviations,
        _deviation_quantiles(from_registration),
        np.maximum(middle + of_all, 0.0),
        len(everything),
    )


def _deviation_quantiles(delays: Sequence[float]) -> Floats:
    """Deviations from the median at 101 even probabilities; none observed: no deviation."""
    if not delays:
        return np.zeros(101)
    deviations = np.array(delays) - np.median(delays)
    return np.asarray(np.quantile(deviations, np.linspace(0, 1, 101)), float)


def _sizes(portfolio: Portfolio) -> Sizes:
    known = np.isfinite(portfolio.annual) & (portfolio.annual > 0)
    logs = np.log(np.where(known, portfolio.annual, 1.0))
    technologies = [row["technology"] for row in portfolio.rows]
    overall = float(logs[known].mean()) if known.any() else float(np.log(5_000))
    log_mean: dict[str, float] = {}
    log_per_mw: dict[str, float] = {}
    residuals: list[float] = []
    mw_residuals: list[float] = []
    for technology in sorted(set(technologies)):
        of_it = np.array([other == technology for other in technologies])
        own = logs[of_it & known]
        log_mean[technology] = (float(own.sum()) + GROUP_WEIGHT * overall) / (len(own) + GROUP_WEIGHT)
        residuals += list(own - log_mean[technology])
        with_power = of_it & known & np.isfinite(portfolio.power_mw)
        if with_power.sum() >= PRIOR_WEIGHT:
            per_mw = logs[with_power] - np.log(portfolio.power_mw[with_power])
            log_per_mw[technology] = float(np.median(per_mw))
            mw_residuals += list(per_mw - log_per_mw[technology])
    amounts = np.sort(portfolio.annual[known])
    exponent, threshold = _tail(amounts)
    return Sizes(
        log_mean,
        _spread(residuals, 1.5),
        log_per_mw,
        _spread(mw_residuals, 0.7),
        _size_quantiles(amounts, exponent, threshold),
        exponent,
        threshold,
        int(known.sum()),
    )


def _spread(residuals: Sequence[float], prior: float) -> float:
    squares = float((np.array(residuals) ** 2).sum()) + PRIOR_WEIGHT * prior**2
    return float(np.sqrt(squares / (len(residuals) + PRIOR_WEIGHT)))


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


def _intake(portfolio: Portfolio) -> Intake:
    year_now = fiscal_year_of(portfolio.as_of)
    supported = [row for row in portfolio.rows if row["funding"] != "private"]
    by_year: dict[int, int] = {}
    for row in supported:
        if row["fy_selected"] is not None:
            by_year[row["fy_selected"]] = by_year.get(row["fy_selected"], 0) + 1
    recent = [by_year.get(year, 0) for year in range(year_now - RECENT_YEARS, year_now)]
    with_year = sum(by_year.values())
    # Projects whose fiscal year of selection is not known are taken to be spread over the years as the others.
    scale = len(supported) / with_year if with_year else 1.0
    mean = float(np.mean(recent)) * scale
    years_so_far = max(1, year_now - min(by_year, default=year_now))
    spread = float(np.std(recent) / np.mean(recent)) if sum(recent) else PRIOR_INTAKE_SPREAD
    weighted = (spread * RECENT_YEARS + PRIOR_INTAKE_SPREAD * PRIOR_WEIGHT) / (RECENT_YEARS + PRIOR_WEIGHT)
    lifetimes = (portfolio.end - portfolio.start)[np.isfinite(portfolio.start)]
    return Intake(
        mean,
        (len(portfolio.rows) - len(supported)) / years_so_far,
        weighted,
        dict(sorted(by_year.items())),
        len(supported) - with_year,
        float(np.mean(lifetimes)) if len(lifetimes) else PRIOR_LIFETIME_YEARS,
    )
