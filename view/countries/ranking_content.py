"""What the countries page knows for one selection and measure, and the series of each country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from model.ranking import EXPECTED, Per, Standing, ranked, rungs_of, shares_known
from view.page import Asked, Content, Rows


@dataclass(frozen=True)
class Series:
    """Cumulative tonnes of one country by rung, one value a year of the page's `years`: low and high end, tCO2."""

    low: Mapping[str, list[int]]
    high: Mapping[str, list[int]]

    @property
    def end(self) -> tuple[int, int]:
        """Low and high end at the end of the last year."""
        return sum(v[-1] for v in self.low.values()), sum(v[-1] for v in self.high.values())

    @property
    def lows(self) -> list[int]:
        """The sum of the low ends, year by year."""
        return [sum(of_year) for of_year in zip(*self.low.values(), strict=True)]


class Countries(Content):
    """What the page knows for one selection and measure."""

    ladder = Asked("ladder_by_group")
    by_year = Asked("reductions_by_group")
    shapes = Asked("map_shapes")

    @property
    def figure(self) -> str:
        """The measure of the ladder."""
        return str(self.context.choice["figure"])

    @property
    def per(self) -> Per:
        """What the measure is set against."""
        per: Per = self.context.choice["per"]
        return per

    @property
    def until(self) -> int:
        """Fiscal year up to which tonnes count."""
        return int(self.context.choice["until"])

    @property
    def target_tco2(self) -> int | None:
        """Tonnes of the decided target of that year."""
        return self.context.decided_targets.get(self.until)

    @cached_property
    def partners(self) -> Rows:
        """Partner countries of the selection, with what is known of each."""
        chosen = set(self.selection.of("country"))
        return [row for row in self.answers["coverage_matrix"] if not chosen or row["iso3"] in chosen]

    @cached_property
    def standings(self) -> Sequence[Standing]:
        """The partners ranked."""
        known = shares_known(self.ladder, self.selection.share)
        return ranked(known, self.partners, self.figure, self.per, self.target_tco2)

    @property
    def total_tco2(self) -> int:
        """Sum over all countries, low end, tCO2."""
        return sum(s.tco2 or 0 for s in self.standings)

    @property
    def total_high_tco2(self) -> int:
        """The same, high end."""
        return sum(s.tco2_high or 0 for s in self.standings)

    @property
    def largest(self) -> float:
        """The largest value, high end, to which bars and shades are drawn; above 0."""
        return max((s.value_high or 0.0 for s in self.standings), default=0.0) or 1.0

    @property
    def rung(self) -> str:
        """The rung whose colour the measure has."""
        return "registered" if self.figure == EXPECTED else self.figure

    @cached_property
    def years(self) -> list[int]:
        """The years drawn: from the first to the last that any row has."""
        found = [row["year"] for row in self.by_year if row["year"] is not None]
        return list(range(min(found), max(found) + 1)) if found else []

    @property
    def marked(self) -> int:
        """Place among the years of the one up to which the page counts; the last where all lie before it."""
        return min(max(self.until - self.years[0], 0), len(self.years) - 1)

    @cached_property
    def series(self) -> dict[str, Series]:
        """Series of the countries that have tonnes of the measure."""
        wanted = rungs_of(self.figure)
        found: dict[str, dict[str, dict[int, tuple[int, int]]]] = {}
        for row in self.by_year:
            if row["rung"] in wanted and row["year"] is not None:
                ends = (row["cumulative_low_tco2"], row["cumulative_high_tco2"])
                found.setdefault(row["value"], {}).setdefault(row["rung"], {})[row["year"]] = ends
        made = {
            code: Series(
                *(
                    {
                        rung: [of_year.get(year, (0, 0))[n] for year in self.years]
                        for rung, of_year in rungs.items()
                    }
                    for n in (0, 1)
                )
            )
            for code, rungs in found.items()
        }
        return {code: series for code, series in made.items() if series.end[1]}
