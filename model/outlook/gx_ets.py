"""An illustration of GX-ETS: how many usable credits companies may hold by each year of compliance, against the demand.

What may be covered with credits, the price band and the day of cancellation are assumptions with a source (GX-…). What
the covered emissions are is not settled: the reader states them, else the demand is not known.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from model.outlook.portfolio import Floats
from model.outlook.results import Interval, interval
from model.outlook.scenario import Fault, ScenarioError

LARGEST_EMISSIONS_TCO2: Final = 2_000_000_000
"""Above the emissions of all Japan: what is above is a slip of units."""
ASSUMED: Final = (
    "GX-LIMIT",
    "GX-PRICE-LOW",
    "GX-PRICE-HIGH",
    "GX-PRICE-GROWTH",
    "GX-DEADLINE",
    "GX-HOLDERS",
    "VINTAGE-2021",
)
"""Codes of the assumptions behind the illustration."""


@dataclass(frozen=True)
class Rules:
    """The rules of the scheme. limit: share of emissions; prices in yen a tonne in `first_year`; growth: a year."""

    first_year: int
    limit: float
    lowest_yen: float
    highest_yen: float
    growth: float

    @classmethod
    def of(cls, assumptions: Mapping[str, float]) -> "Rules":
        """From the values of the assumptions, by code. Raises KeyError for one that is not there."""
        codes = ("GX-LIMIT", "GX-PRICE-LOW", "GX-PRICE-HIGH", "GX-PRICE-GROWTH")
        return cls(int(assumptions["GX-FIRST-YEAR"]), *(assumptions[code] for code in codes))

    def band(self, fiscal_year: int) -> tuple[float, float]:
        """Lowest and highest price of a fiscal year, yen a tonne."""
        factor = (1 + self.growth) ** (fiscal_year - self.first_year)
        return self.lowest_yen * factor, self.highest_yen * factor


@dataclass(frozen=True)
class Year:
    """A fiscal year of compliance. Tonnes are tCO2, values yen.

    - supply: usable credits that companies hold by the day of cancellation, all years so far together; added: what
      came since the year before.
    - demand: most that may be covered with credits in the year, None where the covered emissions are not known.
    - price: lowest and highest; value: of `supply`, its middle at the lowest and at the highest price.
    """

    fiscal_year: int
    supply: Interval
    added: Interval
    demand: float | None
    price: tuple[float, float]
    value: tuple[float, float]

    @property
    def covered_share(self) -> Interval | None:
        """Part of the demand of the year that the supply would meet; None where it is not known, or nothing."""
        if not self.demand:
            return None
        return Interval(
            *(tonnes / self.demand for tonnes in (self.supply.p10, self.supply.p50, self.supply.p90))
        )


@dataclass(frozen=True)
class Illustration:
    """All years, and what projects bring in the mean by the last (tCO2, largest first).

    covered_tco2: emissions a year that the scheme covers, as the reader stated them; None: not known.
    """

    years: Sequence[Year]
    projects: Sequence[tuple[str, float]]
    rules: Rules
    covered_tco2: float | None


def illustration_of(
    supply: Mapping[int, Floats],
    means: Mapping[str, float],
    rules: Rules,
    *,
    covered_tco2: float | None = None,
) -> Illustration:
    """The illustration from company-held tonnes [draws] by the day of cancellation of each fiscal year.

    - means: by project, mean company-held tonnes by the last of them.
    - covered_tco2: emissions a year that the scheme covers, as the reader states them; None: not known.

    Raises ScenarioError for emissions that cannot be used.
    """
    checked_emissions(covered_tco2)
    years, before = [], np.zeros(1)
    for fiscal_year in sorted(supply):
        held = supply[fiscal_year]
        middle, price = float(np.median(held)), rules.band(fiscal_year)
        years.append(
            Year(
                fiscal_year,
                interval(held),
                interval(held - before),
                None if covered_tco2 is None else covered_tco2 * rules.limit,
                price,
                (middle * price[0], middle * price[1]),
            )
        )
        before = held
    brought = sorted(
        ((name, mean) for name, mean in means.items() if mean > 0), key=lambda one: (-one[1], one[0])
    )
    return Illustration(years, brought, rules, covered_tco2)


def checked_emissions(covered_tco2: float | None) -> float | None:
    """The emissions themselves. Raises ScenarioError for what cannot be the emissions that the scheme covers."""
    if covered_tco2 is None or (math.isfinite(covered_tco2) and 0 <= covered_tco2 <= LARGEST_EMISSIONS_TCO2):
        return covered_tco2
    most = LARGEST_EMISSIONS_TCO2 // 1_000_000
    raise ScenarioError(
        (
            Fault(
                "covered_mt",
                f"{covered_tco2 / 1_000_000:g}",
                f"is out of range; allowed: 0 to {most:,} (Mt-CO2 a year), or nothing where not known.",
                f"範囲外です。許容範囲：0～{most:,}（Mt-CO2/年）。不明な場合は空欄としてください。",
            ),
        )
    )
