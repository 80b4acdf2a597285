"""What the facts say about delays, delivery, sizes, realisation and intake, on the day of the portfolio.

Small groups are drawn towards the whole (shrinkage), and the whole towards a stated prior, by weights that count as
so many observations. Every fit keeps the number of projects behind it, so that a reader sees how thin the evidence is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.outlook.delivery import Delivery, delivery_of
from model.outlook.intake import Intake, intake_of
from model.outlook.portfolio import Floats, Portfolio, ProjectRow, VerifiedRow, in_fiscal_years
from model.outlook.realisation import HistoryRow, Realisation, realisation_of
from model.outlook.sizes import Sizes, sizes_of

GROUP_WEIGHT = 5
"""Observations that the whole counts as against those of a programme."""
LARGEST_RATIO = 3.0
"""Verified ÷ expected; above it none is drawn."""
PRIOR_LIFETIME_YEARS = 10.0
"""Of new projects, where no project known has a schedule."""


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
class Evidence:
    """All fits for one portfolio of so many projects, and how many of them have no schedule."""

    delivery: Delivery
    delays: Delays
    sizes: Sizes
    realisation: Realisation
    intake: Intake
    lifetime_years: float
    projects: int
    unscheduled: int

    @property
    def observed(self) -> Mapping[str, float]:
        """What “as observed” means at the moment, by parameter."""
        return {
            "realisation_pipeline": self.realisation.pipeline.value,
            "realisation_validation": self.realisation.validation.value,
            "realisation_new": self.realisation.new.value,
            "delivery_mean": self.delivery.middle,
            "delivery_spread": self.delivery.spread,
            "delivery_common_spread": self.delivery.common_spread,
            "new_per_year": self.intake.government_per_year,
            "private_per_year": self.intake.private_per_year,
        }


def evidence_of(
    portfolio: Portfolio, verified: Sequence[VerifiedRow], histories: Sequence[HistoryRow] = ()
) -> Evidence:
    """Fits everything on what was known on the day of the portfolio.

    Without `histories` realisation is a judgement and no intake is observed.
    """
    lifetimes = (portfolio.end - portfolio.start)[np.isfinite(portfolio.start)]
    return Evidence(
        delivery_of(portfolio, verified),
        _delays(portfolio.rows),
        sizes_of(portfolio),
        realisation_of(portfolio.as_of, histories),
        intake_of(portfolio.as_of, histories),
        float(np.mean(lifetimes)) if len(lifetimes) else PRIOR_LIFETIME_YEARS,
        len(portfolio.rows),
        int(np.isnan(portfolio.start).sum()),
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
