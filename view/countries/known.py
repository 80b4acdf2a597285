"""What is known of one partner country: rows of its queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from view.selection import Selection
from view.target.content import Rows

MIXES = ("sector", "technology", "programme", "funding")
"""What projects of a country are grouped by."""


@dataclass(frozen=True)
class Profile:
    """Rows of the queries of one country, with the parameters of each.

    - targets: fiscal year and tonnes of each in force; first_year is that of the nearest, on the day of the data where
      none is in force yet.
    - mixes: rows of `ladder_by_group` by each of MIXES, to the end of first_year.
    """

    partner: Mapping[str, Any]
    partners: Rows
    selection: Selection
    targets: Sequence[tuple[int, int]]
    first_year: int
    mixes: Mapping[str, Rows]
    by_year: Rows
    projects: Rows
    issuances: Rows
    climate: Rows
    readiness: Rows
    statements: Rows
    milestones: Rows
    sites: Rows
    shapes: Rows
    names: Mapping[str, Mapping[str, str]]

    @property
    def iso3(self) -> str:
        """Code of the country."""
        return str(self.partner["iso3"])
