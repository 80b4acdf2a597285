"""Verified ÷ expected tonnes: the middle, the differences between projects, and how unsure the middle is.

The ratio of a project is the one that the build compares for each issuance event (its days, the estimate in force);
events of one project are summed. The logs of the ratios are fitted with Student's t: a single project that stopped
soon (1 t verified of 467 expected) lies 6 below on that scale, and under a normal fit it alone would halve the middle
and treble the spread. Weighing by tonnes was not taken, since three solar plants would then be nearly all there is; the
ratio by tonnes is kept beside it. How far the middle moves without its most influential project is kept too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.outlook.portfolio import Floats, Portfolio, VerifiedRow

PRIOR_DELIVERY = 0.85
PRIOR_ERROR = 0.5
"""Log error of the stated middle, before any observation."""
PRIOR_DELIVERY_SPREAD = 0.5
PRIOR_WEIGHT = 3
"""Observations that the stated spread counts as."""
GROUP_WEIGHT = 5
"""Observations that the whole counts as against those of a technology."""
FREEDOM = 4.0
"""Degrees of freedom of Student's t: at three spreads from the middle an observation counts half."""
ROUNDS = 60


@dataclass(frozen=True)
class Delivery:
    """Verified ÷ expected. `middle` is the robust centre of all ratios; `of_technology` with shrinkage.

    - spread: log scale of the differences between projects; common_spread: log error of the middle, which grows as
      observations are fewer.
    - observed: project, technology, ratio; verified_tco2, expected_tco2: their sums, for the ratio by tonnes.
    - most_moving: the project without which the middle changes most, and what the middle would then be.
    """

    middle: float
    spread: float
    common_spread: float
    of_technology: Mapping[str, float]
    observed: Sequence[tuple[str, str, float]]
    verified_tco2: float
    expected_tco2: float
    most_moving: tuple[str, float] | None

    @property
    def projects(self) -> int:
        """Projects behind the fit."""
        return len(self.observed)

    @property
    def by_tonnes(self) -> float | None:
        """All verified tonnes ÷ all expected for the same days; None where none can be compared."""
        return self.verified_tco2 / self.expected_tco2 if self.expected_tco2 else None


def delivery_of(portfolio: Portfolio, verified: Sequence[VerifiedRow]) -> Delivery:
    """The fit on all events of the day whose tonnes can be compared."""
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
    logs = np.log([ratio for _, _, ratio in observed]) if observed else np.zeros(0)
    middle, spread, error, weights = robust_fit(logs)
    of_technology = {}
    for technology in sorted({row["technology"] for row in portfolio.rows}):
        own = np.array([other == technology for _, other, _ in observed], bool)
        total = float(weights[own].sum()) + GROUP_WEIGHT
        of_technology[technology] = float(
            np.exp((float((weights[own] * logs[own]).sum()) + GROUP_WEIGHT * middle) / total)
        )
    return Delivery(
        float(np.exp(middle)),
        spread,
        error,
        of_technology,
        observed,
        sum(got for got, _ in sums.values()),
        sum(wanted for _, wanted in sums.values()),
        _most_moving(observed, logs, middle),
    )


def robust_fit(logs: Floats) -> tuple[float, float, float, Floats]:
    """Middle, spread and error of the middle on the log scale, and the weight of each observation (about 1, less far out)."""
    prior, precision = float(np.log(PRIOR_DELIVERY)), PRIOR_ERROR**-2
    middle = float(np.median(logs)) if len(logs) else prior
    spread = PRIOR_DELIVERY_SPREAD
    weights = np.ones(len(logs))
    for _ in range(ROUNDS):
        weights = (FREEDOM + 1) / (FREEDOM + ((logs - middle) / spread) ** 2)
        held = precision * spread**2
        middle = (float((weights * logs).sum()) + held * prior) / (float(weights.sum()) + held)
        squares = float((weights * (logs - middle) ** 2).sum()) + PRIOR_WEIGHT * PRIOR_DELIVERY_SPREAD**2
        spread = float(np.sqrt(squares / (len(logs) + PRIOR_WEIGHT)))
    told = len(logs) * (FREEDOM + 1) / (FREEDOM + 3) / spread**2
    return middle, spread, float((precision + told) ** -0.5), weights


def _most_moving(
    observed: Sequence[tuple[str, str, float]], logs: Floats, middle: float
) -> tuple[str, float] | None:
    without = [(project, robust_fit(np.delete(logs, i))[0]) for i, (project, _, _) in enumerate(observed)]
    if not without:
        return None
    project, found = max(without, key=lambda item: abs(item[1] - middle))
    return project, float(np.exp(found))
