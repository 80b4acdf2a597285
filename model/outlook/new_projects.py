"""Projects selected after the as-of day: their number, sizes, start and delivery in each draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.fiscal_year import fiscal_year_of
from model.outlook.evidence import LARGEST_RATIO, Evidence
from model.outlook.portfolio import Floats, Portfolio
from model.outlook.scenario import Scenario

LARGE_SPREAD = 0.5
MANY = 150
"""New projects of one year and draw from which their sum is drawn as a whole (central limit theorem)."""


@dataclass(frozen=True)
class NewProjects:
    """What is known of new projects; `ends` are the ends of the years drawn, in fiscal years."""

    portfolio: Portfolio
    evidence: Evidence
    scenario: Scenario
    ends: Floats

    def drawn(self, common: Floats, rng: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        """Each component with its cumulative tonnes [years, draws]; `common` is the delivery that a draw shares."""
        scenario, intake, size = self.scenario, self.evidence.intake, len(common)
        now_year = fiscal_year_of(self.portfolio.as_of)
        last = min(int(scenario.stated("last_intake_year")), int(self.ends[-1]) - 1)
        chosen = list(range(now_year, last + 1))
        if not chosen:
            return
        left = np.ones(len(chosen))
        left[0] = now_year + 1 - self.portfolio.day_in_years
        realised = scenario.stated("realisation_new")
        growth = (1 + scenario.stated("growth")) ** np.arange(len(chosen))
        in_operation = self._years_in_operation(chosen).T
        delivery = self.evidence.delivery
        middle = scenario.value("delivery_mean", delivery.middle)
        spread = scenario.value("delivery_spread", delivery.spread)
        ratio = np.minimum(middle * common * np.exp(spread**2 / 2), LARGEST_RATIO)
        # A number the reader states is meant; one observed on few years is unsure itself.
        unsure = np.exp(intake.spread / np.sqrt(5) * rng.standard_normal(size))
        for component, name, observed, factor in (
            ("new_government", "new_per_year", intake.government_per_year, "size_factor"),
            ("new_private", "private_per_year", intake.private_per_year, "private_size_factor"),
        ):
            mean = scenario.value(name, observed) * growth * left * realised
            rate = mean[:, None] * (unsure if scenario[name] is None else np.ones(size))
            amounts = scenario.stated(factor) * self._sums_of_sizes(rate, rng)
            yield component, np.rint(in_operation @ (amounts * ratio))
        mean = scenario.stated("large_per_year") * left * realised
        number = rng.poisson(np.repeat(mean[:, None], size, axis=1)).astype(float)
        noise = rng.standard_normal(number.shape)
        each = scenario.stated("large_size_tco2") * np.exp(
            LARGE_SPREAD * noise / np.sqrt(np.maximum(number, 1))
        )
        yield "new_large", np.rint(in_operation @ (number * each * ratio))

    def _years_in_operation(self, chosen: Sequence[int]) -> Floats:
        """[chosen years, years]: mean years in operation by the end of a year of what was selected in another."""
        delays = self.evidence.delays.new
        middle = float(np.median(delays))
        delay = middle + self.scenario.stated("start_spread") * (delays - middle)
        start = np.array(chosen)[:, None] + delay[None, :] + self.scenario.stated("start_shift_years")
        start = np.maximum(start, self.portfolio.day_in_years)
        lifetime = self.evidence.intake.mean_lifetime_years
        return np.asarray(
            np.clip(self.ends[None, None, :] - start[:, :, None], 0.0, lifetime).mean(axis=1), float
        )

    def _sums_of_sizes(self, rate: Floats, rng: np.random.Generator) -> Floats:
        """Sum of the annual tonnes of the projects of each year and draw, whose number is drawn about `rate`."""
        spread = self.evidence.intake.spread
        if not rate.any():
            return np.zeros_like(rate)
        shape = 1 / max(spread, 0.05) ** 2
        number = rng.poisson(rate * rng.gamma(shape, 1 / shape, rate.shape))
        quantiles = self.evidence.sizes.quantiles
        if number.mean() > MANY:
            noise = rng.standard_normal(number.shape) * np.sqrt(number) * quantiles.std()
            return np.asarray(np.maximum(number * quantiles.mean() + noise, 0.0))
        ends = np.cumsum(number.ravel())
        drawn = quantiles[rng.integers(0, len(quantiles), int(ends[-1]))]
        sums = np.concatenate([[0.0], np.cumsum(drawn)])
        return np.asarray((sums[ends] - sums[ends - number.ravel()]).reshape(number.shape))
