"""What a reader has chosen: filters, year basis, share, measure, dating and the as-of date. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from view.texts import Texts

YearBasis = Literal["fiscal", "calendar"]
Form = Literal["cumulative", "yearly"]
Share = Literal["total", "japan"]
Measure = Literal["expected", "combined"]
Dating = Literal["monitoring_period", "decision"]
Axis = Literal["auto", "targets", "data"]


@dataclass(frozen=True)
class Selection:
    """One choice of every shared control. An empty tuple means all."""

    as_of: date
    countries: tuple[str, ...] = ()
    sectors: tuple[int, ...] = ()
    technologies: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    fundings: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    year_basis: YearBasis = "fiscal"
    form: Form = "cumulative"
    share: Share = "total"
    measure: Measure = "expected"
    dating: Dating = "monitoring_period"
    axis: Axis = "auto"
    pinned: str = ""
    """Data version that the reader's link names; empty for the published one."""

    @property
    def is_filtered(self) -> bool:
        """Whether the tonnes shown are those of a part of the projects only."""
        return any(
            (self.countries, self.sectors, self.technologies, self.programmes, self.fundings, self.statuses)
        )

    @property
    def is_part(self) -> bool:
        """Whether the figures are those of a part of the programme, of which no target asks a pace."""
        return self.is_filtered or self.share != "total"

    def filters(self) -> dict[str, object]:
        """Parameters that every query of the page takes."""
        return {
            "as_of": self.as_of,
            "countries": list(self.countries) or None,
            "sectors": list(self.sectors) or None,
            "technologies": list(self.technologies) or None,
            "programmes": list(self.programmes) or None,
            "fundings": list(self.fundings) or None,
            "statuses": list(self.statuses) or None,
        }

    def key(self) -> tuple[object, ...]:
        """A hashable value that is equal for equal selections, for caches."""
        return tuple(getattr(self, f.name) for f in fields(self))

    def describe(self, t: Texts, names: Mapping[str, Mapping[str, str]]) -> str:
        """The filters in words, empty without filters. `names` holds the names of each filter's values."""
        parts = []
        for filter_name, values in (
            ("country", self.countries),
            ("sector", tuple(str(s) for s in self.sectors)),
            ("technology", self.technologies),
            ("programme", self.programmes),
            ("funding", self.fundings),
            ("status", self.statuses),
        ):
            if not values:
                continue
            known = names[filter_name]
            shown = [known.get(v, v) for v in values]
            if len(shown) > 3:
                shown = [*shown[:3], t("{n} more", n=len(values) - 3)]
            parts.append(t.listing(shown))
        return t("; ").join(parts)
