"""Our own figures as of a day, to be put beside official statements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from etl.steps.assumptions import AssumptionBook
from etl.steps.dating import in_force
from etl.steps.fact_rows import FactRows, Project, Transfer
from etl.steps.issued import projects_of
from etl.steps.stages import ProjectHistory
from model.ladder import PROJECT_RUNGS

ProjectTest = Callable[[Project], bool]


@dataclass(frozen=True)
class Evidence:
    """All that is known, asked as of a day: a fact known later is never seen."""

    facts: FactRows
    histories: Mapping[str, ProjectHistory]
    event: pl.DataFrame
    expected: pl.DataFrame
    book: AssumptionBook
    partner_country: pl.DataFrame
    target: pl.DataFrame

    def partners(self, as_of: date) -> int:
        """Count partner countries that had signed by a day, at the latest limit of each signature."""
        return self.partner_country.filter(pl.col("signed_to_on") <= as_of).height

    def projects(self, as_of: date, stages: tuple[str, ...], counts: ProjectTest) -> int:
        """Count projects in the target scope that stood on one of the stages on a day."""
        return sum(
            history.in_target_scope(as_of) and history.stage(as_of) in stages and counts(history.project)
            for history in self.histories.values()
        )

    def listed(self, as_of: date, iso3: str) -> int:
        """Count projects of a country with a JCM reference number, withdrawn ones too, known by a day."""
        return sum(
            history.project.ref_no is not None
            and history.project.iso3 == iso3
            and history.stage(as_of) in ("validation", "registered", "withdrawn")
            for history in self.histories.values()
        )

    def registered_with_issuance(self, as_of: date, iso3: str | None) -> int:
        """Count registered projects, of a country or of all, that an issuance event known by a day names."""
        return self.projects(
            as_of,
            ("registered",),
            lambda project: (
                self._named_from.get(project.project_id, date.max) <= as_of and iso3 in (None, project.iso3)
            ),
        )

    @cached_property
    def _named_from(self) -> dict[str, date]:
        """The day from which an event of a project is known."""
        known = self.event.select("event", "known_on")
        named = (
            projects_of(self.event)
            .join(known, on="event")
            .group_by("project_id")
            .agg(pl.col("known_on").min())
        )
        return dict(named.iter_rows())

    def annual_estimates_tco2(self, as_of: date, counts: ProjectTest) -> int:
        """Sum the annual estimates in force on a day, tCO2 a year, of dormant projects too: officials count these."""
        return sum(
            estimate.annual_tco2
            for history in self.histories.values()
            if history.in_target_scope(as_of)
            and history.stage(as_of) in PROJECT_RUNGS
            and counts(history.project)
            and (estimate := history.estimate(as_of))
        )

    def expected_tco2(self, as_of: date, year_column: str, last_year: int, counts: ProjectTest) -> int:
        """Sum expected tonnes to the end of a fiscal or calendar year, as known on a day, of dormant projects too."""
        counted = [project_id for project_id, project in self.facts.projects.items() if counts(project)]
        rows = in_force(self.expected, as_of).filter(
            (pl.col(year_column) <= last_year) & pl.col("project_id").is_in(counted)
        )
        return int(rows.get_column("tco2").sum())

    def events(self, as_of: date) -> pl.LazyFrame:
        """Return the issuance events known by a day."""
        return self.event.lazy().filter(pl.col("known_on") <= as_of)

    def first_events(self, iso3: str) -> pl.DataFrame:
        """Return the events of a country's first dated issuance with an amount: all of that day."""
        dated_on = pl.coalesce("decided_on", "issued_on")
        of_country = self.event.filter((pl.col("iso3") == iso3) & pl.col("low").is_not_null())
        return of_country.filter(dated_on == dated_on.min())

    def transfers(self, as_of: date) -> list[Transfer]:
        """Return the first transfers under Article 6.2 by a day, those without an amount too."""
        return [
            transfer
            for transfer in self.facts.transfers
            if transfer.action == "first transfer" and transfer.occurred_on <= as_of
        ]

    def target_tco2(self, as_of: date, fiscal_year: int) -> tuple[int, int] | None:
        """Return the low and the high end of the target for a fiscal year in force on a day; None without one."""
        rows = in_force(self.target, as_of).filter(pl.col("fiscal_year") == fiscal_year)
        return (int(rows["low_tco2"][0]), int(rows["high_tco2"][0])) if rows.height else None
