"""The facts the steps read, as typed rows, with the days on which they became known.

A date given only as a month or a year keeps its earliest day in the warehouse. A fact cannot have been
known before the latest day it may mean, so knowledge counts from that day; a page read later than that has
it by the day of reading at the latest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from etl.contracts.projects import BASES

Frames = Mapping[str, pl.DataFrame]


def latest_day(earliest: date, precision: str | None) -> date:
    """Return the last day that a date of this precision (day, month, year) may mean."""
    if precision == "year":
        return date(earliest.year, 12, 31)
    if precision == "month":
        return (earliest.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return earliest


@dataclass(frozen=True)
class PartialDate:
    """A stated date: its earliest day and its precision (day, month, year)."""

    earliest: date
    precision: str

    @property
    def latest(self) -> date:
        """The last day it may mean."""
        return latest_day(self.earliest, self.precision)


@dataclass(frozen=True)
class Source:
    """A page: the date it states, where it states one, and the day it was read."""

    stated: PartialDate | None
    retrieved_on: date
    reliability: str

    @property
    def dated_on(self) -> date | None:
        """The day by which the page said what it says; None for undated pages."""
        return min(self.stated.latest, self.retrieved_on) if self.stated else None

    @property
    def known_on(self) -> date:
        """The day from which the page is known: its own date, else the day it was read."""
        return self.dated_on or self.retrieved_on


@dataclass(frozen=True)
class Project:
    """What the steps need of a row of `project`; None means not known, as in the table."""

    project_id: str
    ref_no: str | None
    iso3: str
    technology: str
    sector_number: int | None
    programme: str | None
    funding: str
    fy_selected: int | None
    status: str
    registered_on: date | None
    operation_start: PartialDate | None
    est_annual_tco2: int | None
    est_annual_source_id: str | None
    est_annual_basis: str | None
    in_target_scope: bool
    serves: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A row of `project_claim`."""

    project_id: str
    field: str
    value: str
    source_id: str
    scope: str
    is_taken: bool
    basis: str | None

    @property
    def rank(self) -> int:
        """How good its basis is, the best highest; study and unknown count alike."""
        return max(len(BASES) - BASES.index(self.basis or "unknown"), 2)


@dataclass(frozen=True)
class Transfer:
    """A row of `article6_event`."""

    article6_event_id: str
    issuance_id: str | None
    iso3: str
    occurred_on: date
    action: str
    quantity_tco2: int | None
    source_id: str


@dataclass(frozen=True)
class FactRows:
    """All facts of the steps, by key."""

    sources: Mapping[str, Source]
    projects: Mapping[str, Project]
    claims: Mapping[str, tuple[Claim, ...]]
    transfers: tuple[Transfer, ...]
    project_lists: frozenset[str]
    data_as_of: date

    def dated_on(self, source_id: str) -> date | None:
        """Return the day that a source states of itself; None where it states none."""
        source = self.sources.get(source_id)
        return source.dated_on if source else None

    def listed_on(self, project: Project, known_on: date) -> date:
        """Return the day from which a project is known to be on the JCM list: of the earliest list among its sources."""
        lists = [
            self.sources[s].known_on
            for s in project.source_ids
            if s in self.project_lists & self.sources.keys()
        ]
        return max(min(lists, default=known_on), known_on)


def read_fact_rows(frames: Frames, data_as_of: date) -> FactRows:
    """Read the tables source, project, project_claim, own_use, project_list and article6_event into rows."""
    serves = dict(frames["own_use"].select("project_id", "serves").iter_rows())
    claims: dict[str, list[Claim]] = {}
    for row in frames["project_claim"].iter_rows(named=True):
        claim = Claim(
            row["project_id"],
            row["field"],
            row["value"],
            row["source_id"],
            row["claim_scope"],
            row["is_taken"],
            row["figure_basis"],
        )
        claims.setdefault(claim.project_id, []).append(claim)
    return FactRows(
        sources={
            row["source_id"]: Source(_partial(row, "as_of"), row["retrieved_on"], row["reliability"])
            for row in frames["source"].iter_rows(named=True)
        },
        projects={
            row["project_id"]: _project(row, serves.get(row["project_id"]))
            for row in frames["project"].iter_rows(named=True)
        },
        claims={project_id: tuple(some) for project_id, some in claims.items()},
        transfers=tuple(
            Transfer(
                row["article6_event_id"],
                row["issuance_id"],
                row["iso3"],
                row["occurred_on"],
                row["action"],
                row["quantity_tco2"],
                row["source_id"],
            )
            for row in frames["article6_event"].sort("occurred_on", "article6_event_id").iter_rows(named=True)
        ),
        project_lists=frozenset(frames["project_list"].get_column("source_id").to_list()),
        data_as_of=data_as_of,
    )


def _project(row: dict[str, Any], serves: str | None) -> Project:
    return Project(
        project_id=row["project_id"],
        ref_no=row["ref_no"],
        iso3=row["iso3"],
        technology=row["technology"],
        sector_number=row["sector_number"],
        programme=row["programme"],
        funding=row["funding"],
        fy_selected=row["fy_selected"],
        status=row["status"],
        registered_on=row["registered_on"],
        operation_start=_partial(row, "operation_start"),
        est_annual_tco2=row["est_annual_tco2"],
        est_annual_source_id=row["est_annual_source_id"],
        est_annual_basis=row["est_annual_basis"],
        in_target_scope=row["in_target_scope"],
        serves=serves,
        source_ids=_listed(row["source_ids"]),
    )


def _partial(row: dict[str, Any], name: str) -> PartialDate | None:
    earliest = row[f"{name}_on"]
    return PartialDate(earliest, row[f"{name}_precision"] or "day") if earliest else None


def _listed(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())
