"""Projects selected after the as-of day: their number, sizes, start and delivery in each draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from model.fiscal_year import fiscal_year_of
from model.outlook.evidence import LARGEST_RATIO, Evidence
from model.outlook.portfolio import Floats, Portfolio
from model.outlook.scenario import Scenario
from model.outlook.streams import compound, generator
from model.outlook.survival import Chance

LARGE_SPREAD = 0.5
"""Log standard deviation of the sizes of very large projects."""

KINDS = ("new_government", "new_private", "new_large")
UNSURE, YEARS_DIFFER = 10, 11
"""Purposes of random numbers beside the kinds (see `streams`)."""


@dataclass(frozen=True)
class Shared:
    """What all projects of a draw share: delivery (a multiplier about 1) and how realisation lies (standard normal)."""

    delivery: Floats
    realisation: Floats


def chances_of(chance: Chance, stated: float | None, shared: Shared) -> Floats:
    """The probability to be realised in each draw: as stated, else as observed with its error on the logit scale."""
    if stated is not None:
        return np.full(1, stated)
    odds = np.log(chance.value / (1 - chance.value))
    error = chance.error / (chance.value * (1 - chance.value))
    return np.asarray(1 / (1 + np.exp(-odds - error * shared.realisation)), float)


@dataclass(frozen=True)
class NewProjects:
    """What is known of new projects; `ends` are the ends of the years drawn, in fiscal years.

    `times` multiplies their number.
    """

    portfolio: Portfolio
    evidence: Evidence
    scenario: Scenario
    ends: Floats
    times: float = 1.0

    def drawn(self, shared: Shared, seed: int, block: int) -> Iterator[tuple[str, Floats]]:
        """Each kind with its cumulative tonnes [years, draws]."""
        scenario, evidence = self.scenario, self.evidence
        now_year = fiscal_year_of(self.portfolio.as_of)
        last = min(int(scenario.stated("last_intake_year")), int(self.ends[-1]) - 1)
        chosen = list(range(now_year, last + 1))
        if not chosen:
            return
        left = np.ones(len(chosen))
        left[0] = now_year + 1 - self.portfolio.day_in_years
        growth = (1 + scenario.stated("growth")) ** np.arange(len(chosen))
        in_operation = self._years_in_operation(chosen).T
        middle = scenario.value("delivery_mean", evidence.delivery.middle)
        ratio = np.minimum(middle * shared.delivery, LARGEST_RATIO)
        realised = chances_of(evidence.realisation.new, scenario["realisation_new"], shared)
        quantiles = evidence.sizes.quantiles
        for place, (kind, number, sizes) in enumerate(
            (
                ("new_government", "new_per_year", scenario.stated("size_factor") * quantiles),
                ("new_private", "private_per_year", scenario.stated("private_size_factor") * quantiles),
                ("new_large", "large_per_year", scenario.stated("large_size_tco2") * _large_sizes()),
            )
        ):
            mean = scenario.value(number, evidence.observed.get(number, 0.0)) * left * self.times
            if kind != "new_large":
                mean = mean * growth
            if not mean.any():
                yield kind, np.zeros((len(self.ends), len(ratio)))
                continue
            about = realised * self._unsure(number, len(ratio), seed, block)
            amounts = np.stack(
                [
                    self._amounts(rate * about, sizes, kind, (seed, block, place, year))
                    for rate, year in zip(mean, chosen, strict=True)
                ]
            )
            yield kind, np.rint(in_operation @ (amounts * ratio))

    def _unsure(self, number: str, size: int, seed: int, block: int) -> Floats:
        """A number that the reader states is meant; one observed on few years is unsure itself. About 1."""
        if self.scenario[number] is not None:
            return np.ones(size)
        spread = self.evidence.intake.spread / np.sqrt(len(self.evidence.intake.years))
        return np.asarray(
            np.exp(spread * generator(seed, block, UNSURE).standard_normal(size) - spread**2 / 2), float
        )

    def _amounts(self, rates: Floats, sizes: Floats, kind: str, address: tuple[int, ...]) -> Floats:
        """Sum of the annual tonnes of the projects of one year in each draw; years differ as observed."""
        if kind != "new_large":
            shape = 1 / max(self.evidence.intake.spread, 0.05) ** 2
            rates = rates * generator(*address, YEARS_DIFFER).gamma(shape, 1 / shape, len(rates))
        return compound(address, rates, sizes)

    def _years_in_operation(self, chosen: Sequence[int]) -> Floats:
        """[chosen years, years]: mean years in operation by the end of a year of what was selected in another."""
        delays = self.evidence.delays.new
        middle = float(np.median(delays))
        delay = middle + self.scenario.stated("start_spread") * (delays - middle)
        start = np.array(chosen)[:, None] + delay[None, :] + self.scenario.stated("start_shift_years")
        start = np.maximum(start, self.portfolio.day_in_years)
        lifetime = self.evidence.lifetime_years
        return np.asarray(
            np.clip(self.ends[None, None, :] - start[:, :, None], 0.0, lifetime).mean(axis=1), float
        )


@cache
def _large_sizes() -> Floats:
    """Sizes of very large projects about their mean of 1, at even probabilities."""
    normal = NormalDist()
    at = [normal.inv_cdf((i + 0.5) / 512) for i in range(512)]
    sizes = np.exp(LARGE_SPREAD * np.array(at))
    return np.asarray(sizes / sizes.mean(), float)
