"""An illustration of GX-ETS: how many usable credits companies may hold by each year of compliance, against the demand.

Companies may cover up to a tenth of their emissions of a year with credits. What the covered emissions are is not
settled: the reader states them, else the demand is not known. Source of the limit and the price band: press on the
subcommittee of the Ministry of Economy, Trade and Industry of 2025-12-19 (carboncredits.jp, itmedia, esgjournaljapan);
of the day of cancellation: webinar of the Ministry of the Environment of 2026-07-03, through article6-wiki.
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
ASSUMED: Final[Mapping[str, str]] = {
    "GX-LIMIT": "a tenth of the covered emissions of a year may be covered with credits (press)",
    "GX-PRICE": "price band of the first year, +3 % a year after it (press)",
    "GX-DEADLINE": "cancelled by the end of June after the year (reported)",
    "GX-HOLDERS": "companies use all they hold, for this purpose and no other",
    "VINTAGE-2021": "reductions from 2021 on are usable",
}


@dataclass(frozen=True)
class Rules:
    """The rules of the scheme. limit: share of emissions; prices in yen a tonne in `first_year`; growth: a year."""

    first_year: int
    limit: float = 0.1
    lowest_yen: float = 1_700.0
    highest_yen: float = 4_300.0
    growth: float = 0.03

    def checked(self) -> "Rules":
        """Itself. Raises ScenarioError with every value that cannot be used."""
        faults = [
            Fault(
                name,
                f"{value:g}",
                f"is out of range; allowed: {least:g} to {most:g} ({en}).",
                f"範囲外です。許容範囲:{least:g}~{most:g}({ja})。",
            )
            for name, value, least, most, en, ja in (
                ("limit", self.limit, 0.0, 1.0, "share", "割合"),
                ("lowest_yen", self.lowest_yen, 0.0, 1_000_000.0, "yen a tonne", "円/t"),
                ("highest_yen", self.highest_yen, 0.0, 1_000_000.0, "yen a tonne", "円/t"),
                ("growth", self.growth, -0.5, 0.5, "a year", "年率"),
            )
            if not least <= value <= most
        ]
        if self.lowest_yen > self.highest_yen:
            faults.append(
                Fault(
                    "highest_yen",
                    f"{self.highest_yen:g}",
                    f"is below the lowest price ({self.lowest_yen:g} yen a tonne).",
                    f"下限価格({self.lowest_yen:g}円/t)を下回っています。",
                )
            )
        if faults:
            raise ScenarioError(tuple(faults))
        return self

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
    """All years, what projects bring in the mean by the last (tCO2, largest first), and codes of what is assumed."""

    years: Sequence[Year]
    projects: Sequence[tuple[str, float]]
    assumed: Sequence[str]

    @property
    def demand_note(self) -> tuple[str, str]:
        """What to say of the demand, in English and Japanese; empty where it is known."""
        if all(year.demand is not None for year in self.years):
            return "", ""
        return (
            "Demand not known: the emissions that the scheme covers are not stated.",
            "需要は不明です(制度の対象排出量が入力されていません)。",
        )


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

    Raises ScenarioError, in both languages, for emissions or rules that cannot be used, and for no year.
    """
    rules.checked()
    faults = _faults(supply, rules, covered_tco2)
    if faults:
        raise ScenarioError(tuple(faults))
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
    return Illustration(years, brought, tuple(ASSUMED))


def _faults(supply: Mapping[int, Floats], rules: Rules, covered_tco2: float | None) -> list[Fault]:
    faults = []
    if covered_tco2 is not None and not (
        math.isfinite(covered_tco2) and 0 <= covered_tco2 <= LARGEST_EMISSIONS_TCO2
    ):
        faults.append(
            Fault(
                "covered_tco2",
                f"{covered_tco2:g}",
                f"is out of range; allowed: 0 to {LARGEST_EMISSIONS_TCO2:,} (tCO2 a year), or nothing where not known.",
                f"範囲外です。許容範囲:0~{LARGEST_EMISSIONS_TCO2:,}(tCO2/年)。不明な場合は空欄としてください。",
            )
        )
    if not supply:
        faults.append(
            Fault("fiscal_years", "–", "are none; give one year at least.", "1年度以上を指定してください。")
        )
    faults += [
        Fault(
            "fiscal_years",
            str(year),
            f"is before the scheme begins (FY{rules.first_year}).",
            f"制度開始(FY{rules.first_year})より前です。",
        )
        for year in sorted(supply)
        if year < rules.first_year
    ]
    return faults
