"""What is known of one partner country: rows of its queries."""

from collections.abc import Mapping
from functools import cached_property

from model.ranking import EXPECTED, Standing, ranked, shares_known
from queries.runner import Row
from view.page import Asked, Content, Rows
from view.texts import texts

MIXES = ("sector", "technology", "programme", "funding")
"""What projects of a country are grouped by."""


class CountryProfile(Content):
    """Rows of the queries of one country.

    - mixes: rows of `ladder_by_group` by each of MIXES, to the end of the first target year; everyone: the same of all
      partners, by country.
    - stated: what was stated of any country and of the whole, beside our figures.
    """

    partners = Asked("coverage_matrix")
    by_year = Asked("reductions_by_year:rungs")
    projects = Asked("projects")
    issuances = Asked("country_issuances")
    climate = Asked("country_climate")
    readiness = Asked("readiness")
    steps = Asked("readiness_matrix")
    statements = Asked("country_statements")
    milestones = Asked("milestones")
    sites = Asked("project_sites")
    shapes = Asked("map_shapes")
    stated = Asked("reconciliation")
    everyone = Asked("ladder_by_group:country")

    @property
    def iso3(self) -> str:
        """Code of the country."""
        return str(self.context.choice["iso3"])

    @cached_property
    def partner(self) -> Row:
        """What is known of the country as a partner, with its English name."""
        found = next(row for row in self.partners if row["iso3"] == self.iso3)
        return found | {"name_en": texts("en").country(self.iso3)}

    @property
    def mixes(self) -> Mapping[str, Rows]:
        """Expected and verified tonnes of each group of projects."""
        return {by: self.answers[f"ladder_by_group:{by}"] for by in MIXES}

    @property
    def named_milestones(self) -> Rows:
        """Milestones of the record that name the country."""
        name = self.partner["name_en"]
        return [row for row in self.milestones if name and name in (row["title_en"] or "")]

    @cached_property
    def verified_rung(self) -> str:
        """The rung that counts as verified: decided for issuance, or of that the Japanese side."""
        return "japan" if self.selection.share == "japan" else "notified"

    def ranking(self, figure: str) -> list[Standing]:
        """All partners ranked by their tonnes of a measure of the ladder, to the end of the first target year."""
        known = shares_known(self.everyone, self.selection.share)
        return ranked(known, self.partners, figure, "amount", None)

    @cached_property
    def on_paper(self) -> list[Standing]:
        """All partners ranked by what is expected of them."""
        return self.ranking(EXPECTED)

    @cached_property
    def verified(self) -> list[Standing]:
        """All partners ranked by what is verified."""
        return self.ranking(self.verified_rung)

    @property
    def has_facts(self) -> bool:
        """Whether a project or an issuance of the country is known."""
        return bool(self.projects or self.issuances)
