"""What a reader has chosen: filters, year basis, share, measure, dating and the as-of date. Pure values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal

from model.filters import FILTER, FILTERS
from view.texts import Texts

YearBasis = Literal["fiscal", "calendar"]
Form = Literal["cumulative", "yearly"]
Share = Literal["total", "japan"]
Measure = Literal["expected", "combined"]
Dating = Literal["monitoring_period", "decision"]
Axis = Literal["auto", "targets", "data"]
NAMED_AT_MOST = 3
"""Values of one filter that a sentence names."""


@dataclass(frozen=True)
class Selection:
    """One choice of every shared control."""

    as_of: date
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Values of filters by their keys, in the order of the list of filters; a filter that takes all has no entry."""
    year_basis: YearBasis = "fiscal"
    form: Form = "cumulative"
    share: Share = "total"
    measure: Measure = "expected"
    dating: Dating = "monitoring_period"
    axis: Axis = "auto"
    pinned: str = ""
    """Data version that the reader's link names; empty for the published one."""
    record: Literal["public", "own"] = "public"
    """The public record, or the organisation's own laid over it."""

    @property
    def is_filtered(self) -> bool:
        """Whether the tonnes shown are those of a part of the projects only."""
        return bool(self.chosen)

    def of(self, key: str) -> tuple[str, ...]:
        """The values chosen of one filter; empty for all."""
        return dict(self.chosen).get(key, ())

    def narrowed(self, **values: Sequence[str]) -> "Selection":
        """The same with other values of some filters; an empty one takes all."""
        wanted = {**dict(self.chosen), **{FILTER[key].key: tuple(given) for key, given in values.items()}}
        return replace(
            self, chosen=tuple((one.key, wanted[one.key]) for one in FILTERS if wanted.get(one.key))
        )

    @property
    def is_part(self) -> bool:
        """Whether the figures are those of a part of the programme, of which no target asks a pace."""
        return self.is_filtered or self.share != "total"

    def filters(self) -> dict[str, object]:
        """Parameters that every query of the page takes."""
        return {
            "as_of": self.as_of,
            **{
                one.parameter: [int(v) if one.is_number else v for v in self.of(one.key)] or None
                for one in FILTERS
            },
        }

    def key(self) -> tuple[object, ...]:
        """A hashable value that is equal for equal selections, for caches."""
        return tuple(getattr(self, f.name) for f in fields(self))

    def describe(
        self, t: Texts, names: Mapping[str, Mapping[str, str]], *, most: int | None = NAMED_AT_MOST
    ) -> str:
        """The filters in words, empty without filters. `names` holds the names of each filter's values.

        Of more than `most` values the rest is a number; None names all.
        """
        parts = []
        for key, values in self.chosen:
            known = names[key]
            shown = [known.get(v, v) for v in values]
            if most is not None and len(shown) > most:
                shown = [*shown[:most], t("{n} more", n=len(values) - most)]
            parts.append(t.listing(shown))
        return t("; ").join(parts)
